//! Answers that came on paper: keyed twice, blind, compared and kept.

use keyline_testing::{TestApp, number};

use super::open;

#[tokio::test]
async fn two_people_key_a_sheet_blind_and_agree() {
    let app = TestApp::new().await;
    let survey = open(&app, "parents-carers", "open-link").await;
    let key = format!("{}/paper/key", survey.page);
    let (first, second) = (app.browser(survey.world.lead).await, app.browser(survey.world.depute).await);
    first.get(&format!("{}/paper", survey.page)).await.ok().says("No sheets yet");
    first.post(&key, &[("relation", "parent")]).await.unprocessable().says("number of the sheet");
    let sheet = [("-sheet", "A 7"), ("relation", "parent"), ("change", "More time (fictional).")];
    first.post(&key, &sheet).await.redirects_to(&format!("{}/paper", survey.page));
    first.post(&key, &sheet).await.unprocessable().says("You have keyed this sheet already");
    // The second person sees nothing of what the first keyed.
    let blind = second.get(&format!("{key}?sheet=A%207")).await.ok().hides("More time");
    assert_eq!(blind.attribute("input[name='-sheet']", "value").as_deref(), Some("A 7"));
    second.get(&format!("{}/paper/compare?sheet=A%207", survey.page)).await.not_found();
    let other = [("-sheet", "A 7"), ("relation", "other-carer"), ("change", "More time (fictional).")];
    second.post(&key, &other).await.redirects_to(&format!("{}/paper", survey.page));
    let compare = format!("{}/paper/compare", survey.page);
    let page = second
        .get(&format!("{compare}?sheet=A%207"))
        .await
        .ok()
        .says("differ on one question")
        .says("Parent");
    assert!(page.attributes("main input[type=radio]", "name").iter().all(|name| name == "relation"));
    second.post(&compare, &[("-sheet", "A 7"), ("relation", "nobody")]).await.unprocessable();
    second
        .post(&compare, &[("-sheet", "A 7"), ("relation", "parent")])
        .await
        .redirects_to(&format!("{}/paper", survey.page));
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM survey_answer").await, 1);
    assert_eq!(
        number(&mut reader, "SELECT COUNT(*) FROM survey_paper").await,
        0,
        "the number of the sheet is gone"
    );
    assert_eq!(
        number(&mut reader, "SELECT COUNT(*) FROM survey_text").await,
        1,
        "what was written waits to be read"
    );
    second.post(&compare, &[("-sheet", "A 7"), ("relation", "parent")]).await.not_found();
    app.browser(survey.world.coordinator).await.get(&key).await.not_found();
}
