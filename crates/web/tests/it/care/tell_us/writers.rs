//! Whoever writes: nothing counts twice, nothing is dropped without a word, and each area stands once.

use jiff::civil::date;
use keyline_domain::access::{Actor, Role};
use keyline_operations::inspections::{FirstMember, SetUp, set_up};
use keyline_testing::{PROGRAMME, TestApp, World, number, tamper, texts};

use super::{SAID, hidden, receipt, send};

const PARTS: &str = "SELECT COUNT(*) FROM message_part";

#[tokio::test]
async fn what_is_added_twice_by_loading_the_page_again_counts_once() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let person = app.anyone();
    let words = send(&world.reference, &person).await;
    let open = [("act", "open"), ("words", words.as_str())];
    let once = hidden(&person.post("/tell-us/answer", &open).await.ok(), "once");
    let add = |text: &'static str| {
        [("act", "add"), ("words", words.as_str()), ("once", once.as_str()), ("text", text)]
    };
    let first = person.post("/tell-us/answer", &add("It went on in May")).await.ok();
    assert_ne!(hidden(&first, "once"), once, "the next text is another");
    person.post("/tell-us/answer", &add("It went on in May")).await.ok().says("We have what you added");
    assert_eq!(number(&mut app.cx.read().await.unwrap(), PARTS).await, 2);
    // Changed before it was sent again, it is something else and is kept.
    person.post("/tell-us/answer", &add("It went on in June")).await.ok().says("in May").says("in June");
    assert_eq!(number(&mut app.cx.read().await.unwrap(), PARTS).await, 3);
    // What is refused keeps its text and its id.
    let wrong =
        [("act", "add"), ("words", words.as_str()), ("once", once.as_str()), ("text", words.as_str())];
    assert_eq!(hidden(&person.post("/tell-us/answer", &wrong).await.unprocessable(), "once"), once);
}

#[tokio::test]
async fn two_who_add_to_a_message_at_once_are_both_heard() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let person = app.anyone();
    let words = send(&world.reference, &person).await;
    let add = |text: &'static str| [("act", "add"), ("words", words.as_str()), ("text", text)];
    let (one, other) = (add("From the one"), add("From the other"));
    let (one, other) =
        tokio::join!(person.post("/tell-us/answer", &one), person.post("/tell-us/answer", &other));
    one.ok();
    other.ok();
    assert_eq!(number(&mut app.cx.read().await.unwrap(), PARTS).await, 3);
}

#[tokio::test]
async fn a_message_that_was_changed_and_sent_again_says_what_was_kept() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let person = app.anyone();
    let path = format!("/tell-us/about/{}", world.reference);
    let once = hidden(&person.get(&path).await.ok(), "once");
    let fields =
        |text: &'static str| [("once", once.as_str()), ("wish", "message"), ("text", text), ("named", "no")];
    let words = receipt(&person.post(&path, &fields(SAID)).await.ok().says("Thank you"));
    let again =
        person.post(&path, &fields("And one thing more")).await.ok().says("You have sent this before");
    let again = again.says("What you changed since has not been sent").says("And one thing more");
    assert_eq!(receipt(&again), words);
    // It can be added from there.
    let add = [
        ("act", "add"),
        ("words", hidden(&again, "words").leak() as &str),
        ("once", hidden(&again, "once").leak()),
        ("text", "And one thing more"),
    ];
    person.post("/tell-us/answer", &add).await.ok().says(SAID).says("And one thing more");
    // Deleted, it does not pretend either, and what stands in the form can be sent as another message.
    let delete = [("act", "delete"), ("words", words.as_str()), ("sure", "yes")];
    person.post("/tell-us/answer", &delete).await.ok().says("contact Strathmarnock");
    let gone = person.post(&path, &fields(SAID)).await.unprocessable().says("deleted it").says(SAID);
    let other = hidden(&gone, "once");
    assert_ne!(other, once);
    let fields = [("once", other.as_str()), ("wish", "message"), ("text", SAID), ("named", "no")];
    person.post(&path, &fields).await.ok().says("Thank you");
    assert_eq!(number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM message").await, 2);
}

#[tokio::test]
async fn a_contact_of_a_message_is_never_dropped_without_a_word() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let person = app.anyone();
    let path = format!("/tell-us/about/{}", world.reference);
    let once = hidden(&person.get(&path).await.ok(), "once");
    let fields = |named: &'static str, contact: &'static str| {
        [
            ("once", once.as_str()),
            ("wish", "conversation"),
            ("talk", "phone"),
            ("text", SAID),
            ("named", named),
            ("contact", contact),
            ("supporter", "Fictional aunt"),
        ]
    };
    let kept = person.post(&path, &fields("no", "Fictional Una, 01632 960 000")).await.unprocessable();
    let kept = kept.says("You chose \"No\"").says(SAID);
    assert_eq!(kept.all("#contact-error").len(), 1);
    assert_eq!(kept.attribute("#contact", "value").as_deref(), Some("Fictional Una, 01632 960 000"));
    let call = person.post(&path, &fields("no", " ")).await.unprocessable().says("without a number");
    assert_eq!(call.all("#contact-error").len(), 1);
    person.post(&path, &fields("yes", "")).await.unprocessable();
    assert_eq!(number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM message").await, 0);
    let words = receipt(&person.post(&path, &fields("yes", "Fictional Una, 01632 960 000")).await.ok());
    // Whoever comes back sees what they left.
    let open = [("act", "open"), ("words", words.as_str())];
    person
        .post("/tell-us/answer", &open)
        .await
        .ok()
        .says("Fictional Una, 01632 960 000")
        .says("Fictional aunt");
}

#[tokio::test]
async fn each_area_that_messages_can_be_about_stands_once() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let body = app.cx.library.latest(PROGRAMME).unwrap().scrutiny_bodies.first().map(|b| b.key.clone());
    for (n, year) in [2024, 2027, 2025].into_iter().enumerate() {
        let input = SetUp {
            programme: PROGRAMME.into(),
            version: None,
            area: "strathmarnock".into(),
            starts_on: date(year, 1, 12),
            team: vec![FirstMember { person: world.lead, role: Role::Lead, body: body.clone() }],
        };
        let id = set_up(&app.cx, &Actor::Console, input).await.unwrap();
        let mut tx = app.cx.db.begin().await.unwrap();
        tamper(
            &mut tx,
            format!("UPDATE inspection SET notified_on = '2026-01-0{}' WHERE id = '{id}'", n + 1),
        )
        .await;
        tx.commit().await.unwrap();
    }
    let links = app.anyone().get("/tell-us").await.ok().attributes("main a[href^='/tell-us/about/']", "href");
    assert_eq!(links, ["/tell-us/about/strathmarnock-2027", "/tell-us/about/general"]);
    // A page that was open before stays good.
    app.anyone().get(&format!("/tell-us/about/{}", world.reference)).await.ok();
}

/// A row number beside the texts of concerns, whose time is known, would tell when somebody without a name wrote.
#[tokio::test]
async fn no_row_tells_in_which_order_messages_came() {
    let app = TestApp::new().await;
    if super::super::on_disk(&app).is_none() {
        return;
    }
    for table in ["message", "message_part", "sealed_text", "sealed_key"] {
        let made = format!("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{table}'");
        let made = texts(&mut app.cx.read().await.unwrap(), &made).await;
        assert!(made[0].ends_with("WITHOUT ROWID"), "{table}: {made:?}");
    }
}
