//! Changing evidence, by one of several editors.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::Written;
use keyline_domain::ids::{EvidenceId, InspectionId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::evidence;
use serde_json::json;

use super::{check, refuse_decided, trimmed};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A piece of evidence as somebody wants it to stand.
#[derive(Debug, Clone)]
pub struct ChangeEvidence {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub evidence: EvidenceId,
    /// The version that was read.
    pub version: i64,
    /// What it shall say.
    pub written: Written,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Changes evidence. Tags that a finding needs stay. Audit entry `evidence.changed`, without the text.
///
/// # Errors
/// As [`super::record_evidence`]; [`Refused::Stale`] with the text that stands when somebody saved in between;
/// [`Refused::NotNow`] when it was withdrawn or the panel has decided on what rests on it.
pub async fn change_evidence(cx: &Cx, actor: &Actor, input: ChangeEvidence) -> Result<()> {
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
    let written = trimmed(input.written);
    check(cx, &mut work, &written, input.identifies_nobody).await?;
    let inspection_row = work.inspection().await?;
    let programme = cx.programme(&inspection_row)?;
    let resting = evidence::findings_on(&mut work.tx, &work.grant, input.evidence).await?;
    if let Some(f) = resting.iter().find(|f| !written.tags.reach(&f.indicator, programme)) {
        let reason = Reason::new("evidence-tag-needed").with("indicator", &f.indicator);
        return Err(Refused::Fields(vec![FieldProblem::new("indicator", reason)]));
    }
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    evidence::save(&mut work.tx, inspection, input.evidence, input.version, &written, by, now).await?;
    work.record(
        "evidence.changed",
        input.evidence,
        json!({ "from_version": input.version, "kind": written.kind, "strength": written.strength,
            "tags": written.tags, "source": written.origin, "confirmed_nobody": input.identifies_nobody }),
    )
    .await?;
    work.commit().await
}
