//! Reading the documents that came, for search and for looking at them in the page: a job after each one that may be
//! opened. What was read lies sealed among the documents, as they do.

use std::io::BufWriter;
use std::sync::Arc;

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_domain::returns::search::TextState;
use keyline_domain::returns::statement::words;
use keyline_extraction::{
    Content, Excess, Extracted, Failure, Kind, Listing, Place, Preview, Refusal, Source,
};
use keyline_store::documents::{Arriving, CHUNK};
use keyline_store::returns::{Document, DocumentText, await_text, document_to_check, find_text, save_text};
use keyline_store::{Tx, jobs};
use serde::Serialize;
use serde_json::json;

pub use super::checks::Payload;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Kind of the job.
pub const KIND: &str = "document.read";

/// What is done with a file: it gives an answer, or why not.
pub type OfFile<T> = Arc<dyn Fn(&Source) -> std::result::Result<T, Failure> + Send + Sync>;

/// Reads files of strangers. Handed in by the binary, which does so in a confined process.
#[derive(Clone)]
pub struct FileReader {
    /// What a file is, and that it opens.
    pub kind: OfFile<Kind>,
    /// What a file is and says.
    pub extract: OfFile<Extracted>,
    /// How it looks.
    pub preview: OfFile<Preview>,
    /// The limits.
    pub limits: keyline_extraction::Limits,
}

/// What follows for a document that may be opened, in the transaction that says so: it is read.
pub(super) async fn enqueue_reading(
    cx: &Cx,
    tx: &mut Tx,
    inspection: InspectionId,
    document: &Document,
) -> Result<()> {
    if document.check.opens() {
        await_text(tx, document.id).await?;
        let (now, payload) = (cx.now(), json!(Payload { inspection, document: document.id }));
        jobs::enqueue(tx, now, cx.random(), KIND, &payload, now).await?;
    }
    Ok(())
}

/// The job. No audit entry: nobody sees anything by it, and the document stays what it is.
///
/// # Errors
/// When this machine could not read it just now (no memory, no program for PDF): worth trying again. What the page says
/// meanwhile is written down.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let Payload { inspection, document: id } = payload;
    let grant = cx.grant(&Actor::Clock, inspection, Action::SeeReturns).await?;
    let mut reader = cx.read().await?;
    let Some(document) = document_to_check(&mut reader, &grant, id).await? else { return Ok(()) };
    let known = find_text(&mut reader, &grant, id).await?;
    drop(reader);
    let Some(known) = known.filter(|text| text.state == TextState::Waiting) else { return Ok(()) };
    let (text, worth_trying) = match read(cx, &document, known).await? {
        Done(text) => (text, None),
        Later(text, failure) => (text, Some(failure)),
    };
    let mut tx = cx.db.begin().await?;
    save_text(&mut tx, &text).await?;
    tx.commit().await?;
    match worth_trying {
        Some(failure) => Err(Refused::fault(failure)),
        None => Ok(()),
    }
}

enum Outcome {
    Done(DocumentText),
    Later(DocumentText, Failure),
}
use Outcome::{Done, Later};

async fn read(cx: &Cx, document: &Document, known: DocumentText) -> Result<Outcome> {
    let files = cx.files.clone();
    if u64::try_from(document.bytes).unwrap_or(u64::MAX) > files.limits.bytes {
        return Ok(Done(not_read(known, "text-too-large", cx)));
    }
    let content = cx.documents.content(&document.digest).await?;
    let documents = cx.documents.clone();
    let both = tokio::task::spawn_blocking(move || {
        let source = Source::of_reader(content, &files.limits)?;
        let found = Found::of(&(files.extract)(&source)?, documents.arriving());
        // What can be read may still not be drawn; then the text is there alone.
        let look = (files.preview)(&source).ok();
        let look = look.map(|look| as_json(&look, documents.arriving())).transpose();
        Ok::<_, Failure>((found, look))
    });
    let (found, look) = match both.await.map_err(Refused::fault)? {
        Ok((found, look)) => (found?, look?),
        Err(failure @ Failure::PopplerMissing { .. }) => {
            let reason = Some("text-no-pdf-reader".to_owned());
            return Ok(Later(DocumentText { reason, ..known }, failure));
        }
        Err(failure) if failure.is_of_the_machine() => return Ok(Later(known, failure)),
        Err(failure) => return Ok(Done(not_read(known, why(&failure), cx))),
    };
    let text = found.json.keep().await?.digest;
    let look = match look {
        Some(look) => Some(look.keep().await?.digest),
        None => None,
    };
    Ok(Done(DocumentText {
        state: found.state,
        // Of a text that is longer than is kept, whoever searches must know that the rest is not found.
        reason: found.cut.then(|| "text-cut".to_owned()),
        pages: found.pages,
        words: found.words,
        text: Some(text),
        look,
        read_at: Some(cx.now()),
        ..known
    }))
}

/// Writes something as JSON among the documents, bit by bit: a text of several megabytes is not in memory twice.
fn as_json(value: &impl Serialize, to: Arriving) -> keyline_store::Result<Arriving> {
    let mut out = BufWriter::with_capacity(CHUNK, to);
    serde_json::to_writer(&mut out, value).map_err(std::io::Error::from)?;
    Ok(out.into_inner().map_err(std::io::IntoInnerError::into_error)?)
}

/// What was read of a document, as it is kept. The text itself is gone as soon as it is in its form.
struct Found {
    state: TextState,
    pages: Option<i64>,
    words: Option<i64>,
    cut: bool,
    json: Arriving,
}

impl Found {
    fn of(extracted: &Extracted, to: Arriving) -> keyline_store::Result<Self> {
        let (state, pages, words) = match &extracted.content {
            Content::Text(text) => {
                let count: usize = text.parts.iter().map(|part| words(&part.text)).sum();
                (TextState::Text, text.pages.map(i64::from), i64::try_from(count).ok())
            }
            Content::Scan { pages } => (TextState::Scan, Some(i64::from(*pages)), None),
            Content::Picture { .. } => (TextState::Picture, None, None),
            Content::Archive(_) => (TextState::Archive, None, None),
        };
        let cut = extracted.text().is_some_and(|text| text.cut);
        let json = as_json(extracted, to)?;
        Ok(Self { state, pages, words, cut, json })
    }
}

fn not_read(known: DocumentText, reason: &str, cx: &Cx) -> DocumentText {
    DocumentText {
        state: TextState::NotRead,
        reason: Some(reason.to_owned()),
        read_at: Some(cx.now()),
        ..known
    }
}

// The key of the sentence; each is worded in `locales/en/returns.ftl`.
fn why(failure: &Failure) -> &'static str {
    match failure {
        Failure::TooLarge(Excess::File(_)) => "text-too-large",
        Failure::TooLarge(_) | Failure::TimedOut { .. } => "text-too-much",
        Failure::Refused(Refusal::Empty) => "text-empty",
        Failure::Refused(Refusal::Password) => "text-password",
        Failure::Refused(Refusal::Macros | Refusal::Program(_)) => "text-program",
        Failure::Refused(Refusal::Damaged) => "text-damaged",
        Failure::NotSupported { .. } => "text-other-kind",
        Failure::Crashed { .. } | Failure::PopplerMissing { .. } | Failure::NotStarted { .. } => {
            "text-crashed"
        }
    }
}

/// What was read from a document that may be opened, as the document store has it.
pub(super) async fn extracted(cx: &Cx, text: &DocumentText) -> Result<Option<Extracted>> {
    let Some(digest) = &text.text else { return Ok(None) };
    let bytes = cx.documents.get(digest).await?;
    Ok(Some(serde_json::from_slice(&bytes).map_err(Refused::fault)?))
}

/// The texts of what was read, each with the place where it stands. The names of the files in an archive count as text.
pub(super) fn texts(extracted: Extracted) -> Vec<(Option<Place>, String)> {
    match extracted.content {
        Content::Text(text) => {
            let subject = text.mail.and_then(|mail| mail.subject).map(|subject| (None, subject));
            subject.into_iter().chain(text.parts.into_iter().map(|p| (Some(p.place), p.text))).collect()
        }
        Content::Archive(listing) => paths(&listing).into_iter().map(|path| (None, path)).collect(),
        Content::Scan { .. } | Content::Picture { .. } => Vec::new(),
    }
}

fn paths(listing: &Listing) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in &listing.entries {
        paths.push(entry.path.clone());
        if let Some(keyline_extraction::Inside::Listed(within)) = &entry.inside {
            paths.extend(paths_within(&entry.path, within));
        }
    }
    paths
}

fn paths_within(folder: &str, listing: &Listing) -> Vec<String> {
    paths(listing).into_iter().map(|path| format!("{folder}/{path}")).collect()
}
