//! The staff survey and the sessions.

use keyline_domain::access::Action;
use keyline_domain::ids::AnswerId;
use keyline_domain::inspections::way::SurveyState;
use keyline_operations::voices::{
    Answered, NoteSession, OpenSurvey, Sent, answer_survey, close_survey, note_session, open_survey,
};
use keyline_store::voices::{answers, engagements, list};

use super::Teller;
use super::returns::filled;
use super::set_up::finish;
use crate::commands::in_words;

/// The survey opens and staff answer.
pub(super) async fn survey_opens(t: &Teller<'_>) -> anyhow::Result<()> {
    if t.progress().await?.staff_survey == SurveyState::Planned {
        t.at_step("open-surveys", 30)?;
        let closes_on = t.plan.step("staff-survey").map_or(t.tale.starts_on, |s| s.span.to);
        let input = OpenSurvey {
            inspection: t.id,
            instrument: "staff-survey".into(),
            closes_on: closes_on.max(t.cx.today()),
        };
        open_survey(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
        finish(t, "open-surveys").await?;
    }
    let grant = t.grant("lead", Action::SeeSurveys).await?;
    let surveys = list(&mut t.cx.db.read().await?, &grant).await?;
    let Some(survey) = surveys.iter().find(|s| s.state == SurveyState::Open) else { return Ok(()) };
    let there = answers::count(&mut t.cx.db.read().await?, survey.id).await?;
    t.at_step("staff-survey", 60)?;
    // All at once, as on a busy morning: the writer commits what arrives together.
    let mut sending = tokio::task::JoinSet::new();
    for n in there..u64::from(t.tale.answers) {
        let (cx, address) = (t.cx.clone(), survey.address.clone());
        let pairs = filled(&survey.instrument, usize::try_from(n).unwrap_or(0));
        sending.spawn(async move {
            let id = AnswerId::random(cx.random());
            answer_survey(&cx, Sent { address, id, pairs }).await
        });
    }
    while let Some(sent) = sending.join_next().await {
        if let Answered::Problems(submission) = sent?.map_err(in_words)? {
            anyhow::bail!("a made-up answer was not accepted: {:?}", submission.problems);
        }
    }
    Ok(())
}

/// The survey closes.
pub(super) async fn survey_closes(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeSurveys).await?;
    for survey in list(&mut t.cx.db.read().await?, &grant).await? {
        if survey.state == SurveyState::Open {
            t.at_end_of("staff-survey", 420)?;
            close_survey(t.cx, &t.actor("lead"), t.id, survey.id).await.map_err(in_words)?;
            finish(t, "staff-survey").await?;
        }
    }
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
