//! Surveys, their anonymous answers, and the notes of sessions.
//!
//! | module | subject |
//! | --- | --- |
//! | this one | the survey: its form, how it is handed out, when it takes answers |
//! | [`forms`] | forms as they were published, frozen |
//! | [`answers`] | answers: one durable writer, and reading them once the survey is over |
//! | [`codes`], [`links`] | the ways in: codes that open once, links of single services |
//! | [`contacts`] | what people left who ask to be contacted |
//! | [`texts`] | free texts that wait to be read |
//! | [`people`] | how many people there are, for the rate of response |
//! | [`results`] | what was released |
//! | [`paper`] | answers on paper while they are keyed |
//! | [`engagements`] | the notes of sessions |
//! | [`devices`] | devices that fill forms in away from the network, and what they sent |

pub mod answers;
pub mod codes;
pub mod contacts;
pub mod devices;
pub mod engagements;
pub mod forms;
pub mod links;
pub mod paper;
pub mod people;
pub mod results;
pub mod texts;

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, SurveyId};
use keyline_domain::inspections::way::SurveyState;
use keyline_domain::voices::{Distribution, Window};

use crate::error::{Error, Result};
use crate::rows::{day, read, read_optional, time, word};
use crate::{Source, Tx};

/// A survey of one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Id.
    pub id: SurveyId,
    /// The inspection.
    pub inspection: InspectionId,
    /// Key of the programme's instrument.
    pub form_key: String,
    /// The form as it was when the survey was made: a later programme version does not change it.
    pub form_digest: String,
    /// Title of the form.
    pub title: String,
    /// Whom it is for: key of the programme's audiences.
    pub audience: String,
    /// How it is handed out. Fixed when the survey is made.
    pub distribution: Distribution,
    /// The smallest number of people that its results show. Fixed when the survey is made.
    pub smallest: u32,
    /// Where it stands.
    pub state: SurveyState,
    /// First day.
    pub opens_on: Date,
    /// The minute at which it closes.
    pub closes_at: Timestamp,
    /// Last part of the public link.
    pub address: String,
    /// When it opened.
    pub opened_at: Option<Timestamp>,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
    /// How many codes have been printed.
    pub codes: u32,
    /// Whom to call in the area about a child.
    pub child_protection: String,
    /// Whom to call in the area about an adult.
    pub adult_protection: String,
    /// For two editors.
    pub version: i64,
}

impl Survey {
    /// When it takes answers.
    pub fn window(&self) -> Window {
        Window { state: self.state, closes_at: self.closes_at, closed_at: self.closed_at }
    }
}

row! { struct SurveyRow {
    id: String, inspection_id: String, form_key: String, form_digest: String, title: String, audience: String,
    distribution: String, smallest: i64, state: String, opens_on: String, closes_at: String, address: String,
    opened_at: Option<String>, closed_at: Option<String>, codes: i64, child_protection: String,
    adult_protection: String, version: i64,
} }

impl SurveyRow {
    fn survey(self) -> Result<Survey> {
        let t = "survey";
        Ok(Survey {
            id: read(t, "id", &self.id, &self.id)?,
            inspection: read(t, "inspection_id", &self.id, &self.inspection_id)?,
            distribution: word(t, "distribution", &self.id, &self.distribution)?,
            smallest: u32::try_from(self.smallest).unwrap_or(u32::MAX),
            state: word(t, "state", &self.id, &self.state)?,
            opens_on: read(t, "opens_on", &self.id, &self.opens_on)?,
            closes_at: read(t, "closes_at", &self.id, &self.closes_at)?,
            opened_at: read_optional(t, "opened_at", &self.id, self.opened_at.as_deref())?,
            closed_at: read_optional(t, "closed_at", &self.id, self.closed_at.as_deref())?,
            codes: u32::try_from(self.codes).unwrap_or(0),
            child_protection: self.child_protection,
            adult_protection: self.adult_protection,
            form_key: self.form_key,
            form_digest: self.form_digest,
            title: self.title,
            audience: self.audience,
            address: self.address,
            version: self.version,
        })
    }
}

const COLUMNS: &str =
    "SELECT id, inspection_id, form_key, form_digest, title, audience, distribution, smallest, state, opens_on,
    closes_at, address, opened_at, closed_at, codes, child_protection, adult_protection, version FROM survey ";

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

/// Adds a survey. Its form must have been kept ([`forms::keep`]).
///
/// # Errors
/// [`Error::Exists`] when the inspection has one with this instrument.
pub async fn add(tx: &mut Tx, s: &Survey) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO survey (id, inspection_id, form_key, form_digest, title, audience, distribution, smallest, state,
           opens_on, closes_at, address, opened_at, closed_at, codes, child_protection, adult_protection, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, $15, $16, 1)",
        s.id.to_string(),
        s.inspection.to_string(),
        &s.form_key,
        &s.form_digest,
        &s.title,
        &s.audience,
        s.distribution.word(),
        i64::from(s.smallest),
        state_word(s.state),
        day(s.opens_on),
        time(s.closes_at),
        &s.address,
        s.opened_at.map(time),
        s.closed_at.map(time),
        &s.child_protection,
        &s.adult_protection
    )
    .map(|_| ())
}

/// Saves state and times of a survey that was read at `s.version`. What protects the answers is not among them.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, s: &Survey) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE survey SET state = $1, opens_on = $2, closes_at = $3, opened_at = $4, closed_at = $5, codes = $6,
           version = version + 1 WHERE id = $7 AND version = $8",
        state_word(s.state),
        day(s.opens_on),
        time(s.closes_at),
        s.opened_at.map(time),
        s.closed_at.map(time),
        i64::from(s.codes),
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

/// A survey as the public finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicSurvey {
    /// The survey.
    pub survey: Survey,
    /// The area of its inspection.
    pub area: String,
    /// Question and value that the link fills in, when it is the link of one service.
    pub filled_in: Option<(String, String)>,
}

/// The survey behind a public link: its own, or the one of a single service.
pub async fn find_public(source: &mut impl Source, address: &str) -> Result<Option<PublicSurvey>> {
    let mut filled_in = None;
    let mut found = fetch_optional!(source, SurveyRow, select("WHERE address = $1"), address)?;
    if found.is_none()
        && let Some(link) = links::find(source, address).await?
    {
        found = fetch_optional!(source, SurveyRow, select("WHERE id = $1"), link.survey.to_string())?;
        filled_in = Some((link.question, link.value));
    }
    let Some(survey) = found else { return Ok(None) };
    let survey = survey.survey()?;
    let (area,) = fetch_one!(
        source,
        (String,),
        "SELECT area FROM inspection WHERE id = $1",
        survey.inspection.to_string()
    )?;
    Ok(Some(PublicSurvey { survey, area, filled_in }))
}

/// Open surveys whose minute has come, for the clock to close.
pub async fn overdue(source: &mut impl Source, now: Timestamp) -> Result<Vec<(SurveyId, InspectionId)>> {
    pairs(fetch_all!(
        source,
        (String, String),
        "SELECT id, inspection_id FROM survey WHERE state = 'open' AND closes_at <= $1 ORDER BY id",
        time(now)
    )?)
}

/// Closed surveys that take nothing any more (`closed_at` at or before `closed_by`) and have not been released.
pub async fn unreleased(
    source: &mut impl Source,
    closed_by: Timestamp,
) -> Result<Vec<(SurveyId, InspectionId)>> {
    pairs(fetch_all!(
        source,
        (String, String),
        "SELECT s.id, s.inspection_id FROM survey s
             WHERE s.state = 'closed' AND s.closed_at <= $1
               AND NOT EXISTS (SELECT 1 FROM survey_release r WHERE r.survey_id = s.id) ORDER BY s.id",
        time(closed_by)
    )?)
}

fn pairs(rows: Vec<(String, String)>) -> Result<Vec<(SurveyId, InspectionId)>> {
    rows.into_iter()
        .map(|(id, inspection)| {
            Ok((read("survey", "id", &id, &id)?, read("survey", "inspection_id", &id, &inspection)?))
        })
        .collect()
}
