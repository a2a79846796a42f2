//! Rows of what was read from documents: where it stands, and where among the documents the text and the preview lie.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::DocumentId;
use keyline_domain::returns::search::TextState;

use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// What was read from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentText {
    /// The document.
    pub document: DocumentId,
    /// How far it is.
    pub state: TextState,
    /// The key of a sentence: why it was not read, or what it waits for.
    pub reason: Option<String>,
    /// How many pages or slides it has.
    pub pages: Option<i64>,
    /// How many words its text has.
    pub words: Option<i64>,
    /// Where the text lies in the document store.
    pub text: Option<String>,
    /// Where the preview lies in the document store.
    pub look: Option<String>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

const TABLE: &str = "document_text";

row! { struct TextRow {
    document_id: String, state: String, reason: Option<String>, pages: Option<i64>, words: Option<i64>,
    text_digest: Option<String>, look_digest: Option<String>, read_at: Option<String>,
} }

impl TextRow {
    fn text(self) -> Result<DocumentText> {
        let id = self.document_id;
        let state = TextState::of_word(&self.state).ok_or_else(|| Error::Inconsistent {
            table: TABLE,
            column: "state",
            id: id.clone(),
            found: self.state.clone(),
        })?;
        Ok(DocumentText {
            document: read(TABLE, "document_id", &id, &id)?,
            state,
            reason: self.reason,
            pages: self.pages,
            words: self.words,
            text: self.text_digest,
            look: self.look_digest,
            read_at: read_optional(TABLE, "read_at", &id, self.read_at.as_deref())?,
        })
    }
}

/// Writes that a document waits to be read; what is known of it already stays.
pub async fn await_text(tx: &mut Tx, document: DocumentId) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO document_text (document_id, state) VALUES ($1, 'waiting') ON CONFLICT (document_id) DO NOTHING",
        document.to_string()
    )
    .map(|_| ())
}

/// Writes what was read from a document. The number of its pages stands in its own row too, for the burden ledger, and
/// stays there when the document is destroyed.
pub async fn save_text(tx: &mut Tx, text: &DocumentText) -> Result<()> {
    execute!(
        tx,
        "UPDATE document_text SET state = $1, reason = $2, pages = $3, words = $4, text_digest = $5, look_digest = $6,
           read_at = $7
         WHERE document_id = $8",
        text.state.word(),
        text.reason.as_deref(),
        text.pages,
        text.words,
        text.text.as_deref(),
        text.look.as_deref(),
        text.read_at.map(time),
        text.document.to_string()
    )?;
    execute!(
        tx,
        "UPDATE document SET pages = $1 WHERE id = $2 AND pages IS NULL",
        text.pages,
        text.document.to_string()
    )
    .map(|_| ())
}

/// Whether a document is a pre-inspection return: a list of children.
pub async fn is_pre_inspection_return(source: &mut impl Source, document: DocumentId) -> Result<bool> {
    let found = fetch_optional!(
        source,
        (String,),
        "SELECT id FROM return_submission WHERE document_id = $1 LIMIT 1",
        document.to_string()
    )?;
    Ok(found.is_some())
}

/// What was read from the documents of the inspection that the grant opens.
pub async fn texts_of(source: &mut impl Source, grant: &Grant) -> Result<Vec<DocumentText>> {
    fetch_all!(
        source,
        TextRow,
        "SELECT t.* FROM document_text t JOIN document d ON d.id = t.document_id
         WHERE d.inspection_id = $1 AND d.withdrawn_at IS NULL ORDER BY d.uploaded_at, d.id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(TextRow::text)
    .collect()
}

/// What was read from one document of the inspection that the grant opens.
pub async fn find_text(
    source: &mut impl Source,
    grant: &Grant,
    document: DocumentId,
) -> Result<Option<DocumentText>> {
    fetch_optional!(
        source,
        TextRow,
        "SELECT t.* FROM document_text t JOIN document d ON d.id = t.document_id
         WHERE t.document_id = $1 AND d.inspection_id = $2 AND d.withdrawn_at IS NULL",
        document.to_string(),
        grant.inspection().to_string()
    )?
    .map(TextRow::text)
    .transpose()
}
