//! Answers that came on paper: keyed twice, by two people who do not see each other's work, compared, and then kept as an
//! answer like every other. The number on the sheet goes when the answer is kept.

use std::sync::Arc;

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{AnswerId, InspectionId, PersonId, SurveyId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_forms::answering::{Compiled, Filling};
use keyline_store::voices::answers::{Kept, NewAnswer};
use keyline_store::voices::paper::{self, Keyed};
use keyline_store::voices::{self, Survey};
use serde_json::{Value, json};

use super::answer::{filling_in, free_texts};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// A sheet, with how far it is.
#[derive(Debug, Clone)]
pub struct PaperSheet {
    /// The number written on it.
    pub sheet: String,
    /// The keyings, in order.
    pub keyed: Vec<Keyed>,
}

impl PaperSheet {
    /// Whether a person may key it next: somebody who has not keyed it yet, and at most twice.
    pub fn waits_for(&self, person: PersonId) -> bool {
        self.keyed.len() < 2 && self.keyed.iter().all(|keyed| keyed.by != person)
    }
}

/// One question on which two keyings differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Name of the question.
    pub question: String,
    /// What was keyed first.
    pub first: Value,
    /// What was keyed second.
    pub second: Value,
}

/// Where two keyings differ, in the order of their names.
pub fn differences(first: &Value, second: &Value) -> Vec<Difference> {
    let empty = serde_json::Map::new();
    let (a, b) = (first.as_object().unwrap_or(&empty), second.as_object().unwrap_or(&empty));
    let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| {
            let (first, second) =
                (a.get(name).cloned().unwrap_or(Value::Null), b.get(name).cloned().unwrap_or(Value::Null));
            (first != second).then(|| Difference { question: name.clone(), first, second })
        })
        .collect()
}

/// The sheets that are being keyed.
///
/// # Errors
/// [`Refused::Hidden`] when the survey is not of this inspection, or for whoever may not key.
pub async fn paper_sheets(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    survey: SurveyId,
) -> Result<Vec<PaperSheet>> {
    let grant = cx.grant(actor, inspection, Action::KeyPaperAnswers).await?;
    let mut sheets: Vec<PaperSheet> = Vec::new();
    for keyed in paper::list(&mut cx.read().await?, &grant, survey).await? {
        match sheets.last_mut() {
            Some(last) if last.sheet == keyed.sheet => last.keyed.push(keyed),
            _ => sheets.push(PaperSheet { sheet: keyed.sheet.clone(), keyed: vec![keyed] }),
        }
    }
    Ok(sheets)
}

async fn open(work: &mut Work, survey: SurveyId) -> Result<Survey> {
    let grant = work.grant.clone();
    let found = voices::find(&mut work.tx, &grant, survey).await?.ok_or(Refused::Hidden)?;
    if !found.window().takes_answers(work.now) {
        return Err(Refused::reason("survey-paper-late"));
    }
    Ok(found)
}

/// A sheet as it was keyed.
#[derive(Debug, Clone)]
pub struct Keying {
    /// Where.
    pub inspection: InspectionId,
    /// The survey.
    pub survey: SurveyId,
    /// The number written on the sheet.
    pub sheet: String,
    /// What was keyed: question and value.
    pub answers: Value,
}

/// Keeps a keying of a sheet, the first or the second. Audit entry `paper.keyed`, without the answers.
///
/// # Errors
/// [`Refused::Fields`] without a number of the sheet; [`Refused::NotNow`] when the same person keyed it already, both
/// keyings are there, or the survey takes no answers any more. What is wrong with an answer itself is kept: paper says
/// what it says, and the comparison shows it.
pub async fn key_paper(cx: &Cx, actor: &Actor, input: Keying) -> Result<u8> {
    let mut work = cx.work(actor, input.inspection, Action::KeyPaperAnswers).await?;
    open(&mut work, input.survey).await?;
    let sheet = input.sheet.trim().to_owned();
    if sheet.is_empty() || sheet.chars().count() > 40 {
        let reason = Reason::new("problem-sheet-number");
        return Err(Refused::Fields(vec![FieldProblem::new("sheet", reason)]));
    }
    let by = work.person()?;
    let grant = work.grant.clone();
    let there: Vec<Keyed> = paper::list(&mut work.tx, &grant, input.survey)
        .await?
        .into_iter()
        .filter(|keyed| keyed.sheet == sheet)
        .collect();
    if there.len() >= 2 {
        return Err(Refused::reason("paper-keyed-twice"));
    }
    if there.iter().any(|keyed| keyed.by == by) {
        return Err(Refused::reason("paper-keyed-by-you"));
    }
    let entry = u8::try_from(there.len() + 1).unwrap_or(2);
    let keyed = Keyed { sheet, entry, by, by_name: String::new(), answers: input.answers };
    match paper::add(&mut work.tx, input.survey, &keyed).await {
        Err(keyline_store::Error::Exists(_)) => return Err(Refused::reason("paper-keyed-twice")),
        other => other?,
    }
    work.record("paper.keyed", input.survey, json!({ "entry": entry })).await?;
    work.commit().await?;
    Ok(entry)
}

/// Keeps the agreed answers of a sheet that was keyed twice as an answer to the survey; the keyings go. Audit entry
/// `paper.agreed` with how many questions differed.
///
/// # Errors
/// [`Refused::NotNow`] when it was not keyed twice, or the survey takes no answers any more. Gives the form with its
/// faults when the agreed answers are not accepted.
pub async fn agree_on_paper(
    cx: &Cx,
    actor: &Actor,
    input: Keying,
    form: &Arc<Compiled>,
) -> Result<std::result::Result<(), Box<Filling>>> {
    let mut work = cx.work(actor, input.inspection, Action::KeyPaperAnswers).await?;
    let survey = open(&mut work, input.survey).await?;
    let grant = work.grant.clone();
    let keyed: Vec<Keyed> = paper::list(&mut work.tx, &grant, input.survey)
        .await?
        .into_iter()
        .filter(|keyed| keyed.sheet == input.sheet)
        .collect();
    let [first, second] = keyed.as_slice() else { return Err(Refused::reason("paper-not-keyed-twice")) };
    let differed = differences(&first.answers, &second.answers).len();
    let id = AnswerId::random(cx.random());
    let filling = filling_in(cx, form, &input.answers, id, "");
    if !filling.check().is_empty() {
        return Ok(Err(Box::new(filling)));
    }
    let inspection = work.inspection().await?;
    let answers = filling.answers();
    let new = NewAnswer {
        survey: input.survey,
        id,
        day: work.today(),
        now: work.now,
        texts: free_texts(cx.programme(&inspection)?, form.form(), &survey.audience, &answers),
        answers,
        contact: None,
        code: None,
    };
    paper::remove(&mut work.tx, input.survey, &input.sheet).await?;
    match voices::answers::keep_in(&mut work.tx, &new).await? {
        Kept::Kept => {}
        Kept::Closed | Kept::CodeUsed => return Err(Refused::reason("survey-paper-late")),
    }
    work.record("paper.agreed", input.survey, json!({ "differed": differed })).await?;
    work.commit().await?;
    Ok(Ok(()))
}
