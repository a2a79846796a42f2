//! What keeps a document closed: that it is being checked, that something was found in it, that it was withdrawn, and
//! that it waits on a machine for the object store.

use std::sync::Arc;

use jiff::SignedDuration;
use keyline_operations::Cx;
use keyline_operations::returns::{checks, move_held_documents};
use keyline_store::Source;
use keyline_testing::{Browser, TestApp, World, number, texts};
use object_store::local::LocalFileSystem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{asked, trail};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const TEXT: &[u8] = b"A fictional text of the partnership.\n";
const BAD: &[u8] = b"A fictional text with FICTIONAL-MALWARE in it.\n";

/// A scanner that speaks clamd's protocol and knows one thing to find.
async fn scanner() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("it works in a test");
    let address = listener.local_addr().expect("it works in a test").to_string();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.expect("it works in a test");
            let mut begun = [0; 10];
            stream.read_exact(&mut begun).await.expect("it works in a test");
            assert_eq!(&begun, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let length = stream.read_u32().await.expect("it works in a test");
                if length == 0 {
                    break;
                }
                let mut block = vec![0; length as usize];
                stream.read_exact(&mut block).await.expect("it works in a test");
                content.extend(block);
            }
            let found = content.windows(17).any(|part| part == b"FICTIONAL-MALWARE");
            let answer: &[u8] = if found { b"stream: Fictional.Malware-1 FOUND\0" } else { b"stream: OK\0" };
            stream.write_all(answer).await.expect("it works in a test");
        }
    });
    address
}

/// Runs the checks that wait, as the worker would; gives how many did not come to an end.
async fn check(app: &TestApp, cx: &Cx) -> usize {
    let waiting = "SELECT payload FROM job WHERE kind = 'document.check' ORDER BY id";
    let mut failed = 0;
    for payload in texts(&mut app.cx.read().await.expect("it works in a test"), waiting).await {
        let done = checks::run(cx, serde_json::from_str(&payload).expect("it works in a test")).await;
        failed += usize::from(done.is_err());
    }
    failed
}

async fn href_of(browser: &Browser, app: &TestApp, world: &World, name: &str) -> String {
    let _ = browser;
    let sql = format!("SELECT id FROM document WHERE name = '{name}'");
    let id = texts(&mut app.cx.read().await.expect("it works in a test"), sql).await.remove(0);
    world.href(&format!("returns/documents/{id}"))
}

#[tokio::test]
async fn a_document_is_closed_until_it_was_checked_and_stays_closed_when_something_was_found() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let request = asked(&world, &lead, "Fictional plan").await;
    let address = scanner().await;
    let (cx, router) = app.node(|settings, _| settings.antivirus = address);
    let (away, _) = app.node(|settings, _| settings.antivirus = "127.0.0.1:1".into());
    let (lead, coordinator) =
        (lead.before(router.clone()), app.browser(world.coordinator).await.before(router));
    let send = format!("{request}/documents");
    let files: [(&str, &str, &[u8]); 2] = [("files", "good.txt", TEXT), ("files", "bad.txt", BAD)];
    coordinator.upload(&send, &[], &files).await.redirects_to(&request);
    let (good, bad) =
        (href_of(&lead, &app, &world, "good.txt").await, href_of(&lead, &app, &world, "bad.txt").await);
    for browser in [&lead, &coordinator] {
        let page = browser.get(&request).await.ok().says("Being checked");
        assert_eq!(page.attribute("a[href*='/returns/documents/']", "href"), None);
        browser.get(&good).await.conflict().says("being checked for malicious software");
    }
    let version = lead.get(&request).await.ok().attribute("input[name=version]", "value").unwrap();
    let early = lead.post(&format!("{request}/accept"), &[("version", &version)]).await;
    early.unprocessable().says("being checked for malicious software");

    assert_eq!(check(&app, &away).await, 2, "a scanner that is away has said nothing");
    lead.get(&good).await.conflict();
    assert_eq!(check(&app, &cx).await, 0);
    assert_eq!(check(&app, &cx).await, 0, "once more changes nothing");
    assert!(lead.get(&good).await.ok().bytes == TEXT);
    lead.get(&bad).await.conflict().says("Malicious software was found");
    let page = coordinator.get(&request).await.ok();
    page.says("Fictional.Malware-1").says("Send a clean copy").says("Waits for the team");
    let trail = trail(&app, &world).await;
    for action in ["document.found-clean", "document.found-infected"] {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}");
    }
    // Alone, it leaves the request unanswered.
    let other = asked(&world, &lead, "Another plan").await;
    let send = format!("{other}/documents");
    coordinator.upload(&send, &[], &[("files", "bad-2.txt", BAD)]).await.redirects_to(&other);
    coordinator.get(&other).await.ok().says("Waits for the team");
    check(&app, &cx).await;
    coordinator.get(&other).await.ok().says("Asked for").says("Fictional.Malware-1");
}

#[tokio::test]
async fn without_its_scanner_an_installation_opens_what_waits() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let request = asked(&world, &lead, "Fictional plan").await;
    let (_, router) = app.node(|settings, _| settings.antivirus = "127.0.0.1:1".into());
    let coordinator = app.browser(world.coordinator).await.before(router);
    let files = [("files", "good.txt", TEXT)];
    coordinator.upload(&format!("{request}/documents"), &[], &files).await.redirects_to(&request);
    assert_eq!(check(&app, &app.cx).await, 0);
    assert!(lead.get(&href_of(&lead, &app, &world, "good.txt").await).await.ok().bytes == TEXT);
    assert!(trail(&app, &world).await.contains(&"document.not-checked".to_owned()));
}

#[tokio::test]
async fn a_withdrawn_document_is_listed_and_opens_for_nobody() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let send = format!("{request}/documents");
    for content in [TEXT, BAD] {
        app.forward(SignedDuration::from_secs(1));
        coordinator.upload(&send, &[], &[("files", "note.txt", content)]).await.redirects_to(&request);
    }
    let page = coordinator.get(&request).await.ok().says("(version 2)").says("One earlier version");
    let newest = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    assert!(lead.get(&newest).await.ok().bytes == BAD);
    let page_of = |href: &str| {
        let id = href.rsplit('/').next().expect("an id");
        format!("{request}/documents/{id}/withdraw")
    };
    let withdraw = page_of(&newest);
    let here = page.attribute(&format!("a[href='{withdraw}']"), "aria-label");
    assert_eq!(here.as_deref(), Some("Withdraw note.txt"));
    coordinator.get(&withdraw).await.ok().says("note.txt stays in the list as withdrawn").hides("⟦");
    for person in [world.lead, world.chief, world.stranger] {
        let browser = app.browser(person).await;
        browser.get(&withdraw).await.not_found();
        browser.post(&withdraw, &[("reason", "Fictional.")]).await.not_found();
    }
    coordinator.post(&withdraw, &[("reason", " ")]).await.unprocessable().says("Say why it is withdrawn");
    coordinator.post(&withdraw, &[("reason", "Fictional: sent by mistake.")]).await.redirects_to(&request);
    coordinator.post(&withdraw, &[("reason", "Fictional again.")]).await.not_found();
    for browser in [&lead, &coordinator] {
        browser.get(&newest).await.not_found();
        let page = browser.get(&request).await.ok().says("One document was withdrawn");
        page.says("Fictional: sent by mistake.").says("Fictional coordinator").says("Waits for the team");
    }
    // The one before counts again; with that gone too nothing has come.
    let page = lead.get(&request).await.ok();
    let older = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    assert!(lead.get(&older).await.ok().bytes == TEXT);
    coordinator.post(&page_of(&older), &[("reason", "Fictional.")]).await.redirects_to(&request);
    coordinator.get(&request).await.ok().says("Asked for").says("2 documents were withdrawn");
    assert_eq!(trail(&app, &world).await.iter().filter(|done| *done == "document.withdrawn").count(), 2);
    // A number is never given twice.
    coordinator.upload(&send, &[], &[("files", "note.txt", PDF)]).await.unprocessable();
    coordinator.upload(&send, &[], &[("files", "note.txt", TEXT)]).await.redirects_to(&request);
    coordinator.get(&request).await.ok().says("(version 3)");
    // What was accepted stays.
    let page = lead.get(&request).await.ok();
    let version = page.attribute("input[name=version]", "value").unwrap();
    let third = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    lead.post(&format!("{request}/accept"), &[("version", &version)]).await.redirects_to(&request);
    coordinator.get(&page_of(&third)).await.ok().says("It cannot be withdrawn now");
    coordinator.post(&page_of(&third), &[("reason", "Fictional.")]).await.unprocessable();
    lead.get(&third).await.ok();
}

#[tokio::test]
async fn while_the_object_store_is_away_documents_are_kept_and_moved_later() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    let request = asked(&world, &lead, "Fictional plan").await;
    let bucket = app.folder.path().join("bucket");
    std::fs::create_dir(&bucket).unwrap();
    let store = Arc::new(LocalFileSystem::new_with_prefix(&bucket).unwrap());
    let (cx, router) =
        app.node(|_, documents| *documents = documents.clone().in_store(store.clone()).unwrap());
    let coordinator = app.browser(world.coordinator).await.before(router);
    let away = app.folder.path().join("away");
    std::fs::rename(&bucket, &away).unwrap();
    std::fs::write(&bucket, b"").unwrap();
    let files = [("files", "note.txt", TEXT)];
    coordinator.upload(&format!("{request}/documents"), &[], &files).await.redirects_to(&request);
    coordinator.get(&request).await.ok().says("Kept, being moved");
    let href = href_of(&lead, &app, &world, "note.txt").await;
    assert!(coordinator.get(&href).await.ok().bytes == TEXT, "where it is held it opens");
    move_held_documents(&cx).await.unwrap_err();

    std::fs::remove_file(&bucket).unwrap();
    std::fs::rename(&away, &bucket).unwrap();
    // Another node finds the bucket, and not what is held elsewhere.
    let other = tempfile::tempdir_in(app.folder.path()).unwrap();
    let (_, beside) = app.node(|_, documents| {
        let random = Arc::new(keyline_testing::SeededRandom::new(5));
        let vault = keyline_store::vault::Vault::new([7; 32]);
        let opened = keyline_store::documents::Documents::open(other.path(), vault, random);
        *documents = opened.unwrap().in_store(store).unwrap();
    });
    let elsewhere = coordinator.before(beside);
    elsewhere.get(&href).await.conflict().says("is being moved to where everybody reaches it");
    move_held_documents(&cx).await.unwrap();
    assert!(elsewhere.get(&href).await.ok().bytes == TEXT);
    coordinator.get(&request).await.ok().hides("Kept, being moved");
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(held(&mut reader).await, 0);
}

async fn held(source: &mut impl Source) -> i64 {
    number(source, "SELECT COUNT(*) FROM document WHERE held_by IS NOT NULL").await
}
