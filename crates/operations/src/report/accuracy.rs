//! The round of factual accuracy: the partnership raises points about the draft, the lead answers them one by one.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, PointId};
use keyline_domain::inspections::way::ReportState;
use keyline_domain::judgement::places::{Place, sections};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::report::accuracy::{self, Answer, NewPoint, Outcome};
use keyline_store::report::editions::{self, EditionKind};
use keyline_store::report::{self};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// A point about the draft.
#[derive(Debug, Clone)]
pub struct RaisePoint {
    /// Where.
    pub inspection: InspectionId,
    /// Section or sentence of the draft, as [`Place`] writes it.
    pub place: String,
    /// What is wrong.
    pub body: String,
    /// What it should say.
    pub proposal: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Raises a point of factual accuracy. Audit entry `accuracy.point-raised`.
///
/// # Errors
/// [`Refused::NotNow`] when no draft is out or the round is closed; [`Refused::Fields`] for what is missing, a place
/// that the draft does not have, or an identifier in the texts.
pub async fn raise_point(cx: &Cx, actor: &Actor, input: RaisePoint) -> Result<PointId> {
    let mut work = cx.work(actor, input.inspection, Action::RaisePoint).await?;
    require_open_round(&mut work).await?;
    let draft =
        editions::latest(&mut work.tx, &work.grant, EditionKind::Draft).await?.ok_or(Refused::Hidden)?;
    let places = sections(&draft.document);
    let mut problems = Vec::new();
    let known = input.place.parse::<Place>().is_ok_and(|place| place.find(&places).is_some());
    if !known {
        problems.push(FieldProblem::new("place", Reason::new("report-problem-place")));
    }
    for (field, text) in [("body", &input.body), ("proposal", &input.proposal)] {
        if text.trim().is_empty() {
            problems.push(FieldProblem::new(field, Reason::new("problem-required")));
        }
    }
    let texts = [("body", input.body.as_str()), ("proposal", &input.proposal)];
    problems.extend(identifiers::problems(&texts, input.identifies_nobody));
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let by = work.person()?;
    let id = PointId::new(work.now, cx.random());
    let point = NewPoint {
        id,
        edition: draft.id,
        place: &input.place,
        body: input.body.trim(),
        proposal: input.proposal.trim(),
    };
    let number = accuracy::add(&mut work.tx, &work.grant, point, by, work.now).await?;
    work.record("accuracy.point-raised", id, json!({ "number": number, "place": input.place })).await?;
    work.commit().await?;
    Ok(id)
}

async fn require_open_round(work: &mut Work) -> Result<report::Report> {
    let report = report::get(&mut work.tx, &work.grant).await?;
    if report.state != ReportState::WithPartnership {
        let key =
            if report.state < ReportState::WithPartnership { "wait-draft" } else { "wait-report-closed" };
        return Err(Refused::reason(key));
    }
    if report.accuracy_closed_at.is_some() {
        return Err(Refused::reason("report-round-closed"));
    }
    Ok(report)
}

/// Closes the round.
#[derive(Debug, Clone, Copy)]
pub struct CloseAccuracy {
    /// Where.
    pub inspection: InspectionId,
}

/// The partnership says that it has no more points, or none at all. Audit entry `accuracy.closed`.
///
/// # Errors
/// [`Refused::NotNow`] when no draft is out or the round is closed already.
pub async fn close_accuracy(cx: &Cx, actor: &Actor, input: CloseAccuracy) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::RaisePoint).await?;
    let mut report = require_open_round(&mut work).await?;
    let by = work.person()?;
    report.accuracy_closed_at = Some(work.now);
    report::save(&mut work.tx, input.inspection, &report, Some(by)).await?;
    let points = accuracy::list(&mut work.tx, &work.grant).await?.len();
    work.record("accuracy.closed", input.inspection, json!({ "points": points })).await?;
    work.commit().await
}

/// An answer to one point.
#[derive(Debug, Clone)]
pub struct AnswerPoint {
    /// Where.
    pub inspection: InspectionId,
    /// The point.
    pub point: PointId,
    /// Accepted, in part, or not.
    pub outcome: Outcome,
    /// Why.
    pub answer: String,
    /// What was changed in the report; wanted unless the point was not accepted.
    pub change_made: String,
    /// The version that was read.
    pub version: i64,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Answers a point, or changes an answer as long as the draft is with the partnership. Audit entry
/// `accuracy.point-answered`.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown point; [`Refused::NotNow`] when the report is closed; [`Refused::Fields`] without
/// answer or change, or for an identifier in them; [`Refused::Stale`] with the other answer when somebody answered in between.
pub async fn answer_point(cx: &Cx, actor: &Actor, input: AnswerPoint) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::AnswerPoint).await?;
    let report = report::get(&mut work.tx, &work.grant).await?;
    if report.state != ReportState::WithPartnership {
        return Err(Refused::reason("wait-report-closed"));
    }
    let points = accuracy::list(&mut work.tx, &work.grant).await?;
    let stands = points.into_iter().find(|p| p.id == input.point).ok_or(Refused::Hidden)?;
    let (answer, change_made) = (input.answer.trim(), input.change_made.trim());
    let mut problems = Vec::new();
    if answer.is_empty() {
        problems.push(FieldProblem::new("answer", Reason::new("problem-required")));
    }
    if change_made.is_empty() && input.outcome != Outcome::NotAccepted {
        problems.push(FieldProblem::new("change_made", Reason::new("report-problem-change")));
    }
    let texts = [("answer", answer), ("change_made", change_made)];
    problems.extend(identifiers::problems(&texts, input.identifies_nobody));
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    if stands.version != input.version {
        let by = stands.answered_by.unwrap_or(stands.raised_by);
        return Err(Refused::Stale { theirs: stands.answer, by, version: stands.version });
    }
    let by = work.person()?;
    let answer =
        Answer { point: input.point, outcome: input.outcome, answer, change_made, version: input.version };
    accuracy::answer(&mut work.tx, &work.grant, answer, by, work.now).await?;
    let detail = json!({ "number": stands.number, "outcome": input.outcome });
    work.record("accuracy.point-answered", input.point, detail).await?;
    work.commit().await
}
