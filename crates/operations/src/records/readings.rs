//! Reading records: one reading of each pair for each of its records, with the programme's tool, page by page. Both of the pair
//! write it. Every opening is in the audit trail.
//!
//! Who is not entitled to health records gets a tool without their questions and answers without theirs; what is stored
//! keeps them. A pair in which nobody is entitled is not asked about health at all.

use std::sync::Arc;

use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::in_london;
use keyline_domain::ids::{InspectionId, ReadingId};
use keyline_domain::inspections::way::Step;
use keyline_domain::programmes::{InstrumentRole, Programme};
use keyline_domain::records::sight::{Sight, may_reopen};
use keyline_domain::records::tool::{in_words, questions, without_health, without_health_answers};
use keyline_forms::answering::fault::Code;
use keyline_forms::answering::{AnswerFault, Compiled, Filling};
use keyline_forms::expression::{Chance, Surroundings};
use keyline_store::records::{self, Reading, ReadingState, Saved};
use serde_json::{Map, Value, json};

use super::ReadingNow;
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

/// The tool for somebody who is entitled to health records, or is not and is asked the rest.
///
/// # Errors
/// A fault when the tool cannot be asked.
pub fn tool_for(cx: &Cx, programme: &Programme, health: bool) -> Result<Option<Arc<Compiled>>> {
    if health {
        return tool(cx, programme);
    }
    let tool = programme.instruments.iter().find(|i| i.role == InstrumentRole::RecordReading);
    let name = |key: &str| format!("{} {} {key} without health", programme.id, programme.version);
    tool.map(|tool| cx.ready(&name(&tool.key), &without_health(&tool.form))).transpose()
}

/// A label to read.
#[derive(Debug, Clone)]
pub struct StartReading {
    /// Where.
    pub inspection: InspectionId,
    /// The label as it was typed or chosen.
    pub label: String,
}

/// Starts the reading of a record by the own pair, or finds the one that the pair has begun. Audit entry `reading.started`.
///
/// # Errors
/// [`Refused::Fields`] when the record is not one of the pair's (whether another pair has it is not said), or when the person
/// has read it with another pair; [`Refused::NotNow`] before the sample is drawn, outside the days and hours of reading, or for
/// somebody who is in no pair.
pub async fn start_reading(cx: &Cx, actor: &Actor, input: StartReading) -> Result<ReadingId> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    work.not_before(Step::ReadRecords).await?;
    let (reader, grant) = (work.person()?, work.grant.clone());
    let stands = ReadingNow::load(&mut work.tx, &grant).await?;
    let Some(pair) = stands.pair_of(Some(reader)) else { return Err(Refused::reason("reading-no-pair")) };
    if let Some(reason) = stands.shut(work.now) {
        return Err(Refused::NotNow(vec![reason]));
    }
    let typed = input.label.trim().to_lowercase();
    let tasks = stands.tasks_now();
    let in_use = stands.in_use();
    let own = tasks.iter().find(|t| t.pair == pair.id && t.label.to_lowercase() == typed);
    let Some(task) = own.filter(|t| in_use.contains(&t.label)) else {
        return Err(Refused::field("label", "reading-problem-label"));
    };
    if let Some(begun) = stands.reading(&task.label, pair.id) {
        return Ok(begun.id);
    }
    if stands.has_seen(&task.label, reader, pair.id) {
        return Err(Refused::field("label", "reading-problem-has-read"));
    }
    let id = ReadingId::new(work.now, cx.random());
    let now = work.now;
    records::add_reading(&mut work.tx, input.inspection, id, &task.label, pair.id, reader, now).await?;
    work.record("reading.started", id, json!({ "label": task.label, "pair": pair.name })).await?;
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

/// A reading with its tool, as whoever opened it may see it.
#[derive(Debug, Clone)]
pub struct OpenedReading {
    /// The reading; without answers about health for somebody who is not entitled to them.
    pub reading: Reading,
    /// The tool; without questions about health for somebody who is not entitled to them.
    pub tool: Arc<Compiled>,
    /// By what name the tool is kept ready.
    pub(super) name: String,
    /// Everything that is stored, health among it.
    stored: Value,
    /// The tool that the pair has to fill in, by one or the other.
    whole: Arc<Compiled>,
    /// The tool with every question.
    pub(super) full: Arc<Compiled>,
}

impl OpenedReading {
    /// The tool filled in with what was answered.
    pub fn filling(&self, cx: &Cx) -> Filling {
        Filling::resume(self.tool.clone(), surroundings(cx, &self.tool), &self.reading.answers)
    }
}

/// Opens a reading of the own pair. Audit entry `record.read`.
///
/// # Errors
/// [`Refused::Hidden`] for the reading of others; [`Refused::NotNow`] outside the days and hours of reading.
pub async fn open_reading(cx: &Cx, actor: &Actor, input: OpenReading) -> Result<OpenedReading> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let (opened, stands) = of_own_pair(cx, &mut work, input.reading).await?;
    if let Some(reason) = stands.shut(work.now) {
        return Err(Refused::NotNow(vec![reason]));
    }
    noted(work, opened).await
}

/// Opens a finished reading of anybody, for the team. Audit entry `record.read`.
///
/// # Errors
/// [`Refused::Hidden`] when it is not of this inspection, or a draft, which is its pair's own; [`Refused::NotNow`] while somebody
/// reads the record, or while the person still reads.
pub async fn look_at_reading(cx: &Cx, actor: &Actor, input: OpenReading) -> Result<OpenedReading> {
    let mut work = cx.work(actor, input.inspection, Action::SeeReadings).await?;
    let grant = work.grant.clone();
    let stands = ReadingNow::load(&mut work.tx, &grant).await?;
    let opened = find(cx, &mut work, &stands, input.reading).await?;
    if opened.reading.state != ReadingState::Finished {
        return Err(Refused::Hidden);
    }
    match stands.sight_of(&grant, &opened.reading.label) {
        Sight::Open => noted(work, opened).await,
        Sight::UntilAllFinished => Err(Refused::reason("reading-blind")),
        Sight::WhileReading => Err(Refused::reason("reading-still-reads")),
    }
}

pub(super) async fn noted(mut work: Work, opened: OpenedReading) -> Result<OpenedReading> {
    let detail = json!({ "label": opened.reading.label, "pair": opened.reading.by });
    work.record("record.read", opened.reading.id, detail).await?;
    work.commit().await?;
    Ok(opened)
}

async fn find(cx: &Cx, work: &mut Work, stands: &ReadingNow, reading: ReadingId) -> Result<OpenedReading> {
    let none = || Refused::fault(anyhow::anyhow!("the programme has no tool for reading records"));
    let mut reading = stands.readings.iter().find(|r| r.id == reading).cloned().ok_or(Refused::Hidden)?;
    let inspection = work.inspection().await?;
    let programme = cx.programme(&inspection)?;
    let full = tool(cx, programme)?.ok_or_else(none)?;
    let health = stands.entitled(work.grant.person_id());
    let tool = tool_for(cx, programme, health)?.ok_or_else(none)?;
    let stored = reading.answers.clone();
    if !health {
        reading.answers = without_health_answers(full.form(), &stored);
    }
    let answered = without_health_answers(full.form(), &stored) != stored;
    let by_pair = reading.pair.is_some_and(|pair| stands.pair_entitled(pair));
    let whole = tool_for(cx, programme, by_pair || answered)?.ok_or_else(none)?;
    let name = format!("{} {} read with health: {health}", programme.id, programme.version);
    Ok(OpenedReading { reading, tool, name, stored, whole, full })
}

pub(super) async fn of_own_pair(
    cx: &Cx,
    work: &mut Work,
    reading: ReadingId,
) -> Result<(OpenedReading, ReadingNow)> {
    let grant = work.grant.clone();
    let stands = ReadingNow::load(&mut work.tx, &grant).await?;
    let pair = stands.pair_of(Some(work.person()?)).map(|pair| pair.id);
    let opened = find(cx, work, &stands, reading).await?;
    if pair.is_none() || opened.reading.pair != pair {
        return Err(Refused::Hidden);
    }
    Ok((opened, stands))
}

/// A reading of the own pair as it stands, to show a page again whose verb was refused: without an entry in the audit trail.
///
/// # Errors
/// As [`open_reading`].
pub async fn reading_as_it_stands(cx: &Cx, actor: &Actor, input: OpenReading) -> Result<OpenedReading> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let (opened, stands) = of_own_pair(cx, &mut work, input.reading).await?;
    match stands.shut(work.now) {
        Some(reason) => Err(Refused::NotNow(vec![reason])),
        None => Ok(opened),
    }
}

/// The reading of the own pair, for whoever is about to change it.
///
/// # Errors
/// [`Refused::Hidden`] for the reading of others; [`Refused::NotNow`] outside the days and hours, when its record has been
/// replaced, or when it is finished although it should be `open`, and the other way round.
async fn own(cx: &Cx, work: &mut Work, reading: ReadingId, state: ReadingState) -> Result<OpenedReading> {
    work.not_before(Step::ReadRecords).await?;
    let (opened, stands) = of_own_pair(cx, work, reading).await?;
    if let Some(reason) = stands.shut(work.now) {
        return Err(Refused::NotNow(vec![reason]));
    }
    if !stands.in_use().contains(&opened.reading.label) {
        return Err(Refused::reason("records-was-replaced"));
    }
    if opened.reading.state != state {
        return Err(Refused::reason(match state {
            ReadingState::Open => "records-finished-already",
            ReadingState::Finished => "records-not-finished",
        }));
    }
    if state == ReadingState::Finished && !may_reopen(&stands.doing(&opened.reading.label)) {
        return Err(Refused::reason("reading-locked"));
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
        /// The version that stands now.
        version: i64,
        /// Whether the page asks more than before, because of what was answered on it.
        more: bool,
    },
    /// Something of it could not be kept, and nothing was saved. The filling holds it as it was typed.
    Wrong(Filling, Vec<AnswerFault>),
}

/// Saves a page of the reading of the own pair. What is missing may be missing until the reading is finished. Answers to questions
/// that are not asked any more, because an answer before them changed, stay with the draft until it is finished, so that
/// a slip costs nothing. When the other of the pair has saved meanwhile, the page is saved all the same if nothing on it was
/// changed. Audit entry `reading.saved`, without answers.
///
/// # Errors
/// [`Refused::Stale`] when the page was changed elsewhere meanwhile, with what stands on it now; [`Refused::NotNow`] when
/// the reading is finished, its record has been replaced, or outside the days and hours; [`Refused::Hidden`] for the reading of
/// others.
pub async fn save_page(cx: &Cx, actor: &Actor, input: SavePage) -> Result<PageSaved> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let stands = own(cx, &mut work, input.reading, ReadingState::Open).await?;
    let mut filling = stands.filling(cx);
    let asked: Vec<String> =
        filling.page(&input.page).map_or_else(Vec::new, |page| page.questions().map(str::to_owned).collect());
    if stands.reading.version != input.version {
        let seen = records::answers_at(&mut work.tx, input.reading, input.version).await?;
        let same =
            |name: &String| seen.as_ref().is_some_and(|seen| seen.get(name) == stands.stored.get(name));
        if asked.is_empty() || !asked.iter().all(same) {
            return Err(Refused::Stale {
                theirs: page_in_words(&filling, &input.page),
                by: stands.reading.reader_name,
                version: stands.reading.version,
            });
        }
    }
    let taken = filling.take_page(&input.page, &input.typed);
    let mut faults = taken.faults;
    faults.retain(|fault| fault.code != Code::Required);
    if !faults.is_empty() {
        return Ok(PageSaved::Wrong(filling, faults));
    }
    let mut kept: Map<String, Value> = stands.stored.as_object().cloned().unwrap_or_default();
    kept.retain(|name, _| !asked.contains(name));
    kept.extend(filling.answers().as_object().cloned().unwrap_or_default());
    let answers = Value::Object(kept);
    let saved = Saved { answers: &answers, state: ReadingState::Open, by: work.person()?, at: work.now };
    records::save_reading(&mut work.tx, input.reading, saved, stands.reading.version).await?;
    work.record("reading.saved", input.reading, json!({ "label": stands.reading.label })).await?;
    work.commit().await?;
    Ok(PageSaved::Kept { filling, version: stands.reading.version + 1, more: !taken.appeared.is_empty() })
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

/// Finishes the reading of the own pair: from now on it counts. Gives what is missing or wrong, and then nothing was saved.
/// Answers to questions that were not asked in the end are left out. Audit entry `reading.finished`, without answers.
///
/// # Errors
/// As [`save_page`]; [`Refused::NotNow`] when the part about health, which only the other of the pair sees, has gaps.
pub async fn finish_reading(cx: &Cx, actor: &Actor, input: TurnReading) -> Result<Vec<AnswerFault>> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let stands = own(cx, &mut work, input.reading, ReadingState::Open).await?;
    not_stale(cx, &stands, input.version)?;
    let faults = stands.filling(cx).check();
    if !faults.is_empty() {
        return Ok(faults);
    }
    let whole = Filling::resume(stands.whole.clone(), surroundings(cx, &stands.whole), &stands.stored);
    if !whole.check().is_empty() {
        return Err(Refused::reason("reading-health-open"));
    }
    let answers = whole.answers();
    let saved = Saved { answers: &answers, state: ReadingState::Finished, by: work.person()?, at: work.now };
    records::save_reading(&mut work.tx, input.reading, saved, input.version).await?;
    let answered = answers.as_object().map_or(0, Map::len);
    let detail = json!({ "label": stands.reading.label, "answered": answered });
    work.record("reading.finished", input.reading, detail).await?;
    work.commit().await?;
    Ok(Vec::new())
}

/// Takes up the finished reading of the own pair again, to put something right. Until it is finished anew it does not count. Audit
/// entry `reading.reopened`.
///
/// # Errors
/// As [`save_page`]; [`Refused::NotNow`] when it is not finished, or when both pairs that read the record have finished: from
/// then on they may see each other's, and what differs is settled.
pub async fn reopen_reading(cx: &Cx, actor: &Actor, input: TurnReading) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let stands = own(cx, &mut work, input.reading, ReadingState::Finished).await?;
    not_stale(cx, &stands, input.version)?;
    let saved =
        Saved { answers: &stands.stored, state: ReadingState::Open, by: work.person()?, at: work.now };
    records::save_reading(&mut work.tx, input.reading, saved, input.version).await?;
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
