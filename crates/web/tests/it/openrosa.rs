//! Devices over OpenRosa, as ODK Collect and its like speak it: from the page on which a device is added to what is
//! kept of a submission. All people, answers and areas are fictional.

use axum::http::Method;
use keyline_domain::access::Role;
use keyline_domain::ids::PersonId;
use keyline_testing::{Answer, Browser, TestApp, World, number, texts};

const OPEN: &[(&str, &str)] = &[
    ("instrument", "parents-carers"),
    ("closes_on-day", "16"),
    ("closes_on-month", "1"),
    ("closes_on-year", "2026"),
    ("child_protection", "Fictional duty team, 01632 960 001"),
    ("adult_protection", "Fictional ${adult} team, 01632 960 002"),
];

async fn add_device(app: &TestApp, world: &World, person: PersonId) -> String {
    let browser = app.browser(person).await;
    let page = browser.post(&world.href("voices/devices"), &[("name", "Fictional tablet")]).await.ok();
    assert_eq!(
        page.attribute("#device-server", "value").unwrap(),
        format!("http://keyline.test/openrosa/{}", world.reference)
    );
    page.attribute("#device-password", "value").expect("the password is shown")
}

async fn device(app: &TestApp, world: &World, person: PersonId, slug: &str) -> Browser {
    let password = add_device(app, world, person).await;
    app.anyone().as_device(&format!("{slug}@fictional.test"), &password)
}

async fn open_survey(app: &TestApp, world: &World) {
    let lead = app.browser(world.lead).await;
    let fields = [OPEN, &[("distribution", "open-link")]].concat();
    lead.post(&world.href("voices/surveys"), &fields).await.redirects_to(&world.href("voices/surveys"));
}

async fn close_survey(app: &TestApp, world: &World) {
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("voices/surveys")).await.ok();
    let survey = page.attribute("a[href*='/voices/surveys/sur_']", "href").unwrap();
    assert!(lead.post(&format!("{survey}/close"), &[]).await.status.is_redirection());
}

fn path(world: &World, rest: &str) -> String {
    format!("/openrosa/{}/{rest}", world.reference)
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).expect("an end").0
}

async fn version(device: &Browser, world: &World, key: &str) -> String {
    let list = device.get(&path(world, &format!("formList?formID={key}"))).await.ok().text();
    assert_eq!(list.matches("<xform>").count(), 1, "{list}");
    between(&list, "<version>", "</version>").to_owned()
}

fn xml(key: &str, version: &str, id: &str, answers: &str) -> String {
    format!(
        "<?xml version='1.0'?><data xmlns:jr=\"http://openrosa.org/javarosa\" \
         xmlns:orx=\"http://openrosa.org/xforms\" id=\"{key}\" version=\"{version}\"><before-asking/>{answers}\
         <orx:meta><orx:instanceID>{id}</orx:instanceID></orx:meta></data>"
    )
}

async fn send(device: &Browser, world: &World, xml: &str) -> Answer {
    device
        .upload(&path(world, "submission"), &[], &[("xml_submission_file", "filled-in.xml", xml.as_bytes())])
        .await
}

fn is(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("x-openrosa-version"), "1.0");
    assert!(answer.header("content-type").starts_with("text/xml"), "{}", answer.header("content-type"));
    let text = answer.text();
    assert!(text.contains("http://openrosa.org/http/response") && text.contains(words), "{text}");
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    number(&mut app.cx.read().await.expect("a connection"), sql).await
}

const ANSWERS: &str = "SELECT COUNT(*) FROM survey_answer";
const SUBMISSIONS: &str = "SELECT COUNT(*) FROM device_submission";
const HELP: &str = "<helped-most>Somebody who listened</helped-most>";

#[tokio::test]
async fn a_device_lists_gets_and_sends_a_survey_and_nothing_leads_to_the_answer() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    open_survey(&app, &world).await;
    let device = device(&app, &world, world.adviser, "adviser").await;

    let list = device.get(&path(&world, "formList")).await.ok();
    assert_eq!(list.header("x-openrosa-version"), "1.0");
    let listed = list.text();
    for part in [
        "<xforms xmlns=\"http://openrosa.org/xforms/xformsList\">",
        "<formID>parents-carers</formID>",
        "<formID>focus-group-guide</formID>",
        "<hash>md5:",
    ] {
        assert!(listed.contains(part), "no {part} in {listed}");
    }
    let survey = listed.split("<xform>").find(|x| x.contains("<formID>parents-carers")).unwrap();
    let download = between(survey, "<downloadUrl>http://keyline.test", "</downloadUrl>");
    let form = device.get(download).await.ok().text();
    let version = between(survey, "<version>", "</version>");
    assert!(form.contains(&format!("version=\"{version}\"")), "the form says its version");
    // The rule of the field: help stands before the form is finished, and a contact is never taken for an expression.
    assert!(form.contains("0800 1111") && form.contains("Fictional duty team"), "{form}");
    assert!(form.contains("$ {adult}") && !form.contains("output value=\" /data/adult"));
    let manifest = device.get(&format!("{download}/manifest")).await.ok().text();
    assert!(manifest.contains("xformsManifest") && !manifest.contains("mediaFile"));

    let head = device.send(Method::HEAD, &path(&world, "submission"), None, Vec::new()).await;
    assert_eq!((head.status.as_u16(), head.header("x-openrosa-accept-content-length")), (204, "2097152"));

    let before = entries(&app).await;
    let filled = xml("parents-carers", version, "uuid:fictional-1", HELP);
    is(&send(&device, &world, &filled).await, 201, "submit_success");
    // The answer was lost on the way: the device sends again.
    is(&send(&device, &world, &filled).await, 201, "submit_success");
    assert_eq!(count(&app, ANSWERS).await, 1);
    let other = xml("parents-carers", version, "uuid:fictional-1", "<change>Something else</change>");
    is(&send(&device, &world, &other).await, 409, "under the same number");
    assert_eq!(count(&app, ANSWERS).await, 1);
    assert_eq!(entries(&app).await, before, "no audit entry tells when somebody answered");
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM device_submission WHERE person_id IS NULL AND sealed IS NULL")
            .await,
        1
    );
    let kept = texts(
        &mut app.cx.read().await.unwrap(),
        "SELECT inspection_id || ' ' || instance_hash || ' ' || digest FROM device_submission
         WHERE day IS NULL AND form_digest IS NULL",
    )
    .await;
    let answer = texts(&mut app.cx.read().await.unwrap(), "SELECT id || answers FROM survey_answer").await;
    assert!(answer[0].contains("Somebody who listened"), "{answer:?}");
    let of_it = kept[0].split(' ').collect::<Vec<_>>();
    assert_eq!(of_it[0], world.inspection.to_string());
    assert!(of_it[1..].iter().all(|word| word.len() == 64), "hashes and nothing else: {kept:?}");
    // Its free text waits to be read like any other.
    assert_eq!(count(&app, "SELECT COUNT(*) FROM survey_text WHERE read_at IS NULL").await, 1);

    close_survey(&app, &world).await;
    let late = xml("parents-carers", version, "uuid:fictional-2", HELP);
    app.forward(jiff::SignedDuration::from_mins(31));
    is(&send(&device, &world, &late).await, 410, "stays on the device");
    is(&send(&device, &world, &filled).await, 201, "submit_success");
    assert!(!device.get(&path(&world, "formList")).await.ok().text().contains("parents-carers"));
    is(&device.get(download).await, 404, "not among yours");
    assert_eq!((count(&app, ANSWERS).await, count(&app, SUBMISSIONS).await), (1, 1));
}

async fn entries(app: &TestApp) -> i64 {
    let mut reader = app.cx.read().await.expect("a connection");
    keyline_store::audit::verify(&mut reader).await.expect("readable").expect("unbroken")
}

#[tokio::test]
async fn a_survey_with_codes_is_not_given_to_devices() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let fields = [OPEN, &[("distribution", "codes")]].concat();
    lead.post(&world.href("voices/surveys"), &fields).await.redirects_to(&world.href("voices/surveys"));
    let device = device(&app, &world, world.lead, "lead").await;
    assert!(!device.get(&path(&world, "formList")).await.ok().text().contains("parents-carers"));
    let filled = xml("parents-carers", "0", "uuid:fictional-1", HELP);
    is(&send(&device, &world, &filled).await, 404, "not among yours");
}

#[tokio::test]
async fn a_guide_becomes_the_own_note_and_is_lost_nowhere_on_the_way() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let device = device(&app, &world, world.volunteer, "volunteer").await;
    let version = version(&device, &world, "focus-group-guide").await;
    let answers = "<session><session-kind>young-people-group</session-kind><people>6</people></session>\
                   <on-being-heard><being-heard>Mr Fictional listened, they said.</being-heard></on-being-heard>";
    let filled = xml("focus-group-guide", &version, "uuid:fictional-guide", answers);
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    assert_eq!(count(&app, SUBMISSIONS).await, 1);
    let sealed = count(&app, "SELECT COUNT(*) FROM device_submission WHERE sealed IS NOT NULL").await;
    assert_eq!(sealed, 1);

    let volunteer = app.browser(world.volunteer).await;
    let own = world.href("voices/sessions");
    let page = volunteer.get(&own).await.ok().says("From your devices").says("Mr Fictional listened");
    // Nobody else sees what nothing has looked through yet.
    let lead = app.browser(world.lead).await;
    lead.get(&own).await.ok().hides("Mr Fictional");
    lead.get(&world.href("voices/all-sessions")).await.ok().hides("Mr Fictional");
    let write_up = page.attribute("a[href*='?from=']", "href").unwrap();
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
async fn only_who_may_use_a_device_has_one_and_it_ends_with_the_role() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    for (role, person) in world.everybody() {
        let answer = app.browser(person).await.get(&world.href("voices/devices")).await;
        let may = matches!(
            role,
            Role::Lead
                | Role::Depute
                | Role::Inspector
                | Role::YoungInspectionVolunteer
                | Role::InvolvementAdviser
        );
        assert_eq!(answer.status.as_u16(), if may { 200 } else { 404 }, "{role}");
    }
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
    let mut tx = app.cx.db.begin().await.unwrap();
    let ended = format!(
        "UPDATE membership SET ended_at = '2026-01-05T10:00:00.000000Z' WHERE person_id = '{}'",
        world.inspectors[0]
    );
    assert_eq!(keyline_testing::tamper(&mut tx, ended).await, 1);
    tx.commit().await.unwrap();
    is(&inspector.get(&path(&world, "formList")).await, 404, "nothing here for you");
    is(&send(&inspector, &world, "<data/>").await, 404, "nothing here for you");
}

#[tokio::test]
async fn two_at_once_count_once() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    open_survey(&app, &world).await;
    let device = device(&app, &world, world.adviser, "adviser").await;
    let version = version(&device, &world, "parents-carers").await;
    let same = xml("parents-carers", &version, "uuid:fictional-1", HELP);
    let other = xml("parents-carers", &version, "uuid:fictional-1", "<change>Another</change>");
    let (a, b, c) = tokio::join!(
        send(&device, &world, &same),
        send(&device, &world, &same),
        send(&device, &world, &other)
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16(), c.status.as_u16()];
    statuses.sort_unstable();
    // Whichever came first was taken; what has other bytes than it was refused.
    assert!(statuses == [201, 201, 409] || statuses == [201, 409, 409], "{statuses:?}");
    assert_eq!((count(&app, ANSWERS).await, count(&app, SUBMISSIONS).await), (1, 1));
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_nothing_of_it_is_kept() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    open_survey(&app, &world).await;
    let device = device(&app, &world, world.adviser, "adviser").await;
    let version = version(&device, &world, "parents-carers").await;
    let right = |answers: &str| xml("parents-carers", &version, "uuid:fictional-1", answers);
    let corrected = right(HELP).replace(
        "</orx:instanceID>",
        "</orx:instanceID><orx:deprecatedID>uuid:fictional-0</orx:deprecatedID>",
    );
    for (what, xml, status, words) in [
        ("nothing", String::new(), 400, "could not be read"),
        ("no XML", "not <XML".to_owned(), 400, "could not be read"),
        ("half of it", right(HELP).replace("</data>", ""), 400, "could not be read"),
        ("a document type", right(HELP).replace("<data ", "<!DOCTYPE data><data "), 400, "could not be read"),
        ("no id of its own", right(HELP).replace("uuid:fictional-1", ""), 400, "instanceID"),
        (
            "a form that is not there",
            right(HELP).replace("parents-carers", "no-such"),
            404,
            "not among yours",
        ),
        ("another version", right(HELP).replace(&version, "2025-1"), 410, "This version of the form"),
        ("a correction", corrected, 409, "cannot be changed"),
        ("an element of its own", right("<weight>80</weight>"), 400, "/data/weight"),
        (
            "a choice that is not offered",
            right("<understand-order>maybe</understand-order>"),
            422,
            "not accepted",
        ),
        ("a text that is too long", right(&format!("<change>{}</change>", "a".repeat(10_001))), 422, "10000"),
        ("a megabyte", right(&format!("<change>{}</change>", "a".repeat(1_000_000))), 422, "990000"),
        ("three megabytes", right(&format!("<change>{}</change>", "a".repeat(3_000_000))), 413, "megabytes"),
        ("depth", right(&"<a>".repeat(5_000)), 400, "could not be read"),
    ] {
        let answer = send(&device, &world, &xml).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text());
        is(&answer, status, words);
    }
    let submission = path(&world, "submission");
    is(&device.upload(&submission, &[], &[]).await, 400, "could not be read");
    is(&device.post(&submission, &[("xml_submission_file", "x")]).await, 400, "could not be read");
    let files: &[(&str, &str, &[u8])] = &[
        ("xml_submission_file", "filled-in.xml", right(HELP).as_bytes().to_vec().leak()),
        ("picture.jpg", "picture.jpg", b"fictional"),
    ];
    is(&device.upload(&submission, &[], files).await, 400, "picture.jpg");
    assert_eq!((count(&app, ANSWERS).await, count(&app, SUBMISSIONS).await), (0, 0));
    // The same id is free still, since nothing was taken under it.
    is(&send(&device, &world, &right(HELP)).await, 201, "submit_success");
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
    let mut tx = app.cx.db.begin().await.unwrap();
    let notified =
        format!("UPDATE inspection SET notified_on = '2026-01-05' WHERE id = '{}'", world.inspection);
    assert_eq!(keyline_testing::tamper(&mut tx, notified).await, 1);
    tx.commit().await.unwrap();
    is(&send(&device, &world, &filled).await, 201, "safely stored");
    let page = app.browser(world.lead).await.get(&world.href("voices/sessions")).await.ok();
    assert_eq!(page.text().matches("a fictional word").count(), 60_000, "every word of it is shown");
}
