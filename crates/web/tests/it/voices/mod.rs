//! Surveys from opening to results, and the notes of sessions.

mod answering;
mod closing;
mod codes;
mod notes;
mod paper;
mod reading;
mod results;

use keyline_testing::{Answer, TestApp, World};
use serde_json::{Value, json};

/// What is typed to open a survey on the day after next.
pub(crate) fn opening<'a>(instrument: &'a str, way: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("instrument", instrument),
        ("closes_on-day", "16"),
        ("closes_on-month", "1"),
        ("closes_on-year", "2026"),
        ("closes_at", "17:00"),
        ("distribution", way),
        ("child_protection", "Fictional child protection, 01632 960 001"),
        ("adult_protection", "Fictional adult protection, 01632 960 002"),
    ]
}

/// A survey that is open, as its tests need it.
pub(crate) struct Opened {
    pub(crate) world: World,
    /// Address of its page for the team.
    pub(crate) page: String,
    /// Path of its public page.
    pub(crate) path: String,
}

/// Opens a survey in a world of its own.
pub(crate) async fn open(app: &TestApp, instrument: &str, way: &str) -> Opened {
    let world = World::notified(app).await;
    open_in(app, world, instrument, way).await
}

/// Opens a survey.
pub(crate) async fn open_in(app: &TestApp, world: World, instrument: &str, way: &str) -> Opened {
    let lead = app.browser(world.lead).await;
    let done = lead.post(&world.href("voices/surveys"), &opening(instrument, way)).await;
    let page = done.location().split('?').next().expect("an address").to_owned();
    assert!(page.contains("voices/surveys/sur_"), "the survey is not open: {page}");
    let shown = lead.get(&page).await.ok();
    let path = shown.attribute("a[href^='/surveys/']", "href").expect("a link");
    Opened { world, page, path }
}

/// The path of an open staff survey.
pub(crate) async fn open_survey(app: &TestApp) -> String {
    open(app, "staff-survey", "open-link").await.path
}

/// The fields with which the last page sends an answer.
pub(crate) fn sending(id: &str, answers: &Value) -> Vec<(String, String)> {
    let mut pairs =
        vec![("-act".to_owned(), "send".to_owned()), ("-answers".to_owned(), answers.to_string())];
    if !id.is_empty() {
        pairs.push(("-answer".to_owned(), id.to_owned()));
    }
    pairs
}

/// As the browser takes them.
pub(crate) fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

/// Sends an answer and expects thanks.
pub(crate) async fn sent(app: &TestApp, path: &str, answers: &Value) {
    let pairs = sending("", answers);
    app.anyone().post(path, &borrowed(&pairs)).await.redirects_to(&format!("{path}/thanks"));
}

/// All required closed questions of the staff survey, with the first choice each and this service.
pub(crate) async fn whole_answer(app: &TestApp, path: &str, service: &str) -> Value {
    let opened =
        keyline_operations::voices::open_survey_page(&app.cx, path.rsplit('/').next().expect("an address"))
            .await
            .expect("the survey");
    let form = opened.form.form();
    let mut answers = serde_json::Map::new();
    for question in form.questions() {
        let Some(first) = question.list().and_then(|list| form.list(list)?.choices.first()) else { continue };
        let several = question.kind == keyline_forms::form::Kind::SelectMultiple;
        let value = if question.name == "service" { json!(service) } else { json!(first.name) };
        answers.insert(question.name.clone(), if several { json!([first.name]) } else { value });
    }
    Value::Object(answers)
}

/// The name of the first question of a survey that is answered in own words.
pub(crate) async fn answers_in_own_words(app: &TestApp, path: &str) -> String {
    let address = path.rsplit('/').next().expect("an address");
    let opened = keyline_operations::voices::open_survey_page(&app.cx, address).await.expect("the survey");
    let mut questions = opened.form.form().questions();
    questions.find(|question| keyline_operations::voices::is_free_text(question)).expect("one").name.clone()
}

/// The fields of the form on a page that would be sent with a button.
pub(crate) fn pressed(page: &Answer, act: &str) -> Vec<(String, String)> {
    let mut pairs = vec![("-act".to_owned(), act.to_owned())];
    for name in ["-answer", "-answers", "-page", "-language", "code", "contact"] {
        if let Some(value) = page.attribute(&format!("main input[name='{name}']"), "value") {
            pairs.push((name.to_owned(), value));
        }
    }
    pairs
}

/// What a person sees who goes on from a page with these fields.
pub(crate) async fn press(
    app: &TestApp,
    path: &str,
    page: &Answer,
    act: &str,
    more: &[(&str, &str)],
) -> Answer {
    let mut pairs = pressed(page, act);
    pairs.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    app.anyone().post(path, &borrowed(&pairs)).await
}
