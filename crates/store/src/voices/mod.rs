//! Surveys, their anonymous answers, and the notes of sessions.

pub mod answers;
pub mod engagements;

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, SurveyId};
use keyline_domain::inspections::way::SurveyState;
use keyline_forms::Instrument;

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional, time, word};
use crate::{Source, Tx};

/// A survey of one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Id.
    pub id: SurveyId,
    /// The inspection.
    pub inspection: InspectionId,
    /// The instrument as it was when the survey was made: a later programme version does not change it.
    pub instrument: Instrument,
    /// Whom it is for: key of the programme's audiences.
    pub audience: String,
    /// Where it stands.
    pub state: SurveyState,
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// Last part of the public link.
    pub address: String,
    /// When it opened.
    pub opened_at: Option<Timestamp>,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
    /// For two editors.
    pub version: i64,
}

row! { struct SurveyRow {
    id: String, inspection_id: String, instrument: String, audience: String, state: String, opens_on: String,
    closes_on: String, address: String, opened_at: Option<String>, closed_at: Option<String>, version: i64,
} }

impl SurveyRow {
    fn survey(self) -> Result<Survey> {
        let t = "survey";
        Ok(Survey {
            id: read(t, "id", &self.id, &self.id)?,
            inspection: read(t, "inspection_id", &self.id, &self.inspection_id)?,
            instrument: json(t, "instrument", &self.id, &self.instrument)?,
            state: word(t, "state", &self.id, &self.state)?,
            opens_on: read(t, "opens_on", &self.id, &self.opens_on)?,
            closes_on: read(t, "closes_on", &self.id, &self.closes_on)?,
            opened_at: read_optional(t, "opened_at", &self.id, self.opened_at.as_deref())?,
            closed_at: read_optional(t, "closed_at", &self.id, self.closed_at.as_deref())?,
            audience: self.audience,
            address: self.address,
            version: self.version,
        })
    }
}

const COLUMNS: &str =
    "SELECT id, inspection_id, instrument, audience, state, opens_on, closes_on, address, opened_at,
    closed_at, version FROM survey ";

fn select(rest: &'static str) -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(format!("{COLUMNS}{rest}"))
}

fn state_word(state: SurveyState) -> &'static str {
    match state {
        SurveyState::Planned => "planned",
        SurveyState::Open => "open",
        SurveyState::Closed => "closed",
    }
}

/// Adds a survey.
///
/// # Errors
/// [`Error::Exists`] when the inspection has one with this instrument.
pub async fn add(tx: &mut Tx, s: &Survey) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO survey (id, inspection_id, instrument_key, instrument, audience, state, opens_on, closes_on,
           address, opened_at, closed_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)",
        s.id.to_string(),
        s.inspection.to_string(),
        &s.instrument.key,
        serde_json::to_string(&s.instrument)?,
        &s.audience,
        state_word(s.state),
        day(s.opens_on),
        day(s.closes_on),
        &s.address,
        s.opened_at.map(time),
        s.closed_at.map(time)
    )
    .map(|_| ())
}

/// Saves state and days of a survey that was read at `s.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, s: &Survey) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE survey SET state = $1, opens_on = $2, closes_on = $3, opened_at = $4, closed_at = $5,
           version = version + 1 WHERE id = $6 AND version = $7",
        state_word(s.state),
        day(s.opens_on),
        day(s.closes_on),
        s.opened_at.map(time),
        s.closed_at.map(time),
        s.id.to_string(),
        s.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The surveys of an inspection.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Survey>> {
    fetch_all!(
        source,
        SurveyRow,
        select("WHERE inspection_id = $1 ORDER BY opens_on, id"),
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(SurveyRow::survey)
    .collect()
}

/// One survey of the grant's inspection.
pub async fn find(source: &mut impl Source, grant: &Grant, id: SurveyId) -> Result<Option<Survey>> {
    fetch_optional!(
        source,
        SurveyRow,
        select("WHERE inspection_id = $1 AND id = $2"),
        grant.inspection().to_string(),
        id.to_string()
    )?
    .map(SurveyRow::survey)
    .transpose()
}

/// The survey behind a public link, with the area of its inspection.
pub async fn find_public(source: &mut impl Source, address: &str) -> Result<Option<(Survey, String)>> {
    let Some(survey) = fetch_optional!(source, SurveyRow, select("WHERE address = $1"), address)? else {
        return Ok(None);
    };
    let survey = survey.survey()?;
    let (area,) = fetch_one!(
        source,
        (String,),
        "SELECT area FROM inspection WHERE id = $1",
        survey.inspection.to_string()
    )?;
    Ok(Some((survey, area)))
}

/// Open surveys whose last day has passed, for the clock to close.
pub async fn overdue(source: &mut impl Source, today: Date) -> Result<Vec<(SurveyId, InspectionId)>> {
    fetch_all!(
        source,
        (String, String),
        "SELECT id, inspection_id FROM survey WHERE state = 'open' AND closes_on < $1 ORDER BY id",
        day(today)
    )?
    .into_iter()
    .map(|(id, inspection)| {
        Ok((read("survey", "id", &id, &id)?, read("survey", "inspection_id", &id, &inspection)?))
    })
    .collect()
}
