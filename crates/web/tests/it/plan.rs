//! The plan, moving and finishing its steps, the programme version, and the calendar feed.

use jiff::SignedDuration;
use keyline_operations::inspections::notify;
use keyline_testing::{Answer, Browser, TestApp, World};

use crate::letters::notification;
use crate::people::link;

async fn notified() -> (TestApp, World) {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    notify(&app.cx, &app.actor(world.lead).await, notification(&app, &world)).await.expect("sent");
    (app, world)
}

const NEW_DAY: [(&str, &str); 4] =
    [("from-day", "6"), ("from-month", "2"), ("from-year", "2026"), ("carry", "yes")];

async fn revision(browser: &Browser, world: &World) -> String {
    let query = "from-day=6&from-month=2&from-year=2026&carry=yes";
    let page = browser.get(&world.href(&format!("plan/document-return?{query}"))).await.ok();
    page.attribute("input[name=revision]", "value").expect("the preview carries the revision")
}

#[tokio::test]
async fn the_plan_is_a_picture_and_a_table_of_the_same_steps() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("plan"))
        .await
        .ok()
        .says("Not dated yet")
        .says("12 January 2026")
        .hides("plan/document-return");
    lead.get(&world.href("plan/document-return")).await.conflict().says("has not been sent");
    notify(&app.cx, &app.actor(world.lead).await, notification(&app, &world)).await.unwrap();
    let page =
        lead.get(&world.href("plan")).await.ok().says("Document return").says("Friday 30 January 2026");
    let programme = app.cx.library.latest("supervision-orders-at-home").unwrap();
    assert_eq!(page.all("table tbody tr").len(), programme.timeline.steps.len());
    assert_eq!(page.all("svg[role=img] > title"), ["Plan"]);
    assert!(page.attribute(".kc-sheet", "role").is_some(), "printed on its own A3 page");
    let mine = app.browser(world.chair).await.get(&world.href("plan?party=mine")).await.ok();
    assert_eq!(mine.all("table tbody tr").len(), 1);
    let partnership = lead.get(&world.href("plan?party=partnership")).await.ok();
    partnership.hides("Final analysis").says("Document return");
    lead.get(&world.href("plan?party=nobody")).await.ok().says("Nothing in this plan");
    // A coordinator reads the plan and changes nothing.
    let coordinator = app.browser(world.coordinator).await;
    coordinator.get(&world.href("plan")).await.ok().hides("plan/document-return");
    coordinator.get(&world.href("plan/document-return")).await.ok().hides("Move this step");
    coordinator.post(&world.href("plan/document-return/move"), &NEW_DAY).await.not_found();
    coordinator.post(&world.href("plan/document-return/done"), &[("undo", "yes")]).await.not_found();
    lead.get(&world.href("plan/none-such")).await.not_found();
}

#[tokio::test]
async fn a_step_is_moved_with_a_reason_and_the_second_of_two_is_told() {
    let (app, world) = notified().await;
    let lead = app.browser(world.lead).await;
    let officer = app.browser(world.officer).await;
    let target = world.href("plan/document-return/move");
    let seen = revision(&lead, &world).await;
    assert_eq!(seen, revision(&officer, &world).await);
    let query = "from-day=6&from-month=2&from-year=2026&carry=yes";
    let preview = lead.get(&world.href(&format!("plan/document-return?{query}"))).await.ok();
    preview.says("What would move").says("Friday 6 February 2026").says("The plan would end on");
    let with = |reason: &'static str, revision: &str| -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> =
            NEW_DAY.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        fields.push(("reason".into(), reason.into()));
        fields.push(("revision".into(), revision.to_owned()));
        fields
    };
    let post = async |browser: &Browser, fields: Vec<(String, String)>| -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        browser.post(&target, &fields).await
    };
    post(&lead, with(" ", &seen)).await.unprocessable().says("Say why");
    post(&lead, with("The council asked for a week.", &seen))
        .await
        .redirects_to(&world.href("plan?done=moved"));
    lead.get(&world.href("plan"))
        .await
        .ok()
        .says("Friday 6 February 2026")
        .says("The council asked for a week.")
        .says("Moved from Friday 30 January 2026");
    // The officer looked at the plan before: told, with both texts, and the new revision in the form.
    let told = post(&officer, with("My own reason.", &seen)).await.conflict();
    let told = told.says("The council asked for a week.").says("My own reason.").says("Fictional lead");
    told.says("It stands there already");
    // Requests for documents follow the day.
    let mut reader = app.cx.read().await.unwrap();
    let actor = app.actor(world.lead).await;
    let action = keyline_domain::access::Action::SeeReturns;
    let grant = app.cx.grant(&actor, world.inspection, action).await.unwrap();
    let asked = keyline_store::returns::list_requests(&mut reader, &grant).await.unwrap();
    assert!(!asked.is_empty() && asked.iter().all(|r| r.due_on.to_string() == "2026-02-06"));

    let before = [("from-day", "1"), ("from-month", "1"), ("from-year", "2026"), ("reason", "x")];
    let mut fields = before.to_vec();
    let now = revision_now(&lead, &world).await;
    fields.push(("revision", &now));
    lead.post(&target, &fields).await.unprocessable().says("before the notification on 5 January 2026");
    lead.post(&target, &[("reason", "x")]).await.unprocessable().says("Write day, month and year");
    lead.post(
        &world.href("plan/notification/move"),
        &[("from-day", "9"), ("from-month", "1"), ("from-year", "2026"), ("reason", "x"), ("revision", &now)],
    )
    .await
    .unprocessable()
    .says("does not move");
}

async fn revision_now(browser: &Browser, world: &World) -> String {
    let query = "from-day=13&from-month=2&from-year=2026";
    let page = browser.get(&world.href(&format!("plan/document-return?{query}"))).await.ok();
    page.attribute("input[name=revision]", "value").expect("the preview carries the revision")
}

#[tokio::test]
async fn a_step_is_done_and_not_done_after_all() {
    let (app, world) = notified().await;
    let lead = app.browser(world.lead).await;
    let target = world.href("plan/meet-coordinator/done");
    let day = |d: &'static str| [("done_on-day", d), ("done_on-month", "1"), ("done_on-year", "2026")];
    lead.post(&target, &[]).await.unprocessable();
    lead.post(&target, &day("9")).await.unprocessable().says("from the notification to today");
    app.forward(SignedDuration::from_hours(24 * 12));
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("plan")).await.ok().says("Overdue by");
    lead.get("/start").await.ok().says("Overdue by").says("Meeting with coordinator");
    lead.post(&target, &day("14")).await.redirects_to(&world.href("plan?done=finished"));
    lead.get(&world.href("plan")).await.ok().says("Done 14 Jan");
    lead.get("/start").await.ok().hides("Meeting with coordinator");
    lead.post(&target, &[("undo", "yes")]).await.redirects_to(&world.href("plan?done=reopened"));
    lead.get(&world.href("plan")).await.ok().hides("Done 14 Jan");
    lead.post(&world.href("plan/notification/done"), &[("undo", "yes")]).await.unprocessable();
    lead.post(&world.href("plan/none-such/done"), &[("undo", "yes")]).await.not_found();
}

#[tokio::test]
async fn the_version_changes_with_a_reason_and_not_after_grades() {
    let (app, world) = notified().await;
    let lead = app.browser(world.lead).await;
    let page = world.href("version");
    lead.get(&page).await.ok().says("2025-2");
    app.browser(world.officer).await.get(&page).await.not_found();
    lead.get(&format!("{page}?to=2025-1"))
        .await
        .ok()
        .says("12 counted weeks instead of 21")
        .says("evaluated indicator");
    lead.get(&format!("{page}?to=none")).await.unprocessable();
    lead.post(&page, &[("to", "2025-1")]).await.unprocessable().says("Say why");
    lead.post(&page, &[("to", "2025-1"), ("reason", "Pinned by mistake.")])
        .await
        .redirects_to(&world.href("plan"));
    let plan = lead.get(&world.href("plan")).await.ok();
    plan.says("Pinned by mistake.").says("Done 5 Jan").says("From 2025-2 to 2025-1, by Fictional lead");
    let (id, lead_id) = (world.inspection, world.lead);
    crate::report::sql(
        &app,
        &[format!(
            "INSERT INTO grade_alone (inspection_id, indicator, person_id, level, reason, graded_at)
             VALUES ('{id}', '2.1', '{lead_id}', 4, 'fictional', '2026-01-05T10:00:00.000000Z')"
        )],
    )
    .await;
    lead.get(&format!("{page}?to=2025-2")).await.ok().says("Grades exist");
    lead.post(&page, &[("to", "2025-2"), ("reason", "x")]).await.unprocessable().says("Grades exist");
}

/// The events of a feed: each as its unfolded lines.
fn events(feed: &str) -> Vec<Vec<String>> {
    let unfolded = feed.replace("\r\n ", "");
    let mut events = Vec::new();
    for line in unfolded.split("\r\n") {
        match line {
            "BEGIN:VEVENT" => events.push(Vec::new()),
            "END:VEVENT" => {}
            line => {
                if let Some(event) = events.last_mut() {
                    event.push(line.to_owned());
                }
            }
        }
    }
    events
}

fn value<'e>(event: &'e [String], key: &str) -> &'e str {
    event.iter().find_map(|l| l.strip_prefix(key).and_then(|l| l.split_once(':'))).map_or("", |(_, v)| v)
}

#[tokio::test]
async fn the_calendar_is_private_and_updates_in_place() {
    let (app, world) = notified().await;
    let coordinator = app.browser(world.coordinator).await;
    coordinator.get("/calendar").await.ok().says("You have no calendar address");
    let made = coordinator.post("/calendar", &[]).await.ok().says("shown once");
    let path = link(&made, "address");
    coordinator.get("/calendar").await.ok().hides(&path);
    let anyone = app.anyone();
    let answer = anyone.get(&path).await.ok();
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    let feed = answer.text();
    if let Ok(folder) = std::env::var("KEYLINE_TEST_KEEP") {
        std::fs::write(std::path::Path::new(&folder).join("feed.ics"), &feed).unwrap();
    }
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\n") && feed.ends_with("END:VCALENDAR\r\n"));
    assert!(!feed.replace("\r\n", "").contains('\n'), "every line ends with CRLF");
    assert!(feed.split("\r\n").all(|line| line.len() <= 75), "long lines are folded");
    for wanted in
        ["METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", "VERSION:2.0"]
    {
        assert!(feed.contains(&format!("{wanted}\r\n")), "{wanted}");
    }
    assert!(!feed.contains("TZID") && !feed.contains("VTIMEZONE"));
    let find = |feed: &str, key: &str| {
        let uid = format!("{key}.{}@keyline", world.inspection);
        events(feed).into_iter().find(|e| value(e, "UID") == uid).expect("the step is in the feed")
    };
    let step = find(&feed, "document-return");
    assert_eq!(value(&step, "DTSTART;VALUE=DATE"), "20260130");
    assert_eq!(value(&step, "DTEND;VALUE=DATE"), "20260131", "the end is the day after the last");
    assert_eq!(value(&step, "SUMMARY"), "Strathmarnock: Document return");
    assert_eq!(value(&step, "SEQUENCE"), "1");
    assert!(events(&feed).iter().all(|e| !value(e, "UID").starts_with("final-analysis.")), "the team's own");

    let lead = app.browser(world.lead).await;
    let revision = revision(&lead, &world).await;
    let mut fields = NEW_DAY.to_vec();
    fields.extend([("reason", "Asked for."), ("revision", revision.as_str())]);
    lead.post(&world.href("plan/document-return/move"), &fields).await.redirects_to(&world.href("plan"));
    let feed = anyone.get(&path).await.ok().text();
    let moved = find(&feed, "document-return");
    assert_eq!(value(&moved, "DTSTART;VALUE=DATE"), "20260206");
    assert_eq!(value(&moved, "SEQUENCE"), "2");
    assert_eq!(value(&find(&feed, "notification"), "SEQUENCE"), "1", "what did not change keeps its number");
    assert!(!feed.contains("Asked for."), "a reason does not leave the inspection");

    // A new address ends the old one; an ended one opens nothing.
    let second = link(&coordinator.post("/calendar", &[]).await.ok(), "address");
    anyone.get(&path).await.not_found();
    anyone.get(&second).await.ok();
    coordinator.post("/calendar/end", &[]).await.redirects_to("/calendar");
    anyone.get(&second).await.not_found();
    anyone.get("/calendar/unknown.ics").await.not_found();
    anyone.get(second.trim_end_matches(".ics")).await.not_found();

    // Whose role has ended reads an empty calendar.
    let reader = app.browser(world.reader).await;
    let path = link(&reader.post("/calendar", &[]).await.ok(), "address");
    assert!(!events(&anyone.get(&path).await.ok().text()).is_empty());
    let person = world.reader.to_string();
    lead.post(&world.href("people/end"), &[("person", person.as_str()), ("role", "record-reader")])
        .await
        .redirects_to(&world.href("people"));
    assert!(events(&anyone.get(&path).await.ok().text()).is_empty());
}

#[tokio::test]
async fn the_start_page_says_what_needs_whom() {
    let (app, world) = notified().await;
    let lead = app.browser(world.lead).await;
    lead.get("/start")
        .await
        .ok()
        .says("Notified on 5 January 2026")
        .says("What is next")
        .hides("Send the notification");
    app.browser(world.coordinator).await.get("/start").await.ok().says("Submit the pre-inspection return");
    app.browser(world.chair).await.get("/start").await.ok().says("Nothing waits for you here");
    app.browser(world.stranger)
        .await
        .get("/start")
        .await
        .ok()
        .says("Nothing needs you")
        .hides("Strathmarnock");
    // Kept between two writes, and written anew after one.
    let fresh = app.browser(world.coordinator).await;
    fresh.get("/start").await.ok().says("Strathmarnock");
    let person = world.coordinator.to_string();
    lead.post(&world.href("people/end"), &[("person", person.as_str()), ("role", "inspection-coordinator")])
        .await
        .redirects_to(&world.href("people"));
    fresh.get("/start").await.ok().hides("Strathmarnock");
}
