//! Grading alone.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::{TEXT_LIMIT, text_problem};
use keyline_domain::ids::InspectionId;
use keyline_domain::judgement::grades::grade_refusals;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::judgement::grades;
use serde_json::json;

use super::{facts, require, scale};
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// The grade of one inspector.
#[derive(Debug, Clone)]
pub struct GradeAlone {
    /// Where.
    pub inspection: InspectionId,
    /// Number of the indicator.
    pub indicator: String,
    /// Key of the level on the framework's scale.
    pub level: String,
    /// Why.
    pub reason: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Gives the own grade, or changes it until one is agreed. Audit entry `grade.given-alone`, which does not hold the
/// level while others have still to grade: the lead, who reads the audit, must not learn it from there.
///
/// # Errors
/// [`Refused::Fields`] for a level that the scale has not, or without a reason; [`Refused::NotNow`] before the first
/// finding on the indicator and after its grade is agreed.
pub async fn grade_alone(cx: &Cx, actor: &Actor, input: GradeAlone) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::GradeAlone).await?;
    let (_, one) = facts(&mut work, &input.indicator).await?;
    require(grade_refusals(&one))?;
    let reason = input.reason.trim();
    let level = scale(cx, &mut work).await?.value(&input.level);
    let mut problems = Vec::new();
    if level.is_none() {
        problems.push(FieldProblem::new("level", Reason::new("problem-choose")));
    }
    problems.extend(text_problem("reason", reason, TEXT_LIMIT));
    problems.extend(identifiers::problems(&[("reason", reason)], input.identifies_nobody));
    let Some(level) = level.filter(|_| problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    let before = grades::own(&mut work.tx, &work.grant, &input.indicator).await?;
    let opened = grades::count(&mut work.tx, &work.grant, &input.indicator).await?.complete();
    grades::give(&mut work.tx, inspection, &input.indicator, by, level, reason, now, opened).await?;
    work.record(
        "grade.given-alone",
        &input.indicator,
        json!({ "changed": before.is_some(), "after_opening": opened && before.is_some() }),
    )
    .await?;
    work.commit().await
}
