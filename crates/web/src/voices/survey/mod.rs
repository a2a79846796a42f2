//! One survey, for those who run it: where it stands, how it is handed out, who has answered and whose voices are missing.
//!
//! | module | subject |
//! | --- | --- |
//! | this one | the survey's page, closing it, moving its minute |
//! | `hand_out` | links, codes and sheets |
//! | `people` | how many people there are |
//! | `reading` | free texts, each read by somebody |
//! | `contacts` | people who ask to be contacted |
//! | `results`, `export` | what was said, in numbers |

pub(super) mod contacts;
pub(super) mod export;
pub(super) mod hand_out;
pub(super) mod paper;
pub(super) mod people;
pub(super) mod reading;
pub(super) mod results;

use std::sync::Arc;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Time;
use keyline_domain::access::Action;
use keyline_domain::clock::{at_london, in_london};
use keyline_domain::voices::Taking;
use keyline_forms::answering::Compiled;
use keyline_operations::voices::{Monitoring, answered, close_survey, monitoring, move_closing};
use keyline_store::inspections::{self, Inspection};
use keyline_store::voices::texts;
use keyline_store::voices::{self, Survey};
use maud::{Markup, html};

use crate::components::{
    DateTyped, Field, Tone, Width, button, button_secondary, callout, date_field, details, form, inset, tag,
    text_area, text_field, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// A survey of the page's inspection with what its pages need.
pub(super) struct Here {
    pub(super) inspection: Inspection,
    pub(super) survey: Survey,
    pub(super) form: Arc<Compiled>,
}

impl Here {
    /// Finds it.
    pub(super) async fn find(visitor: &Visitor, scope: &Scope, survey: &str) -> PageResult<Self> {
        let id = survey.parse().map_err(|_| PageError::NOT_FOUND)?;
        let mut reader = visitor.cx().read().await?;
        let inspection = inspections::get(&mut reader, &scope.grant).await?;
        let survey = voices::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
        let form = visitor.cx().form(&mut reader, &survey.form_digest).await?;
        Ok(Self { inspection, survey, form })
    }

    /// Address of the survey's page, and of what lies under it.
    pub(super) fn href(&self, scope: &Scope, rest: &str) -> String {
        scope.href(&format!("voices/surveys/{}{rest}", self.survey.id))
    }

    /// The way to the survey's page.
    pub(super) fn crumbs(&self, visitor: &Visitor, scope: &Scope, below: bool) -> Vec<(String, String)> {
        let w = visitor.words();
        let mut crumbs = vec![
            (scope.href("voices"), w.t("room-voices")),
            (scope.href("voices/surveys"), w.t("voices-surveys")),
        ];
        if below {
            crumbs.push((self.href(scope, ""), self.survey.title.clone()));
        }
        crumbs
    }

    /// The text of a question as the team reads it.
    pub(super) fn question(&self, name: &str) -> String {
        let form = self.form.form();
        form.question(name).map_or(name, |question| form.own(&question.label)).to_owned()
    }

    /// The text of a choice as the team reads it.
    pub(super) fn choice(&self, question: &str, value: &str) -> String {
        let form = self.form.form();
        form.question(question).and_then(|q| form.choice_label(q, value)).unwrap_or(value).to_owned()
    }

    /// A page with one form: what is wrong with it stands above, and it is as wide as text.
    fn page_of_form(
        &self,
        visitor: &Visitor,
        scope: &Scope,
        title: &str,
        body: Markup,
        problems: &Problems,
    ) -> Response {
        let mut layout =
            frame(visitor, scope, &self.inspection, Room::Voices, visitor.words().t(title), body);
        layout.breadcrumbs = self.crumbs(visitor, scope, true);
        layout.problems = problems.summary();
        layout.width = Width::Text;
        visitor.show_as(problems.status(), &layout)
    }
}

/// Where a survey stands, as a label with its minute.
pub(super) fn state_tag(visitor: &Visitor, survey: &Survey) -> Markup {
    let w = visitor.words();
    let at = |instant| w.date_time(&in_london(instant));
    let (tone, state, text) = match survey.window().taking(visitor.cx().now()) {
        Taking::NotYet => (Tone::Neutral, "survey-state-planned", String::new()),
        Taking::Open => {
            (Tone::Active, "survey-state-open", w.with("survey-until", &[("at", &at(survey.closes_at))]))
        }
        Taking::LastMinutes { until } => {
            (Tone::Active, "survey-state-closing", w.with("survey-closing-until", &[("at", &at(until))]))
        }
        Taking::Over { since } => {
            (Tone::Good, "survey-state-closed", w.with("survey-closed-at", &[("at", &at(since))]))
        }
    };
    html! { (tag(tone, &w.t(state))) " " (text) }
}

/// How many have answered, as far as it may be said.
pub(super) fn answered_sentence(visitor: &Visitor, survey: &Survey, answered: u64) -> String {
    let w = visitor.words();
    if answered > 0 && answered < u64::from(survey.smallest) {
        w.with("survey-answered-few", &[("smallest", &survey.smallest)])
    } else {
        w.with("survey-answered", &[("count", &answered)])
    }
}

/// The page.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    render(&visitor, &scope, &here, &Typed::default(), &Problems::default()).await
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    here: &Here,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let survey = &here.survey;
    let mut reader = cx.read().await?;
    let answered = answered(cx, &mut reader, survey).await?;
    let response = monitoring(cx, &mut reader, &scope.grant, survey, here.form.form(), answered).await?;
    let reads = scope.grant.permits(Action::ReadSurveyTexts);
    let alerts = if reads { texts::alerts(&mut reader, &scope.grant, survey.id).await?.len() } else { 0 };
    let takes = survey.window().takes_answers(cx.now());
    let open = survey.window().taking(cx.now()) == Taking::Open;
    let runs = scope.grant.permits(Action::RunSurvey);
    let links = hand_out::links(visitor, scope, here).await?;
    let body = html! {
        p { (state_tag(visitor, survey)) }
        p class="kl_lead" { (answered_sentence(visitor, survey, answered)) }
        @if alerts > 0 {
            (warning(&w.t("warning"), &html! { p { a href=(here.href(scope, "/texts")) { (w.with("survey-alerts", &[("count", &alerts)])) } } }))
        }
        @if !takes && scope.grant.permits(Action::SeeSurveyResults) {
            p { a class="ds_button" href=(here.href(scope, "/results")) { (w.t("survey-results")) } }
        }
        @if takes { (inset(&html! { p { (w.t("survey-results-closed")) } })) }
        @if reads { p { a href=(here.href(scope, "/texts")) { (w.t("survey-texts")) } } }
        (protection(visitor, survey))
        @if open { (links) }
        (response_section(visitor, here, &response))
        @if takes && scope.grant.permits(Action::CountPeople) {
            p { a href=(here.href(scope, "/people")) { (w.t("survey-people")) } }
        }
        @if scope.grant.permits(Action::KeyPaperAnswers) && takes {
            p { a href=(here.href(scope, "/paper")) { (w.t("survey-key-paper")) } }
        }
        @if open && runs {
            (details(&w.t("survey-move"), &form(&here.href(scope, "/move"), &html! {
                (date_field(&Field::new("closes_on", w.t("survey-closes-on")).error(problems.on("closes_on")),
                    &DateTyped::of("closes_on", |name| typed.get(name)), w))
                (text_field(&Field::new("closes_at", w.t("survey-closes-at")).value(if typed.get("closes_at").is_empty() { "23:59" } else { typed.get("closes_at") })
                    .error(problems.on("closes_at")), "time"))
                (text_area(&Field::new("reason", w.t("survey-move-reason")).value(typed.get("reason")).error(problems.on("reason")), 2))
                (button(&w.t("survey-move-now")))
            })))
            (details(&w.t("survey-close"), &html! {
                p { (w.t("survey-close-explained")) }
                (form(&here.href(scope, "/close"), &button_secondary(&w.t("survey-close-now"))))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &here.inspection, Room::Voices, survey.title.clone(), body);
    layout.breadcrumbs = here.crumbs(visitor, scope, false);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn protection(visitor: &Visitor, survey: &Survey) -> Markup {
    let w = visitor.words();
    callout(
        &w.t("survey-protected"),
        &html! {
            ul {
                li { (w.t(&format!("survey-way-{}", survey.distribution.word()))) }
                li { (w.with("survey-protected-smallest", &[("smallest", &survey.smallest)])) }
                li { (w.t("survey-protected-day")) }
            }
            p { (w.t("survey-protected-fixed")) }
        },
    )
}

fn response_section(visitor: &Visitor, here: &Here, response: &Monitoring) -> Markup {
    let w = visitor.words();
    let cell = |r: &keyline_domain::voices::response::Response| -> Vec<Markup> {
        let number = r.answered.map_or_else(|| w.t("results-hidden-cell"), |n| n.to_string());
        let people = r.people.map_or_else(|| w.t("survey-people-unknown"), |n| n.to_string());
        let rate = r.percent.map_or_else(String::new, |p| w.with("percent", &[("value", &p)]));
        let note = if r.missing { w.t("survey-missing") } else { String::new() };
        vec![html! { (number) }, html! { (people) }, html! { (rate) }, html! { (note) }]
    };
    let header = [
        w.t("survey-group"),
        w.t("survey-group-answered"),
        w.t("survey-group-people"),
        w.t("survey-group-rate"),
        w.t("survey-group-note"),
    ];
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    html! {
        section {
            h2 { (w.t("survey-response")) }
            p { (w.with("survey-response-text", &[("smallest", &here.survey.smallest)])) }
            @let all: Vec<Markup> = std::iter::once(html! { (w.t("survey-everybody")) }).chain(cell(&response.whole)).collect();
            (crate::components::table(&w.t("survey-response-whole"), &header, &[all]))
            @for group in &response.groups {
                @let rows: Vec<Vec<Markup>> = group.choices.iter().map(|(value, r)|
                    std::iter::once(html! { (here.choice(&group.question, value)) }).chain(cell(r)).collect()).collect();
                (crate::components::table(&here.question(&group.question), &header, &rows))
            }
        }
    }
}

/// Closes the survey before its minute.
pub(super) async fn close(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let id = survey.parse().map_err(|_| PageError::NOT_FOUND)?;
    close_survey(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    Ok(Redirect::to(&scope.href(&format!("voices/surveys/{id}?done=survey-closed"))).into_response())
}

/// Moves the minute at which it closes.
pub(super) async fn move_minute(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let day = DateTyped::of("closes_on", |name| typed.get(name)).date();
    let time = typed.get("closes_at").parse::<Time>().ok();
    let at = day.zip(time).and_then(|(day, time)| at_london(day, time).ok());
    let Some(at) = at else {
        let (field, key) =
            if day.is_none() { ("closes_on", "problem-date") } else { ("closes_at", "problem-time") };
        let problems = Problems::one(&visitor, field, key);
        return render(&visitor, &scope, &here, &typed, &problems).await;
    };
    let (cx, actor, inspection) = (visitor.cx(), visitor.actor(), scope.grant.inspection());
    match move_closing(cx, actor, inspection, here.survey.id, at, typed.get("reason")).await {
        Ok(()) => Ok(Redirect::to(&here.href(&scope, "?done=survey-moved")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &here, &typed, &problems).await
        }
    }
}
