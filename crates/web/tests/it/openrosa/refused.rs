//! What is not taken, with what the device is told.

use keyline_testing::{TestApp, World};

use super::{ANSWERS, HELP, SUBMISSIONS, count, device, is, open_survey, path, send, version, xml};

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
        ("a time of its own", right("<start>2026-01-05T09:12:33.123Z</start>"), 400, "/data/start"),
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
    let twice = [files[0], files[0]];
    is(&device.upload(&submission, &[], &twice).await, 400, "filled-in.xml");
    assert_eq!((count(&app, ANSWERS).await, count(&app, SUBMISSIONS).await), (0, 0));
    // The same id is free still, since nothing was taken under it.
    is(&send(&device, &world, &right(HELP)).await, 201, "submit_success");
}
