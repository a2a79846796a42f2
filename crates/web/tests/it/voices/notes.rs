//! The notes of sessions.

use keyline_testing::{TestApp, World};

#[tokio::test]
async fn a_note_is_the_writers_own_and_two_windows_are_shown_both_texts() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let volunteer = app.browser(world.volunteer).await;
    let note = |text: &'static str, version: &'static str| {
        vec![
            ("kind", "young-people-group"),
            ("held_on-day", "5"),
            ("held_on-month", "1"),
            ("held_on-year", "2026"),
            ("audience", "Fictional young people"),
            ("people", "6"),
            ("note", text),
            ("version", version),
        ]
    };
    let new = world.href("voices/sessions/new");
    volunteer.post(&new, &note("", "")).await.unprocessable().says("Fill this in");
    volunteer.post(&new, &note("Mr Fictional spoke.", "")).await.unprocessable().says("name of a person");
    volunteer
        .post(&new, &note("The desk at 0131 496 0000 answered.", ""))
        .await
        .unprocessable()
        .says("I have checked");
    volunteer.post(&new, &note("They feel heard.", "")).await.redirects_to(&world.href("voices/sessions"));
    let page = volunteer.get(&world.href("voices/sessions")).await.ok().says("They feel heard.");
    let edit = page.attribute("a[href*='/voices/sessions/ses_']", "href").unwrap();
    app.browser(world.lead).await.get(&edit).await.not_found();
    app.browser(world.lead).await.get(&world.href("voices/all-sessions")).await.ok().says("They feel heard.");
    volunteer.get(&world.href("voices/all-sessions")).await.not_found();
    volunteer.post(&edit, &note("First window.", "1")).await.redirects_to(&world.href("voices/sessions"));
    let both = volunteer.post(&edit, &note("Second window.", "1")).await.conflict();
    let both = both.says("First window.").says("Second window.");
    assert_eq!(both.attribute("input[name=version]", "value").unwrap(), "2");
    volunteer.post(&edit, &note("Both windows.", "2")).await.redirects_to(&world.href("voices/sessions"));
    app.browser(world.coordinator).await.get(&world.href("voices/sessions")).await.not_found();
}
