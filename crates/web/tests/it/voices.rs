//! The staff survey from opening to results, and session notes.

use jiff::SignedDuration;
use keyline_operations::voices::Sent;
use keyline_testing::{TestApp, World};

const OPEN: &[(&str, &str)] = &[
    ("instrument", "staff-survey"),
    ("closes_on-day", "16"),
    ("closes_on-month", "1"),
    ("closes_on-year", "2026"),
];

pub(crate) fn answers(page: &keyline_testing::Answer, service: &str) -> Vec<(String, String)> {
    let mut pairs =
        vec![("answer".to_owned(), page.attribute("input[name=answer]", "value").expect("an id"))];
    for name in page.attributes("main input[type=radio]", "name") {
        if pairs.iter().any(|(n, _)| *n == name) {
            continue;
        }
        let value = if name == "service" {
            service.to_owned()
        } else {
            page.attribute(&format!("input[name='{name}']"), "value").expect("a value")
        };
        pairs.push((name, value));
    }
    pairs
}

pub(crate) fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

#[tokio::test]
async fn staff_answer_on_a_phone_and_results_hide_small_numbers() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    lead.post(&world.href("voices/surveys"), &[("instrument", "staff-survey")]).await.unprocessable();
    lead.post(&world.href("voices/surveys"), OPEN).await.redirects_to(&world.href("voices/surveys"));
    lead.post(&world.href("voices/surveys"), OPEN).await.unprocessable();
    let page = lead.get(&world.href("voices/surveys")).await.ok().says("Nobody has answered yet");
    let link = page.all("a[href^='/surveys/']").pop().unwrap();
    let path = link.strip_prefix("http://keyline.test").unwrap().to_owned();

    let anyone = app.anyone();
    let form = anyone.get(&path).await.ok().says("0800 1111").says("Your answers are anonymous");
    let text = form.text();
    assert!(
        text.find("0800 1111").unwrap() < text.find("Send my answers").unwrap(),
        "help stands before the button"
    );
    anyone.post(&path, &[("role", "practitioner")]).await.unprocessable().says("Answer this question");
    for n in 0..8 {
        let form = anyone.get(&path).await.ok();
        let pairs = answers(&form, if n < 6 { "social-work" } else { "health" });
        anyone.post(&path, &borrowed(&pairs)).await.redirects_to(&format!("{path}/thanks"));
        // The same form sent again counts once.
        anyone.post(&path, &borrowed(&pairs)).await.redirects_to(&format!("{path}/thanks"));
    }
    let page = lead.get(&world.href("voices/surveys")).await.ok().says("8 people have answered");
    let close = page.attribute("form[action$='/close']", "action").unwrap();
    let results = close.replace("/close", "/results");
    lead.get(&results).await.ok().says("Not yet");
    app.browser(world.coordinator).await.post(&close, &[]).await.not_found();
    lead.post(&close, &[]).await.redirects_to(&world.href("voices/surveys"));
    let coordinator = app.browser(world.coordinator).await;
    coordinator.get(&results).await.ok().says("8 people have answered").says("hidden");
    app.browser(world.volunteer).await.get(&results).await.not_found();
    anyone.get(&path).await.ok().says("This survey closed");
    let form = keyline_domain::ids::AnswerId::random(app.cx.random());
    let late = Sent { address: path.rsplit('/').next().unwrap().into(), id: form, pairs: vec![] };
    assert!(keyline_operations::voices::answer_survey(&app.cx, late).await.is_err());
}

pub(crate) async fn open_survey(app: &TestApp) -> String {
    let world = World::notified(app).await;
    let lead = app.browser(world.lead).await;
    lead.post(&world.href("voices/surveys"), OPEN).await.redirects_to(&world.href("voices/surveys"));
    let page = lead.get(&world.href("voices/surveys")).await.ok();
    let link = page.all("a[href^='/surveys/']").pop().expect("a link");
    link.strip_prefix("http://keyline.test").expect("our own address").to_owned()
}

#[tokio::test]
async fn an_office_may_send_many_answers_and_a_program_not_endlessly() {
    let app = TestApp::new().await;
    let path = open_survey(&app).await;
    let thanks = format!("{path}/thanks");
    let office = app.anyone().at("203.0.113.7");
    let form = office.get(&path).await.ok();
    let mut pairs = answers(&form, "health");
    for _ in 0..500 {
        office.post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    }
    let held = office.post(&path, &borrowed(&pairs)).await;
    assert_eq!((held.status.as_u16(), held.header("retry-after")), (429, "2"));
    // Everything that was typed stands in the page, so that pressing the button again sends it.
    let mut kept = answers(&held, "health");
    for (name, value) in &mut kept {
        if let Some(chosen) = held.attribute(&format!("input[name='{name}'][checked]"), "value") {
            *value = chosen;
        }
    }
    kept.sort();
    pairs.sort();
    assert_eq!(kept, pairs);
    held.says("Nothing you typed is lost");
    // Somewhere else, and where the address is not known, nobody waits.
    app.anyone().at("203.0.113.8").post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.anyone().at("127.0.0.1").post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.anyone().post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.forward(SignedDuration::from_secs(2));
    office.post(&path, &borrowed(&kept)).await.redirects_to(&thanks);
}

#[tokio::test]
async fn a_survey_closes_by_itself_after_its_last_day() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    lead.post(&world.href("voices/surveys"), OPEN).await.redirects_to(&world.href("voices/surveys"));
    assert_eq!(keyline_operations::voices::close_overdue_surveys(&app.cx).await.unwrap(), 0);
    app.forward(SignedDuration::from_hours(24 * 12));
    assert_eq!(keyline_operations::voices::close_overdue_surveys(&app.cx).await.unwrap(), 1);
    assert_eq!(keyline_operations::voices::close_overdue_surveys(&app.cx).await.unwrap(), 0);
}

#[tokio::test]
async fn nothing_in_the_table_tells_who_answered_or_when() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    lead.post(&world.href("voices/surveys"), OPEN).await.redirects_to(&world.href("voices/surveys"));
    let page = lead.get(&world.href("voices/surveys")).await.ok();
    let link = page.all("a[href^='/surveys/']").pop().unwrap();
    let path = link.strip_prefix("http://keyline.test").unwrap().to_owned();
    let before = entries(&app).await;
    let form = app.anyone().get(&path).await.ok();
    app.anyone().post(&path, &borrowed(&answers(&form, "police"))).await.redirects_to(&path);
    assert_eq!(entries(&app).await, before, "no audit entry tells when somebody answered");
    let texts = keyline_store::migration_texts(keyline_store::Engine::Sqlite);
    let table = texts.iter().find_map(|(_, _, sql)| sql.split("CREATE TABLE survey_answer").nth(1)).unwrap();
    let table = table.split("PRIMARY KEY").next().unwrap();
    assert!(!table.contains("_at") && !table.contains("person") && table.contains("answers"));
}

async fn entries(app: &TestApp) -> i64 {
    let mut reader = app.cx.read().await.expect("a connection");
    keyline_store::audit::verify(&mut reader).await.expect("readable").expect("unbroken")
}

#[tokio::test]
async fn a_note_is_the_writers_own_and_two_windows_are_shown_both_texts() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let volunteer = app.browser(world.volunteer).await;
    let note = |text: &'static str, version: &'static str| {
        vec![
            ("kind", "young-people-group"),
            ("held_on-day", "5"),
            ("held_on-month", "1"),
            ("held_on-year", "2026"),
            ("audience", "Fictional young people"),
            ("people", "6"),
            ("note", text),
            ("version", version),
        ]
    };
    let new = world.href("voices/sessions/new");
    volunteer.post(&new, &note("", "")).await.unprocessable().says("Fill this in");
    volunteer.post(&new, &note("Mr Fictional spoke.", "")).await.unprocessable().says("name of a person");
    volunteer
        .post(&new, &note("The desk at 0131 496 0000 answered.", ""))
        .await
        .unprocessable()
        .says("I have checked");
    volunteer.post(&new, &note("They feel heard.", "")).await.redirects_to(&world.href("voices/sessions"));
    let page = volunteer.get(&world.href("voices/sessions")).await.ok().says("They feel heard.");
    let edit = page.attribute("a[href*='/voices/sessions/ses_']", "href").unwrap();
    app.browser(world.lead).await.get(&edit).await.not_found();
    app.browser(world.lead).await.get(&world.href("voices/all-sessions")).await.ok().says("They feel heard.");
    volunteer.get(&world.href("voices/all-sessions")).await.not_found();
    volunteer.post(&edit, &note("First window.", "1")).await.redirects_to(&world.href("voices/sessions"));
    let both = volunteer.post(&edit, &note("Second window.", "1")).await.conflict();
    let both = both.says("First window.").says("Second window.");
    assert_eq!(both.attribute("input[name=version]", "value").unwrap(), "2");
    volunteer.post(&edit, &note("Both windows.", "2")).await.redirects_to(&world.href("voices/sessions"));
    app.browser(world.coordinator).await.get(&world.href("voices/sessions")).await.not_found();
}
