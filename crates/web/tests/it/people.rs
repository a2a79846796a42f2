//! Setting up, the people of an inspection and their invitations, through the pages.

use jiff::SignedDuration;
use keyline_domain::access::{Actor, Role};
use keyline_operations::inspections::{DeclareInterest, Invite, declare_interest, invite, notify};
use keyline_testing::{Answer, TestApp, World};

use crate::letters::notification;

/// The path of the one link that a page shows.
pub(crate) fn link(answer: &Answer, id: &str) -> String {
    let address = answer.attribute(&format!("input#{id}"), "value").expect("the page shows a link");
    address.strip_prefix("http://keyline.test").expect("our own address").to_owned()
}

#[tokio::test]
async fn an_administrator_sets_up_and_sees_no_content() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let admin = app.browser(world.administrator).await;
    let form = |lead: &'static str, area: &'static str| {
        [
            ("programme", "supervision-orders-at-home@2025-1"),
            ("area", area),
            ("starts_on-day", "2"),
            ("starts_on-month", "3"),
            ("starts_on-year", "2026"),
            ("lead", lead),
        ]
    };
    admin.get("/inspections/new").await.ok().says("Set up an inspection").says("2025-2");
    admin
        .post("/inspections/new", &form("nobody@fictional.test", "fife"))
        .await
        .unprocessable()
        .says("no account");
    admin.post("/inspections/new", &form("stranger@fictional.test", "none")).await.unprocessable();
    let done = admin.post("/inspections/new", &form("stranger@fictional.test", "fife")).await;
    let register = admin.follow(&done.redirects_to("/inspections?done=set-up")).await.ok();
    register.says("fife-2026").says("The inspection is set up.").hides("lead@fictional.test");
    // The same form sent twice sets up one inspection.
    admin
        .post("/inspections/new", &form("stranger@fictional.test", "fife"))
        .await
        .unprocessable()
        .says("fife-2026");
    admin.get("/inspections/fife-2026").await.not_found();
    let lead = app.browser(world.stranger).await;
    lead.get("/start").await.ok().says("Fife").says("Declare your interest");
    lead.get("/inspections").await.not_found();
    lead.get("/inspections/new").await.not_found();
}

#[tokio::test]
async fn members_are_added_and_roles_ended() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let lead = app.browser(world.lead).await;
    let add = world.href("people/add");
    lead.post(&add, &[("email", "nobody@fictional.test"), ("role", "depute")])
        .await
        .unprocessable()
        .says("no account");
    lead.post(&add, &[("email", "other-lead@fictional.test"), ("role", "inspector")])
        .await
        .unprocessable()
        .says("body");
    lead.post(&add, &[("email", "other-lead@fictional.test"), ("role", "chief-officer")])
        .await
        .unprocessable();
    // Nobody stands on both sides of the table.
    lead.post(&add, &[("email", "coordinator@fictional.test"), ("role", "depute")])
        .await
        .unprocessable()
        .says("other side");
    lead.post(&add, &[("email", "other-lead@fictional.test"), ("role", "inspector"), ("body", "education")])
        .await
        .redirects_to(&world.href("people?done=member"));
    lead.get(&world.href("people")).await.ok().says("Fictional other-lead").says("Not declared yet");
    app.browser(other.lead).await.get(&world.href("plan")).await.redirects_to(&world.href("interest"));

    let person = other.lead.to_string();
    let end = world.href("people/end");
    let fields = [("person", person.as_str()), ("role", "inspector")];
    app.browser(world.coordinator).await.post(&end, &fields).await.not_found();
    app.browser(world.officer).await.post(&end, &fields).await.not_found();
    lead.post(&end, &fields).await.redirects_to(&world.href("people?done=role-ended"));
    lead.post(&end, &fields).await.not_found();
    app.browser(other.lead).await.get(&world.href("")).await.not_found();
    let own = world.lead.to_string();
    lead.post(&end, &[("person", own.as_str()), ("role", "lead")])
        .await
        .conflict()
        .says("has a lead at all times");

    // The partnership sees who takes part and neither declarations nor addresses.
    app.browser(world.coordinator)
        .await
        .get(&world.href("people"))
        .await
        .ok()
        .says("Fictional lead")
        .hides("None declared")
        .hides("@fictional.test");
}

#[tokio::test]
async fn a_declared_interest_is_decided_by_somebody_else() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let depute = app.actor(world.depute).await;
    let statement = "I advised the council.".to_owned();
    let input = DeclareInterest { inspection: world.inspection, has_interest: true, statement };
    declare_interest(&app.cx, &depute, input).await.unwrap();
    let page = world.href(&format!("people/{}/interest", world.depute));
    // Taking it back opens nothing.
    let own = app.browser(world.depute).await;
    let back = world.href("interest");
    own.get(&back).await.ok().says("waits for the inspection lead").says("I advised the council.");
    own.post(&back, &[("interest", "no")]).await.unprocessable().says("who decides");
    own.get(&world.href("")).await.redirects_to(&back);
    let lead = app.browser(world.lead).await;
    lead.get("/start").await.ok().says("Decide on one declared interest");
    lead.get(&world.href("people")).await.ok().says("waits for a decision").hides("I advised");
    lead.get(&page).await.ok().says("I advised the council.");
    app.browser(world.inspectors[0]).await.get(&page).await.not_found();
    lead.post(&page, &[("decision", "yes")]).await.unprocessable().says("Say why");
    lead.post(&page, &[("reason", "x")]).await.unprocessable();
    lead.post(&page, &[("decision", "no"), ("reason", "Too close.")])
        .await
        .redirects_to(&world.href("people?done=decided"));
    own.get(&world.href("")).await.redirects_to(&back);
    own.get(&back).await.ok().says("may not take part").says("Too close.");
    own.post(&back, &[("interest", "no")]).await.unprocessable();
    own.get(&world.href("")).await.redirects_to(&back);
    lead.get(&world.href("people")).await.ok().says("takes no part");
}

#[tokio::test]
async fn an_invitation_is_accepted_once_by_a_new_account() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    let invite = world.href("people/invite");
    let fields =
        [("role", "record-reader"), ("name", "Fictional Reader"), ("email", "New.Reader@fictional.test")];
    // The partnership's people are invited after the notification.
    lead.get(&invite).await.ok().says("has not been sent");
    lead.post(&invite, &fields).await.unprocessable().says("has not been sent");
    notify(&app.cx, &app.actor(world.lead).await, notification(&app, &world)).await.unwrap();
    lead.post(&invite, &[("role", "record-reader")]).await.unprocessable();
    let shown = lead.post(&invite, &fields).await.ok().says("shown once").says("does not send e-mail");
    let path = link(&shown, "link");
    lead.get(&world.href("people"))
        .await
        .ok()
        .says("Fictional Reader")
        .hides(path.rsplit('/').next().unwrap());
    lead.post(&invite, &fields).await.unprocessable().says("open invitation");

    let reader = app.anyone();
    reader
        .get(&path)
        .await
        .ok()
        .says("Fictional lead invites you")
        .says("Record reader")
        .says("Strathmarnock");
    reader.post(&path, &[("name", "R. Reader")]).await.unprocessable().says("Fill this in");
    let accepted = reader
        .post(&path, &[("name", "R. Reader"), ("designation", "Record reader"), ("organisation", "Council")])
        .await
        .redirects_to(&world.href(""));
    reader.follow(&accepted).await.ok().says("You have joined this inspection");
    let gone = app.anyone().get(&path).await;
    assert_eq!(gone.status, 410);
    gone.says("accepted already");
    app.anyone().post(&path, &[("name", "x")]).await.conflict();
    lead.get(&world.href("people")).await.ok().says("R. Reader").says("Accepted");
    app.anyone().get("/invitation/unknown").await.not_found();
}

#[tokio::test]
async fn an_invitation_ends_by_time_withdrawal_and_renewal() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let actor = app.actor(world.lead).await;
    let depute = |email: &str| Invite {
        inspection: world.inspection,
        email: email.into(),
        name: "Fictional Depute".into(),
        role: Role::Depute,
        body: None,
    };
    let path = |link: &str| link.strip_prefix("http://keyline.test").unwrap().to_owned();
    let made = invite(&app.cx, &actor, depute("second@fictional.test")).await.unwrap();
    let old = path(&made.link);
    app.forward(SignedDuration::from_hours(24 * 14));
    let late = app.anyone().get(&old).await;
    assert_eq!(late.status, 410);
    late.says("has expired");
    let lead = app.browser(world.lead).await;
    let renewed = lead.post(&world.href(&format!("people/invitations/{}/renew", made.id)), &[]).await.ok();
    let new = link(&renewed, "link");
    app.anyone().get(&old).await.not_found();
    app.anyone().get(&new).await.ok().says("Depute");
    let withdraw = world.href(&format!("people/invitations/{}/withdraw", made.id));
    app.browser(world.officer).await.post(&withdraw, &[]).await.not_found();
    app.browser(world.coordinator).await.post(&withdraw, &[]).await.not_found();
    lead.post(&withdraw, &[]).await.redirects_to(&world.href("people"));
    let gone = app.anyone().get(&new).await;
    assert_eq!(gone.status, 410);
    gone.says("withdrawn");

    // Somebody with an account signs in first; the link does not go round the password.
    let known = invite(&app.cx, &actor, depute("stranger@fictional.test")).await.unwrap();
    let known = path(&known.link);
    app.anyone().get(&known).await.ok().says("Sign in first");
    app.anyone().post(&known, &[("name", "x")]).await.conflict().says("Sign in first");
    let stranger = app.browser(world.stranger).await;
    stranger.get(&known).await.ok().says("signed in as Fictional stranger");
    stranger.post(&known, &[]).await.redirects_to(&world.href(""));
    stranger.get(&world.href("")).await.redirects_to(&world.href("interest"));
    // A member of the partnership cannot slip into the team by a link.
    let wrong = invite(&app.cx, &actor, depute("third@fictional.test")).await.unwrap();
    app.browser(world.coordinator)
        .await
        .post(&path(&wrong.link), &[])
        .await
        .unprocessable()
        .says("other side");
    assert!(invite(&app.cx, &Actor::Public, depute("x@fictional.test")).await.is_err());
}
