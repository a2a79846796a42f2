//! Devices over OpenRosa, as ODK Collect and its like speak it: from the page on which a device is added to what is
//! kept of a submission. All people, answers and areas are fictional.

mod guides;
mod refused;
mod surveys;
mod who;

use keyline_domain::ids::PersonId;
use keyline_testing::{Answer, Browser, TestApp, World, number, tamper};

const OPEN: &[(&str, &str)] = &[
    ("instrument", "parents-carers"),
    ("closes_on-day", "16"),
    ("closes_on-month", "1"),
    ("closes_on-year", "2026"),
    ("child_protection", "Fictional duty team, 01632 960 001"),
    ("adult_protection", "Fictional ${adult} team, 01632 960 002"),
];

const ANSWERS: &str = "SELECT COUNT(*) FROM survey_answer";
const SUBMISSIONS: &str = "SELECT COUNT(*) FROM device_submission";
const HELP: &str = "<helped-most>Somebody who listened</helped-most>";
/// What clients can say about themselves; none of it is asked for.
const ABOUT: &str = "<orx:instanceName>Fictional Name</orx:instanceName><orx:deviceID>collect:fictional</orx:deviceID>\
    <orx:userID>fictional-user</orx:userID><orx:timeStart>2026-01-05T09:12:33.123Z</orx:timeStart>\
    <orx:timeEnd>2026-01-05T09:14:44.123Z</orx:timeEnd><orx:email>fictional@fictional.test</orx:email>";

async fn add_device(app: &TestApp, world: &World, person: PersonId) -> String {
    let browser = app.browser(person).await;
    let page = browser.post(&world.href("voices/devices"), &[("name", "Fictional tablet")]).await.ok();
    assert_eq!(
        page.attribute("#device-server", "value").expect("the address is shown"),
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
    let survey = page.attribute("a[href*='/voices/surveys/sur_']", "href").expect("a survey");
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

async fn entries(app: &TestApp) -> i64 {
    let mut reader = app.cx.read().await.expect("a connection");
    keyline_store::audit::verify(&mut reader).await.expect("readable").expect("unbroken")
}

/// Does something to a row behind the product's back.
async fn change(app: &TestApp, sql: &str) {
    let mut tx = app.cx.db.begin().await.expect("a transaction");
    assert_eq!(tamper(&mut tx, sql).await, 1, "{sql}");
    tx.commit().await.expect("committed");
}
