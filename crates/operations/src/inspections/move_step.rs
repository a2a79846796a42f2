//! Changing the plan: moving a step with what follows it, and saying that a step has been done.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, MoveId};
use keyline_domain::inspections::plan::{MoveRefusal, MoveTo, NOTIFICATION, StepMoved};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::inspections::plan::{self, Move};
use serde_json::json;

use super::dated_plan::{DatedPlan, dated_plan};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// A move of a step.
#[derive(Debug, Clone)]
pub struct MoveStep {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the step.
    pub step: String,
    /// Where to.
    pub to: MoveTo,
    /// Whether the steps that follow it keep their distance.
    pub carry: bool,
    /// Why.
    pub reason: String,
    /// The revision of the plan that the person looked at.
    pub revision: i64,
}

/// Moves a step of the plan, with the steps that follow it if asked for; open document requests follow the step at which
/// documents are due. Audit entry `step.moved`.
///
/// # Errors
/// [`Refused::Fields`] when the step cannot stand there or no reason is given; [`Refused::Stale`] with the latest
/// change when somebody changed the plan since `revision`; [`Refused::NotNow`] before the notification.
pub async fn move_step(cx: &Cx, actor: &Actor, input: MoveStep) -> Result<Vec<StepMoved>> {
    let mut work = cx.work(actor, input.inspection, Action::MoveStep).await?;
    let by = work.person()?;
    let (dated, document_step) = kept(cx, &mut work).await?;
    current(&mut work, &dated, input.revision).await?;
    let (moved, events) = dated
        .plan
        .apply_move(&input.step, input.to, input.carry, &input.reason, by, work.now)
        .map_err(|refusal| refused(&refusal))?;
    let (inspection, now, revision) = (work.inspection_id(), work.now, dated.revision + 1);
    for event in &events {
        if let Some(step) = moved.step(&event.step) {
            plan::save_step(&mut work.tx, inspection, step, revision, now).await?;
        }
        if event.step == document_step {
            plan::move_requests_due(&mut work.tx, inspection, event.from.to, event.to.to, now).await?;
        }
    }
    // A step may get another place without another day; its place is kept for the moves to come.
    for step in &moved.steps {
        let before = dated.plan.step(&step.key);
        let told = events.iter().any(|e| e.step == step.key);
        if !told && before.is_some_and(|b| b.offset != step.offset) {
            plan::save_step(&mut work.tx, inspection, step, revision, now).await?;
        }
    }
    let chosen = events.first().ok_or_else(|| refused(&MoveRefusal::NothingChanges))?;
    let record = Move {
        id: MoveId::new(now, cx.random()),
        step: chosen.step.clone(),
        from: chosen.to.from,
        to: chosen.to.to,
        carried: u32::try_from(events.len() - 1).unwrap_or(u32::MAX),
        reason: chosen.reason.clone(),
        by: String::new(),
        at: now,
    };
    plan::add_move(&mut work.tx, inspection, &record, Some(by)).await?;
    let detail =
        json!({ "from": chosen.from, "to": chosen.to, "carried": record.carried, "reason": record.reason });
    work.record("step.moved", &chosen.step, detail).await?;
    work.commit().await?;
    Ok(events)
}

/// Whether a step has been done.
#[derive(Debug, Clone)]
pub struct FinishStep {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the step.
    pub step: String,
    /// The day it was done; `None` takes back that it was.
    pub done_on: Option<Date>,
}

/// Says that a step has been done, or takes it back. Audit entries `step.finished` and `step.reopened`.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown step; [`Refused::NotNow`] before the notification and for the notification itself;
/// [`Refused::Fields`] for a day before the notification or after today.
pub async fn finish_step(cx: &Cx, actor: &Actor, input: FinishStep) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::FinishStep).await?;
    let (dated, _) = kept(cx, &mut work).await?;
    let mut step = dated.plan.step(&input.step).ok_or(Refused::Hidden)?.clone();
    if step.key == NOTIFICATION {
        return Err(Refused::reason("plan-notification-stays"));
    }
    if input.done_on.is_some_and(|on| on < dated.plan.notified || on > work.today()) {
        return Err(Refused::field("done_on", "plan-done-day"));
    }
    if step.done == input.done_on {
        return Ok(());
    }
    step.done = input.done_on;
    let (inspection, now) = (work.inspection_id(), work.now);
    plan::save_step(&mut work.tx, inspection, &step, dated.revision + 1, now).await?;
    match input.done_on {
        Some(on) => work.record("step.finished", &step.key, json!({ "on": on })).await?,
        None => work.record("step.reopened", &step.key, json!({})).await?,
    }
    work.commit().await
}

async fn kept(cx: &Cx, work: &mut Work) -> Result<(DatedPlan, String)> {
    let inspection = work.inspection().await?;
    let grant = work.grant.clone();
    let dated = dated_plan(cx, &mut work.tx, &grant, &inspection).await?;
    let dated = dated.ok_or_else(|| Refused::reason("wait-notified"))?;
    Ok((dated, cx.programme(&inspection)?.document_return_step.clone()))
}

/// Refuses when the plan changed since the person looked at it, with what the latest move was.
async fn current(work: &mut Work, dated: &DatedPlan, revision: i64) -> Result<()> {
    if dated.revision == revision {
        return Ok(());
    }
    let grant = work.grant.clone();
    let latest = plan::moves(&mut work.tx, &grant).await?.into_iter().next();
    let (theirs, by) = latest.map_or_else(Default::default, |m| {
        let title = dated.plan.step(&m.step).map_or(m.step.as_str(), |s| s.title.as_str());
        let days = if m.from == m.to { m.from.to_string() } else { format!("{} – {}", m.from, m.to) };
        (format!("{title}: {days}\n{}", m.reason), m.by)
    });
    Err(Refused::Stale { theirs, by, version: dated.revision })
}

/// A refusal of the plan as a problem of the form: the reason belongs to its own field, all else to the day.
fn refused(refusal: &MoveRefusal) -> Refused {
    match refusal {
        MoveRefusal::UnknownStep(_) => Refused::Hidden,
        MoveRefusal::Notification | MoveRefusal::Done(_) => Refused::NotNow(vec![refusal.reason()]),
        MoveRefusal::ReasonMissing => Refused::field("reason", "problem-reason"),
        other => Refused::Fields(vec![problem("from", other.reason())]),
    }
}

fn problem(field: &str, reason: Reason) -> FieldProblem {
    FieldProblem::new(field, reason)
}
