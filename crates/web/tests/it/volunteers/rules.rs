//! What is not done, and what is asked once more: the check after the welcome, breaks, supporters, days, payments, endings.

use jiff::SignedDuration;
use keyline_domain::volunteers::stage::Stage;
use keyline_operations::volunteers::{NoteCheck, note_check, place_volunteer, tidy};
use keyline_store::volunteers as rows;
use keyline_testing::{TestApp, World, texts};

use super::kept::planned;
use super::{count, go, hidden, interested, welcomed};

async fn version(app: &TestApp, id: keyline_domain::ids::VolunteerId) -> i64 {
    rows::find(&mut app.cx.read().await.unwrap(), id).await.unwrap().unwrap().version
}

#[tokio::test]
async fn a_check_that_failed_after_the_welcome_shows_on_the_desk_and_stops_placing_and_planning() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let elsewhere = World::in_area(&app, "fife", "other-").await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    planned(&app, &world, &id.to_string()).await;
    let actor = app.actor(world.adviser).await;
    let on = Some(app.cx.today());
    let check = NoteCheck { volunteer: id, version: version(&app, id).await, passed: Some(false), on };
    note_check(&app.cx, &actor, check).await.unwrap();
    let adviser = app.browser(world.adviser).await;
    adviser.get("/volunteers").await.ok().says("The check does not stand");
    let page = world.href("volunteers");
    adviser.get(&page).await.ok().says("may not take part now").hides("Plan it");
    let plan = [
        ("act", "plan"),
        ("kind", "young-people-group"),
        ("day-day", "6"),
        ("day-month", "1"),
        ("day-year", "2026"),
        ("starts", "14:00"),
        ("place", "Made-up youth club"),
        ("volunteer", &id.to_string()),
    ];
    adviser.post(&page, &plan).await.unprocessable().says("may not take part now");
    let lead = app.actor(elsewhere.adviser).await;
    assert!(place_volunteer(&app.cx, &lead, elsewhere.inspection, Some(id)).await.is_err());
    let check = NoteCheck { volunteer: id, version: version(&app, id).await, passed: Some(true), on };
    note_check(&app.cx, &actor, check).await.unwrap();
    adviser.post(&page, &plan).await.redirects_to(&page);
    place_volunteer(&app.cx, &lead, elsewhere.inspection, Some(id)).await.unwrap();
}

#[tokio::test]
async fn who_has_a_break_is_told_so_and_whoever_plans_sees_it() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    planned(&app, &world, &id.to_string()).await;
    let (own, adviser) = (app.browser(world.volunteer).await, app.browser(world.adviser).await);
    own.get("/my").await.ok().hides("You are having a break");
    adviser.get(&world.href("volunteers")).await.ok().hides("has a break").says("Has not said yet");
    go(&app, &world, id, Stage::Paused, "").await;
    own.get("/my").await.ok().says("You are having a break");
    adviser.get(&world.href("volunteers")).await.ok().says("has a break");
}

#[tokio::test]
async fn a_break_before_the_welcome_does_not_keep_what_was_written_for_ever() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let kept = welcomed(&app, &world, "volunteer@fictional.test").await;
    go(&app, &world, kept, Stage::Paused, "").await;
    let id = interested(&app).await;
    go(&app, &world, id, Stage::Paused, "").await;
    app.forward(SignedDuration::from_hours(24 * 364));
    assert_eq!(tidy(&app.cx).await.unwrap(), 0);
    app.forward(SignedDuration::from_hours(24));
    assert_eq!(tidy(&app.cx).await.unwrap(), 1, "whoever was welcomed stays");
}

#[tokio::test]
async fn a_supporter_is_staff_and_nobody_of_a_partnership() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let adviser = app.browser(world.adviser).await;
    let page = format!("/volunteers/{id}");
    let shown = adviser.get(&page).await.ok().text();
    assert!(shown.contains(&world.lead.to_string()));
    for person in [world.coordinator, world.participation, world.chief, world.reader, world.volunteer] {
        assert!(!shown.contains(&person.to_string()), "{person} cannot be chosen");
        let (v, who) = (version(&app, id).await.to_string(), person.to_string());
        let f = [("act", "support"), ("version", v.as_str()), ("supporter", who.as_str())];
        adviser.post(&page, &f).await.unprocessable().says("nobody of a partnership");
    }
}

#[tokio::test]
async fn a_volunteer_notes_only_sessions_in_which_volunteers_take_part_and_no_book() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    welcomed(&app, &world, "volunteer@fictional.test").await;
    let (own, inspector) = (app.browser(world.volunteer).await, app.browser(world.inspectors[0]).await);
    let new = world.href("voices/sessions/new");
    let book = "a ".repeat(10_001);
    let note = |kind: &str, text: &str| {
        [
            ("kind", kind.to_owned()),
            ("held_on-day", "5".into()),
            ("held_on-month", "1".into()),
            ("held_on-year", "2026".into()),
            ("audience", "people we met".into()),
            ("people", "4".into()),
            ("note", text.to_owned()),
        ]
    };
    let post = async |who: &keyline_testing::Browser, kind: &str, text: &str| {
        let all = note(kind, text);
        let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (*k, v.as_str())).collect();
        who.post(&new, &all).await
    };
    post(&own, "staff-focus-group", "They said much").await.unprocessable().says("Choose one");
    post(&own, "young-people-group", &book).await.unprocessable().says("20000 characters or fewer");
    post(&own, "young-people-group", "They said much").await.redirects_to(&world.href("voices/sessions"));
    post(&inspector, "staff-focus-group", "They said much")
        .await
        .redirects_to(&world.href("voices/sessions"));
}

#[tokio::test]
async fn a_payment_form_sent_twice_counts_once_and_impossible_days_are_refused() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let adviser = app.browser(world.adviser).await;
    let page = format!("/volunteers/{id}");
    let once = hidden(&adviser.get(&page).await.ok(), "once");
    let pay = |amount: &'static str, year: &'static str| {
        [
            ("act", "pay"),
            ("once", once.as_str()),
            ("sessions", "2"),
            ("amount", amount),
            ("paid_on-day", "5"),
            ("paid_on-month", "1"),
            ("paid_on-year", year),
        ]
    };
    let early = adviser.post(&page, &pay("60", "1999")).await.unprocessable().says("not before 2000");
    assert!(early.text().contains("kl_details\" open"), "the part with the fault stands open");
    let paid = async || count(&app, "SELECT COUNT(*) FROM volunteer_payment").await;
    adviser.post(&page, &pay("60", "2026")).await.redirects_to(&page);
    adviser.post(&page, &pay("60", "2026")).await.redirects_to(&page);
    assert_eq!(paid().await, 1, "the same form sent twice");
    adviser.post(&page, &pay("30", "2026")).await.redirects_to(&page);
    assert_eq!(paid().await, 2, "gone back to and changed, it is another payment");
    let check = |year: &'static str| {
        [("act", "check"), ("passed", "yes"), ("on-day", "5"), ("on-month", "1"), ("on-year", year)]
    };
    adviser.post(&page, &check("2010")).await.unprocessable().says("not before 2011");
    let far = [
        ("act", "plan"),
        ("kind", "young-people-group"),
        ("day-day", "5"),
        ("day-month", "1"),
        ("day-year", "2062"),
        ("starts", "14:00"),
        ("place", "Made-up youth club"),
        ("volunteer", &id.to_string()),
    ];
    adviser.post(&world.href("volunteers"), &far).await.unprocessable().says("within a year");
}

#[tokio::test]
async fn ending_somebodys_part_is_asked_once_more() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let adviser = app.browser(world.adviser).await;
    let page = format!("/volunteers/{id}");
    let v = hidden(&adviser.get(&page).await.ok(), "version");
    let end = [("act", "move"), ("version", v.as_str()), ("to", "withdrawn")];
    let asked = adviser.post(&page, &end).await.unprocessable();
    asked.says("You are about to end the part of Fictional volunteer").says("End their part");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM sealed_text").await, 1, "nothing is destroyed yet");
    let sure = [end[0], end[1], end[2], ("sure", "yes")];
    adviser.post(&page, &sure).await.redirects_to(&page);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM sealed_text").await, 0);
}

#[tokio::test]
async fn the_partnerships_participation_lead_sees_how_many_take_part_and_no_name_or_place() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    planned(&app, &world, &id.to_string()).await;
    let page = world.href("volunteers");
    let outside = app.browser(world.participation).await;
    let shown = outside.get(&page).await.ok().says("Volunteer 1").says("one volunteer");
    shown.hides("Fictional volunteer").hides("Made-up youth club").hides("14:00").hides("Bring");
    outside.post(&page, &[("act", "place")]).await.not_found();
    app.browser(world.coordinator).await.get(&page).await.not_found();
    // Beside each inspection the desk says what changed there.
    let adviser = app.browser(world.adviser).await;
    let f = [
        ("heard", "survey"),
        ("people", "41"),
        ("said", "Nobody asks us."),
        ("did", "There is a group that does."),
        ("by", "the council's children's services"),
        ("done_on-day", "5"),
        ("done_on-month", "1"),
        ("done_on-year", "2026"),
    ];
    adviser.post(&world.href("said/new"), &f).await.redirects_to(&world.href("said"));
    let desk = "/volunteers/taking-part";
    assert!(!adviser.get(desk).await.ok().text().contains("/you-said/strathmarnock"));
    let said = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM said_did").await.remove(0);
    let publish = [("version", "1"), ("act", "publish")];
    adviser.post(&world.href(&format!("said/{said}")), &publish).await.redirects_to(&world.href("said"));
    assert!(adviser.get(desk).await.ok().text().contains("/you-said/strathmarnock"));
}
