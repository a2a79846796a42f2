//! Reading the rows of a return that the checks accepted.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, SubmissionId};
use keyline_store::returns::{Child, Submission, cohort, find_submission};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Opens the rows of a return: each child's label with its columns. For the team alone, and every opening is in the audit
/// trail (`return.opened`), as that of the document is.
///
/// # Errors
/// [`Refused::Hidden`] outside the team and when the submission is not of this inspection.
pub async fn open_rows(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    submission: SubmissionId,
) -> Result<(Submission, Vec<Child>)> {
    let mut work = cx.work(actor, inspection, Action::SeeReturns).await?;
    if !work.grant.inside() {
        return Err(Refused::Hidden);
    }
    let grant = work.grant.clone();
    let found = find_submission(&mut work.tx, &grant, submission).await?.ok_or(Refused::Hidden)?;
    let rows = cohort(&mut work.tx, &grant, submission).await?;
    work.record("return.opened", submission, json!({ "rows": rows.len() })).await?;
    work.commit().await?;
    Ok((found, rows))
}
