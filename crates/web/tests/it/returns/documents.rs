//! Requests and what comes against them.

use keyline_operations::inspections::{Holder, Notify, notify};
use keyline_testing::{PROGRAMME, TestApp, World};

use super::{asked, trail};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const TEXT: &[u8] = b"A fictional text of the partnership.\n";

#[tokio::test]
async fn one_more_document_is_asked_for_with_what_was_typed_kept() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let new = world.href("returns/requests/new");
    lead.get(&new).await.ok().says("Indicators it serves").hides("⟦");
    let page = lead.post(&new, &[("title", "Fictional plan"), ("due-day", "31"), ("due-month", "2")]).await;
    let page = page.unprocessable().says("Say what the team needs it for").says("Choose at least one");
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Fictional plan"));
    assert_eq!(page.attribute("[name=due-day]", "value").as_deref(), Some("31"));
    let past = [("due-day", "1"), ("due-month", "1"), ("due-year", "2026"), ("indicators", "2.1")];
    let page = lead.post(&new, &past).await.unprocessable().says("Choose a day that has not passed");
    assert_eq!(page.attributes("input[type=checkbox][checked]", "value"), ["2.1"]);
    let request = asked(&world, &lead, "Fictional plan").await;
    lead.get(&request).await.ok().says("Fictional purpose.").says("30 January 2026").says("Asked for");
    let coordinator = app.browser(world.coordinator).await;
    let page = coordinator.get(&world.href("returns")).await.ok();
    let page = page.says("Fictional plan").says("Due on 30 January 2026").says("0 of 1 answered");
    assert_eq!(page.attribute("progress", "value").as_deref(), Some("0"));
    for person in [world.coordinator, world.inspectors[0], world.chief] {
        app.browser(person).await.get(&new).await.not_found();
    }
    app.forward(jiff::SignedDuration::from_hours(24 * 40));
    app.browser(world.lead).await.get(&world.href("returns")).await.ok().says("Asked for, late");
}

#[tokio::test]
async fn documents_come_are_sent_back_come_again_and_are_accepted() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    lead.get(&request).await.ok().says("There is nothing to decide now");
    let send = format!("{request}/documents");
    let both = [("files", "plan.pdf", PDF), ("files", "Überblick \u{202e}note.txt", TEXT)];
    let sent = coordinator.upload(&send, &[], &both).await.redirects_to(&request);
    let page = coordinator.follow(&sent).await.ok().says("The documents have been sent.").says("plan.pdf");
    page.says("Überblick note.txt").says("Fictional coordinator").hides("\u{202e}").hides("⟦");
    coordinator.get(&world.href("returns")).await.ok().says("1 of 1 answered");

    let page = lead.get(&request).await.ok();
    let version = page.attribute("input[name=version]", "value").unwrap();
    let back = format!("{request}/send-back");
    lead.post(&back, &[("version", &version), ("reason", "")]).await.unprocessable().says("Say why");
    let why = [("version", version.as_str()), ("reason", "Fictional: the plan of last year.")];
    lead.post(&back, &why).await.redirects_to(&request);
    coordinator.get(&request).await.ok().says("Fictional: the plan of last year.").says("Sent back");
    coordinator.upload(&send, &[], &[("files", "plan-2.pdf", PDF)]).await.redirects_to(&request);
    let page = lead.get(&request).await.ok().says("plan-2.pdf");
    let version = page.attribute("input[name=version]", "value").unwrap();
    lead.post(&format!("{request}/accept"), &[("version", &version)]).await.redirects_to(&request);
    let page = coordinator.get(&request).await.ok().says("The team has accepted what came");
    page.hides("type=\"file\"");
    let late = coordinator.upload(&send, &[], &[("files", "late.pdf", PDF)]).await.unprocessable();
    late.says("The team has accepted what came against this request.");
    lead.get(&request).await.ok().hides("late.pdf");
}

#[tokio::test]
async fn a_document_is_opened_as_an_attachment_and_every_opening_is_in_the_trail() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    // More than is read at a time.
    let long: Vec<u8> = TEXT.iter().copied().cycle().take(200_000).collect();
    coordinator
        .upload(&format!("{request}/documents"), &[], &[("files", "Plän \"1\".txt", &long)])
        .await
        .redirects_to(&request);
    let page = lead.get(&request).await.ok();
    let href = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    let opened = lead.get(&href).await.ok();
    assert!(opened.bytes == long);
    assert_eq!(opened.header("content-type"), "text/plain");
    assert_eq!(opened.header("x-content-type-options"), "nosniff");
    assert_eq!(opened.header("cache-control"), "no-store");
    let name = opened.header("content-disposition");
    assert!(name.starts_with("attachment; ") && name.contains("filename*=UTF-8''Pl%C3%A4n"), "{name}");
    app.browser(world.chief).await.get(&href).await.ok();
    let count = trail(&app, &world).await.iter().filter(|d| *d == "document.opened").count();
    assert_eq!(count, 2);
    for person in [world.volunteer, world.chair, world.reader, world.link, world.stranger] {
        app.browser(person).await.get(&href).await.not_found();
    }
    // The document and the request under the address of another inspection.
    let id = href.rsplit('/').next().unwrap();
    let elsewhere = app.browser(other.lead).await;
    elsewhere.get(&other.href(&format!("returns/documents/{id}"))).await.not_found();
    elsewhere.get(&href).await.not_found();
    let id = request.rsplit('/').next().unwrap();
    elsewhere.get(&other.href(&format!("returns/requests/{id}"))).await.not_found();
    let path = other.href(&format!("returns/requests/{id}/documents"));
    let foreign = app.browser(other.coordinator).await;
    foreign.upload(&path, &[], &[("files", "plan.pdf", PDF)]).await.not_found();
    let path = other.href(&format!("returns/requests/{id}/not-held"));
    foreign.post(&path, &[("reason", "Fictional.")]).await.not_found();
    let path = other.href(&format!("returns/requests/{id}/accept"));
    elsewhere.post(&path, &[("version", "2")]).await.not_found();
}

#[tokio::test]
async fn what_is_not_held_is_said_with_a_reason_and_can_be_sent_back() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let path = format!("{request}/not-held");
    coordinator.post(&path, &[("reason", " ")]).await.unprocessable().says("Say why it is not held");
    coordinator.post(&path, &[("reason", "Fictional: it was never written.")]).await.redirects_to(&request);
    let page = lead.get(&request).await.ok().says("Fictional: it was never written.").says("Not held");
    assert!(page.all("button").iter().all(|b| b != "Accept the documents"));
    lead.get(&world.href("returns")).await.ok().says("1 of 1 answered");
    let version = page.attribute("input[name=version]", "value").unwrap();
    let why = [("version", version.as_str()), ("reason", "Fictional: send the minutes.")];
    lead.post(&format!("{request}/send-back"), &why).await.redirects_to(&request);
    coordinator
        .upload(&format!("{request}/documents"), &[], &[("files", "minutes.txt", TEXT)])
        .await
        .redirects_to(&request);
    // What has come is not "not held": the reason that was typed stays on the page.
    let page = coordinator.post(&path, &[("reason", "Fictional second thought.")]).await.unprocessable();
    page.says("Documents have come against this request.");
    lead.post(&path, &[("reason", "Fictional.")]).await.not_found();
}

#[tokio::test]
async fn a_reason_stays_for_good_and_so_it_identifies_nobody() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let (not_held, number) = (format!("{request}/not-held"), "Fictional: CHI 1203101104 has it.");
    let page = coordinator.post(&not_held, &[("reason", number)]).await.unprocessable();
    page.says("CHI number").says(number);
    let confirmed = [("reason", number), ("identifies_nobody", "yes")];
    coordinator.post(&not_held, &confirmed).await.unprocessable();
    let long = "Fictional. ".repeat(200);
    coordinator.post(&not_held, &[("reason", long.as_str())]).await.unprocessable().says("this is too long");
    let called = ("files", "1203101104.txt", TEXT);
    let page = coordinator.upload(&format!("{request}/documents"), &[], &[called]).await.unprocessable();
    page.says("Give it a name that identifies nobody");
    let send = format!("{request}/documents");
    coordinator.upload(&send, &[], &[("files", "plan.txt", TEXT)]).await.redirects_to(&request);
    let page = coordinator.get(&request).await.ok();
    let withdraw = page.attribute("a[href$='/withdraw']", "href").unwrap();
    coordinator.post(&withdraw, &[("reason", number)]).await.unprocessable().says("CHI number");
    let version = lead.get(&request).await.ok().attribute("input[name=version]", "value").unwrap();
    let back = [("version", version.as_str()), ("reason", number)];
    lead.post(&format!("{request}/send-back"), &back).await.unprocessable().says("CHI number");
    let kept = "SELECT COUNT(*) FROM audit_entry WHERE detail LIKE '%1203101104%'";
    assert_eq!(keyline_testing::number(&mut app.cx.read().await.unwrap(), kept).await, 0);
}

#[tokio::test]
async fn what_came_meanwhile_is_shown_before_it_is_decided_on() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let officer = app.browser(world.officer).await;
    let request = asked(&world, &lead, "Fictional plan").await;
    let send = format!("{request}/documents");
    coordinator.upload(&send, &[], &[("files", "one.pdf", PDF)]).await.redirects_to(&request);
    let seen = lead.get(&request).await.ok().attribute("input[name=version]", "value").unwrap();
    coordinator.upload(&send, &[], &[("files", "two.pdf", PDF)]).await.redirects_to(&request);
    let page = lead.post(&format!("{request}/accept"), &[("version", &seen)]).await.conflict();
    let page = page.says("Fictional coordinator was quicker").says("two.pdf");
    let seen = page.attribute("input[name=version]", "value").unwrap();
    let back = format!("{request}/send-back");
    let first = [("version", seen.as_str()), ("reason", "Fictional words of the officer.")];
    officer.post(&back, &first).await.redirects_to(&request);
    let second = [("version", seen.as_str()), ("reason", "Fictional words of the lead.")];
    let both = lead.post(&back, &second).await.conflict();
    both.says("Fictional support-officer was quicker").says("of the officer.").says("of the lead.");
}

#[tokio::test]
async fn the_notification_asks_for_the_documents_of_the_programme_on_the_days_of_the_plan() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let programme = app.cx.library.latest(PROGRAMME).unwrap();
    let holder = |key: &str| Holder {
        addressee: key.to_owned(),
        name: "Fictional Holder".into(),
        email: "holder@fictional.test".into(),
    };
    let input = Notify {
        inspection: world.inspection,
        reply_by: jiff::civil::date(2026, 1, 12),
        holders: programme.addressees.iter().map(|a| holder(&a.key)).collect(),
    };
    notify(&app.cx, &app.actor(world.lead).await, input).await.unwrap();
    let coordinator = app.browser(world.coordinator).await;
    let page = coordinator.get(&world.href("returns")).await.ok().hides("The notification sets the day");
    let total = programme.document_requests.len();
    let page = page.says(&format!("0 of {total} answered")).says(&programme.document_requests[0].title);
    let plan = coordinator.get(&world.href("plan")).await.ok();
    let due = page.all("p").into_iter().find_map(|p| p.split_once("Due on ").map(|(_, day)| day.to_owned()));
    let due = due.expect("the return has a day");
    plan.says(due.trim_end_matches(" 2026"));
    app.forward(jiff::SignedDuration::from_hours(24 * 120));
    app.browser(world.lead).await.get(&world.href("returns")).await.ok().says("Late").says("Asked for, late");
}
