//! Looking: at a document in the page, and for words in all of them.

use std::collections::HashMap;

use futures::{StreamExt, TryStreamExt, stream};
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DocumentId, InspectionId, RequestId};
use keyline_domain::returns::search::{Passage, Wanted};
use keyline_extraction::{Place, Preview};
use keyline_store::returns::{Document, DocumentText, documents_of, find_document, find_text, texts_of};
use serde_json::json;

use super::documents::openable;
use super::reading::{extracted, texts};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Most places of one document that a search gives; the rest is counted.
const MOST_PLACES: usize = 3;
/// Most documents that a search gives; the rest is counted.
const MOST_DOCUMENTS: usize = 50;
/// Documents that are looked through at the same time: while one is fetched, another is opened and searched.
const AT_ONCE: usize = 4;

/// A document to be looked at in the page.
#[derive(Debug, Clone)]
pub struct LookedAt {
    /// The document.
    pub document: Document,
    /// What was read from it; none when it is of a kind that is not read.
    pub text: Option<DocumentText>,
    /// How it looks; none while it waits, and when it could not be drawn.
    pub preview: Option<Preview>,
}

/// Looks at a document in the page. Audit entry `document.opened`, as for its file.
///
/// # Errors
/// As [`open_document`](super::open_document).
pub async fn look_at_document(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    document: DocumentId,
) -> Result<LookedAt> {
    let mut work = cx.work(actor, inspection, Action::SeeReturns).await?;
    let grant = work.grant.clone();
    let row = find_document(&mut work.tx, &grant, document).await?.ok_or(Refused::Hidden)?;
    openable(&row)?;
    let text = find_text(&mut work.tx, &grant, document).await?;
    let preview = match text.as_ref().and_then(|text| text.look.as_ref()) {
        Some(digest) => {
            let bytes = cx.documents.get(digest).await?;
            Some(serde_json::from_slice(&bytes).map_err(Refused::fault)?)
        }
        None => None,
    };
    work.record("document.opened", document, json!({ "digest": row.digest, "in_the_page": true })).await?;
    work.commit().await?;
    Ok(LookedAt { document: row, text, preview })
}

/// A document in which it was found.
#[derive(Debug, Clone)]
pub struct FoundIn {
    /// Against which request it came.
    pub request: RequestId,
    /// The document.
    pub document: Document,
    /// Whether its name matches.
    pub by_name: bool,
    /// The first places in it.
    pub places: Vec<(Option<Place>, Passage)>,
    /// How many more places there are.
    pub more: usize,
}

/// What a search gives.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The documents, those with most places first.
    pub documents: Vec<FoundIn>,
    /// How many more documents there are.
    pub more: usize,
    /// How many documents were searched.
    pub searched: usize,
    /// How many could not be searched: waiting, scans without text, and what was not read.
    pub without_text: usize,
}

/// Looks for words in the names and the texts of what came against requests. The pre-inspection return is never
/// searched: it is a list of children. Audit entry `documents.searched` with how much was found, and not with the words.
///
/// # Errors
/// [`Refused::Fields`] on `q` for what cannot be looked for.
pub async fn search_documents(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    typed: &str,
) -> Result<Found> {
    let wanted = Wanted::of(typed).map_err(|key| Refused::field("q", key))?;
    // Looking takes no turn among those who write; only its entry in the trail does, at the end.
    let grant = cx.grant(actor, inspection, Action::SeeReturns).await?;
    let mut reader = cx.read().await?;
    let documents = documents_of(&mut reader, &grant).await?;
    let read = texts_of(&mut reader, &grant).await?;
    drop(reader);
    let mut read: HashMap<DocumentId, DocumentText> =
        read.into_iter().map(|text| (text.document, text)).collect();
    let searched = documents.into_iter().filter(|(_, document)| document.check.opens());
    let mut searched = stream::iter(searched)
        .map(|(request, document)| look_in(cx, &wanted, request, read.remove(&document.id), document))
        .buffered(AT_ONCE);
    let mut found = Found::default();
    while let Some((with_text, found_in)) = searched.try_next().await? {
        found.searched += 1;
        found.without_text += usize::from(!with_text);
        if found_in.by_name || !found_in.places.is_empty() {
            found.documents.push(found_in);
        }
    }
    drop(searched);
    found.documents.sort_by_key(|d| std::cmp::Reverse((d.by_name, d.places.len() + d.more)));
    found.more = found.documents.len().saturating_sub(MOST_DOCUMENTS);
    found.documents.truncate(MOST_DOCUMENTS);
    let mut work = cx.work(actor, inspection, Action::SeeReturns).await?;
    let detail = json!({ "documents": found.documents.len() + found.more });
    work.record("documents.searched", inspection, detail).await?;
    work.commit().await?;
    Ok(found)
}

// Whether a document has text, and where in it and in its name it was found.
async fn look_in(
    cx: &Cx,
    wanted: &Wanted,
    request: RequestId,
    text: Option<DocumentText>,
    document: Document,
) -> Result<(bool, FoundIn)> {
    let by_name = !wanted.found_in(&document.name).is_empty();
    let text = match text {
        Some(text) => extracted(cx, &text).await?,
        None => None,
    };
    let parts = text.map(texts).unwrap_or_default();
    let (with_text, wanted) = (!parts.is_empty(), wanted.clone());
    // Much text is looked through where it stops nobody else.
    let places = tokio::task::spawn_blocking(move || {
        let passages = parts.into_iter().filter_map(|(place, text)| Some((place, wanted.passage(&text)?)));
        passages.collect::<Vec<_>>()
    });
    let mut places = places.await.map_err(Refused::fault)?;
    let more = places.len().saturating_sub(MOST_PLACES);
    places.truncate(MOST_PLACES);
    Ok((with_text, FoundIn { request, document, by_name, places, more }))
}
