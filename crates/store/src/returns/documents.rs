//! Rows of documents: what was uploaded, by whom, against which request. The content lies in
//! [`crate::documents`].

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DelegationId, DocumentId, InspectionId, PersonId, RequestId};

use super::held::Origin;
use crate::error::{Error, Result};
use crate::rows::{Both, read, read_optional, time};
use crate::{Source, Tx};

/// What a scanner for malicious software has said of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// There was no scanner.
    NotChecked,
    /// It is being checked, and closed until then.
    Waiting,
    /// Nothing was found.
    Clean,
    /// Something was found, and it stays closed. Holds what the scanner calls it.
    Infected(String),
}

impl Check {
    /// Whether a document may be opened as far as the scanner is concerned.
    pub fn opens(&self) -> bool {
        matches!(self, Self::NotChecked | Self::Clean)
    }

    fn columns(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::NotChecked => ("not_checked", None),
            Self::Waiting => ("waiting", None),
            Self::Clean => ("clean", None),
            Self::Infected(found) => ("infected", Some(found)),
        }
    }
}

/// A document as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// Name of the file as it was sent.
    pub name: String,
    /// Which one it is among those of its name against its request, from 1.
    pub version: i64,
    /// Media type of its content, found by looking at it.
    pub kind: String,
    /// Size in bytes.
    pub bytes: i64,
    /// BLAKE3 of the content, under which the document store opens it.
    pub digest: String,
    /// What the scanner has said.
    pub check: Check,
    /// The node on whose disk some of it waits for the object store.
    pub held_by: Option<String>,
    /// Who uploaded it.
    pub uploaded_by: Option<PersonId>,
    /// When.
    pub uploaded_at: Timestamp,
    /// The colleague without an account who brought it, if one did.
    pub delegation: Option<DelegationId>,
    /// Where it was given first, when it was given again.
    pub origin: Option<Origin>,
}

/// That a document was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<PersonId>,
    /// Why.
    pub reason: String,
}

row! { pub(super) struct DocumentRow {
    id: String, name: String, version: i64, kind: String, bytes: i64, digest: String, check_state: String,
    check_found: Option<String>, held_by: Option<String>, uploaded_by: Option<String>, uploaded_at: String,
    delegation_id: Option<String>, origin_programme: Option<String>, origin_on: Option<String>,
} }

const TABLE: &str = "document";

impl DocumentRow {
    pub(super) fn document(self) -> Result<Document> {
        let check = match (self.check_state.as_str(), self.check_found) {
            ("not_checked", None) => Check::NotChecked,
            ("waiting", None) => Check::Waiting,
            ("clean", None) => Check::Clean,
            ("infected", Some(found)) => Check::Infected(found),
            (found, _) => {
                let (id, found) = (self.id, found.to_owned());
                return Err(Error::Inconsistent { table: TABLE, column: "check_state", id, found });
            }
        };
        Ok(Document {
            id: read(TABLE, "id", &self.id, &self.id)?,
            uploaded_by: read_optional(TABLE, "uploaded_by", &self.id, self.uploaded_by.as_deref())?,
            uploaded_at: read(TABLE, "uploaded_at", &self.id, &self.uploaded_at)?,
            delegation: read_optional(TABLE, "delegation_id", &self.id, self.delegation_id.as_deref())?,
            origin: Origin::of(&self.id, self.origin_programme, self.origin_on.as_deref())?,
            name: self.name,
            version: self.version,
            kind: self.kind,
            bytes: self.bytes,
            digest: self.digest,
            check,
            held_by: self.held_by,
        })
    }
}

/// Adds a document, against a request if there is one; gives the version that it is.
pub async fn add_document(
    tx: &mut Tx,
    inspection: InspectionId,
    document: &Document,
    request: Option<RequestId>,
) -> Result<i64> {
    let (check, found) = document.check.columns();
    execute!(
        tx,
        "INSERT INTO document (id, inspection_id, name, version, kind, bytes, digest, check_state, check_found, held_by,
           uploaded_by, uploaded_at, delegation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        document.id.to_string(),
        inspection.to_string(),
        &document.name,
        document.version,
        &document.kind,
        document.bytes,
        &document.digest,
        check,
        found,
        document.held_by.as_deref(),
        document.uploaded_by.map(|p| p.to_string()),
        time(document.uploaded_at),
        document.delegation.map(|d| d.to_string())
    )?;
    match request {
        Some(request) => attach(tx, request, document.id).await,
        None => Ok(document.version),
    }
}

/// Says that a document answers a request, as the next version of its name there: one more than those that came, also
/// when they were withdrawn. Gives that version.
pub async fn attach(tx: &mut Tx, request: RequestId, document: DocumentId) -> Result<i64> {
    let (version,) = fetch_one!(
        tx,
        (i64,),
        "UPDATE document SET version = 1 + COALESCE((
           SELECT MAX(d.version) FROM document d JOIN request_document r ON r.document_id = d.id
           WHERE r.request_id = $1 AND d.name = document.name), 0)
         WHERE id = $2 RETURNING version",
        request.to_string(),
        document.to_string()
    )?;
    execute!(
        tx,
        "INSERT INTO request_document (request_id, document_id) VALUES ($1, $2)",
        request.to_string(),
        document.to_string()
    )?;
    Ok(version)
}

row! { struct RequestRow { request_id: String } }

/// The documents that came against requests and stand, each with its request, in the order they came.
pub async fn documents_of(source: &mut impl Source, grant: &Grant) -> Result<Vec<(RequestId, Document)>> {
    let documents = fetch_all!(
        source,
        Both<RequestRow, DocumentRow>,
        "SELECT r.request_id, d.* FROM document d JOIN request_document r ON r.document_id = d.id
         WHERE d.inspection_id = $1 AND d.withdrawn_at IS NULL ORDER BY d.uploaded_at, d.id",
        grant.inspection().to_string()
    )?;
    documents
        .into_iter()
        .map(|Both(request, document)| {
            let request = read("request_document", "request_id", &document.id, &request.request_id)?;
            Ok((request, document.document()?))
        })
        .collect()
}

/// The documents that came against one request of the inspection that the grant opens and stand, in the order they came.
pub async fn documents_against(
    source: &mut impl Source,
    grant: &Grant,
    request: RequestId,
) -> Result<Vec<Document>> {
    fetch_all!(
        source,
        DocumentRow,
        "SELECT d.* FROM document d JOIN request_document r ON r.document_id = d.id
         WHERE r.request_id = $1 AND d.inspection_id = $2 AND d.withdrawn_at IS NULL ORDER BY d.uploaded_at, d.id",
        request.to_string(),
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(DocumentRow::document)
    .collect()
}

/// The request of the inspection that the grant opens against which a document stands.
pub async fn request_of_document(
    source: &mut impl Source,
    grant: &Grant,
    document: DocumentId,
) -> Result<Option<RequestId>> {
    fetch_optional!(
        source,
        RequestRow,
        "SELECT r.request_id FROM request_document r JOIN document d ON d.id = r.document_id
         WHERE d.id = $1 AND d.inspection_id = $2 AND d.withdrawn_at IS NULL",
        document.to_string(),
        grant.inspection().to_string()
    )?
    .map(|row| read("request_document", "request_id", &document.to_string(), &row.request_id))
    .transpose()
}

/// One document of the inspection that the grant opens; not one that was withdrawn. What a colleague has brought and the
/// coordinator has not passed on yet is not there for it (see [`find_proposal`](super::find_proposal)), nor is the
/// position statement (see [`statement_document`](super::statement_document)).
pub async fn find_document(
    source: &mut impl Source,
    grant: &Grant,
    document: DocumentId,
) -> Result<Option<Document>> {
    fetch_optional!(
        source,
        DocumentRow,
        "SELECT * FROM document WHERE id = $1 AND inspection_id = $2 AND withdrawn_at IS NULL
           AND (delegation_id IS NULL OR id IN (SELECT document_id FROM request_document))
           AND NOT EXISTS (SELECT 1 FROM position_statement s WHERE s.document_id = document.id)",
        document.to_string(),
        grant.inspection().to_string()
    )?
    .map(DocumentRow::document)
    .transpose()
}

/// A document whatever it is for, also one that is not passed on yet: for the scanner, which shows nobody anything.
pub async fn document_to_check(
    source: &mut impl Source,
    grant: &Grant,
    document: DocumentId,
) -> Result<Option<Document>> {
    fetch_optional!(
        source,
        DocumentRow,
        "SELECT * FROM document WHERE id = $1 AND inspection_id = $2",
        document.to_string(),
        grant.inspection().to_string()
    )?
    .map(DocumentRow::document)
    .transpose()
}

/// Writes what the scanner said of a document that was waiting for it.
///
/// # Errors
/// [`Error::Stale`] when it is not waiting any more.
pub async fn set_check(tx: &mut Tx, document: DocumentId, check: &Check) -> Result<()> {
    let (state, found) = check.columns();
    let touched = execute!(
        tx,
        "UPDATE document SET check_state = $1, check_found = $2 WHERE id = $3 AND check_state = 'waiting'",
        state,
        found,
        document.to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whether a document says that some of it waits on the disk of this node.
pub async fn held_by(source: &mut impl Source, node: &str) -> Result<bool> {
    let found =
        fetch_optional!(source, (String,), "SELECT id FROM document WHERE held_by = $1 LIMIT 1", node)?;
    Ok(found.is_some())
}

/// Writes that nothing waits on the disk of this node any more.
pub async fn clear_held_by(tx: &mut Tx, node: &str) -> Result<()> {
    execute!(tx, "UPDATE upload_piece SET held_by = NULL WHERE held_by = $1", node)?;
    execute!(tx, "UPDATE document SET held_by = NULL WHERE held_by = $1", node).map(|_| ())
}

/// Withdraws a document: it is kept and opens no more.
///
/// # Errors
/// [`Error::Stale`] when it was withdrawn already.
pub async fn withdraw_document(
    tx: &mut Tx,
    grant: &Grant,
    document: DocumentId,
    reason: &str,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE document SET withdrawn_at = $1, withdrawn_by = $2, withdrawn_reason = $3
         WHERE id = $4 AND inspection_id = $5 AND withdrawn_at IS NULL",
        time(at),
        grant.person_id().map(|p| p.to_string()),
        reason,
        document.to_string(),
        grant.inspection().to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

row! { struct WithdrawnRow {
    id: String, withdrawn_at: String, withdrawn_by: Option<String>, withdrawn_reason: Option<String>,
} }

/// The documents that came against a request and were withdrawn, in the order they came.
pub async fn withdrawn_of(
    source: &mut impl Source,
    grant: &Grant,
    request: RequestId,
) -> Result<Vec<(Document, Withdrawn)>> {
    fetch_all!(
        source,
        Both<WithdrawnRow, DocumentRow>,
        "SELECT d.* FROM document d JOIN request_document r ON r.document_id = d.id
         WHERE d.inspection_id = $1 AND r.request_id = $2 AND d.withdrawn_at IS NOT NULL
         ORDER BY d.uploaded_at, d.id",
        grant.inspection().to_string(),
        request.to_string()
    )?
    .into_iter()
    .map(|Both(r, document)| {
        let withdrawn = Withdrawn {
            at: read(TABLE, "withdrawn_at", &r.id, &r.withdrawn_at)?,
            by: read_optional(TABLE, "withdrawn_by", &r.id, r.withdrawn_by.as_deref())?,
            reason: r.withdrawn_reason.unwrap_or_default(),
        };
        Ok((document.document()?, withdrawn))
    })
    .collect()
}
