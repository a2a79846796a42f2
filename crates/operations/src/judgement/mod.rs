//! Judgement: findings, grades alone, agreed grades, the panel.

mod agree;
mod findings;
mod grade;
mod panel;

pub use agree::{AgreeGrade, agree_grade};
pub use findings::{
    ChangeFinding, WithdrawFinding, WriteFinding, change_finding, withdraw_finding, write_finding,
};
pub use grade::{GradeAlone, grade_alone};
pub use panel::{DecideOnPanel, decide_on_panel};

use keyline_domain::inspections::way::{IndicatorProgress, Progress};
use keyline_domain::programmes::Scale;
use keyline_domain::reasons::Reason;

use crate::Work;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What counts of one evaluated indicator.
///
/// # Errors
/// [`Refused::Hidden`] for an indicator that this programme version does not evaluate.
pub fn indicator<'a>(progress: &'a Progress, number: &str) -> Result<&'a IndicatorProgress> {
    progress.indicators.iter().find(|i| i.indicator == number).ok_or(Refused::Hidden)
}

// The facts of the indicator, and the reasons that hold for all of them.
async fn facts(work: &mut Work, number: &str) -> Result<(Progress, IndicatorProgress)> {
    let progress = work.progress().await?;
    let one = indicator(&progress, number)?.clone();
    if progress.notified_on.is_none() {
        return Err(Refused::NotNow(vec![Reason::new("wait-notified")]));
    }
    Ok((progress, one))
}

async fn scale<'a>(cx: &'a Cx, work: &mut Work) -> Result<&'a Scale> {
    let inspection = work.inspection().await?;
    Ok(&cx.framework(cx.programme(&inspection)?)?.scale)
}

fn require(reasons: Vec<Reason>) -> Result<()> {
    if reasons.is_empty() { Ok(()) } else { Err(Refused::NotNow(reasons)) }
}
