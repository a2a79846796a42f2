//! What volunteers do once they are welcomed: money, sessions, and what they do not see.

use keyline_operations::volunteers::place_volunteer;
use keyline_store::volunteers as rows;
use keyline_testing::{TestApp, World, texts};

use super::{another, hidden, welcomed};

#[tokio::test]
async fn an_expense_is_claimed_sent_back_claimed_again_approved_and_paid() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let (own, adviser) = (app.browser(world.volunteer).await, app.browser(world.adviser).await);
    let claim = |amount: &'static str, day: &'static str| {
        [
            ("what", "travel"),
            ("note", "bus to the group"),
            ("amount", amount),
            ("day-day", day),
            ("day-month", "1"),
            ("day-year", "2026"),
            ("receipt", "yes"),
        ]
    };
    own.post("/my/money", &claim("four", "5")).await.unprocessable().says("such as 4.50");
    let wrong = own.post("/my/money", &claim("4.5", "6")).await.unprocessable();
    assert!(wrong.text().contains("bus to the group"), "nothing typed is lost");
    own.post("/my/money", &claim("4.5", "5")).await.redirects_to("/my/money?done");
    own.get("/my/money").await.ok().says("£4.50").says("Asked for");
    let expense =
        texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM volunteer_expense").await.remove(0);
    let (mine, theirs) = (format!("/my/money/{expense}"), format!("/volunteers/expenses/{expense}"));
    own.get(&theirs).await.not_found();
    app.browser(world.lead).await.get(&theirs).await.not_found();
    adviser.get("/volunteers").await.ok().says("£4.50");
    let decide = async |v: &str, act: &str, reason: &str| {
        let f = [
            ("version", v),
            ("act", act),
            ("reason", reason),
            ("paid_on-day", "5"),
            ("paid_on-month", "1"),
            ("paid_on-year", "2026"),
        ];
        adviser.post(&theirs, &f).await
    };
    decide("1", "pay", "").await.unprocessable();
    decide("1", "take-back", "").await.unprocessable();
    decide("1", "send-back", " ").await.unprocessable();
    decide("1", "send-back", "Which bus?").await.redirects_to("/volunteers");
    own.get("/my/money").await.ok().says("Which bus?").says("Sent back");
    let again = [
        ("version", "2"),
        ("what", "travel"),
        ("note", "bus 7"),
        ("amount", "£4.20"),
        ("day-day", "5"),
        ("day-month", "1"),
        ("day-year", "2026"),
    ];
    own.post(&mine, &again).await.redirects_to("/my/money");
    decide("2", "approve", "").await.conflict();
    decide("3", "approve", "").await.redirects_to("/volunteers");
    own.post(&mine, &[("version", "4"), ("act", "back")]).await.conflict();
    decide("4", "pay", "").await.redirects_to("/volunteers");
    own.get("/my/money").await.ok().says("£4.20").says("Paid");
    let page = format!("/volunteers/{id}");
    let pay = |sessions: &'static str| {
        [
            ("act", "pay"),
            ("sessions", sessions),
            ("amount", "60"),
            ("paid_on-day", "5"),
            ("paid_on-month", "1"),
            ("paid_on-year", "2026"),
        ]
    };
    adviser.post(&page, &pay("0")).await.unprocessable();
    adviser.post(&page, &pay("2")).await.redirects_to(&page);
    own.get("/my/money").await.ok().says("£60.00 for 2 sessions");
    let payment =
        texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM volunteer_payment").await.remove(0);
    let unpay =
        |reason: &'static str| [("act", "unpay"), ("payment", payment.as_str()), ("payment_reason", reason)];
    adviser.post(&page, &unpay("")).await.unprocessable();
    adviser.post(&page, &unpay("Typed twice")).await.redirects_to(&page);
    adviser.get(&page).await.ok().says("Typed twice");
    own.get("/my/money").await.ok().hides("£60.00 for 2 sessions");
    // Another volunteer sees none of it.
    let other = another(&app, &world).await;
    other.get("/my/money").await.ok().hides("£4.20");
    other.get(&mine).await.not_found();
    other.post(&mine, &again).await.not_found();
}

#[tokio::test]
async fn a_volunteer_leads_a_session_writes_it_up_and_it_becomes_evidence_in_their_own_voice() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let other = another(&app, &world).await;
    let (own, adviser) = (app.browser(world.volunteer).await, app.browser(world.adviser).await);
    let page = world.href("volunteers");
    adviser.get(&page).await.ok().says("Fictional volunteer");
    let second = rows::list(&mut app.cx.read().await.unwrap()).await.unwrap().pop().unwrap().id.to_string();
    adviser.post(&page, &[("act", "place"), ("volunteer_in", "")]).await.unprocessable();
    let id_text = id.to_string();
    let plan = |who: &str, day: &str, starts: &str| {
        [
            ("act", "plan"),
            ("kind", "young-people-group"),
            ("day-day", day),
            ("day-month", "1"),
            ("day-year", "2026"),
            ("starts", starts),
            ("place", "Made-up youth club"),
            ("leads", who),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    let send = async |fields: [(String, String); 8]| {
        let all: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        adviser.post(&page, &all).await
    };
    send(plan(&second, "5", "14:00")).await.unprocessable().says("at least one volunteer who takes part");
    send(plan(&id_text, "4", "14:00")).await.unprocessable().says("today or a later day");
    send(plan(&id_text, "5", "late")).await.unprocessable();
    send(plan(&id_text, "5", "14:00")).await.redirects_to(&page);
    send(plan(&id_text, "7", "9:30")).await.redirects_to(&page);
    app.browser(world.inspectors[0]).await.post(&page, &[("act", "place")]).await.not_found();
    own.post("/my/time", &[("time-monday", "monday-morning")]).await.redirects_to("/my?done");
    adviser.get(&page).await.ok().says("has said: no time then").says("Monday: morning");
    own.get("/my").await.ok().says("Made-up youth club").says("You lead it").says("Monday: morning");
    other.get("/my").await.ok().hides("Made-up youth club");
    let mut planned =
        texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM planned_session ORDER BY day").await;
    let (later, today) = (planned.pop().unwrap(), planned.pop().unwrap());
    let write = format!("/my/sessions/{today}");
    let note =
        |text: &'static str| [("audience", "young people of 12 to 17"), ("people", "4"), ("note", text)];
    other.get(&write).await.not_found();
    other.post(&write, &note("They were glad")).await.not_found();
    own.post(&write, &note("We met Mrs Fictional there")).await.unprocessable().says("young people of 12");
    own.post(&format!("/my/sessions/{later}"), &note("Not yet")).await.unprocessable().says("still to come");
    own.post(&write, &note("They want letters that they can read")).await.redirects_to("/my?done");
    let twice = own.post(&write, &note("Twice, and not lost")).await.unprocessable();
    twice.says("written this session up already").says("Twice, and not lost");
    own.get(&write).await.redirects_to(&world.href("voices/sessions/"));
    own.get("/my").await.ok().says("Change what you wrote");
    let cancel =
        |reason: &'static str| [("act", "cancel"), ("planned", later.as_str()), ("cancel_reason", reason)];
    adviser.post(&page, &cancel("")).await.unprocessable();
    adviser.post(&page, &cancel("The club is closed")).await.redirects_to(&page);
    own.get("/my").await.ok().says("The club is closed");
    // The team reads it as the volunteer's voice, and takes it as evidence with its source.
    let inspector = app.browser(world.inspectors[0]).await;
    let notes = inspector.get(&world.href("voices/all-sessions")).await;
    let notes = notes.ok().says("In a volunteer’s own words").says("Use as evidence");
    let source = hidden(&notes, "source");
    let f = [
        ("body", "They want letters that they can read"),
        ("source", source.as_str()),
        ("describes_on", "2026-01-05"),
    ];
    let form = inspector.post(&world.href("evidence/from-text"), &f).await.ok();
    let form = form.says("in the words of a young inspection volunteer");
    assert!(form.text().contains(&format!("value=\"{source}\" selected")), "the source is chosen");
    // Which tables the participation lead and the inspection show.
    adviser.get("/volunteers/taking-part").await.ok().says("strathmarnock-2026");
}

#[tokio::test]
async fn volunteers_find_nothing_of_records_concerns_evidence_and_other_inspections() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let elsewhere = World::in_area(&app, "fife", "other-").await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let own = app.browser(world.volunteer).await;
    for path in [
        "records",
        "records/sample",
        "concerns",
        "messages",
        "evidence",
        "judgement",
        "report",
        "returns",
        "audit",
        "volunteers",
        "said",
        "said/new",
        "childrens-version/new",
        "voices/results",
        "disposal",
        "improvement",
        "people",
        "letters",
    ] {
        own.get(&world.href(path)).await.not_found();
    }
    for path in ["", "childrens-version", "volunteers", "voices/sessions", "plan", "people"] {
        own.get(&elsewhere.href(path)).await.not_found();
    }
    own.get(&world.href("childrens-version")).await.ok();
    // Brought in by the participation lead there, the inspection asks for the declaration first.
    let lead = app.actor(elsewhere.adviser).await;
    place_volunteer(&app.cx, &lead, elsewhere.inspection, Some(id)).await.unwrap();
    own.get(&elsewhere.href("childrens-version")).await.redirects_to(&elsewhere.href("interest"));
    own.get("/my").await.ok().says("do you know anybody there?");
    assert!(place_volunteer(&app.cx, &lead, elsewhere.inspection, Some(id)).await.is_err(), "once is enough");
}
