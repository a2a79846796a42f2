//! Reading records: each reader's own reading of a label, with the programme's tool. Every opening is in the audit trail.

use std::collections::BTreeSet;

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, PersonId, ReadingId};
use keyline_domain::inspections::way::Step;
use keyline_domain::programmes::{InstrumentRole, Programme};
use keyline_forms::{Answer, Answers, Instrument, Problem, ProblemCode, Submission};
use keyline_store::records::{self, Reading, ReadingState};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// The tool with which the programme reads records.
pub fn tool(programme: &Programme) -> Option<&Instrument> {
    programme.instruments.iter().find(|i| i.role == InstrumentRole::RecordReading)?.tool.as_ref()
}

/// A label to read.
#[derive(Debug, Clone)]
pub struct StartReading {
    /// Where.
    pub inspection: InspectionId,
    /// The label as it was typed or chosen.
    pub label: String,
}

/// Starts a reading, or finds the one that the reader has begun. Audit entry `reading.started`.
///
/// # Errors
/// [`Refused::Fields`] when the label is not in the sample; [`Refused::NotNow`] before it is drawn.
pub async fn start_reading(cx: &Cx, actor: &Actor, input: StartReading) -> Result<ReadingId> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    work.not_before(Step::ReadRecords).await?;
    let reader = work.person()?;
    let grant = work.grant.clone();
    let records = records::sample(&mut work.tx, &grant).await?.map(|(_, r)| r).unwrap_or_default();
    let typed = input.label.trim().to_lowercase();
    let Some(record) = records.iter().find(|r| r.label.to_lowercase() == typed) else {
        return Err(Refused::field("label", "records-problem-label"));
    };
    if !record.in_use {
        let key = if record.reserve { "records-problem-reserve" } else { "records-problem-replaced" };
        return Err(Refused::field("label", key));
    }
    let own = records::list_readings(&mut work.tx, &grant, Some(reader)).await?;
    if let Some(begun) = own.iter().find(|r| r.label == record.label) {
        return Ok(begun.id);
    }
    let id = ReadingId::new(work.now, cx.random());
    let now = work.now;
    records::add_reading(&mut work.tx, input.inspection, id, &record.label, reader, now).await?;
    work.record("reading.started", id, json!({ "label": record.label })).await?;
    work.commit().await?;
    Ok(id)
}

/// A reading to open.
#[derive(Debug, Clone, Copy)]
pub struct OpenReading {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub reading: ReadingId,
}

/// A reading with its tool.
#[derive(Debug, Clone)]
pub struct OpenedReading {
    /// The reading.
    pub reading: Reading,
    /// What was answered.
    pub answers: Answers,
    /// The tool.
    pub instrument: Instrument,
}

/// Opens the own reading. Audit entry `record.read`.
///
/// # Errors
/// [`Refused::Hidden`] for the reading of somebody else.
pub async fn open_reading(cx: &Cx, actor: &Actor, input: OpenReading) -> Result<OpenedReading> {
    let work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let reader = work.person()?;
    open(cx, work, input.reading, Some(reader)).await
}

/// Opens a reading of anybody, for the team. Audit entry `record.read`.
///
/// # Errors
/// [`Refused::Hidden`] when it is not of this inspection.
pub async fn look_at_reading(cx: &Cx, actor: &Actor, input: OpenReading) -> Result<OpenedReading> {
    let work = cx.work(actor, input.inspection, Action::SeeReadings).await?;
    open(cx, work, input.reading, None).await
}

async fn open(cx: &Cx, mut work: Work, reading: ReadingId, only: Option<PersonId>) -> Result<OpenedReading> {
    let found = find(&mut work, reading, only).await?;
    let instrument = instrument(cx, &mut work).await?;
    let answers = answers_of(&found)?;
    work.record("record.read", reading, json!({ "label": found.label, "reader": found.reader })).await?;
    work.commit().await?;
    Ok(OpenedReading { reading: found, answers, instrument })
}

/// What was answered in a reading.
///
/// # Errors
/// A fault when the row does not hold answers.
pub fn answers_of(reading: &Reading) -> Result<Answers> {
    serde_json::from_value(reading.answers.clone()).map_err(Refused::fault)
}

async fn find(work: &mut Work, reading: ReadingId, only: Option<PersonId>) -> Result<Reading> {
    let grant = work.grant.clone();
    records::find_reading(&mut work.tx, &grant, reading)
        .await?
        .filter(|r| only.is_none_or(|person| r.reader == person))
        .ok_or(Refused::Hidden)
}

async fn instrument(cx: &Cx, work: &mut Work) -> Result<Instrument> {
    let inspection = work.inspection().await?;
    tool(cx.programme(&inspection)?)
        .cloned()
        .ok_or_else(|| Refused::fault(anyhow::anyhow!("the programme has no tool for reading records")))
}

/// What a reader saves.
#[derive(Debug, Clone)]
pub struct SaveReading {
    /// Where.
    pub inspection: InspectionId,
    /// Which reading.
    pub reading: ReadingId,
    /// The form as it was typed: question key and value, repeated for several choices.
    pub typed: Vec<(String, String)>,
    /// Whether the reading is finished; otherwise it stays a draft, which may have gaps.
    pub finish: bool,
    /// The version that was looked at.
    pub version: i64,
}

/// Saves the own reading as a draft or finishes it. Gives the submission with its problems when something stands in the
/// way, and nothing was saved then. Audit entries `reading.saved` and `reading.finished`, without answers.
///
/// # Errors
/// [`Refused::Stale`] when it was saved elsewhere meanwhile; [`Refused::NotNow`] when a finished reading would become a
/// draft again or its record has been replaced; [`Refused::Hidden`] for the reading of somebody else.
pub async fn save_reading(
    cx: &Cx,
    actor: &Actor,
    input: SaveReading,
) -> Result<std::result::Result<(), Submission>> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    work.not_before(Step::ReadRecords).await?;
    let reader = work.person()?;
    let stands = find(&mut work, input.reading, Some(reader)).await?;
    let instrument = instrument(cx, &mut work).await?;
    let mut submission = Answers::from_form(&instrument, input.typed.into_iter());
    if !input.finish {
        // A draft may have gaps, but nothing that would be lost.
        submission.problems.retain(|Problem { code, .. }| *code != ProblemCode::Missing);
        let leading = unanswered_leads(&instrument, &submission);
        submission.problems.extend(leading);
    }
    if !submission.accepted() {
        return Ok(Err(submission));
    }
    if stands.version != input.version {
        let theirs = answers_of(&stands)?;
        return Err(Refused::Stale {
            theirs: in_words(&instrument, &theirs),
            by: stands.reader_name,
            version: stands.version,
        });
    }
    if stands.state == ReadingState::Finished && !input.finish {
        return Err(Refused::reason("records-finished-already"));
    }
    let grant = work.grant.clone();
    let records = records::sample(&mut work.tx, &grant).await?.map(|(_, r)| r).unwrap_or_default();
    if !records.iter().any(|r| r.in_use && r.label == stands.label) {
        return Err(Refused::reason("records-was-replaced"));
    }
    let answers = serde_json::to_value(&submission.answers).map_err(Refused::fault)?;
    let (state, action) = if input.finish {
        (ReadingState::Finished, "reading.finished")
    } else {
        (ReadingState::Open, "reading.saved")
    };
    let now = work.now;
    records::save_reading(&mut work.tx, input.reading, &answers, state, now, input.version).await?;
    let detail = json!({ "label": stands.label, "answered": submission.answers.len() });
    work.record(action, input.reading, detail).await?;
    work.commit().await?;
    Ok(Ok(()))
}

// Questions without an answer on which something hangs that was typed: it is kept only together with them.
fn unanswered_leads(instrument: &Instrument, submission: &Submission) -> Vec<Problem> {
    let typed = |key: &str| submission.typed.get(key).is_some_and(|t| t.iter().any(|v| !v.trim().is_empty()));
    let leads: BTreeSet<&str> = instrument
        .questions
        .iter()
        .filter(|q| typed(&q.key))
        .filter_map(|q| q.relevant.as_ref())
        .map(|relevant| relevant.question.as_str())
        .filter(|lead| !typed(lead))
        .collect();
    let asked = instrument.questions.iter().filter(|q| leads.contains(q.key.as_str()));
    asked.map(|q| Problem { question: q.key.clone(), code: ProblemCode::Missing }).collect()
}

/// Answers as a text that can be compared: a line for each question that was answered.
pub fn in_words(instrument: &Instrument, answers: &Answers) -> String {
    let mut lines = Vec::new();
    for question in &instrument.questions {
        if let Some(answer) = answers.get(&question.key) {
            let values = Answer::values(answer);
            let said: Vec<&str> = values.iter().map(|v| question.label_of(v).unwrap_or(v)).collect();
            lines.push(format!("{}: {}", question.label, said.join(", ")));
        }
    }
    lines.join("\n")
}
