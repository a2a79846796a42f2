//! Leaving a record out before the sample is drawn, with the reason, and taking that back.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::sampling::{self, Exclusion};
use serde_json::json;

use super::frame::accepted_rows;
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// A record to leave out.
#[derive(Debug, Clone)]
pub struct ExcludeRecord {
    /// Where.
    pub inspection: InspectionId,
    /// Its label.
    pub label: String,
    /// Why.
    pub reason: String,
    /// Whether the writer has confirmed that the reason names nobody.
    pub checked: bool,
}

/// Leaves a record out of the list before anything is drawn. Audit entry `sample.record-excluded` with label and reason.
///
/// # Errors
/// [`Refused::NotNow`] before the return is accepted and after the draw: whoever knows the sample must not choose;
/// [`Refused::Fields`] for a label that is not in the list or is left out already, and for a reason that is missing or
/// identifies somebody.
pub async fn exclude_record(cx: &Cx, actor: &Actor, input: ExcludeRecord) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DrawSample).await?;
    work.require(Step::DrawSample).await?;
    let grant = work.grant.clone();
    let typed = input.label.trim().to_lowercase();
    let (_, rows) = accepted_rows(&mut work.tx, &grant).await?;
    let reason = input.reason.trim();
    let mut problems = identifiers::problems(&[("reason", reason)], input.checked);
    if reason.is_empty() {
        problems.push(FieldProblem::new("reason", Reason::new("problem-reason")));
    }
    let label = rows.into_iter().map(|row| row.label).find(|label| label.to_lowercase() == typed);
    let left_out = sampling::exclusions(&mut work.tx, &grant).await?;
    match &label {
        None => problems.push(FieldProblem::new("label", Reason::new("records-problem-not-listed"))),
        Some(label) if left_out.iter().any(|one| one.label == *label) => {
            problems.push(FieldProblem::new("label", Reason::new("records-problem-excluded")));
        }
        Some(_) => {}
    }
    let (Some(label), true) = (label, problems.is_empty()) else { return Err(Refused::Fields(problems)) };
    let exclusion = Exclusion { label, reason: reason.to_owned(), by: work.grant.person_id(), at: work.now };
    sampling::add_exclusion(&mut work.tx, input.inspection, &exclusion).await?;
    let detail = json!({ "label": exclusion.label, "reason": exclusion.reason });
    work.record("sample.record-excluded", input.inspection, detail).await?;
    work.commit().await
}

/// Takes an exclusion back, before the draw. Audit entry `sample.record-included`.
///
/// # Errors
/// [`Refused::NotNow`] after the draw; [`Refused::Hidden`] for a label that is not left out.
pub async fn include_record(cx: &Cx, actor: &Actor, inspection: InspectionId, label: &str) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::DrawSample).await?;
    work.require(Step::DrawSample).await?;
    let grant = work.grant.clone();
    if !sampling::exclusions(&mut work.tx, &grant).await?.iter().any(|one| one.label == label) {
        return Err(Refused::Hidden);
    }
    sampling::remove_exclusion(&mut work.tx, inspection, label).await?;
    work.record("sample.record-included", inspection, json!({ "label": label })).await?;
    work.commit().await
}
