//! Handlers: a concern is raised with its decision or not at all, whatever was typed stays, and nobody is told of a button
//! that is not there.

use jiff::SignedDuration;
use keyline_domain::concerns::Written;
use keyline_domain::tell_us::Triage;
use keyline_operations::tell_us::{AsConcern, DecideMessage, Waiting, decide_message, waiting_for};
use keyline_testing::{Answer, Browser, TestApp, World, number, texts};

use super::{PASSPHRASE, SAID, hidden, send, with_key};

async fn ids(app: &TestApp) -> Vec<String> {
    texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM message ORDER BY id").await
}

async fn concerns(app: &TestApp) -> i64 {
    number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM concern").await
}

/// Gives a person the duty of handling messages that belong to no inspection.
async fn handles(app: &TestApp, world: &World, person: keyline_domain::ids::PersonId) {
    let administrator = app.browser(world.administrator).await;
    let id = person.to_string();
    let fields = [("person", id.as_str()), ("duty", "message-handler"), ("given", "yes")];
    administrator.post("/accounts/duties", &fields).await.redirects_to("/accounts/duties");
}

fn kinds(page: &Answer) -> Vec<String> {
    page.attributes("input[name=triage]", "value")
}

/// Sends a message with everything that can be left; gives its receipt.
async fn send_all(world: &World, browser: &Browser, text: &str) -> String {
    let path = format!("/tell-us/about/{}", world.reference);
    let once = hidden(&browser.get(&path).await.ok(), "once");
    let fields = [
        ("once", once.as_str()),
        ("wish", "conversation"),
        ("talk", "phone"),
        ("text", text),
        ("named", "yes"),
        ("contact", "Fictional Una, 01632 960 000"),
        ("supporter", "Fictional aunt Isla"),
    ];
    super::receipt(&browser.post(&path, &fields).await.ok())
}

#[tokio::test]
async fn a_message_of_no_inspection_becomes_a_concern_where_its_handler_takes_part() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let elsewhere = World::in_area(&app, "fife", "other-").await;
    let officer = with_key(&app, world.officer).await;
    let lead = with_key(&app, world.lead).await;
    handles(&app, &world, world.officer).await;
    send("general", &app.anyone()).await;
    let page = format!("/messages/{}", ids(&app).await[0]);
    let shown = officer
        .post(&page, &[("act", "read")])
        .await
        .ok()
        .says("Strathmarnock:")
        .says("notified 5 January 2026");
    assert_eq!(kinds(&shown), ["voice", "concern", "complaint", "nothing"]);
    let shown = shown.hides("with the button").hides("Fife").hides("You take part in no inspection");
    let here = shown.attributes("#inspection option", "value");
    assert_eq!(here, ["", world.inspection.to_string().as_str()]);
    let decide = |inspection: &'static str| {
        [
            ("act", "decide"),
            ("version", "1"),
            ("opened", "yes"),
            ("triage", "concern"),
            ("text", "We have passed it on"),
            ("inspection", inspection),
        ]
    };
    let asked =
        officer.post(&page, &decide("")).await.unprocessable().says(SAID).says("We have passed it on");
    assert_eq!(asked.all("#inspection-error").len(), 1);
    officer.post(&page, &decide(elsewhere.inspection.to_string().leak())).await.not_found();
    assert_eq!(concerns(&app).await, 0);
    officer.post(&page, &decide(here[1].clone().leak())).await.redirects_to(&page);
    let raised = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM concern").await;
    let concern = world.href(&format!("concerns/{}", raised[0]));
    lead.post(&concern, &[("act", "read"), ("read_reason", "to decide")]).await.ok().says(SAID);

    // Who takes part in none is told what to do instead.
    let stranger = with_key(&app, world.stranger).await;
    handles(&app, &world, world.stranger).await;
    send("general", &app.anyone()).await;
    let mut all = ids(&app).await;
    all.retain(|id| !page.ends_with(id.as_str()));
    let page = format!("/messages/{}", all[0]);
    let shown = stranger.get(&page).await.ok().says("You take part in no inspection").says("0800 1111");
    assert_eq!(kinds(&shown), ["voice", "complaint", "nothing"]);
    assert!(shown.attributes("main a[href^='tel:']", "href").contains(&"tel:999".to_owned()));
    stranger.post(&page, &decide("")).await.unprocessable();
    assert_eq!(concerns(&app).await, 1);
}

#[tokio::test]
async fn a_long_message_becomes_a_concern_with_the_way_to_its_writer() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, person) = (with_key(&app, world.lead).await, app.anyone());
    let long = |mark: &str| format!("{mark} {}", "fictional ".repeat(1_990));
    let words = send_all(&world, &person, &long("Beginning")).await;
    for mark in ["Middle", "End"] {
        let text = long(mark);
        let add = [("act", "add"), ("words", words.as_str()), ("text", text.as_str())];
        person.post("/tell-us/answer", &add).await.ok();
    }
    let page = world.href(&format!("messages/{}", ids(&app).await[0]));
    let read = lead.post(&page, &[("act", "read")]).await.ok();
    // The labels are those of who reads.
    let read = read.says("Their name and how to reach them").hides("Your name and how to reach you");
    let carried = hidden(&read.says("Who should be there with them"), "text");
    assert!(carried.contains("01632 960 000") && carried.contains("End"), "the form of a concern has it too");
    let version = hidden(&lead.get(&page).await.ok(), "version");
    let decide = [("act", "decide"), ("version", version.as_str()), ("triage", "concern"), ("text", "")];
    lead.post(&page, &decide).await.redirects_to(&page);
    let raised = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM concern").await;
    let concern = world.href(&format!("concerns/{}", raised[0]));
    let read = lead.post(&concern, &[("act", "read"), ("read_reason", "to decide")]).await.ok();
    let read = read.says("Beginning").says("Middle").says("End");
    read.says("Their name and how to reach them: Fictional Una, 01632 960 000").says("Fictional aunt Isla");
}

#[tokio::test]
async fn two_handlers_of_a_message_at_once_leave_one_decision_and_its_concern_or_none() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, depute) = (app.actor(world.lead).await, app.actor(world.depute).await);
    for _ in 0..6 {
        send(&world.reference, &app.anyone()).await;
    }
    let written = Written { seen: SAID.into(), by_whom: "a writer".into(), ..Written::default() };
    for (n, id) in ids(&app).await.into_iter().enumerate() {
        let as_concern = AsConcern { inspection: None, danger: true, written: written.clone() };
        let concern = DecideMessage {
            inspection: Some(world.inspection),
            message: id.parse().unwrap(),
            version: 1,
            triage: Some(Triage::Concern),
            reply: String::new(),
            concern: Some(as_concern),
        };
        let (triage, reply) = (Some(Triage::Nothing), "Thank you".to_owned());
        let nothing = DecideMessage { triage, reply, concern: None, ..concern.clone() };
        let one = decide_message(&app.cx, &lead, concern);
        let other = decide_message(&app.cx, &depute, nothing);
        // Whoever is asked first is in front at first.
        let (one, other) = if n % 2 == 0 {
            tokio::join!(one, other)
        } else {
            let (other, one) = tokio::join!(other, one);
            (one, other)
        };
        assert_ne!(one.is_ok(), other.is_ok(), "one of them decides");
    }
    let decided = "SELECT COUNT(*) FROM message WHERE triage = 'concern'";
    assert_eq!(concerns(&app).await, number(&mut app.cx.read().await.unwrap(), decided).await);
}

#[tokio::test]
async fn who_decides_about_a_message_second_is_told_and_loses_no_word() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, depute) = (with_key(&app, world.lead).await, with_key(&app, world.depute).await);
    let words = send(&world.reference, &app.anyone()).await;
    let page = world.href(&format!("messages/{}", ids(&app).await[0]));
    assert_eq!(hidden(&lead.post(&page, &[("act", "read")]).await.ok(), "opened"), "yes");
    let decide = |version: &'static str, triage: &'static str, text: &'static str| {
        [("act", "decide"), ("version", version), ("opened", "yes"), ("triage", triage), ("text", text)]
    };
    // An error keeps the message open.
    lead.post(&page, &decide("1", "complaint", "")).await.unprocessable().says(SAID);
    // Danger that is no concern is not passed over.
    let danger: Vec<_> = decide("1", "voice", "Typed").into_iter().chain([("danger", "yes")]).collect();
    let asked = lead.post(&page, &danger).await.unprocessable().says("Somebody in danger is a concern");
    assert_eq!(
        (asked.all("#danger-error").len(), asked.says(SAID).all("textarea")),
        (1, vec!["Typed".into()])
    );
    // Something was added since: the new words stand there, and so do the handler's.
    let add = [("act", "add"), ("words", words.as_str()), ("text", "It went on in May")];
    app.anyone().post("/tell-us/answer", &add).await.ok();
    let moved = lead.post(&page, &decide("1", "nothing", "Typed with care")).await.unprocessable();
    let moved = moved.says("Something was added").says("It went on in May").says("Typed with care");
    assert_eq!(hidden(&moved, "version"), "2");
    // Somebody decided since.
    let other = [("act", "decide"), ("version", "2"), ("triage", "nothing"), ("text", "Heard")];
    depute.post(&page, &other).await.redirects_to(&page);
    let late = lead.post(&page, &decide("2", "concern", "Typed with care")).await.unprocessable();
    let late = late.says("Fictional depute has decided").says("Nothing for an inspection").says(SAID);
    assert_eq!(late.all("textarea"), ["Typed with care"]);
    assert_eq!(concerns(&app).await, 0);
}

#[tokio::test]
async fn a_key_that_was_locked_meanwhile_costs_no_word_typed_about_a_message() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = with_key(&app, world.lead).await;
    send(&world.reference, &app.anyone()).await;
    let page = world.href(&format!("messages/{}", ids(&app).await[0]));
    lead.post("/care/lock", &[]).await;
    let decide = [
        ("act", "decide"),
        ("version", "1"),
        ("triage", "concern"),
        ("danger", "yes"),
        ("text", "Typed before"),
    ];
    let locked = lead.post(&page, &decide).await.unprocessable().says("Typed before");
    let kept = [
        ("act", "read"),
        ("passphrase", PASSPHRASE),
        ("triage", hidden(&locked, "triage").leak() as &str),
        ("danger", hidden(&locked, "danger").leak()),
        ("text", hidden(&locked, "text").leak()),
    ];
    let read = lead.post(&page, &kept).await.ok().says(SAID).says("Typed before");
    assert_eq!(read.attribute("input[name=triage][checked]", "value").as_deref(), Some("concern"));
    assert_eq!(read.attributes("input[name=danger][checked]", "value"), ["yes"]);
}

#[tokio::test]
async fn a_message_that_is_a_voice_says_whether_it_became_evidence() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = with_key(&app, world.lead).await;
    send(&world.reference, &app.anyone()).await;
    let page = world.href(&format!("messages/{}", ids(&app).await[0]));
    lead.get(&page).await.ok().says("read it first").hides("with the button above");
    let read = lead.post(&page, &[("act", "read")]).await.ok().says("with the button above");
    let (message, body) = (hidden(&read, "message"), hidden(&read, "body"));
    let voice = [("act", "decide"), ("version", "1"), ("triage", "voice"), ("text", "")];
    lead.post(&page, &voice).await.redirects_to(&page);
    lead.get(&page).await.ok().says("Nothing of it is recorded as evidence yet");
    let from = [("message", message.as_str()), ("body", body.as_str())];
    let form = lead.post(&world.href("evidence/from-text"), &from).await.ok();
    assert_eq!(hidden(&form, "message"), message);
    let fields = [
        ("message", message.as_str()),
        ("kind", "discussion"),
        ("title", "Workers who ring back"),
        ("body", "Somebody said that nobody rings back."),
        ("strength", "no_significant_concern"),
        ("describes_on", "2026-01-05"),
        ("indicator", "2.1"),
        ("line", "supported-at-home"),
    ];
    let evidence =
        lead.post(&world.href("evidence/new"), &fields).await.redirects_to(&world.href("evidence/evi_"));
    let shown =
        lead.get(&page).await.ok().says("It is recorded as evidence").hides("Nothing of it is recorded");
    let link = evidence.location().split('?').next().unwrap().to_owned();
    assert_eq!(shown.all(&format!("a[href='{link}']")).len(), 1);
}

#[tokio::test]
async fn messages_that_wait_are_counted_for_those_who_may_decide() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    handles(&app, &world, world.adviser).await;
    for place in [world.reference.as_str(), world.reference.as_str(), "general"] {
        send(place, &app.anyone()).await;
    }
    let of = async |person| waiting_for(&app.cx, &app.actor(person).await).await.unwrap();
    let waits = |inspection, waiting, overdue| Waiting { inspection, waiting, overdue };
    let here = Some(world.inspection);
    let mut adviser = of(world.adviser).await;
    adviser.sort_by_key(|w| w.inspection);
    assert_eq!(adviser, [waits(None, 1, 0), waits(here, 2, 0)]);
    assert_eq!(of(world.lead).await, [waits(here, 2, 0)]);
    for other in [world.inspectors[0], world.coordinator, world.stranger, world.administrator] {
        assert_eq!(of(other).await, []);
    }
    // Two working days: until the end of Tuesday.
    app.forward(SignedDuration::from_hours(24 * 2));
    assert_eq!(of(world.lead).await, [waits(here, 2, 0)]);
    app.forward(SignedDuration::from_hours(24));
    assert_eq!(of(world.lead).await, [waits(here, 2, 2)]);
    let lead = with_key(&app, world.lead).await;
    let query = "SELECT id FROM message WHERE inspection_id IS NOT NULL";
    let id = texts(&mut app.cx.read().await.unwrap(), query).await.remove(0);
    let page = world.href(&format!("messages/{id}"));
    let decide = [("act", "decide"), ("version", "1"), ("triage", "nothing"), ("text", "Thank you")];
    lead.post(&page, &decide).await.redirects_to(&page);
    assert_eq!(of(world.lead).await, [waits(here, 1, 1)]);
    // Who has not declared is told nothing.
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_testing::tamper(&mut tx, "DELETE FROM interest").await;
    tx.commit().await.unwrap();
    assert_eq!(of(world.lead).await, []);
}
