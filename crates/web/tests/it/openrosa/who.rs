//! Who may use a device, and who is slowed down.

use keyline_domain::access::Role;
use keyline_testing::{Answer, TestApp, World};

use super::{
    ANSWERS, HELP, SUBMISSIONS, add_device, change, count, device, is, open_survey, path, send, version, xml,
};

#[tokio::test]
async fn a_volunteer_is_given_guides_and_no_surveys() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    open_survey(&app, &world).await;
    let inspector = device(&app, &world, world.inspectors[0], "inspector-health").await;
    let survey = version(&inspector, &world, "parents-carers").await;
    let volunteer = device(&app, &world, world.volunteer, "volunteer").await;
    let list = volunteer.get(&path(&world, "formList")).await.ok().text();
    assert!(list.contains("focus-group-guide") && !list.contains("parents-carers"), "{list}");
    is(&volunteer.get(&path(&world, "forms/parents-carers")).await, 404, "not among yours");
    let filled = xml("parents-carers", &survey, "uuid:fictional-1", HELP);
    is(&send(&volunteer, &world, &filled).await, 404, "not among yours");
    assert_eq!(count(&app, ANSWERS).await, 0);
}

#[tokio::test]
async fn whoever_is_not_known_is_asked_and_hears_nothing_of_what_is_there() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let password = add_device(&app, &world, world.lead).await;
    let lead = "lead@fictional.test";
    let asked = |answer: Answer| {
        is(&answer, 401, "password");
        assert!(answer.header("www-authenticate").starts_with("Basic realm="));
        answer.text()
    };
    let list = path(&world, "formList");
    let nobody = asked(app.anyone().get(&list).await);
    // Whoever is signed in on the web is nobody here.
    assert_eq!(asked(app.browser(world.lead).await.get(&list).await), nobody);
    let wrong = format!("{}0000", &password[..20]);
    assert_eq!(asked(app.anyone().as_device(lead, &wrong).get(&list).await), nobody);
    let device = app.anyone().as_device(lead, &password);
    device.get(&list).await.ok();
    // Elsewhere, whether it is there or not, and whoever else's address it is.
    assert_eq!(asked(device.get(&path(&other, "formList")).await), nobody);
    assert_eq!(asked(device.get("/openrosa/nowhere-2026/formList").await), nobody);
    let depute = app.anyone().as_device("depute@fictional.test", &password);
    assert_eq!(asked(depute.get(&list).await), nobody);
    // It opens nothing on the web.
    assert!(device.get(&world.href("voices")).await.status.is_redirection());
    let filled = xml("focus-group-guide", "0", "uuid:fictional-1", "");
    assert_eq!(asked(send(&depute, &world, &filled).await), nobody);
    assert_eq!(count(&app, SUBMISSIONS).await, 0);
}

#[tokio::test]
async fn guesses_are_slowed_for_the_account_and_for_nobody_else() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let right = device(&app, &world, world.lead, "lead").await;
    let adviser = device(&app, &world, world.adviser, "adviser").await;
    let list = path(&world, "formList");
    let guess = app.anyone().as_device("lead@fictional.test", "0000-0000-0000-0000-0000");
    for _ in 0..5 {
        is(&guess.get(&list).await, 401, "password");
    }
    let held = guess.get(&list).await;
    is(&held, 429, "Try again");
    assert_eq!(held.header("retry-after"), "1");
    // What nobody guesses is heard meanwhile, so that nobody is locked out by guesses, nor by an own old device.
    right.get(&list).await.ok();
    adviser.get(&list).await.ok();
    app.forward(jiff::SignedDuration::from_secs(2));
    is(&guess.get(&list).await, 401, "password");
    let last = "SELECT COUNT(*) FROM sign_in_failure";
    assert_eq!(count(&app, last).await, 1);
    right.get(&list).await.ok();
    assert_eq!(count(&app, last).await, 1, "a right password leaves no trace of when it was sent");
}

#[tokio::test]
async fn only_who_may_use_a_device_has_one() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    for (role, person) in world.everybody() {
        let slug = match role {
            Role::Lead => "lead",
            Role::Depute => "depute",
            Role::Inspector => "inspector-health",
            Role::YoungInspectionVolunteer => "volunteer",
            Role::InvolvementAdviser => "adviser",
            _ => {
                let browser = app.browser(person).await;
                browser.get(&world.href("voices/devices")).await.not_found();
                browser
                    .post(&world.href("voices/devices"), &[("name", "Fictional tablet")])
                    .await
                    .not_found();
                continue;
            }
        };
        let device = device(&app, &world, person, slug).await;
        let status = device.get(&path(&world, "formList")).await.status.as_u16();
        assert_eq!(status, 200, "{role}");
    }
}

#[tokio::test]
async fn a_device_ends_by_its_owner_with_the_role_and_with_the_account() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let device = device(&app, &world, world.adviser, "adviser").await;
    let adviser = app.browser(world.adviser).await;
    let page = adviser.get(&world.href("voices/devices")).await.ok().says("Fictional tablet");
    let end = page.attribute("form[action$='/end']", "action").unwrap();
    app.browser(world.lead).await.post(&end, &[]).await.not_found();
    device.get(&path(&world, "formList")).await.ok();
    adviser.post(&end, &[]).await.redirects_to(&world.href("voices/devices?done=device-ended"));
    adviser.get(&world.href("voices/devices")).await.ok().hides("Fictional tablet");
    is(&device.get(&path(&world, "formList")).await, 401, "password");
    adviser.post(&world.href("voices/devices"), &[("name", " ")]).await.unprocessable();
    for _ in 0..10 {
        add_device(&app, &world, world.adviser).await;
    }
    adviser
        .post(&world.href("voices/devices"), &[("name", "One more")])
        .await
        .unprocessable()
        .says("10 devices");

    let inspector = self::device(&app, &world, world.inspectors[0], "inspector-health").await;
    inspector.get(&path(&world, "formList")).await.ok();
    change(
        &app,
        &format!(
            "UPDATE membership SET ended_at = '2026-01-05T10:00:00.000000Z' WHERE person_id = '{}'",
            world.inspectors[0]
        ),
    )
    .await;
    is(&inspector.get(&path(&world, "formList")).await, 404, "nothing here for you");
    is(&send(&inspector, &world, "<data/>").await, 404, "nothing here for you");
    // An account that is disabled is nobody.
    let lead = self::device(&app, &world, world.lead, "lead").await;
    lead.get(&path(&world, "formList")).await.ok();
    let at = "2026-01-05T10:00:00.000000Z";
    change(&app, &format!("UPDATE person SET disabled_at = '{at}' WHERE id = '{}'", world.lead)).await;
    is(&lead.get(&path(&world, "formList")).await, 401, "password");
}
