//! Points of factual accuracy and their answers.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{EditionId, PersonId, PointId};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time, word};
use crate::{Source, Tx};

/// How a point was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The report is changed as proposed.
    Accepted,
    /// The report is changed in another way, or in part.
    PartlyAccepted,
    /// The report stays.
    NotAccepted,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::PartlyAccepted, Self::NotAccepted];

    /// The word in the database, in forms and in keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::PartlyAccepted => "partly_accepted",
            Self::NotAccepted => "not_accepted",
        }
    }
}

/// A point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Id.
    pub id: PointId,
    /// The edition it is about.
    pub edition: EditionId,
    /// Its number, from 1.
    pub number: i64,
    /// Section or sentence of the edition, as `keyline_domain::judgement::places::Place` writes it.
    pub place: String,
    /// What is wrong.
    pub body: String,
    /// What it should say.
    pub proposal: String,
    /// Name of who raised it.
    pub raised_by: String,
    /// When.
    pub raised_at: Timestamp,
    /// How it was answered; `None` while it is open.
    pub outcome: Option<Outcome>,
    /// The answer.
    pub answer: String,
    /// What was changed in the report.
    pub change_made: String,
    /// Name of who answered.
    pub answered_by: Option<String>,
    /// For two editors.
    pub version: i64,
}

row! { struct PointRow {
    id: String, edition_id: String, number: i64, place: String, body: String, proposal: String, raised_by: String,
    raised_at: String, outcome: Option<String>, answer: Option<String>, change_made: Option<String>,
    answered_by: Option<String>, answered_at: Option<String>, version: i64,
} }

/// The points in order.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Point>> {
    let t = "accuracy_point";
    fetch_all!(
        source,
        PointRow,
        "SELECT a.id, a.edition_id, a.number, a.place, a.body, a.proposal, r.name AS raised_by, a.raised_at,
           a.outcome, a.answer, a.change_made, w.name AS answered_by, a.answered_at, a.version
         FROM accuracy_point a JOIN person r ON r.id = a.raised_by LEFT JOIN person w ON w.id = a.answered_by
         WHERE a.inspection_id = $1 ORDER BY a.number",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        read_optional::<Timestamp>(t, "answered_at", &r.id, r.answered_at.as_deref())?;
        Ok(Point {
            id: read(t, "id", &r.id, &r.id)?,
            edition: read(t, "edition_id", &r.id, &r.edition_id)?,
            raised_at: read(t, "raised_at", &r.id, &r.raised_at)?,
            outcome: r.outcome.as_deref().map(|o| word(t, "outcome", &r.id, o)).transpose()?,
            number: r.number,
            place: r.place,
            body: r.body,
            proposal: r.proposal,
            raised_by: r.raised_by,
            answer: r.answer.unwrap_or_default(),
            change_made: r.change_made.unwrap_or_default(),
            answered_by: r.answered_by,
            version: r.version,
        })
    })
    .collect()
}

/// A point to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewPoint<'a> {
    /// Id.
    pub id: PointId,
    /// The edition it is about.
    pub edition: EditionId,
    /// Section or sentence.
    pub place: &'a str,
    /// What is wrong.
    pub body: &'a str,
    /// What it should say.
    pub proposal: &'a str,
}

/// Adds a point under the next number, which it gives back.
pub async fn add(
    tx: &mut Tx,
    grant: &Grant,
    point: NewPoint<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<i64> {
    let (number,) = fetch_one!(
        tx,
        (i64,),
        "INSERT INTO accuracy_point (id, inspection_id, edition_id, number, place, body, proposal, raised_by,
           raised_at, version)
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5, $6, $7, $8, 1
         FROM accuracy_point WHERE inspection_id = $9
         RETURNING number",
        point.id.to_string(),
        grant.inspection().to_string(),
        point.edition.to_string(),
        point.place,
        point.body,
        point.proposal,
        by.to_string(),
        time(at),
        grant.inspection().to_string()
    )?;
    Ok(number)
}

/// An answer to a point that was read at `version`.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The point.
    pub point: PointId,
    /// The outcome.
    pub outcome: Outcome,
    /// The answer.
    pub answer: &'a str,
    /// What was changed.
    pub change_made: &'a str,
    /// The version that was read.
    pub version: i64,
}

/// Answers a point, or changes the answer.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn answer(
    tx: &mut Tx,
    grant: &Grant,
    answer: Answer<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE accuracy_point SET outcome = $1, answer = $2, change_made = $3, answered_by = $4, answered_at = $5,
           version = version + 1
         WHERE id = $6 AND inspection_id = $7 AND version = $8",
        answer.outcome.word(),
        answer.answer,
        answer.change_made,
        by.to_string(),
        time(at),
        answer.point.to_string(),
        grant.inspection().to_string(),
        answer.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
