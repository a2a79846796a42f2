//! Reading records: each reader's own reading of a label, with the programme's tool, page by page. Every opening is in
//! the audit trail.

use std::sync::Arc;

use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::in_london;
use keyline_domain::ids::{InspectionId, PersonId, ReadingId};
use keyline_domain::inspections::way::Step;
use keyline_domain::programmes::{InstrumentRole, Programme};
use keyline_domain::records::tool::{in_words, questions};
use keyline_forms::answering::fault::Code;
use keyline_forms::answering::{AnswerFault, Compiled, Filling};
use keyline_forms::expression::{Chance, Surroundings};
use keyline_store::records::{self, Reading, ReadingState};
use serde_json::{Map, Value, json};

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// The tool with which a programme reads records, ready to be asked; none when it has no such tool.
///
/// # Errors
/// A fault when the tool cannot be asked.
pub fn tool(cx: &Cx, programme: &Programme) -> Result<Option<Arc<Compiled>>> {
    let tool = programme.instruments.iter().find(|i| i.role == InstrumentRole::RecordReading);
    let name = |key: &str| format!("{} {} {key}", programme.id, programme.version);
    tool.map(|tool| cx.ready(&name(&tool.key), &tool.form)).transpose()
}

/// What the rules of the tool may look at besides the answers: the moment; nothing in it is left to chance.
pub fn surroundings(cx: &Cx, tool: &Compiled) -> Surroundings {
    let mut around = Surroundings::new(in_london(cx.now()), Chance::from_number(0));
    tool.form().unnamed_language().clone_into(&mut around.language);
    around.language.clone_into(&mut around.default_language);
    around
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
    /// The tool.
    pub tool: Arc<Compiled>,
}

impl OpenedReading {
    /// The tool filled in with what was answered.
    pub fn filling(&self, cx: &Cx) -> Filling {
        Filling::resume(self.tool.clone(), surroundings(cx, &self.tool), &self.reading.answers)
    }
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
    let opened = find(cx, &mut work, reading, only).await?;
    let detail = json!({ "label": opened.reading.label, "reader": opened.reading.reader });
    work.record("record.read", reading, detail).await?;
    work.commit().await?;
    Ok(opened)
}

async fn find(cx: &Cx, work: &mut Work, reading: ReadingId, only: Option<PersonId>) -> Result<OpenedReading> {
    let grant = work.grant.clone();
    let reading = records::find_reading(&mut work.tx, &grant, reading)
        .await?
        .filter(|r| only.is_none_or(|person| r.reader == person))
        .ok_or(Refused::Hidden)?;
    let inspection = work.inspection().await?;
    let tool = tool(cx, cx.programme(&inspection)?)?
        .ok_or_else(|| Refused::fault(anyhow::anyhow!("the programme has no tool for reading records")))?;
    Ok(OpenedReading { reading, tool })
}

/// The own reading as it stands, for whoever is about to change it: without an entry in the audit trail.
///
/// # Errors
/// [`Refused::Hidden`] for the reading of somebody else; [`Refused::NotNow`] when its record has been replaced, when it is
/// not its time, or when it is finished although it should be `open`, and the other way round.
async fn own(cx: &Cx, work: &mut Work, reading: ReadingId, state: ReadingState) -> Result<OpenedReading> {
    work.not_before(Step::ReadRecords).await?;
    let reader = work.person()?;
    let opened = find(cx, work, reading, Some(reader)).await?;
    let grant = work.grant.clone();
    let records = records::sample(&mut work.tx, &grant).await?.map(|(_, r)| r).unwrap_or_default();
    if !records.iter().any(|r| r.in_use && r.label == opened.reading.label) {
        return Err(Refused::reason("records-was-replaced"));
    }
    if opened.reading.state != state {
        return Err(Refused::reason(match state {
            ReadingState::Open => "records-finished-already",
            ReadingState::Finished => "records-not-finished",
        }));
    }
    Ok(opened)
}

/// One page of the tool as it was typed.
#[derive(Debug, Clone)]
pub struct SavePage {
    /// Where.
    pub inspection: InspectionId,
    /// Which reading.
    pub reading: ReadingId,
    /// The page.
    pub page: String,
    /// The fields of the page: name and value, repeated for several choices.
    pub typed: Vec<(String, String)>,
    /// The version that was looked at.
    pub version: i64,
}

/// What became of a page.
#[derive(Debug)]
pub enum PageSaved {
    /// It is kept. The filling says what is asked now.
    Kept {
        /// The tool as it is filled in now.
        filling: Filling,
        /// Whether the page asks more than before, because of what was answered on it.
        more: bool,
    },
    /// Something of it could not be kept, and nothing was saved. The filling holds it as it was typed.
    Wrong(Filling, Vec<AnswerFault>),
}

/// Saves a page of the own reading. What is missing may be missing until the reading is finished. Answers to questions that
/// are not asked any more, because an answer before them changed, stay with the draft until it is finished, so that
/// a slip costs nothing. Audit entry `reading.saved`, without answers.
///
/// # Errors
/// [`Refused::Stale`] when it was saved elsewhere meanwhile, with what stands on the page now; [`Refused::NotNow`] when
/// the reading is finished or its record has been replaced; [`Refused::Hidden`] for the reading of somebody else.
pub async fn save_page(cx: &Cx, actor: &Actor, input: SavePage) -> Result<PageSaved> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let stands = own(cx, &mut work, input.reading, ReadingState::Open).await?;
    let mut filling = stands.filling(cx);
    if stands.reading.version != input.version {
        return Err(Refused::Stale {
            theirs: page_in_words(&filling, &input.page),
            by: stands.reading.reader_name,
            version: stands.reading.version,
        });
    }
    let asked: Vec<String> =
        filling.page(&input.page).map_or_else(Vec::new, |page| page.questions().map(str::to_owned).collect());
    let taken = filling.take_page(&input.page, &input.typed);
    let mut faults = taken.faults;
    faults.retain(|fault| fault.code != Code::Required);
    if !faults.is_empty() {
        return Ok(PageSaved::Wrong(filling, faults));
    }
    let mut kept: Map<String, Value> = stands.reading.answers.as_object().cloned().unwrap_or_default();
    kept.retain(|name, _| !asked.contains(name));
    kept.extend(filling.answers().as_object().cloned().unwrap_or_default());
    let (now, answers) = (work.now, Value::Object(kept));
    records::save_reading(&mut work.tx, input.reading, &answers, ReadingState::Open, now, input.version)
        .await?;
    work.record("reading.saved", input.reading, json!({ "label": stands.reading.label })).await?;
    work.commit().await?;
    Ok(PageSaved::Kept { filling, more: !taken.appeared.is_empty() })
}

/// A reading to finish, or to take up again.
#[derive(Debug, Clone, Copy)]
pub struct TurnReading {
    /// Where.
    pub inspection: InspectionId,
    /// Which reading.
    pub reading: ReadingId,
    /// The version that was looked at.
    pub version: i64,
}

/// Finishes the own reading: from now on it counts. Gives what is missing or wrong, and then nothing was saved. Answers to
/// questions that were not asked in the end are left out. Audit entry `reading.finished`, without answers.
///
/// # Errors
/// As [`save_page`].
pub async fn finish_reading(cx: &Cx, actor: &Actor, input: TurnReading) -> Result<Vec<AnswerFault>> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let stands = own(cx, &mut work, input.reading, ReadingState::Open).await?;
    not_stale(cx, &stands, input.version)?;
    let filling = stands.filling(cx);
    let faults = filling.check();
    if !faults.is_empty() {
        return Ok(faults);
    }
    let (now, answers) = (work.now, filling.answers());
    let state = ReadingState::Finished;
    records::save_reading(&mut work.tx, input.reading, &answers, state, now, input.version).await?;
    let answered = answers.as_object().map_or(0, Map::len);
    let detail = json!({ "label": stands.reading.label, "answered": answered });
    work.record("reading.finished", input.reading, detail).await?;
    work.commit().await?;
    Ok(Vec::new())
}

/// Takes up the own finished reading again, to put something right. Until it is finished anew it does not count. Audit
/// entry `reading.reopened`.
///
/// # Errors
/// As [`save_page`]; [`Refused::NotNow`] when it is not finished.
pub async fn reopen_reading(cx: &Cx, actor: &Actor, input: TurnReading) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let stands = own(cx, &mut work, input.reading, ReadingState::Finished).await?;
    not_stale(cx, &stands, input.version)?;
    let (now, answers, state) = (work.now, &stands.reading.answers, ReadingState::Open);
    records::save_reading(&mut work.tx, input.reading, answers, state, now, input.version).await?;
    work.record("reading.reopened", input.reading, json!({ "label": stands.reading.label })).await?;
    work.commit().await
}

fn not_stale(cx: &Cx, stands: &OpenedReading, version: i64) -> Result<()> {
    if stands.reading.version == version {
        return Ok(());
    }
    Err(Refused::Stale {
        theirs: answers_in_words(&stands.tool, &stands.filling(cx).answers()),
        by: stands.reading.reader_name.clone(),
        version: stands.reading.version,
    })
}

/// Answers as a text that can be compared: a line for each question that was answered.
pub fn answers_in_words(tool: &Compiled, answers: &Value) -> String {
    let form = tool.form();
    let lines = questions(form).filter_map(|question| {
        let answer = answers.get(&question.name)?;
        Some(format!("{}: {}", form.own(&question.label), in_words(form, question, answer)))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The answers on one page as such a text.
pub fn page_in_words(filling: &Filling, page: &str) -> String {
    let lines = filling.summary().into_iter().filter(|line| line.page == page && !line.answer.is_empty());
    lines.map(|line| format!("{}: {}", line.question, line.answer.join(", "))).collect::<Vec<_>>().join("\n")
}
