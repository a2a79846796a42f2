//! Sessions that are planned with volunteers, and who takes part where.

use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId, PlannedId, SessionId, VolunteerId};

use crate::error::Result;
use crate::rows::{day, read, read_optional};
use crate::{Source, Tx};

/// A planned session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Id.
    pub id: PlannedId,
    /// The inspection.
    pub inspection: InspectionId,
    /// Key of the programme's session kinds.
    pub kind: String,
    /// The day.
    pub day: Date,
    /// When it begins, on the clock of the place: `14:00`.
    pub starts: String,
    /// Where.
    pub place: String,
    /// Why it does not take place.
    pub cancelled: Option<String>,
    /// The volunteers.
    pub volunteers: Vec<Part>,
    /// For two editors.
    pub version: i64,
}

/// A volunteer's part in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who.
    pub volunteer: VolunteerId,
    /// Name of the account.
    pub name: String,
    /// Whether they lead it.
    pub leads: bool,
    /// The write-up.
    pub note: Option<SessionId>,
}

row! { struct PlannedRow {
    id: String, inspection_id: String, kind: String, day: String, starts: String, place: String,
    cancelled_reason: Option<String>, version: i64,
} }

row! { struct PartRow { planned_id: String, volunteer_id: String, name: Option<String>, leads: bool, note_id: Option<String> } }

fn gather(rows: Vec<PlannedRow>, parts: &[PartRow]) -> Result<Vec<Planned>> {
    let t = "planned_session";
    rows.into_iter()
        .map(|r| {
            let volunteers = parts
                .iter()
                .filter(|p| p.planned_id == r.id)
                .map(|p| {
                    let t = "planned_session_volunteer";
                    Ok(Part {
                        volunteer: read(t, "volunteer_id", &r.id, &p.volunteer_id)?,
                        name: p.name.clone().unwrap_or_default(),
                        leads: p.leads,
                        note: read_optional(t, "note_id", &r.id, p.note_id.as_deref())?,
                    })
                })
                .collect::<Result<_>>()?;
            Ok(Planned {
                id: read(t, "id", &r.id, &r.id)?,
                inspection: read(t, "inspection_id", &r.id, &r.inspection_id)?,
                day: read(t, "day", &r.id, &r.day)?,
                kind: r.kind,
                starts: r.starts,
                place: r.place,
                cancelled: r.cancelled_reason,
                version: r.version,
                volunteers,
            })
        })
        .collect()
}

/// Adds a session with its volunteers.
pub async fn add(tx: &mut Tx, p: &Planned) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO planned_session (id, inspection_id, kind, day, starts, place, version)
         VALUES ($1, $2, $3, $4, $5, $6, 1)",
        p.id.to_string(),
        p.inspection.to_string(),
        &p.kind,
        day(p.day),
        &p.starts,
        &p.place
    )?;
    for part in &p.volunteers {
        execute!(
            tx,
            "INSERT INTO planned_session_volunteer (planned_id, volunteer_id, leads) VALUES ($1, $2, $3)",
            p.id.to_string(),
            part.volunteer.to_string(),
            part.leads
        )?;
    }
    Ok(())
}

/// Cancels a session of the grant's inspection that is still planned. Gives whether there was one.
pub async fn cancel(tx: &mut Tx, grant: &Grant, id: PlannedId, reason: &str) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE planned_session SET cancelled_reason = $1, version = version + 1
         WHERE id = $2 AND inspection_id = $3 AND cancelled_reason IS NULL",
        reason,
        id.to_string(),
        grant.inspection().to_string()
    )?;
    Ok(touched == 1)
}

/// Puts the write-up of a volunteer to a session.
pub async fn set_note(tx: &mut Tx, id: PlannedId, volunteer: VolunteerId, note: SessionId) -> Result<()> {
    execute!(
        tx,
        "UPDATE planned_session_volunteer SET note_id = $1 WHERE planned_id = $2 AND volunteer_id = $3",
        note.to_string(),
        id.to_string(),
        volunteer.to_string()
    )
    .map(|_| ())
}

const PARTS: &str =
    "SELECT s.planned_id, s.volunteer_id, p.name, s.leads, s.note_id FROM planned_session_volunteer s
  JOIN planned_session x ON x.id = s.planned_id JOIN volunteer v ON v.id = s.volunteer_id
  LEFT JOIN person p ON p.id = v.person_id";

/// The planned sessions of the grant's inspection, the next first.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Planned>> {
    let id = grant.inspection().to_string();
    let rows = fetch_all!(
        source,
        PlannedRow,
        "SELECT * FROM planned_session WHERE inspection_id = $1 ORDER BY day, starts, id",
        &id
    )?;
    let sql = format!("{PARTS} WHERE x.inspection_id = $1 ORDER BY v.number");
    let parts = fetch_all!(source, PartRow, sqlx::AssertSqlSafe(sql), &id)?;
    gather(rows, &parts)
}

/// The sessions of a volunteer in inspections in which the person of the volunteer has a live role as such, the next first.
pub async fn of_volunteer(source: &mut impl Source, volunteer: VolunteerId) -> Result<Vec<Planned>> {
    let id = volunteer.to_string();
    let rows = fetch_all!(
        source,
        PlannedRow,
        "SELECT x.* FROM planned_session x JOIN planned_session_volunteer s ON s.planned_id = x.id
         JOIN volunteer v ON v.id = s.volunteer_id
         JOIN membership m ON m.inspection_id = x.inspection_id AND m.person_id = v.person_id
           AND m.role = 'young-inspection-volunteer' AND m.ended_at IS NULL
         WHERE s.volunteer_id = $1 ORDER BY x.day, x.starts, x.id",
        &id
    )?;
    let sql = format!(
        "{PARTS} WHERE s.planned_id IN (SELECT planned_id FROM planned_session_volunteer WHERE volunteer_id = $1) ORDER BY v.number"
    );
    let parts = fetch_all!(source, PartRow, sqlx::AssertSqlSafe(sql), &id)?;
    gather(rows, &parts)
}

/// A volunteer's part in one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// Which volunteer.
    pub volunteer: VolunteerId,
    /// Number of the volunteer.
    pub number: i64,
    /// Name of the account.
    pub name: String,
    /// The account.
    pub person: PersonId,
    /// The inspection.
    pub inspection: InspectionId,
    /// Its reference.
    pub reference: String,
    /// Its area.
    pub area: String,
    /// Sessions that are not cancelled.
    pub sessions: u32,
    /// Of these, sessions with a write-up of this volunteer.
    pub written_up: u32,
    /// How much is public of what changed in the inspection because of what people said.
    pub said: u32,
}

row! { struct TakingRow {
    volunteer_id: String, number: i64, name: String, person_id: String, inspection_id: String, reference: String,
    area: String, sessions: i64, written_up: i64, said: i64,
} }

/// Who takes part where: every volunteer with a live role in an inspection, or in one alone.
pub async fn taking_part(source: &mut impl Source, only: Option<InspectionId>) -> Result<Vec<Taking>> {
    fetch_all!(
        source,
        TakingRow,
        "SELECT v.id AS volunteer_id, v.number, p.name, p.id AS person_id, i.id AS inspection_id, i.reference, i.area,
           (SELECT COUNT(*) FROM planned_session x JOIN planned_session_volunteer s ON s.planned_id = x.id
            WHERE x.inspection_id = i.id AND s.volunteer_id = v.id AND x.cancelled_reason IS NULL) AS sessions,
           (SELECT COUNT(*) FROM planned_session x JOIN planned_session_volunteer s ON s.planned_id = x.id
            WHERE x.inspection_id = i.id AND s.volunteer_id = v.id AND s.note_id IS NOT NULL) AS written_up,
           (SELECT COUNT(*) FROM said_did d WHERE d.inspection_id = i.id AND d.state = 'published'
            AND i.notified_on IS NOT NULL) AS said
         FROM volunteer v JOIN person p ON p.id = v.person_id
         JOIN membership m ON m.person_id = p.id AND m.role = 'young-inspection-volunteer' AND m.ended_at IS NULL
         JOIN inspection i ON i.id = m.inspection_id
         WHERE $1 = '' OR i.id = $1 ORDER BY i.starts_on DESC, i.reference, v.number",
        only.map(|i| i.to_string()).unwrap_or_default()
    )?
    .into_iter()
    .map(|r| {
        let (t, id) = ("volunteer", &r.volunteer_id);
        Ok(Taking {
            volunteer: read(t, "id", id, id)?,
            person: read(t, "person_id", id, &r.person_id)?,
            inspection: read("inspection", "id", id, &r.inspection_id)?,
            number: r.number,
            sessions: u32::try_from(r.sessions).unwrap_or(u32::MAX),
            written_up: u32::try_from(r.written_up).unwrap_or(u32::MAX),
            said: u32::try_from(r.said).unwrap_or(u32::MAX),
            name: r.name,
            reference: r.reference,
            area: r.area,
        })
    })
    .collect()
}
