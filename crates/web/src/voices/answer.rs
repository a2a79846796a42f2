//! The page on which a survey is answered: on a phone, without an account. It knows nothing of who answers.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use comrak::{Options, markdown_to_html};
use keyline_domain::ids::AnswerId;
use keyline_domain::voices::closed_because;
use keyline_forms::Problem;
use keyline_operations::voices::{Answered, Sent, answer_survey};
use keyline_store::voices::{Survey, find_public};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;

use crate::components::{
    TypedAnswers, Width, button, confirmation, error_summary, form, hidden, inset, problem_list, questions,
};
use crate::frame::{PageError, PageResult, Typed, Visitor};

/// Shows the questions, or that the survey is not open.
pub(super) async fn get(visitor: Visitor, Path(address): Path<String>) -> PageResult {
    let (survey, area) =
        find_public(&mut visitor.cx().read().await?, &address).await?.ok_or(PageError::NOT_FOUND)?;
    if let Some(reason) = closed_because(survey.state, survey.closes_on, visitor.cx().today()) {
        let w = visitor.words();
        let body = html! { p { (visitor.sentence(&reason)) } (help(&visitor, &survey, &area).await?) };
        let mut layout = visitor.layout(survey.instrument.title.clone(), body);
        layout.person = None;
        layout.width = Width::Text;
        layout.exit = Some(visitor.cx().settings.exit_address.clone());
        layout.above = Some(w.t("survey-above"));
        return Ok(visitor.show(&layout));
    }
    let id = AnswerId::random(visitor.cx().random());
    render(&visitor, &survey, &area, id, &TypedAnswers::new(), &[]).await
}

/// Keeps the answer, or shows what is wrong and everything that was typed.
pub(super) async fn post(visitor: Visitor, Path(address): Path<String>, typed: Typed) -> PageResult {
    let id = typed.parse::<AnswerId>("answer").unwrap_or_else(|| AnswerId::random(visitor.cx().random()));
    let pairs = typed.pairs().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    match answer_survey(visitor.cx(), Sent { address: address.clone(), id, pairs }).await? {
        Answered::Kept => Ok(Redirect::to(&format!("/surveys/{address}/thanks")).into_response()),
        Answered::Problems(submission) => {
            let (survey, area) =
                find_public(&mut visitor.cx().read().await?, &address).await?.ok_or(PageError::NOT_FOUND)?;
            render(&visitor, &survey, &area, id, &submission.typed, &submission.problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    survey: &Survey,
    area: &str,
    id: AnswerId,
    typed: &TypedAnswers,
    problems: &[Problem],
) -> PageResult {
    let w = visitor.words();
    let texts = texts(visitor, survey, area).await?;
    let body = html! {
        div class="kl_text" { (texts.introduction) }
        (form(&format!("/surveys/{}", survey.address), &html! {
            (hidden("answer", id))
            (questions(w, &survey.instrument, typed, problems))
            // Help stands before the button, with what anonymity means: a rule of the field.
            (inset(&html! { h2 { (w.t("survey-before-sending")) } (texts.notice) (texts.help) }))
            (button(&w.t("survey-send")))
        }))
    };
    let mut layout = visitor.layout(survey.instrument.title.clone(), body);
    // Whoever is signed in answers like everybody else, and the page says so by not naming anybody.
    layout.person = None;
    layout.width = Width::Text;
    layout.exit = Some(visitor.cx().settings.exit_address.clone());
    layout.above = Some(w.t("survey-above"));
    let status = if problems.is_empty() {
        axum::http::StatusCode::OK
    } else {
        let list = problem_list(w, problems);
        layout.problems = Some(error_summary(&w.t("error-summary-title"), &list));
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(visitor.show_as(status, &layout))
}

struct Texts {
    introduction: Markup,
    notice: Markup,
    help: Markup,
}

// The programme's texts for the page. They come from files of the installation, not from people who answer.
async fn texts(visitor: &Visitor, survey: &Survey, area: &str) -> Result<Texts, PageError> {
    let cx = visitor.cx();
    let w = visitor.words();
    let grant = cx
        .grant(
            &keyline_domain::access::Actor::Clock,
            survey.inspection,
            keyline_domain::access::Action::SeeInspection,
        )
        .await?;
    let inspection = keyline_store::inspections::get(&mut cx.read().await?, &grant).await?;
    let programme = cx.programme(&inspection)?;
    let council = cx.library.council(area).map_or(area, |c| c.name.as_str());
    let mut values: BTreeMap<&str, String> = BTreeMap::from([
        ("area", council.to_owned()),
        ("council", council.to_owned()),
        ("audience", w.t(&format!("audience-{}", survey.audience))),
        ("minutes", survey.instrument.minutes.unwrap_or(15).to_string()),
        ("survey-closes", w.date(survey.closes_on)),
    ]);
    let fill = |key: &str, values: &BTreeMap<&str, String>| {
        programme
            .texts
            .get(key)
            .map_or(Ok(String::new()), |t| t.fill(w.lang(), values))
            .map_err(|e| PageError::fault(&e))
    };
    let (notice, help) = (fill("anonymous-notice", &values)?, fill("help", &values)?);
    // They stand before the button, so the introduction does not say them a second time.
    values.insert("anonymous-notice", String::new());
    values.insert("help", String::new());
    let introduction = fill("survey-introduction", &values)?;
    // The page has its own heading.
    let introduction = introduction.lines().filter(|l| !l.starts_with("# ")).collect::<Vec<_>>().join("\n");
    let set = |text: &str| PreEscaped(markdown_to_html(text, &Options::default()));
    Ok(Texts { introduction: set(&introduction), notice: set(&notice), help: set(&help) })
}

async fn help(visitor: &Visitor, survey: &Survey, area: &str) -> Result<Markup, PageError> {
    Ok(inset(&texts(visitor, survey, area).await?.help))
}

/// Thanks, with the help once more.
pub(super) async fn thanks(visitor: Visitor, Path(address): Path<String>) -> PageResult {
    let (survey, area) =
        find_public(&mut visitor.cx().read().await?, &address).await?.ok_or(PageError::NOT_FOUND)?;
    let w = visitor.words();
    let body = html! {
        (confirmation(&w.t("survey-thanks"), &html! { p { (w.t("survey-thanks-text")) } }))
        (help(&visitor, &survey, &area).await?)
    };
    let mut layout = visitor.layout(survey.instrument.title.clone(), body);
    layout.person = None;
    layout.width = Width::Text;
    layout.exit = Some(visitor.cx().settings.exit_address.clone());
    Ok(visitor.show(&layout))
}
