//! Answers on paper while they are keyed: twice, by two people, blind to each other.

use keyline_domain::access::Grant;
use keyline_domain::ids::{PersonId, SurveyId};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::rows::{json, read};
use crate::{Source, Tx};

/// One keying of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed {
    /// The number written on the sheet.
    pub sheet: String,
    /// The first or the second keying.
    pub entry: u8,
    /// Who keyed it.
    pub by: PersonId,
    /// Name of who keyed it.
    pub by_name: String,
    /// What was keyed.
    pub answers: Value,
}

/// Keeps a keying.
///
/// # Errors
/// [`Error::Exists`] when that keying of the sheet is there already.
pub async fn add(tx: &mut Tx, survey: SurveyId, keyed: &Keyed) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO survey_paper (survey_id, sheet, entry, keyed_by, answers) VALUES ($1, $2, $3, $4, $5)",
        survey.to_string(),
        &keyed.sheet,
        i64::from(keyed.entry),
        keyed.by.to_string(),
        serde_json::to_string(&keyed.answers)?
    )
    .map(|_| ())
}

row! { struct KeyedRow { sheet: String, entry: i64, keyed_by: String, name: String, answers: String, } }

/// The keyings of a survey of the grant's inspection, by sheet.
pub async fn list(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Vec<Keyed>> {
    let t = "survey_paper";
    fetch_all!(
        source,
        KeyedRow,
        "SELECT k.sheet, k.entry, k.keyed_by, p.name, k.answers FROM survey_paper k
         JOIN survey s ON s.id = k.survey_id JOIN person p ON p.id = k.keyed_by
         WHERE s.inspection_id = $1 AND s.id = $2 ORDER BY k.sheet, k.entry",
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(|row| {
        Ok(Keyed {
            entry: u8::try_from(row.entry).unwrap_or(0),
            by: read(t, "keyed_by", &row.sheet, &row.keyed_by)?,
            by_name: row.name,
            answers: json(t, "answers", &row.sheet, &row.answers)?,
            sheet: row.sheet,
        })
    })
    .collect()
}

/// Removes both keyings of a sheet: it has become an answer, or is keyed anew.
///
/// # Errors
/// [`Error::Stale`] when there is none.
pub async fn remove(tx: &mut Tx, survey: SurveyId, sheet: &str) -> Result<()> {
    let touched = execute!(
        tx,
        "DELETE FROM survey_paper WHERE survey_id = $1 AND sheet = $2",
        survey.to_string(),
        sheet
    )?;
    if touched > 0 { Ok(()) } else { Err(Error::Stale) }
}
