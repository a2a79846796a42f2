//! Whoever lost a passphrase asks the custodians, who get it by mail as well: once, and with nobody named.

use jiff::SignedDuration;
use keyline_domain::access::Actor;
use keyline_jobs::run_due;
use keyline_operations::care::{keys, recovery};
use keyline_testing::{MailServer, TestApp, World};

const PASSPHRASE: &str = "fictional words that nobody keeps secret";

#[tokio::test]
async fn custodians_are_asked_by_mail_unless_they_gave_their_half_meanwhile() {
    let server = MailServer::default();
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    let three = [world.chair, world.panel_member, world.link];
    for person in three.into_iter().chain([world.lead]) {
        let actor = app.actor(person).await;
        keys::make_key(&app.cx, &actor, &person.to_string(), PASSPHRASE, PASSPHRASE).await.unwrap();
    }
    recovery::make_recovery(&app.cx, &Actor::Console, three).await.unwrap();
    run_due(&app.cx).await.unwrap();
    server.take();

    let lead = app.actor(world.lead).await;
    server.is_away(true);
    let request = recovery::ask_recovery(&app.cx, &lead, "I forgot the words").await.unwrap();
    // Asked again, it is the same request.
    assert_eq!(recovery::ask_recovery(&app.cx, &lead, "Still").await.unwrap(), request);
    run_due(&app.cx).await.unwrap();
    let chair = app.actor(world.chair).await;
    recovery::give_half(&app.cx, &chair, &world.chair.to_string(), request).await.unwrap();
    server.is_away(false);
    app.forward(SignedDuration::from_hours(1));
    run_due(&app.cx).await.unwrap();
    run_due(&app.cx).await.unwrap();
    let mails = server.take();
    let mut to: Vec<_> = mails.iter().map(|m| m.to.split('@').next().unwrap()).collect();
    to.sort_unstable();
    assert_eq!(to, ["link-inspector", "panel-member"]);
    for mail in &mails {
        for said in [&mail.subject, &mail.plain, &mail.html] {
            assert!(!said.contains("forgot") && !said.contains("Fictional lead"), "{said}");
        }
        assert!(mail.plain.contains("/care\n") && mail.id.starts_with("recovery."));
    }
}
