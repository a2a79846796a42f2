//! The position statement: written with versions, sent, sent back, accepted; read by whom it was sent to.

use keyline_testing::{Browser, TestApp, World};

use super::looking::read_all;
use super::{asked, trail};

const TEXT: &[u8] = b"A fictional position statement.\n";

fn answers<'a>(now: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("answer-how-good-now", now),
        ("answer-how-do-we-know", "Fictional audits say so."),
        ("answer-what-next", "- Fictional step one\n- **two**"),
        ("version", version),
    ]
}

async fn version(browser: &Browser, page: &str) -> String {
    browser.get(page).await.ok().attribute("input[name=version]", "value").expect("the form has a version")
}

#[tokio::test]
async fn it_is_written_sent_sent_back_and_accepted_and_the_team_reads_what_was_sent_alone() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional audits").await;
    let sent = [("files", "audits.txt", b"Fictional audits.".as_slice())];
    coordinator.upload(&format!("{request}/documents"), &[], &sent).await.redirects_to(&request);
    let (at, write) = (world.href("returns/statement"), world.href("returns/statement/write"));
    let page =
        coordinator.get(&write).await.ok().says("How good are we now?").says("0 of 5000 words").hides("⟦");
    let mark =
        page.all("code").into_iter().find(|c| c.starts_with("[audits.txt](#doc_")).expect("a mark to copy");
    let draft = format!("# Fictional heading\n\nMost children are safe, as {mark} shows. <b>Not markup</b>");
    coordinator.post(&write, &answers(&draft, "0")).await.redirects_to(&write);
    coordinator.get(&write).await.ok().says("of 5000 words");
    // What is not sent is nobody's but the writer's.
    for person in [world.lead, world.chief] {
        app.browser(person)
            .await
            .get(&at)
            .await
            .ok()
            .says("Nothing to read yet")
            .hides("Most children are safe");
        app.browser(person).await.get(&write).await.not_found();
        app.browser(person).await.get(&format!("{at}/versions/1")).await.not_found();
    }
    coordinator.get(&at).await.ok().says("Most children are safe").says("Version 1").hides("<b>Not");

    let submit = world.href("returns/statement/submit");
    lead.post(&submit, &[("version", "1")]).await.not_found();
    coordinator.post(&submit, &[("version", "0")]).await.conflict();
    coordinator.post(&submit, &[("version", "1")]).await.redirects_to(&at);
    coordinator
        .post(&write, &answers("Fictional late words.", "2"))
        .await
        .unprocessable()
        .says("has been sent");
    let page = lead
        .get(&at)
        .await
        .ok()
        .says("Most children are safe")
        .says("Documents marked as evidence")
        .hides("⟦");
    let link = page.attribute("main a[href*='/returns/documents/doc_']", "href").unwrap();
    lead.get(&link).await.ok();
    assert!(page.all("h3").contains(&"Fictional heading".to_owned()));
    page.hides("leads to no document");
    let (accept, back) = (format!("{at}/accept"), format!("{at}/send-back"));
    for person in [world.officer, world.coordinator, world.inspectors[0], world.stranger] {
        app.browser(person).await.post(&accept, &[("version", "2")]).await.not_found();
    }
    lead.post(&back, &[("version", "2")]).await.unprocessable().says("Say why");
    lead.post(&accept, &[("version", "1")]).await.conflict();
    let why = [("version", "2"), ("reason", "Fictional: what do families say?")];
    lead.post(&back, &why).await.redirects_to(&at);
    coordinator.get(&at).await.ok().says("Fictional: what do families say?").says("Sent back");
    // What is written now is not read before it is sent again; what was sent stays to be read.
    let seen = version(&coordinator, &write).await;
    coordinator.post(&write, &answers("Fictional second thoughts.", &seen)).await.redirects_to(&write);
    lead.get(&at).await.ok().says("Most children are safe").hides("second thoughts");
    let seen = version(&coordinator, &write).await;
    coordinator.post(&submit, &[("version", &seen)]).await.redirects_to(&at);
    let page = lead.get(&at).await.ok().says("Fictional second thoughts.");
    let seen = page.attribute("input[name=version]", "value").unwrap();
    app.browser(world.depute).await.post(&accept, &[("version", &seen)]).await.redirects_to(&at);
    coordinator.get(&at).await.ok().says("Accepted");
    let done = trail(&app, &world).await;
    for action in ["statement.saved", "statement.submitted", "statement.sent-back", "statement.accepted"] {
        assert!(done.iter().any(|a| a == action), "{action} is in {done:?}");
    }
    let other = World::in_area(&app, "fife", "other-").await;
    for person in [other.lead, other.coordinator, world.administrator, world.participation] {
        app.browser(person).await.get(&at).await.not_found();
    }
}

#[tokio::test]
async fn too_long_or_unfinished_is_kept_and_not_sent_and_two_writers_see_both_texts() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let (write, submit) = (world.href("returns/statement/write"), world.href("returns/statement/submit"));
    coordinator.post(&submit, &[("version", "0")]).await.unprocessable().says("Answer this question");
    let long = "word ".repeat(5001);
    coordinator.post(&write, &answers(&long, "0")).await.redirects_to(&write);
    coordinator.get(&write).await.ok().says("5009 of 5000 words");
    let refused = coordinator.post(&submit, &[("version", "1")]).await.unprocessable();
    refused.says("These are 5009 words");
    coordinator.post(&write, &answers("Fictional first words.", "1")).await.redirects_to(&write);
    let both = coordinator.post(&write, &answers("Fictional other words.", "1")).await.conflict();
    let both = both.says("Fictional coordinator has saved").says("first words").says("other words");
    let sides = both.all(".kl_compare__side");
    assert!(sides.len() == 2 && sides.iter().all(|side| side.contains("How good are we now?")), "{sides:?}");
    assert_eq!(both.attribute("input[name=version]", "value").as_deref(), Some("2"));
    coordinator.post(&write, &answers("Fictional other words.", "2")).await.redirects_to(&write);
    let lost = answers("As [the lost plan](#doc_00000000000070008000000000000009) shows.", "3");
    coordinator.post(&write, &lost).await.redirects_to(&write);
    coordinator.get(&write).await.ok().says("leads to no document that is here: the lost plan");
    let read = coordinator.get(&world.href("returns/statement")).await.ok();
    read.says("leads to no document that is here: the lost plan");
    let named = answers("We met Mrs Fictional at home.", "4");
    coordinator.post(&write, &named).await.unprocessable().says("Mrs Fictional");
    coordinator.get(&world.href("returns/statement/versions/1")).await.ok().says("word word");
    coordinator.get(&world.href("returns/statement/versions/9")).await.not_found();
}

#[tokio::test]
async fn a_document_may_stand_for_it() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let (at, write) = (world.href("returns/statement"), world.href("returns/statement/write"));
    let upload = world.href("returns/statement/upload");
    let two = [("files", "a.txt", TEXT), ("files", "b.txt", TEXT)];
    coordinator.upload(&upload, &[], &two).await.unprocessable().says("Choose one file only");
    coordinator.upload(&upload, &[], &[("files", "statement.txt", TEXT)]).await.redirects_to(&write);
    let document = format!("{at}/document");
    assert_eq!(coordinator.get(&document).await.ok().bytes, TEXT);
    lead.get(&document).await.not_found();
    lead.get(&at).await.ok().hides("statement.txt");
    lead.upload(&upload, &[], &[("files", "mine.txt", TEXT)]).await.not_found();
    coordinator.post(&world.href("returns/statement/take-out"), &[]).await.redirects_to(&write);
    coordinator.get(&document).await.not_found();
    coordinator.upload(&upload, &[], &[("files", "statement.txt", TEXT)]).await.redirects_to(&write);
    let seen = version(&coordinator, &write).await;
    coordinator.post(&world.href("returns/statement/submit"), &[("version", &seen)]).await.redirects_to(&at);
    lead.get(&at).await.ok().says("statement.txt").says("being counted");
    read_all(&app, &world).await;
    let count = TEXT.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    lead.get(&at).await.ok().says(&format!("{count} of 5000 words")).hides("Longer than asked");
    assert_eq!(lead.get(&document).await.ok().bytes, TEXT);
    app.browser(world.reader).await.get(&document).await.not_found();
}

#[tokio::test]
async fn a_document_that_is_too_long_is_said_to_be() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let (upload, at) = (world.href("returns/statement/upload"), world.href("returns/statement"));
    let long = "fictional ".repeat(5_001);
    let file = [("files", "long.txt", long.as_bytes())];
    coordinator.upload(&upload, &[], &file).await.redirects_to(&world.href("returns/statement/write"));
    read_all(&app, &world).await;
    coordinator.get(&at).await.ok().says("5001 of 5000 words").says("Longer than asked");
}
