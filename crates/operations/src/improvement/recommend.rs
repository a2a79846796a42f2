//! Recommendations: made, changed and removed until the embargoed copy goes out.

use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{InspectionId, RecommendationId};
use keyline_domain::inspections::way::ReportState;
use keyline_domain::judgement::report::FindingSide;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::improvement::{self, Recommendation};
use keyline_store::report::made_of;
use keyline_store::{Source, report};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// A recommendation to be made.
#[derive(Debug, Clone)]
pub struct MakeRecommendation {
    /// Where.
    pub inspection: InspectionId,
    /// Number of an indicator that has an area for improvement.
    pub indicator: String,
    /// What the partnership is asked to improve: one point.
    pub body: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// The indicators that have an area for improvement: a recommendation rests on one of them.
pub async fn areas_for_improvement(source: &mut impl Source, grant: &Grant) -> Result<Vec<String>> {
    let mut found: Vec<String> = made_of::findings(source, grant)
        .await?
        .into_iter()
        .filter(|f| f.side == FindingSide::AreaForImprovement)
        .map(|f| f.indicator)
        .collect();
    found.dedup();
    Ok(found)
}

/// Makes a recommendation. Audit entry `recommendation.made`.
///
/// # Errors
/// [`Refused::NotNow`] when the report is closed; [`Refused::Fields`] without text or for an indicator without an area
/// for improvement, or for an identifier in the text.
pub async fn make_recommendation(
    cx: &Cx,
    actor: &Actor,
    input: MakeRecommendation,
) -> Result<RecommendationId> {
    let mut work = cx.work(actor, input.inspection, Action::Recommend).await?;
    check(&mut work, &input.indicator, &input.body, input.identifies_nobody).await?;
    let (by, now) = (work.person()?, work.now);
    let id = RecommendationId::new(now, cx.random());
    let text = (input.indicator.as_str(), input.body.trim());
    improvement::add_recommendation(&mut work.tx, &work.grant, id, text, by, now).await?;
    work.record("recommendation.made", id, json!({ "indicator": input.indicator })).await?;
    work.commit().await?;
    Ok(id)
}

async fn require_open(work: &mut Work) -> Result<()> {
    let report = report::get(&mut work.tx, &work.grant).await?;
    if report.state >= ReportState::Embargoed { Err(Refused::reason("wait-report-closed")) } else { Ok(()) }
}

async fn check(work: &mut Work, indicator: &str, body: &str, checked: bool) -> Result<()> {
    require_open(work).await?;
    let mut problems = Vec::new();
    let areas = areas_for_improvement(&mut work.tx, &work.grant).await?;
    if !areas.iter().any(|a| a == indicator) {
        problems.push(FieldProblem::new("indicator", Reason::new("improvement-problem-indicator")));
    }
    if body.trim().is_empty() {
        problems.push(FieldProblem::new("body", Reason::new("problem-required")));
    }
    problems.extend(identifiers::problems(&[("body", body)], checked));
    if problems.is_empty() { Ok(()) } else { Err(Refused::Fields(problems)) }
}

/// A recommendation to be changed.
#[derive(Debug, Clone)]
pub struct ChangeRecommendation {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub recommendation: RecommendationId,
    /// Number of an indicator that has an area for improvement.
    pub indicator: String,
    /// The new text.
    pub body: String,
    /// The version that was read.
    pub version: i64,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Changes a recommendation. Audit entry `recommendation.changed`.
///
/// # Errors
/// As [`make_recommendation`]; [`Refused::Hidden`] for an unknown one; [`Refused::Stale`] with the other text.
pub async fn change_recommendation(cx: &Cx, actor: &Actor, input: ChangeRecommendation) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::Recommend).await?;
    let stands = find(&mut work, input.recommendation).await?;
    check(&mut work, &input.indicator, &input.body, input.identifies_nobody).await?;
    fresh(&stands, input.version)?;
    let (by, now) = (work.person()?, work.now);
    let which = (input.recommendation, input.version);
    let text = (input.indicator.as_str(), input.body.trim());
    improvement::change_recommendation(&mut work.tx, &work.grant, which, text, by, now).await?;
    let detail = json!({ "indicator": input.indicator, "number": stands.number });
    work.record("recommendation.changed", input.recommendation, detail).await?;
    work.commit().await
}

async fn find(work: &mut Work, id: RecommendationId) -> Result<Recommendation> {
    let all = improvement::recommendations(&mut work.tx, &work.grant).await?;
    all.into_iter().find(|r| r.id == id).ok_or(Refused::Hidden)
}

fn fresh(stands: &Recommendation, version: i64) -> Result<()> {
    if stands.version == version {
        return Ok(());
    }
    Err(Refused::Stale { theirs: stands.body.clone(), by: stands.made_by.clone(), version: stands.version })
}

/// A recommendation to be removed.
#[derive(Debug, Clone, Copy)]
pub struct RemoveRecommendation {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub recommendation: RecommendationId,
    /// The version that was read.
    pub version: i64,
}

/// Removes a recommendation; those after it move up. Audit entry `recommendation.removed` with the text it had.
///
/// # Errors
/// [`Refused::NotNow`] when the report is closed; [`Refused::Hidden`] for an unknown one; [`Refused::Stale`] with the
/// other text.
pub async fn remove_recommendation(cx: &Cx, actor: &Actor, input: RemoveRecommendation) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::Recommend).await?;
    let stands = find(&mut work, input.recommendation).await?;
    require_open(&mut work).await?;
    fresh(&stands, input.version)?;
    improvement::remove_recommendation(&mut work.tx, &work.grant, input.recommendation, input.version)
        .await?;
    let detail = json!({ "number": stands.number, "indicator": stands.indicator, "text": stands.body });
    work.record("recommendation.removed", input.recommendation, detail).await?;
    work.commit().await
}
