//! A request in the hands of a colleague without an account.

use jiff::SignedDuration;
use keyline_testing::{Browser, TestApp, World, texts};

use super::{asked, trail};

const TEXT: &[u8] = b"A fictional text of a colleague.\n";
const NAME: &str = "Fictional Colleague";
const EMAIL: &str = "colleague@fictional.test";

/// Hands a request over; the path of the link.
async fn handed(coordinator: &Browser, request: &str) -> String {
    let page =
        coordinator.post(&format!("{request}/delegate"), &[("name", NAME), ("email", EMAIL)]).await.ok();
    let page = page.says("Send this link to Fictional Colleague").hides("⟦");
    let link = page.attribute("#link", "value").expect("the link is shown");
    link.strip_prefix("http://keyline.test").expect("our own address").to_owned()
}

#[tokio::test]
async fn a_colleague_answers_one_request_and_the_coordinator_passes_it_on() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    asked(&world, &lead, "Fictional figures").await;
    let bad = coordinator.post(&format!("{request}/delegate"), &[("name", " "), ("email", "nobody")]).await;
    bad.unprocessable().says("address");
    let link = handed(&coordinator, &request).await;
    // The link is kept by nobody but whoever was given it.
    coordinator.get(&request).await.ok().says(EMAIL).hides(&link);
    let again = coordinator.post(&format!("{request}/delegate"), &[("name", NAME), ("email", EMAIL)]).await;
    again.unprocessable().says("End that link first");

    let colleague = app.anyone();
    let page = colleague
        .get(&link)
        .await
        .ok()
        .says("Fictional plan")
        .says("Fictional purpose.")
        .says("30 January 2026");
    page.hides("Fictional figures").hides("⟦");
    colleague.post(&format!("{link}/begin"), &[]).await.redirects_to(&link);
    lead.get(&request).await.ok().says("In progress");
    let send = format!("{link}/documents");
    colleague
        .upload(&send, &[], &[("files", "run.exe", b"MZ fictional")])
        .await
        .unprocessable()
        .says("program");
    let both = [("files", "plan.txt", TEXT), ("files", "wrong.txt", b"A fictional mistake.".as_slice())];
    colleague.upload(&send, &[], &both).await.redirects_to(&link);
    colleague.get(&link).await.ok().says("plan.txt").says("wrong.txt");
    let held = colleague.post(&format!("{link}/not-held"), &[("reason", "Fictional.")]).await;
    assert_eq!(held.status, 410, "what waits is not \"not held\"");

    // What waits for the coordinator is nobody else's.
    lead.get(&request).await.ok().hides("plan.txt").hides(NAME).hides(EMAIL);
    let page = coordinator.get(&world.href("returns/coordinator")).await.ok().says("plan.txt").says(NAME);
    // What came in one sending stands in no order of its own.
    let mut proposals = page.attributes("a[href*='/returns/proposals/']", "href");
    let names = page.all("a[href*='/returns/proposals/']");
    if names.first().is_some_and(|name| name == "wrong.txt") {
        proposals.reverse();
    }
    assert_eq!(proposals.len(), 2);
    assert_eq!(coordinator.get(&proposals[0]).await.ok().bytes, TEXT);
    let as_document = proposals[0].replace("/proposals/", "/documents/");
    for person in [world.lead, world.coordinator, world.chief] {
        app.browser(person).await.get(&as_document).await.not_found();
    }
    for person in [world.lead, world.chief, world.participation, world.stranger] {
        let browser = app.browser(person).await;
        browser.get(&proposals[0]).await.not_found();
        browser.post(&format!("{}/put-aside", proposals[0]), &[]).await.not_found();
    }
    coordinator.post(&format!("{}/put-aside", proposals[1]), &[]).await.redirects_to(&request);
    coordinator.get(&proposals[1]).await.not_found();
    let pass = page.attribute("form[action$='/pass-on']", "action").unwrap();
    app.browser(world.lead).await.post(&pass, &[]).await.not_found();
    coordinator.post(&pass, &[]).await.redirects_to(&world.href("returns/coordinator"));
    let page = lead.get(&request).await.ok().says("plan.txt").says("Waits for the team");
    let page = page.hides("wrong.txt").hides(EMAIL);
    assert!(page.all("main td").iter().any(|cell| cell.contains(", by a link, ")), "who sent it is said");
    lead.get(&as_document).await.ok();
    assert_eq!(colleague.get(&link).await.status, 410);

    let done = trail(&app, &world).await;
    for action in
        ["request.delegated", "request.begun", "proposal.sent", "proposal.put-aside", "request.passed-on"]
    {
        assert!(done.iter().any(|a| a == action), "{action} is in {done:?}");
    }
    let mut reader = app.cx.read().await.unwrap();
    let details = texts(&mut reader, "SELECT detail FROM audit_entry").await;
    assert!(details.iter().all(|d| !d.contains(EMAIL) && !d.contains(NAME)), "no address in the trail");
}

#[tokio::test]
async fn what_is_not_held_is_proposed_and_said_by_the_coordinator() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let link = handed(&coordinator, &request).await;
    let colleague = app.anyone();
    colleague.post(&format!("{link}/not-held"), &[("reason", "")]).await.unprocessable().says("Say why");
    let why = "Fictional: nobody wrote it.";
    colleague.post(&format!("{link}/not-held"), &[("reason", why)]).await.redirects_to(&link);
    lead.get(&request).await.ok().hides(why);
    let page = coordinator.get(&request).await.ok().says(why);
    let pass = page.attribute("form[action$='/pass-on']", "action").unwrap();
    coordinator.post(&pass, &[]).await.redirects_to(&world.href("returns/coordinator"));
    lead.get(&request).await.ok().says(why).says("Not held");
}

#[tokio::test]
async fn a_link_ends_by_the_coordinator_or_by_its_day() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let link = handed(&coordinator, &request).await;
    let colleague = app.anyone();
    let page = coordinator.get(&request).await.ok();
    let nothing = page.attribute("form[action$='/end']", "action").unwrap().replace("/end", "/pass-on");
    coordinator.post(&nothing, &[]).await.unprocessable().says("has sent nothing yet");
    let end = page.attribute("form[action$='/end']", "action").unwrap();
    let foreign = end.replace(&world.reference, &other.reference);
    app.browser(other.coordinator).await.post(&foreign, &[]).await.not_found();
    app.browser(other.coordinator).await.post(&end, &[]).await.not_found();
    colleague.get(&link).await.ok();
    coordinator.post(&end, &[]).await.redirects_to(&world.href("returns/coordinator"));
    for answer in [
        colleague.get(&link).await,
        colleague.post(&format!("{link}/begin"), &[]).await,
        colleague.upload(&format!("{link}/documents"), &[], &[("files", "late.txt", TEXT)]).await,
    ] {
        assert_eq!(answer.status, 410);
        answer.says("This link has been ended");
    }
    let link = handed(&coordinator, &request).await;
    app.forward(SignedDuration::from_hours(24 * 14 + 1));
    let late = colleague.get(&link).await.says("This link is too old");
    assert_eq!(late.status, 410);
    colleague.get("/asked/none-such").await.not_found();
    colleague.post("/asked/none-such/not-held", &[("reason", "Fictional.")]).await.not_found();
}
