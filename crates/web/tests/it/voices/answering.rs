//! Answering: page after page without a script, looking over, sending; and what is tried against it.

use jiff::SignedDuration;
use keyline_testing::TestApp;
use serde_json::json;

use super::{borrowed, open, open_survey, press, sending, sent, whole_answer};

#[tokio::test]
async fn a_parent_answers_page_after_page_goes_back_and_looks_over() {
    let app = TestApp::new().await;
    let survey = open(&app, "parents-carers", "open-link").await;
    let path = &survey.path;
    let start = app.anyone().get(path).await.ok().says("Start").says("0800 1111").says("01632 960 001");
    assert!(start.attribute("html", "lang").as_deref() == Some("en"));
    let first = press(&app, path, &start, "start", &[]).await.ok().says("Page 1 of 12");
    let about = press(&app, path, &first, "next", &[]).await.ok().says("Who are you to the child?");
    let third = press(&app, path, &about, "next", &[("relation", "parent")]).await.ok();
    let back = press(&app, path, &third, "back", &[]).await.ok();
    assert_eq!(
        back.attribute("input[name=relation][checked]", "value").as_deref(),
        Some("parent"),
        "it is still there"
    );
    // What was not offered is refused at its field, and nothing else is lost.
    let wrong = press(&app, path, &back, "next", &[("relation", "stranger")]).await.unprocessable();
    wrong.says("Choose one of the answers offered");
    let look = press(&app, path, &third, "go:end", &[]).await.ok().says("Check your answers").says("Parent");
    let text = look.text();
    let (help, send) = (text.find("0800 1111").unwrap(), text.find("Send my answers").unwrap());
    assert!(help < send && text.contains("Before you send"), "help and notice stand before the button");
    let again = press(&app, path, &look, "go:section:about-you", &[]).await.ok();
    let look = press(&app, path, &again, "next", &[("relation", "other-carer")]).await.ok();
    let look = press(&app, path, &look, "go:end", &[]).await.ok();
    let thanks = press(&app, path, &look, "send", &[("contact", "Fictional, 01632 960 003")]).await;
    app.anyone().follow(&thanks).await.ok().says("Thank you").says("0800 1111");
    let adviser = app.browser(survey.world.lead).await;
    adviser.get(&survey.world.href("voices/contacts")).await.ok().says("Fictional, 01632 960 003");
    app.browser(survey.world.coordinator).await.get(&survey.world.href("voices/contacts")).await.not_found();
}

#[tokio::test]
async fn a_survey_speaks_gaelic_and_arabic_from_right_to_left() {
    let app = TestApp::new().await;
    let path = open(&app, "parents-carers", "open-link").await.path;
    let page = app.anyone().get(&format!("{path}?language=ar")).await.ok();
    assert_eq!(
        (page.attribute("html", "lang").unwrap(), page.attribute("html", "dir").unwrap()),
        ("ar".into(), "rtl".into())
    );
    let next = press(&app, &path, &page, "start", &[]).await.ok();
    assert_eq!(next.attribute("html", "dir").unwrap(), "rtl", "the language goes on from page to page");
    let gaelic = app.anyone().get(&format!("{path}?language=gd")).await.ok().says("English");
    assert_eq!(gaelic.attribute("html", "lang").unwrap(), "gd");
    let page = app.anyone().get(&format!("{path}?language=xx")).await.ok();
    assert_eq!(page.attribute("html", "lang").unwrap(), "en");
}

#[tokio::test]
async fn forged_fields_and_damaged_answers_have_a_clear_page() {
    let app = TestApp::new().await;
    let path = open_survey(&app).await;
    let whole = whole_answer(&app, &path, "health").await;
    let try_it = async |answers: &str| {
        let pairs = [("-act", "send"), ("-answers", answers)];
        app.anyone().post(&path, &pairs).await
    };
    for damaged in ["{", "[1,2]", "\"text\"", "null", "7"] {
        try_it(damaged).await.unprocessable().says("Something in the page was changed on the way");
    }
    let mut forged = whole.clone();
    forged["service"] = json!("the-moon");
    try_it(&forged.to_string()).await.unprocessable().says("Choose one of the answers offered");
    forged["service"] = json!(["health", "police"]);
    try_it(&forged.to_string()).await.unprocessable();
    // A question that nobody asked is dropped, and the answer is taken.
    let mut more = whole.clone();
    more["unknown"] = json!("x");
    try_it(&more.to_string()).await.redirects_to(&format!("{path}/thanks"));
    // Far too long for any form: refused without a fault.
    let long = json!({ "service": "health", "anything": "x".repeat(900_000) }).to_string();
    assert!(try_it(&long).await.status.is_client_error());
    app.anyone().get("/surveys/0000000000000000").await.not_found();
    app.anyone().post("/surveys/0000000000000000", &[("-act", "send")]).await.not_found();
}

#[tokio::test]
async fn the_same_answer_sent_twice_counts_once() {
    let app = TestApp::new().await;
    let survey = open(&app, "staff-survey", "service-links").await;
    let whole = whole_answer(&app, &survey.path, "health").await;
    let id = format!("ans_{:032x}", 7);
    let pairs = sending(&id, &whole);
    for _ in 0..3 {
        app.anyone()
            .post(&survey.path, &borrowed(&pairs))
            .await
            .redirects_to(&format!("{}/thanks", survey.path));
    }
    for _ in 0..7 {
        sent(&app, &survey.path, &whole).await;
    }
    let page =
        app.browser(survey.world.lead).await.get(&survey.page).await.ok().says("8 people have answered");
    // The link of a service comes with that service filled in.
    let links = page.attributes("table a[href^='/surveys/']", "href");
    assert_eq!(links.len(), 7);
    let start = app.anyone().get(&links[0]).await.ok();
    assert!(start.attribute("input[name='-answers']", "value").unwrap().contains("service"));
}

#[tokio::test]
async fn a_crowd_that_answers_at_one_moment_is_kept_each_once_with_its_own_words() {
    let app = TestApp::new().await;
    let survey = open(&app, "staff-survey", "service-links").await;
    let whole = whole_answer(&app, &survey.path, "health").await;
    let own = super::answers_in_own_words(&app, &survey.path).await;
    // Each of 110 sends twice, as impatient people do; every seventh writes something.
    let send = async |n: u32| {
        let mut said = whole.clone();
        if n.is_multiple_of(7) {
            said[&own] = format!("Fictional words {n}").into();
        }
        let pairs = sending(&format!("ans_{n:032x}"), &said);
        app.anyone()
            .post(&survey.path, &borrowed(&pairs))
            .await
            .redirects_to(&format!("{}/thanks", survey.path));
    };
    futures::future::join_all((0..220).map(|n| send(n % 110))).await;
    let mut reader = app.cx.db.read().await.unwrap();
    let count = async |sql: &str, reader: &mut _| keyline_testing::number(reader, sql.to_owned()).await;
    assert_eq!(count("SELECT COUNT(*) FROM survey_answer", &mut reader).await, 110);
    assert_eq!(count("SELECT COUNT(*) FROM survey_text", &mut reader).await, 16);
    let wrong = "SELECT COUNT(*) FROM survey_text t JOIN survey_answer a ON a.survey_id = t.survey_id AND a.id = t.answer_id
                 WHERE a.answers NOT LIKE '%Fictional words%'";
    assert_eq!(count(wrong, &mut reader).await, 0);
}

#[tokio::test]
async fn a_school_may_send_many_answers_and_a_program_not_endlessly() {
    let app = TestApp::new().await;
    let path = open_survey(&app).await;
    let thanks = format!("{path}/thanks");
    let whole = whole_answer(&app, &path, "health").await;
    let pairs = sending(&format!("ans_{:032x}", 9), &whole);
    let school = app.anyone().at("203.0.113.7");
    for _ in 0..500 {
        school.post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    }
    let held = school.post(&path, &borrowed(&pairs)).await;
    assert_eq!((held.status.as_u16(), held.header("retry-after")), (429, "2"));
    let held = held.says("Nothing you typed is lost");
    // Everything stands in the page, so that pressing the button again sends it.
    let kept = super::pressed(&held, "send");
    assert!(kept.iter().any(|(name, value)| name == "-answers"
        && serde_json::from_str::<serde_json::Value>(value).unwrap()["service"] == "health"));
    // Somewhere else, and where the address is not known, nobody waits.
    app.anyone().at("203.0.113.8").post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.anyone().at("127.0.0.1").post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.anyone().post(&path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.forward(SignedDuration::from_secs(2));
    school.post(&path, &borrowed(&kept)).await.redirects_to(&thanks);
}

#[tokio::test]
async fn opening_pages_leaves_no_trace_and_an_answer_tells_neither_who_nor_when() {
    let app = TestApp::new().await;
    let path = open_survey(&app).await;
    let before = entries(&app).await;
    let mut reader = app.cx.read().await.unwrap();
    for _ in 0..5 {
        let page = app.anyone().get(&path).await.ok();
        press(&app, &path, &page, "start", &[]).await.ok();
    }
    assert_eq!(keyline_testing::number(&mut reader, "SELECT COUNT(*) FROM survey_answer").await, 0);
    sent(&app, &path, &whole_answer(&app, &path, "police").await).await;
    assert_eq!(entries(&app).await, before, "no audit entry tells when somebody answered");
    let rows = keyline_testing::texts(&mut reader, "SELECT id || ' ' || day FROM survey_answer").await;
    assert!(rows[0].ends_with("2026-01-05"), "the day only: {rows:?}");
    let version = rows[0].as_bytes()["ans_".len() + 12];
    assert_eq!(version, b'4', "the id is random and does not sort by time");
    let texts = keyline_store::migration_texts(keyline_store::Engine::Sqlite);
    for table in ["survey_answer", "survey_contact", "survey_code"] {
        let sql = texts
            .iter()
            .find_map(|(_, _, sql)| sql.split(&format!("CREATE TABLE {table} (")).nth(1))
            .unwrap();
        // Up to the next table, without what is said about it.
        let sql = sql.split("CREATE ").next().unwrap();
        let sql: String = sql.lines().filter_map(|line| line.split("--").next()).collect();
        for word in ["address", "agent", "sequence", "created"] {
            assert!(!sql.contains(word), "{table} has {word}");
        }
    }
}

async fn entries(app: &TestApp) -> i64 {
    let mut reader = app.cx.read().await.expect("a connection");
    keyline_store::audit::verify(&mut reader).await.expect("readable").expect("unbroken")
}
