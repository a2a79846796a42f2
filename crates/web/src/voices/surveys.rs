//! The surveys of an inspection, and making a new one.

use axum::response::{IntoResponse, Redirect};
use jiff::civil::Time;
use keyline_domain::access::Action;
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::programmes::{InstrumentRef, InstrumentRole};
use keyline_domain::voices::{Distribution, threshold};
use keyline_operations::view;
use keyline_operations::voices::{OpenSurvey, answered, open_survey};
use keyline_store::inspections;
use keyline_store::voices::{self, Survey};
use maud::{Markup, html};

use super::survey::state_tag;
use crate::components::{
    Choice, DateTyped, Field, button, callout, date_field, empty_state, fieldset, form, not_offered,
    number_field, radios, select, text_field,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The surveys.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
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
        let answered = answered(cx, &mut reader, survey).await?;
        panels.push(panel(visitor, scope, survey, answered));
    }
    let progress = view::progress(cx, &mut reader, &inspection).await?;
    let left: Vec<&InstrumentRef> = programme
        .instruments
        .iter()
        .filter(|i| i.role == InstrumentRole::Survey && !surveys.iter().any(|s| s.form_key == i.key))
        .collect();
    // What was said for the last survey of this area most likely holds for the next.
    let last = surveys.last();
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
                    _ => (form(&scope.href("voices/surveys"), &opening_fields(visitor, &left, last, typed, problems))),
                }
            }
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Voices, w.t("voices-surveys"), body);
    layout.breadcrumbs = vec![(scope.href("voices"), w.t("room-voices"))];
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn opening_fields(
    visitor: &Visitor,
    left: &[&InstrumentRef],
    last: Option<&Survey>,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let value = |name: &str, otherwise: &str| match typed.get(name) {
        "" => otherwise.to_owned(),
        there => there.to_owned(),
    };
    let field = |name: &'static str, label: &str| Field::new(name, w.t(label)).error(problems.on(name));
    let instruments: Vec<Choice> = left
        .iter()
        .map(|i| Choice::new(i.key.clone(), i.form.title.clone(), typed.get("instrument") == i.key))
        .collect();
    let chosen = value("distribution", Distribution::OpenLink.word());
    let ways: Vec<Choice> = Distribution::ALL
        .into_iter()
        .map(|way| {
            Choice::new(way.word(), w.t(&format!("survey-way-{}", way.word())), chosen == way.word())
                .hint(w.t(&format!("survey-way-{}-hint", way.word())))
        })
        .collect();
    html! {
        (select(&field("instrument", "survey-instrument"), &instruments))
        (date_field(&field("closes_on", "survey-closes-on").hint(w.t("survey-closes-hint")),
            &DateTyped::of("closes_on", |name| typed.get(name)), w))
        (text_field(&field("closes_at", "survey-closes-at").hint(w.t("survey-closes-at-hint")).value(value("closes_at", "23:59")), "time"))
        (radios(&field("distribution", "survey-way").hint(w.t("survey-way-hint")), &ways))
        (number_field(&field("smallest", "survey-smallest").hint(w.with("survey-smallest-hint",
            &[("staff", &threshold::SMALLEST_STAFF), ("families", &threshold::SMALLEST_FAMILIES)])).value(typed.get("smallest")).optional(w)))
        (fieldset(&w.t("survey-contacts"), Some(&w.t("survey-contacts-hint")), &html! {
            (text_field(&field("child_protection", "survey-child-protection")
                .value(value("child_protection", last.map_or("", |s| s.child_protection.as_str()))), "text"))
            (text_field(&field("adult_protection", "survey-adult-protection")
                .value(value("adult_protection", last.map_or("", |s| s.adult_protection.as_str()))), "text"))
        }))
        (button(&w.t("survey-open")))
    }
}

fn panel(visitor: &Visitor, scope: &Scope, survey: &Survey, answered: u64) -> Markup {
    let w = visitor.words();
    callout(
        &survey.title,
        &html! {
            p { (state_tag(visitor, survey)) }
            p { (super::survey::answered_sentence(visitor, survey, answered)) }
            p { a class="ds_button" href=(scope.href(&format!("voices/surveys/{}", survey.id))) {
                (w.t("survey-look")) span class="visually-hidden" { ": " (survey.title) }
            } }
        },
    )
}

/// Makes and opens a survey.
pub(super) async fn open(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let Some(closes_on) = DateTyped::of("closes_on", |name| typed.get(name)).date() else {
        let problems = Problems::one(&visitor, "closes_on", "problem-date");
        return render(&visitor, &scope, &typed, &problems).await;
    };
    let closes_at = typed.parse::<Time>("closes_at");
    if closes_at.is_none() && !typed.get("closes_at").trim().is_empty() {
        let problems = Problems::one(&visitor, "closes_at", "problem-time");
        return render(&visitor, &scope, &typed, &problems).await;
    }
    let smallest = typed.parse::<u32>("smallest");
    if smallest.is_none() && !typed.get("smallest").trim().is_empty() {
        let problems = Problems::one(&visitor, "smallest", "problem-number");
        return render(&visitor, &scope, &typed, &problems).await;
    }
    let input = OpenSurvey {
        inspection: scope.grant.inspection(),
        instrument: typed.get("instrument").to_owned(),
        closes_on,
        closes_at,
        distribution: Distribution::from_word(typed.get("distribution")).unwrap_or(Distribution::OpenLink),
        smallest,
        child_protection: typed.get("child_protection").to_owned(),
        adult_protection: typed.get("adult_protection").to_owned(),
    };
    match open_survey(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => {
            Ok(Redirect::to(&scope.href(&format!("voices/surveys/{id}?done=survey-opened"))).into_response())
        }
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}
