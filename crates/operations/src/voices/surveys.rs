//! Making a survey, handing it out, and closing it.
//!
//! What protects its answers (the way it is handed out, the smallest number that is shown, the form itself) is said when
//! it is made and cannot be changed afterwards: people answer trusting in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::at_london;
use keyline_domain::ids::{InspectionId, SurveyId, secret};
use keyline_domain::inspections::way::{Step, SurveyState};
use keyline_domain::programmes::InstrumentRole;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::voices::codes::Code;
use keyline_domain::voices::{Distribution, GRACE, threshold};
use keyline_forms::form::{Form, Kind};
use keyline_store::voices::links::ServiceLink;
use keyline_store::voices::people::People;
use keyline_store::voices::{self, Survey, codes, forms, links, people};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Most codes that are printed at once: more than the people of one area's service.
pub const MOST_CODES: u32 = 2_000;

/// The question that tells services and roles apart in the surveys of the programmes.
const SERVICE: &str = "service";

/// A survey to be made and opened.
#[derive(Debug, Clone)]
pub struct OpenSurvey {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the programme's instrument.
    pub instrument: String,
    /// The day on which it closes.
    pub closes_on: Date,
    /// The time of that day in Scotland at which it closes; at the end of the day when none is said.
    pub closes_at: Option<Time>,
    /// How it is handed out.
    pub distribution: Distribution,
    /// The smallest number of people that is shown; what holds for the audience when none is said.
    pub smallest: Option<u32>,
    /// Whom to call in the area when a child is not safe: it stands before the button that sends.
    pub child_protection: String,
    /// Whom to call in the area when an adult is not safe.
    pub adult_protection: String,
}

/// Opens a survey: the form is kept as it is now, and links are made that can be handed out. Audit entry
/// `survey.opened`, with what protects its answers.
///
/// # Errors
/// [`Refused::NotNow`] before the notification, without a coordinator, or when it is open already; [`Refused::Fields`]
/// for an unknown instrument, a minute that has passed, a threshold below what holds for the audience, or links by
/// service for a form that does not ask for the service.
pub async fn open_survey(cx: &Cx, actor: &Actor, input: OpenSurvey) -> Result<SurveyId> {
    let mut work = cx.work(actor, input.inspection, Action::RunSurvey).await?;
    work.not_before(Step::OpenSurvey).await?;
    let inspection = work.inspection().await?;
    let reference = cx
        .programme(&inspection)?
        .instrument(&input.instrument)
        .filter(|i| i.role == InstrumentRole::Survey)
        .ok_or_else(|| Refused::field("instrument", "problem-unknown-instrument"))?;
    let form = &reference.form;
    let audience = form.settings.get("audience").cloned().unwrap_or_default();
    let closes_at = at_london(input.closes_on, input.closes_at.unwrap_or(Time::constant(23, 59, 0, 0)))
        .map_err(|_| Refused::field("closes_on", "problem-date"))?;
    let smallest = input.smallest.unwrap_or_else(|| threshold::smallest(&audience));
    let mut problems = Vec::new();
    if closes_at <= work.now {
        problems.push(FieldProblem::new("closes_on", Reason::new("problem-day-passed")));
    }
    if let Err(reason) = threshold::settable(&audience, smallest, false) {
        problems.push(FieldProblem::new("smallest", reason));
    }
    for (field, contact) in
        [("child_protection", &input.child_protection), ("adult_protection", &input.adult_protection)]
    {
        if contact.trim().is_empty() {
            problems.push(FieldProblem::new(field, Reason::new("problem-protection-contact")));
        }
    }
    if input.distribution == Distribution::ServiceLinks && services(form).is_empty() {
        problems.push(FieldProblem::new("distribution", Reason::new("problem-no-service-question")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let text = serde_json::to_string(form).map_err(Refused::fault)?;
    let form_digest = forms::keep(&mut work.tx, &reference.key, &text, work.now).await?;
    let id = SurveyId::new(work.now, cx.random());
    let survey = Survey {
        id,
        inspection: inspection.id,
        form_key: reference.key.clone(),
        form_digest: form_digest.clone(),
        title: form.title.clone(),
        audience,
        distribution: input.distribution,
        smallest,
        state: SurveyState::Open,
        opens_on: work.today(),
        closes_at,
        address: address(cx),
        opened_at: Some(work.now),
        closed_at: None,
        codes: 0,
        child_protection: input.child_protection.trim().to_owned(),
        adult_protection: input.adult_protection.trim().to_owned(),
        version: 1,
    };
    match voices::add(&mut work.tx, &survey).await {
        Err(keyline_store::Error::Exists(_)) => return Err(Refused::reason("survey-exists")),
        other => other?,
    }
    if input.distribution == Distribution::ServiceLinks {
        for value in services(form) {
            let link = ServiceLink { address: address(cx), survey: id, question: SERVICE.to_owned(), value };
            links::add(&mut work.tx, &link).await?;
        }
    }
    let detail = json!({
        "instrument": input.instrument, "form": form_digest, "closes_at": closes_at,
        "distribution": input.distribution, "smallest": smallest,
    });
    work.record("survey.opened", id, detail).await?;
    work.commit().await?;
    Ok(id)
}

fn address(cx: &Cx) -> String {
    secret(cx.random())[..16].to_owned()
}

/// The values of the question that asks for the service; none when the form does not ask.
fn services(form: &Form) -> Vec<String> {
    form.question(SERVICE)
        .filter(|question| question.kind == Kind::SelectOne)
        .and_then(|question| form.list(question.list()?))
        .map(|list| list.choices.iter().map(|choice| choice.name.clone()).collect())
        .unwrap_or_default()
}

async fn open_one(work: &mut Work, survey: SurveyId) -> Result<Survey> {
    let grant = work.grant.clone();
    let found = voices::find(&mut work.tx, &grant, survey).await?.ok_or(Refused::Hidden)?;
    if found.state != SurveyState::Open {
        return Err(Refused::reason("wait-survey-open"));
    }
    Ok(found)
}

/// Prints codes that open the survey once each. They are given back here and kept nowhere: only their keyed hashes are,
/// until they are used. Audit entry `survey.codes-printed` with their number.
///
/// # Errors
/// [`Refused::NotNow`] when the survey is not open or is not opened by codes; [`Refused::Fields`] for a number below 1
/// or above [`MOST_CODES`].
pub async fn print_codes(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    survey: SurveyId,
    number: u32,
) -> Result<Vec<Code>> {
    let mut work = cx.work(actor, inspection, Action::RunSurvey).await?;
    let mut found = open_one(&mut work, survey).await?;
    if found.distribution != Distribution::Codes {
        return Err(Refused::reason("survey-without-codes"));
    }
    if !(1..=MOST_CODES).contains(&number) {
        let reason = Reason::new("problem-number-of-codes").with("most", MOST_CODES);
        return Err(Refused::Fields(vec![FieldProblem::new("number", reason)]));
    }
    let printed: Vec<Code> = (0..number).map(|_| Code::random(cx.random())).collect();
    let hashes = printed.iter().map(|code| cx.vault.hash(&place(survey), code.plain().as_bytes())).collect();
    codes::add(&mut work.tx, survey, hashes).await?;
    found.codes += number;
    voices::save(&mut work.tx, &found).await?;
    work.record("survey.codes-printed", survey, json!({ "codes": number })).await?;
    work.commit().await?;
    Ok(printed)
}

/// What a code's hash is bound to: the codes of one survey do not open another.
pub(super) fn place(survey: SurveyId) -> String {
    format!("survey_code/hash/{survey}")
}

/// Says how many people there are, as the partnership reports. Audit entry `survey.people-set`.
///
/// # Errors
/// [`Refused::Hidden`] when the survey is not of this inspection; [`Refused::NotNow`] once it is closed.
pub async fn set_people(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    survey: SurveyId,
    numbers: Vec<People>,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::CountPeople).await?;
    open_one(&mut work, survey).await?;
    people::set(&mut work.tx, survey, &numbers).await?;
    let said: BTreeMap<String, u32> =
        numbers.iter().map(|n| (format!("{} {}", n.question, n.value).trim().to_owned(), n.people)).collect();
    work.record("survey.people-set", survey, json!({ "people": said })).await?;
    work.commit().await
}

/// Moves the minute at which an open survey closes. Audit entry `survey.moved` with the reason.
///
/// # Errors
/// [`Refused::NotNow`] when it is not open; [`Refused::Fields`] for a minute that has passed or without a reason.
pub async fn move_closing(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    survey: SurveyId,
    closes_at: Timestamp,
    reason: &str,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::RunSurvey).await?;
    let mut found = open_one(&mut work, survey).await?;
    let mut problems = Vec::new();
    if closes_at <= work.now {
        problems.push(FieldProblem::new("closes_on", Reason::new("problem-day-passed")));
    }
    if reason.trim().is_empty() {
        problems.push(FieldProblem::new("reason", Reason::new("problem-required")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let before = found.closes_at;
    found.closes_at = closes_at;
    voices::save(&mut work.tx, &found).await?;
    let detail = json!({ "from": before, "to": closes_at, "reason": reason.trim() });
    work.record("survey.moved", survey, detail).await?;
    work.commit().await
}

/// Closes a survey before its minute, or at it by the clock. It does not open again. Pages that were opened before may
/// be sent for the grace; then the results open. Audit entry `survey.closed`.
///
/// # Errors
/// [`Refused::Hidden`] when it is not of this inspection; [`Refused::NotNow`] when it is not open.
pub async fn close_survey(cx: &Cx, actor: &Actor, inspection: InspectionId, survey: SurveyId) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::RunSurvey).await?;
    let mut found = open_one(&mut work, survey).await?;
    found.state = SurveyState::Closed;
    found.closed_at = Some(work.now.min(found.closes_at));
    voices::save(&mut work.tx, &found).await?;
    work.record("survey.closed", survey, json!({ "title": found.title })).await?;
    work.commit().await
}

/// Closes every survey whose minute has come, and releases the results of those whose grace is over. What the clock
/// does each time it looks for work; once a day it also settles what devices sent
/// ([`voices::devices::settle`]) and the answers of the days that have ended ([`voices::answers::settle`]). Gives how many were closed.
pub async fn close_overdue_surveys(cx: &Cx) -> Result<usize> {
    let overdue = voices::overdue(&mut cx.read().await?, cx.now()).await?;
    for (survey, inspection) in &overdue {
        close_survey(cx, &Actor::Clock, *inspection, *survey).await?;
    }
    for (survey, inspection) in voices::unreleased(&mut cx.read().await?, cx.now() - GRACE).await? {
        super::release_results(cx, inspection, survey).await?;
    }
    // Once a day, when a day has ended: where a row stands in the file then says nothing of when it came.
    let today = cx.today();
    if !cx.day_counts().is_settled(today) {
        let mut tx = cx.db.begin_apart().await?;
        voices::devices::settle(&mut tx).await?;
        tx.commit().await?;
        let mut tx = cx.db.begin_apart().await?;
        voices::answers::settle(&mut tx, today).await?;
        tx.commit().await?;
        cx.day_counts().set_settled(today);
    }
    Ok(overdue.len())
}
