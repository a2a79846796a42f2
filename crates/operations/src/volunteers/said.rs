//! You said, we did: writing, publishing, taking back.

use keyline_domain::access::{Action, Actor};
use keyline_domain::concerns::required;
use keyline_domain::ids::{InspectionId, SaidId};
use keyline_domain::volunteers::said::{Act, Entry, State, after, problems};
use keyline_store::volunteers::said::{self as rows, Said};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// An entry to be written.
#[derive(Debug, Clone)]
pub struct WriteSaid {
    /// Where.
    pub inspection: InspectionId,
    /// What.
    pub entry: Entry,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

async fn check(work: &mut Work, input: &WriteSaid) -> Result<Entry> {
    let e = &input.entry;
    let inspection = work.inspection().await?;
    // What was planned for later may have begun earlier.
    let began = inspection.notified_on.map_or(inspection.starts_on, |day| day.min(inspection.starts_on));
    let mut wrong = problems(e, began, work.today());
    let texts = [("said", e.said.as_str()), ("did", &e.done), ("by", &e.by)];
    wrong.extend(identifiers::problems(&texts, input.identifies_nobody));
    if !wrong.is_empty() {
        return Err(Refused::Fields(wrong));
    }
    Ok(Entry {
        said: e.said.trim().to_owned(),
        done: e.done.trim().to_owned(),
        by: e.by.trim().to_owned(),
        ..e.clone()
    })
}

/// Refuses with what stands there and who saved it.
async fn stale(work: &mut Work, found: &Said) -> Refused {
    let theirs = format!("{}\n\n{}", found.entry.said, found.entry.done);
    match keyline_store::people::find(&mut work.tx, found.saved_by).await {
        Ok(by) => {
            Refused::Stale { theirs, by: by.map_or_else(String::new, |a| a.name), version: found.version }
        }
        Err(error) => error.into(),
    }
}

/// Writes down what was said and what was done; nobody outside the team sees it yet. Audit entry `said.written`.
///
/// # Errors
/// [`Refused::Fields`] for each fault, also for an identifier in the texts.
pub async fn write_said(cx: &Cx, actor: &Actor, input: WriteSaid) -> Result<SaidId> {
    let mut work = cx.work(actor, input.inspection, Action::TellWhatChanged).await?;
    let entry = check(&mut work, &input).await?;
    let said = Said {
        id: SaidId::new(work.now, cx.random()),
        inspection: work.inspection_id(),
        entry,
        state: State::Draft,
        reason: String::new(),
        published_on: None,
        saved_by: work.person()?,
        version: 1,
    };
    rows::add(&mut work.tx, &said).await?;
    work.record("said.written", said.id, json!({ "heard": said.entry.heard })).await?;
    work.commit().await?;
    Ok(said.id)
}

/// Changes an entry that is not public. Audit entry `said.changed`.
///
/// # Errors
/// [`Refused::Stale`] with what stands there when somebody saved in between; [`Refused::NotNow`] for one that is public or
/// was taken back; [`Refused::Fields`] as for writing.
pub async fn change_said(cx: &Cx, actor: &Actor, id: SaidId, version: i64, input: WriteSaid) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::TellWhatChanged).await?;
    let grant = work.grant.clone();
    let found = rows::find(&mut work.tx, &grant, id).await?.ok_or(Refused::Hidden)?;
    if found.state != State::Draft {
        return Err(Refused::reason("said-not-now"));
    }
    let entry = check(&mut work, &input).await?;
    if found.version != version {
        return Err(stale(&mut work, &found).await);
    }
    let changed = Said { entry, saved_by: work.person()?, ..found };
    rows::save(&mut work.tx, &changed).await?;
    work.record("said.changed", id, json!({})).await?;
    work.commit().await
}

/// Something done with an entry.
#[derive(Debug, Clone)]
pub struct ActOnSaid {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub said: SaidId,
    /// The version at which it was seen.
    pub version: i64,
    /// What.
    pub act: Option<Act>,
    /// Why it is taken back.
    pub reason: String,
}

/// Publishes an entry, takes it back with a reason, or opens it to be worked on again. Audit entry `said.moved` with from,
/// to and reason.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::NotNow`] for what the table does not have, before the notification, and
/// for an entry in whose texts something identifies somebody; [`Refused::Stale`].
pub async fn act_on_said(cx: &Cx, actor: &Actor, input: ActOnSaid) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::TellWhatChanged).await?;
    let act = input.act.ok_or_else(|| Refused::field("act", "problem-choose"))?;
    let grant = work.grant.clone();
    let found = rows::find(&mut work.tx, &grant, input.said).await?.ok_or(Refused::Hidden)?;
    if found.version != input.version {
        return Err(stale(&mut work, &found).await);
    }
    let from = found.state;
    let to = after(from, act).map_err(|r| Refused::NotNow(vec![r]))?;
    let (today, by) = (work.today(), work.person()?);
    let mut said = Said { state: to, saved_by: by, reason: String::new(), ..found };
    match act {
        Act::Publish => {
            if work.inspection().await?.notified_on.is_none() {
                return Err(Refused::reason("said-before-notification"));
            }
            let texts = [&said.entry.said, &said.entry.done, &said.entry.by];
            if texts.into_iter().any(|t| identifiers::sure_in(t).next().is_some()) {
                return Err(Refused::reason("said-identifies"));
            }
            said.published_on = said.published_on.or(Some(today));
        }
        Act::TakeBack => {
            if let Some(problem) = required("reason", &input.reason, 500) {
                return Err(Refused::Fields(vec![problem]));
            }
            input.reason.trim().clone_into(&mut said.reason);
        }
        Act::Rework => {}
    }
    rows::save(&mut work.tx, &said).await?;
    work.record("said.moved", said.id, json!({ "from": from, "to": to, "reason": said.reason })).await?;
    work.commit().await
}
