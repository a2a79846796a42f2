//! Recording evidence.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::Written;
use keyline_domain::ids::{EvidenceId, InspectionId};
use keyline_domain::inspections::way::Step;
use keyline_store::evidence;
use serde_json::json;

use super::{check, trimmed};
use crate::context::Cx;
use crate::refused::Result;

/// A piece of evidence to be recorded.
#[derive(Debug, Clone)]
pub struct RecordEvidence {
    /// Where.
    pub inspection: InspectionId,
    /// What.
    pub written: Written,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Records evidence with its tags. Audit entry `evidence.recorded`, without the text.
///
/// # Errors
/// [`crate::Refused::Fields`] for what the text, its tags, its source or an identifier in it get wrong;
/// [`crate::Refused::NotNow`] once the draft has gone to the partnership.
pub async fn record_evidence(cx: &Cx, actor: &Actor, input: RecordEvidence) -> Result<EvidenceId> {
    let mut work = cx.work(actor, input.inspection, Action::RecordEvidence).await?;
    work.require(Step::RecordEvidence).await?;
    let written = trimmed(input.written);
    check(cx, &mut work, &written, input.identifies_nobody).await?;
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    let id = EvidenceId::new(now, cx.random());
    evidence::add(&mut work.tx, inspection, id, &written, by, now).await?;
    work.record(
        "evidence.recorded",
        id,
        json!({ "kind": written.kind, "strength": written.strength, "tags": written.tags,
            "source": written.origin, "confirmed_nobody": input.identifies_nobody }),
    )
    .await?;
    work.commit().await?;
    Ok(id)
}
