//! Requests for documents, and where each stands.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId, RequestId};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional, time, word};
use crate::{Source, Tx};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nothing has come.
    Asked,
    /// Documents have come and wait for the team.
    Submitted,
    /// The team wants something else, and said what.
    SentBack,
    /// The team has what it needs.
    Accepted,
    /// The partnership does not hold it, and said why.
    NotHeld,
}

impl RequestState {
    /// The word of the database, of the audit trail and of translation keys (`returns-request-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Submitted => "submitted",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
            Self::NotHeld => "not_held",
        }
    }
}

/// A request to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// Id.
    pub id: RequestId,
    /// Of which inspection.
    pub inspection: InspectionId,
    /// Key of the programme's request, or one made for a request of the team; unique in the inspection.
    pub key: String,
    /// What is asked for.
    pub title: String,
    /// What the team needs it for.
    pub purpose: String,
    /// Indicators it serves.
    pub indicators: Vec<String>,
    /// Lines of enquiry it serves.
    pub lines: Vec<String>,
    /// Day it is due.
    pub due_on: Date,
    /// When it was asked.
    pub at: Timestamp,
}

/// A request as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Id.
    pub id: RequestId,
    /// Key.
    pub key: String,
    /// What is asked for.
    pub title: String,
    /// What the team needs it for.
    pub purpose: String,
    /// Indicators it serves.
    pub indicators: Vec<String>,
    /// Lines of enquiry it serves.
    pub lines: Vec<String>,
    /// Day it is due.
    pub due_on: Date,
    /// Where it stands.
    pub state: RequestState,
    /// Why it was sent back, or why it is not held.
    pub reason: Option<String>,
    /// When that was said.
    pub changed_at: Timestamp,
    /// Who said it.
    pub changed_by: Option<PersonId>,
    /// For two editors.
    pub version: i64,
}

row! { struct RequestRow {
    id: String, key: String, title: String, purpose: String, indicators: String, lines: String, due_on: String,
    state: String, reason: Option<String>, changed_at: String, changed_by: Option<String>, version: i64,
} }

impl RequestRow {
    fn request(self) -> Result<Request> {
        let t = "document_request";
        Ok(Request {
            id: read(t, "id", &self.id, &self.id)?,
            indicators: json(t, "indicators", &self.id, &self.indicators)?,
            lines: json(t, "lines", &self.id, &self.lines)?,
            due_on: read(t, "due_on", &self.id, &self.due_on)?,
            state: word(t, "state", &self.id, &self.state)?,
            changed_at: read(t, "changed_at", &self.id, &self.changed_at)?,
            changed_by: read_optional(t, "changed_by", &self.id, self.changed_by.as_deref())?,
            key: self.key,
            title: self.title,
            purpose: self.purpose,
            reason: self.reason,
            version: self.version,
        })
    }
}

/// Adds a request: those of the programme at the notification, others when the team asks for more.
///
/// # Errors
/// [`Error::Exists`] when the key is taken in the inspection.
pub async fn add_request(tx: &mut Tx, new: &NewRequest) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO document_request (id, inspection_id, key, title, purpose, indicators, lines, due_on, state,
           changed_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9, 1)",
        new.id.to_string(),
        new.inspection.to_string(),
        &new.key,
        &new.title,
        &new.purpose,
        serde_json::to_string(&new.indicators)?,
        serde_json::to_string(&new.lines)?,
        day(new.due_on),
        time(new.at)
    )
    .map(|_| ())
}

/// The requests of an inspection, by the day they are due and title.
pub async fn list_requests(source: &mut impl Source, grant: &Grant) -> Result<Vec<Request>> {
    fetch_all!(
        source,
        RequestRow,
        "SELECT id, key, title, purpose, indicators, lines, due_on, state, reason, changed_at, changed_by, version
         FROM document_request WHERE inspection_id = $1 ORDER BY due_on, title, id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(RequestRow::request)
    .collect()
}

/// One request of the inspection that the grant opens.
pub async fn find_request(
    source: &mut impl Source,
    grant: &Grant,
    request: RequestId,
) -> Result<Option<Request>> {
    fetch_optional!(
        source,
        RequestRow,
        "SELECT id, key, title, purpose, indicators, lines, due_on, state, reason, changed_at, changed_by, version
         FROM document_request WHERE id = $1 AND inspection_id = $2",
        request.to_string(),
        grant.inspection().to_string()
    )?
    .map(RequestRow::request)
    .transpose()
}

/// Saves where a request stands; it was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save_request(
    tx: &mut Tx,
    request: RequestId,
    state: RequestState,
    reason: Option<&str>,
    by: Option<PersonId>,
    at: Timestamp,
    version: i64,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE document_request SET state = $1, reason = $2, changed_by = $3, changed_at = $4, version = version + 1
         WHERE id = $5 AND version = $6",
        state.word(),
        reason,
        by.map(|p| p.to_string()),
        time(at),
        request.to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
