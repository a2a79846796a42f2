//! The minute of publication, and publishing at it, exactly once.
//!
//! The job of an earlier minute that was changed finds the report not due, or published already, and does nothing.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};
use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::{at_london, day_of};
use keyline_domain::ids::{EditionId, InspectionId};
use keyline_domain::inspections::way::{Offer, ReportState, Step, offer};
use keyline_domain::judgement::report::Wording;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::report::editions::{self, EditionKind};
use keyline_store::{improvement, report};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::compose::ReportWords;
use super::write_publication;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Kind of the job that publishes.
pub const KIND: &str = "publish";

/// What that job is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The inspection.
    pub inspection: InspectionId,
}

/// The minute of publication, as somebody sets it.
#[derive(Debug, Clone, Copy)]
pub struct SetPublication {
    /// Where.
    pub inspection: InspectionId,
    /// The day in Scotland.
    pub day: Date,
    /// The time of that day in Scotland; seconds are cut off.
    pub time: Time,
    /// Whether a day on which nobody works is meant.
    pub non_working_day: bool,
}

/// Sets the minute of publication, or changes it as long as it has not come, and enqueues the job that publishes.
/// Gives the instant. Audit entry `report.publication-set`.
///
/// # Errors
/// [`Refused::Fields`] for a minute that has passed, or a non-working day that was not confirmed;
/// [`Refused::NotNow`] before the embargoed copy was sent or when the minute has come.
pub async fn set_publication(cx: &Cx, actor: &Actor, input: SetPublication) -> Result<Timestamp> {
    let mut work = cx.work(actor, input.inspection, Action::SetPublication).await?;
    let progress = work.progress().await?;
    match offer(Step::SetPublication, &progress, work.now) {
        Offer::Ready => {}
        Offer::NotYet(reasons) => return Err(Refused::NotNow(reasons)),
        Offer::Done => {
            let come = progress.publish_at.is_none_or(|at| at <= work.now);
            if progress.report == ReportState::Published || come {
                return Err(Refused::reason("report-minute-come"));
            }
        }
    }
    let minute = Time::constant(input.time.hour(), input.time.minute(), 0, 0);
    let at = at_london(input.day, minute).map_err(|_| Refused::field("day", "problem-date"))?;
    let mut problems = Vec::new();
    if at <= work.now {
        problems.push(FieldProblem::new("day", Reason::new("report-problem-past")));
    }
    let inspection = work.inspection().await?;
    let working = cx.library.calendar(&inspection.area).is_working_day(input.day);
    if !working && !input.non_working_day {
        problems.push(FieldProblem::new("non_working_day", Reason::new("report-problem-non-working")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let mut stands = report::get(&mut work.tx, &work.grant).await?;
    let before = stands.publish_at.replace(at);
    stands.state = ReportState::Scheduled;
    report::save(&mut work.tx, inspection.id, &stands, None).await?;
    let payload = serde_json::to_value(Payload { inspection: inspection.id }).map_err(Refused::fault)?;
    work.enqueue(KIND, payload, at).await?;
    let detail = json!({ "at": at, "before": before, "working_day": working });
    work.record("report.publication-set", inspection.id, detail).await?;
    work.commit().await?;
    Ok(at)
}

/// What publishing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// It was published now, as this edition.
    Published(EditionId),
    /// It had been published before; nothing was done.
    Before,
}

/// Publishes the report if its minute has come: the published edition says what the embargoed one said, the action
/// plan is opened with its due day, and the job that writes the files is enqueued, all in one transaction. Done
/// again it changes nothing. Audit entry `report.published`.
///
/// # Errors
/// [`Refused::NotNow`] as long as the minute has not come or is not set.
pub async fn publish(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Publication> {
    let mut work = cx.work(actor, inspection, Action::SetPublication).await?;
    let progress = work.progress().await?;
    match offer(Step::Publish, &progress, work.now) {
        Offer::Done => return Ok(Publication::Before),
        Offer::NotYet(reasons) => return Err(Refused::NotNow(reasons)),
        Offer::Ready => {}
    }
    let embargoed = editions::latest(&mut work.tx, &work.grant, EditionKind::Embargoed)
        .await?
        .ok_or_else(|| Refused::fault(anyhow::anyhow!("a scheduled report has no embargoed edition")))?;
    let mut stands = report::get(&mut work.tx, &work.grant).await?;
    // The day that was set, even when a server that stood still publishes after midnight.
    let day = day_of(stands.publish_at.unwrap_or(work.now));
    let mut document = embargoed.document;
    document.watermark = None;
    document.subtitle = String::new();
    document.date = day;
    document.date_text = ReportWords.day(day);
    document.front.push((ReportWords.say("report-front-published", &[]), document.date_text.clone()));
    let id = EditionId::new(work.now, cx.random());
    editions::add(&mut work.tx, &work.grant, id, EditionKind::Published, &document, work.now).await?;
    stands.state = ReportState::Published;
    stands.published_at = Some(work.now);
    report::save(&mut work.tx, inspection, &stands, None).await?;
    let row = work.inspection().await?;
    let weeks = cx.programme(&row)?.action_plan_weeks.value;
    let due = day.checked_add(i64::from(weeks).weeks()).map_err(Refused::fault)?;
    improvement::open_plan(&mut work.tx, &work.grant, due).await?;
    let payload = serde_json::to_value(write_publication::Payload { inspection }).map_err(Refused::fault)?;
    let now = work.now;
    work.enqueue(write_publication::KIND, payload, now).await?;
    work.record("report.published", id, json!({ "action_plan_due": due })).await?;
    work.commit().await?;
    Ok(Publication::Published(id))
}

/// The job: publishes, and is content when the minute was moved or it has been done.
///
/// # Errors
/// What makes it worth trying again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    match publish(cx, &Actor::Clock, payload.inspection).await {
        Ok(_) | Err(Refused::NotNow(_)) => Ok(()),
        Err(other) => Err(other),
    }
}
