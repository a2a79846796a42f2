//! The surveys and the sessions.

use jiff::civil::Time;
use keyline_domain::access::Action;
use keyline_domain::ids::{AnswerId, Randomness, SurveyId};
use keyline_domain::inspections::way::SurveyState;
use keyline_domain::programmes::InstrumentRole;
use keyline_domain::voices::Distribution;
use keyline_domain::voices::codes::Code;
use keyline_forms::form::{Form, Kind};
use keyline_operations::voices::{
    Answered, NoteSession, OpenSurvey, Sent, answer_survey, close_overdue_surveys, close_survey,
    note_session, open_survey, open_survey_page, print_codes, set_people,
};
use keyline_store::voices::people::{self, People};
use keyline_store::voices::{Survey, answers, engagements, list};
use serde_json::{Map, Value, json};

use super::Teller;
use super::set_up::finish;
use crate::commands::in_words;

/// Whom to call in the made-up area.
const CHILD_PROTECTION: &str = "Strathmarnock child protection (fictional), 01632 960 001";
const ADULT_PROTECTION: &str = "Strathmarnock adult protection (fictional), 01632 960 002";

/// How many of the staff's answers another survey gets, in percent: fewer families than workers are asked.
const FAMILIES: u32 = 60;

/// The surveys open and people answer.
pub(super) async fn survey_opens(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeSurveys).await?;
    let there = list(&mut t.cx.db.read().await?, &grant).await?;
    let wanted = t.programme.instruments.iter().filter(|i| i.role == InstrumentRole::Survey);
    for instrument in wanted.filter(|i| !there.iter().any(|s| s.form_key == i.key)) {
        t.at_step("open-surveys", 30)?;
        let closes_on = t.plan.step(&instrument.step).map_or(t.tale.starts_on, |s| s.span.to);
        let input = OpenSurvey {
            inspection: t.id,
            instrument: instrument.key.clone(),
            closes_on: closes_on.max(t.cx.today()),
            closes_at: Some(Time::constant(23, 59, 0, 0)),
            distribution: match instrument.key.as_str() {
                "staff-survey" => Distribution::ServiceLinks,
                "parents-carers" => Distribution::OpenLink,
                _ => Distribution::Codes,
            },
            smallest: None,
            child_protection: CHILD_PROTECTION.into(),
            adult_protection: ADULT_PROTECTION.into(),
        };
        open_survey(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    t.at_step("open-surveys", 30)?;
    finish(t, "open-surveys").await?;
    for survey in list(&mut t.cx.db.read().await?, &grant).await? {
        if survey.state == SurveyState::Open {
            say_how_many(t, &survey).await?;
            answer(t, &survey).await?;
        }
    }
    Ok(())
}

// The coordinator says of how many people the survey asks.
async fn say_how_many(t: &Teller<'_>, survey: &Survey) -> anyhow::Result<()> {
    let grant = t.grant("coordinator", Action::SeeSurveys).await?;
    if people::list(&mut t.cx.db.read().await?, &grant, survey.id).await?.is_empty() {
        t.at_step("open-surveys", 40)?;
        let all =
            People { question: String::new(), value: String::new(), people: 3 * t.tale.answers.max(20) };
        set_people(t.cx, &t.actor("coordinator"), t.id, survey.id, vec![all]).await.map_err(in_words)?;
    }
    Ok(())
}

async fn answer(t: &Teller<'_>, survey: &Survey) -> anyhow::Result<()> {
    let wanted = if survey.audience == "staff" { t.tale.answers } else { t.tale.answers * FAMILIES / 100 };
    let grant = t.grant("lead", Action::SeeSurveys).await?;
    let there = answers::list(&mut t.cx.db.read().await?, &grant, survey.id).await?;
    t.at_step("staff-survey", 60)?;
    // Each has its own id, so that after a break those that were not kept are sent, whichever they are.
    let all = (0..wanted).map(|turn| (turn, AnswerId::random(&Turn { survey: survey.id, turn })));
    let left: Vec<(u32, AnswerId)> =
        all.filter(|(_, id)| there.iter().all(|(kept, _, _)| kept != id)).collect();
    let missing = u32::try_from(left.len()).unwrap_or(0);
    if missing == 0 {
        return Ok(());
    }
    let mut codes: Vec<Code> = Vec::new();
    if survey.distribution == Distribution::Codes {
        codes = print_codes(t.cx, &t.actor("lead"), t.id, survey.id, missing).await.map_err(in_words)?;
    }
    let opened = open_survey_page(t.cx, &survey.address).await.map_err(in_words)?;
    // All at once, as on a busy morning: the writer commits what arrives together.
    let mut sending = tokio::task::JoinSet::new();
    for (turn, id) in left {
        let (cx, opened, code) = (t.cx.clone(), opened.clone(), codes.pop());
        let answers = made_up(opened.form.form(), usize::try_from(turn).unwrap_or(0));
        sending.spawn(async move {
            answer_survey(&cx, &opened, Sent { id, answers, code, contact: String::new() }).await
        });
    }
    while let Some(sent) = sending.join_next().await {
        if let Answered::Problems(filling) = sent?.map_err(in_words)? {
            anyhow::bail!("a made-up answer was not accepted: {:?}", filling.check());
        }
    }
    Ok(())
}

/// The chance of one made-up answer: the same whenever the story is told on.
struct Turn {
    survey: SurveyId,
    turn: u32,
}

impl Randomness for Turn {
    fn fill(&self, bytes: &mut [u8]) {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{} {}", self.survey, self.turn).as_bytes());
        hasher.finalize_xof().fill(bytes);
    }
}

/// A made-up answer: each closed question gets a value that it offers, and now and then something is written.
pub(crate) fn made_up(form: &Form, turn: usize) -> Value {
    let mut answers = Map::new();
    for (n, question) in form.questions().enumerate() {
        // Spread, and leaning to the first choices, as answers do.
        let pick = turn * 7 + n * 3 + turn / 5;
        let choices = question.list().and_then(|list| form.list(list)).map_or(&[][..], |list| &list.choices);
        let lean = |of: usize| [0, 1, 0, 2, 1, 0, 3, 1, 0, of.saturating_sub(1)][pick % 10] % of.max(1);
        let value = match question.kind {
            // Groups of people are spread evenly, so that there is something to see by them.
            Kind::SelectOne if matches!(question.name.as_str(), "service" | "role" | "age-band") => {
                json!(choices[(turn + turn / 11) % choices.len()].name)
            }
            Kind::SelectOne if !choices.is_empty() => json!(choices[lean(choices.len())].name),
            Kind::SelectMultiple if !choices.is_empty() => {
                let first = lean(choices.len());
                let mut chosen = vec![first];
                if pick.is_multiple_of(3) && first + 1 < choices.len() {
                    chosen.push(first + 1);
                }
                json!(chosen.into_iter().map(|at| choices[at].name.clone()).collect::<Vec<_>>())
            }
            Kind::Text if question.calculation.is_none() && turn.is_multiple_of(6) => {
                json!("Made up for the demonstration.")
            }
            _ => continue,
        };
        answers.insert(question.name.clone(), value);
    }
    Value::Object(answers)
}

/// The surveys close, and when nobody can send any more their results are released.
pub(super) async fn survey_closes(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeSurveys).await?;
    let surveys = list(&mut t.cx.db.read().await?, &grant).await?;
    for survey in surveys.iter().filter(|survey| survey.state == SurveyState::Open) {
        t.at_end_of("staff-survey", 420)?;
        close_survey(t.cx, &t.actor("lead"), t.id, survey.id).await.map_err(in_words)?;
    }
    t.at_end_of("staff-survey", 430)?;
    finish(t, "staff-survey").await?;
    t.at_end_of("staff-survey", 460)?;
    close_overdue_surveys(t.cx).await.map_err(in_words)?;
    Ok(())
}

/// Sessions are held on site and noted.
pub(super) async fn sessions(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeSessions).await?;
    let noted = engagements::list(&mut t.cx.db.read().await?, &grant, None).await?;
    let writers = ["volunteer", "involvement-adviser", "inspector-education"];
    for (n, session) in t.script.session.iter().enumerate() {
        if noted.iter().any(|e| e.kind == session.kind) {
            continue;
        }
        let first = t.plan.step("onsite-engagement").map_or(t.tale.starts_on, |s| s.span.from);
        let day = first.checked_add(jiff::Span::new().days(session.days_after))?;
        t.at(day, 240 + 10 * i64::try_from(n).unwrap_or(0))?;
        let input = NoteSession {
            inspection: t.id,
            kind: session.kind.clone(),
            held_on: t.cx.today(),
            audience: session.audience.clone(),
            people: session.people,
            designations: session.designations.clone(),
            note: session.note.trim().to_owned(),
            identifies_nobody: true,
        };
        note_session(t.cx, &t.actor(writers[n % writers.len()]), input).await.map_err(in_words)?;
    }
    Ok(())
}
