//! Inspections: the row itself and what a person is in it. Plan, letters, invitations and what is a
//! person's own across inspections have files of their own.

pub mod invitations;
pub mod letters;
pub mod members;
pub mod mine;
pub mod plan;

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId};

use crate::error::{Error, Result};
use crate::rows::{day, read, read_optional, time};
use crate::{Source, Tx};

/// One programme version in one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Id.
    pub id: InspectionId,
    /// Short name in addresses that people read, for example `strathmarnock-2026`.
    pub reference: String,
    /// Id of the programme.
    pub programme: String,
    /// The version that is pinned.
    pub programme_version: String,
    /// Digest of the pinned version's files.
    pub programme_digest: String,
    /// Key of the council area.
    pub area: String,
    /// Planned day of the notification.
    pub starts_on: Date,
    /// Day of the notification, once sent.
    pub notified_on: Option<Date>,
    /// Day it was closed.
    pub closed_on: Option<Date>,
    /// When it was set up.
    pub created_at: Timestamp,
    /// For two editors.
    pub version: i64,
}

row! { pub(crate) struct InspectionRow {
    id: String, reference: String, programme: String, programme_version: String, programme_digest: String,
    area: String, starts_on: String, notified_on: Option<String>, closed_on: Option<String>, created_at: String,
    version: i64,
} }

impl InspectionRow {
    pub(crate) fn inspection(self) -> Result<Inspection> {
        let t = "inspection";
        Ok(Inspection {
            id: read(t, "id", &self.id, &self.id)?,
            starts_on: read(t, "starts_on", &self.id, &self.starts_on)?,
            notified_on: read_optional(t, "notified_on", &self.id, self.notified_on.as_deref())?,
            closed_on: read_optional(t, "closed_on", &self.id, self.closed_on.as_deref())?,
            created_at: read(t, "created_at", &self.id, &self.created_at)?,
            reference: self.reference,
            programme: self.programme,
            programme_version: self.programme_version,
            programme_digest: self.programme_digest,
            area: self.area,
            version: self.version,
        })
    }
}

/// Adds an inspection.
///
/// # Errors
/// [`Error::Exists`] when the reference is taken.
pub async fn add(tx: &mut Tx, i: &Inspection) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO inspection (id, reference, programme, programme_version, programme_digest, area, starts_on,
           notified_on, closed_on, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        i.id.to_string(),
        &i.reference,
        &i.programme,
        &i.programme_version,
        &i.programme_digest,
        &i.area,
        day(i.starts_on),
        i.notified_on.map(day),
        i.closed_on.map(day),
        time(i.created_at)
    )
    .map(|_| ())
}

/// Saves an inspection that was read at `i.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, i: &Inspection) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE inspection SET programme_version = $1, programme_digest = $2, starts_on = $3, notified_on = $4,
           closed_on = $5, version = version + 1
         WHERE id = $6 AND version = $7",
        &i.programme_version,
        &i.programme_digest,
        day(i.starts_on),
        i.notified_on.map(day),
        i.closed_on.map(day),
        i.id.to_string(),
        i.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The inspection a grant opens.
pub async fn get(source: &mut impl Source, grant: &Grant) -> Result<Inspection> {
    fetch_one!(
        source,
        InspectionRow,
        "SELECT * FROM inspection WHERE id = $1",
        grant.inspection().to_string()
    )?
    .inspection()
}

/// The id behind a reference or an id, as it stands in an address. Says nothing of who may see it.
pub async fn resolve(source: &mut impl Source, reference: &str) -> Result<Option<InspectionId>> {
    fetch_optional!(
        source,
        (String,),
        "SELECT id FROM inspection WHERE reference = $1 OR id = $1",
        reference
    )?
    .map(|(id,)| read("inspection", "id", &id, &id))
    .transpose()
}

/// The reference of the inspection of an area that runs the programme from the same day, if there is one.
pub async fn same(
    source: &mut impl Source,
    programme: &str,
    area: &str,
    starts_on: Date,
) -> Result<Option<String>> {
    Ok(fetch_optional!(
        source,
        (String,),
        "SELECT reference FROM inspection WHERE programme = $1 AND area = $2 AND starts_on = $3 ORDER BY id LIMIT 1",
        programme,
        area,
        day(starts_on)
    )?
    .map(|(reference,)| reference))
}

/// The inspections in which a person has a live role, newest first. Starts from the person, so that nothing
/// of another compartment can slip in.
pub async fn list_of(source: &mut impl Source, person: PersonId) -> Result<Vec<Inspection>> {
    fetch_all!(
        source,
        InspectionRow,
        "SELECT i.* FROM inspection i
         WHERE i.id IN (SELECT m.inspection_id FROM membership m WHERE m.person_id = $1 AND m.ended_at IS NULL)
         ORDER BY i.starts_on DESC, i.id",
        person.to_string()
    )?
    .into_iter()
    .map(InspectionRow::inspection)
    .collect()
}

/// The inspection that an invitation is to, for whoever holds its link.
pub async fn invited_to(
    source: &mut impl Source,
    invitation: &invitations::Invitation,
) -> Result<Inspection> {
    fetch_one!(
        source,
        InspectionRow,
        "SELECT * FROM inspection WHERE id = $1",
        invitation.inspection.to_string()
    )?
    .inspection()
}

/// What the administrators of the service see of an inspection: that it exists and where it stands, and nothing within.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Short name in addresses.
    pub reference: String,
    /// Key of the council area.
    pub area: String,
    /// Planned day of the notification.
    pub starts_on: Date,
    /// Day of the notification, once sent.
    pub notified_on: Option<Date>,
    /// Whether the report is published.
    pub published: bool,
    /// Day it was closed.
    pub closed_on: Option<Date>,
}

row! { struct RegisteredRow {
    reference: String, area: String, starts_on: String, notified_on: Option<String>, published: bool,
    closed_on: Option<String>,
} }

/// Every inspection as administrators see it, newest first.
pub async fn register(source: &mut impl Source) -> Result<Vec<Registered>> {
    fetch_all!(
        source,
        RegisteredRow,
        "SELECT i.reference, i.area, i.starts_on, i.notified_on, i.closed_on,
           EXISTS (SELECT 1 FROM report r WHERE r.inspection_id = i.id AND r.state = 'published') AS published
         FROM inspection i ORDER BY i.starts_on DESC, i.reference"
    )?
    .into_iter()
    .map(|r| {
        let t = "inspection";
        Ok(Registered {
            starts_on: read(t, "starts_on", &r.reference, &r.starts_on)?,
            notified_on: read_optional(t, "notified_on", &r.reference, r.notified_on.as_deref())?,
            closed_on: read_optional(t, "closed_on", &r.reference, r.closed_on.as_deref())?,
            reference: r.reference,
            area: r.area,
            published: r.published,
        })
    })
    .collect()
}
