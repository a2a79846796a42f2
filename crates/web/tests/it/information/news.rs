//! News, webinars and meetings.

use keyline_domain::access::Duty;
use keyline_testing::{PROGRAMME, TestApp, number};

use super::on_duty;

fn webinar<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("kind", "webinar"),
        ("title", "Fictional webinar for coordinators"),
        ("body", "What the first weeks are like.\n\n- bring questions"),
        ("programme", PROGRAMME),
        ("day", "2026-01-05"),
        ("starts_on", "2026-07-08"),
        ("starts", "14:00"),
        ("ends", "15:30"),
        ("link", "https://example.test/webinar"),
        ("audience", "coordinators"),
        ("audience", "staff"),
    ];
    let kept = all.into_iter().filter(|(k, _)| !change.iter().any(|(c, _)| c == k));
    kept.chain(change.iter().copied().filter(|(_, v)| !v.is_empty())).collect()
}

// The address of the public page behind the editor's.
fn public(editor: &str) -> String {
    editor.split('?').next().unwrap().replace("/information/news/", "/news/")
}

#[tokio::test]
async fn news_is_written_published_changed_and_withdrawn_with_a_reason() {
    let app = TestApp::new().await;
    let communications = on_duty(&app, "communications", Duty::Communications).await;
    let officer = app.browser(communications).await;
    let anyone = app.anyone();
    anyone.get("/news").await.ok().says("There is nothing yet");
    assert!(anyone.get("/news/feed.xml").await.ok().text().contains("<updated>2026-01-05"), "not 1970");
    officer.get("/information/news").await.ok().says("Begin with");
    officer.get("/information/news/new").await.ok();
    let empty = officer
        .post("/information/news/new", &[("kind", "news"), ("day", "2026-01-05"), ("title", "Kept")])
        .await;
    assert_eq!(
        empty.unprocessable().says("Fill this in").attribute("#title", "value").as_deref(),
        Some("Kept")
    );
    officer
        .post("/information/news/new", &[("title", "Kept")])
        .await
        .unprocessable()
        .says("Choose one")
        .says("day, month and year");
    let news = [
        ("kind", "news"),
        ("day", "2026-01-05"),
        ("title", "Fictional <news>"),
        ("body", "A **first** text."),
    ];
    let done = officer.post("/information/news/new", &news).await.redirects_to("/information/news/new_");
    let (edit, page) = (done.location().split('?').next().unwrap().to_owned(), public(&done.location()));
    anyone.get(&page).await.not_found();
    anyone.get("/news").await.ok().hides("Fictional");
    officer.post(&format!("{edit}/publish"), &[("version", "1")]).await.redirects_to(&edit);
    anyone.get(&page).await.ok().says("Fictional <news>").says("A first text.");
    anyone.get("/news").await.ok().says("Fictional <news>");
    anyone.get("/").await.ok().says("Fictional <news>");
    anyone.get(&format!("/programmes/{PROGRAMME}")).await.ok().says("Fictional <news>");
    let feed = anyone.get("/news/feed.xml").await.ok();
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    for said in ["<title>Fictional &lt;news&gt;</title>", "<summary>A first text.</summary>"] {
        assert!(feed.text().contains(said), "{}", feed.text());
    }
    assert_eq!(feed.text().matches("<entry>").count(), 1);
    anyone.get(&format!("{page}/meeting.ics")).await.not_found();
    // Somebody who read an older state does not write over a newer one.
    let with = |version: &'static str, body: &'static str| {
        let mut all = news.to_vec();
        all.retain(|(k, _)| *k != "body");
        all.extend([("version", version), ("body", body)]);
        all
    };
    officer.post(&edit, &with("1", "Mine.")).await.conflict().says("A **first** text.").says("Mine.");
    app.forward(jiff::SignedDuration::from_hours(48));
    let officer = app.browser(communications).await;
    officer.post(&edit, &with("2", "A second text.")).await.redirects_to(&edit);
    anyone
        .get(&page)
        .await
        .ok()
        .says("A second text.")
        .says("Published on 5 January 2026, changed on 7 January 2026");
    officer.get(&edit).await.ok().says("What it said before").says("A **first** text.");
    let back = format!("{edit}/take-back");
    officer.post(&back, &[("version", "3"), ("reason", "")]).await.unprocessable().says("Fill this in");
    officer
        .post(&back, &[("version", "2"), ("reason", "A mistake")])
        .await
        .unprocessable()
        .says("saved in the meantime");
    officer.get(&edit).await.ok().hides("calendars");
    officer.post(&back, &[("version", "3"), ("reason", "A mistake")]).await.redirects_to(&edit);
    anyone.get(&page).await.ok().says("This news was withdrawn").says("A mistake").hides("A second text.");
    anyone.get("/news").await.ok().hides("Fictional <news>");
    officer.post(&edit, &with("4", "Again")).await.unprocessable().says("cannot be changed any more");
    officer.post(&back, &[("version", "4"), ("reason", "x")]).await.unprocessable().says("It is not public");
    officer.post(&format!("{edit}/publish"), &[("version", "4")]).await.unprocessable().says("not a draft");
    assert_eq!(number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM news_earlier").await, 3);
}

#[tokio::test]
async fn a_webinar_has_a_calendar_file_that_follows_its_changes() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    let anyone = app.anyone();
    for (change, says) in [
        ([("link", "")], "Give a place or a link"),
        ([("link", "http://example.test")], "begins with https://"),
        ([("starts", "soon")], "a time such as 14:30"),
        ([("audience", "")], "Choose for whom it is"),
        ([("starts_on", "")], "day, month and year"),
        ([("programme", "none")], "Choose one"),
        ([("area", "atlantis")], "Choose one"),
    ] {
        officer.post("/information/news/new", &webinar(&change)).await.unprocessable().says(says);
    }
    let done =
        officer.post("/information/news/new", &webinar(&[])).await.redirects_to("/information/news/new_");
    let (edit, page) = (done.location().split('?').next().unwrap().to_owned(), public(&done.location()));
    officer.post(&format!("{edit}/publish"), &[("version", "1")]).await.redirects_to(&edit);
    let shown = anyone.get(&page).await.ok().says("Wednesday 8 July 2026, 14:00 to 15:30 (time in Scotland)");
    shown.says("Staff in services, Inspection coordinators").says("https://example.test/webinar");
    let file = format!("{page}/meeting.ics");
    let first = anyone.get(&file).await.ok();
    assert!(first.header("content-type").starts_with("text/calendar"));
    assert!(first.header("content-disposition").contains("meeting.ics"));
    let line = |text: &str, name: &str| {
        let event = text.split("BEGIN:VEVENT").nth(1).unwrap().to_owned();
        event.lines().find(|l| l.starts_with(name)).unwrap_or_default().to_owned()
    };
    let text = first.text();
    assert_eq!(line(&text, "DTSTART"), "DTSTART;TZID=Europe/London:20260708T140000");
    assert_eq!(line(&text, "DTEND"), "DTEND;TZID=Europe/London:20260708T153000");
    assert_eq!(line(&text, "SEQUENCE"), "SEQUENCE:0");
    assert_eq!(line(&text, "STATUS"), "STATUS:CONFIRMED");
    // What names a time zone stands below it, once.
    assert!(text.find("BEGIN:VTIMEZONE").unwrap() < text.find("BEGIN:VEVENT").unwrap());
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    assert!(
        text.replace("\r\n ", "").contains("first weeks are like.\\n\\n- bring questions"),
        "lists stay: {text}"
    );
    let uid = line(&text, "UID");
    assert!(uid.ends_with("@keyline"), "{uid}");
    let moved = webinar(&[("version", "2"), ("starts_on", "2026-12-09")]);
    officer.post(&edit, &moved).await.redirects_to(&edit);
    let text = anyone.get(&file).await.ok().text();
    assert_eq!(line(&text, "DTSTART"), "DTSTART;TZID=Europe/London:20261209T140000");
    assert_eq!((line(&text, "SEQUENCE"), line(&text, "UID")), ("SEQUENCE:1".into(), uid.clone()));
    let off = [("version", "3"), ("reason", "The speaker is ill")];
    officer.post(&format!("{edit}/take-back"), &off).await.redirects_to(&edit);
    let text = anyone.get(&file).await.ok().text();
    assert_eq!(line(&text, "STATUS"), "STATUS:CANCELLED");
    assert_eq!((line(&text, "SEQUENCE"), line(&text, "UID")), ("SEQUENCE:2".into(), uid));
    let page = anyone.get(&page).await.ok().says("This does not take place").says("The speaker is ill");
    page.hides("https://example.test/webinar");
    anyone.get("/news").await.ok().says("called off");
    assert!(anyone.get("/news/feed.xml").await.ok().text().contains("This does not take place."));
}

#[tokio::test]
async fn what_lies_ahead_stands_first_and_what_is_over_below() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    for change in [
        [("title", "Fictional later"), ("starts_on", "2026-03-02")],
        [("title", "Fictional sooner"), ("starts_on", "2026-02-02")],
    ] {
        let done = officer.post("/information/news/new", &webinar(&change)).await;
        let edit = done.location().split('?').next().unwrap().to_owned();
        officer.post(&format!("{edit}/publish"), &[("version", "1")]).await.redirects_to(&edit);
    }
    let order = |titles: Vec<String>| titles.iter().map(|t| t.contains("sooner")).collect::<Vec<_>>();
    let list = app.anyone().get("/news").await.ok().says("Coming up");
    assert_eq!(order(list.all(".kl_card__title")), [true, false]);
    app.forward(jiff::SignedDuration::from_hours(24 * 40));
    let list = app.anyone().get("/news").await.ok().says("Latest");
    assert_eq!(order(list.all(".kl_card__title")), [false, true], "the one that is over stands below");
}

#[tokio::test]
async fn a_meetings_time_that_somebody_else_changed_is_shown_and_not_taken_back_unseen() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    let done = officer.post("/information/news/new", &webinar(&[])).await;
    let edit = done.location().split('?').next().unwrap().to_owned();
    let moved = webinar(&[("version", "1"), ("starts", "10:00"), ("ends", "11:00"), ("audience", "staff")]);
    officer.post(&edit, &moved).await.redirects_to(&edit);
    let both =
        officer.post(&edit, &webinar(&[("version", "1"), ("title", "Another title")])).await.conflict();
    let both =
        both.says("Begins: 10:00").says("Begins: 14:00").says("Ends: 15:30").says("Title: Another title");
    both.says("For whom: Staff in services").hides("Link: https");
}

#[tokio::test]
async fn what_ends_before_it_begins_is_over_or_lies_ahead_is_not_published() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    for ends in ["14:00", "13:00", "01:00"] {
        let wrong = webinar(&[("ends", ends)]);
        officer.post("/information/news/new", &wrong).await.unprocessable().says("after the beginning");
    }
    for (change, says) in [
        (("starts_on", "2025-07-08"), "This is over already"),
        (("starts_on", "2062-07-08"), "more than two years away"),
        (("day", "2026-01-06"), "still to come"),
        (("day", "0206-01-05"), "more than a year ago"),
    ] {
        let done = officer.post("/information/news/new", &webinar(&[change])).await;
        let edit = done.location().split('?').next().unwrap().to_owned();
        officer.post(&format!("{edit}/publish"), &[("version", "1")]).await.unprocessable().says(says);
        app.anyone().get(&public(&edit)).await.not_found();
    }
    // What is public already is not moved to where it could not have been published.
    let done = officer.post("/information/news/new", &webinar(&[])).await;
    let edit = done.location().split('?').next().unwrap().to_owned();
    officer.post(&format!("{edit}/publish"), &[("version", "1")]).await.redirects_to(&edit);
    let moved = webinar(&[("version", "2"), ("starts_on", "2025-07-08")]);
    officer.post(&edit, &moved).await.unprocessable().says("This is over already");
    app.forward(jiff::SignedDuration::from_hours(24 * 250));
    let officer = app.browser(on_duty(&app, "second", Duty::MethodologyOfficer).await).await;
    let recorded = webinar(&[("version", "2"), ("link", "https://example.test/recording")]);
    officer.post(&edit, &recorded).await.redirects_to(&edit);
}
