use keyline_testing::{Answer, Browser, TestApp, World, number, texts};

use super::{PASSPHRASE, holds, on_disk, with_key};

mod handlers;
mod writers;

const SAID: &str = "My worker Fictional Morag never rings back";

fn hidden(answer: &Answer, name: &str) -> String {
    let selector = scraper::Selector::parse(&format!("input[name=\"{name}\"]")).unwrap();
    let html = answer.html();
    html.select(&selector).next().unwrap().value().attr("value").unwrap_or_default().to_owned()
}

fn receipt(answer: &Answer) -> String {
    let selector = scraper::Selector::parse(".kl_receipt li").unwrap();
    let html = answer.html();
    html.select(&selector).map(|li| li.text().collect::<String>()).collect::<Vec<_>>().join(" ")
}

async fn send(place: &str, browser: &Browser) -> String {
    let path = format!("/tell-us/about/{place}");
    let form = browser.get(&path).await.ok();
    // Notice, help lines and the area's contacts stand before the button.
    let text = form.visible();
    let button = text.rfind("Send").unwrap();
    for before in ["0800 1111", "have to pass it on", "child protection"] {
        assert!(text.find(before).is_some_and(|at| at < button), "{before}");
    }
    let once = hidden(&form, "once");
    let fields = [("once", once.as_str()), ("wish", "message"), ("text", SAID), ("named", "no")];
    let sent = browser.post(&path, &fields).await.ok().says("Your eight words");
    let words = receipt(&sent);
    assert_eq!(words.split(' ').count(), 8);
    assert_eq!(receipt(&browser.post(&path, &fields).await.ok()), words, "sent twice, it is the same");
    words
}

#[tokio::test]
async fn somebody_without_a_name_comes_back_reads_adds_and_deletes() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let adviser = with_key(&app, world.adviser).await;
    let person = app.anyone().at("203.0.113.77");
    let words = send(&world.reference, &person).await;
    assert_eq!(number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM message").await, 1);
    if let Some(bytes) = on_disk(&app) {
        assert!(!holds(&bytes, "Morag") && !holds(&bytes, "203.0.113.77"));
        assert!(!holds(&bytes, &words), "the receipt is stored nowhere");
    }
    let open = [("act", "open"), ("words", words.as_str())];
    let back = person.post("/tell-us/answer", &open).await.ok().says(SAID).says("Nobody has decided");
    // Whom to call there, and every number calls.
    let calls = back.says("contact Strathmarnock").attributes("main a[href^='tel:']", "href");
    assert_eq!(calls, ["tel:999", "tel:08001111"]);
    // Slips are named without repeating a word.
    let seven = words.rsplit_once(' ').unwrap().0.to_owned();
    person.post("/tell-us/answer", &[("words", &seven)]).await.unprocessable().says("You typed 7");
    let mut swapped: Vec<&str> = words.split(' ').collect();
    swapped.swap(0, 1);
    person.post("/tell-us/answer", &[("words", &swapped.join(" "))]).await.unprocessable();

    // The handlers read it under their key and answer; others find nothing.
    let list = world.href("messages");
    let id = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM message").await.remove(0);
    let page = world.href(&format!("messages/{id}"));
    adviser.get(&list).await.ok().says("To be decided").hides("Morag");
    adviser.get(&page).await.ok().hides("Morag");
    adviser.post(&page, &[("act", "read")]).await.ok().says(SAID);
    app.browser(world.inspectors[0]).await.get(&page).await.not_found();
    adviser.get("/messages").await.not_found();
    let complaint = [("act", "decide"), ("version", "1"), ("triage", "complaint"), ("text", "")];
    adviser.post(&page, &complaint).await.unprocessable();
    let complaint =
        [("act", "decide"), ("version", "1"), ("triage", "complaint"), ("text", "The council hears it")];
    adviser.post(&page, &complaint).await.redirects_to(&page);
    let back = person.post("/tell-us/answer", &open).await.ok();
    let back = back.says("The council hears it").says("This is a complaint").says("It will be deleted on");
    assert!(!back.text().contains("/tell-us/answer?"), "the words are in no address");

    // More opens it again; a receipt within the text is refused.
    let leak = [("act", "add"), ("words", words.as_str()), ("text", words.as_str())];
    person.post("/tell-us/answer", &leak).await.unprocessable();
    let add = [("act", "add"), ("words", words.as_str()), ("text", "It went on in May")];
    person.post("/tell-us/answer", &add).await.ok().says("We have what you added");
    adviser.get(&list).await.ok().says("To be decided");
    adviser.post(&page, &[("act", "read")]).await.ok().says("It went on in May");

    // Deleted: the row tells that there was one, and nothing else.
    let delete = [("act", "delete"), ("words", words.as_str())];
    person.post("/tell-us/answer", &delete).await.ok().says("cannot be undone");
    person.post("/tell-us/answer", &[delete[0], delete[1], ("sure", "yes")]).await.ok().says("It is deleted");
    person.post("/tell-us/answer", &open).await.ok().says("This message is deleted");
    let mut reader = app.cx.read().await.unwrap();
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM sealed_text").await, 0);
    assert_eq!(number(&mut reader, "SELECT COUNT(*) FROM sealed_key").await, 0);
    drop(reader);
    adviser.get(&list).await.ok().says("Deleted by whoever wrote it");
}

#[tokio::test]
async fn a_message_that_is_a_concern_goes_the_way_of_concerns() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = with_key(&app, world.lead).await;
    send(&world.reference, &app.anyone()).await;
    let id = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM message").await.remove(0);
    let page = world.href(&format!("messages/{id}"));
    let decide = [("act", "decide"), ("version", "1"), ("triage", "concern"), ("danger", "yes")];
    lead.post(&page, &decide).await.redirects_to(&page);
    lead.post(&page, &decide).await.unprocessable();
    let mut reader = app.cx.read().await.unwrap();
    let concerns =
        texts(&mut reader, "SELECT id FROM concern WHERE source = 'message' AND stage = 'raised'").await;
    assert_eq!(concerns.len(), 1);
    drop(reader);
    let concern = world.href(&format!("concerns/{}", concerns[0]));
    lead.post(&concern, &[("act", "read"), ("read_reason", "to decide")]).await.ok().says(SAID);
}

#[tokio::test]
async fn sixty_of_one_school_are_heard_and_a_program_is_asked_to_wait_without_losing_words() {
    let app = TestApp::new().await;
    World::notified(&app).await;
    let school = app.anyone().at("203.0.113.9");
    for _ in 0..60 {
        send("general", &school).await;
    }
    assert_eq!(number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM message").await, 60);
    let form = school.get("/tell-us/about/general").await.ok();
    let once = hidden(&form, "once");
    let fields = [("once", once.as_str()), ("wish", "message"), ("text", SAID), ("named", "no")];
    let mut waited = false;
    for _ in 0..200 {
        let answer = school.post("/tell-us/about/general", &fields).await;
        if answer.status == 429 {
            assert!(answer.text().contains("Fictional Morag"), "nothing typed is lost");
            waited = true;
            break;
        }
    }
    assert!(waited);
}

#[tokio::test]
async fn messages_go_when_their_time_is_over_and_never_without_a_reminder() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = with_key(&app, world.lead).await;
    let person = app.anyone();
    let words = send(&world.reference, &person).await;
    let id = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM message").await.remove(0);
    let page = world.href(&format!("messages/{id}"));
    let decide = [("act", "decide"), ("version", "1"), ("triage", "nothing"), ("text", "Thank you")];
    lead.post(&page, &decide).await.redirects_to(&page);
    let tidy = async || keyline_operations::tell_us::tidy(&app.cx).await.unwrap();
    let days = |n: i64| jiff::SignedDuration::from_hours(24 * n);
    assert_eq!(tidy().await, 0);
    // The server was away for a year: it reminds first, and deletes when the reminder has had its days.
    app.forward(days(365));
    assert_eq!((tidy().await, tidy().await), (0, 0));
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("messages")).await.ok().says("Will be deleted soon");
    app.forward(days(13));
    assert_eq!(tidy().await, 0);
    app.forward(days(1));
    assert_eq!((tidy().await, tidy().await), (1, 0));
    let open = [("act", "open"), ("words", words.as_str())];
    person.post("/tell-us/answer", &open).await.ok().says("This message is deleted");
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("messages")).await.ok().says("Deleted when its time was over");
}

#[tokio::test]
async fn the_whole_way_is_there_in_gaelic_and_says_that_no_speaker_has_read_it() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let person = app.anyone();
    person.get("/language/gd").await;
    let place = format!("/tell-us/about/{}", world.reference);
    for path in ["/tell-us", "/tell-us/promise", "/tell-us/answer", &place, "/volunteer", "/you-said"] {
        let page = person.get(path).await.ok().says("neach-labhairt").hides("⟦");
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("gd"), "{path}");
        for english in ["inspection", "You ", "words", "What ", "How "] {
            assert!(!page.all("main").join(" ").contains(english), "{path} says {english} in English");
        }
    }
    let once = hidden(&person.get(&place).await, "once");
    let wrong = person.post(&place, &[("once", once.as_str()), ("text", "")]).await.unprocessable();
    wrong.says("Lìon seo");
    let fields = [("once", once.as_str()), ("wish", "message"), ("text", SAID), ("named", "no")];
    let sent = person.post(&place, &fields).await.ok().says("Na h-ochd faclan agad");
    let words = receipt(&sent);
    let back = person.post("/tell-us/answer", &[("act", "open"), ("words", &words)]).await.ok();
    back.says(SAID).says("Na dh'innis thu dhuinn").says("Cha do cho-dhùin duine");
}

#[tokio::test]
async fn pages_of_the_channel_need_no_script_and_set_no_cookie() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    for path in
        ["/tell-us", "/tell-us/answer", "/tell-us/promise", &format!("/tell-us/about/{}", world.reference)]
    {
        let page = app.anyone().get(path).await.ok();
        assert_eq!(page.header("set-cookie"), "");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(!page.text().contains("<script>"));
    }
    // A signed-in person is not named there either.
    let lead = app.browser(world.lead).await;
    lead.get("/tell-us").await.ok().hides("Fictional lead");
}

#[tokio::test]
async fn messages_of_no_inspection_are_for_those_who_are_named_for_them() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    send("general", &app.anyone()).await;
    let id = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM message").await.remove(0);
    let page = format!("/messages/{id}");
    let officer = with_key(&app, world.officer).await;
    officer.get(&page).await.not_found();
    let name = [("person", world.officer.to_string())];
    let fields = [("person", name[0].1.as_str()), ("duty", "message-handler"), ("given", "yes")];
    officer.post("/accounts/duties", &fields).await.not_found();
    let administrator = app.browser(world.administrator).await;
    administrator.post("/accounts/duties", &fields).await.redirects_to("/accounts/duties");
    officer.get("/start").await.ok().says("1 waits to be decided");
    officer.get("/messages").await.ok();
    officer.post(&page, &[("act", "read")]).await.ok().says(SAID);
    // A message of an inspection is not found there, nor this one in an inspection.
    let adviser = with_key(&app, world.adviser).await;
    adviser.get(&world.href(&format!("messages/{id}"))).await.not_found();
    administrator.get(&page).await.not_found();
}
