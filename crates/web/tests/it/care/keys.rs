use keyline_domain::access::Role;
use keyline_domain::concerns::{Kind, Source, Written};
use keyline_domain::ids::ConcernId;
use keyline_operations::concerns::{Raise, raise_concern};
use keyline_store::inspections::members;
use keyline_testing::{TestApp, World, number, texts};

use super::{PASSPHRASE, holds, on_disk, with_key};

async fn raised(app: &TestApp, world: &World) -> String {
    let id = ConcernId::new(app.cx.now(), app.cx.random());
    let written = Written { seen: "Fictional words".into(), by_whom: "teacher".into(), ..Written::default() };
    let input = Raise {
        inspection: world.inspection,
        id,
        kind: Kind::Safety,
        source: Source::Itself,
        danger: false,
        written,
    };
    raise_concern(&app.cx, &app.actor(world.inspectors[0]).await, input).await.unwrap();
    world.href(&format!("concerns/{id}"))
}

#[tokio::test]
async fn a_key_opens_with_its_passphrase_for_half_an_hour_and_not_after_signing_out() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let short = [("passphrase", "short"), ("again", "short")];
    lead.post("/care/key", &short).await.unprocessable();
    let differ = [("passphrase", PASSPHRASE), ("again", "another one of enough letters")];
    lead.post("/care/key", &differ).await.unprocessable();
    let lead = with_key(&app, world.lead).await;
    let page = raised(&app, &world).await;
    let read = [("act", "read"), ("read_reason", "to decide")];
    lead.post(&page, &read).await.ok().says("Fictional words");
    app.forward(jiff::SignedDuration::from_mins(31));
    lead.post(&page, &read).await.unprocessable().hides("Fictional words");
    let unlocking =
        [("act", "read"), ("read_reason", "to decide"), ("passphrase", "wrong words, quite a lot of them")];
    lead.post(&page, &unlocking).await.unprocessable().says("not your passphrase");
    let right = [("act", "read"), ("read_reason", "to decide"), ("passphrase", PASSPHRASE)];
    lead.post(&page, &right).await.ok().says("Fictional words");
    // Another session of the same person has to unlock for itself; signing out gives it up.
    let elsewhere = app.browser(world.lead).await;
    elsewhere.post(&page, &read).await.unprocessable();
    lead.post("/sign-out", &[]).await.redirects_to("/");
    assert!(!holds(&on_disk(&app).unwrap_or_default(), PASSPHRASE));
    // Wrong passphrases have to wait.
    for _ in 0..6 {
        elsewhere
            .post("/care/unlock", &[("passphrase", "wrong words, quite a lot of them")])
            .await
            .unprocessable();
    }
    elsewhere.post("/care/unlock", &[("passphrase", PASSPHRASE)]).await.unprocessable().says("Wait");
}

#[tokio::test]
async fn whoever_left_loses_the_keys_and_whoever_came_gets_them() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = with_key(&app, world.lead).await;
    let depute = with_key(&app, world.depute).await;
    let page = raised(&app, &world).await;
    let mut tx = app.cx.db.begin().await.unwrap();
    members::end(&mut tx, world.inspection, world.lead, Role::Lead, app.cx.now()).await.unwrap();
    tx.commit().await.unwrap();
    let read = [("act", "read"), ("read_reason", "to decide")];
    lead.post(&page, &read).await.not_found();
    depute.post(&page, &read).await.ok().says("Fictional words");
    let held = format!("SELECT COUNT(*) FROM sealed_key WHERE holder = '{}'", world.lead);
    assert_eq!(number(&mut app.cx.read().await.unwrap(), held).await, 0);
}

#[tokio::test]
async fn two_of_three_custodians_open_what_everybody_lost_and_one_cannot() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = with_key(&app, world.lead).await;
    let mut custodians = Vec::new();
    for person in [world.chair, world.panel_member, world.link] {
        custodians.push(with_key(&app, person).await);
    }
    let administrator = app.browser(world.administrator).await;
    let ids = [world.chair, world.panel_member, world.link].map(|p| p.to_string());
    let twice = [("custodian", ids[0].as_str()), ("custodian-2", &ids[0]), ("custodian-3", &ids[1])];
    administrator.post("/care/custodians", &twice).await.unprocessable();
    let three = [("custodian", ids[0].as_str()), ("custodian-2", &ids[1]), ("custodian-3", &ids[2])];
    lead.post("/care/custodians", &three).await.not_found();
    administrator.post("/care/custodians", &three).await.redirects_to("/care/custodians");
    let page = raised(&app, &world).await;

    // The lead loses the passphrase: a new key opens nothing that was sealed before.
    let fields = [("passphrase", PASSPHRASE), ("again", PASSPHRASE)];
    lead.post("/care/key", &fields).await.unprocessable();
    let lost = [("new_passphrase", PASSPHRASE), ("new_again", PASSPHRASE)];
    lead.post("/care/replace", &lost).await.unprocessable().says("Say that you know what it means");
    let lost = [lost[0], lost[1], ("understood", "yes")];
    lead.post("/care/replace", &lost).await.redirects_to("/care");
    let read = [("act", "read"), ("read_reason", "to decide")];
    lead.post(&page, &read).await.ok().hides("Fictional words");
    lead.post("/care/recovery", &[("reason", "")]).await.unprocessable();
    lead.post("/care/recovery", &[("reason", "I forgot the words")]).await.redirects_to("/care");
    let request = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM care_recovery_request").await;
    let give = [("request", request[0].as_str())];
    app.browser(world.stranger).await.post("/care/recovery/give", &give).await.unprocessable();
    lead.post("/care/recovery/give", &give).await.not_found();
    custodians[0].get("/care").await.ok().says("I forgot the words");
    custodians[0].post("/care/recovery/give", &give).await.redirects_to("/care");
    // One alone is not enough, however often.
    custodians[0].post("/care/recovery/give", &give).await.redirects_to("/care");
    lead.post("/care/recovery/finish", &[]).await.unprocessable().says("Two custodians");
    custodians[2].post("/care/recovery/give", &give).await.redirects_to("/care");
    lead.post("/care/recovery/finish", &[]).await.redirects_to("/care?done=care-recovered");
    lead.post(&page, &read).await.ok().says("Fictional words");
    // Nothing that was given is left.
    let given = "SELECT COUNT(*) FROM care_given_half";
    assert_eq!(number(&mut app.cx.read().await.unwrap(), given).await, 0);
}
