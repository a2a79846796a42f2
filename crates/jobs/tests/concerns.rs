//! The clocks of concerns: who is told when, once, whatever happens in between.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::SignedDuration;
use keyline_domain::access::Actor;
use keyline_domain::concerns::{Kind, Source, Written};
use keyline_domain::ids::{ConcernId, PersonId};
use keyline_jobs::run_due;
use keyline_operations::access::accounts::set_enabled;
use keyline_operations::concerns::{
    DecideConcern, Raise, Ruling, concerns_waiting, decide_concern, raise_concern, set_away,
};
use keyline_testing::{MailServer, TestApp, World, number, tamper};

/// To whom mails went, in order: the names before the signs of their addresses.
fn written_to(server: &MailServer) -> Vec<String> {
    server.got().iter().map(|m| m.to.split('@').next().unwrap().to_owned()).collect()
}

async fn raise(app: &TestApp, world: &World, danger: bool) -> ConcernId {
    let id = ConcernId::new(app.cx.now(), app.cx.random());
    let written =
        Written { seen: "Fictional Aoife is afraid".into(), by_whom: "teacher".into(), ..Written::default() };
    let input = Raise {
        inspection: world.inspection,
        id,
        kind: Kind::Safety,
        source: Source::Itself,
        danger,
        written,
    };
    raise_concern(&app.cx, &app.actor(world.inspectors[0]).await, input).await.unwrap()
}

async fn world(server: &MailServer) -> (TestApp, World) {
    let app = TestApp::with_mailer(server.mailer()).await;
    let world = World::notified(&app).await;
    run_due(&app.cx).await.unwrap();
    server.got().clear();
    (app, world)
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

#[tokio::test]
async fn a_clock_that_runs_out_goes_from_the_lead_to_the_depute_to_the_service_manager() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    raise(&app, &world, true).await;
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead"]);
    app.forward(minutes(29));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead"], "not before its time");
    for (after, told) in [(1, 2), (30, 3), (30, 3), (600, 3)] {
        app.forward(minutes(after));
        run_due(&app.cx).await.unwrap();
        run_due(&app.cx).await.unwrap();
        assert_eq!(written_to(&server), ["lead", "depute", "service-manager"][..told]);
    }
    // No mail carries anything of what was written.
    for mail in server.got().iter() {
        for text in [&mail.subject, &mail.plain, &mail.html] {
            assert!(!text.contains("Aoife") && !text.contains("afraid"));
        }
        assert!(mail.plain.contains("/concerns/ccn_"));
    }
}

#[tokio::test]
async fn a_step_that_is_done_stops_its_clock() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    let concern = raise(&app, &world, true).await;
    run_due(&app.cx).await.unwrap();
    let input = DecideConcern {
        inspection: world.inspection,
        concern,
        step: 1,
        ruling: Ruling::NotAConcern,
        reason: "a misunderstanding".into(),
    };
    decide_concern(&app.cx, &app.actor(world.lead).await, input).await.unwrap();
    app.forward(SignedDuration::from_hours(1_000));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead"]);
    assert_eq!(keyline_store::jobs::counts(&mut app.cx.read().await.unwrap()).await.unwrap().1, 0);
}

#[tokio::test]
async fn the_duty_goes_on_when_the_lead_is_away_or_the_account_ends() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    let until = app.cx.now() + SignedDuration::from_hours(48);
    set_away(&app.cx, &app.actor(world.lead).await, Some(until)).await.unwrap();
    raise(&app, &world, true).await;
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["depute"], "the lead is away: the depute is told at once");
    // The depute's account ends while the clock runs.
    let end = async |person: PersonId| set_enabled(&app.cx, &Actor::Console, person, false).await.unwrap();
    end(world.depute).await;
    app.forward(minutes(31));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["depute", "service-manager"]);
    // Nobody but the manager is left for a new one.
    end(world.lead).await;
    raise(&app, &world, false).await;
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["depute", "service-manager", "service-manager"]);
}

#[tokio::test]
async fn when_all_are_away_all_are_told_and_a_clock_without_anybody_waits_for_somebody() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    let until = app.cx.now() + SignedDuration::from_hours(48);
    for person in [world.lead, world.depute, world.manager] {
        set_away(&app.cx, &app.actor(person).await, Some(until)).await.unwrap();
    }
    raise(&app, &world, true).await;
    run_due(&app.cx).await.unwrap();
    let mut told = written_to(&server);
    told.sort();
    assert_eq!(told, ["depute", "lead", "service-manager"], "absence is no excuse for any of them");
    server.got().clear();
    // Nobody is left who could be told; then somebody comes back.
    for person in [world.lead, world.depute, world.manager] {
        set_enabled(&app.cx, &Actor::Console, person, false).await.unwrap();
    }
    raise(&app, &world, true).await;
    run_due(&app.cx).await.unwrap();
    app.forward(minutes(31));
    run_due(&app.cx).await.unwrap();
    assert!(written_to(&server).is_empty());
    set_enabled(&app.cx, &Actor::Console, world.manager, true).await.unwrap();
    app.forward(minutes(31));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["service-manager"]);
}

#[tokio::test]
async fn who_was_away_finds_on_return_what_came_meanwhile() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    let until = app.cx.now() + SignedDuration::from_hours(48);
    set_away(&app.cx, &app.actor(world.lead).await, Some(until)).await.unwrap();
    let concern = raise(&app, &world, false).await;
    set_away(&app.cx, &app.actor(world.lead).await, None).await.unwrap();
    for (person, waits) in [(world.lead, true), (world.depute, true), (world.manager, false)] {
        let waiting = concerns_waiting(&app.cx, person).await.unwrap();
        let ids: Vec<ConcernId> = waiting.iter().map(|w| w.concern.id).collect();
        assert_eq!(ids, if waits { vec![concern] } else { Vec::new() });
    }
    app.forward(SignedDuration::from_hours(24 * 30));
    assert!(concerns_waiting(&app.cx, world.lead).await.unwrap()[0].overdue);
}

#[tokio::test]
async fn a_mail_server_that_is_away_for_a_day_costs_no_notice_and_doubles_none() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    server.is_away(true);
    let concern = raise(&app, &world, true).await;
    for _ in 0..24 {
        run_due(&app.cx).await.unwrap();
        app.forward(SignedDuration::from_hours(1));
    }
    assert!(written_to(&server).is_empty());
    // In the product they were told all along.
    let told = "SELECT COUNT(*) FROM concern_notice WHERE mailed_at IS NULL";
    assert_eq!(number(&mut app.cx.read().await.unwrap(), told).await, 3);
    server.is_away(false);
    for _ in 0..5 {
        run_due(&app.cx).await.unwrap();
        app.forward(minutes(10));
    }
    let mut to = written_to(&server);
    to.sort();
    assert_eq!(to, ["depute", "lead", "service-manager"]);
    let ids: Vec<String> = server.got().iter().map(|m| m.id.clone()).collect();
    assert!(ids.iter().all(|id| id.starts_with(&concern.to_string())));
}

#[tokio::test]
async fn a_worker_that_dies_between_two_steps_misses_and_doubles_nothing() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    raise(&app, &world, true).await;
    // Claimed by a worker that died before it did anything: another claims it after ten minutes.
    let mut tx = app.cx.db.begin_apart().await.unwrap();
    assert!(
        keyline_store::jobs::claim(&mut tx, app.cx.now(), keyline_store::jobs::Lane::But(&["none"]))
            .await
            .unwrap()
            .is_some()
    );
    tx.commit().await.unwrap();
    run_due(&app.cx).await.unwrap();
    assert!(written_to(&server).is_empty());
    app.forward(minutes(11));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead"]);
    // A clock whose worker died after its transaction and before the job was taken out runs again.
    let mut tx = app.cx.db.begin_apart().await.unwrap();
    let again =
        "INSERT INTO job (id, kind, payload, run_at, attempts) SELECT 'job_00000000000070008000000000000001',
        kind, payload, run_at, 0 FROM job WHERE kind = 'concern-clock'";
    assert_eq!(tamper(&mut tx, again).await, 1);
    tx.commit().await.unwrap();
    app.forward(minutes(31));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead", "depute"]);
    let two_clocks = "SELECT COUNT(*) FROM job WHERE kind = 'concern-clock'";
    assert_eq!(number(&mut app.cx.read().await.unwrap(), two_clocks).await, 1);
}

#[tokio::test]
async fn a_clock_of_the_machine_that_is_set_back_tells_nobody_twice() {
    let server = MailServer::default();
    let (app, world) = world(&server).await;
    // In the night in which summer time ends.
    app.clock.set("2026-10-25T00:40:00Z".parse().unwrap());
    raise(&app, &world, true).await;
    run_due(&app.cx).await.unwrap();
    app.forward(minutes(31));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead", "depute"]);
    app.forward(minutes(-60));
    run_due(&app.cx).await.unwrap();
    app.forward(minutes(60));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead", "depute"]);
    app.forward(minutes(30));
    run_due(&app.cx).await.unwrap();
    assert_eq!(written_to(&server), ["lead", "depute", "service-manager"]);
}
