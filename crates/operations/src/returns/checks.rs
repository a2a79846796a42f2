//! Having documents checked for malicious software, by a scanner that the installation names. Until it has said that
//! nothing is there, a document is closed; when something is, it stays closed.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DocumentId, InspectionId, RequestId};
use keyline_store::antivirus::{Scanner, Verdict};
use keyline_store::returns::{
    Check, Document, document_to_check, find_request, is_pre_inspection_return, request_of_document,
    set_check,
};
use keyline_store::{Tx, jobs};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::reading::enqueue_reading;
use super::withdraw::ask_again_without_any;
use crate::context::Cx;
use crate::refused::Result;
use crate::work::Work;

/// Kind of the job.
pub const KIND: &str = "document.check";

/// What a job about a document is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The inspection.
    pub inspection: InspectionId,
    /// The document.
    pub document: DocumentId,
}

/// What a document that comes now begins with.
pub(super) fn check_wanted(cx: &Cx) -> Check {
    if Scanner::of(&cx.settings.antivirus).is_some() { Check::Waiting } else { Check::NotChecked }
}

/// What follows for a document that has just come, in the transaction that adds it: it is checked if there is a scanner,
/// and read for search and preview once it may be opened.
pub(super) async fn after_coming(
    cx: &Cx,
    tx: &mut Tx,
    inspection: InspectionId,
    document: &Document,
) -> Result<()> {
    enqueue_check(cx, tx, inspection, document).await?;
    enqueue_reading(cx, tx, inspection, document).await
}

/// The same for a pre-inspection return, which is checked and never read for search: it is a list of children.
pub(super) async fn enqueue_check(
    cx: &Cx,
    tx: &mut Tx,
    inspection: InspectionId,
    document: &Document,
) -> Result<()> {
    if document.check == Check::Waiting {
        let payload = json!(Payload { inspection, document: document.id });
        jobs::enqueue(tx, document.uploaded_at, cx.random(), KIND, &payload, document.uploaded_at).await?;
    }
    Ok(())
}

/// The job. Audit entries `document.found-clean` and `document.found-infected`, the latter with what the scanner calls
/// it. When something was found and nothing else stands against the request, the request is asked again.
///
/// # Errors
/// When the scanner is away or cannot scan it: the document stays closed, and it is worth trying again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let Payload { inspection, document } = payload;
    let grant = cx.grant(&Actor::Clock, inspection, Action::SeeReturns).await?;
    let found = document_to_check(&mut cx.read().await?, &grant, document).await?;
    let Some(found) = found.filter(|d| d.check == Check::Waiting) else { return Ok(()) };
    let check = match Scanner::of(&cx.settings.antivirus) {
        Some(scanner) => match scanner.scan(cx.documents.content(&found.digest).await?).await? {
            Verdict::Clean => Check::Clean,
            Verdict::Found(name) => Check::Infected(name),
        },
        // The installation has given its scanner up meanwhile.
        None => Check::NotChecked,
    };
    let mut work = cx.work(&Actor::Clock, inspection, Action::SeeReturns).await?;
    match set_check(&mut work.tx, document, &check).await {
        // Another worker was quicker.
        Err(keyline_store::Error::Stale) => return Ok(()),
        done => done?,
    }
    let (action, detail) = match &check {
        Check::Infected(name) => ("document.found-infected", json!({ "found": name })),
        Check::Clean => ("document.found-clean", json!({})),
        // Nothing was found, because nobody looked.
        Check::NotChecked | Check::Waiting => ("document.not-checked", json!({})),
    };
    work.record(action, document, detail).await?;
    if !is_pre_inspection_return(&mut work.tx, document).await? {
        enqueue_reading(cx, &mut work.tx, inspection, &Document { check: check.clone(), ..found }).await?;
    }
    if matches!(check, Check::Infected(_))
        && let Some(request) = request_of(&mut work, document).await?
    {
        let grant = work.grant.clone();
        if let Some(request) = find_request(&mut work.tx, &grant, request).await? {
            ask_again_without_any(&mut work, &request).await?;
        }
    }
    work.commit().await
}

async fn request_of(work: &mut Work, document: DocumentId) -> Result<Option<RequestId>> {
    let grant = work.grant.clone();
    Ok(request_of_document(&mut work.tx, &grant, document).await?)
}
