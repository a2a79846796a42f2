//! Looking at documents in the page, and for words in all of them.

use keyline_domain::access::Action;
use keyline_operations::returns::reading;
use keyline_store::returns::{DocumentText, texts_of};
use keyline_testing::{Browser, TestApp, World};

use super::{asked, trail};

const DOCX: &[u8] = include_bytes!("../../../../extraction/tests/fixtures/plan.docx");
const XLSX: &[u8] = include_bytes!("../../../../extraction/tests/fixtures/return.xlsx");
const MAIL: &[u8] = include_bytes!("../../../../extraction/tests/fixtures/mail.eml");
const PAGE: &[u8] =
    b"<!doctype html><title>Fictional</title><p>The <b>stepping stones</b> of Strathmarnock.</p>\
    <script>document.title = 'ran'</script>";

async fn sent(app: &TestApp, world: &World, coordinator: &Browser, files: &[(&str, &[u8])]) -> String {
    let lead = app.browser(world.lead).await;
    let request = asked(world, &lead, "Fictional plan").await;
    let files: Vec<(&str, &str, &[u8])> =
        files.iter().map(|(name, bytes)| ("files", *name, *bytes)).collect();
    coordinator.upload(&format!("{request}/documents"), &[], &files).await.redirects_to(&request);
    request
}

async fn read_so_far(app: &TestApp, world: &World) -> Vec<DocumentText> {
    let actor = app.actor(world.lead).await;
    let grant = app.cx.grant(&actor, world.inspection, Action::SeeReturns).await.expect("it works in a test");
    texts_of(&mut app.cx.read().await.expect("it works in a test"), &grant).await.expect("it works in a test")
}

// What the clock does.
pub(super) async fn read_all(app: &TestApp, world: &World) {
    for waiting in read_so_far(app, world).await {
        let payload = reading::Payload { inspection: world.inspection, document: waiting.document };
        reading::run(&app.cx, payload).await.expect("it works in a test");
    }
}

async fn look_of(coordinator: &Browser, request: &str, name: &str) -> String {
    let page = coordinator.get(request).await.ok();
    page.attribute(&format!("a[aria-label='Look at {name} in the page']"), "href")
        .expect("it works in a test")
}

#[tokio::test]
async fn a_document_is_looked_at_once_it_was_read_and_nothing_in_it_runs() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let files = [("plan.docx", DOCX), ("cohort.xlsx", XLSX), ("word.eml", MAIL), ("page.html", PAGE)];
    let request = sent(&app, &world, &coordinator, &files).await;
    let look = look_of(&coordinator, &request, "page.html").await;
    coordinator.get(&look).await.ok().says("It is being read").says("Being read");
    read_all(&app, &world).await;
    let page =
        coordinator.get(&look).await.ok().says("stepping stones").says("Text can be searched").hides("⟦");
    page.hides("document.title").hides("<b>stepping");
    let look = look_of(&coordinator, &request, "cohort.xlsx").await;
    let page = app.browser(world.inspectors[0]).await.get(&look).await.ok();
    assert!(page.attributes("table.ds_table td", "dir").len() > 1);
    let look = look_of(&coordinator, &request, "word.eml").await;
    coordinator.get(&look).await.ok().says("Subject").says("From");
    let openings = trail(&app, &world).await.iter().filter(|d| *d == "document.opened").count();
    assert_eq!(openings, 4, "each look is an opening");
    for person in [world.volunteer, world.chair, world.reader, world.link, world.stranger] {
        app.browser(person).await.get(&look).await.not_found();
    }
    let other = World::in_area(&app, "fife", "other-").await;
    let id = look.rsplit('/').nth(1).unwrap();
    let elsewhere = other.href(&format!("returns/documents/{id}/look"));
    app.browser(other.lead).await.get(&elsewhere).await.not_found();
}

#[tokio::test]
async fn words_are_found_with_their_place_and_for_those_alone_who_see_the_returns() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let request =
        sent(&app, &world, &coordinator, &[("page.html", PAGE), ("stones.txt", b"Nothing of it.")]).await;
    let search = world.href("returns/search");
    let lead = app.browser(world.lead).await;
    lead.get(&search).await.ok().says("Search the documents").hides("was searched").hides("⟦");
    let before = lead.get(&format!("{search}?q=stepping")).await.ok();
    before.says("Not found").says("Of 2 of them only the names");
    read_all(&app, &world).await;
    let page = lead.get(&format!("{search}?q=STEPPING+stones")).await.ok();
    let page =
        page.says("Found in one document").says("page.html").says("2 documents were searched").hides("⟦");
    assert!(page.all("mark").contains(&"stepping".to_owned()), "{:?}", page.all("mark"));
    lead.get(&format!("{search}?q=stones")).await.ok().says("Found in 2 documents").says("Its name matches");
    lead.get(&format!("{search}?q=%22stones+stepping%22")).await.ok().says("No document has these words");
    let long = "x".repeat(201);
    let page = lead.get(&format!("{search}?q={long}")).await.unprocessable().says("too long to look for");
    assert_eq!(page.attribute("#q", "value"), Some(long));
    // What was typed is not in the trail, and what was withdrawn is not found.
    let entries = trail(&app, &world).await;
    assert_eq!(entries.iter().filter(|d| *d == "documents.searched").count(), 4);
    let look = look_of(&coordinator, &request, "page.html").await;
    let id = look.rsplit('/').nth(1).unwrap();
    let withdraw = format!("{request}/documents/{id}/withdraw");
    coordinator.post(&withdraw, &[("reason", "Fictional: sent too early.")]).await.redirects_to(&request);
    lead.get(&format!("{search}?q=stepping")).await.ok().says("Not found");
    for person in [world.volunteer, world.reader, world.link, world.stranger] {
        app.browser(person).await.get(&search).await.not_found();
    }
}

#[tokio::test]
async fn what_was_read_lies_sealed_and_the_list_of_children_is_not_read() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    sent(&app, &world, &coordinator, &[("page.html", PAGE)]).await;
    read_all(&app, &world).await;
    let mut files = vec![app.folder.path().to_owned()];
    let mut seen = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        seen += 1;
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(8).any(|eight| eight == b"stepping"), "{}", path.display());
    }
    assert!(seen > 4, "{seen}");
    let texts = read_so_far(&app, &world).await;
    assert!(texts[0].words.is_some_and(|words| words >= 5), "{texts:?}");
}
