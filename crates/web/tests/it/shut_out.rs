//! What is remembered between two requests never outlives the right to it: whoever is shut out is out at the very next
//! request, although each of them has just been let in twice.

use jiff::SignedDuration;
use keyline_domain::access::{Actor, Role};
use keyline_operations::access::accounts::set_enabled;
use keyline_operations::access::sessions;
use keyline_store::inspections::members;
use keyline_store::{people, sign_in};
use keyline_testing::{Browser, TestApp, World};

async fn let_in(browser: &Browser, path: &str) {
    browser.get(path).await.ok();
    browser.get(path).await.ok();
}

#[tokio::test]
async fn a_disabled_account() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    let_in(&lead, "/start").await;
    let_in(&lead, &world.href("")).await;
    set_enabled(&app.cx, &Actor::Console, world.lead, false).await.unwrap();
    lead.get("/start").await.redirects_to("/sign-in");
    lead.get(&world.href("")).await.redirects_to("/sign-in");
}

#[tokio::test]
async fn a_session_that_was_ended_elsewhere() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let (here, there) = (app.browser(world.lead).await, app.browser(world.lead).await);
    let_in(&here, "/start").await;
    let_in(&there, "/start").await;
    let actor = app.actor(world.lead).await;
    let mut reader = app.cx.read().await.unwrap();
    let all = sign_in::sessions_of(&mut reader, world.lead, app.cx.now()).await.unwrap();
    drop(reader);
    assert_eq!(all.len(), 2);
    for session in all {
        sessions::end_own_session(&app.cx, &actor, &session.token_hash).await.unwrap();
    }
    here.get("/start").await.redirects_to("/sign-in");
    there.get("/start").await.redirects_to("/sign-in");
}

#[tokio::test]
async fn a_session_that_was_signed_out_and_its_cookie_kept() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let token = {
        let link = sessions::make_link(&app.cx, &Actor::Console, world.lead, false).await.unwrap();
        sessions::sign_in_by_link(&app.cx, link.rsplit('/').next().unwrap(), "test").await.unwrap()
    };
    let router = keyline_web::app(&app.cx);
    let ask = async || {
        use tower::ServiceExt;
        let request = axum::http::Request::builder()
            .uri("/start")
            .header("host", "keyline.test")
            .header("cookie", format!("keyline={token}"))
            .body(axum::body::Body::empty())
            .unwrap();
        router.clone().oneshot(request).await.unwrap().status()
    };
    assert_eq!((ask().await, ask().await), (200.try_into().unwrap(), 200.try_into().unwrap()));
    sessions::sign_out(&app.cx, &app.actor(world.lead).await, &token).await.unwrap();
    assert_eq!(ask().await, 303);
}

#[tokio::test]
async fn a_session_at_its_end() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    let_in(&lead, "/start").await;
    app.forward(SignedDuration::from_hours(app.cx.settings.idle_hours));
    lead.get("/start").await.redirects_to("/sign-in");
}

#[tokio::test]
async fn a_session_in_use_lives_on() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    for _ in 0..4 {
        let_in(&lead, "/start").await;
        app.forward(SignedDuration::from_hours(app.cx.settings.idle_hours - 1));
    }
    let_in(&lead, "/start").await;
}

#[tokio::test]
async fn an_ended_role() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let reader = app.browser(world.depute).await;
    let_in(&reader, &world.href("")).await;
    reader.get("/start").await.ok().says("Strathmarnock");
    let mut tx = app.cx.db.begin().await.unwrap();
    members::end(&mut tx, world.inspection, world.depute, Role::Depute, app.cx.now()).await.unwrap();
    tx.commit().await.unwrap();
    reader.get(&world.href("")).await.not_found();
    reader.get("/start").await.ok().hides("Strathmarnock");
}

#[tokio::test]
async fn an_administrator_who_is_none_any_more() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let administrator = app.browser(world.administrator).await;
    let_in(&administrator, "/accounts").await;
    let mut tx = app.cx.db.begin().await.unwrap();
    let mut account = people::find(&mut tx, world.administrator).await.unwrap().unwrap();
    account.administrator = false;
    people::save(&mut tx, &account).await.unwrap();
    tx.commit().await.unwrap();
    administrator.get("/accounts").await.not_found();
}
