//! The page on which a survey is answered: on a phone, without an account. It knows nothing of who answers.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use comrak::{Options, markdown_to_html};
use keyline_domain::ids::AnswerId;
use keyline_domain::voices::closed_because;
use keyline_forms::{Answers, Problem};
use keyline_operations::Refused;
use keyline_operations::voices::{Answered, Sent, answer_survey};
use keyline_store::voices::{Survey, find_public};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;

use crate::components::{
    TypedAnswers, Width, button, confirmation, form, hidden, inset, problem_list, questions,
};
use crate::frame::{PageError, PageResult, Sender, Typed, Visitor};

/// Shows the questions, or that the survey is not open.
pub(super) async fn get(visitor: Visitor, Path(address): Path<String>) -> PageResult {
    let (survey, area) = survey_at(&visitor, &address).await?;
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
    render(&visitor, &survey, &area, id, &TypedAnswers::new(), &Wrong::Nothing).await
}

/// Keeps the answer, or shows what is wrong and everything that was typed.
pub(super) async fn post(
    visitor: Visitor,
    sender: Sender,
    Path(address): Path<String>,
    typed: Typed,
) -> PageResult {
    let id = typed.parse::<AnswerId>("answer").unwrap_or_else(|| AnswerId::random(visitor.cx().random()));
    if let Err(wait) = visitor.app().limits.answers.take(sender, visitor.cx().now()) {
        let said = wait.said(&visitor, "survey-wait");
        return Ok(
            wait.on(not_kept(&visitor, &address, id, &typed, StatusCode::TOO_MANY_REQUESTS, said).await?)
        );
    }
    let pairs = typed.pairs().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    match answer_survey(visitor.cx(), Sent { address: address.clone(), id, pairs }).await {
        Ok(Answered::Kept) => Ok(Redirect::to(&format!("/surveys/{address}/thanks")).into_response()),
        Ok(Answered::Problems(submission)) => {
            let (survey, area) = survey_at(&visitor, &address).await?;
            render(&visitor, &survey, &area, id, &submission.typed, &Wrong::Answers(submission.problems))
                .await
        }
        Err(Refused::Full) => {
            let said = visitor.words().t("survey-not-kept");
            not_kept(&visitor, &address, id, &typed, StatusCode::INSUFFICIENT_STORAGE, said).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn survey_at(visitor: &Visitor, address: &str) -> Result<(Survey, String), PageError> {
    find_public(&mut visitor.cx().read().await?, address).await?.ok_or(PageError::NOT_FOUND)
}

// The form once more with everything that was typed, under the same id: sent twice, it still counts once.
async fn not_kept(
    visitor: &Visitor,
    address: &str,
    id: AnswerId,
    typed: &Typed,
    status: StatusCode,
    said: String,
) -> PageResult {
    let (survey, area) = survey_at(visitor, address).await?;
    let pairs = typed.pairs().map(|(k, v)| (k.to_owned(), v.to_owned()));
    let typed = Answers::from_form(&survey.instrument, pairs).typed;
    render(visitor, &survey, &area, id, &typed, &Wrong::NotKept(status, said)).await
}

// What stands at the head of the form.
enum Wrong {
    Nothing,
    Answers(Vec<Problem>),
    NotKept(StatusCode, String),
}

async fn render(
    visitor: &Visitor,
    survey: &Survey,
    area: &str,
    id: AnswerId,
    typed: &TypedAnswers,
    wrong: &Wrong,
) -> PageResult {
    let problems = if let Wrong::Answers(problems) = wrong { problems.as_slice() } else { &[] };
    let w = visitor.words();
    let texts = texts(visitor, survey, area).await?;
    let body = html! {
        div class="kl_text" { (texts.introduction) }
        (form(&format!("/surveys/{}", survey.address), &html! {
            (hidden("answer", id))
            // Where the head of the page leads to when nothing is wrong with any one answer.
            div id="answers" {}
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
    let (status, list) = match wrong {
        Wrong::Nothing => (StatusCode::OK, Vec::new()),
        Wrong::Answers(problems) => (StatusCode::UNPROCESSABLE_ENTITY, problem_list(w, problems)),
        Wrong::NotKept(status, said) => (*status, vec![("answers".to_owned(), said.clone())]),
    };
    if !list.is_empty() {
        layout.problems = Some(list);
    }
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
    let (survey, area) = survey_at(&visitor, &address).await?;
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
