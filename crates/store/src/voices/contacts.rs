//! What people left who ask to be contacted: sealed, apart from the answers, with the day only.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{ContactId, PersonId, SurveyId};

use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// A wish to be contacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Id: random.
    pub id: ContactId,
    /// The survey on whose page it was left.
    pub survey: SurveyId,
    /// The day.
    pub day: Date,
    /// What was left, sealed.
    pub sealed: Vec<u8>,
    /// Who has dealt with it.
    pub done_by: Option<PersonId>,
    /// When.
    pub done_at: Option<Timestamp>,
}

row! { struct ContactRow {
    id: String, survey_id: String, day: String, sealed: Vec<u8>, done_by: Option<String>, done_at: Option<String>,
} }

/// The wishes of an inspection's surveys, open ones first, by their random ids.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Contact>> {
    let t = "survey_contact";
    fetch_all!(
        source,
        ContactRow,
        "SELECT c.id, c.survey_id, c.day, c.sealed, c.done_by, c.done_at FROM survey_contact c
         JOIN survey s ON s.id = c.survey_id WHERE s.inspection_id = $1
         ORDER BY CASE WHEN c.done_at IS NULL THEN 0 ELSE 1 END, c.day, c.id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|row| {
        Ok(Contact {
            id: read(t, "id", &row.id, &row.id)?,
            survey: read(t, "survey_id", &row.id, &row.survey_id)?,
            day: read(t, "day", &row.id, &row.day)?,
            done_by: read_optional(t, "done_by", &row.id, row.done_by.as_deref())?,
            done_at: read_optional(t, "done_at", &row.id, row.done_at.as_deref())?,
            sealed: row.sealed,
        })
    })
    .collect()
}

/// Marks a wish as dealt with.
///
/// # Errors
/// [`Error::Stale`] when it is already, or is not of this inspection.
pub async fn done(tx: &mut Tx, grant: &Grant, id: ContactId, by: PersonId, now: Timestamp) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE survey_contact SET done_by = $1, done_at = $2 WHERE id = $3 AND done_at IS NULL
           AND survey_id IN (SELECT id FROM survey WHERE inspection_id = $4)",
        by.to_string(),
        time(now),
        id.to_string(),
        grant.inspection().to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
