//! Taking a document back.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DocumentId, InspectionId, RequestId};
use keyline_domain::returns::Act;
use keyline_store::returns::{Check, documents_against, save_request, withdraw_document};
use keyline_store::{Source, returns};
use serde_json::json;

use super::documents::asked;
use super::reason;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// That a document is withdrawn.
#[derive(Debug, Clone)]
pub struct WithdrawDocument {
    /// Where.
    pub inspection: InspectionId,
    /// Against which request it came.
    pub request: RequestId,
    /// The document.
    pub document: DocumentId,
    /// Why.
    pub reason: String,
    /// The writer says that the reason identifies nobody, where that is doubtful.
    pub identifies_nobody: bool,
}

/// Withdraws a document: it stays in the list of withdrawn ones with who, when and why, is kept, and opens for nobody
/// any more. A request against which nothing is left is asked again. Audit entry `document.withdrawn`.
///
/// # Errors
/// [`Refused::Fields`] without a reason, or with one that identifies somebody; [`Refused::NotNow`] when the team has
/// accepted what came; [`Refused::Hidden`] when it is not against this request, or withdrawn already.
pub async fn withdraw(cx: &Cx, actor: &Actor, input: WithdrawDocument) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let request = asked(&mut work, input.request).await?;
    request.state.after(Act::TakeBack).map_err(Refused::reason)?;
    let grant = work.grant.clone();
    let standing = documents_against(&mut work.tx, &grant, request.id).await?;
    if !standing.iter().any(|d| d.id == input.document) {
        return Err(Refused::Hidden);
    }
    let reason = reason::checked(&input.reason, Some("returns-problem-withdraw"), input.identifies_nobody)?;
    let now = work.now;
    withdraw_document(&mut work.tx, &grant, input.document, reason, now).await?;
    let detail = json!({ "request": request.id, "reason": reason });
    work.record("document.withdrawn", input.document, detail).await?;
    ask_again_without_any(&mut work, &request).await?;
    work.commit().await
}

/// When nothing is left against a request that could be opened, it waits for documents again.
pub(super) async fn ask_again_without_any(work: &mut Work, request: &returns::Request) -> Result<()> {
    let Ok(state) = request.state.after(Act::LoseAll) else { return Ok(()) };
    if state == request.state || any_standing(&mut work.tx, &work.grant, request).await? {
        return Ok(());
    }
    let (now, by) = (work.now, work.grant.person_id());
    Ok(save_request(&mut work.tx, request.id, state, None, by, now, request.version).await?)
}

async fn any_standing(
    source: &mut impl Source,
    grant: &keyline_domain::access::Grant,
    request: &returns::Request,
) -> Result<bool> {
    let standing = documents_against(source, grant, request.id).await?;
    Ok(standing.iter().any(|d| !matches!(d.check, Check::Infected(_))))
}
