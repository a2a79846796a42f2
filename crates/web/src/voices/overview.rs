//! The room's first page, and the surveys: what runs, the link to hand out, opening and closing.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::inspections::way::{Offer, Step, SurveyState, offer};
use keyline_domain::programmes::InstrumentRole;
use keyline_operations::view;
use keyline_operations::voices::{OpenSurvey, close_survey, open_survey};
use keyline_store::inspections;
use keyline_store::voices::{self, answers};
use maud::{Markup, html};

use crate::components::{
    Choice, DateTyped, Field, Tone, button, callout, card, cards, date_field, details, empty_state, form,
    inset, not_offered, select, tag,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// What of the room is open to the person.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let mut doors: Vec<Markup> = Vec::new();
    let mut door = |action, path: &str, title: &str, text: &str| {
        if scope.grant.permits(action) {
            doors.push(card(&scope.href(path), &w.t(title), &html! { p { (w.t(text)) } }));
        }
    };
    door(Action::SeeSurveys, "voices/surveys", "voices-surveys", "voices-surveys-text");
    door(Action::NoteSession, "voices/sessions", "voices-own-sessions", "voices-own-sessions-text");
    door(Action::SeeSessions, "voices/all-sessions", "voices-all-sessions", "voices-all-sessions-text");
    if doors.is_empty() {
        return Err(PageError::NOT_FOUND);
    }
    let body =
        html! { p class="kl_lead" { (w.t("voices-lead")) } (cards(&html! { @for d in &doors { (d) } })) };
    let title = w.t("room-voices");
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Voices, title, body)))
}

/// The surveys.
pub(super) async fn surveys(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = cx.programme(&inspection)?;
    let surveys = voices::list(&mut reader, &scope.grant).await?;
    let mut panels = Vec::new();
    for survey in &surveys {
        let answered = answers::count(&mut reader, survey.id).await?;
        panels.push(panel(visitor, scope, survey, answered));
    }
    let progress = view::progress(cx, &mut reader, &inspection).await?;
    let left: Vec<_> = programme
        .instruments
        .iter()
        .filter(|i| i.role == InstrumentRole::Survey && !surveys.iter().any(|s| s.instrument.key == i.key))
        .collect();
    let opening = scope.grant.permits(Action::RunSurvey) && !left.is_empty();
    let body = html! {
        p class="kl_lead" { (w.t("surveys-lead")) }
        @if surveys.is_empty() { (empty_state(&w.t("surveys-empty-title"), &w.t("surveys-empty-text"), None)) }
        @for panel in &panels { (panel) }
        @if opening {
            section {
                h2 { (w.t("survey-open-title")) }
                @match offer(Step::OpenSurvey, &progress, cx.now()) {
                    Offer::NotYet(reasons) => (not_offered(&w.t("survey-open-not-yet"), &reasons.iter().map(|r| visitor.sentence(r)).collect::<Vec<_>>())),
                    _ => (form(&scope.href("voices/surveys"), &html! {
                        (select(&Field::new("instrument", w.t("survey-instrument")).error(problems.on("instrument")),
                            &left.iter().map(|i| Choice::new(i.key.clone(), i.instrument.title.clone(), typed.get("instrument") == i.key)).collect::<Vec<_>>()))
                        (date_field(&Field::new("closes_on", w.t("survey-closes-on")).hint(w.t("survey-closes-hint")).error(problems.on("closes_on")),
                            &DateTyped::of("closes_on", |name| typed.get(name)), w))
                        (button(&w.t("survey-open")))
                    })),
                }
            }
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Voices, w.t("voices-surveys"), body);
    layout.breadcrumbs = vec![(scope.href("voices"), w.t("room-voices"))];
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn panel(visitor: &Visitor, scope: &Scope, survey: &voices::Survey, answered: u64) -> Markup {
    let w = visitor.words();
    let (tone, state) = match survey.state {
        SurveyState::Planned => (Tone::Neutral, "survey-state-planned"),
        SurveyState::Open => (Tone::Active, "survey-state-open"),
        SurveyState::Closed => (Tone::Good, "survey-state-closed"),
    };
    let link = format!("{}/surveys/{}", visitor.cx().settings.public_address, survey.address);
    let results = scope.grant.permits(Action::SeeSurveyResults) && survey.state == SurveyState::Closed;
    callout(
        &survey.instrument.title,
        &html! {
            p { (tag(tone, &w.t(state))) " " (w.with("survey-until", &[("day", &w.date(survey.closes_on))])) }
            p { (w.with("survey-answered", &[("count", &answered)])) }
            @if survey.state == SurveyState::Open {
                (inset(&html! { p { (w.t("survey-hand-out")) } p { a href=(format!("/surveys/{}", survey.address)) { (link) } } }))
                @if scope.grant.permits(Action::RunSurvey) {
                    (details(&w.t("survey-close"), &html! {
                        p { (w.t("survey-close-explained")) }
                        (form(&scope.href(&format!("voices/surveys/{}/close", survey.id)), &button(&w.t("survey-close-now"))))
                    }))
                }
            }
            @if results { p { a class="ds_button" href=(scope.href(&format!("voices/surveys/{}/results", survey.id))) { (w.t("survey-results")) } } }
        },
    )
}

/// Opens a survey.
pub(super) async fn open(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let Some(closes_on) = DateTyped::of("closes_on", |name| typed.get(name)).date() else {
        let problems = Problems::one(&visitor, "closes_on", "problem-date");
        return render(&visitor, &scope, &typed, &problems).await;
    };
    let input = OpenSurvey {
        inspection: scope.grant.inspection(),
        instrument: typed.get("instrument").to_owned(),
        closes_on,
    };
    match open_survey(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("voices/surveys?done=survey-opened")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

/// Closes a survey.
pub(super) async fn close(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let survey = survey.parse().map_err(|_| PageError::NOT_FOUND)?;
    close_survey(visitor.cx(), visitor.actor(), scope.grant.inspection(), survey).await?;
    Ok(Redirect::to(&scope.href("voices/surveys?done=survey-closed")).into_response())
}
