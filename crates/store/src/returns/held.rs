//! What the area has given to other inspections: the one look over the wall between them (ADR 0013).
//!
//! Nothing but the title of the request, the kind of the document, the programme and the day comes over it. Content, name
//! and digest stay behind until the coordinator of the asking inspection gives the document again.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::clock::day_of;
use keyline_domain::ids::{DocumentId, InspectionId, PersonId, RequestId};
use serde::Deserialize;

use super::documents::attach;
use crate::error::Result;
use crate::rows::{day, read, read_optional, time, word};
use crate::{Source, Tx};

/// A document that was given to another inspection of the same area, as far as it may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The document, for asking for it; it opens nothing.
    pub document: DocumentId,
    /// Key of the request that it answered.
    pub key: String,
    /// Title of that request.
    pub title: String,
    /// Media type.
    pub kind: String,
    /// Day on which it was given.
    pub given_on: Date,
    /// The programme it was given to.
    pub programme: String,
    /// The version of that programme.
    pub programme_version: String,
}

row! { struct HeldRow {
    id: String, key: String, title: String, kind: String, uploaded_at: String, programme: String,
    programme_version: String,
} }

/// What other inspections of the same area have been given, the latest first. What was given again is named once, where
/// it was given first. The joins stand in the order in which they are to be walked, from the area on, which is what `CROSS`
/// says to SQLite: the documents of other areas cost nothing.
pub async fn given_elsewhere(source: &mut impl Source, grant: &Grant) -> Result<Vec<Held>> {
    let id = grant.inspection().to_string();
    fetch_all!(
        source,
        HeldRow,
        "SELECT d.id, q.key, q.title, d.kind, d.uploaded_at, i.programme, i.programme_version
         FROM inspection i
         CROSS JOIN document_request q
         CROSS JOIN request_document x
         CROSS JOIN document d
         WHERE q.inspection_id = i.id AND x.request_id = q.id AND d.id = x.document_id AND i.id <> $1 AND i.area = (SELECT area FROM inspection WHERE id = $1)
           AND q.state IN ('submitted', 'accepted') AND d.withdrawn_at IS NULL AND d.origin_id IS NULL
           AND d.check_state IN ('not_checked', 'clean')
         ORDER BY d.uploaded_at DESC, d.id DESC",
        &id
    )?
    .into_iter()
    .map(|r| {
        let at: Timestamp = read("document", "uploaded_at", &r.id, &r.uploaded_at)?;
        Ok(Held {
            document: read("document", "id", &r.id, &r.id)?,
            key: r.key,
            title: r.title,
            kind: r.kind,
            given_on: day_of(at),
            programme: r.programme,
            programme_version: r.programme_version,
        })
    })
    .collect()
}

/// Makes a document of another inspection one of this inspection too: a row of its own with the same content, which is
/// stored once. Gives the inspection that it comes from, whose trail has to say so.
pub async fn give_again(
    tx: &mut Tx,
    grant: &Grant,
    from: &Held,
    id: DocumentId,
    request: RequestId,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<InspectionId> {
    let earlier = from.document.to_string();
    execute!(
        tx,
        "INSERT INTO document (id, inspection_id, name, kind, bytes, digest, check_state, held_by, uploaded_by, uploaded_at,
           pages, origin_id, origin_programme, origin_on)
         SELECT $1, $2, name, kind, bytes, digest, check_state, held_by, $3, $4, pages, id, $5, $6
         FROM document WHERE id = $7",
        id.to_string(),
        grant.inspection().to_string(),
        by.map(|p| p.to_string()),
        time(at),
        &from.programme,
        day(from.given_on),
        &earlier
    )?;
    attach(tx, request, id).await?;
    let (inspection,) =
        fetch_one!(tx, (String,), "SELECT inspection_id FROM document WHERE id = $1", &earlier)?;
    read("document", "inspection_id", &earlier, &inspection)
}

/// Where the reuse of a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReuseState {
    /// The team has asked for it.
    Asked,
    /// The coordinator has given it again.
    Given,
    /// The coordinator has declined, and said why.
    Declined,
}

impl ReuseState {
    /// The word of the database and of translation keys (`held-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Declined => "declined",
        }
    }
}

/// That an earlier document shall answer a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reuse {
    /// The request.
    pub request: RequestId,
    /// The earlier document.
    pub document: DocumentId,
    /// Where it stands.
    pub state: ReuseState,
    /// Why the coordinator declined.
    pub reason: Option<String>,
}

row! { struct ReuseRow {
    request_id: String, document_id: String, state: String, reason: Option<String>,
} }

/// What was asked and decided about earlier documents in this inspection.
pub async fn reuses(source: &mut impl Source, grant: &Grant) -> Result<Vec<Reuse>> {
    fetch_all!(
        source,
        ReuseRow,
        "SELECT r.request_id, r.document_id, r.state, r.reason FROM reuse r
         JOIN document_request q ON q.id = r.request_id
         WHERE q.inspection_id = $1 ORDER BY r.asked_at, r.document_id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Reuse {
            request: read("reuse", "request_id", &r.request_id, &r.request_id)?,
            document: read("reuse", "document_id", &r.request_id, &r.document_id)?,
            state: word("reuse", "state", &r.request_id, &r.state)?,
            reason: r.reason,
        })
    })
    .collect()
}

/// Writes that a document is asked for, again when it was declined.
pub async fn ask_to_reuse(
    tx: &mut Tx,
    request: RequestId,
    document: DocumentId,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reuse (request_id, document_id, state, asked_by, asked_at) VALUES ($1, $2, 'asked', $3, $4)
         ON CONFLICT (request_id, document_id) DO UPDATE SET state = 'asked', reason = NULL,
           asked_by = excluded.asked_by, asked_at = excluded.asked_at, decided_by = NULL, decided_at = NULL",
        request.to_string(),
        document.to_string(),
        by.map(|p| p.to_string()),
        time(at)
    )
    .map(|_| ())
}

/// Writes what the coordinator decided, asked or unasked.
pub async fn decide_reuse(tx: &mut Tx, reuse: &Reuse, by: Option<PersonId>, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reuse (request_id, document_id, state, reason, asked_at, decided_by, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $5)
         ON CONFLICT (request_id, document_id) DO UPDATE SET state = excluded.state, reason = excluded.reason,
           decided_by = excluded.decided_by, decided_at = excluded.decided_at",
        reuse.request.to_string(),
        reuse.document.to_string(),
        reuse.state.word(),
        reuse.reason.as_deref(),
        time(at),
        by.map(|p| p.to_string())
    )
    .map(|_| ())
}

/// Where a document was given first, when it was given again here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The programme.
    pub programme: String,
    /// The day.
    pub on: Date,
}

impl Origin {
    pub(super) fn of(id: &str, programme: Option<String>, on: Option<&str>) -> Result<Option<Self>> {
        let on = read_optional("document", "origin_on", id, on)?;
        Ok(programme.zip(on).map(|(programme, on)| Self { programme, on }))
    }
}
