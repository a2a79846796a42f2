//! Documents that come in parts: the protocol as it is on the wire, and what is left when it breaks off.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures::stream;
use keyline_operations::returns::{UPLOAD_LIMIT, expire_uploads};
use keyline_testing::{Answer, Browser, TestApp, World, number, tamper};
use sha2::Digest;

use super::{asked, trail};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const PART: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// A world with a request, and its coordinator.
async fn begun() -> (TestApp, World, Browser, String) {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let request = asked(&world, &lead, "Fictional plan").await;
    let coordinator = app.browser(world.coordinator).await;
    (app, world, coordinator, request)
}

fn named(name: &str) -> String {
    format!("filename {}", BASE64_STANDARD.encode(name))
}

async fn create(browser: &Browser, request: &str, name: &str, bytes: usize) -> String {
    let (length, said) = (bytes.to_string(), named(name));
    let headers = [TUS, ("upload-length", length.as_str()), ("upload-metadata", said.as_str())];
    let answer = browser.exchange(Method::POST, &format!("{request}/uploads"), &headers, Body::empty()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(answer.header("tus-resumable"), "1.0.0");
    answer.location()
}

async fn patch(browser: &Browser, upload: &str, offset: usize, bytes: &[u8]) -> Answer {
    let offset = offset.to_string();
    let headers = [TUS, PART, ("upload-offset", offset.as_str())];
    browser.exchange(Method::PATCH, upload, &headers, Body::from(bytes.to_vec())).await
}

async fn stands(browser: &Browser, upload: &str) -> Option<usize> {
    let answer = browser.exchange(Method::HEAD, upload, &[TUS], Body::empty()).await;
    (answer.status == StatusCode::OK).then(|| answer.header("upload-offset").parse().expect("a number"))
}

fn files(app: &TestApp) -> usize {
    fn below(folder: &std::path::Path) -> usize {
        let Ok(entries) = folder.read_dir() else { return 0 };
        let paths = entries.map(|entry| entry.expect("readable").path());
        paths.map(|path| if path.is_dir() { below(&path) } else { 1 }).sum()
    }
    below(&app.folder.path().join("documents"))
}

fn long(bytes: usize) -> Vec<u8> {
    b"A fictional line of the partnership.\n".iter().copied().cycle().take(bytes).collect()
}

async fn opened(browser: &Browser, request: &str) -> Vec<u8> {
    let page = browser.get(request).await.ok();
    let href = page.attribute("a[href*='/returns/documents/']", "href").expect("a document");
    browser.get(&href).await.ok().bytes
}

#[tokio::test]
async fn what_is_supported_is_said_and_nothing_else() {
    let (_app, world, coordinator, request) = begun().await;
    for path in [format!("{request}/uploads"), world.href("returns/uploads/upl_x")] {
        let answer = coordinator.exchange(Method::OPTIONS, &path, &[], Body::empty()).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(answer.header("tus-version"), "1.0.0");
        let extensions = "creation,creation-with-upload,expiration,checksum,termination";
        assert_eq!(answer.header("tus-extension"), extensions);
        assert_eq!(answer.header("tus-checksum-algorithm"), "sha1,sha256,blake3");
        assert_eq!(answer.header("tus-max-size"), UPLOAD_LIMIT.to_string());
    }
}

#[tokio::test]
async fn a_document_comes_in_parts_and_opens_as_it_was() {
    let (app, world, coordinator, request) = begun().await;
    let content = long(700_001);
    let upload = create(&coordinator, &request, "../Plän.txt", content.len()).await;
    assert_eq!(stands(&coordinator, &upload).await, Some(0));
    let mut offset = 0;
    for part in content.chunks(200_000) {
        let answer = patch(&coordinator, &upload, offset, part).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        offset += part.len();
        assert_eq!(answer.header("upload-offset"), offset.to_string());
        assert!(answer.header("upload-expires").ends_with("GMT"));
        assert_eq!(stands(&coordinator, &upload).await, Some(offset));
        let page = coordinator.get(&request).await.ok();
        if offset < content.len() {
            page.says("Uploads that are not whole").says("No documents");
        } else {
            page.hides("Uploads that are not whole").says("Plän.txt");
        }
    }
    let head = coordinator.exchange(Method::HEAD, &upload, &[TUS], Body::empty()).await;
    assert_eq!(head.header("upload-metadata"), named("../Plän.txt"));
    assert_eq!((head.header("upload-length"), head.header("cache-control")), ("700001", "no-store"));
    let lead = app.browser(world.lead).await;
    assert!(opened(&lead, &request).await == content);
    let trail = trail(&app, &world).await;
    for action in ["upload.begun", "document.uploaded", "document.opened"] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}");
    }
    // A list, and a piece for each part; nothing else is left.
    assert_eq!(files(&app), 5);
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM upload_piece").await, 0);
    // Who lost the last answer asks again.
    let again = patch(&coordinator, &upload, content.len(), b"").await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
    let gone = coordinator.exchange(Method::DELETE, &upload, &[TUS], Body::empty()).await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN, "a document is not given up");
}

#[tokio::test]
async fn what_is_not_the_protocol_is_refused_with_its_status() {
    let (_app, _world, coordinator, request) = begun().await;
    let path = format!("{request}/uploads");
    let post = async |headers: &[(&str, &str)]| {
        coordinator.exchange(Method::POST, &path, headers, Body::empty()).await
    };
    let old = post(&[("tus-resumable", "0.2.2"), ("upload-length", "5")]).await;
    assert_eq!((old.status, old.header("tus-version")), (StatusCode::PRECONDITION_FAILED, "1.0.0"));
    assert_eq!(post(&[("upload-length", "5")]).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(post(&[TUS, ("upload-defer-length", "1")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&[TUS, ("upload-length", "-5")]).await.status, StatusCode::BAD_REQUEST);
    let large = (UPLOAD_LIMIT + 1).to_string();
    assert_eq!(post(&[TUS, ("upload-length", &large)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let wrong = post(&[TUS, ("upload-length", "5"), ("upload-metadata", "filename %%%")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let empty = post(&[TUS, ("upload-length", "0"), ("upload-metadata", &named("a.txt"))]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("The file is empty"));
    let nameless = post(&[TUS, ("upload-length", "5")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);

    let upload = create(&coordinator, &request, "plan.pdf", PDF.len()).await;
    assert_eq!(patch(&coordinator, &upload, 3, &PDF[3..]).await.status, StatusCode::CONFLICT);
    let longer = [PDF, b"x"].concat();
    assert_eq!(patch(&coordinator, &upload, 0, &longer).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Without its length before it, it is noticed on the way.
    let headers = [TUS, PART, ("upload-offset", "0")];
    let streamed = Body::from_stream(stream::iter([Ok::<_, std::io::Error>(PDF.to_vec()), Ok(vec![1])]));
    let answer = coordinator.exchange(Method::PATCH, &upload, &headers, streamed).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let plain = [TUS, ("content-type", "application/pdf"), ("upload-offset", "0")];
    let answer = coordinator.exchange(Method::PATCH, &upload, &plain, Body::from(PDF)).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let headers = [TUS, PART, ("upload-offset", "0"), ("upload-checksum", "md5 AAAA")];
    let answer = coordinator.exchange(Method::PATCH, &upload, &headers, Body::from(PDF)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = coordinator.exchange(Method::HEAD, &upload, &[], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(stands(&coordinator, &upload).await, Some(0), "nothing of it was kept");
    let answer = coordinator.exchange(Method::POST, &upload, &[TUS], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    // For networks that let only some methods pass.
    let headers = [TUS, PART, ("upload-offset", "0"), ("x-http-method-override", "PATCH")];
    let answer = coordinator.exchange(Method::POST, &upload, &headers, Body::from(PDF)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    coordinator.get(&request).await.ok().says("plan.pdf");
}

#[tokio::test]
async fn a_small_file_comes_with_its_beginning() {
    let (_app, _world, coordinator, request) = begun().await;
    let (length, said) = (PDF.len().to_string(), named("plan.pdf"));
    let headers = [TUS, PART, ("upload-length", &length), ("upload-metadata", &said)];
    let path = format!("{request}/uploads");
    let answer = coordinator.exchange(Method::POST, &path, &headers, Body::from(PDF)).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::CREATED, length.as_str()));
    assert!(opened(&coordinator, &request).await == PDF);
    // Half of it, and then the rest.
    let answer = coordinator.exchange(Method::POST, &path, &headers, Body::from(&PDF[..10])).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::CREATED, "10"));
    let answer = patch(&coordinator, &answer.location(), 10, &PDF[10..]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    coordinator.get(&request).await.ok().says("(version 2)").says("One earlier version");
}

type Sum<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

#[tokio::test]
async fn a_part_is_what_its_checksum_says_or_is_not_kept() {
    let (_app, _world, coordinator, request) = begun().await;
    let content = long(900);
    let upload = create(&coordinator, &request, "note.txt", content.len()).await;
    let sums: [(&str, Sum<'_>); 3] = [
        ("sha1", &|part| sha1::Sha1::digest(part).to_vec()),
        ("sha256", &|part| sha2::Sha256::digest(part).to_vec()),
        ("blake3", &|part| blake3::hash(part).as_bytes().to_vec()),
    ];
    for (n, (name, sum)) in sums.into_iter().enumerate() {
        let (start, part) = (n * 300, &content[n * 300..][..300]);
        let stated = format!("{name} {}", BASE64_STANDARD.encode(sum(part)));
        let offset = start.to_string();
        let headers = [TUS, PART, ("upload-offset", offset.as_str()), ("upload-checksum", stated.as_str())];
        let mut wrong = part.to_vec();
        wrong[17] ^= 1;
        let answer = coordinator.exchange(Method::PATCH, &upload, &headers, Body::from(wrong)).await;
        assert_eq!(answer.status.as_u16(), 460, "{name}");
        assert_eq!(stands(&coordinator, &upload).await, Some(start), "nothing of it was kept");
        let answer = coordinator.exchange(Method::PATCH, &upload, &headers, Body::from(part.to_vec())).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{name}");
    }
    assert!(opened(&coordinator, &request).await == content);
}

#[tokio::test]
async fn broken_off_at_any_byte_it_goes_on_there_also_on_another_node() {
    let (app, _world, coordinator, request) = begun().await;
    for cut in (0..PDF.len()).step_by(7).chain([1, PDF.len() - 1]) {
        let upload = create(&coordinator, &request, &format!("plan-{cut}.pdf"), PDF.len()).await;
        let broken = stream::iter([Ok(PDF[..cut].to_vec()), Err(std::io::Error::other("the line is gone"))]);
        let headers = [TUS, PART, ("upload-offset", "0")];
        let answer = coordinator.exchange(Method::PATCH, &upload, &headers, Body::from_stream(broken)).await;
        assert!(!answer.status.is_success());
        assert_eq!(stands(&coordinator, &upload).await, Some(cut), "what came is kept");
        // A node that knows nothing of it but what the database and the documents say.
        let (_cx, router) = app.node(|_, _| {});
        let elsewhere = coordinator.before(router);
        assert_eq!(stands(&elsewhere, &upload).await, Some(cut));
        let answer = patch(&elsewhere, &upload, cut, &PDF[cut..]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{cut}: {}", answer.text());
    }
    assert!(opened(&coordinator, &request).await == PDF);
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(
        number(&mut reader, "SELECT COUNT(DISTINCT digest) FROM document").await,
        1,
        "each came whole"
    );
    // With a checksum that cannot be asked any more nothing of the part is kept.
    let upload = create(&coordinator, &request, "sum.pdf", PDF.len()).await;
    let stated = format!("sha1 {}", BASE64_STANDARD.encode([0; 20]));
    let headers = [TUS, PART, ("upload-offset", "0"), ("upload-checksum", &stated)];
    let broken = stream::iter([Ok(PDF[..9].to_vec()), Err(std::io::Error::other("the line is gone"))]);
    coordinator.exchange(Method::PATCH, &upload, &headers, Body::from_stream(broken)).await;
    assert_eq!(stands(&coordinator, &upload).await, Some(0));
}

#[tokio::test]
async fn the_whole_file_is_the_one_that_was_announced() {
    let (app, world, coordinator, request) = begun().await;
    let sum = sha2::Sha256::digest(PDF).iter().fold(String::new(), |sum, byte| format!("{sum}{byte:02X}"));
    let said = format!("{},sha256 {}", named("plan.pdf"), BASE64_STANDARD.encode(&sum));
    let length = PDF.len().to_string();
    let headers = [TUS, ("upload-length", length.as_str()), ("upload-metadata", said.as_str())];
    let mut changed = PDF.to_vec();
    changed[30] ^= 1;
    for (content, status) in [(changed.as_slice(), 422), (PDF, 204)] {
        let path = format!("{request}/uploads");
        let upload = coordinator.exchange(Method::POST, &path, &headers, Body::empty()).await.location();
        assert_eq!(patch(&coordinator, &upload, 0, &content[..20]).await.status, StatusCode::NO_CONTENT);
        // The hash goes on over a restart.
        let after = coordinator.before(app.node(|_, _| {}).1);
        let answer = patch(&after, &upload, 20, &content[20..]).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        if status == 422 {
            assert!(answer.text().contains("is not the file that was announced"));
            assert_eq!(stands(&coordinator, &upload).await, None);
            assert_eq!(files(&app), 0, "nothing of it stays");
        }
    }
    assert!(opened(&coordinator, &request).await == PDF);
    assert!(trail(&app, &world).await.contains(&"upload.refused".to_owned()));
}

#[tokio::test]
async fn a_file_that_is_not_taken_says_why_and_leaves_nothing() {
    let (app, world, coordinator, request) = begun().await;
    let program = [b"MZ\x90\0\x03\0\0\0".as_slice(), &[0; 500]].concat();
    let upload = create(&coordinator, &request, "plan.docx", program.len()).await;
    assert_eq!(patch(&coordinator, &upload, 0, &program[..100]).await.status, StatusCode::NO_CONTENT);
    let answer = patch(&coordinator, &upload, 100, &program[100..]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("This is a program"), "{}", answer.text());
    assert_eq!((stands(&coordinator, &upload).await, files(&app)), (None, 0));
    coordinator.get(&request).await.ok().says("No documents");
    // Nobody opens a PDF without its password; one that only forbids to print opens.
    let locked = include_bytes!("../../../../extraction/tests/fixtures/password.pdf");
    let upload = create(&coordinator, &request, "locked.pdf", locked.len()).await;
    let answer = patch(&coordinator, &upload, 0, locked).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("protected by a password"), "{}", answer.text());
    assert_eq!(files(&app), 0);
    let form = format!("{request}/documents");
    let answer = coordinator.upload(&form, &[], &[("files", "locked.pdf", locked)]).await.unprocessable();
    answer.says("locked.pdf").says("protected by a password");
    assert_eq!(files(&app), 0);
    let restricted = include_bytes!("../../../../extraction/tests/fixtures/restricted.pdf");
    coordinator.upload(&form, &[], &[("files", "open.pdf", restricted)]).await.redirects_to(&request);
    // The team accepts what came while more is on its way.
    let upload = create(&coordinator, &request, "late.pdf", PDF.len()).await;
    let one = create(&coordinator, &request, "one.pdf", PDF.len()).await;
    patch(&coordinator, &one, 0, PDF).await;
    let lead = app.browser(world.lead).await;
    let version = lead.get(&request).await.ok().attribute("input[name=version]", "value").unwrap();
    lead.post(&format!("{request}/accept"), &[("version", &version)]).await.redirects_to(&request);
    let answer = patch(&coordinator, &upload, 0, PDF).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("The team has accepted what came"), "{}", answer.text());
    lead.get(&request).await.ok().hides("late.pdf");
}

#[tokio::test]
async fn an_upload_is_of_the_person_who_began_it_as_long_as_the_right_lasts() {
    let (app, world, coordinator, request) = begun().await;
    let other = World::in_area(&app, "fife", "other-").await;
    let upload = create(&coordinator, &request, "plan.pdf", PDF.len()).await;
    patch(&coordinator, &upload, 0, &PDF[..10]).await;
    for person in [world.lead, world.chief, world.participation, world.stranger, other.coordinator] {
        let browser = app.browser(person).await;
        assert_eq!(stands(&browser, &upload).await, None);
        assert_eq!(patch(&browser, &upload, 10, &PDF[10..]).await.status, StatusCode::NOT_FOUND);
        let gone = browser.exchange(Method::DELETE, &upload, &[TUS], Body::empty()).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        let headers = [TUS, ("upload-length", "5")];
        let path = format!("{request}/uploads");
        let made = browser.exchange(Method::POST, &path, &headers, Body::empty()).await;
        assert_eq!(made.status, StatusCode::NOT_FOUND);
    }
    // Under the address of another inspection.
    let foreign = app.browser(other.coordinator).await;
    let id = upload.rsplit('/').next().unwrap();
    assert_eq!(stands(&foreign, &other.href(&format!("returns/uploads/{id}"))).await, None);
    let id = request.rsplit('/').next().unwrap();
    let path = other.href(&format!("returns/requests/{id}/uploads"));
    let said = named("plan.pdf");
    let headers = [TUS, ("upload-length", "5"), ("upload-metadata", said.as_str())];
    let made = foreign.exchange(Method::POST, &path, &headers, Body::empty()).await;
    assert_eq!(made.status, StatusCode::NOT_FOUND);
    // The right ends between two parts.
    let mut tx = app.cx.db.begin().await.unwrap();
    let sql = format!("DELETE FROM membership WHERE person_id = '{}'", world.coordinator);
    assert!(tamper(&mut tx, sql).await > 0);
    tx.commit().await.unwrap();
    assert_eq!(patch(&coordinator, &upload, 10, &PDF[10..]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_given_up_or_forgotten_goes() {
    let (app, world, coordinator, request) = begun().await;
    let upload = create(&coordinator, &request, "one.pdf", PDF.len()).await;
    patch(&coordinator, &upload, 0, &PDF[..10]).await;
    assert_eq!(files(&app), 1);
    let gone = coordinator.exchange(Method::DELETE, &upload, &[TUS], Body::empty()).await;
    assert_eq!((gone.status, gone.header("tus-resumable")), (StatusCode::NO_CONTENT, "1.0.0"));
    assert_eq!((stands(&coordinator, &upload).await, files(&app)), (None, 0));
    // From another browser, which knows nothing of the file, by a button of the page.
    let upload = create(&coordinator, &request, "half.pdf", PDF.len()).await;
    patch(&coordinator, &upload, 0, &PDF[..10]).await;
    let other = app.browser(world.coordinator).await;
    let page = other.get(&request).await.ok().says("half.pdf");
    let give_up = page.attribute("form[action$='/give-up']", "action").unwrap();
    app.browser(world.lead).await.post(&give_up, &[]).await.not_found();
    let done = other.post(&give_up, &[]).await.redirects_to(&request);
    other.follow(&done).await.ok().says("The upload is given up").hides("half.pdf");
    assert_eq!((stands(&coordinator, &upload).await, files(&app)), (None, 0));
    other.post(&give_up, &[]).await.not_found();

    let forgotten = create(&coordinator, &request, "two.pdf", PDF.len()).await;
    patch(&coordinator, &forgotten, 0, &PDF[..10]).await;
    let whole = create(&coordinator, &request, "three.pdf", PDF.len()).await;
    patch(&coordinator, &whole, 0, PDF).await;
    app.forward(jiff::SignedDuration::from_hours(71));
    expire_uploads(&app.cx).await.unwrap();
    let coordinator = app.browser(world.coordinator).await;
    assert_eq!(stands(&coordinator, &forgotten).await, Some(10));
    patch(&coordinator, &forgotten, 10, &PDF[10..11]).await;
    app.forward(jiff::SignedDuration::from_hours(71));
    expire_uploads(&app.cx).await.unwrap();
    let coordinator = app.browser(world.coordinator).await;
    assert_eq!(stands(&coordinator, &forgotten).await, Some(11), "what goes on is not given up");
    app.forward(jiff::SignedDuration::from_hours(2));
    assert_eq!(stands(&coordinator, &forgotten).await, None, "also before the clock comes round");
    expire_uploads(&app.cx).await.unwrap();
    assert_eq!(files(&app), 2, "the document is there and the rest is gone");
    assert!(opened(&coordinator, &request).await == PDF);
    let trail = trail(&app, &world).await;
    assert_eq!(trail.iter().filter(|done| *done == "upload.expired").count(), 1);
    assert_eq!(trail.iter().filter(|done| *done == "upload.given-up").count(), 2);
}

#[tokio::test]
async fn two_at_once_are_both_fine_and_the_same_part_counts_once() {
    let (app, _world, coordinator, request) = begun().await;
    let (one, two) = (long(40_000), long(50_000));
    let first = create(&coordinator, &request, "plan.txt", one.len()).await;
    let second = create(&coordinator, &request, "plan.txt", two.len()).await;
    let other = coordinator.before(app.node(|_, _| {}).1);
    for offset in [0, 20_000] {
        let (a, b) = tokio::join!(
            patch(&coordinator, &first, offset, &one[offset..offset + 20_000]),
            patch(&other, &second, offset, &two[offset..offset + 20_000])
        );
        assert_eq!((a.status, b.status), (StatusCode::NO_CONTENT, StatusCode::NO_CONTENT));
    }
    // The same part twice, from two nodes.
    let (a, b) = tokio::join!(
        patch(&coordinator, &second, 40_000, &two[40_000..45_000]),
        patch(&other, &second, 40_000, &two[40_000..45_000])
    );
    let mut both = [a.status, b.status];
    both.sort();
    assert_eq!(both, [StatusCode::NO_CONTENT, StatusCode::CONFLICT]);
    assert_eq!(patch(&other, &second, 45_000, &two[45_000..]).await.status, StatusCode::NO_CONTENT);
    let page = coordinator.get(&request).await.ok().says("(version 2)").says("One earlier version");
    let mut found = Vec::new();
    for href in page.attributes("a[href*='/returns/documents/']:not([aria-label])", "href") {
        found.push(coordinator.get(&href).await.ok().bytes.len());
    }
    found.sort_unstable();
    assert_eq!(found, [40_000, 50_000]);
}

#[tokio::test]
async fn an_upload_that_failed_at_its_end_is_sent_again_and_whole() {
    let (app, _world, coordinator, request) = begun().await;
    let upload = create(&coordinator, &request, "plan.pdf", PDF.len()).await;
    patch(&coordinator, &upload, 0, &PDF[..30]).await;
    // The document is kept, and then its row cannot be written.
    let mut tx = app.cx.db.begin().await.unwrap();
    tamper(&mut tx, "ALTER TABLE audit_entry RENAME TO audit_entry_is_away").await;
    tx.commit().await.unwrap();
    let answer = patch(&coordinator, &upload, 30, &PDF[30..]).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let mut tx = app.cx.db.begin().await.unwrap();
    tamper(&mut tx, "ALTER TABLE audit_entry_is_away RENAME TO audit_entry").await;
    tx.commit().await.unwrap();
    assert_eq!(stands(&coordinator, &upload).await, Some(30));
    let kept = "SELECT COUNT(*) FROM upload WHERE digest IS NOT NULL";
    assert_eq!(number(&mut app.cx.read().await.unwrap(), kept).await, 1);
    // Meanwhile the same content comes another way and lies in the same files.
    let other = create(&coordinator, &request, "other.pdf", PDF.len()).await;
    assert_eq!(patch(&coordinator, &other, 0, PDF).await.status, StatusCode::NO_CONTENT);
    let gone = coordinator.exchange(Method::DELETE, &upload, &[TUS], Body::empty()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert!(opened(&coordinator, &request).await == PDF, "what another lies in is not removed");
}

#[tokio::test]
async fn many_at_once_in_frames_of_any_length_lose_nothing() {
    let (_app, _world, coordinator, request) = begun().await;
    let contents: Vec<Vec<u8>> =
        (0..12_u32)
            .map(|n| {
                (0..700_001_u32)
                    .map(|at| {
                        if at % 37 == 0 {
                            b'\n'
                        } else {
                            b'a' + u8::try_from((at * (n + 1) / 7) % 26).unwrap()
                        }
                    })
                    .collect()
            })
            .collect();
    let sent = contents.iter().enumerate().map(|(n, content)| {
        let (coordinator, request) = (&coordinator, &request);
        async move {
            let upload = create(coordinator, request, &format!("fictional-{n}.txt"), content.len()).await;
            // Frames that end nowhere near the end of a chunk.
            let frames: Vec<_> = content.chunks(65_432 + n).map(<[u8]>::to_vec).collect();
            let frames = stream::iter(frames.into_iter().map(Ok::<_, std::io::Error>));
            let headers = [TUS, PART, ("upload-offset", "0")];
            let answer =
                coordinator.exchange(Method::PATCH, &upload, &headers, Body::from_stream(frames)).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
            assert_eq!(answer.header("upload-offset"), content.len().to_string());
        }
    });
    futures::future::join_all(sent).await;
    let page = coordinator.get(&request).await.ok();
    let mut opened = Vec::new();
    for href in page.attributes("a[href*='/returns/documents/']", "href") {
        if !href.ends_with("/look") {
            opened.push(coordinator.get(&href).await.ok().bytes);
        }
    }
    for content in &contents {
        assert!(opened.contains(content), "one of them is not as it was sent");
    }
}
