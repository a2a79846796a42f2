//! Signing in by a link, the declaration of interest, and the compartment wall.

use keyline_testing::{TestApp, World};

#[tokio::test]
async fn the_lead_finds_the_inspection_and_a_stranger_does_not() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    lead.get("/start").await.ok().says("Strathmarnock");
    lead.get(&world.href("")).await.ok().says("Send the notification");
    let stranger = app.browser(world.stranger).await;
    stranger.get("/start").await.ok().hides("Strathmarnock");
    stranger.get(&world.href("")).await.not_found();
    app.browser(world.administrator).await.get(&world.href("")).await.not_found();
    app.anyone().get(&world.href("")).await.redirects_to("/sign-in?next=");
}

#[tokio::test]
async fn the_inspection_opens_after_the_declaration() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_store::inspections::members::add(
        &mut tx,
        other.inspection,
        world.depute,
        keyline_domain::access::Role::Depute,
        None,
        app.cx.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let depute = app.browser(world.depute).await;
    depute.get(&other.href("")).await.redirects_to(&other.href("interest"));
    depute.get(&other.href("interest")).await.ok().says("Do you have an interest");
    depute.post(&other.href("interest"), &[]).await.unprocessable();
    depute
        .post(&other.href("interest"), &[("interest", "yes")])
        .await
        .unprocessable()
        .says("Say what the interest is");
    depute
        .post(&other.href("interest"), &[("interest", "yes"), ("statement", "I lived there.")])
        .await
        .redirects_to("/start");
    depute.get(&other.href("")).await.redirects_to(&other.href("interest"));
    // What was declared is not taken back by its author: the lead decides.
    depute.post(&other.href("interest"), &[("interest", "no")]).await.unprocessable();
    depute.get(&other.href("")).await.redirects_to(&other.href("interest"));
    let decide = other.href(&format!("people/{}/interest", world.depute));
    let fields = [("decision", "yes"), ("reason", "Long ago.")];
    app.browser(other.lead).await.post(&decide, &fields).await.redirects_to(&other.href("people"));
    depute.get(&other.href("")).await.ok();
}

#[tokio::test]
async fn a_link_signs_in_once() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let actor = keyline_domain::access::Actor::Console;
    let link =
        keyline_operations::access::sessions::make_link(&app.cx, &actor, world.lead, false).await.unwrap();
    let path = link.strip_prefix("http://keyline.test").unwrap();
    let browser = app.anyone();
    browser.get(path).await.ok().says("This link signs you in");
    browser.post(path, &[]).await.redirects_to("/start");
    browser.get("/start").await.ok();
    app.anyone().post(path, &[]).await.not_found();
    browser.post("/sign-out", &[]).await.redirects_to("/");
    browser.get("/start").await.redirects_to("/sign-in");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    use axum::http::{Method, Request, StatusCode};
    use tower::ServiceExt;
    let app = TestApp::new().await;
    let request = Request::builder()
        .method(Method::POST)
        .uri("/sign-out")
        .header("host", "keyline.test")
        .header("origin", "https://elsewhere.test")
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = keyline_web::app(&app.cx).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.headers().contains_key("content-security-policy"));
}

#[tokio::test]
async fn the_lead_reads_the_audit_trail_and_a_change_to_it_is_named() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    app.browser(world.lead).await.get(&world.href("audit")).await.ok().says("Set up the inspection");
    app.browser(world.coordinator).await.get(&world.href("audit")).await.not_found();
    let whole = keyline_store::audit::verify(&mut app.cx.read().await.unwrap()).await.unwrap().unwrap();
    assert!(whole > 10);
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_testing::tamper(
        &mut tx,
        "UPDATE audit_entry SET detail = '{\"by\":\"nobody\"}' WHERE sequence = 7",
    )
    .await;
    tx.commit().await.unwrap();
    let broken = keyline_store::audit::verify(&mut app.cx.read().await.unwrap()).await.unwrap().unwrap_err();
    assert_eq!(broken, keyline_domain::audit::Broken::Changed(7));
}
