//! From the interest to the welcome, and what is forgotten when.

use jiff::SignedDuration;
use keyline_domain::access::{Actor, Duty};
use keyline_domain::volunteers::ready::Topic;
use keyline_domain::volunteers::stage::Stage;
use keyline_domain::volunteers::{Age, Interest};
use keyline_operations::duties::set_duty;
use keyline_operations::tell_us::Once;
use keyline_operations::volunteers::{SendInterest, send_interest, tidy};
use keyline_testing::{TestApp, World, texts};

use super::{count, go, hidden, interested, welcomed, words};
use crate::care::{PASSPHRASE, holds, on_disk, with_key};

const WROTE: &str = "I lived with Fictional Foster Family for nine years";

#[tokio::test]
async fn somebody_writes_without_account_or_script_and_withdraws_with_eight_words() {
    let app = TestApp::new().await;
    let person = app.anyone().at("203.0.113.70");
    let form = person.get("/volunteer").await.ok();
    assert_eq!(form.header("set-cookie"), "");
    // What is kept, for how long, how to withdraw, and help stand before the button.
    let text = form.visible();
    let button = text.rfind("Send").unwrap();
    for before in [
        "sealed before we store it",
        "six months",
        "You can withdraw",
        "0800 1111",
        "do not ask for your birthday",
    ] {
        assert!(text.find(before).is_some_and(|at| at < button), "{before}");
    }
    let once = hidden(&form, "once");
    let fields = |age: &'static str| {
        [
            ("once", once.clone()),
            ("name", "Sam".into()),
            ("age", age.into()),
            ("reach", "text me".into()),
            ("experience", WROTE.into()),
        ]
    };
    let post = async |age| {
        let all = fields(age);
        let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (*k, v.as_str())).collect();
        person.post("/volunteer", &all).await
    };
    for age in ["younger", "older", "", "17"] {
        post(age).await.unprocessable().says(WROTE);
    }
    assert_eq!(count(&app, "SELECT COUNT(*) FROM volunteer").await, 0, "of who does not fit nothing is kept");
    let sent = post("fits").await.ok().says("Your eight words");
    let receipt = words(&sent);
    assert_eq!(receipt.split(' ').count(), 8);
    assert_eq!(words(&post("fits").await.ok()), receipt, "sent twice, it is the same");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM volunteer").await, 1);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_entry").await, 0, "an entry would tell the time");
    if let Some(bytes) = on_disk(&app) {
        for text in ["Foster", "203.0.113.70", &receipt, "text me"] {
            assert!(!holds(&bytes, text), "{text}");
        }
    }
    person.post("/volunteer/withdraw", &[("words", "one two")]).await.unprocessable().says("You typed 2");
    person.post("/volunteer/withdraw", &[("words", &receipt)]).await.ok().says("You have withdrawn");
    for sql in ["SELECT COUNT(*) FROM sealed_text", "SELECT COUNT(*) FROM sealed_key"] {
        assert_eq!(count(&app, sql).await, 0, "{sql}");
    }
    person.post("/volunteer/withdraw", &[("words", &receipt)]).await.unprocessable();
    let mut waited = false;
    for _ in 0..200 {
        if post("").await.status == 429 {
            waited = true;
            break;
        }
    }
    assert!(waited, "a program is asked to wait");
}

#[tokio::test]
async fn only_who_looks_after_volunteers_reads_what_they_wrote_with_a_key_and_an_entry() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    // It came before anybody was named, and before anybody had a key.
    let once = Once::make(app.cx.random());
    let interest = Interest {
        name: "Sam".into(),
        reach: "text me".into(),
        experience: WROTE.into(),
        ..Interest::default()
    };
    send_interest(&app.cx, SendInterest { once, age: Some(Age::Fits), interest }).await.unwrap();
    let id = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM volunteer").await.remove(0);
    let page = format!("/volunteers/{id}");
    // Nobody is named yet: every role finds nothing, whatever it may do in an inspection.
    for (role, person) in world.everybody() {
        let browser = app.browser(person).await;
        for path in ["/volunteers", "/volunteers/taking-part", &page, "/my", "/my/money", "/my/time"] {
            assert_eq!(browser.get(path).await.status, 404, "{role} sees {path}");
        }
        browser.post(&page, &[("act", "read")]).await.not_found();
        browser
            .post(
                "/accounts/duties",
                &[("person", &person.to_string()), ("duty", "volunteer-lead"), ("given", "yes")],
            )
            .await
            .not_found();
    }
    let administrator = app.browser(world.administrator).await;
    administrator.get("/volunteers").await.not_found();
    let adviser_id = world.adviser.to_string();
    administrator
        .post("/accounts/duties", &[("person", &adviser_id), ("duty", "volunteer-lead"), ("given", "yes")])
        .await
        .redirects_to("/accounts/duties?done");
    administrator.get("/accounts/duties").await.ok().says("Fictional adviser").says("Looks after volunteers");
    let adviser = with_key(&app, world.adviser).await;
    adviser.get("/volunteers").await.ok().says("Volunteer 1").says("Speak with them").hides("Sam");
    adviser.get("/start").await.ok().says("Who stands where");
    adviser.get(&page).await.ok().hides(WROTE);
    adviser.post(&page, &[("act", "read")]).await.ok().says(WROTE).says("text me");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_entry WHERE action = 'volunteer.read'").await, 1);
    // Locked, it asks for the passphrase.
    adviser.post("/care/lock", &[]).await;
    adviser.post(&page, &[("act", "read")]).await.unprocessable().hides(WROTE);
    let unlock = [("act", "read"), ("passphrase", PASSPHRASE)];
    adviser.post(&page, &unlock).await.ok().says(WROTE);
    // Somebody else who is named gets the key from who has it; who is taken off finds nothing.
    set_duty(&app.cx, &Actor::Console, world.lead, Duty::VolunteerLead, true).await.unwrap();
    let lead = with_key(&app, world.lead).await;
    lead.post(&page, &[("act", "read")]).await.ok().says("does not open it");
    adviser.post(&page, &[("act", "read")]).await.ok();
    lead.post(&page, &[("act", "read")]).await.ok().says(WROTE);
    set_duty(&app.cx, &Actor::Console, world.lead, Duty::VolunteerLead, false).await.unwrap();
    lead.get(&page).await.not_found();
    lead.post(&page, &[("act", "read")]).await.not_found();
}

#[tokio::test]
async fn the_way_from_interest_to_welcome_and_the_ways_out_of_it() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    set_duty(&app.cx, &Actor::Console, world.adviser, Duty::VolunteerLead, true).await.unwrap();
    let id = interested(&app).await;
    let (page, adviser) = (format!("/volunteers/{id}"), app.browser(world.adviser).await);
    let version = async || hidden(&adviser.get(&page).await.ok(), "version");
    let go = async |to: &str| {
        adviser.post(&page, &[("act", "move"), ("version", &version().await), ("to", to)]).await
    };
    go("welcomed").await.unprocessable();
    go("not-taken-on").await.unprocessable();
    go("spoken-to").await.redirects_to(&page);
    go("interested").await.redirects_to(&page);
    go("spoken-to").await.redirects_to(&page);
    // What somebody else has moved meanwhile is not moved unseen.
    let stale = [("act", "move"), ("version", "1"), ("to", "checks")];
    adviser.post(&page, &stale).await.unprocessable().says("in the meantime");
    let no = [("act", "move"), ("version", &version().await), ("to", "not-taken-on"), ("reason", "no-place")];
    adviser.post(&page, &no).await.redirects_to(&page);
    adviser.get(&page).await.ok().says("That says nothing about you");
    go("spoken-to").await.redirects_to(&page);
    go("checks").await.redirects_to(&page);
    go("training").await.unprocessable().says("Note first that the check was passed");
    let check = async |passed: &str, year: &str| {
        let v = version().await;
        let f = [
            ("act", "check"),
            ("version", v.as_str()),
            ("passed", passed),
            ("on-day", "5"),
            ("on-month", "1"),
            ("on-year", year),
        ];
        adviser.post(&page, &f).await
    };
    check("yes", "2027").await.unprocessable();
    check("no", "2026").await.redirects_to(&page);
    go("training").await.unprocessable();
    check("yes", "2026").await.redirects_to(&page);
    go("paused").await.redirects_to(&page);
    go("checks").await.redirects_to(&page);
    go("training").await.redirects_to(&page);
    for topic in Topic::ALL {
        let f = [
            ("act", "train"),
            ("topic", topic.word()),
            ("done_on-day", "5"),
            ("done_on-month", "1"),
            ("done_on-year", "2026"),
        ];
        adviser.post(&page, &f).await.redirects_to(&page);
    }
    let officer = world.officer.to_string();
    let support = [("act", "support"), ("version", &version().await), ("supporter", officer.as_str())];
    adviser.post(&page, &support).await.redirects_to(&page);
    let welcome = async |name: &str, email: &str| {
        let v = version().await;
        let f =
            [("act", "move"), ("version", v.as_str()), ("to", "welcomed"), ("name", name), ("email", email)];
        adviser.post(&page, &f).await
    };
    welcome("Sam", "").await.unprocessable();
    // An account of the team cannot be taken for one.
    welcome("Sam", "lead@fictional.test").await.unprocessable().says("already");
    let done = welcome("Sam Fictional", "sam@fictional.test").await.ok().says("This link signs them in once");
    let link = done.visible().split_whitespace().find(|w| w.contains("/sign-in/link/")).unwrap().to_owned();
    let path = &link[link.find("/sign-in").unwrap()..];
    let sam = app.anyone();
    sam.post(path, &[]).await;
    sam.get("/start").await.redirects_to("/my");
    sam.get("/my").await.ok().says("What comes next").says("Fictional support-officer");
    sam.get("/volunteers").await.not_found();
    adviser.get("/volunteers").await.ok().says("Sam Fictional");
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM audit_entry WHERE action = 'volunteer.moved'").await,
        10,
        "each move is in the trail"
    );
    // Leaving: asked twice, forgotten at once, the account ends.
    sam.post("/my/leave", &[]).await.unprocessable();
    sam.post("/my/leave", &[("sure", "yes")]).await.redirects_to("/?done=my-left");
    sam.get("/my").await.redirects_to("/sign-in");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM sealed_text").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM volunteer_training").await, 0);
    adviser.get(&page).await.ok().says("What they wrote was destroyed on");
}

#[tokio::test]
async fn what_people_wrote_goes_on_its_day_and_money_six_years_after() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let id = welcomed(&app, &world, "volunteer@fictional.test").await;
    interested(&app).await;
    let own = app.browser(world.volunteer).await;
    let claim = [
        ("what", "food"),
        ("amount", "3"),
        ("day-day", "5"),
        ("day-month", "1"),
        ("day-year", "2026"),
        ("receipt", "no"),
    ];
    own.post("/my/money", &claim).await.redirects_to("/my/money");
    let days = |n: i64| SignedDuration::from_hours(24 * n);
    app.forward(days(364));
    assert_eq!(tidy(&app.cx).await.unwrap(), 0);
    app.forward(days(1));
    assert_eq!((tidy(&app.cx).await.unwrap(), tidy(&app.cx).await.unwrap()), (1, 0));
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM sealed_text").await,
        1,
        "whoever takes part is not forgotten"
    );
    go(&app, &world, id, Stage::Withdrawn, "").await;
    app.forward(days(2_191));
    assert_eq!(tidy(&app.cx).await.unwrap(), 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM volunteer_expense").await, 1);
    app.forward(days(1));
    assert_eq!(tidy(&app.cx).await.unwrap(), 1);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM volunteer_expense").await, 0);
}
