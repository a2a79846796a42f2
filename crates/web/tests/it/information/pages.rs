//! The pages of a programme: read by everybody, written by methodology officers.

use axum::http::StatusCode;
use keyline_domain::access::{Actor, Duty, ServiceAction, duty_permits};
use keyline_domain::information::PageText;
use keyline_operations::information::{SavePage, save_page};
use keyline_testing::{PROGRAMME, TestApp, World, number};
use keyline_web::frame::Gate;

use super::on_duty;

const PAGE: &str = "/information/pages/supervision-orders-at-home/children/about";
const PUBLIC: &str = "/programmes/supervision-orders-at-home/children/about";

fn save<'a>(version: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    written(version, ("About", "Who we are."), body, "save")
}

fn written<'a>(
    version: &'a str,
    (title, summary): (&'a str, &'a str),
    body: &'a str,
    act: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![("version", version), ("title", title), ("summary", summary), ("body", body), ("do", act)]
}

#[tokio::test]
async fn everybody_reads_every_page_and_what_the_programme_knows_is_filled_in() {
    let app = TestApp::new().await;
    let anyone = app.anyone();
    anyone.get("/").await.ok().says("Who we are and what happens when");
    anyone.get("/programmes").await.ok().says("Children and young people").says("Inspection coordinators");
    let home =
        anyone.get(&format!("/programmes/{PROGRAMME}")).await.ok().says("Who are you?").says("Background");
    assert_eq!(home.all(".kl_card").len(), 5);
    let mut pages = 0;
    let programme = app.cx.library.latest(PROGRAMME).unwrap();
    for page in &programme.information.pages {
        let audience = format!("/programmes/{PROGRAMME}/{}", page.audience);
        anyone.get(&audience).await.ok().says(&page.text.title).says(&page.text.summary);
        let answer = anyone.get(&format!("{audience}/{}", page.key)).await.ok();
        // Writing to the inspection and help are in reach of each page.
        assert!(answer.attributes("main a", "href").iter().any(|h| h == "/tell-us"), "{}", page.name());
        let answer = answer
            .says("0800 1111")
            .says("Last changed on 27 November 2026")
            .says("It is not a text of the scrutiny bodies");
        assert!(answer.attribute(".kl_document", "lang").is_some());
        pages += 1;
    }
    assert!(pages >= 20);
    let when = anyone.get(&format!("/programmes/{PROGRAMME}/children/what-happens-when")).await.ok();
    // The weeks are those of the timeline; the words are those for children.
    let when = when.says("takes 21 weeks").says("Weeks 4 to 8: You can answer.").says("Week 21: Our report.");
    assert_eq!(when.all(".kl_figure svg title").len(), 1);
    let when = anyone.get(&format!("/programmes/{PROGRAMME}/coordinators/what-happens-when")).await.ok();
    when.says("Week 3: Pre-inspection return.").says("After week 21: Follow-up after the inspection.");
    let judge = anyone.get(&format!("/programmes/{PROGRAMME}/background/how-we-judge")).await.ok();
    judge
        .says("9.2 Leadership of strategy and direction")
        .says("6 Excellent")
        .says("Supported to live at home:");
    // What no published source confirms is marked, wherever it comes from.
    let rights = anyone.get(&format!("/programmes/{PROGRAMME}/background/rights")).await.ok();
    rights.says("Article 12: Being heard (not confirmed by a published source)");
    let asked = anyone.get(&format!("/programmes/{PROGRAMME}/coordinators/what-we-ask")).await.ok();
    asked
        .says("Age band (not confirmed by a published source)")
        .says("Plan for keeping the Promise (not confirmed");
    for gone in ["/programmes/none", "/programmes/none/children/about"] {
        anyone.get(gone).await.not_found();
    }
    anyone.get(&format!("/programmes/{PROGRAMME}/children/none")).await.not_found();
    assert!(anyone.get("/sitemap.xml").await.ok().text().contains(PUBLIC));
    // In Gaelic the frame changes; the text says that it is English.
    anyone.get("/language/gd").await;
    let page = anyone.get(PUBLIC).await.ok();
    assert_eq!(page.attribute("html", "lang").as_deref(), Some("gd"));
    assert_eq!(page.attribute(".kl_document", "lang").as_deref(), Some("en-GB"));
}

#[tokio::test]
async fn families_can_leave_in_a_hurry_and_no_script_is_needed() {
    let app = TestApp::new().await;
    let anyone = app.anyone();
    assert_eq!(anyone.get(PUBLIC).await.ok().all("a[data-exit]").len(), 1);
    let staff = anyone.get(&format!("/programmes/{PROGRAMME}/staff/about")).await.ok();
    assert!(staff.all("a[data-exit]").is_empty());
}

#[tokio::test]
async fn an_officer_looks_saves_and_publishes_and_the_public_sees_it_then_only() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    let anyone = app.anyone();
    officer.get("/start").await.ok().says("Pages for the public");
    officer.get("/information").await.ok().says("What is going on?").says("from the files");
    let form = officer.get(PAGE).await.ok().says("How hard it is to read").says("Grade (Flesch-Kincaid)");
    assert!(form.all("textarea").iter().any(|t| t.contains("We are inspectors.")));
    let new = "## New\n\nWe come to see you. <b>No</b> script: <script>alert(1)</script>\n\n{help}\n";
    let look = officer.post(PAGE, &written("0", ("About", "Who we are."), new, "look")).await.ok();
    let look = look.says("not saved yet").says("We come to see you.").says("within grade 5");
    assert!(
        look.all(".kl_document script").is_empty() && look.all(".kl_document b").is_empty(),
        "HTML stays text"
    );
    assert!(look.all("textarea").iter().any(|t| t.contains("We come to see you.")), "what was typed stays");
    assert_eq!(
        number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM information_version").await,
        0
    );
    // What is wrong stands at the field, with what was typed.
    for (body, says) in [
        ("", "Fill this in"),
        ("Call {nobody}.", "stands for nothing"),
        ("See {scale} here.", "needs a line of its own"),
        ("# One\n\n### Three", "skips a level"),
    ] {
        officer.post(PAGE, &save("0", body)).await.unprocessable().says(says);
    }
    officer.post(PAGE, &save("0", new)).await.redirects_to(PAGE);
    officer.post(PAGE, &save("1", new)).await.redirects_to(PAGE);
    assert_eq!(
        number(&mut app.cx.read().await.unwrap(), "SELECT COUNT(*) FROM information_version").await,
        1
    );
    anyone.get(PUBLIC).await.ok().hides("We come to see you.").says("We are inspectors.");
    officer.get("/information").await.ok().says("saved, not public yet");
    let confirm = officer.get(&format!("{PAGE}/publish")).await.ok().says("From the moment you publish");
    assert!(confirm.all("mark").iter().any(|m| m.contains("come")), "what changes is marked");
    let publish = format!("{PAGE}/publish");
    officer.post(&publish, &[("version", "1"), ("note", "")]).await.unprocessable().says("Fill this in");
    let done = officer.post(&publish, &[("version", "1"), ("note", "Shorter")]).await.redirects_to(PAGE);
    officer.follow(&done).await.ok().says("The text is public").says("Shorter");
    let page =
        anyone.get(PUBLIC).await.ok().says("We come to see you.").says("Last changed on 5 January 2026");
    page.hides("not a text of the scrutiny bodies");
    officer
        .post(&publish, &[("version", "1"), ("note", "Again")])
        .await
        .unprocessable()
        .says("public already");
    officer.get(&publish).await.ok().says("public already");
    let audit = keyline_testing::texts(
        &mut app.cx.read().await.unwrap(),
        "SELECT action FROM audit_entry WHERE action LIKE 'information.%' ORDER BY sequence",
    )
    .await;
    assert_eq!(audit, ["information.saved", "information.published"]);
}

#[tokio::test]
async fn what_is_too_hard_to_read_is_published_with_open_eyes_only() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    let hard = "Interdisciplinary accountability arrangements necessitate comprehensive documentation of organisational responsibilities.\n";
    officer.post(PAGE, &save("0", hard)).await.redirects_to(PAGE);
    let publish = format!("{PAGE}/publish");
    officer.get(&publish).await.ok().says("harder than grade 5");
    officer
        .post(&publish, &[("version", "1"), ("note", "n")])
        .await
        .unprocessable()
        .says("easier than grade 5");
    let all = [("version", "1"), ("note", "n"), ("although_hard", "yes")];
    officer.post(&publish, &all).await.redirects_to(PAGE);
}

#[tokio::test]
async fn two_officers_lose_nothing_and_an_earlier_text_comes_back() {
    let app = TestApp::new().await;
    let one = app.browser(on_duty(&app, "one", Duty::MethodologyOfficer).await).await;
    let two = app.browser(on_duty(&app, "two", Duty::MethodologyOfficer).await).await;
    one.post(PAGE, &save("0", "The first text.")).await.redirects_to(PAGE);
    let both = two.post(PAGE, &save("0", "The second text.")).await.conflict();
    let both = both
        .says("Fictional one saved while you were writing")
        .says("The first text.")
        .says("The second text.");
    assert_eq!(both.attribute("main form input[name=version]", "value").as_deref(), Some("1"));
    two.post(PAGE, &save("1", "Both texts.")).await.redirects_to(PAGE);
    // What the first means to publish is not what stands: it is read again first.
    let publish = format!("{PAGE}/publish");
    one.post(&publish, &[("version", "1"), ("note", "n")])
        .await
        .unprocessable()
        .says("Fictional two saved in the meantime");
    let list = one
        .get(&format!("{PAGE}/versions"))
        .await
        .ok()
        .says("Version 2")
        .says("Version 1")
        .says("Fictional two");
    list.says("from the files of the programme");
    one.get(&format!("{PAGE}/versions/1")).await.ok().says("The first text.").says("Take version 1 up again");
    one.post(&format!("{PAGE}/versions/1"), &[("version", "1")])
        .await
        .redirects_to(&format!("{PAGE}/versions"));
    one.post(&format!("{PAGE}/versions/1"), &[("version", "2")]).await.redirects_to(PAGE);
    one.get(PAGE).await.ok().says("version 3, saved by Fictional one");
    one.get(&format!("{PAGE}/versions")).await.ok().says("taken up again from version 1");
    one.post(&format!("{PAGE}/versions/0"), &[("version", "3")]).await.redirects_to(PAGE);
    assert!(one.get(PAGE).await.ok().all("textarea").iter().any(|t| t.contains("We are inspectors.")));
    one.post(&format!("{PAGE}/versions/9"), &[("version", "4")]).await.not_found();
    one.get(&format!("{PAGE}/versions/9")).await.not_found();
    // A number that never was.
    one.post(PAGE.replace("children/about", "staff/about").as_str(), &save("7", "x")).await.not_found();
}

#[tokio::test]
async fn title_and_summary_are_written_with_the_text_and_public_with_it() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    let anyone = app.anyone();
    let (audience, other) = (PUBLIC.trim_end_matches("/about"), PUBLIC.replace("about", "your-rights"));
    let before = app.cx.library.latest(PROGRAMME).unwrap().information.page("children", "about").unwrap();
    let file = before.text.clone();
    // What is wrong stands at its field, with what was typed.
    let wrong = officer.post(PAGE, &written("0", ("", "In {weeks} weeks"), "Words.", "save")).await;
    let wrong = wrong.unprocessable().says("Fill this in").says("curly bracket");
    assert_eq!(wrong.attribute("#title", "aria-invalid").as_deref(), Some("true"));
    let (title, summary) = ("Who comes to see you", "Two or three of us, and why.");
    officer.post(PAGE, &written("0", (title, summary), "Words.", "save")).await.redirects_to(PAGE);
    officer.get("/information").await.ok().says(title);
    for address in [PUBLIC, audience, &other] {
        anyone.get(address).await.ok().hides(title);
    }
    let both = officer.post(PAGE, &written("0", ("Another", summary), "Words.", "save")).await.conflict();
    both.says(title).says("Another");
    let confirm = officer.get(&format!("{PAGE}/publish")).await.ok().says(title).says(summary);
    assert!(confirm.all("mark").iter().any(|m| m.contains("comes")), "a changed title is marked");
    officer.post(&format!("{PAGE}/publish"), &[("version", "1"), ("note", "n")]).await.redirects_to(PAGE);
    anyone.get(audience).await.ok().says(title).says(summary).hides(&file.summary);
    anyone.get(&other).await.ok().says(title);
    let page = anyone.get(PUBLIC).await.ok();
    assert_eq!(page.attribute("meta[name=description]", "content").as_deref(), Some(summary));
    assert!(page.all("h1")[0].contains(title));
    // A version from before titles could be written has those of the file.
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_testing::tamper(&mut tx, "UPDATE information_version SET title = NULL, summary = NULL").await;
    tx.commit().await.unwrap();
    anyone.get(audience).await.ok().says(&file.title).says(&file.summary);
    anyone.get(PUBLIC).await.ok().says("Words.").says(&file.title);
    officer.get(PAGE).await.ok().says(&file.title);
}

#[tokio::test]
async fn a_file_that_changes_under_an_edit_is_said() {
    let app = TestApp::new().await;
    let officer = on_duty(&app, "officer", Duty::MethodologyOfficer).await;
    let actor = app.actor(officer).await;
    let input = SavePage {
        programme: PROGRAMME.into(),
        audience: "children".into(),
        page: "about".into(),
        text: PageText { title: "About".into(), summary: "Who we are.".into(), body: "Another text.".into() },
        version: 0,
    };
    save_page(&app.cx, &actor, input.clone()).await.unwrap();
    let browser = app.browser(officer).await;
    browser.get(PAGE).await.ok().hides("was changed after this one");
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_testing::tamper(&mut tx, "UPDATE information_version SET base = 'of another day'").await;
    tx.commit().await.unwrap();
    browser.get(PAGE).await.ok().says("was changed after this one");
    browser.get("/information").await.ok().says("file changed since");
    save_page(&app.cx, &Actor::Console, input).await.unwrap_err();
}

#[tokio::test]
async fn each_duty_passes_its_gates_and_nobody_else_does() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let mut browsers = vec![
        (None, app.browser(world.lead).await),
        (None, app.browser(world.administrator).await),
        (None, app.browser(world.coordinator).await),
    ];
    for duty in Duty::ALL {
        browsers.push((Some(*duty), app.browser(on_duty(&app, duty.word(), *duty).await).await));
    }
    let mut gates = 0;
    for spec in app.routes() {
        let Gate::Service(action) = spec.gate else { continue };
        gates += 1;
        let path = spec.path.replace("{programme}", PROGRAMME).replace("{audience}", "children");
        let path = path.replace("{page}", "about").replace("{number}", "0");
        let path = path.replace("{news}", &format!("new_{:032x}", 7));
        for (duty, browser) in &browsers {
            let answer = browser.send(spec.method.clone(), &path, None, Vec::new()).await;
            if !duty.is_some_and(|duty| duty_permits(duty, action)) {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{duty:?} passes {spec:?}");
            } else if !path.contains("new_0") && !path.contains('{') {
                assert_ne!(answer.status, StatusCode::NOT_FOUND, "{duty:?} is kept out of {spec:?}");
                assert!(!answer.status.is_server_error(), "{duty:?} at {spec:?}");
            }
        }
    }
    assert!(gates >= 14);
    // Communications sees the text and no form for it.
    let communications = &browsers.iter().find(|(d, _)| *d == Some(Duty::Communications)).unwrap().1;
    assert!(communications.get(PAGE).await.ok().all("textarea").is_empty());
    assert!(!duty_permits(Duty::Communications, ServiceAction::EditPages));
}

#[tokio::test]
async fn an_administrator_gives_and_takes_duties_and_writes_nothing_by_that() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let administrator = app.browser(world.administrator).await;
    let officer = keyline_testing::person(&app, "officer", false).await;
    let browser = app.browser(officer).await;
    administrator.get("/information").await.not_found();
    administrator.get("/accounts").await.ok().says("Who does what for the service");
    administrator.get("/accounts/duties").await.ok().says("Nobody is named yet");
    let id = officer.to_string();
    administrator
        .post("/accounts/duties", &[("person", &id), ("given", "yes")])
        .await
        .unprocessable()
        .says("Choose one");
    let give = [("person", id.as_str()), ("duty", "methodology-officer"), ("given", "yes")];
    browser.get("/information").await.not_found();
    administrator.post("/accounts/duties", &give).await.redirects_to("/accounts/duties");
    administrator.get("/accounts/duties").await.ok().says("Fictional officer");
    browser.get("/information").await.ok();
    browser.post("/accounts/duties", &give).await.not_found();
    let take = [("person", id.as_str()), ("duty", "methodology-officer"), ("given", "no")];
    administrator.post("/accounts/duties", &take).await.redirects_to("/accounts/duties");
    browser.get("/information").await.not_found();
}

#[tokio::test]
async fn a_table_stays_a_table_and_what_would_vanish_is_refused_with_its_address() {
    let app = TestApp::new().await;
    let officer = app.browser(on_duty(&app, "officer", Duty::MethodologyOfficer).await).await;
    let edit = format!("/information/pages/{PROGRAMME}/children/about");
    let send = async |act: &'static str, body: &'static str| {
        officer.post(&edit, &written("0", ("About", "Who we are."), body, act)).await
    };
    for (body, says) in [
        (
            "We come. ![a cat](https://a.test/cat.png)",
            "Pictures cannot stand in these texts: https://a.test/cat.png",
        ),
        ("We [come](javascript:alert(1)).", "This one would lead nowhere: javascript:alert(1)"),
        ("We [come](/tell-us).", "This one would lead nowhere: /tell-us"),
        ("| A |\n| --- |\n| [b](https://b.test) |", "A link cannot stand in a table: https://b.test"),
    ] {
        send("save", body).await.unprocessable().says(says);
    }
    let table = "We come to see you.\n\n## When\n\n| Week | What |\n| --- | --- |\n| 1 | We write |";
    let shown = send("look", table).await.ok();
    assert!(shown.text().contains("<caption>When</caption>"), "{}", shown.text());
    send("save", table).await.redirects_to(&edit);
}

#[tokio::test]
async fn a_programmes_page_is_called_after_it_and_the_public_footer_leads_to_volunteering() {
    let app = TestApp::new().await;
    let page = app.anyone().get(&format!("/programmes/{PROGRAMME}")).await.ok();
    page.hides("This programme");
    let front = app.anyone().get("/").await.ok().text();
    assert!(front.contains("href=\"/volunteer\"") && front.contains("href=\"/you-said\""));
}
