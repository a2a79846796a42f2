//! Surveys on a device: the list, the form, sending, and what is kept of it.

use axum::http::Method;
use jiff::SignedDuration;
use keyline_operations::voices::close_overdue_surveys;
use keyline_store::{Link, Source as _};
use keyline_testing::{TestApp, World, number, texts};

use super::{
    ABOUT, ANSWERS, HELP, OPEN, SUBMISSIONS, between, close_survey, count, device, entries, is, open_survey,
    path, send, version, xml,
};

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
    app.forward(SignedDuration::from_mins(31));
    is(&send(&device, &world, &late).await, 410, "stays on the device");
    is(&send(&device, &world, &filled).await, 201, "submit_success");
    assert!(!device.get(&path(&world, "formList")).await.ok().text().contains("parents-carers"));
    is(&device.get(download).await, 404, "not among yours");
    assert_eq!((count(&app, ANSWERS).await, count(&app, SUBMISSIONS).await), (1, 1));
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
async fn what_a_device_says_about_itself_is_not_kept() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    open_survey(&app, &world).await;
    let device = device(&app, &world, world.adviser, "adviser").await;
    let version = version(&device, &world, "parents-carers").await;
    let filled = xml("parents-carers", &version, "uuid:fictional-1", HELP)
        .replace("</orx:instanceID>", &format!("</orx:instanceID>{ABOUT}"));
    is(&send(&device, &world, &filled).await, 201, "submit_success");
    let mut reader = app.cx.read().await.unwrap();
    let kept = texts(&mut reader, "SELECT answers FROM survey_answer").await;
    assert_eq!(kept, [r#"{"helped-most":"Somebody who listened"}"#]);
    if matches!(reader.link(), Link::Sqlite(_)) {
        drop(reader);
        for file in
            std::fs::read_dir(app.folder.path()).unwrap().map(Result::unwrap).filter(|f| f.path().is_file())
        {
            let bytes = String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned();
            for word in ["Fictional Name", "collect:fictional", "fictional-user", "T09:1", "uuid:fictional-1"]
            {
                assert!(!bytes.contains(word), "{word} in {:?}", file.path());
            }
        }
    }
}

#[tokio::test]
async fn the_night_unties_what_was_written_together() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    open_survey(&app, &world).await;
    let device = device(&app, &world, world.adviser, "adviser").await;
    let version = version(&device, &world, "parents-carers").await;
    let filled: Vec<String> =
        (0..3).map(|n| xml("parents-carers", &version, &format!("uuid:fictional-{n}"), HELP)).collect();
    for one in &filled {
        is(&send(&device, &world, one).await, 201, "submit_success");
    }
    // SQLite keeps no number of a transaction with a row, and both tables in the order of their keys.
    let ties = async || {
        let mut reader = app.cx.read().await.unwrap();
        if matches!(reader.link(), Link::Sqlite(_)) {
            return None;
        }
        let with = async |table: &str, reader: &mut _| {
            let sql = format!("SELECT COUNT(*) FROM device_submission d JOIN {table} t ON t.xmin = d.xmin");
            number(reader, sql).await
        };
        Some((with("survey_answer", &mut reader).await, with("survey_text", &mut reader).await))
    };
    assert!(matches!(ties().await, None | Some((3, 3))), "written together");
    app.forward(SignedDuration::from_hours(24));
    close_overdue_surveys(&app.cx).await.unwrap();
    assert!(matches!(ties().await, None | Some((0, 0))), "{:?}", ties().await);
    for one in &filled {
        is(&send(&device, &world, one).await, 201, "submit_success");
    }
    assert_eq!((count(&app, ANSWERS).await, count(&app, SUBMISSIONS).await), (3, 3));
}
