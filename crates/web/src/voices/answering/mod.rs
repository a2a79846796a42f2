//! The pages on which a survey is answered: on a phone, without an account and without a script. They know nothing of
//! who answers, and nothing is kept before the person sends.
//!
//! | module | subject |
//! | --- | --- |
//! | this one | the steps: start, a page of questions, looking over, sending |
//! | `carried` | what a page carries to the next, all of it distrusted |
//! | `shown` | a form being filled in, as controls and as a summary |
//! | `start`, `check` | the first page and the last |
//! | `texts` | the programme's words around the questions |

mod carried;
mod check;
pub(crate) mod shown;
mod start;
pub(crate) mod texts;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::voices::{Distribution, Taking};
use keyline_operations::Refused;
use keyline_operations::voices::{
    Answered, OpenedSurvey, Sent, answer_survey, check_code, not_taken, open_survey_page,
};
use keyline_words::Words;
use maud::{Markup, html};

use self::carried::{ACT, Carried, words_in};
use self::shown::{Fault, Shown};
use self::texts::SurveyTexts;
use crate::components::{
    Button, Kind, Layout, Width, asked, button_group, confirmation, form, inset, language_of, progress_bar,
};
use crate::frame::{PageError, PageResult, Sender, Typed, Visitor};

/// What is done with a page.
mod act {
    pub(super) const START: &str = "start";
    pub(super) const NEXT: &str = "next";
    pub(super) const BACK: &str = "back";
    pub(super) const SEND: &str = "send";
    /// Followed by a page.
    pub(super) const GO: &str = "go:";
}

/// A visit to a survey: what every page of it needs. The programme's words are filled in for the pages that show them
/// alone: not for pages of questions, and not for an answer that is taken.
pub(crate) struct Visit<'v> {
    visitor: &'v Visitor,
    address: &'v str,
    opened: &'v OpenedSurvey,
    pub(crate) words: Words<'v>,
}

impl<'v> Visit<'v> {
    pub(crate) fn of(
        visitor: &'v Visitor,
        address: &'v str,
        opened: &'v OpenedSurvey,
        language: &str,
    ) -> Self {
        let language = language_of(opened.form.form(), language);
        let words = words_in(visitor, &language);
        Self { visitor, address, opened, words }
    }

    /// The programme's words around the questions.
    pub(crate) async fn texts(&self) -> Result<SurveyTexts, PageError> {
        SurveyTexts::of(self.visitor, self.opened, self.words).await
    }

    fn action(&self) -> String {
        format!("/surveys/{}", self.address)
    }

    fn title(&self) -> String {
        self.opened.form.form().title.clone()
    }

    fn layout(&self, title: String, body: Markup) -> Layout<'v> {
        let mut layout = self.visitor.layout(title, body);
        layout.words = self.words;
        // Whoever is signed in answers like everybody else, and the page says so by not naming anybody.
        layout.person = None;
        layout.administrator = false;
        layout.width = Width::Text;
        layout.exit = Some(self.visitor.cx().settings.exit_address.clone());
        layout.above = Some(self.words.t("survey-above"));
        layout.script = Some("survey.js");
        layout
    }

    fn show(&self, status: StatusCode, mut layout: Layout<'_>, problems: Vec<(String, String)>) -> Response {
        if !problems.is_empty() {
            layout.problems = Some(problems);
        }
        self.visitor.show_as(status, &layout)
    }

    async fn closed(&self, sentence: &str) -> PageResult {
        let body = html! { p { (sentence) } (inset(&self.texts().await?.help(self.words))) };
        Ok(self.show(StatusCode::OK, self.layout(self.title(), body), Vec::new()))
    }
}

/// The first page, or that the survey takes no answers.
pub(super) async fn get(visitor: Visitor, Path(address): Path<String>, asked: Typed) -> PageResult {
    first(&visitor, &address, &asked, "").await
}

/// The first page with the code filled in, as the printed sheets lead to it.
pub(super) async fn with_code(
    visitor: Visitor,
    Path((address, code)): Path<(String, String)>,
    asked: Typed,
) -> PageResult {
    first(&visitor, &address, &asked, &code).await
}

async fn first(visitor: &Visitor, address: &str, asked: &Typed, code: &str) -> PageResult {
    let opened = open_survey_page(visitor.cx(), address).await?;
    let wanted = Some(asked.get("language")).filter(|tag| !tag.is_empty());
    let visit = Visit::of(visitor, address, &opened, wanted.unwrap_or_else(|| visitor.words().lang()));
    if let Some(reason) = not_taken(visitor.cx(), &opened.public.survey, false) {
        return visit.closed(&shown::sentence(visit.words, &reason)).await;
    }
    start::page(&visit, &carried_anew(visitor, &visit, code), None).await
}

fn carried_anew(visitor: &Visitor, visit: &Visit<'_>, code: &str) -> Carried {
    let mut carried = Carried::of(visitor, &Typed::default());
    visit.words.lang().clone_into(&mut carried.language);
    code.clone_into(&mut carried.code);
    if let Some((question, value)) = &visit.opened.public.filled_in {
        carried.answers[question] = serde_json::Value::String(value.clone());
    }
    carried
}

/// One step on: from the first page, from a page of questions, or from looking over.
pub(super) async fn post(
    visitor: Visitor,
    sender: Sender,
    Path(address): Path<String>,
    typed: Typed,
) -> PageResult {
    let opened = open_survey_page(visitor.cx(), &address).await?;
    let carried = Carried::of(&visitor, &typed);
    let visit = Visit::of(&visitor, &address, &opened, &carried.language);
    let begun = carried.act != act::START;
    if let Some(reason) = not_taken(visitor.cx(), &opened.public.survey, begun) {
        return visit.closed(&shown::sentence(visit.words, &reason)).await;
    }
    if opened.public.survey.distribution == Distribution::Codes && !begun {
        // Trying codes is as dear as sending answers.
        if let Err(wait) = visitor.app().limits.answers.take(sender, visitor.cx().now()) {
            let said = visit.words.with("survey-wait", &[("seconds", &wait.seconds)]);
            return Ok(wait.on(start::page(&visit, &carried, Some(said)).await?));
        }
        if let Err(refused) = check_code(visitor.cx(), &opened, &carried.code).await {
            let said = code_problem(&visit, refused)?;
            return start::page(&visit, &carried, Some(said)).await;
        }
    }
    // Sending fills the form in by itself; a page is made of it only when something is wrong.
    if carried.act == act::SEND && !carried.damaged {
        return send(&visit, &carried, sender).await;
    }
    let shown = Shown::of(&visit, &carried);
    if carried.damaged {
        let fault = Fault::of_page(visit.words.t("answer-not-understood"));
        return Ok(questions(&visit, &carried, &shown, &shown.first_page(), vec![fault]));
    }
    let faults = if begun { shown.take(&carried.page, &typed) } else { Vec::new() };
    let carried = Carried { answers: shown.answers(), ..carried };
    let go = carried.act.strip_prefix(act::GO);
    if go.is_none() && carried.act != act::BACK && !faults.is_empty() {
        let page = carried.page.clone();
        return Ok(questions(&visit, &carried, &shown, &page, faults));
    }
    let next = match (carried.act.as_str(), go) {
        (_, Some(page)) => Some(page.to_owned()).filter(|page| shown.has_page(page)),
        (act::START, _) => shown.pages().first().cloned(),
        (act::BACK, _) => match shown.before(&carried.page) {
            Some(page) => Some(page),
            None => return start::page(&visit, &carried, None).await,
        },
        _ => shown.after(&carried.page),
    };
    match next {
        Some(page) => Ok(questions(&visit, &carried, &shown, &page, Vec::new())),
        None => check::page(&visit, &carried, &shown, StatusCode::OK, Vec::new()).await,
    }
}

fn code_problem(visit: &Visit<'_>, refused: Refused) -> Result<String, PageError> {
    match refused {
        Refused::Fields(problems) if !problems.is_empty() => {
            Ok(shown::sentence(visit.words, &problems[0].reason))
        }
        other => Err(other.into()),
    }
}

/// A page of questions.
fn questions(
    visit: &Visit<'_>,
    carried: &Carried,
    shown: &Shown<'_>,
    page: &str,
    faults: Vec<Fault>,
) -> Response {
    let w = visit.words;
    let (n, of) = shown.progress(page);
    let progress = w.with("survey-progress", &[("n", &n), ("of", &of)]);
    let content = shown.page(page, &faults);
    let next = w.t("survey-next");
    let back = w.t("survey-back");
    let body = html! {
        @if let Taking::LastMinutes { until } = visit.opened.public.survey.window().taking(visit.visitor.cx().now()) {
            (inset(&html! { p { (w.with("survey-last-minutes", &[("at", &shown::minute(w, until))])) } }))
        }
        (progress_bar("progress", &w.t("survey-progress-label"), n, of, &progress))
        (form(&visit.action(), &html! {
            (carried.fields(page))
            div id="page" data-read-aloud data-say=(w.t("survey-read-aloud")) data-stop=(w.t("survey-read-stop"))
                data-keep=(visit.opened.public.survey.id) data-keep-page=(page) {
                @for question in &content.questions { (asked(w, question)) }
            }
            // The button that goes on stands first, so that the Enter key goes on.
            (button_group(&html! {
                (Button::new(&next).sends(ACT, act::NEXT))
                (Button::new(&back).kind(Kind::Secondary).sends(ACT, act::BACK))
            }))
        }))
    };
    let title = content.heading.unwrap_or_else(|| visit.title());
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let list = faults.into_iter().map(|fault| (fault.field, fault.said)).collect();
    visit.show(status, visit.layout(title, body), list)
}

async fn send(visit: &Visit<'_>, carried: &Carried, sender: Sender) -> PageResult {
    let visitor = visit.visitor;
    let w = visit.words;
    let again = async |status, field: &str, said: String| {
        let shown = Shown::of(visit, carried);
        check::page(visit, carried, &shown, status, vec![(field.to_owned(), said)]).await
    };
    if let Err(wait) = visitor.app().limits.answers.take(sender, visitor.cx().now()) {
        let said = w.with("survey-wait", &[("seconds", &wait.seconds)]);
        return Ok(wait.on(again(StatusCode::TOO_MANY_REQUESTS, "send", said).await?));
    }
    let sent = Sent {
        id: carried.answer,
        answers: carried.answers.clone(),
        code: keyline_domain::voices::codes::Code::read(&carried.code).ok(),
        contact: carried.contact.clone(),
    };
    match answer_survey(visitor.cx(), visit.opened, sent).await {
        Ok(Answered::Kept) => {
            let to = format!("{}/thanks?language={}", visit.action(), w.lang());
            Ok(Redirect::to(&to).into_response())
        }
        Ok(Answered::Problems(_)) => {
            // The first page with a fault is shown, with what to do there.
            let shown = Shown::of(visit, carried);
            let (page, faults) = shown.first_faults();
            Ok(questions(visit, carried, &shown, &page, faults))
        }
        Err(Refused::Full) => again(StatusCode::INSUFFICIENT_STORAGE, "send", w.t("survey-not-kept")).await,
        Err(Refused::Fields(problems)) if !problems.is_empty() => {
            let said = shown::sentence(w, &problems[0].reason);
            again(StatusCode::UNPROCESSABLE_ENTITY, &problems[0].field, said).await
        }
        Err(Refused::NotNow(reasons)) if !reasons.is_empty() => {
            visit.closed(&shown::sentence(w, &reasons[0])).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Thanks, with the help once more.
pub(super) async fn thanks(visitor: Visitor, Path(address): Path<String>, asked: Typed) -> PageResult {
    let opened = open_survey_page(visitor.cx(), &address).await?;
    let visit = Visit::of(&visitor, &address, &opened, asked.get("language"));
    let w = visit.words;
    let body = html! {
        div data-kept-sent=(opened.public.survey.id) {
            (confirmation(&w.t("survey-thanks"), &html! { p { (w.t("survey-thanks-text")) } }))
        }
        (inset(&visit.texts().await?.help(w)))
    };
    Ok(visit.show(StatusCode::OK, visit.layout(visit.title(), body), Vec::new()))
}
