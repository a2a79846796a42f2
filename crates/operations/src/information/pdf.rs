//! The PDFs of the published pages: set once for what a page says, by a job, and kept in the document store.
//!
//! A page that was just published has its PDF set at once; one from the files when the first reader asks. Whoever only reads
//! can have no more set than there are published texts: what was asked for is noted by the hash of what the page says.

use jiff::SignedDuration;
use keyline_domain::documents::Document;
use keyline_store::{information as rows, jobs};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::compose::on_paper;
use super::pages::{Found, find, published_page};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::report;

/// Kind of the job.
pub const KIND: &str = "set-information";

/// What the job is given: which page to set, as it stands when the job runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Id of the programme.
    pub programme: String,
    /// Key of the audience.
    pub audience: String,
    /// Key of the page.
    pub page: String,
}

impl Payload {
    pub(super) fn of(found: Found<'_>) -> Self {
        Self {
            programme: found.programme.id.clone(),
            audience: found.audience.key.clone(),
            page: found.page.key.clone(),
        }
    }
}

/// After how long a PDF that never came is asked for again.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// The hash of what a page says.
fn content(document: &Document) -> Result<String> {
    let json = serde_json::to_vec(document).map_err(Refused::fault)?;
    Ok(blake3::hash(&json).to_hex().to_string())
}

/// The PDF of a published page; `None` while it is being set, which asking for it starts.
///
/// # Errors
/// When database or documents cannot be read or written.
pub async fn of(cx: &Cx, found: Found<'_>, document: &Document) -> Result<Option<Vec<u8>>> {
    let content = content(&on_paper(cx, document))?;
    if let Some(digest) = rows::pdf(&mut cx.read().await?, &content).await? {
        return Ok(Some(cx.documents.get(&digest).await?));
    }
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    if rows::ask_pdf(&mut tx, &content, now, now.checked_sub(PATIENCE).unwrap_or(now)).await? {
        jobs::enqueue(&mut tx, now, cx.random(), KIND, &json!(Payload::of(found)), now).await?;
        tx.commit().await?;
    }
    Ok(None)
}

/// The job: sets the page as it is published now, unless that has been done.
///
/// # Errors
/// When the page cannot be set or the disk is full: worth trying again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    // A page that a newer programme no longer has needs no PDF.
    let Ok(found) = find(cx, &payload.programme, &payload.audience, &payload.page) else { return Ok(()) };
    let published = rows::published(&mut cx.read().await?, &found.programme.id).await?;
    let (composed, _) = published_page(cx, found, &published);
    let document = on_paper(cx, &composed.document);
    let content = content(&document)?;
    if rows::pdf(&mut cx.read().await?, &content).await?.is_some() {
        return Ok(());
    }
    let set = report::pdf(cx, &document).await?;
    let digest = cx.documents.put(set).await?.digest;
    let mut tx = cx.db.begin().await?;
    rows::keep_pdf(&mut tx, &content, &digest, cx.now()).await?;
    Ok(tx.commit().await?)
}
