//! Conversation guides on a device: they become the own notes.

use keyline_testing::{TestApp, World};

use super::{ABOUT, SUBMISSIONS, change, count, device, is, path, send, version, xml};

#[tokio::test]
async fn a_guide_becomes_the_own_note_and_is_lost_nowhere_on_the_way() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let device = device(&app, &world, world.volunteer, "volunteer").await;
    let version = version(&device, &world, "focus-group-guide").await;
    let answers = "<session><session-kind>young-people-group</session-kind><people>6</people></session>\
                   <on-being-heard><being-heard>Mr Fictional listened, they said.</being-heard></on-being-heard>";
    let filled = xml("focus-group-guide", &version, "uuid:fictional-guide", answers)
        .replace("</orx:instanceID>", &format!("</orx:instanceID>{ABOUT}"));
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    assert_eq!(count(&app, SUBMISSIONS).await, 1);
    let sealed = count(&app, "SELECT COUNT(*) FROM device_submission WHERE sealed IS NOT NULL").await;
    assert_eq!(sealed, 1);

    let volunteer = app.browser(world.volunteer).await;
    let own = world.href("voices/sessions");
    let page = volunteer.get(&own).await.ok().says("From your devices").says("Mr Fictional listened");
    for about in ["Fictional Name", "collect:fictional", "fictional-user", "09:12"] {
        assert!(!page.text().contains(about), "{about} is kept");
    }
    // Nobody else sees what nothing has looked through yet.
    let lead = app.browser(world.lead).await;
    lead.get(&own).await.ok().hides("Mr Fictional");
    lead.get(&world.href("voices/all-sessions")).await.ok().hides("Mr Fictional");
    let write_up = page.attribute("a[href*='/sessions/new?from=']", "href").unwrap();
    let remove = page.attribute("form[action*='/voices/received/']", "action").unwrap();
    lead.get(&write_up).await.not_found();
    lead.post(&remove, &[]).await.not_found();

    let note = volunteer.get(&write_up).await.ok();
    assert_eq!(note.attribute("option[selected]", "value").unwrap(), "young-people-group");
    assert_eq!(note.attribute("input[name=people]", "value").unwrap(), "6");
    let text = note.all("textarea").concat();
    assert!(text.contains("Mr Fictional listened") && text.contains("How are children and parents heard?"));
    let mut fields = vec![
        ("kind", "young-people-group"),
        ("held_on-day", "5"),
        ("held_on-month", "1"),
        ("held_on-year", "2026"),
        ("audience", "Fictional young people"),
        ("people", "6"),
        ("note", text.as_str()),
        ("version", ""),
    ];
    volunteer
        .post(&world.href("voices/sessions/new"), &fields)
        .await
        .unprocessable()
        .says("name of a person");
    fields[6].1 = "Somebody listened, they said.";
    volunteer.post(&world.href("voices/sessions/new"), &fields).await.redirects_to(&own);
    volunteer.post(&remove, &[]).await.redirects_to(&own);
    volunteer.post(&remove, &[]).await.not_found();
    volunteer.get(&own).await.ok().hides("Mr Fictional").says("Somebody listened");
    // It was taken, and is not taken a second time because it was removed here.
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    volunteer.get(&own).await.ok().hides("Mr Fictional");
}

#[tokio::test]
async fn a_guide_of_a_megabyte_is_taken_whole_and_one_before_the_notification_is_not() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let device = device(&app, &world, world.lead, "lead").await;
    let version = version(&device, &world, "focus-group-guide").await;
    let long = format!("<afterwards><words>{}</words></afterwards>", "a fictional word ".repeat(60_000));
    let filled = xml("focus-group-guide", &version, "uuid:fictional-long", &long);
    assert!(filled.len() > 1_000_000);
    is(&send(&device, &world, &filled).await, 409, "stays on the device");
    assert_eq!(count(&app, SUBMISSIONS).await, 0);
    let notified =
        format!("UPDATE inspection SET notified_on = '2026-01-05' WHERE id = '{}'", world.inspection);
    change(&app, &notified).await;
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    let page = app.browser(world.lead).await.get(&world.href("voices/sessions")).await.ok();
    assert_eq!(page.text().matches("a fictional word").count(), 60_000, "every word of it is shown");
}

#[tokio::test]
async fn notes_in_an_older_version_of_the_guide_are_not_lost() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let device = device(&app, &world, world.lead, "lead").await;
    let now = version(&device, &world, "focus-group-guide").await;
    let to = |version: &str| {
        format!("UPDATE inspection SET programme_version = '{version}' WHERE id = '{}'", world.inspection)
    };
    change(&app, &to("2025-1")).await;
    let older = version(&device, &world, "focus-group-guide").await;
    change(&app, &to("2025-2")).await;
    assert_ne!(now, older);
    let words = "<afterwards><words>Fictional words</words></afterwards>";
    let filled = xml("focus-group-guide", &older, "uuid:fictional-old", words);
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    app.browser(world.lead).await.get(&world.href("voices/sessions")).await.ok().says("Fictional words");
    let unknown = xml("focus-group-guide", "2025-0", "uuid:fictional-older", words);
    is(&send(&device, &world, &unknown).await, 410, "This version of the form");
    assert!(device.get(&path(&world, "formList")).await.ok().text().contains(&now));
}

#[tokio::test]
async fn notes_that_nobody_can_open_any_more_are_named_and_can_be_removed() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let device = device(&app, &world, world.lead, "lead").await;
    let version = version(&device, &world, "focus-group-guide").await;
    let words = "<afterwards><words>Fictional words</words></afterwards>";
    is(
        &send(&device, &world, &xml("focus-group-guide", &version, "uuid:fictional-1", words)).await,
        201,
        "stored",
    );
    // What is sealed is bound to its place, so it opens there and with the key of the installation only.
    change(&app, "UPDATE device_submission SET instance_hash = 'elsewhere'").await;
    let lead = app.browser(world.lead).await;
    let own = world.href("voices/sessions");
    let page = lead.get(&own).await.ok().says("nobody can open this").hides("Fictional words");
    assert_eq!(page.attribute("a[href*='/sessions/new?from=']", "href"), None);
    lead.get(&world.href("voices/sessions/new?from=elsewhere")).await.not_found();
    let remove = page.attribute("form[action*='/voices/received/']", "action").unwrap();
    lead.post(&remove, &[]).await.redirects_to(&own);
    lead.get(&own).await.ok().hides("nobody can open this");
}
