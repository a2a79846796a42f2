//! Withdrawing evidence.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::{TEXT_LIMIT, text_problem};
use keyline_domain::ids::{EvidenceId, InspectionId};
use keyline_domain::inspections::way::Step;
use keyline_store::evidence;
use serde_json::json;

use super::refuse_decided;
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// A piece of evidence that shall no longer count.
#[derive(Debug, Clone)]
pub struct WithdrawEvidence {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub evidence: EvidenceId,
    /// The version that was read.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Withdraws evidence: it stays to be read, and counts no more. Findings that rested on it may become thin, and say so.
/// Audit entry `evidence.withdrawn`, without the reason's text.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::Stale`] when somebody changed it in between;
/// [`Refused::NotNow`] when it was withdrawn or the panel has decided on what rests on it.
pub async fn withdraw_evidence(cx: &Cx, actor: &Actor, input: WithdrawEvidence) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::RecordEvidence).await?;
    let progress = work.require(Step::RecordEvidence).await?;
    let current = evidence::find(&mut work.tx, &work.grant, input.evidence).await?.ok_or(Refused::Hidden)?;
    if current.withdrawn.is_some() {
        return Err(Refused::reason("evidence-withdrawn-already"));
    }
    refuse_decided(&mut work, input.evidence, &progress).await?;
    if current.version != input.version {
        return Err(Refused::Stale {
            theirs: format!("{}\n\n{}", current.written.title, current.written.body),
            by: current.saved_by,
            version: current.version,
        });
    }
    let reason = input.reason.trim();
    let mut problems: Vec<_> = text_problem("reason", reason, TEXT_LIMIT).into_iter().collect();
    problems.extend(identifiers::problems(&[("reason", reason)], true));
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let resting = evidence::findings_on(&mut work.tx, &work.grant, input.evidence).await?;
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    evidence::withdraw(&mut work.tx, inspection, input.evidence, input.version, reason, by, now).await?;
    let findings: Vec<_> = resting.iter().map(|f| f.finding).collect();
    work.record("evidence.withdrawn", input.evidence, json!({ "findings": findings })).await?;
    work.commit().await
}
