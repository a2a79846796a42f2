//! What is personal is destroyed on its day, wherever the work was cut off, and the lead can put it off.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

use jiff::SignedDuration;
use keyline_domain::ids::UploadId;
use keyline_operations::Refused;
use keyline_operations::disposal::{Advanced, advance, dispose_due};
use keyline_operations::returns::{
    Arrived, BeginUpload, PartRefused, UploadDocuments, begin_part, begin_upload, reading, upload_documents,
};
use keyline_testing::{TestApp, World, number, texts};

use crate::report::sql;

/// An inspection that was published on 1 June 2026, with a return, a document, a reading and a wish to be contacted.
async fn published(app: &TestApp) -> World {
    let world = crate::records::sampled_world(app).await;
    let id = world.inspection;
    let at = "2026-06-01T08:30:00.000000Z";
    let reader = world.reader;
    sql(
        app,
        &[
            format!(
                "INSERT INTO report (inspection_id, state, published_at, version)
                 VALUES ('{id}', 'published', '{at}', 1)"
            ),
            format!(
                "INSERT INTO record_reading (id, inspection_id, label, reader_id, answers, state, started_at, saved_at,
                   version)
                 VALUES ('rea_{:032x}', '{id}', 'S001', '{reader}', '{{\"why\":\"Fictional words\",\"views\":\"heard\"}}',
                   'finished', '{at}', '{at}', 2)",
                7
            ),
            format!("INSERT INTO form_version (digest, form_key, form, kept_at) VALUES ('f', 'staff', '{{}}', '{at}')"),
            format!(
                "INSERT INTO survey (id, inspection_id, form_key, form_digest, title, audience, distribution, smallest,
                   state, opens_on, closes_at, address, codes, child_protection, adult_protection, version)
                 VALUES ('sur_{:032x}', '{id}', 'staff', 'f', 'Fictional', 'staff', 'open-link', 5, 'closed',
                   '2026-02-02', '{at}', 'fictional', 0, '0', '0', 1)",
                1
            ),
            format!(
                "INSERT INTO survey_answer (survey_id, id, day, answers) VALUES
                 ('sur_{:032x}', 'ans_1', '2026-02-03', '{{\"heard\":\"agree\",\"else\":\"Fictional words\"}}')",
                1
            ),
            format!(
                "INSERT INTO survey_answer (survey_id, id, day, answers)
                 VALUES ('sur_{:032x}', 'ans_2', '2026-02-03', '{{\"heard\":\"disagree\"}}')",
                1
            ),
            format!(
                "INSERT INTO survey_text (survey_id, answer_id, question, cues, tags)
                 VALUES ('sur_{:032x}', 'ans_1', 'else', '[]', '[]')",
                1
            ),
            format!(
                "INSERT INTO engagement (id, inspection_id, kind, held_on, audience, people, designations, note,
                   written_by, written_at, version)
                 VALUES ('ses_{:032x}', '{id}', 'focus-group', '2026-03-03', 'staff', 4, 'Fictional', 'Fictional words',
                   '{reader}', '{at}', 1)",
                1
            ),
        ],
    )
    .await;
    let place = "INSERT INTO training_place (id, inspection_id, name, designation, organisation, email, attended, reads,
                   named_at, version) VALUES";
    let without_mail = format!(
        "('tra_00000000000070008000000000000002', '{id}', 'Fictional Other', 'Nurse', 'Board', '', '0', '0', '{at}', 1)"
    );
    let with_mail = format!(
        "('tra_00000000000070008000000000000001', '{id}', 'Fictional One', 'Nurse', 'Board', 'one@example.test', '0', '0', '{at}', 1)"
    );
    sql(app, &[format!("{place} {with_mail}"), format!("{place} {without_mail}")]).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.actor(world.coordinator).await);
    let request = crate::returns::asked(&world, &lead, "Fictional plan").await;
    let request = request.rsplit('/').next().unwrap().parse().unwrap();
    for text in ["A fictional plan.\n", "Another fictional plan.\n"] {
        let file = Arrived::of_bytes(&app.cx, "plan.txt", text.into()).await.unwrap();
        let input = UploadDocuments { inspection: id, request, files: vec![file] };
        upload_documents(&app.cx, &coordinator, input).await.unwrap();
    }
    world
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    number(&mut app.cx.read().await.unwrap(), sql).await
}

// Of each small content there are two files: the list, and its one piece.
fn files(app: &TestApp) -> usize {
    let mut folders = vec![app.folder.path().join("documents")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
            }
        }
    }
    files
}

// Reads what waits to be read, as the clock does.
pub(crate) async fn read_all(app: &TestApp, world: &World) {
    let waiting = texts(&mut app.cx.read().await.unwrap(), "SELECT document_id FROM document_text").await;
    for document in waiting {
        let payload = reading::Payload { inspection: world.inspection, document: document.parse().unwrap() };
        reading::run(&app.cx, payload).await.unwrap();
    }
}

// Half of a file.
async fn begin_one(app: &TestApp, world: &World) -> UploadId {
    let actor = app.actor(world.coordinator).await;
    let request = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM document_request").await.remove(0);
    let input = BeginUpload {
        inspection: world.inspection,
        request: request.parse().unwrap(),
        name: "half.txt".to_owned(),
        bytes: 18,
        metadata: String::new(),
        sha256: None,
    };
    let upload = begin_upload(&app.cx, &actor, input).await.unwrap().id;
    let part = begin_part(&app.cx, &actor, world.inspection, upload, 0, None).await.unwrap();
    let taken = part.take(b"Fictional").await.unwrap().finish().await.unwrap();
    assert_eq!((taken.received, taken.document), (9, None));
    upload
}

#[tokio::test]
async fn nothing_is_destroyed_before_its_day_and_all_of_it_on_the_day() {
    let app = TestApp::new().await;
    let world = published(&app).await;
    let lead = app.browser(world.lead).await;
    let path = world.href("disposal");
    let page = lead.get(&path).await.ok().says("It is destroyed on 28 November 2026").hides("⟦");
    page.says("Rows of the lists of children")
        .says("Documents that the partnership sent")
        .says("What is kept, and why");
    lead.get(&world.href("disposal/certificate")).await.not_found();
    app.clock.set("2026-11-27T23:59:00Z".parse().unwrap());
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 0);
    assert_eq!(files(&app), 6, "the list and two documents");
    read_all(&app, &world).await;
    assert_eq!(files(&app), 14, "and of each document its text and its preview");
    let coming = begin_one(&app, &world).await;
    assert_eq!(files(&app), 15, "and what has come of an upload that is under way");
    let labels = count(&app, "SELECT COUNT(*) FROM sample_record").await;
    app.clock.set("2026-11-28T06:00:00Z".parse().unwrap());
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 1);
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 0, "once is enough");
    assert_eq!(files(&app), 0);
    for table in ["inspection_key", "cohort_key", "cohort_child", "document_text"] {
        assert_eq!(count(&app, &format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    let answers = texts(&mut app.cx.read().await.unwrap(), "SELECT answers FROM record_reading").await;
    assert_eq!(answers, ["{\"views\":\"heard\"}"], "what was chosen stays, what was written goes");
    let answers =
        texts(&mut app.cx.read().await.unwrap(), "SELECT answers FROM survey_answer ORDER BY id").await;
    assert_eq!(answers, ["{\"heard\":\"agree\"}", "{\"heard\":\"disagree\"}"], "here too");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM survey_text").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM engagement WHERE note <> '…'").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM sample_record").await, labels);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM document WHERE name <> '…'").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM training_place WHERE name <> '…'").await, 0);
    let named = count(&app, "SELECT destroyed FROM disposal_step WHERE step = 'training-list'").await;
    assert_eq!(named, 2, "with an address or without one");

    let lead = app.browser(world.lead).await;
    let burden = lead.get(&world.href("returns/burden.csv")).await.ok().text();
    let (items, documents) = (1, 2);
    let line = format!("2026,supervision-orders-at-home,{items},{documents},0,");
    assert!(burden.contains(&line), "what was sent was work: {burden}");
    let page = lead.get(&path).await.ok().says("It was destroyed.").hides("⟦").hides("Put it off");
    page.says("See the certificate");
    let page = lead.get(&world.href("disposal/certificate")).await.ok();
    let page =
        page.says("Certificate of disposal").says("Strathmarnock").says("The secret went first").hides("⟦");
    assert!(page.all("tbody tr").iter().any(|row| row.contains("Documents that") && row.contains('3')));
    let pdf = lead.get(&world.href("disposal/certificate.pdf")).await.ok();
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF"));
    lead.get(&world.href("disposal/anything")).await.not_found();
    // The other pages still stand, and say what they can.
    let pages =
        ["returns", "records", "records/sample", "records/team", "returns/pre-inspection-return", "voices"];
    for page in pages {
        lead.get(&world.href(page)).await.ok();
    }
    lead.get(&world.href("records/sample")).await.ok().says("no longer kept");
    lead.get(&world.href("records/list.csv")).await.not_found();
    let coordinator = app.browser(world.coordinator).await;
    coordinator.post(&world.href("returns/key"), &[("key", "FILE/3")]).await.unprocessable().says("no keys");
    coordinator.get(&world.href("disposal/certificate")).await.ok();
    // Nothing that would never be destroyed comes in any more, and nothing of it rests anywhere.
    let request = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM document_request").await.remove(0);
    let request = world.href(&format!("returns/requests/{request}/documents"));
    let late: (&str, &str, &[u8]) = ("files", "late.txt", b"Fictional late words");
    coordinator.upload(&request, &[], &[late]).await.unprocessable().says("has been destroyed on its day");
    let page = coordinator.get(&world.href("records/training")).await.ok();
    let page = page.says("Nobody more can be named").says("has been destroyed on its day");
    assert_eq!(page.attributes("main form", "action"), Vec::<String>::new(), "nothing is offered there");
    let late = [("name", "Fictional Late"), ("designation", "nurse"), ("organisation", "board")];
    coordinator
        .post(&world.href("records/training"), &late)
        .await
        .unprocessable()
        .says("has been destroyed on its day");
    assert_eq!(files(&app), 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM document WHERE name <> '…'").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM upload").await, 0);
    let actor = app.actor(world.coordinator).await;
    let more = begin_part(&app.cx, &actor, world.inspection, coming, 9, None).await;
    assert!(matches!(more, Err(PartRefused::Refused(Refused::Hidden))), "{more:?}");
    // The trail is whole.
    let verified = keyline_store::audit::verify(&mut app.cx.read().await.unwrap()).await.unwrap();
    assert!(verified.is_ok(), "{verified:?}");
}

#[tokio::test]
async fn cut_off_between_any_two_steps_it_is_taken_up_where_it_stopped() {
    let app = TestApp::new().await;
    let world = published(&app).await;
    app.clock.set("2026-12-01T06:00:00Z".parse().unwrap());
    let mut steps = Vec::new();
    loop {
        // Whatever a step leaves behind, the keys are gone first and no content is without its row.
        match advance(&app.cx, world.inspection).await.unwrap() {
            Advanced::By(step) => steps.push(step.word()),
            Advanced::Certified => break,
            Advanced::Finished => panic!("the certificate is the last"),
        }
        assert_eq!(count(&app, "SELECT COUNT(*) FROM inspection_key").await, 0);
        let named = count(&app, "SELECT COUNT(*) FROM document WHERE digest <> ''").await;
        assert_eq!(files(&app), 2 * usize::try_from(named).unwrap());
        let page = app.browser(world.lead).await.get(&world.href("disposal")).await.ok();
        page.says("It is being destroyed now");
        let late = [
            ("to-day", "1"),
            ("to-month", "3"),
            ("to-year", "2027"),
            ("reason", "Too late"),
            ("version", "0"),
        ];
        let late = app.browser(world.lead).await.post(&world.href("disposal"), &late).await.unprocessable();
        late.says("cannot be put off any more");
    }
    assert_eq!(
        steps,
        [
            "keys",
            "contacts",
            "device-answers",
            "survey-words",
            "session-notes",
            "cohort",
            "reading-notes",
            "training-list",
            "colleagues",
            "documents",
            "documents",
            "documents"
        ]
    );
    assert_eq!(advance(&app.cx, world.inspection).await.unwrap(), Advanced::Finished);
    assert_eq!(count(&app, "SELECT destroyed FROM disposal_step WHERE step = 'documents'").await, 3);
    let trail =
        texts(&mut app.cx.read().await.unwrap(), "SELECT action FROM audit_entry ORDER BY sequence").await;
    assert_eq!(trail.iter().filter(|a| *a == "disposal.step").count(), 9);
    assert_eq!(trail.last().map(String::as_str), Some("disposal.certified"));
}

#[tokio::test]
async fn a_file_that_was_removed_before_its_row_and_one_that_another_inspection_has_do_no_harm() {
    let app = TestApp::new().await;
    let _world = published(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let notify =
        format!("UPDATE inspection SET notified_on = '2026-01-12' WHERE id = '{}'", other.inspection);
    crate::report::sql(&app, &[notify]).await;
    let lead = app.browser(other.lead).await;
    let request = crate::returns::asked(&other, &lead, "Fictional plan").await;
    let id = request.rsplit('/').next().unwrap().parse().unwrap();
    let file = Arrived::of_bytes(&app.cx, "same.txt", b"A fictional plan.\n".to_vec()).await.unwrap();
    let input = UploadDocuments { inspection: other.inspection, request: id, files: vec![file] };
    upload_documents(&app.cx, &app.actor(other.coordinator).await, input).await.unwrap();
    let digest = blake3::hash(b"Another fictional plan.\n").to_hex().to_string();
    assert!(app.cx.documents.remove(&digest).await.unwrap(), "as if it was cut off just here");
    app.clock.set("2026-12-01T06:00:00Z".parse().unwrap());
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 1);
    assert_eq!(files(&app), 2, "what the other inspection has is still there");
    let lead = app.browser(other.lead).await;
    let page = lead.get(&request).await.ok();
    let href = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    assert_eq!(lead.get(&href).await.ok().bytes, b"A fictional plan.\n");
}

#[tokio::test]
async fn the_lead_puts_it_off_with_a_reason_that_the_partnership_reads() {
    let app = TestApp::new().await;
    let world = published(&app).await;
    let lead = app.browser(world.lead).await;
    let path = world.href("disposal");
    let to = |day: &'static str, reason: &'static str, version: &'static str| {
        [("to-day", day), ("to-month", "12"), ("to-year", "2026"), ("reason", reason), ("version", version)]
    };
    let page = lead.post(&path, &to("", " ", "0")).await.unprocessable();
    page.says("Write day, month and year").says("Say why");
    let early = [("to-day", "1"), ("to-month", "11"), ("to-year", "2026"), ("reason", "x"), ("version", "0")];
    lead.post(&path, &early).await.unprocessable().says("Choose a day after the one that stands");
    let named = to("20", "Mrs Invented asked for it.", "0");
    lead.post(&path, &named).await.unprocessable().says("Mrs Invented asked for it.");
    lead.post(&path, &to("20", "Fictional: an appeal is open.", "0")).await.redirects_to(&path);
    let depute = app.browser(world.depute).await;
    let stale = depute.post(&path, &to("21", "Fictional second reason.", "0")).await.unprocessable();
    stale
        .says("Somebody else has put the day off")
        .says("Fictional second reason.")
        .says("an appeal is open");
    let coordinator = app.browser(world.coordinator).await;
    let page = coordinator.get(&path).await.ok().says("20 December 2026").says("an appeal is open");
    page.hides("Put it off");
    for person in [world.officer, world.manager, world.chief] {
        let browser = app.browser(person).await;
        browser.get(&path).await.ok();
        browser.post(&path, &to("22", "Fictional.", "1")).await.not_found();
    }
    for person in [world.inspectors[0], world.reader, world.volunteer, world.link, world.stranger] {
        app.browser(person).await.get(&path).await.not_found();
    }
    app.clock.set("2026-12-19T12:00:00Z".parse().unwrap());
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 0);
    app.forward(SignedDuration::from_hours(24));
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 1);
    let page = app.browser(world.lead).await.get(&world.href("disposal/certificate")).await.ok();
    page.says("From 28 November 2026 to 20 December 2026: Fictional: an appeal is open.");
}

#[tokio::test]
async fn before_publication_there_is_no_day() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("disposal")).await.ok().says("180 days after the report is published");
    page.hides("Put it off");
    let form =
        [("to-day", "1"), ("to-month", "1"), ("to-year", "2027"), ("reason", "Fictional."), ("version", "0")];
    lead.post(&world.href("disposal"), &form).await.unprocessable().says("There is no day yet");
    assert_eq!(dispose_due(&app.cx).await.unwrap(), 0);
}
