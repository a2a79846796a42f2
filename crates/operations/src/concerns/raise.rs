//! Raising a concern.

use keyline_domain::access::{Action, Actor};
use keyline_domain::concerns::way::{Act, Stage};
use keyline_domain::concerns::{Kind, Source, Written};
use keyline_domain::ids::{ConcernId, InspectionId};
use keyline_store::care::texts;
use keyline_store::concerns::{self, Concern, Done};
use serde_json::json;

use super::tell;
use crate::care::circle;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// A concern to be raised.
#[derive(Debug, Clone)]
pub struct Raise {
    /// The inspection.
    pub inspection: InspectionId,
    /// The id that its form carried, so that sending it twice counts once.
    pub id: ConcernId,
    /// Which form.
    pub kind: Kind,
    /// Where it is raised.
    pub source: Source,
    /// Whether somebody is in immediate danger.
    pub danger: bool,
    /// What was written.
    pub written: Written,
}

/// Raises a concern: seals what was written to those who may read it, starts the clock of the decision, and tells the
/// lead, or who stands in. Anybody with a role in the inspection may, also before the declaration of interest. Audit entry
/// `concern.raised`, without a word of it.
///
/// # Errors
/// [`Refused::Fields`] when something that is needed is missing.
pub async fn raise_concern(cx: &Cx, actor: &Actor, input: Raise) -> Result<ConcernId> {
    let mut work = cx.work(actor, input.inspection, Action::RaiseConcern).await?;
    let raised = raise(cx, &mut work, input).await?;
    if raised.1 {
        work.commit().await?;
    }
    Ok(raised.0)
}

/// Raises a concern within a unit of work; says whether it was not there yet.
pub(crate) async fn raise(cx: &Cx, work: &mut Work, input: Raise) -> Result<(ConcernId, bool)> {
    let problems = input.written.problems();
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    if concerns::find(&mut work.tx, &work.grant, input.id).await?.is_some() {
        return Ok((input.id, false));
    }
    let inspection = work.inspection().await?;
    let now = work.now;
    let mut concern = Concern {
        id: input.id,
        inspection: inspection.id,
        number: concerns::next_number(&mut work.tx, inspection.id).await?,
        kind: input.kind,
        source: input.source,
        danger: input.danger,
        stage: Stage::Raised,
        step: 1,
        raised_at: now,
        raised_by: work.grant.person_id(),
        due_at: None,
        decided_at: None,
        handed_at: None,
        acknowledged_at: None,
        closed_at: None,
        outcome: None,
    };
    concern.due_at = tell::due(cx, &inspection, &concern, now)?;
    concerns::add(&mut work.tx, &concern).await?;
    let done = Done { step: 1, act: Act::Raise, at: now, by: concern.raised_by, handed: None };
    concerns::note(&mut work.tx, concern.id, &done).await?;
    seal(cx, work, &concern, Act::Raise, &serde_json::to_vec(&input.written).map_err(Refused::fault)?)
        .await?;
    let detail = json!({ "kind": input.kind, "source": input.source, "danger": input.danger });
    work.record("concern.raised", concern.id, detail).await?;
    tell::begin(work, &concern).await?;
    Ok((concern.id, true))
}

/// Seals a text of a concern to everybody who may read it as it stands.
pub(super) async fn seal(cx: &Cx, work: &mut Work, concern: &Concern, act: Act, text: &[u8]) -> Result<()> {
    let handed = concern.handed_at.is_some();
    let holders = circle::holders_of_concern(&mut work.tx, concern.inspection, concern.stage, handed).await?;
    let part = format!("{:04}-{}", concern.step, act.word());
    let (owner, asked) = (concern.owner(), act == Act::AskMore);
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, &part), text, &holders, asked)?;
    texts::keep(&mut work.tx, ready).await?;
    Ok(())
}
