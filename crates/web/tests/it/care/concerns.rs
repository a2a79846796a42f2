use keyline_domain::ids::ConcernId;
use keyline_testing::{Browser, TestApp, World, texts};

use super::{holds, on_disk, with_key};

const SEEN: &str = "The fictional child Aoife said that nobody is at home at night";

fn hidden(answer: &keyline_testing::Answer, name: &str) -> String {
    let selector = scraper::Selector::parse(&format!("input[name=\"{name}\"]")).unwrap();
    let html = answer.html();
    let input = html.select(&selector).next().unwrap_or_else(|| panic!("no field {name}"));
    input.value().attr("value").unwrap_or_default().to_owned()
}

async fn raise(world: &World, browser: &Browser, danger: &str) -> String {
    let path = world.href("concern");
    let form = browser.get(&path).await.ok().says("0800 1111");
    let once = hidden(&form, "once");
    let fields = [
        ("act", "raise"),
        ("once", once.as_str()),
        ("danger", danger),
        ("seen", SEEN),
        ("by_whom", "associate assessor"),
        ("about", "Fictional Aoife, Fictional Street 5"),
        ("from_path", "/inspections/x/voices/sessions/new"),
    ];
    let sent = browser.post(&path, &fields).await.redirects_to(&world.href("concern/"));
    browser.follow(&sent).await.ok().says("The concern is raised").hides(SEEN);
    // Sent twice, it counts once.
    browser.post(&path, &fields).await.redirects_to(&world.href("concern/"));
    once
}

fn step(answer: &keyline_testing::Answer) -> String {
    hidden(answer, "step")
}

#[tokio::test]
async fn a_concern_goes_its_whole_way_and_nothing_of_it_is_seen_outside_the_circle() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let inspector = app.browser(world.inspectors[0]).await;
    let lead = with_key(&app, world.lead).await;
    let local = with_key(&app, world.concerns_lead).await;
    let id = raise(&world, &inspector, "yes").await;
    let page = world.href(&format!("concerns/{id}"));

    // Told in the product; nothing of it on the page, in the audit trail, or in the database.
    lead.get("/start").await.ok().says("1 concern waits for you").hides("Aoife");
    let shown = lead.get(&page).await.ok().says("A note of a session").hides("Aoife");
    lead.get(&world.href("audit")).await.ok().hides("Aoife");
    if let Some(bytes) = on_disk(&app) {
        assert!(holds(&bytes, &id), "the row is there");
        assert!(!holds(&bytes, "Aoife") && !holds(&bytes, "nobody is at home"), "its words are not");
    }
    // Others of the team, and the local lead before the hand-over, find nothing.
    for outside in [&inspector, &local] {
        outside.get(&page).await.not_found();
        outside.post(&page, &[("act", "read"), ("read_reason", "curious")]).await.not_found();
    }
    inspector.get("/concern/own").await.ok().says("To be decided").hides("Aoife");

    // Read with a reason alone, and each reading is in the trail.
    lead.post(&page, &[("act", "read"), ("read_reason", " ")]).await.unprocessable().hides("Aoife");
    lead.post(&page, &[("act", "read"), ("read_reason", "to decide")]).await.ok().says(SEEN);
    let mut reader = app.cx.read().await.unwrap();
    let read = "SELECT detail FROM audit_entry WHERE action = 'concern.read'";
    assert_eq!(texts(&mut reader, read).await, ["{\"reason\":\"to decide\"}"]);
    drop(reader);

    // It cannot be closed, or handed over, before it is decided.
    let at = step(&shown);
    let close = world.href(&format!("concerns/{id}/close"));
    lead.post(&close, &[("step", &at), ("outcome", "acted"), ("text", "x")]).await.unprocessable();
    let hand = world.href(&format!("concerns/{id}/hand-over"));
    lead.post(&hand, &[("step", &at), ("means", "product")]).await.unprocessable();

    // More is asked; whoever raised it answers without a key.
    let decide = world.href(&format!("concerns/{id}/decide"));
    lead.post(&decide, &[("step", &at), ("ruling", "ask-more"), ("reason", "")]).await.unprocessable();
    let ask = [("step", at.as_str()), ("ruling", "ask-more"), ("reason", "Was an adult there on Friday?")];
    lead.post(&decide, &ask).await.redirects_to(&page);
    lead.post(&decide, &ask).await.conflict().says("Somebody has done something with this");
    inspector.get("/concern/own").await.ok().says("Was an adult there on Friday?");
    let answer = world.href(&format!("concern/{id}/answer"));
    lead.post(&answer, &[("text", "not mine")]).await.not_found();
    inspector.post(&answer, &[("text", "A neighbour, until ten")]).await.redirects_to("/concern/own");

    // Passed on, handed over under the keys, acknowledged with a number, closed with an outcome.
    let at = step(&lead.get(&page).await.ok());
    lead.post(&decide, &[("step", &at), ("ruling", "pass-on"), ("reason", "At risk at night")])
        .await
        .redirects_to(&page);
    local.get(&page).await.not_found();
    let at = step(&lead.get(&page).await.ok());
    lead.post(&hand, &[("step", &at), ("means", "product")]).await.redirects_to(&page);
    local.get(&page).await.ok().says("To be acknowledged").hides("Aoife");
    local
        .post(&page, &[("act", "read"), ("read_reason", "to act")])
        .await
        .ok()
        .says(SEEN)
        .says("A neighbour, until ten");
    let at = step(&local.get(&page).await.ok());
    let acknowledge = world.href(&format!("concerns/{id}/acknowledge"));
    local.post(&acknowledge, &[("step", &at), ("reference", "")]).await.unprocessable();
    local.post(&acknowledge, &[("step", &at), ("reference", "FICT-2026-77")]).await.redirects_to(&page);
    let at = step(&local.get(&page).await.ok());
    local.post(&close, &[("step", &at), ("outcome", ""), ("text", "x")]).await.unprocessable();
    local.post(&close, &[("step", &at), ("outcome", "acted"), ("text", "")]).await.unprocessable();
    local
        .post(&close, &[("step", &at), ("outcome", "acted"), ("text", "An uncle stays with them")])
        .await
        .redirects_to(&page);
    // The number is sealed as well, and readable to the lead.
    lead.post(&page, &[("act", "read"), ("read_reason", "to report")]).await.ok().says("FICT-2026-77");
    if let Some(bytes) = on_disk(&app) {
        for words in ["FICT-2026-77", "An uncle", "A neighbour", "At risk at night"] {
            assert!(!holds(&bytes, words), "{words}");
        }
    }
    // The proof of the hand-over is the same in the row and in the trail.
    let mut reader = app.cx.read().await.unwrap();
    let digest = texts(&mut reader, "SELECT digest FROM concern_step WHERE digest IS NOT NULL").await;
    let trail =
        texts(&mut reader, "SELECT detail FROM audit_entry WHERE action = 'concern.handed-over'").await;
    assert_eq!(digest.len(), 1);
    assert!(trail[0].contains(&digest[0]));
    drop(reader);
    let manager = app.browser(world.manager).await;
    manager
        .get(&world.href("concerns"))
        .await
        .ok()
        .says("The services acted")
        .says("To the hand-over")
        .hides("Aoife");
}

#[tokio::test]
async fn a_text_is_carried_to_the_form_and_what_was_typed_comes_back_with_its_problems() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let browser = app.browser(world.inspectors[0]).await;
    browser.get(&world.href("voices/sessions/new")).await.ok().says("Raise a concern with this text");
    let path = world.href("concern");
    let carried =
        [("note", "A girl said she is afraid"), ("carry", "note"), ("from_path", "/x/voices/sessions")];
    browser.post(&path, &carried).await.ok().says("A girl said she is afraid");
    let every = [("q1", "2"), ("q2", "He is often alone"), ("carry", "*")];
    browser.post(&path, &every).await.ok().says("He is often alone");
    let once = ConcernId::new(app.cx.now(), app.cx.random()).to_string();
    let wrong = [("act", "raise"), ("once", once.as_str()), ("danger", "yes"), ("seen", "Kept words")];
    let back = browser.post(&path, &wrong).await.unprocessable().says("Kept words").says("Call first");
    // Whom to call stands before everything else of the page.
    let text = back.visible();
    assert!(text.find("Call first").unwrap() < text.find("What was seen or heard").unwrap());
    let undecided =
        [("act", "raise"), ("once", once.as_str()), ("seen", "Kept words"), ("by_whom", "teacher")];
    browser.post(&path, &undecided).await.unprocessable().says("Kept words");
    // From every page of the team, in a tab of its own.
    let start = browser.get("/start").await.ok();
    assert!(start.text().contains("href=\"/concern?from=%2Fstart\" target=\"_blank\""));
}

#[tokio::test]
async fn a_concern_needs_no_declaration_and_no_key_and_is_sealed_to_the_first_key_that_is_made() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_testing::tamper(
        &mut tx,
        format!("DELETE FROM interest WHERE person_id = '{}'", world.inspectors[0]),
    )
    .await;
    tx.commit().await.unwrap();
    let inspector = app.browser(world.inspectors[0]).await;
    inspector.get(&world.href("evidence")).await.redirects_to(&world.href("interest"));
    let id = raise(&world, &inspector, "no").await;
    let mut reader = app.cx.read().await.unwrap();
    let holders = "SELECT DISTINCT holder FROM sealed_key ORDER BY holder";
    assert_eq!(texts(&mut reader, holders).await, ["installation"]);
    drop(reader);
    let page = world.href(&format!("concerns/{id}"));
    let plain = app.browser(world.lead).await;
    plain.get(&page).await.ok().says("You have no care key yet");
    let depute = with_key(&app, world.depute).await;
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(texts(&mut reader, holders).await, [world.depute.to_string()]);
    drop(reader);
    depute.post(&page, &[("act", "read"), ("read_reason", "first")]).await.ok().says(SEEN);
    // The lead makes a key later; the depute's next reading gives it on.
    let lead = with_key(&app, world.lead).await;
    lead.post(&page, &[("act", "read"), ("read_reason", "x")])
        .await
        .ok()
        .hides(SEEN)
        .says("your key does not open");
    depute.post(&page, &[("act", "read"), ("read_reason", "again")]).await.ok();
    lead.post(&page, &[("act", "read"), ("read_reason", "x")]).await.ok().says(SEEN);
    // Handed over by telephone: who received it and when is asked for.
    let at = step(&lead.get(&page).await.ok());
    let decide = world.href(&format!("concerns/{id}/decide"));
    lead.post(&decide, &[("step", &at), ("ruling", "pass-on"), ("reason", "risk")]).await.redirects_to(&page);
    let at = step(&lead.get(&page).await.ok());
    let hand = world.href(&format!("concerns/{id}/hand-over"));
    lead.post(&hand, &[("step", &at), ("means", "product")]).await.unprocessable().says("No local lead");
    lead.post(&hand, &[("step", &at), ("means", "telephone")]).await.unprocessable();
    let late = [
        ("step", at.as_str()),
        ("means", "telephone"),
        ("receiver", "duty social worker"),
        ("received_time", "23:59"),
    ];
    lead.post(&hand, &late).await.unprocessable();
    let said = [("step", at.as_str()), ("means", "telephone"), ("receiver", "duty social worker")];
    lead.post(&hand, &said).await.redirects_to(&page);
    lead.get(&page).await.ok().says("duty social worker");
}

#[tokio::test]
async fn the_three_forms_are_each_their_own_and_lead_to_each_other_with_what_was_typed() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let inspector = app.browser(world.inspectors[0]).await;
    let path = world.href("concern");
    let form = inspector
        .get(&path)
        .await
        .ok()
        .says("What was seen or heard?")
        .says("Is somebody in immediate danger?");
    let once = hidden(&form, "once");
    let fields = |more: &[(&'static str, &'static str)]| -> Vec<(&'static str, String)> {
        let all = [("act", "raise"), ("seen", SEEN), ("by_whom", "assessor")];
        all.iter().chain(more).map(|(n, v)| (*n, (*v).to_owned())).chain([("once", once.clone())]).collect()
    };
    let post = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        inspector.post(&path, &fields).await
    };
    let review = post(fields(&[("as", "review")])).await.ok();
    let review = review.says("What should managers look at, and why?").says(SEEN).hides("immediate danger?");
    assert_eq!(hidden(&review, "once"), once, "it is the same form");
    assert_eq!(hidden(&review, "kind"), "review");
    post(fields(&[("as", "practice")])).await.ok().says("Whose practice is it?").says(SEEN);
    // Everything that is missing is said at once.
    let empty = inspector.post(&path, &[("act", "raise"), ("once", &once)]).await.unprocessable();
    assert_eq!(empty.text().matches("Fill this in").count(), 4, "two fields, each above and at its place");
    // A request for a review asks for no danger; sent again with another text, that one is said not to be taken.
    post(fields(&[("kind", "review")])).await.redirects_to(&world.href("concern/"));
    let again = post(fields(&[("kind", "review"), ("seen", "something else")])).await;
    let again = again.redirects_to(&world.href("concern/"));
    inspector.follow(&again).await.ok().says("that was not taken");
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(texts(&mut reader, "SELECT kind FROM concern").await, ["review"]);
}

#[tokio::test]
async fn the_time_of_a_hand_over_is_as_it_was_typed_or_it_is_asked_again() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let inspector = app.browser(world.inspectors[0]).await;
    let lead = with_key(&app, world.lead).await;
    let local = with_key(&app, world.concerns_lead).await;
    let id = raise(&world, &inspector, "no").await;
    let page = world.href(&format!("concerns/{id}"));
    let at = step(&lead.get(&page).await.ok());
    let decide = world.href(&format!("concerns/{id}/decide"));
    lead.post(&decide, &[("step", &at), ("ruling", "pass-on"), ("reason", "x")]).await.redirects_to(&page);
    let at = step(&lead.get(&page).await.ok());
    let hand = world.href(&format!("concerns/{id}/hand-over"));
    let said = [("step", at.as_str()), ("means", "telephone"), ("receiver", "duty social worker")];
    let day = |day, month, year| {
        [("received_on-day", day), ("received_on-month", month), ("received_on-year", year)]
    };
    for (day, time) in
        [(day("31", "2", "2026"), "14:23"), (day("", "2", "2026"), "14:23"), (day("1", "9", "2026"), "")]
    {
        let fields: Vec<_> = said.into_iter().chain(day).chain([("received_time", time)]).collect();
        let again = lead.post(&hand, &fields).await.unprocessable();
        assert_eq!(hidden(&again, "receiver"), "duty social worker", "what was typed is kept");
    }
    // By telephone, with the key open: the local lead reads it in the product, too.
    lead.post(&hand, &said).await.redirects_to(&page);
    local.post(&page, &[("act", "read"), ("read_reason", "to act")]).await.ok().says(SEEN);
}

#[tokio::test]
async fn what_was_typed_outlives_the_session() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let nobody = app.anyone();
    let path = world.href("concern");
    let once = keyline_domain::ids::ConcernId::new(app.cx.now(), app.cx.random()).to_string();
    let fields = [
        ("act", "raise"),
        ("once", once.as_str()),
        ("danger", "no"),
        ("seen", SEEN),
        ("by_whom", "assessor"),
    ];
    let kept = nobody.post(&path, &fields).await.not_found();
    let kept = kept.says("You are not signed in any more").says(SEEN);
    assert_eq!(hidden(&kept, "once"), once);
    // The same for an address that is not there, so that it says nothing of what exists.
    nobody.post("/inspections/no-such-inspection/concern", &fields).await.not_found().says(SEEN);
    // Nothing secret is shown again.
    let secret = [("passphrase", "fictional words of a passphrase"), ("read_reason", "to decide today")];
    nobody.post(&path, &secret).await.not_found().hides("fictional words").hides("to decide today");
}

#[tokio::test]
async fn whom_to_call_in_the_area_stands_before_anybody_sends_something() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, depute) = (app.browser(world.lead).await, app.browser(world.depute).await);
    let page = world.href("concerns");
    lead.get(&page).await.ok().says("Nobody has written it yet");
    let write = world.href("concerns/contacts");
    let first = [("contacts", "Child protection, day and night: 01632 960 001"), ("version", "0")];
    lead.post(&write, &first).await.redirects_to(&page);
    // Somebody who looked before that writes over nothing, and keeps what was typed.
    let second = [("contacts", "Fictional number of old"), ("version", "0")];
    depute.post(&write, &second).await.unprocessable().says("01632 960 001").says("Fictional number of old");
    let long = "x".repeat(1_001);
    lead.post(&write, &[("contacts", &long), ("version", "1")]).await.unprocessable();
    app.browser(world.inspectors[0]).await.post(&write, &first).await.not_found();
    for (browser, path) in [
        (app.browser(world.inspectors[0]).await, world.href("concern")),
        (app.anyone(), format!("/tell-us/about/{}", world.reference)),
    ] {
        let shown = browser.get(&path).await.ok().says("Child protection, day and night");
        let called = shown.attributes("a[href^='tel:']", "href");
        assert!(called.contains(&"tel:01632960001".to_owned()), "{path}: {called:?}");
    }
}
