//! The plan of reading: days and hours, what is read twice, who may read health records, the training list.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId, TrainingId};
use keyline_domain::records::training::Named;
use keyline_domain::records::window::{Extension, Window};

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional, time};
use crate::{Source, Tx};

row! { struct WindowRow {
    first_day: String, days: i64, opens: String, closes: String, extended_from: Option<String>,
    extended_until: Option<String>, reason: String, version: i64,
} }

/// The days and hours as they were set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetWindow {
    /// Days and hours.
    pub window: Window,
    /// Why it was extended; empty when it was not.
    pub reason: String,
    /// For two editors.
    pub version: i64,
}

/// The days and hours of reading, once they are set.
pub async fn window(source: &mut impl Source, grant: &Grant) -> Result<Option<SetWindow>> {
    let (t, id) = ("reading_window", grant.inspection().to_string());
    fetch_optional!(
        source,
        WindowRow,
        "SELECT first_day, days, opens, closes, extended_from, extended_until, reason, version FROM reading_window
         WHERE inspection_id = $1",
        &id
    )?
    .map(|r| {
        Ok(SetWindow {
            window: Window {
                first_day: read(t, "first_day", &id, &r.first_day)?,
                days: read(t, "days", &id, &r.days.to_string())?,
                opens: read(t, "opens", &id, &r.opens)?,
                closes: read(t, "closes", &id, &r.closes)?,
                extension: read_optional(t, "extended_from", &id, r.extended_from.as_deref())?
                    .zip(read_optional(t, "extended_until", &id, r.extended_until.as_deref())?)
                    .map(|(from, until)| Extension { from, until }),
            },
            reason: r.reason,
            version: r.version,
        })
    })
    .transpose()
}

/// Sets days and hours; `version` is the one that was seen, 0 when there was none.
///
/// # Errors
/// [`Error::Stale`] when they were changed in between.
pub async fn save_window(tx: &mut Tx, inspection: InspectionId, set: &SetWindow) -> Result<()> {
    let w = &set.window;
    let touched = execute!(
        tx,
        "INSERT INTO reading_window (inspection_id, first_day, days, opens, closes, extended_from, extended_until, reason, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
         ON CONFLICT (inspection_id) DO UPDATE SET first_day = excluded.first_day, days = excluded.days,
           opens = excluded.opens, closes = excluded.closes, extended_from = excluded.extended_from,
           extended_until = excluded.extended_until,
           reason = excluded.reason, version = reading_window.version + 1
         WHERE reading_window.version = $9",
        inspection.to_string(),
        day(w.first_day),
        i64::from(w.days),
        w.opens.to_string(),
        w.closes.to_string(),
        w.extension.map(|more| time(more.from)),
        w.extension.map(|more| time(more.until)),
        &set.reason,
        set.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The draw of what is read twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    /// The seed: 64 hexadecimal digits.
    pub seed: String,
    /// Name of the method with its edition.
    pub method: String,
    /// The labels out of which it was drawn.
    pub labels: Vec<String>,
    /// Those that were drawn, in the order of drawing.
    pub drawn: Vec<String>,
    /// Who drew.
    pub drawn_by: Option<PersonId>,
    /// When.
    pub drawn_at: Timestamp,
}

row! { struct TwiceRow {
    seed: String, method: String, labels: String, drawn: String, drawn_by: Option<String>, drawn_at: String,
} }

/// The draw of what is read twice, once it is drawn.
pub async fn twice(source: &mut impl Source, grant: &Grant) -> Result<Option<Twice>> {
    let (t, id) = ("reading_twice", grant.inspection().to_string());
    fetch_optional!(
        source,
        TwiceRow,
        "SELECT seed, method, labels, drawn, drawn_by, drawn_at FROM reading_twice WHERE inspection_id = $1",
        &id
    )?
    .map(|r| {
        Ok(Twice {
            labels: json(t, "labels", &id, &r.labels)?,
            drawn: json(t, "drawn", &id, &r.drawn)?,
            drawn_by: read_optional(t, "drawn_by", &id, r.drawn_by.as_deref())?,
            drawn_at: read(t, "drawn_at", &id, &r.drawn_at)?,
            seed: r.seed,
            method: r.method,
        })
    })
    .transpose()
}

/// Keeps the draw of what is read twice.
///
/// # Errors
/// [`Error::Exists`] when there is one.
pub async fn add_twice(tx: &mut Tx, inspection: InspectionId, twice: &Twice) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reading_twice (inspection_id, seed, method, labels, drawn, drawn_by, drawn_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        inspection.to_string(),
        &twice.seed,
        &twice.method,
        serde_json::to_string(&twice.labels)?,
        serde_json::to_string(&twice.drawn)?,
        twice.drawn_by.map(|p| p.to_string()),
        time(twice.drawn_at)
    )
    .map(|_| ())
}

/// Somebody who is entitled to health records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthReader {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

row! { struct HealthRow { person_id: String, name: String, reason: String, granted_at: String } }

/// Who is entitled to health records now, by name.
pub async fn health_readers(source: &mut impl Source, grant: &Grant) -> Result<Vec<HealthReader>> {
    let t = "health_reader";
    fetch_all!(
        source,
        HealthRow,
        "SELECT h.person_id, p.name, h.reason, h.granted_at FROM health_reader h JOIN person p ON p.id = h.person_id
         WHERE h.inspection_id = $1 AND h.ended_at IS NULL ORDER BY p.name, h.person_id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(HealthReader {
            person: read(t, "person_id", &r.person_id, &r.person_id)?,
            since: read(t, "granted_at", &r.person_id, &r.granted_at)?,
            name: r.name,
            reason: r.reason,
        })
    })
    .collect()
}

/// Entitles somebody to health records.
pub async fn add_health_reader(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    reason: &str,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO health_reader (inspection_id, person_id, reason, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5)",
        inspection.to_string(),
        person.to_string(),
        reason,
        by.map(|p| p.to_string()),
        time(at)
    )
    .map(|_| ())
}

/// Ends an entitlement; says whether there was one.
pub async fn end_health_reader(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    at: Timestamp,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE health_reader SET ended_at = $1 WHERE inspection_id = $2 AND person_id = $3 AND ended_at IS NULL",
        time(at),
        inspection.to_string(),
        person.to_string()
    )?;
    Ok(touched > 0)
}

/// A place on the training list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id.
    pub id: TrainingId,
    /// Who.
    pub named: Named,
    /// Whether the person attended.
    pub attended: bool,
    /// Whether the person is chosen to read.
    pub reads: bool,
    /// For two editors.
    pub version: i64,
}

row! { struct PlaceRow {
    id: String, name: String, designation: String, organisation: String, email: String, attended: bool, reads: bool,
    version: i64,
} }

/// Who is on the training list, in the order of naming.
pub async fn training(source: &mut impl Source, grant: &Grant) -> Result<Vec<Place>> {
    fetch_all!(
        source,
        PlaceRow,
        "SELECT id, name, designation, organisation, email, attended, reads, version FROM training_place
         WHERE inspection_id = $1 AND removed_at IS NULL ORDER BY named_at, id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Place {
            id: read("training_place", "id", &r.id, &r.id)?,
            named: Named {
                name: r.name,
                designation: r.designation,
                organisation: r.organisation,
                email: r.email,
            },
            attended: r.attended,
            reads: r.reads,
            version: r.version,
        })
    })
    .collect()
}

/// Puts somebody on the training list.
pub async fn add_place(
    tx: &mut Tx,
    inspection: InspectionId,
    place: &Place,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let n = &place.named;
    execute!(
        tx,
        "INSERT INTO training_place (id, inspection_id, name, designation, organisation, email, attended, reads,
           named_by, named_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        place.id.to_string(),
        inspection.to_string(),
        &n.name,
        &n.designation,
        &n.organisation,
        &n.email,
        place.attended,
        place.reads,
        by.map(|p| p.to_string()),
        time(at)
    )
    .map(|_| ())
}

/// Saves a place that was seen at its version; takes it off the list when it was `removed`.
///
/// # Errors
/// [`Error::Stale`] when it was changed in between.
pub async fn save_place(tx: &mut Tx, place: &Place, removed: Option<Timestamp>) -> Result<()> {
    let n = &place.named;
    let touched = execute!(
        tx,
        "UPDATE training_place SET name = $1, designation = $2, organisation = $3, email = $4, attended = $5, reads = $6,
           removed_at = $7, version = version + 1
         WHERE id = $8 AND version = $9 AND removed_at IS NULL",
        &n.name,
        &n.designation,
        &n.organisation,
        &n.email,
        place.attended,
        place.reads,
        removed.map(time),
        place.id.to_string(),
        place.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
