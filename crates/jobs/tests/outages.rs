//! What becomes of jobs while something outside is broken, on either database.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::SignedDuration;
use keyline_domain::access::Actor;
use keyline_domain::ids::InspectionId;
use keyline_jobs::run_due;
use keyline_operations::report::publication;
use keyline_store::jobs::{self, Waiting};
use keyline_testing::{TestApp, World, tamper};

async fn enqueue(app: &TestApp, kind: &str, payload: serde_json::Value) {
    let mut tx = app.cx.db.begin().await.unwrap();
    jobs::enqueue(&mut tx, app.cx.now(), app.cx.random(), kind, &payload, app.cx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sql(app: &TestApp, statement: &str) {
    let mut tx = app.cx.db.begin().await.unwrap();
    tamper(&mut tx, statement).await;
    tx.commit().await.unwrap();
}

async fn queue(app: &TestApp) -> Vec<Waiting> {
    jobs::list(&mut app.cx.read().await.unwrap()).await.unwrap()
}

// Lets the clock go on in steps of five minutes, as a server would look.
async fn go_on(app: &TestApp, hours: u32) {
    for _ in 0..hours * 12 {
        run_due(&app.cx).await.unwrap();
        app.forward(SignedDuration::from_mins(5));
    }
}

fn payload(inspection: InspectionId) -> serde_json::Value {
    serde_json::to_value(publication::Payload { inspection }).unwrap()
}

#[tokio::test]
async fn a_publication_waits_through_an_outage_of_a_day() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    enqueue(&app, publication::KIND, payload(world.inspection)).await;
    sql(&app, "ALTER TABLE report RENAME TO report_is_away").await;
    go_on(&app, 24).await;
    let waiting = queue(&app).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].kind.as_str(), waiting[0].failed_at), (publication::KIND, None));
    assert!(waiting[0].attempts > 250, "{} tries in a day", waiting[0].attempts);
    assert!(waiting[0].last_error.as_ref().unwrap().contains("report"), "{:?}", waiting[0].last_error);
    sql(&app, "ALTER TABLE report_is_away RENAME TO report").await;
    app.forward(SignedDuration::from_mins(5));
    assert_eq!(run_due(&app.cx).await.unwrap(), 1);
    assert!(queue(&app).await.is_empty(), "it ran when the cause was gone");
}

#[tokio::test]
async fn what_was_set_aside_is_named_and_runs_again_when_the_console_says_so() {
    let app = TestApp::new().await;
    enqueue(&app, "unknown-kind", serde_json::json!({})).await;
    let nowhere = InspectionId::new(app.cx.now(), app.cx.random());
    enqueue(&app, publication::KIND, payload(nowhere)).await;
    go_on(&app, 1).await;
    let set_aside = |queue: &[Waiting]| -> Vec<String> {
        queue.iter().filter(|j| j.failed_at.is_some()).map(|j| j.kind.clone()).collect()
    };
    assert_eq!(set_aside(&queue(&app).await), ["unknown-kind"]);
    // A week later.
    sql(&app, "UPDATE job SET attempts = 7 * 24 * 12 - 1 WHERE kind = 'publish'").await;
    go_on(&app, 1).await;
    let aside = queue(&app).await;
    assert_eq!(set_aside(&aside).len(), 2, "nothing is tried for ever");
    assert!(aside.iter().all(|j| j.last_error.is_some()));
    assert_eq!(run_due(&app.cx).await.unwrap(), 0);

    let world = World::planned(&app).await;
    let lead = app.actor(world.lead).await;
    assert!(keyline_operations::jobs::run_again(&app.cx, &lead).await.is_err());
    assert_eq!(keyline_operations::jobs::run_again(&app.cx, &Actor::Console).await.unwrap(), 2);
    let again = queue(&app).await;
    assert!(again.iter().all(|j| j.failed_at.is_none() && j.attempts == 0 && j.run_at == app.cx.now()));
    assert_eq!(run_due(&app.cx).await.unwrap(), 2);
    let mut reader = app.cx.read().await.unwrap();
    assert!(keyline_store::audit::verify(&mut reader).await.unwrap().is_ok());
}
