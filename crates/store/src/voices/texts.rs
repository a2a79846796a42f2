//! Free texts of answers: each waits until somebody has read it. What was written stands in the answer alone.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{AnswerId, PersonId, SurveyId};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::rows::{json, read, read_optional, time};
use crate::{Source, Tx};

/// A free text with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeText {
    /// The survey.
    pub survey: SurveyId,
    /// The answer it belongs to.
    pub answer: AnswerId,
    /// The question.
    pub question: String,
    /// What was written.
    pub text: String,
    /// Kinds of cue found in it.
    pub cues: Vec<String>,
    /// Tags that the team gave it.
    pub tags: Vec<String>,
    /// Who has read it.
    pub read_by: Option<PersonId>,
    /// When.
    pub read_at: Option<Timestamp>,
}

row! { struct TextRow {
    survey_id: String, answer_id: String, question: String, cues: String, tags: String, read_by: Option<String>,
    read_at: Option<String>, answers: String,
} }

const SELECT: &str =
    "SELECT t.survey_id, t.answer_id, t.question, t.cues, t.tags, t.read_by, t.read_at, a.answers
    FROM survey_text t JOIN survey_answer a ON a.survey_id = t.survey_id AND a.id = t.answer_id
    JOIN survey s ON s.id = t.survey_id WHERE s.inspection_id = $1 AND t.survey_id = $2";

fn select(rest: &'static str) -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(format!("{SELECT}{rest}"))
}

fn text(row: TextRow) -> Result<FreeText> {
    let t = "survey_text";
    let answers: Value = json(t, "answers", "(anonymous)", &row.answers)?;
    Ok(FreeText {
        survey: read(t, "survey_id", "(anonymous)", &row.survey_id)?,
        answer: read(t, "answer_id", "(anonymous)", &row.answer_id)?,
        text: answers.get(&row.question).and_then(Value::as_str).unwrap_or_default().to_owned(),
        cues: json(t, "cues", "(anonymous)", &row.cues)?,
        tags: json(t, "tags", "(anonymous)", &row.tags)?,
        read_by: read_optional(t, "read_by", "(anonymous)", row.read_by.as_deref())?,
        read_at: read_optional(t, "read_at", "(anonymous)", row.read_at.as_deref())?,
        question: row.question,
    })
}

/// The texts of one survey in which a cue was found and which nobody has read yet. While the survey is open these are
/// the only words of its answers that anybody sees.
pub async fn alerts(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Vec<FreeText>> {
    fetch_all!(
        source,
        TextRow,
        select(" AND t.cues <> '[]' AND t.read_by IS NULL ORDER BY t.answer_id, t.question"),
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(text)
    .collect()
}

/// All texts of one survey, by question and random id of the answer.
pub async fn list(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Vec<FreeText>> {
    fetch_all!(
        source,
        TextRow,
        select(" ORDER BY t.question, t.answer_id"),
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(text)
    .collect()
}

/// One text.
pub async fn find(
    source: &mut impl Source,
    grant: &Grant,
    survey: SurveyId,
    answer: AnswerId,
    question: &str,
) -> Result<Option<FreeText>> {
    fetch_optional!(
        source,
        TextRow,
        select(" AND t.answer_id = $3 AND t.question = $4"),
        grant.inspection().to_string(),
        survey.to_string(),
        answer.to_string(),
        question
    )?
    .map(text)
    .transpose()
}

/// How many texts of an inspection's surveys wait to be read: those with a cue, and all.
pub async fn waiting(source: &mut impl Source, grant: &Grant) -> Result<(u64, u64)> {
    let (cued, all) = fetch_one!(
        source,
        (i64, i64),
        "SELECT COALESCE(SUM(CASE WHEN t.cues <> '[]' THEN 1 ELSE 0 END), 0), COUNT(*) FROM survey_text t
         JOIN survey s ON s.id = t.survey_id WHERE s.inspection_id = $1 AND t.read_by IS NULL",
        grant.inspection().to_string()
    )?;
    Ok((u64::try_from(cued).unwrap_or(0), u64::try_from(all).unwrap_or(0)))
}

/// Marks a text as read. The first who reads it stays named.
///
/// # Errors
/// [`Error::Stale`] when it is not of this inspection.
pub async fn mark_read(
    tx: &mut Tx,
    grant: &Grant,
    text: &FreeText,
    by: PersonId,
    now: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE survey_text SET read_by = COALESCE(read_by, $1), read_at = COALESCE(read_at, $2)
         WHERE survey_id = $3 AND answer_id = $4 AND question = $5
           AND survey_id IN (SELECT id FROM survey WHERE inspection_id = $6)",
        by.to_string(),
        time(now),
        text.survey.to_string(),
        text.answer.to_string(),
        &text.question,
        grant.inspection().to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Sets the tags of a text that was read with the tags `text.tags`.
///
/// # Errors
/// [`Error::Stale`] when somebody changed them in between.
pub async fn tag(tx: &mut Tx, grant: &Grant, text: &FreeText, tags: &[String]) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE survey_text SET tags = $1 WHERE survey_id = $2 AND answer_id = $3 AND question = $4 AND tags = $5
           AND survey_id IN (SELECT id FROM survey WHERE inspection_id = $6)",
        serde_json::to_string(tags)?,
        text.survey.to_string(),
        text.answer.to_string(),
        &text.question,
        serde_json::to_string(&text.tags)?,
        grant.inspection().to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
