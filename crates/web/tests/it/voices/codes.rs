//! Codes that open a survey once, and that nothing ties to an answer.

use keyline_domain::voices::codes::Code;
use keyline_operations::voices::print_codes;
use keyline_testing::{TestApp, number, texts};
use serde_json::json;

use super::{borrowed, open, press, sending};

async fn printed(app: &TestApp, survey: &super::Opened, how_many: u32) -> Vec<Code> {
    let id = survey.page.rsplit('/').next().expect("an address").parse().expect("an id");
    let actor = app.actor(survey.world.lead).await;
    print_codes(&app.cx, &actor, survey.world.inspection, id, how_many).await.expect("codes are printed")
}

#[tokio::test]
async fn a_code_works_once_and_a_slip_of_the_pen_is_told_from_a_used_code() {
    let app = TestApp::new().await;
    let survey = open(&app, "children-8-11", "codes").await;
    let codes = printed(&app, &survey, 2).await;
    let start = app.anyone().get(&survey.path).await.ok().says("Your code");
    press(&app, &survey.path, &start, "start", &[]).await.unprocessable().says("twelve letters and numbers");
    let mut wrong = codes[0].plain().to_owned();
    wrong.replace_range(0..1, if wrong.starts_with('7') { "8" } else { "7" });
    press(&app, &survey.path, &start, "start", &[("code", &wrong)]).await.unprocessable().says("One letter");
    let first = press(&app, &survey.path, &start, "start", &[("code", &codes[0].printed())]).await.ok();
    first.says("Page 1 of");
    let mut pairs = sending(&format!("ans_{:032x}", 1), &json!({ "trust": "yes" }));
    pairs.push(("code".into(), codes[0].plain().to_owned()));
    let thanks = format!("{}/thanks", survey.path);
    // Sent twice by the same page it is one answer; from another page the code is used.
    app.anyone().post(&survey.path, &borrowed(&pairs)).await.redirects_to(&thanks);
    app.anyone().post(&survey.path, &borrowed(&pairs)).await.redirects_to(&thanks);
    let mut other = sending(&format!("ans_{:032x}", 2), &json!({ "trust": "no" }));
    other.push(("code".into(), codes[0].plain().to_owned()));
    app.anyone().post(&survey.path, &borrowed(&other)).await.unprocessable().says("was used already");
    app.anyone().post(&survey.path, &borrowed(&sending("", &json!({ "trust": "no" })))).await.unprocessable();
    // The printed link brings the code along.
    let linked = app.anyone().get(&format!("{}/with/{}", survey.path, codes[1].plain())).await.ok();
    assert_eq!(linked.attribute("input[name=code]", "value").as_deref(), Some(codes[1].plain()));
}

#[tokio::test]
async fn a_code_that_is_used_twice_at_one_moment_counts_once() {
    let app = TestApp::new().await;
    let survey = open(&app, "children-8-11", "codes").await;
    let code = printed(&app, &survey, 1).await.remove(0);
    let once = async |n: u32| {
        let mut pairs = sending(&format!("ans_{n:032x}"), &json!({ "trust": "yes" }));
        pairs.push(("code".into(), code.plain().to_owned()));
        app.anyone().post(&survey.path, &borrowed(&pairs)).await.status.as_u16()
    };
    let (a, b, c, d) = tokio::join!(once(1), once(2), once(3), once(4));
    let mut all = [a, b, c, d];
    all.sort_unstable();
    assert_eq!(all, [303, 422, 422, 422]);
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM survey_answer").await, 1);
}

#[tokio::test]
async fn nothing_in_the_database_ties_a_code_to_an_answer() {
    let app = TestApp::new().await;
    let survey = open(&app, "children-8-11", "codes").await;
    let codes = printed(&app, &survey, 20).await;
    for (n, code) in codes.iter().enumerate().take(12) {
        let mut pairs = sending("", &json!({ "trust": if n % 2 == 0 { "yes" } else { "no" } }));
        pairs.push(("code".into(), code.plain().to_owned()));
        app.anyone().post(&survey.path, &borrowed(&pairs)).await.redirects_to(&survey.path);
    }
    let mut reader = app.cx.read().await.unwrap();
    // Used codes are gone, and those that are left are keyed hashes.
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM survey_code").await, 8);
    let left = texts(&mut reader, "SELECT hash FROM survey_code ORDER BY hash").await;
    assert!(left.iter().all(|hash| hash.len() == 64));
    for code in &codes {
        let plain = blake3_of(code.plain());
        assert!(!left.contains(&plain), "a hash without a key could be tried out");
    }
    // Answers carry nothing but id, day and what was said, in the order of random ids.
    let rows = texts(&mut reader, "SELECT id || '|' || day || '|' || answers FROM survey_answer").await;
    assert_eq!(rows.len(), 12);
    assert!(rows.iter().all(|row| row.split('|').count() == 3 && row.ends_with('}')));
    let all = texts(&mut reader, "SELECT detail FROM audit_entry").await.join(" ");
    assert!(codes.iter().all(|code| !all.contains(code.plain())));
}

fn blake3_of(text: &str) -> String {
    keyline_domain::ids::secret_hash(text)
}

#[tokio::test]
async fn codes_come_on_a_sheet_and_only_for_a_survey_that_is_opened_by_them() {
    let app = TestApp::new().await;
    let survey = open(&app, "children-8-11", "codes").await;
    let lead = app.browser(survey.world.lead).await;
    let codes = format!("{}/codes", survey.page);
    lead.post(&codes, &[("number", "0")]).await.unprocessable().says("from 1 to 2000");
    lead.post(&codes, &[("number", "many")]).await.unprocessable();
    let sheet = lead.post(&codes, &[("number", "12")]).await;
    assert_eq!((sheet.status.as_u16(), sheet.header("cache-control")), (200, "no-store"));
    app.browser(survey.world.coordinator).await.post(&codes, &[("number", "1")]).await.not_found();
    lead.get(&survey.page).await.ok().says("12 codes have been printed");
}
