//! The decision of the panel.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::{TEXT_LIMIT, text_problem};
use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::way::Step;
use keyline_domain::judgement::panel::{Before, problems, refusals};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::judgement::grades;
use keyline_store::judgement::panel::{self, Decided};
use serde_json::json;

use super::{indicator, require, scale};
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// What the panel decided on one indicator.
#[derive(Debug, Clone)]
pub struct DecideOnPanel {
    /// Where.
    pub inspection: InspectionId,
    /// Number of the indicator.
    pub indicator: String,
    /// The version of the agreed grade that the panel had before it.
    pub version: i64,
    /// Key of the level that shall stand: the agreed one confirms it.
    pub level: String,
    /// Why; wanted when the grade changes.
    pub reason: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Confirms or changes an agreed grade, once every indicator has one. Who agreed it or graded the indicator does not
/// confirm it. Audit entry `grade.decided` with from and to.
///
/// # Errors
/// [`Refused::Fields`] for a level that the scale has not, or a change without a reason; [`Refused::NotNow`] before
/// [`Step::DecideOnPanel`] is offered, for a second decision, and for somebody who agreed or graded;
/// [`Refused::Stale`] when the grade was agreed anew in between.
pub async fn decide_on_panel(cx: &Cx, actor: &Actor, input: DecideOnPanel) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DecideOnPanel).await?;
    let progress = work.progress().await?;
    let one = indicator(&progress, &input.indicator)?.clone();
    let by = work.person()?;
    let agreed =
        grades::agreed(&mut work.tx, &work.grant).await?.into_iter().find(|a| a.indicator == input.indicator);
    let before = match &agreed {
        Some(a) => Some(Before {
            level: a.level,
            agreed_by: a.agreed_by,
            graded_by: grades::graded_by(&mut work.tx, &work.grant, &input.indicator).await?,
        }),
        None => None,
    };
    require(refusals(&one, before.as_ref(), by))?;
    work.require(Step::DecideOnPanel).await?;
    let agreed = agreed.ok_or(Refused::Hidden)?;
    let scale = scale(cx, &mut work).await?;
    if agreed.version != input.version {
        let label = scale.level_of_value(agreed.level).map_or_else(String::new, |l| l.label.clone());
        return Err(Refused::Stale {
            theirs: format!("{label}\n\n{}", agreed.reason),
            by: agreed.name,
            version: agreed.version,
        });
    }
    let reason = input.reason.trim();
    let level = scale.value(&input.level);
    let mut wrong = match level {
        Some(to) => problems(agreed.level, to, reason),
        None => vec![FieldProblem::new("level", Reason::new("problem-choose"))],
    };
    if !reason.is_empty() {
        wrong.extend(text_problem("reason", reason, TEXT_LIMIT));
    }
    wrong.extend(identifiers::problems(&[("reason", reason)], input.identifies_nobody));
    let Some(to) = level.filter(|_| wrong.is_empty()) else {
        return Err(Refused::Fields(wrong));
    };
    let (inspection, now) = (work.inspection_id(), work.now);
    let decision = Decided { indicator: &input.indicator, from: agreed.level, to, reason };
    panel::decide(&mut work.tx, inspection, decision, by, now).await?;
    work.record("grade.decided", &input.indicator, json!({ "from": agreed.level, "to": to })).await?;
    work.commit().await
}
