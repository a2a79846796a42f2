//! Results: one release for page and files, small numbers hidden everywhere, the answers themselves for the team alone.

use jiff::SignedDuration;
use keyline_testing::{TestApp, texts};

use super::{Opened, open, sent, whole_answer};

async fn closed(app: &TestApp, health: usize, police: usize) -> Opened {
    let survey = open(app, "staff-survey", "open-link").await;
    for (service, number) in [("health", health), ("police", police)] {
        let whole = whole_answer(app, &survey.path, service).await;
        for n in 0..number {
            let mut one = whole.clone();
            if n % 3 == 0 {
                one["safer"] = serde_json::json!("disagree");
            }
            sent(app, &survey.path, &one).await;
        }
    }
    let lead = app.browser(survey.world.lead).await;
    lead.post(&format!("{}/close", survey.page), &[]).await.redirects_to(&survey.page);
    app.forward(SignedDuration::from_mins(31));
    survey
}

#[tokio::test]
async fn page_and_files_say_the_same_and_hide_the_same() {
    let app = TestApp::new().await;
    let survey = closed(&app, 30, 3).await;
    let results = format!("{}/results", survey.page);
    let coordinator = app.browser(survey.world.coordinator).await;
    let page =
        coordinator.get(&results).await.ok().says("33 people have answered").says("not a random sample");
    page.hides(">3<");
    let csv = coordinator.get(&format!("{results}/csv")).await.ok();
    let text = String::from_utf8_lossy(&csv.bytes).into_owned();
    assert!(text.contains("[c]") && text.lines().count() > 40, "{text}");
    for line in text.lines().skip(1) {
        let numbers: Vec<u64> = line.split(',').filter_map(|cell| cell.parse().ok()).collect();
        assert!(
            numbers.first().is_none_or(|count| *count == 0 || *count >= 5),
            "a small number leaves: {line}"
        );
    }
    for format in ["codebook", "xlsx", "sav", "ddi", "json", "datapackage"] {
        let file = coordinator.get(&format!("{results}/{format}")).await.ok();
        assert!(
            !file.bytes.is_empty() && file.header("content-disposition").contains("attachment"),
            "{format}"
        );
    }
    coordinator.get(&format!("{results}/exe")).await.not_found();
    // It is released once: the row is there and does not change.
    let mut reader = app.cx.read().await.unwrap();
    let once = texts(&mut reader, "SELECT released FROM survey_release").await;
    coordinator.get(&results).await.ok();
    assert_eq!(texts(&mut reader, "SELECT released FROM survey_release").await, once);
}

#[tokio::test]
async fn the_answers_themselves_are_for_the_team_with_a_reason_that_is_kept() {
    let app = TestApp::new().await;
    let survey = closed(&app, 6, 0).await;
    let raw = format!("{}/answers", survey.page);
    let lead = app.browser(survey.world.lead).await;
    lead.get(&raw).await.ok().says("single people out");
    lead.post(&raw, &[("format", "csv"), ("reason", " ")]).await.unprocessable();
    lead.post(&raw, &[("format", "exe"), ("reason", "x")]).await.unprocessable();
    let file = lead.post(&raw, &[("format", "csv"), ("reason", "Fictional reason")]).await.ok();
    assert_eq!(String::from_utf8_lossy(&file.bytes).lines().count(), 7);
    lead.get(&survey.world.href("audit")).await.ok().says("Took the answers to a survey out");
    for person in [survey.world.coordinator, survey.world.volunteer] {
        app.browser(person).await.get(&raw).await.not_found();
        app.browser(person).await.post(&raw, &[("format", "csv"), ("reason", "x")]).await.not_found();
    }
}
