//! Opening and closing: what is fixed when a survey is made, the minute, the grace, and results that stay closed.

use jiff::SignedDuration;
use keyline_operations::voices::close_overdue_surveys;
use keyline_store::{Link, Source};
use keyline_testing::{TestApp, World, texts};

use super::{answers_in_own_words, borrowed, open, opening, press, sending, sent, whole_answer};

#[tokio::test]
async fn a_survey_is_opened_once_with_what_protects_it() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let surveys = world.href("voices/surveys");
    lead.post(&surveys, &[("instrument", "staff-survey")]).await.unprocessable();
    let with = |field: &'static str, value: &'static str| {
        let mut typed = opening("staff-survey", "open-link");
        typed.retain(|(name, _)| *name != field);
        typed.push((field, value));
        typed
    };
    lead.post(&surveys, &with("child_protection", " ")).await.unprocessable().says("Write whom to call");
    lead.post(&surveys, &with("smallest", "4")).await.unprocessable().says("from 5 to 50");
    lead.post(&surveys, &with("closes_at", "late")).await.unprocessable().says("Write a time");
    lead.post(&surveys, &with("closes_on-year", "2020")).await.unprocessable().says("This day has passed");
    lead.post(&surveys, &with("instrument", "no-survey")).await.unprocessable();
    let mut children = opening("children-8-11", "service-links");
    children.push(("smallest", "12"));
    lead.post(&surveys, &children).await.unprocessable().says("does not ask for the service");
    lead.post(&surveys, &with("smallest", "7")).await.redirects_to(&surveys);
    lead.post(&surveys, &with("smallest", "7")).await.unprocessable().says("has this survey already");
    let page = lead.get(&surveys).await.ok();
    let href = page.attribute("a[href*='/surveys/sur_']", "href").unwrap();
    lead.get(&href).await.ok().says("fewer than 7 people").says("cannot be changed");
    app.browser(world.coordinator)
        .await
        .post(&surveys, &opening("parents-carers", "codes"))
        .await
        .not_found();
}

#[tokio::test]
async fn results_are_closed_to_everybody_until_the_grace_is_over() {
    let app = TestApp::new().await;
    let survey = open(&app, "staff-survey", "open-link").await;
    let (lead, coordinator) =
        (app.browser(survey.world.lead).await, app.browser(survey.world.coordinator).await);
    let whole = whole_answer(&app, &survey.path, "health").await;
    for _ in 0..3 {
        sent(&app, &survey.path, &whole).await;
    }
    lead.get(&survey.page).await.ok().says("Fewer than 5 people have answered").hides("3 people");
    for _ in 0..5 {
        sent(&app, &survey.path, &whole).await;
    }
    let results = format!("{}/results", survey.page);
    let begun =
        press(&app, &survey.path, &app.anyone().get(&survey.path).await.ok(), "start", &[]).await.ok();
    lead.get(&results).await.ok().says("Not yet");
    lead.get(&format!("{results}/csv")).await.conflict();
    coordinator.post(&format!("{}/close", survey.page), &[]).await.not_found();
    lead.post(&format!("{}/close", survey.page), &[]).await.redirects_to(&survey.page);
    // No new page is opened, but one that was open can be sent for half an hour.
    app.anyone().get(&survey.path).await.ok().says("This survey closed on").hides("Start");
    press(&app, &survey.path, &begun, "next", &[])
        .await
        .unprocessable()
        .says("This survey has closed. Because you began before");
    sent(&app, &survey.path, &whole).await;
    lead.get(&results).await.ok().says("Not yet");
    app.forward(SignedDuration::from_mins(30));
    let late = app.anyone().post(&survey.path, &borrowed(&sending("", &whole))).await;
    late.ok().says("This survey closed on");
    assert_eq!(close_overdue_surveys(&app.cx).await.unwrap(), 0);
    coordinator.get(&results).await.ok().says("9 people have answered");
    app.browser(survey.world.volunteer).await.get(&results).await.not_found();
}

#[tokio::test]
async fn a_survey_closes_at_its_minute_and_the_minute_can_be_moved_with_a_reason() {
    let app = TestApp::new().await;
    let survey = open(&app, "staff-survey", "open-link").await;
    let lead = app.browser(survey.world.lead).await;
    let moved = format!("{}/move", survey.page);
    let typed = |year: &'static str, reason: &'static str| {
        [
            ("closes_on-day", "20"),
            ("closes_on-month", "1"),
            ("closes_on-year", year),
            ("closes_at", "12:00"),
            ("reason", reason),
        ]
    };
    lead.post(&moved, &typed("2026", "")).await.unprocessable().says("Fill this in");
    lead.post(&moved, &typed("2025", "Fictional")).await.unprocessable().says("This day has passed");
    lead.post(&moved, &typed("2026", "A school asked for it (fictional)")).await.redirects_to(&survey.page);
    assert_eq!(close_overdue_surveys(&app.cx).await.unwrap(), 0);
    app.forward(SignedDuration::from_hours(24 * 12));
    assert_eq!(
        close_overdue_surveys(&app.cx).await.unwrap(),
        0,
        "the old minute has passed, the new one has not"
    );
    app.forward(SignedDuration::from_hours(24 * 5));
    assert_eq!(close_overdue_surveys(&app.cx).await.unwrap(), 1);
    assert_eq!(close_overdue_surveys(&app.cx).await.unwrap(), 0);
    // The lead has been away for so long that a new session is due.
    let lead = app.browser(survey.world.lead).await;
    lead.get(&format!("{}/results", survey.page)).await.ok().says("Nothing can be shown");
}

/// The ids of a table's rows as they lie in the file, and how many of its rows were written together with a wish to be
/// contacted. None on SQLite, which keeps rows in the order of their keys and no number of a transaction.
async fn as_written(app: &TestApp, table: &str, id: &str) -> Option<(Vec<String>, usize)> {
    let mut reader = app.cx.read().await.expect("a connection");
    if matches!(reader.link(), Link::Sqlite(_)) {
        return None;
    }
    let ids = texts(&mut reader, format!("SELECT {id} FROM {table} ORDER BY ctid")).await;
    let together = format!("SELECT t.{id} FROM {table} t JOIN survey_contact c ON c.xmin = t.xmin");
    Some((ids, texts(&mut reader, together).await.len()))
}

#[tokio::test]
async fn the_night_puts_answers_in_the_order_of_their_ids() {
    let app = TestApp::new().await;
    let survey = open(&app, "parents-carers", "open-link").await;
    let mut answers = whole_answer(&app, &survey.path, "").await;
    let text = answers_in_own_words(&app, &survey.path).await;
    for n in 0..12 {
        answers[&text] = format!("Fictional words, {n}").into();
        let mut pairs = sending("", &answers);
        if n == 5 {
            pairs.push(("contact".to_owned(), "Fictional parent, 01632 960 111".to_owned()));
        }
        app.anyone()
            .post(&survey.path, &borrowed(&pairs))
            .await
            .redirects_to(&format!("{}/thanks", survey.path));
    }
    let before = as_written(&app, "survey_answer", "id").await;
    assert!(before.as_ref().is_none_or(|(ids, together)| ids.len() == 12 && *together > 0), "{before:?}");
    app.forward(SignedDuration::from_hours(24));
    close_overdue_surveys(&app.cx).await.unwrap();
    for (table, id) in [("survey_answer", "id"), ("survey_text", "answer_id")] {
        let Some((ids, together)) = as_written(&app, table, id).await else { continue };
        assert!(ids.is_sorted(), "{table}: {ids:?}");
        assert_eq!((ids.len(), together), (12, 0), "{table}");
    }
    let lead = app.browser(survey.world.lead).await;
    lead.get(&survey.page).await.ok().says("12 people have answered");
}
