//! The training list of local readers: named, attended, chosen to read.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, TrainingId};
use keyline_domain::records::training::{Named, enough, full};
use keyline_store::records::plan::{self, Place};
use serde_json::json;

use super::ReadingNow;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Somebody to be trained.
#[derive(Debug, Clone)]
pub struct NameReader {
    /// Where.
    pub inspection: InspectionId,
    /// Who.
    pub named: Named,
}

/// Puts somebody on the training list. Audit entry `training.named`.
///
/// # Errors
/// [`Refused::Fields`] for what is missing, or an address that is on the list; [`Refused::NotNow`] when the list is full.
pub async fn name_reader(cx: &Cx, actor: &Actor, input: NameReader) -> Result<TrainingId> {
    let mut work = cx.work(actor, input.inspection, Action::NameReaders).await?;
    let inspection = work.inspection().await?;
    let grant = work.grant.clone();
    let there = plan::training(&mut work.tx, &grant).await?;
    if let Some(reason) = full(&cx.programme(&inspection)?.record_reading.value, there.len()) {
        return Err(Refused::NotNow(vec![reason]));
    }
    let named = input.named.trimmed();
    let problems = named.problems();
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    if !named.email.is_empty() && there.iter().any(|place| place.named.email == named.email) {
        return Err(Refused::field("email", "reading-problem-named"));
    }
    let id = TrainingId::new(work.now, cx.random());
    let place = Place { id, named, attended: false, reads: false, version: 1 };
    let (by, at) = (work.grant.person_id(), work.now);
    plan::add_place(&mut work.tx, input.inspection, &place, by, at).await?;
    work.record("training.named", id, json!({ "designation": place.named.designation })).await?;
    work.commit().await?;
    Ok(id)
}

/// What changes about a place on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceChange {
    /// The person attended the training, or did not.
    Attended(bool),
    /// The person is chosen to read, or no longer.
    Reads(bool),
    /// The person is taken off the list.
    Removed,
}

/// A change of a place on the training list.
#[derive(Debug, Clone, Copy)]
pub struct ChangePlace {
    /// Where.
    pub inspection: InspectionId,
    /// Which place.
    pub place: TrainingId,
    /// What.
    pub change: PlaceChange,
    /// The version that was looked at.
    pub version: i64,
}

/// Says who attended, chooses who reads, takes somebody off the list. Choosing is the lead's. Audit entry
/// `training.changed`.
///
/// # Errors
/// [`Refused::NotNow`] when enough are chosen, or when the person reads in a pair; [`Refused::Stale`] when the place was changed
/// meanwhile; [`Refused::Hidden`] when it is not on the list.
pub async fn change_place(cx: &Cx, actor: &Actor, input: ChangePlace) -> Result<()> {
    let action = match input.change {
        PlaceChange::Reads(_) => Action::PlanReading,
        PlaceChange::Attended(_) | PlaceChange::Removed => Action::NameReaders,
    };
    let mut work = cx.work(actor, input.inspection, action).await?;
    let inspection = work.inspection().await?;
    let grant = work.grant.clone();
    let all = plan::training(&mut work.tx, &grant).await?;
    let mut place = all.iter().find(|p| p.id == input.place).cloned().ok_or(Refused::Hidden)?;
    if place.version != input.version {
        return Err(Refused::Stale { theirs: String::new(), by: String::new(), version: place.version });
    }
    let leaves = matches!(input.change, PlaceChange::Reads(false) | PlaceChange::Removed);
    if leaves && in_a_pair(&mut work, &place).await? {
        return Err(Refused::reason("reading-place-in-pair"));
    }
    let mut removed = None;
    match input.change {
        PlaceChange::Attended(attended) => place.attended = attended,
        PlaceChange::Reads(reads) => {
            let chosen = all.iter().filter(|p| p.reads && p.id != place.id).count();
            let rule = &cx.programme(&inspection)?.record_reading.value;
            if let Some(reason) = enough(rule, chosen).filter(|_| reads) {
                return Err(Refused::NotNow(vec![reason]));
            }
            place.reads = reads;
        }
        PlaceChange::Removed => removed = Some(work.now),
    }
    plan::save_place(&mut work.tx, &place, removed).await?;
    let detail = json!({ "attended": place.attended, "reads": place.reads, "removed": removed.is_some() });
    work.record("training.changed", place.id, detail).await?;
    work.commit().await
}

async fn in_a_pair(work: &mut crate::work::Work, place: &Place) -> Result<bool> {
    if place.named.email.is_empty() {
        return Ok(false);
    }
    let Some(account) = keyline_store::people::find_by_email(&mut work.tx, &place.named.email).await? else {
        return Ok(false);
    };
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    Ok(now.pair_of(Some(account.id)).is_some())
}
