//! The digest: once on a working day, to whoever has something to do, tried again, and ended by a press.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::{SignedDuration, Timestamp};
use keyline_domain::ids::PersonId;
use keyline_jobs::run_due;
use keyline_operations::mail::{choose_digest, write_digests};
use keyline_operations::returns::{AskedFor, RequestDocument, request_document};
use keyline_testing::{MailServer, TestApp, World, number, texts};

async fn ask(app: &TestApp, world: &World, title: &str, due_on: jiff::civil::Date, owner: Option<PersonId>) {
    let asked = AskedFor {
        title: title.into(),
        purpose: "Fictional purpose.".into(),
        indicators: vec!["2.1".into()],
        due_on: Some(due_on),
        owner,
        ..AskedFor::default()
    };
    let input = RequestDocument { inspection: world.inspection, asked };
    request_document(&app.cx, &app.actor(world.lead).await, input).await.unwrap();
}

fn to(app: &TestApp, instant: &str) {
    let at: Timestamp = instant.parse().unwrap();
    app.forward(at.duration_since(app.cx.now()));
}

async fn goes_out(app: &TestApp) -> u32 {
    let written = write_digests(&app.cx).await.unwrap();
    run_due(&app.cx).await.unwrap();
    written
}

#[tokio::test]
async fn on_a_working_day_each_person_gets_one_mail_of_what_is_theirs() {
    let server = MailServer::default();
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    to(&app, "2026-01-05T12:00:00Z");
    assert_eq!(goes_out(&app).await, 0, "nothing to say, nothing sent");
    assert!(server.take().is_empty());
    ask(&app, &world, "Fictional plan", jiff::civil::date(2026, 1, 9), None).await;
    ask(&app, &world, "Fictional figures", jiff::civil::date(2026, 1, 12), Some(world.participation)).await;
    ask(&app, &world, "Fictional far away", jiff::civil::date(2026, 2, 12), None).await;
    assert_eq!(goes_out(&app).await, 0, "the digests of this day are written");
    to(&app, "2026-01-06T07:59:00Z");
    assert_eq!(goes_out(&app).await, 0, "it is not eight yet");
    to(&app, "2026-01-06T08:00:00Z");
    assert_eq!(goes_out(&app).await, 2);
    assert_eq!(goes_out(&app).await, 0);
    let mut mails = server.take();
    mails.sort_by(|a, b| a.to.cmp(&b.to));
    let [coordinator, holder] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(coordinator.to, "coordinator@fictional.test");
    assert_eq!(coordinator.subject, "2 requests of an inspection need you");
    assert_eq!(
        (holder.to.as_str(), holder.name.as_str()),
        ("participation-lead@fictional.test", "Fictional participation-lead")
    );
    assert_eq!(holder.subject, "One request of an inspection needs you");
    for text in [&coordinator.plain, &coordinator.html] {
        for wanted in
            ["Fictional plan", "Fictional figures", "9 January 2026", "Due within a week", "/account"]
        {
            assert!(text.contains(wanted), "{wanted} is in {text}");
        }
        assert!(text.contains("/returns/coordinator") && !text.contains("far away"), "{text}");
        assert!(!text.contains("Fictional purpose") && !text.contains('⟦'), "{text}");
    }
    for text in [&holder.plain, &holder.html] {
        assert!(text.contains("Fictional figures") && !text.contains("Fictional plan"), "{text}");
        assert!(text.contains("/returns/mine"), "{text}");
    }
    // What was sent leaves its subject alone; the trail names no address.
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(
        number(&mut reader, "SELECT COUNT(*) FROM mail WHERE state = 'sent' AND plain = '' AND html = ''")
            .await,
        2
    );
    let said = texts(&mut reader, "SELECT detail FROM audit_entry").await;
    assert!(said.iter().all(|d| !d.contains("@fictional.test")));
    drop(reader);
    to(&app, "2026-01-10T09:00:00Z");
    assert_eq!(goes_out(&app).await, 0, "on a Saturday");
    to(&app, "2026-01-12T09:00:00Z");
    assert_eq!(goes_out(&app).await, 2);
    assert!(server.take().iter().any(|m| m.plain.contains("Overdue\n- Fictional plan")));
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again_until_the_mail_is_too_old() {
    let server = MailServer::default();
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    ask(&app, &world, "Fictional plan", jiff::civil::date(2026, 1, 9), None).await;
    server.is_away(true);
    to(&app, "2026-01-06T08:00:00Z");
    assert_eq!(goes_out(&app).await, 1);
    for _ in 0..20 {
        app.forward(SignedDuration::from_mins(5));
        run_due(&app.cx).await.unwrap();
    }
    let mut reader = app.cx.read().await.unwrap();
    assert!(number(&mut reader, "SELECT tries FROM mail WHERE state = 'waiting'").await > 10);
    drop(reader);
    server.is_away(false);
    app.forward(SignedDuration::from_mins(5));
    run_due(&app.cx).await.unwrap();
    assert_eq!(server.take().len(), 1);
    server.is_away(true);
    to(&app, "2026-01-07T08:00:00Z");
    assert_eq!(goes_out(&app).await, 1);
    to(&app, "2026-01-08T07:00:00Z");
    server.is_away(false);
    run_due(&app.cx).await.unwrap();
    assert!(server.take().is_empty(), "yesterday's digest is not sent today");
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM mail WHERE state = 'given_up'").await, 1);
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM job").await, 0);
}

#[tokio::test]
async fn whoever_wants_none_gets_none_and_without_a_server_nothing_is_queued() {
    let server = MailServer::default();
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    ask(&app, &world, "Fictional plan", jiff::civil::date(2026, 1, 9), None).await;
    let coordinator = app.browser(world.coordinator).await;
    coordinator.get("/account").await.ok().says("You get the mail").hides("⟦");
    coordinator.post("/account/digest", &[("wants", "no")]).await.redirects_to("/account");
    coordinator.get("/account").await.ok().says("You get no mail");
    to(&app, "2026-01-06T08:00:00Z");
    assert_eq!(goes_out(&app).await, 0);
    choose_digest(&app.cx, &app.actor(world.coordinator).await, true).await.unwrap();
    to(&app, "2026-01-07T08:00:00Z");
    assert_eq!(goes_out(&app).await, 1);
    assert_eq!(server.take().len(), 1);
    app.anyone().post("/account/digest", &[("wants", "no")]).await.not_found();

    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    ask(&app, &world, "Fictional plan", jiff::civil::date(2026, 1, 9), None).await;
    let coordinator = app.browser(world.coordinator).await;
    coordinator.get("/account").await.ok().says("This installation sends no mail.");
    coordinator.get(&world.href("returns/coordinator")).await.ok().says("This installation sends no mail");
    to(&app, "2026-01-06T08:00:00Z");
    assert_eq!(goes_out(&app).await, 0);
    let mut reader = app.cx.read().await.unwrap();
    for table in ["mail", "job", "mail_day"] {
        assert_eq!(number(&mut reader, format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
}
