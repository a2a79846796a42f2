//! Evidence: recorded, changed, withdrawn. What identifies somebody is refused at the field.

mod change;
mod record;
mod withdraw;

pub use change::{ChangeEvidence, change_evidence};
pub use record::{RecordEvidence, record_evidence};
pub use withdraw::{WithdrawEvidence, withdraw_evidence};

use keyline_domain::evidence::{Vocabulary, Written};
use keyline_domain::ids::EvidenceId;
use keyline_domain::inspections::way::Progress;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::evidence as rows;

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::{Work, identifiers};

/// The tags that an inspection offers.
///
/// # Errors
/// A fault when the framework of the pinned programme version is not in the library.
pub fn vocabulary(cx: &Cx, inspection: &keyline_store::inspections::Inspection) -> Result<Vocabulary> {
    let programme = cx.programme(inspection)?;
    let framework = cx.framework(programme)?;
    Ok(Vocabulary::of(programme, framework, cx.library.frameworks().lenses()))
}

fn trimmed(mut written: Written) -> Written {
    written.title = written.title.trim().to_owned();
    written.body = written.body.trim().to_owned();
    written
}

// What is wrong with a text, its tags, its source, and with naming somebody.
async fn check(cx: &Cx, work: &mut Work, written: &Written, checked: bool) -> Result<()> {
    let inspection = work.inspection().await?;
    let mut problems = written.problems(&vocabulary(cx, &inspection)?, work.today());
    if let Some(origin) = written.origin
        && rows::source(&mut work.tx, &work.grant, origin).await?.is_none()
    {
        problems.push(FieldProblem::new("source", Reason::new("evidence-unknown-source")));
    }
    problems.extend(identifiers::problems(&[("title", &written.title), ("body", &written.body)], checked));
    if problems.is_empty() { Ok(()) } else { Err(Refused::Fields(problems)) }
}

// Evidence under a grade that the panel has decided stays as the panel saw it.
async fn refuse_decided(work: &mut Work, id: EvidenceId, progress: &Progress) -> Result<()> {
    for finding in rows::findings_on(&mut work.tx, &work.grant, id).await? {
        let decided = |i: &&keyline_domain::inspections::way::IndicatorProgress| {
            i.indicator == finding.indicator && i.confirmed.is_some()
        };
        if let Some(i) = progress.indicators.iter().find(decided) {
            let reason = Reason::new("judgement-decided").with("indicator", &i.indicator);
            return Err(Refused::NotNow(vec![reason]));
        }
    }
    Ok(())
}
