//! Recording the agreed grade.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::{TEXT_LIMIT, text_problem};
use keyline_domain::ids::InspectionId;
use keyline_domain::judgement::grades::agreeing_refusals;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::judgement::grades::{self, Agreement};
use serde_json::json;

use super::{facts, require, scale};
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// The agreed grade of one indicator.
#[derive(Debug, Clone)]
pub struct AgreeGrade {
    /// Where.
    pub inspection: InspectionId,
    /// Number of the indicator.
    pub indicator: String,
    /// The version that was read; `None` when no grade was agreed yet.
    pub version: Option<i64>,
    /// Key of the level on the framework's scale.
    pub level: String,
    /// Why.
    pub reason: String,
    /// What was said against it; empty when nobody dissents.
    pub dissent: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Records the agreed grade, after every inspector has graded alone; it may be recorded anew until the panel has
/// decided. Audit entry `grade.agreed` with the level.
///
/// # Errors
/// [`Refused::Fields`] for a level that the scale has not, or without a reason; [`Refused::NotNow`] by
/// [`agreeing_refusals`]; [`Refused::Stale`] with what stands when somebody recorded one in between.
pub async fn agree_grade(cx: &Cx, actor: &Actor, input: AgreeGrade) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::AgreeGrade).await?;
    let (progress, one) = facts(&mut work, &input.indicator).await?;
    require(agreeing_refusals(&one, progress.graders))?;
    let scale = scale(cx, &mut work).await?;
    let current =
        grades::agreed(&mut work.tx, &work.grant).await?.into_iter().find(|a| a.indicator == input.indicator);
    if current.as_ref().map(|c| c.version) != input.version {
        let Some(c) = current else { return Err(Refused::Hidden) };
        let label = scale.level_of_value(c.level).map_or_else(|| c.level.to_string(), |l| l.label.clone());
        let parts = [label, c.reason, c.dissent].map(|t| t.trim().to_owned());
        let theirs: Vec<_> = parts.into_iter().filter(|t| !t.is_empty()).collect();
        return Err(Refused::Stale { theirs: theirs.join("\n\n"), by: c.name, version: c.version });
    }
    let (reason, dissent) = (input.reason.trim(), input.dissent.trim());
    let level = scale.value(&input.level);
    let mut problems = Vec::new();
    if level.is_none() {
        problems.push(FieldProblem::new("level", Reason::new("problem-choose")));
    }
    problems.extend(text_problem("reason", reason, TEXT_LIMIT));
    if !dissent.is_empty() {
        problems.extend(text_problem("dissent", dissent, TEXT_LIMIT));
    }
    let texts = [("reason", reason), ("dissent", dissent)];
    problems.extend(identifiers::problems(&texts, input.identifies_nobody));
    let Some(level) = level.filter(|_| problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    let agreement = Agreement { indicator: &input.indicator, level, reason, dissent };
    grades::agree(&mut work.tx, inspection, agreement, input.version, by, now).await?;
    work.record(
        "grade.agreed",
        &input.indicator,
        json!({ "level": level, "before": current.map(|c| c.level), "dissent": !dissent.is_empty() }),
    )
    .await?;
    work.commit().await
}
