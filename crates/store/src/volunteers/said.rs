//! You said, we did.

use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId, SaidId};
use keyline_domain::volunteers::said::{Entry, Heard, State, shown};

use crate::error::{Error, Result};
use crate::rows::{day, read, read_optional};
use crate::{Source, Tx};

/// An entry as the team sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Id.
    pub id: SaidId,
    /// The inspection.
    pub inspection: InspectionId,
    /// What was written.
    pub entry: Entry,
    /// Where it stands.
    pub state: State,
    /// Why it was taken back; empty otherwise.
    pub reason: String,
    /// When it became public, first.
    pub published_on: Option<Date>,
    /// Who saved it last.
    pub saved_by: PersonId,
    /// For two editors.
    pub version: i64,
}

row! { struct SaidRow {
    id: String, inspection_id: String, heard: String, people: i64, said: String, did: String, by_whom: String,
    done_on: String, state: String, reason: String, published_on: Option<String>, saved_by: String, version: i64,
} }

impl SaidRow {
    fn said(self) -> Result<Said> {
        let (t, id) = ("said_did", &self.id);
        Ok(Said {
            id: read(t, "id", id, id)?,
            inspection: read(t, "inspection_id", id, &self.inspection_id)?,
            entry: Entry {
                heard: read(t, "heard", id, &self.heard)?,
                people: u32::try_from(self.people).unwrap_or(0),
                done_on: read(t, "done_on", id, &self.done_on)?,
                said: self.said,
                done: self.did,
                by: self.by_whom,
            },
            state: read(t, "state", id, &self.state)?,
            published_on: read_optional(t, "published_on", id, self.published_on.as_deref())?,
            saved_by: read(t, "saved_by", id, &self.saved_by)?,
            reason: self.reason,
            version: self.version,
        })
    }
}

/// The entries of the grant's inspection, the newest first.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Said>> {
    fetch_all!(
        source,
        SaidRow,
        "SELECT * FROM said_did WHERE inspection_id = $1 ORDER BY done_on DESC, id DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(SaidRow::said)
    .collect()
}

/// One entry of the grant's inspection.
pub async fn find(source: &mut impl Source, grant: &Grant, id: SaidId) -> Result<Option<Said>> {
    fetch_optional!(
        source,
        SaidRow,
        "SELECT * FROM said_did WHERE inspection_id = $1 AND id = $2",
        grant.inspection().to_string(),
        id.to_string()
    )?
    .map(SaidRow::said)
    .transpose()
}

/// Adds an entry.
pub async fn add(tx: &mut Tx, s: &Said) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO said_did (id, inspection_id, heard, people, said, did, by_whom, done_on, state, reason, saved_by,
           version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, 1)",
        s.id.to_string(),
        s.inspection.to_string(),
        s.entry.heard.word(),
        i64::from(s.entry.people),
        &s.entry.said,
        &s.entry.done,
        &s.entry.by,
        day(s.entry.done_on),
        s.state.word(),
        s.saved_by.to_string()
    )
    .map(|_| ())
}

/// Saves an entry that was read at `s.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, s: &Said) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE said_did SET heard = $1, people = $2, said = $3, did = $4, by_whom = $5, done_on = $6, state = $7,
           reason = $8, published_on = $9, saved_by = $10, version = version + 1
         WHERE id = $11 AND version = $12",
        s.entry.heard.word(),
        i64::from(s.entry.people),
        &s.entry.said,
        &s.entry.done,
        &s.entry.by,
        day(s.entry.done_on),
        s.state.word(),
        &s.reason,
        s.published_on.map(day),
        s.saved_by.to_string(),
        s.id.to_string(),
        s.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// An entry as everybody sees it. How many said it is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Reference of the inspection.
    pub reference: String,
    /// Day on which that inspection began.
    pub notified_on: Option<Date>,
    /// By whom it was said, when enough people did.
    pub heard: Option<Heard>,
    /// What was said.
    pub said: String,
    /// What was done.
    pub done: String,
    /// By which office.
    pub by: String,
    /// When.
    pub done_on: Date,
}

row! { struct PublishedRow {
    reference: String, notified_on: Option<String>, heard: String, people: i64, said: String, did: String,
    by_whom: String, done_on: String,
} }

/// What is public of an area: published entries of inspections that the public knows of.
pub async fn published(source: &mut impl Source, area: &str) -> Result<Vec<Published>> {
    let t = "said_did";
    fetch_all!(
        source,
        PublishedRow,
        "SELECT i.reference, i.notified_on, s.heard, s.people, s.said, s.did, s.by_whom, s.done_on
         FROM said_did s JOIN inspection i ON i.id = s.inspection_id
         WHERE s.state = 'published' AND i.area = $1 AND i.notified_on IS NOT NULL
         ORDER BY i.notified_on DESC, i.id, s.done_on DESC, s.id",
        area
    )?
    .into_iter()
    .map(|r| {
        let heard: Heard = read(t, "heard", &r.reference, &r.heard)?;
        Ok(Published {
            notified_on: read_optional(t, "notified_on", &r.reference, r.notified_on.as_deref())?,
            done_on: read(t, "done_on", &r.reference, &r.done_on)?,
            heard: shown(heard, u32::try_from(r.people).unwrap_or(0)),
            reference: r.reference,
            said: r.said,
            done: r.did,
            by: r.by_whom,
        })
    })
    .collect()
}

/// The areas of which something is public.
pub async fn areas(source: &mut impl Source) -> Result<Vec<String>> {
    let rows = fetch_all!(
        source,
        (String,),
        "SELECT DISTINCT i.area FROM said_did s JOIN inspection i ON i.id = s.inspection_id
         WHERE s.state = 'published' AND i.notified_on IS NOT NULL ORDER BY i.area"
    )?;
    Ok(rows.into_iter().map(|(a,)| a).collect())
}
