//! Reading a concern: with a reason, with an unlocked key, and with an entry in the audit trail each time.

use keyline_domain::access::{Action, Actor};
use keyline_domain::concerns::way::{Rung, Stage};
use keyline_domain::concerns::{Written, required};
use keyline_domain::ids::{ConcernId, InspectionId, PersonId};
use keyline_store::care::texts::{self, Holder};
use keyline_store::concerns::{self, Concern};
use serde::Deserialize;
use serde_json::json;

use crate::care::circle::{open_all, opened, share_owner};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A concern with its texts.
pub struct OpenedConcern {
    /// How it stands.
    pub concern: Concern,
    /// What was written when it was raised; `None` when this key does not open it.
    pub written: Option<Written>,
    /// What was written at later steps: the part (`0002-pass-on`) and the text.
    pub texts: Vec<(String, String)>,
    /// Whether there are texts that this key does not open.
    pub closed: bool,
}

impl std::fmt::Debug for OpenedConcern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenedConcern(…)")
    }
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

/// Opens a concern for reading. The audit entry `concern.read` with the reason is on the disk before anything is shown.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::NotNow`] when the own key is not made or not unlocked;
/// [`Refused::Hidden`] for who may not see it, the local lead before the hand-over among them.
pub async fn open_concern(
    cx: &Cx,
    actor: &Actor,
    session: &str,
    (inspection, concern): (InspectionId, ConcernId),
    reason: &str,
) -> Result<OpenedConcern> {
    let mut work = match cx.work(actor, inspection, Action::SeeConcerns).await {
        Err(Refused::Hidden) => cx.work(actor, inspection, Action::ReceiveConcern).await?,
        other => other?,
    };
    let concern = concerns::find(&mut work.tx, &work.grant, concern).await?.ok_or(Refused::Hidden)?;
    if !work.grant.permits(Action::SeeConcerns) && concern.handed_at.is_none() {
        return Err(Refused::Hidden);
    }
    if let Some(problem) = required("reason", reason, 500) {
        return Err(Refused::Fields(vec![problem]));
    }
    let secret = opened(cx, actor, session).await?;
    let holder = Holder::Person(work.person()?);
    let owner = concern.owner();
    share_owner(cx, &mut work.tx, &owner, &holder, &secret).await?;
    let all = texts::list(&mut work.tx, &owner).await?.len();
    let found = open_all(&mut work.tx, &owner, &holder, &secret).await?;
    let mut opened = OpenedConcern { closed: found.len() < all, written: None, texts: Vec::new(), concern };
    for (_, text) in found {
        if text.part.ends_with("-raise") {
            opened.written = Some(serde_json::from_slice(&text.text).map_err(Refused::fault)?);
        } else {
            let said: Text = serde_json::from_slice(&text.text).map_err(Refused::fault)?;
            opened.texts.push((text.part, said.text));
        }
    }
    work.record("concern.read", opened.concern.id, json!({ "reason": reason.trim() })).await?;
    work.commit().await?;
    Ok(opened)
}

/// What whoever raised a concern is asked, if they are. They need no key for it.
///
/// # Errors
/// [`Refused::Hidden`] for anybody else.
pub async fn asked_of_raiser(cx: &Cx, actor: &Actor, concern: &Concern) -> Result<Option<String>> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    if concern.raised_by != Some(person) {
        return Err(Refused::Hidden);
    }
    let owner = concern.owner();
    let mut reader = cx.read().await?;
    let wrapped = texts::keys_of(&mut reader, &owner, &Holder::Installation).await?;
    let asked = texts::list(&mut reader, &owner).await?.into_iter().rfind(|t| t.part.ends_with("-ask-more"));
    let Some(asked) = asked else { return Ok(None) };
    let Some((_, wrapped)) = wrapped.iter().find(|(id, _)| *id == asked.id) else { return Ok(None) };
    let text = texts::key_of_installation(&cx.vault, asked.id, wrapped)?.open(&asked)?;
    let said: Text = serde_json::from_slice(&text).map_err(Refused::fault)?;
    Ok(Some(said.text))
}

/// The concerns that a person has raised, in all inspections in which they have a role: reference and concern.
pub async fn own_concerns(cx: &Cx, actor: &Actor) -> Result<Vec<(String, Concern)>> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    Ok(concerns::raised_by(&mut cx.read().await?, person).await?)
}

/// A concern that waits for somebody.
#[derive(Debug, Clone)]
pub struct WaitingConcern {
    /// Reference of its inspection.
    pub reference: String,
    /// How it stands.
    pub concern: Concern,
    /// Whether it waits for an answer of theirs, because they raised it.
    pub own: bool,
    /// Whether its clock has run out.
    pub overdue: bool,
}

/// The concerns that wait for a person: those of whose present step somebody on their rung of the ladder, or above, was
/// told. So they stand there for who was away when they were raised, too. Those in which somebody is in danger first.
///
/// # Errors
/// When the database cannot be read.
pub async fn concerns_waiting(cx: &Cx, person: PersonId) -> Result<Vec<WaitingConcern>> {
    let mut reader = cx.read().await?;
    let mut waiting: Vec<WaitingConcern> = Vec::new();
    for beside in concerns::waiting_beside(&mut reader, person).await? {
        let own = beside.own && beside.stage == Stage::Asked;
        let rung = (0..).zip(beside.stage.ladder()).find(|(_, of)| **of == Rung::Of(beside.role));
        let theirs = own || rung.is_some_and(|(rung, _)| rung <= beside.told);
        if !theirs || waiting.iter().any(|known| known.concern.id == beside.concern) {
            continue;
        }
        let Some(concern) = concerns::find_any(&mut reader, beside.concern).await? else { continue };
        let overdue = concern.is_overdue(cx.now());
        waiting.push(WaitingConcern { reference: beside.reference, concern, own, overdue });
    }
    Ok(waiting)
}
