//! Notes of sessions held with people.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{PersonId, SessionId};

use crate::error::{Error, Result};
use crate::rows::{day, read, time};
use crate::{Source, Tx};

/// A session and what was noted. Children are never named; staff appear by designation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Id.
    pub id: SessionId,
    /// Key of the programme's session kinds.
    pub kind: String,
    /// Day.
    pub held_on: Date,
    /// Who was met, in words.
    pub audience: String,
    /// How many took part.
    pub people: i64,
    /// Designations of staff who took part.
    pub designations: String,
    /// The note.
    pub note: String,
    /// Who wrote it.
    pub written_by: PersonId,
    /// Designation of who wrote it; filled when read.
    pub writer: String,
    /// Whether who wrote it is, or was, a young inspection volunteer here; filled when read.
    pub own_voice: bool,
    /// When it was last saved.
    pub written_at: Timestamp,
    /// For two editors.
    pub version: i64,
}

row! { struct EngagementRow {
    id: String, kind: String, held_on: String, audience: String, people: i64, designations: String, note: String,
    written_by: String, writer: String, own_voice: bool, written_at: String, version: i64,
} }

impl EngagementRow {
    fn engagement(self) -> Result<Engagement> {
        let t = "engagement";
        Ok(Engagement {
            id: read(t, "id", &self.id, &self.id)?,
            held_on: read(t, "held_on", &self.id, &self.held_on)?,
            written_by: read(t, "written_by", &self.id, &self.written_by)?,
            written_at: read(t, "written_at", &self.id, &self.written_at)?,
            kind: self.kind,
            audience: self.audience,
            people: self.people,
            designations: self.designations,
            note: self.note,
            writer: self.writer,
            own_voice: self.own_voice,
            version: self.version,
        })
    }
}

/// Adds the note of a session.
pub async fn add(tx: &mut Tx, grant: &Grant, e: &Engagement) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO engagement (id, inspection_id, kind, held_on, audience, people, designations, note, written_by,
           written_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        e.id.to_string(),
        grant.inspection().to_string(),
        &e.kind,
        day(e.held_on),
        &e.audience,
        e.people,
        &e.designations,
        &e.note,
        e.written_by.to_string(),
        time(e.written_at)
    )
    .map(|_| ())
}

/// Saves a note that was read at `e.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, grant: &Grant, e: &Engagement) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE engagement SET kind = $1, held_on = $2, audience = $3, people = $4, designations = $5, note = $6,
           written_at = $7, version = version + 1
         WHERE id = $8 AND inspection_id = $9 AND version = $10",
        &e.kind,
        day(e.held_on),
        &e.audience,
        e.people,
        &e.designations,
        &e.note,
        time(e.written_at),
        e.id.to_string(),
        grant.inspection().to_string(),
        e.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The notes of an inspection, newest session first; with `only`, those that this person wrote.
pub async fn list(
    source: &mut impl Source,
    grant: &Grant,
    only: Option<PersonId>,
) -> Result<Vec<Engagement>> {
    fetch_all!(
        source,
        EngagementRow,
        "SELECT e.id, e.kind, e.held_on, e.audience, e.people, e.designations, e.note, e.written_by,
           p.designation AS writer, e.written_at, e.version,
           EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = e.inspection_id AND m.person_id = e.written_by
             AND m.role = 'young-inspection-volunteer') AS own_voice
         FROM engagement e JOIN person p ON p.id = e.written_by
         WHERE e.inspection_id = $1 AND ($2 = '' OR e.written_by = $2) ORDER BY e.held_on DESC, e.id DESC",
        grant.inspection().to_string(),
        only.map(|p| p.to_string()).unwrap_or_default()
    )?
    .into_iter()
    .map(EngagementRow::engagement)
    .collect()
}

/// One note of the grant's inspection.
pub async fn find(source: &mut impl Source, grant: &Grant, id: SessionId) -> Result<Option<Engagement>> {
    fetch_optional!(
        source,
        EngagementRow,
        "SELECT e.id, e.kind, e.held_on, e.audience, e.people, e.designations, e.note, e.written_by,
           p.designation AS writer, e.written_at, e.version,
           EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = e.inspection_id AND m.person_id = e.written_by
             AND m.role = 'young-inspection-volunteer') AS own_voice
         FROM engagement e JOIN person p ON p.id = e.written_by WHERE e.inspection_id = $1 AND e.id = $2",
        grant.inspection().to_string(),
        id.to_string()
    )?
    .map(EngagementRow::engagement)
    .transpose()
}
