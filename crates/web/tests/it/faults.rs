//! What a person sees, and keeps, when something of ours fails: the disk is full, or the database is out of order.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use keyline_store::Engine;
use keyline_testing::{Answer, TestApp, World, number, tamper};

use crate::voices::{borrowed, open_survey, pressed, sending, whole_answer};

async fn sql(app: &TestApp, statements: &[&str]) {
    let mut tx = app.cx.db.begin().await.unwrap();
    for statement in statements {
        tamper(&mut tx, *statement).await;
    }
    tx.commit().await.unwrap();
}

// No page more for SQLite; for PostgreSQL its own word for it, at the table that is to grow.
async fn fill_disk(app: &TestApp, table: &str) {
    match app.cx.db.engine() {
        Engine::Sqlite => sql(app, &["PRAGMA max_page_count = 1"]).await,
        Engine::Postgres => {
            let full = "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$";
            let at = format!(
                "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION full_disk()"
            );
            sql(app, &[full, &at]).await;
        }
    }
}

async fn make_room(app: &TestApp, table: &str) {
    match app.cx.db.engine() {
        Engine::Sqlite => sql(app, &["PRAGMA max_page_count = 1073741823"]).await,
        Engine::Postgres => sql(app, &[format!("DROP TRIGGER full_disk ON {table}").as_str()]).await,
    }
}

// What the button "Send it again" sends, and where to.
fn sent_again(page: &Answer) -> (String, Vec<(String, String)>) {
    let names = page.attributes("main form input[type=hidden]", "name");
    let values = page.attributes("main form input[type=hidden]", "value");
    (page.attribute("main form", "action").unwrap(), names.into_iter().zip(values).collect())
}

fn note(text: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("kind", "young-people-group"),
        ("held_on-day", "5"),
        ("held_on-month", "1"),
        ("held_on-year", "2026"),
        ("audience", "Fictional young people"),
        ("people", "6"),
        ("note", text),
        ("version", ""),
    ]
}

async fn notes_and_trail(app: &TestApp, world: &World) -> (usize, i64) {
    let volunteer = app.browser(world.volunteer).await;
    let notes =
        volunteer.get(&world.href("voices/sessions")).await.ok().attributes("main a[href*='ses_']", "href");
    let mut reader = app.cx.read().await.unwrap();
    (notes.len(), keyline_store::audit::verify(&mut reader).await.unwrap().unwrap())
}

#[tokio::test]
async fn a_full_disk_costs_nobody_what_they_typed() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let volunteer = app.browser(world.volunteer).await;
    let new = world.href("voices/sessions/new");
    let (before, _) = notes_and_trail(&app, &world).await;
    let text = "They feel heard.\nMostly & <always>. ".repeat(500);
    fill_disk(&app, "engagement").await;
    let page = volunteer.post(&new, &note(&text)).await;
    assert_eq!(page.status, 507);
    let page = page.says("The disk of the server is full").says("What you typed is not lost");
    let (action, again) = sent_again(&page);
    assert_eq!(action, new);
    let typed: Vec<_> = note(&text).into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    assert_eq!(again, typed);
    volunteer.get(&world.href("voices/sessions")).await.ok().hides("They feel heard.");
    make_room(&app, "engagement").await;
    volunteer.post(&action, &borrowed(&again)).await.redirects_to(&world.href("voices/sessions"));
    let (after, _) = notes_and_trail(&app, &world).await;
    assert_eq!(after, before + 1, "there once, and the trail is whole");
}

#[tokio::test]
async fn a_full_disk_signs_nobody_out() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let volunteer = app.browser(world.volunteer).await;
    // Long enough for a use of the session to be noted again.
    app.forward(jiff::SignedDuration::from_mins(20));
    fill_disk(&app, "session").await;
    volunteer.get(&world.href("voices/sessions")).await.ok();
    make_room(&app, "session").await;
    sql(&app, &["ALTER TABLE session RENAME TO session_is_away"]).await;
    let page = volunteer.get(&world.href("voices/sessions")).await;
    assert_eq!(page.status, 500, "a fault of ours is said to be one, and asks nobody to sign in");
    app.anyone().get("/reports").await.ok();
    sql(&app, &["ALTER TABLE session_is_away RENAME TO session"]).await;
    volunteer.get(&world.href("voices/sessions")).await.ok();
}

#[tokio::test]
async fn an_answer_that_finds_no_room_stays_in_the_form() {
    let app = TestApp::new().await;
    let path = open_survey(&app).await;
    let anyone = app.anyone();
    let mut answers = whole_answer(&app, &path, "health").await;
    answers["one-change"] = serde_json::json!("Fictional & long. ".repeat(60));
    let pairs = sending(&format!("ans_{:032x}", 5), &answers);
    fill_disk(&app, "survey_answer").await;
    let page = anyone.post(&path, &borrowed(&pairs)).await;
    assert_eq!(page.status, 507);
    let page = page.says("Nothing you typed is lost");
    let again = pressed(&page, "send");
    assert!(again.contains(&("-answer".to_owned(), format!("ans_{:032x}", 5))), "the same answer");
    make_room(&app, "survey_answer").await;
    for _ in 0..2 {
        anyone.post(&path, &borrowed(&again)).await.redirects_to(&format!("{path}/thanks"));
    }
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM survey_answer").await, 1);
}

#[tokio::test]
async fn a_fault_offers_to_send_again_and_never_shows_a_password() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let volunteer = app.browser(world.volunteer).await;
    let new = world.href("voices/sessions/new");
    sql(&app, &["ALTER TABLE engagement RENAME TO engagement_is_away"]).await;
    let page = volunteer.post(&new, &note("They feel heard.")).await;
    assert_eq!(page.status, 500);
    let (action, again) = sent_again(&page);
    sql(&app, &["ALTER TABLE engagement_is_away RENAME TO engagement"]).await;
    volunteer.post(&action, &borrowed(&again)).await.redirects_to(&world.href("voices/sessions"));

    sql(&app, &["ALTER TABLE sign_in_failure RENAME TO sign_in_failure_is_away"]).await;
    let typed = [("email", "lead@fictional.test"), ("password", "fictional secret words")];
    let page = app.anyone().post("/sign-in", &typed).await;
    assert_eq!(page.status, 500);
    page.hides("fictional secret words").hides("What you typed is not lost");
}
