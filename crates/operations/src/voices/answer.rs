//! Answering a survey, without an account. Nothing of the person is known here, and nothing is kept but the answer and
//! its day.

use std::sync::Arc;

use keyline_domain::clock::in_london;
use keyline_domain::ids::{AnswerId, ContactId};
use keyline_domain::programmes::Programme;
use keyline_domain::reasons::Reason;
use keyline_domain::voices::codes::Code;
use keyline_domain::voices::{Distribution, Taking};
use keyline_forms::answering::{Compiled, Filling};
use keyline_forms::expression::{Chance, Surroundings};
use keyline_forms::form::{Form, Kind, Question};
use keyline_store::voices::answers::{Kept, NewAnswer};
use keyline_store::voices::codes;
use serde_json::Value;

use super::contacts::{self, CONTACT_LIMIT};
use super::opened::OpenedSurvey;
use super::surveys::place;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Why a survey takes no answer now; none when it does. `opened_before` says that the page was opened while it still
/// did, so that the grace holds.
pub fn not_taken(cx: &Cx, survey: &keyline_store::voices::Survey, opened_before: bool) -> Option<Reason> {
    let closed = |at| Reason::new("survey-closed").with("at", at);
    match survey.window().taking(cx.now()) {
        Taking::NotYet => Some(Reason::new("survey-not-open")),
        Taking::Open => None,
        Taking::LastMinutes { .. } if opened_before => None,
        Taking::LastMinutes { .. } => Some(closed(survey.window().end())),
        Taking::Over { since } => Some(closed(since)),
    }
}

/// Whether a typed code opens the survey now.
///
/// # Errors
/// [`Refused::Fields`] on `code`, with what to do: a slip of the pen, or a code that was used or is not of this survey.
pub async fn check_code(cx: &Cx, opened: &OpenedSurvey, typed: &str) -> Result<Code> {
    let code = Code::read(typed).map_err(|wrong| {
        Refused::field(
            "code",
            match wrong {
                keyline_domain::voices::codes::NotACode::Shape => "survey-code-shape",
                keyline_domain::voices::codes::NotACode::Slip => "survey-code-slip",
            },
        )
    })?;
    let survey = opened.public.survey.id;
    let hash = cx.vault.hash(&place(survey), code.plain().as_bytes());
    if codes::is_unused(&mut cx.read().await?, survey, &hash).await? {
        Ok(code)
    } else {
        Err(Refused::field("code", "survey-code-used"))
    }
}

/// An answer that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The random id that the page carried, so that sending it twice counts once.
    pub id: AnswerId,
    /// Question and value, as the pages gathered them. Nothing of it is trusted.
    pub answers: Value,
    /// The code that opened the page.
    pub code: Option<Code>,
    /// What the person left to be contacted.
    pub contact: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Answered {
    /// Kept, on the disk.
    Kept,
    /// Something is wrong with it.
    Problems(Box<Filling>),
}

/// Keeps an anonymous answer. No audit entry: it would tell the time.
///
/// # Errors
/// [`Refused::NotNow`] when the survey takes no answers; [`Refused::Fields`] for a code that does not open it or a
/// contact that is too long.
pub async fn answer_survey(cx: &Cx, opened: &OpenedSurvey, sent: Sent) -> Result<Answered> {
    let survey = &opened.public.survey;
    if let Some(reason) = not_taken(cx, survey, true) {
        return Err(Refused::NotNow(vec![reason]));
    }
    let contact = sent.contact.trim();
    if contact.chars().count() > CONTACT_LIMIT {
        let reason = Reason::new("survey-contact-too-long").with("limit", CONTACT_LIMIT);
        return Err(Refused::Fields(vec![keyline_domain::reasons::FieldProblem::new("contact", reason)]));
    }
    let code = match (survey.distribution, sent.code) {
        (Distribution::Codes, None) => return Err(Refused::field("code", "survey-code-shape")),
        (Distribution::Codes, Some(code)) => Some(cx.vault.hash(&place(survey.id), code.plain().as_bytes())),
        _ => None,
    };
    // In no language: the words of faults are the page's.
    let filling = filling_in(cx, &opened.form, &sent.answers, sent.id, "");
    if !filling.check().is_empty() {
        return Ok(Answered::Problems(Box::new(filling)));
    }
    let answers = filling.answers();
    let form = opened.form.form();
    let texts = if form.questions().any(|q| is_free_text(q) && answers.get(&q.name).is_some()) {
        free_texts(programme_of(cx, opened).await?, form, &survey.audience, &answers)
    } else {
        Vec::new()
    };
    let contact = if contact.is_empty() {
        None
    } else {
        let id = ContactId::random(cx.random());
        Some((id, cx.vault.seal(&contacts::place(id), contact.as_bytes(), cx.random())?))
    };
    let new = NewAnswer {
        survey: survey.id,
        id: sent.id,
        day: cx.today(),
        now: cx.now(),
        texts,
        answers,
        contact,
        code,
    };
    match cx.db.answers().keep(new).await? {
        Kept::Kept => Ok(Answered::Kept),
        Kept::Closed => Err(Refused::reason("survey-just-closed")),
        Kept::CodeUsed => Err(Refused::field("code", "survey-code-used")),
    }
}

/// The form as somebody fills it in, from what the pages carried: nothing of it is trusted. `id` decides all chance (the
/// order of shuffled choices), so that it is the same on every page of one person and tells nothing. `language` is a
/// name of the form's languages.
pub fn filling_in(cx: &Cx, form: &Arc<Compiled>, answers: &Value, id: AnswerId, language: &str) -> Filling {
    let chance = Chance::new(*blake3::hash(id.to_string().as_bytes()).as_bytes());
    let mut surroundings = Surroundings::new(in_london(cx.now()), chance);
    language.clone_into(&mut surroundings.language);
    form.form().unnamed_language().clone_into(&mut surroundings.default_language);
    Filling::resume(form.clone(), surroundings, answers)
}

/// The programme of the survey's inspection, for the words around its questions and for the cues: read for whoever
/// answers, who has no account.
///
/// # Errors
/// Not found, and faults.
pub async fn programme_of<'a>(cx: &'a Cx, opened: &OpenedSurvey) -> Result<&'a Programme> {
    use keyline_domain::access::{Action, Actor};
    let grant = cx.grant(&Actor::Clock, opened.public.survey.inspection, Action::SeeInspection).await?;
    let inspection = keyline_store::inspections::get(&mut cx.read().await?, &grant).await?;
    cx.programme(&inspection)
}

/// The questions that were answered in the person's own words, each with the kinds of cue in it.
pub(super) fn free_texts(
    programme: &Programme,
    form: &Form,
    audience: &str,
    answers: &Value,
) -> Vec<(String, Vec<String>)> {
    form.questions()
        .filter(|question| is_free_text(question))
        .filter_map(|question| {
            let text = answers.get(&question.name)?.as_str().filter(|text| !text.trim().is_empty())?;
            Some((question.name.clone(), programme.cues.found_in(text, audience)))
        })
        .collect()
}

/// Whether a question is answered in the person's own words.
pub fn is_free_text(question: &Question) -> bool {
    question.kind == Kind::Text && question.calculation.is_none()
}
