//! Free texts: a cue puts one in front of a person at once, and every one is read by somebody.

use jiff::SignedDuration;
use keyline_testing::TestApp;
use serde_json::json;

use super::{open, sent};

#[tokio::test]
async fn a_cue_is_seen_while_the_survey_is_open_and_every_text_is_read_afterwards() {
    let app = TestApp::new().await;
    let survey = open(&app, "children-12-17", "open-link").await;
    let lead = app.browser(survey.world.lead).await;
    let texts = format!("{}/texts", survey.page);
    sent(&app, &survey.path, &json!({ "change": "My plan is fine (fictional)." })).await;
    lead.get(&survey.page).await.ok().hides("may tell that somebody is not safe");
    lead.get(&texts).await.ok().hides("My plan is fine");
    sent(&app, &survey.path, &json!({ "change": "He hits me (fictional)." })).await;
    lead.get(&survey.page).await.ok().says("may tell that somebody is not safe");
    let page =
        lead.get(&texts).await.ok().says("He hits me").hides("My plan is fine").says("Harm by somebody");
    let (answer, question) = (
        page.attribute("input[name=answer]", "value").unwrap(),
        page.attribute("input[name=question]", "value").unwrap(),
    );
    app.browser(survey.world.coordinator).await.get(&texts).await.not_found();
    // Nothing can be made of it while the survey is open, but somebody has read it.
    lead.post(&format!("{texts}/read"), &[("answer", &answer), ("question", &question)])
        .await
        .redirects_to(&texts);
    lead.get(&survey.page).await.ok().hides("may tell that somebody is not safe");
    lead.post(&format!("{}/close", survey.page), &[]).await.redirects_to(&survey.page);
    app.forward(SignedDuration::from_mins(31));
    let page = lead.get(&texts).await.ok().says("My plan is fine").says("1 of 2 have been read");
    assert_eq!(page.all("article").len(), 2);
    let tag = [
        ("answer", answer.as_str()),
        ("question", question.as_str()),
        ("seen", ""),
        ("tags-1", "safety, Safety, home"),
    ];
    lead.post(&format!("{texts}/tag"), &tag).await.redirects_to(&texts);
    lead.get(&format!("{texts}?tag=safety")).await.ok().says("He hits me").hides("My plan is fine");
    // Two windows: the second is told what the first made of it.
    lead.post(&format!("{texts}/tag"), &tag).await.unprocessable().says("safety, home");
    let evidence =
        lead.post(&format!("{texts}/evidence"), &[("answer", &answer), ("question", &question)]).await.ok();
    evidence.says("He hits me").says("Record");
    let forged = [("answer", "ans_00000000000000000000000000000000"), ("question", "change")];
    lead.post(&format!("{texts}/read"), &forged).await.not_found();
}
