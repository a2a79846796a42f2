//! The list of requests as the lead edits it and the partnership works on it.

use keyline_testing::{Answer, Browser, TestApp, World};

use super::{asked, trail};

fn version(page: &Answer) -> String {
    page.attribute("input[name=version]", "value").expect("the form has a version")
}

fn wording<'a>(title: &'a str, owner: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", title),
        ("purpose", "Fictional other purpose."),
        ("indicators", "5.3"),
        ("due-day", "6"),
        ("due-month", "2"),
        ("due-year", "2026"),
        ("owner", owner),
        ("version", version),
    ]
}

async fn shut_out(app: &TestApp, world: &World, request: &str, verb: &str) {
    for person in [world.coordinator, world.inspectors[0], world.manager, world.participation, world.stranger]
    {
        app.browser(person).await.post(&format!("{request}/{verb}"), &[("version", "1")]).await.not_found();
    }
    app.anyone().post(&format!("{request}/{verb}"), &[("version", "1")]).await.not_found();
}

#[tokio::test]
async fn the_lead_changes_what_is_asked_for_and_puts_it_into_somebodys_hands() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let (lead, officer) = (app.browser(world.lead).await, app.browser(world.officer).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let change = format!("{request}/change");
    let page = lead.get(&change).await.ok().says("Held by").hides("⟦");
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Fictional plan"));
    assert_eq!(page.attributes("input[type=checkbox][checked]", "value"), ["2.1"]);
    let seen = version(&page);
    // Somebody of the team holds nothing for the partnership.
    let lead_id = world.lead.to_string();
    lead.post(&change, &wording("Fictional plan", &lead_id, &seen))
        .await
        .unprocessable()
        .says("Choose somebody");
    let holder = world.participation.to_string();
    lead.post(&change, &wording("Fictional newer plan", &holder, &seen)).await.redirects_to(&request);
    let page = app.browser(world.coordinator).await.get(&request).await.ok();
    page.says("Fictional newer plan")
        .says("Fictional participation-lead")
        .says("6 February 2026")
        .hides("Fictional purpose.");
    // The second of two editors is shown both texts, and saves over the other after that.
    let both = officer.post(&change, &wording("Fictional third plan", "", &seen)).await.conflict();
    let both =
        both.says("Fictional lead has changed").says("Fictional third plan").says("Fictional newer plan");
    let now = version(&both);
    officer.post(&change, &wording("Fictional third plan", "", &now)).await.redirects_to(&request);
    lead.get(&request).await.ok().says("Fictional third plan").says("The inspection coordinator");
    assert_eq!(trail(&app, &world).await.iter().filter(|a| *a == "request.changed").count(), 2);

    shut_out(&app, &world, &request, "change").await;
    let id = request.rsplit('/').next().unwrap();
    let foreign = other.href(&format!("returns/requests/{id}/change"));
    app.browser(other.lead).await.get(&foreign).await.not_found();
    app.browser(other.lead).await.post(&foreign, &wording("Fictional", "", "1")).await.not_found();
}

#[tokio::test]
async fn a_request_is_withdrawn_with_a_reason_and_takes_nothing_any_more() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    asked(&world, &lead, "Fictional figures").await;
    let withdraw = format!("{request}/withdraw");
    let seen = version(&lead.get(&request).await.ok());
    lead.post(&withdraw, &[("version", &seen)]).await.unprocessable().says("Say why");
    let why = "Fictional: the report says it already.";
    shut_out(&app, &world, &request, "withdraw").await;
    lead.post(&withdraw, &[("version", &seen), ("withdraw-reason", why)]).await.redirects_to(&request);
    let page = coordinator.get(&request).await.ok().says("Withdrawn by the team").says(why);
    page.hides("type=\"file\"");
    coordinator.get(&world.href("returns")).await.ok().says("0 of 1 answered").says("Withdrawn");
    coordinator.get(&world.href("returns/coordinator")).await.ok().says(why);
    let late =
        coordinator.upload(&format!("{request}/documents"), &[], &[("files", "a.txt", b"Fictional.")]).await;
    late.unprocessable().says("The team has withdrawn this request.");
    lead.get(&format!("{request}/change")).await.ok();
    lead.post(&format!("{request}/change"), &wording("Fictional", "", "2")).await.unprocessable();
    // Nobody withdraws what has been accepted.
    let request = asked(&world, &lead, "Fictional minutes").await;
    let sent = [("files", "a.txt", b"Fictional minutes.".as_slice())];
    coordinator.upload(&format!("{request}/documents"), &[], &sent).await.redirects_to(&request);
    let seen = version(&lead.get(&request).await.ok());
    lead.post(&format!("{request}/accept"), &[("version", &seen)]).await.redirects_to(&request);
    let late = [("version", "3"), ("withdraw-reason", why)];
    lead.post(&format!("{request}/withdraw"), &late).await.unprocessable().says("has accepted");
}

async fn begins(browser: &Browser, request: &str) -> Answer {
    browser.post(&format!("{request}/begin"), &[]).await
}

#[tokio::test]
async fn who_holds_a_request_sees_it_alone_and_says_that_the_work_has_begun() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let others = asked(&world, &lead, "Fictional figures").await;
    let holder = world.participation.to_string();
    lead.post(&format!("{request}/change"), &wording("Fictional plan", &holder, "1"))
        .await
        .redirects_to(&request);
    let participation = app.browser(world.participation).await;
    let mine = participation.get(&world.href("returns/mine")).await.ok();
    mine.says("Fictional plan").says("6 February 2026").hides("Fictional figures").hides("⟦");
    participation.get(&world.href("returns")).await.not_found();
    begins(&participation, &others).await.not_found();
    begins(&app.browser(world.concerns_lead).await, &request).await.not_found();
    begins(&lead, &request).await.not_found();
    begins(&participation, &request).await.redirects_to(&world.href("returns/mine"));
    lead.get(&request).await.ok().says("In progress");
    begins(&coordinator, &request).await.unprocessable().says("Somebody works on this already");
    begins(&coordinator, &others).await.redirects_to(&others);
    lead.get(&world.href("returns"))
        .await
        .ok()
        .says("0 of 2 answered")
        .says("Held by Fictional participation-lead");
    for person in [world.lead, world.manager, world.stranger] {
        app.browser(person).await.get(&world.href("returns/mine")).await.not_found();
        app.browser(person).await.get(&world.href("returns/coordinator")).await.not_found();
    }
}
