//! Rows of documents: what was uploaded, by whom, against which request. The content lies in
//! [`crate::documents`].

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DelegationId, DocumentId, InspectionId, PersonId, RequestId};

use super::held::Origin;
use crate::error::Result;
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// A document as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// Name of the file as it was sent.
    pub name: String,
    /// Media type of its content, found by looking at it.
    pub kind: String,
    /// Size in bytes.
    pub bytes: i64,
    /// BLAKE3 of the content: its address in the document store.
    pub digest: String,
    /// Who uploaded it.
    pub uploaded_by: Option<PersonId>,
    /// When.
    pub uploaded_at: Timestamp,
    /// How many pages it has, where that is known.
    pub pages: Option<i64>,
    /// The colleague without an account who brought it, if one did.
    pub delegation: Option<DelegationId>,
    /// Where it was given first, when it was given again.
    pub origin: Option<Origin>,
}

row! { pub(super) struct DocumentRow {
    id: String, name: String, kind: String, bytes: i64, digest: String, uploaded_by: Option<String>,
    uploaded_at: String, pages: Option<i64>, delegation_id: Option<String>, origin_programme: Option<String>,
    origin_on: Option<String>,
} }

impl DocumentRow {
    pub(super) fn document(self) -> Result<Document> {
        let t = "document";
        Ok(Document {
            id: read(t, "id", &self.id, &self.id)?,
            uploaded_by: read_optional(t, "uploaded_by", &self.id, self.uploaded_by.as_deref())?,
            uploaded_at: read(t, "uploaded_at", &self.id, &self.uploaded_at)?,
            pages: self.pages,
            delegation: read_optional(t, "delegation_id", &self.id, self.delegation_id.as_deref())?,
            origin: Origin::of(&self.id, self.origin_programme, self.origin_on.as_deref())?,
            name: self.name,
            kind: self.kind,
            bytes: self.bytes,
            digest: self.digest,
        })
    }
}

/// Adds a document, against a request if there is one.
pub async fn add_document(
    tx: &mut Tx,
    inspection: InspectionId,
    document: &Document,
    request: Option<RequestId>,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO document (id, inspection_id, name, kind, bytes, digest, uploaded_by, uploaded_at, pages,
           delegation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        document.id.to_string(),
        inspection.to_string(),
        &document.name,
        &document.kind,
        document.bytes,
        &document.digest,
        document.uploaded_by.map(|p| p.to_string()),
        time(document.uploaded_at),
        document.pages,
        document.delegation.map(|d| d.to_string())
    )?;
    match request {
        Some(request) => attach(tx, request, document.id).await,
        None => Ok(()),
    }
}

/// Says that a document answers a request.
pub async fn attach(tx: &mut Tx, request: RequestId, document: DocumentId) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO request_document (request_id, document_id) VALUES ($1, $2)",
        request.to_string(),
        document.to_string()
    )
    .map(|_| ())
}

row! { struct RequestDocumentRow {
    request_id: String, id: String, name: String, kind: String, bytes: i64, digest: String,
    uploaded_by: Option<String>, uploaded_at: String, pages: Option<i64>, delegation_id: Option<String>,
    origin_programme: Option<String>, origin_on: Option<String>,
} }

/// The documents that came against requests, each with its request, in the order they came.
pub async fn documents_of(source: &mut impl Source, grant: &Grant) -> Result<Vec<(RequestId, Document)>> {
    fetch_all!(
        source,
        RequestDocumentRow,
        "SELECT r.request_id, d.id, d.name, d.kind, d.bytes, d.digest, d.uploaded_by, d.uploaded_at, d.pages,
           d.delegation_id, d.origin_programme, d.origin_on
         FROM document d JOIN request_document r ON r.document_id = d.id
         WHERE d.inspection_id = $1 AND d.withdrawn_at IS NULL ORDER BY d.uploaded_at, d.id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        let request = read("request_document", "request_id", &r.id, &r.request_id)?;
        let document = DocumentRow {
            id: r.id,
            name: r.name,
            kind: r.kind,
            bytes: r.bytes,
            digest: r.digest,
            uploaded_by: r.uploaded_by,
            uploaded_at: r.uploaded_at,
            pages: r.pages,
            delegation_id: r.delegation_id,
            origin_programme: r.origin_programme,
            origin_on: r.origin_on,
        };
        Ok((request, document.document()?))
    })
    .collect()
}

/// One document of the inspection that the grant opens. What a colleague has brought and the coordinator has not passed on
/// yet is not there for it (see
/// [`find_proposal`](super::find_proposal)), nor is the position statement (see
/// [`statement_document`](super::statement_document)).
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
