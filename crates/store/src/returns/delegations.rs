//! Requests in the hands of colleagues without an account, each behind a link whose token is kept as its hash alone.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DelegationId, DocumentId, PersonId, RequestId};

use super::documents::{Document, DocumentRow};
use super::requests::{Request, RequestRow};
use crate::error::Result;
use crate::inspections::{Inspection, InspectionRow};
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// One request in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Id.
    pub id: DelegationId,
    /// The request.
    pub request: RequestId,
    /// Name of the colleague.
    pub name: String,
    /// Address of the colleague.
    pub email: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when the link opens the request.
    pub expires_at: Timestamp,
    /// Why the colleague proposes to say that it is not held.
    pub not_held_reason: Option<String>,
    /// When the colleague last sent or said something.
    pub answered_at: Option<Timestamp>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
}

impl Delegation {
    /// Whether the link opens the request.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

row! { struct DelegationRow {
    id: String, request_id: String, name: String, email: String, made_at: String, expires_at: String,
    not_held_reason: Option<String>, answered_at: Option<String>, ended_at: Option<String>,
} }

impl DelegationRow {
    fn delegation(self) -> Result<Delegation> {
        let t = "delegation";
        Ok(Delegation {
            id: read(t, "id", &self.id, &self.id)?,
            request: read(t, "request_id", &self.id, &self.request_id)?,
            made_at: read(t, "made_at", &self.id, &self.made_at)?,
            expires_at: read(t, "expires_at", &self.id, &self.expires_at)?,
            answered_at: read_optional(t, "answered_at", &self.id, self.answered_at.as_deref())?,
            ended_at: read_optional(t, "ended_at", &self.id, self.ended_at.as_deref())?,
            name: self.name,
            email: self.email,
            not_held_reason: self.not_held_reason,
        })
    }
}

/// Adds a delegation with the hash of its token.
pub async fn add_delegation(
    tx: &mut Tx,
    d: &Delegation,
    token_hash: &str,
    by: Option<PersonId>,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO delegation (id, request_id, name, email, token_hash, made_by, made_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        d.id.to_string(),
        d.request.to_string(),
        &d.name,
        &d.email,
        token_hash,
        by.map(|p| p.to_string()),
        time(d.made_at),
        time(d.expires_at)
    )
    .map(|_| ())
}

/// The delegations of the inspection, the latest first.
pub async fn delegations(source: &mut impl Source, grant: &Grant) -> Result<Vec<Delegation>> {
    fetch_all!(
        source,
        DelegationRow,
        "SELECT * FROM delegation WHERE request_id IN (SELECT id FROM document_request WHERE inspection_id = $1)
         ORDER BY made_at DESC, id DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(DelegationRow::delegation)
    .collect()
}

/// What lies behind a token: the delegation, its request and the inspection, and nothing else of it.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The delegation.
    pub delegation: Delegation,
    /// The request.
    pub request: Request,
    /// The inspection.
    pub inspection: Inspection,
    /// What the colleague has sent and nobody has passed on or put aside.
    pub proposals: Vec<Document>,
}

/// The request behind the token of a link, whoever holds it.
pub async fn find_handed(source: &mut impl Source, token_hash: &str) -> Result<Option<Handed>> {
    let found =
        fetch_optional!(source, DelegationRow, "SELECT * FROM delegation WHERE token_hash = $1", token_hash)?;
    let Some(row) = found else { return Ok(None) };
    let delegation = row.delegation()?;
    let request = delegation.request.to_string();
    let inspection = fetch_one!(
        source,
        InspectionRow,
        "SELECT * FROM inspection WHERE id = (SELECT inspection_id FROM document_request WHERE id = $1)",
        &request
    )?
    .inspection()?;
    let request = fetch_one!(source, RequestRow, "SELECT * FROM document_request WHERE id = $1", &request)?;
    let proposals = proposals(source, delegation.id).await?;
    Ok(Some(Handed { request: request.request()?, proposals, delegation, inspection }))
}

/// What a colleague has sent and nobody has passed on or put aside, in the order it came.
pub async fn proposals(source: &mut impl Source, delegation: DelegationId) -> Result<Vec<Document>> {
    fetch_all!(
        source,
        DocumentRow,
        "SELECT * FROM document WHERE delegation_id = $1 AND withdrawn_at IS NULL
           AND id NOT IN (SELECT document_id FROM request_document) ORDER BY uploaded_at, id",
        delegation.to_string()
    )?
    .into_iter()
    .map(DocumentRow::document)
    .collect()
}

/// One document that a colleague has sent in the inspection that the grant opens and that was not passed on yet.
pub async fn find_proposal(
    source: &mut impl Source,
    grant: &Grant,
    document: DocumentId,
) -> Result<Option<Document>> {
    fetch_optional!(
        source,
        DocumentRow,
        "SELECT * FROM document WHERE id = $1 AND inspection_id = $2 AND delegation_id IS NOT NULL
           AND withdrawn_at IS NULL AND id NOT IN (SELECT document_id FROM request_document)",
        document.to_string(),
        grant.inspection().to_string()
    )?
    .map(DocumentRow::document)
    .transpose()
}

/// Puts a proposed document aside.
pub async fn put_aside(tx: &mut Tx, document: DocumentId, at: Timestamp) -> Result<()> {
    execute!(tx, "UPDATE document SET withdrawn_at = $1 WHERE id = $2", time(at), document.to_string())
        .map(|_| ())
}

/// Notes that the colleague has sent something, or proposes to say that nothing is held.
pub async fn note_answer(
    tx: &mut Tx,
    delegation: DelegationId,
    not_held_reason: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE delegation SET answered_at = $1, not_held_reason = $2 WHERE id = $3",
        time(at),
        not_held_reason,
        delegation.to_string()
    )
    .map(|_| ())
}

/// Ends a delegation: its link opens nothing any more.
pub async fn end_delegation(tx: &mut Tx, delegation: DelegationId, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE delegation SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
        time(at),
        delegation.to_string()
    )
    .map(|_| ())
}
