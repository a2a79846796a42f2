//! Nothing that somebody typed is lost, and nobody writes over somebody else unseen.

use keyline_domain::volunteers::stage::Stage;
use keyline_operations::volunteers::{SetSupport, place_volunteer, set_support};
use keyline_store::volunteers as rows;
use keyline_testing::{TestApp, World, texts};

use super::{go, hidden, interested, welcomed, words};

/// A session of a volunteer today in an inspection, by the page of its adviser. Gives its id.
pub(super) async fn planned(app: &TestApp, world: &World, id: &str) -> String {
    let page = world.href("volunteers");
    let plan = [
        ("act", "plan"),
        ("kind", "young-people-group"),
        ("day-day", "5"),
        ("day-month", "1"),
        ("day-year", "2026"),
        ("starts", "14:00"),
        ("place", "Made-up youth club"),
        ("leads", id),
    ];
    app.browser(world.adviser).await.post(&page, &plan).await.redirects_to(&page);
    texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM planned_session ORDER BY id")
        .await
        .pop()
        .unwrap()
}

#[tokio::test]
async fn before_the_declaration_no_write_up_opens_and_nobody_is_told_place_time_and_names() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let elsewhere = World::in_area(&app, "fife", "other-").await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let lead = app.actor(elsewhere.adviser).await;
    place_volunteer(&app.cx, &lead, elsewhere.inspection, Some(id)).await.unwrap();
    let session = planned(&app, &elsewhere, &id.to_string()).await;
    let own = app.browser(world.volunteer).await;
    let page = own.get("/my").await.ok().says("First tell us whether you know anybody there");
    page.hides("Made-up youth club").hides("14:00").hides("Write it up");
    let write = format!("/my/sessions/{session}");
    own.get(&write).await.redirects_to(&elsewhere.href("interest"));
    // A form that stood open while the inspection closed to them: what was typed comes back.
    let f = [("audience", "young people"), ("people", "4"), ("note", "They were glad to be asked")];
    own.post(&write, &f).await.unprocessable().says("They were glad to be asked").says("First tell us");
    own.post(&elsewhere.href("interest"), &[("interest", "no")]).await;
    own.get("/my").await.ok().says("Made-up youth club").says("14:00");
    own.get(&write).await.ok().says("Send it to the team");
}

#[tokio::test]
async fn whoever_changes_a_volunteer_second_is_told_who_did_what_and_keeps_what_they_chose() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    let adviser = app.browser(world.adviser).await;
    let page = format!("/volunteers/{id}");
    let version = hidden(&adviser.get(&page).await.ok(), "version");
    let actor = app.actor(world.adviser).await;
    let v = rows::find(&mut app.cx.read().await.unwrap(), id).await.unwrap().unwrap();
    let first = SetSupport { volunteer: id, version: v.version, buddy: None, supporter: Some(world.lead) };
    set_support(&app.cx, &actor, first).await.unwrap();
    let depute = world.depute.to_string();
    let second = [("act", "support"), ("version", version.as_str()), ("supporter", depute.as_str())];
    let both = adviser.post(&page, &second).await.unprocessable().says("Fictional adviser has changed this");
    let both = both.says("supporter: Fictional lead, buddy: Nobody yet");
    assert!(both.text().contains(&format!("value=\"{depute}\" selected")), "what was chosen stays chosen");
    go(&app, &world, id, Stage::Paused, "").await;
    let stale = [("act", "move"), ("version", version.as_str()), ("to", "paused")];
    adviser.post(&page, &stale).await.unprocessable().says("moved from \"Welcomed\" to \"Pausing\"");
}

#[tokio::test]
async fn the_reason_for_sending_an_expense_back_outlives_a_conflict_and_so_does_a_changed_claim() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    welcomed(&app, &world, "volunteer@fictional.test").await;
    let (own, adviser) = (app.browser(world.volunteer).await, app.browser(world.adviser).await);
    let claim = |note: &'static str, version: &'static str| {
        [
            ("version", version),
            ("what", "travel"),
            ("note", note),
            ("amount", "4.50"),
            ("day-day", "5"),
            ("day-month", "1"),
            ("day-year", "2026"),
        ]
    };
    // Every fault at once.
    let empty = own.post("/my/money", &[]).await.unprocessable();
    empty.says("Choose one").says("such as 4.50").says("Write a day that has been");
    own.post("/my/money", &claim("bus", "0")).await.redirects_to("/my/money");
    let expense =
        texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM volunteer_expense").await.remove(0);
    let (mine, theirs) = (format!("/my/money/{expense}"), format!("/volunteers/expenses/{expense}"));
    let back = |version: &'static str, reason: &'static str| {
        [("version", version), ("act", "send-back"), ("reason", reason)]
    };
    adviser.post(&theirs, &back("1", "Which bus?")).await.redirects_to("/volunteers");
    own.get("/my").await.ok().says("We sent something back to you").says("£4.50");
    let late = adviser.post(&theirs, &back("1", "The receipt is from last year")).await.conflict();
    late.says("The receipt is from last year").says("Fictional adviser has changed this");
    let both = own.post(&mine, &claim("bus 7 to the group", "1")).await.conflict();
    both.says("bus 7 to the group").says("Fictional adviser");
    own.post(&mine, &claim("bus 7", "2")).await.redirects_to("/my/money");
    // A claim that waits for somebody is not changed: no form is offered for it.
    own.get(&mine)
        .await
        .ok()
        .says("This cannot be done with it as it stands now")
        .hides("Do you have a receipt?");
}

#[tokio::test]
async fn a_page_that_was_withdrawn_is_not_thanked_for_once_more() {
    let app = TestApp::new().await;
    World::notified(&app).await;
    let person = app.anyone();
    let once = hidden(&person.get("/volunteer").await.ok(), "once");
    let f = [("once", once.as_str()), ("name", "Sam"), ("age", "fits"), ("reach", "text me, I say when")];
    let receipt = words(&person.post("/volunteer", &f).await.ok());
    person.post("/volunteer/withdraw", &[("words", &receipt)]).await.ok();
    let again = person.post("/volunteer", &f).await.unprocessable();
    let again =
        again.says("was withdrawn and destroyed").says("text me, I say when").hides("We have what you wrote");
    let fresh = hidden(&again, "once");
    assert_ne!(fresh, once, "what was typed can be sent from here");
    let f = [("once", fresh.as_str()), f[1], f[2], f[3]];
    person.post("/volunteer", &f).await.ok().says("Your eight words");
    interested(&app).await;
}
