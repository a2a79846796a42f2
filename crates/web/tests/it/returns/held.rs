//! What the area has given before: offered, asked for by the team, given again by the coordinator alone.

use keyline_testing::{TestApp, World, tamper, texts};

use super::{asked, trail};

const TEXT: &[u8] = b"The fictional services plan of an earlier year.\n";

/// Two inspections of one area, and the address of a document that was given to the first.
async fn two_inspections(app: &TestApp) -> (World, World, String) {
    let here = World::notified(app).await;
    let earlier = World::in_area(app, "fife", "other-").await;
    let mut tx = app.cx.db.begin().await.expect("a transaction");
    let moved = "UPDATE inspection SET area = 'strathmarnock', notified_on = '2026-01-05' WHERE reference = 'fife-2026'";
    assert_eq!(tamper(&mut tx, moved).await, 1);
    tx.commit().await.expect("committed");
    let request =
        asked(&earlier, &app.browser(earlier.lead).await, "Fictional children's services plan").await;
    let coordinator = app.browser(earlier.coordinator).await;
    coordinator
        .upload(&format!("{request}/documents"), &[], &[("files", "secret name.txt", TEXT)])
        .await
        .redirects_to(&request);
    let page = coordinator.get(&request).await.ok();
    let document =
        page.attribute("a[href*='/returns/documents/']", "href").expect("the page links to the document");
    (here, earlier, document.rsplit('/').next().expect("an id").to_owned())
}

fn form<'a>(title: &'a str, extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("title", title),
        ("purpose", "Fictional purpose."),
        ("indicators", "2.1"),
        ("due-day", "30"),
        ("due-month", "1"),
        ("due-year", "2026"),
    ];
    form.extend_from_slice(extra);
    form
}

#[tokio::test]
async fn what_is_answered_already_is_asked_again_with_a_reason_alone() {
    let app = TestApp::new().await;
    let (here, _, _) = two_inspections(&app).await;
    let lead = app.browser(here.lead).await;
    let new = here.href("returns/requests/new");
    lead.get(&new)
        .await
        .ok()
        .says("One document was given before")
        .says("Fictional children's services plan");
    let same = "The children’s services plan (fictional)";
    let page = lead.post(&new, &form(same, &[])).await.unprocessable();
    page.says("was given on 5 January 2026").hides("secret name");
    let why = [("asked_again", "Fictional: a year has passed.")];
    let asked = lead.post(&new, &form(same, &why)).await.redirects_to(&here.href("returns/requests/req_"));
    let coordinator = app.browser(here.coordinator).await;
    coordinator.get(&asked.location()).await.ok().says("Fictional: a year has passed.");
    // What nobody has given needs no reason, unless a public document is named.
    lead.post(&new, &form("Fictional figures", &[])).await.redirects_to(&here.href("returns/requests/req_"));
    let public = [("public_at", "javascript:alert(1)")];
    lead.post(&new, &form("Fictional minutes", &public)).await.unprocessable().says("begins with https://");
    let public = [("public_at", "https://area.fictional.test/minutes")];
    lead.post(&new, &form("Fictional minutes", &public))
        .await
        .unprocessable()
        .says("Say what it leaves open");
}

#[tokio::test]
async fn an_earlier_document_comes_over_the_wall_by_the_coordinators_hand() {
    let app = TestApp::new().await;
    let (here, earlier, document) = two_inspections(&app).await;
    let (lead, coordinator) = (app.browser(here.lead).await, app.browser(here.coordinator).await);
    let new = here.href("returns/requests/new");
    let why = [("asked_again", "Fictional: a year has passed.")];
    let request = lead.post(&new, &form("Fictional children's services plan", &why)).await.location();
    let request = request.split('?').next().unwrap().to_owned();
    let page = lead.get(&request).await.ok().says("Given before").says("TXT, given on 5 January 2026");
    page.hides("secret name").hides("Give this one again");
    // Nobody but those who can do something with it is told of it, and it opens for nobody.
    app.browser(here.inspectors[0]).await.get(&request).await.ok().hides("Given before");
    app.browser(here.chief).await.get(&request).await.ok().hides("Given before");
    let over_the_wall = here.href(&format!("returns/documents/{document}"));
    lead.get(&over_the_wall).await.not_found();
    coordinator.get(&over_the_wall).await.not_found();
    let field = [("document", document.as_str())];
    let (ask, give, decline) =
        (format!("{request}/reuse/ask"), format!("{request}/reuse/give"), format!("{request}/reuse/decline"));
    lead.post(&give, &field).await.not_found();
    lead.post(&decline, &field).await.not_found();
    coordinator.post(&ask, &field).await.not_found();
    app.browser(here.inspectors[0]).await.post(&ask, &field).await.not_found();
    app.browser(earlier.lead).await.post(&ask, &field).await.not_found();
    app.anyone().post(&give, &field).await.not_found();

    coordinator.post(&decline, &field).await.unprocessable().says("The team does not ask for this document.");
    lead.post(&ask, &field).await.redirects_to(&request);
    lead.post(&ask, &field).await.unprocessable().says("asked for this document already");
    lead.get(&over_the_wall).await.not_found();
    coordinator.get(&here.href("returns/coordinator")).await.ok().says("The team asks for it");
    coordinator.post(&decline, &field).await.unprocessable().says("Say why");
    let reason = format!("decline-{document}");
    let declined = [("document", document.as_str()), (reason.as_str(), "Fictional: a newer one follows.")];
    coordinator.post(&decline, &declined).await.redirects_to(&request);
    lead.get(&request).await.ok().says("Not given again").says("Fictional: a newer one follows.");
    lead.post(&ask, &field).await.redirects_to(&request);
    coordinator.post(&give, &field).await.redirects_to(&request);
    coordinator.post(&give, &field).await.unprocessable().says("given again already");

    let page = lead.get(&request).await.ok().says("secret name.txt").says("First given on 5 January 2026");
    let copy = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    assert!(!copy.ends_with(&document));
    assert_eq!(lead.get(&copy).await.ok().bytes, TEXT);
    lead.get(&over_the_wall).await.not_found();
    app.browser(earlier.lead).await.get(&copy).await.not_found();
    // The content is stored once, and both trails say what happened.
    let mut reader = app.cx.read().await.unwrap();
    let digests = texts(&mut reader, "SELECT DISTINCT digest FROM document").await;
    assert_eq!(digests.len(), 1);
    for world in [&here, &earlier] {
        assert!(trail(&app, world).await.contains(&"document.given-again".to_owned()));
    }
}

#[tokio::test]
async fn nothing_is_named_to_bodies_that_were_not_there_nor_to_another_area() {
    let app = TestApp::new().await;
    let (here, _, document) = two_inspections(&app).await;
    let lead = app.browser(here.lead).await;
    let request = asked(&here, &lead, "Fictional figures").await;
    // A document that does not answer the request is none of its offers.
    let field = [("document", document.as_str())];
    lead.post(&format!("{request}/reuse/ask"), &field).await.not_found();
    let new = here.href("returns/requests/new");
    lead.get(&new).await.ok().says("One document was given before");
    let mut tx = app.cx.db.begin().await.unwrap();
    let elsewhere = "UPDATE membership SET body = 'fictional-body' WHERE role IN ('lead', 'depute')";
    assert!(tamper(&mut tx, elsewhere).await > 0);
    tx.commit().await.unwrap();
    lead.get(&new).await.ok().hides("given before").hides("services plan");
    let mut tx = app.cx.db.begin().await.unwrap();
    tamper(&mut tx, "UPDATE membership SET body = 'care-inspectorate' WHERE role IN ('lead', 'depute')")
        .await;
    tamper(&mut tx, "UPDATE inspection SET area = 'fife' WHERE reference = 'fife-2026'").await;
    tx.commit().await.unwrap();
    lead.get(&new).await.ok().hides("given before").hides("services plan");
}
