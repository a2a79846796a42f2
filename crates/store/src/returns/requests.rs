//! Requests for documents, and where each stands.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId, RequestId};
use keyline_domain::programmes::DocumentRequest;
use keyline_domain::returns::RequestState;

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional, time, word};
use crate::{Source, Tx};

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
    /// Who of the partnership holds it; `None`: the coordinator.
    pub owner: Option<PersonId>,
    /// Where a public document says something of it.
    pub public_at: Option<String>,
    /// Why it is asked although something answers it.
    pub asked_again: Option<String>,
    /// When it was asked.
    pub at: Timestamp,
}

impl NewRequest {
    /// A request as the programme has it.
    pub fn of_programme(
        id: RequestId,
        inspection: InspectionId,
        request: &DocumentRequest,
        due_on: Date,
        at: Timestamp,
    ) -> Self {
        Self {
            id,
            inspection,
            key: request.key.clone(),
            title: request.title.clone(),
            purpose: request.purpose.clone(),
            indicators: request.indicators.clone(),
            lines: request.lines.clone(),
            due_on,
            owner: None,
            public_at: None,
            asked_again: None,
            at,
        }
    }
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
    /// Why it was sent back, is not held, or was withdrawn.
    pub reason: Option<String>,
    /// Who of the partnership holds it; `None`: the coordinator.
    pub owner: Option<PersonId>,
    /// Where a public document says something of it.
    pub public_at: Option<String>,
    /// Why it is asked although something answers it.
    pub asked_again: Option<String>,
    /// How many minutes it took the partnership, as far as the coordinator has said.
    pub minutes: Option<i64>,
    /// When that was said.
    pub changed_at: Timestamp,
    /// Who said it.
    pub changed_by: Option<PersonId>,
    /// For two editors.
    pub version: i64,
}

row! { pub(super) struct RequestRow {
    id: String, key: String, title: String, purpose: String, indicators: String, lines: String, due_on: String,
    state: String, reason: Option<String>, changed_at: String, changed_by: Option<String>, version: i64,
    owner_id: Option<String>, public_at: Option<String>, asked_again: Option<String>, minutes: Option<i64>,
} }

impl RequestRow {
    pub(super) fn request(self) -> Result<Request> {
        let t = "document_request";
        Ok(Request {
            id: read(t, "id", &self.id, &self.id)?,
            indicators: json(t, "indicators", &self.id, &self.indicators)?,
            lines: json(t, "lines", &self.id, &self.lines)?,
            due_on: read(t, "due_on", &self.id, &self.due_on)?,
            state: word(t, "state", &self.id, &self.state)?,
            changed_at: read(t, "changed_at", &self.id, &self.changed_at)?,
            changed_by: read_optional(t, "changed_by", &self.id, self.changed_by.as_deref())?,
            owner: read_optional(t, "owner_id", &self.id, self.owner_id.as_deref())?,
            key: self.key,
            title: self.title,
            purpose: self.purpose,
            reason: self.reason,
            public_at: self.public_at,
            asked_again: self.asked_again,
            minutes: self.minutes,
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
           changed_at, version, owner_id, public_at, asked_again)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9, 1, $10, $11, $12)",
        new.id.to_string(),
        new.inspection.to_string(),
        &new.key,
        &new.title,
        &new.purpose,
        serde_json::to_string(&new.indicators)?,
        serde_json::to_string(&new.lines)?,
        day(new.due_on),
        time(new.at),
        new.owner.map(|p| p.to_string()),
        new.public_at.as_deref(),
        new.asked_again.as_deref()
    )
    .map(|_| ())
}

/// The requests of an inspection, by the day they are due and title.
pub async fn list_requests(source: &mut impl Source, grant: &Grant) -> Result<Vec<Request>> {
    fetch_all!(
        source,
        RequestRow,
        "SELECT * FROM document_request WHERE inspection_id = $1 ORDER BY due_on, title, id",
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
        "SELECT * FROM document_request WHERE id = $1 AND inspection_id = $2",
        request.to_string(),
        grant.inspection().to_string()
    )?
    .map(RequestRow::request)
    .transpose()
}

/// Saves what is asked for, by whom it is held and when it is due, as `request` has it; it was read at `request.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn change_request(
    tx: &mut Tx,
    request: &Request,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE document_request SET title = $1, purpose = $2, indicators = $3, due_on = $4, owner_id = $5,
           public_at = $6, asked_again = $7, changed_by = $8, changed_at = $9, version = version + 1
         WHERE id = $10 AND version = $11",
        &request.title,
        &request.purpose,
        serde_json::to_string(&request.indicators)?,
        day(request.due_on),
        request.owner.map(|p| p.to_string()),
        request.public_at.as_deref(),
        request.asked_again.as_deref(),
        by.map(|p| p.to_string()),
        time(at),
        request.id.to_string(),
        request.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Saves how long a request took the partnership; it was read at `version`. It changes nothing of where it stands.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save_minutes(tx: &mut Tx, request: RequestId, minutes: Option<i64>, version: i64) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE document_request SET minutes = $1, version = version + 1 WHERE id = $2 AND version = $3",
        minutes,
        request.to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
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
