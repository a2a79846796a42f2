//! Messages that nobody has decided about in their time: their handlers are told once, and of nothing that was written.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::Timestamp;
use keyline_domain::access::{Actor, Duty};
use keyline_domain::ids::InspectionId;
use keyline_domain::tell_us::{Said, Triage, Wish};
use keyline_jobs::run_due;
use keyline_operations::duties::set_duty;
use keyline_operations::tell_us::{
    DecideMessage, Once, SendMessage, decide_message, send_message, tell_overdue,
};
use keyline_testing::{MailServer, TestApp, World, number, texts};

fn to(app: &TestApp, instant: &str) {
    let at: Timestamp = instant.parse().unwrap();
    app.forward(at.duration_since(app.cx.now()));
}

async fn send(app: &TestApp, inspection: Option<InspectionId>) {
    let said = Said {
        wish: Wish::Message,
        text: "Fictional Morag never rings back".into(),
        talk: None,
        with: None,
        supporter: String::new(),
        contact: String::new(),
    };
    let input = SendMessage { inspection, once: Once::make(app.cx.random()), said };
    send_message(&app.cx, input).await.unwrap();
}

async fn told(app: &TestApp, server: &MailServer) -> Vec<String> {
    tell_overdue(&app.cx).await.unwrap();
    run_due(&app.cx).await.unwrap();
    let mut told: Vec<String> =
        server.take().iter().map(|m| format!("{}: {}", m.to.split('@').next().unwrap(), m.subject)).collect();
    told.sort();
    told
}

#[tokio::test]
async fn handlers_are_told_once_of_messages_whose_time_has_run_out() {
    let server = MailServer::default();
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    set_duty(&app.cx, &Actor::Console, world.officer, Duty::MessageHandler, true).await.unwrap();
    run_due(&app.cx).await.unwrap();
    server.take();
    for inspection in [Some(world.inspection), Some(world.inspection), None] {
        send(&app, inspection).await;
    }
    // Sent on Monday morning, due on Wednesday; on Thursday from eight in the morning on.
    to(&app, "2026-01-07T12:00:00Z");
    assert!(told(&app, &server).await.is_empty(), "the day is not over");
    to(&app, "2026-01-08T07:59:00Z");
    assert!(told(&app, &server).await.is_empty(), "nobody is woken");
    to(&app, "2026-01-08T08:00:00Z");
    server.is_away(true);
    assert!(told(&app, &server).await.is_empty());
    server.is_away(false);
    to(&app, "2026-01-08T08:10:00Z");
    let all = told(&app, &server).await;
    let about = |who: &str, place: &str| format!("{who}: {place}: the time for a message has run out");
    let (here, general) = ("Strathmarnock", "Somewhere else, or services in general");
    assert_eq!(
        all,
        [
            about("adviser", here),
            about("depute", here),
            about("lead", here),
            about("support-officer", general)
        ]
    );
    // Once, and whoever is deciding notices nothing.
    to(&app, "2026-01-09T09:00:00Z");
    assert!(told(&app, &server).await.is_empty());
    let versions = "SELECT COUNT(*) FROM message WHERE version = 1";
    assert_eq!(number(&mut app.cx.read().await.unwrap(), versions).await, 3);
    // Nothing of what was written, and of the writing no more than the day.
    let mut reader = app.cx.read().await.unwrap();
    let times = "SELECT reminded_on FROM message WHERE inspection_id IS NULL";
    assert_eq!(texts(&mut reader, times).await, ["2026-01-08"]);
    let trail = "SELECT COUNT(*) FROM audit_entry WHERE action LIKE 'message.%'";
    assert_eq!(number(&mut reader, trail).await, 0);
}

#[tokio::test]
async fn a_message_that_was_decided_while_the_mail_server_was_away_is_late_no_more() {
    let server = MailServer::default();
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    run_due(&app.cx).await.unwrap();
    server.take();
    send(&app, Some(world.inspection)).await;
    to(&app, "2026-01-08T08:00:00Z");
    server.is_away(true);
    assert!(told(&app, &server).await.is_empty());
    let id = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM message").await.remove(0);
    let input = DecideMessage {
        inspection: Some(world.inspection),
        message: id.parse().unwrap(),
        version: 1,
        triage: Some(Triage::Voice),
        reply: String::new(),
        concern: None,
    };
    decide_message(&app.cx, &app.actor(world.lead).await, input).await.unwrap();
    server.is_away(false);
    to(&app, "2026-01-08T09:00:00Z");
    assert!(told(&app, &server).await.is_empty());
}
