//! From the first section to the accepted action plan, as each person; and that nothing leaks before the minute.

use jiff::SignedDuration;
use jiff::civil::{date, time};
use keyline_domain::access::Actor;
use keyline_domain::documents::Document;
use keyline_operations::Refused;
use keyline_operations::improvement::{MakeRecommendation, make_recommendation};
use keyline_operations::report::publication::{self, Payload};
use keyline_operations::report::{
    CloseAccuracy, Publication, SaveSection, SendDraft, SendEmbargoed, SetPublication, close_accuracy,
    publish, save_section, send_draft, send_embargoed, set_publication, write_publication,
};
use keyline_testing::{TestApp, World, tamper};

pub(crate) async fn sql(app: &TestApp, statements: &[String]) {
    let mut tx = app.cx.db.begin().await.expect("a step of the fictional story");
    for statement in statements {
        assert_eq!(tamper(&mut tx, statement.as_str()).await, 1, "{statement}");
    }
    tx.commit().await.expect("a step of the fictional story");
}

/// A fictional inspection whose panel has decided: every indicator has a strength, an area for improvement and level 4.
async fn decided(app: &TestApp) -> World {
    let world = World::planned(app).await;
    let (id, lead) = (world.inspection, world.lead);
    let at = "2026-01-05T10:00:00.000000Z";
    let mut statements = vec![format!("UPDATE inspection SET notified_on = '2026-01-12' WHERE id = '{id}'")];
    let programme =
        app.cx.library.latest("supervision-orders-at-home").expect("a step of the fictional story");
    for (n, indicator) in programme.indicators_evaluated().iter().enumerate() {
        for (kind, body) in
            [("strength", "Fictional strength."), ("area_for_improvement", "Fictional area for improvement.")]
        {
            statements.push(format!(
                "INSERT INTO finding (id, inspection_id, indicator, kind, body, single_kind_reason, written_by,
                   written_at, saved_by, saved_at, version)
                 VALUES ('fin_{n:031x}{k}', '{id}', '{indicator}', '{kind}', '{body}', 'fictional', '{lead}', '{at}',
                   '{lead}', '{at}', 1)",
                k = u8::from(kind == "strength")
            ));
        }
        statements.push(format!(
            "INSERT INTO agreed_grade (inspection_id, indicator, level, reason, dissent, agreed_by, agreed_at, version)
             VALUES ('{id}', '{indicator}', 4, 'fictional', '', '{lead}', '{at}', 1)"
        ));
        statements.push(format!(
            "INSERT INTO panel_decision (inspection_id, indicator, from_level, to_level, reason, decided_by, decided_at)
             VALUES ('{id}', '{indicator}', 4, 4, 'fictional', '{lead}', '{at}')"
        ));
    }
    sql(app, &statements).await;
    world
}

async fn write_all(app: &TestApp, world: &World) {
    let lead = app.actor(world.lead).await;
    let programme =
        app.cx.library.latest("supervision-orders-at-home").expect("a step of the fictional story");
    for section in programme.report.written_sections() {
        let input = SaveSection {
            inspection: world.inspection,
            section: section.key.clone(),
            body: format!("Fictional text of {}. It has two sentences.", section.key),
            version: 0,
            identifies_nobody: false,
        };
        save_section(&app.cx, &lead, input).await.expect("a step of the fictional story");
    }
}

/// The same up to the scheduled publication, at 09:30 on Tuesday 9 June 2026.
async fn scheduled(app: &TestApp) -> World {
    let world = decided(app).await;
    write_all(app, &world).await;
    let (lead, coordinator) = (app.actor(world.lead).await, app.actor(world.coordinator).await);
    let inspection = world.inspection;
    let recommendation = MakeRecommendation {
        inspection,
        indicator: "2.1".into(),
        body: "Fictional advice.".into(),
        identifies_nobody: false,
    };
    make_recommendation(&app.cx, &lead, recommendation).await.expect("a step of the fictional story");
    send_draft(&app.cx, &lead, SendDraft { inspection }).await.expect("a step of the fictional story");
    close_accuracy(&app.cx, &coordinator, CloseAccuracy { inspection })
        .await
        .expect("a step of the fictional story");
    let readers = vec![world.coordinator];
    send_embargoed(&app.cx, &lead, SendEmbargoed { inspection, readers })
        .await
        .expect("a step of the fictional story");
    let minute =
        SetPublication { inspection, day: date(2026, 6, 9), time: time(9, 30, 0, 0), non_working_day: false };
    let at = set_publication(&app.cx, &lead, minute).await.expect("a step of the fictional story");
    assert_eq!(at.to_string(), "2026-06-09T08:30:00Z");
    world
}

fn public_addresses(world: &World) -> Vec<String> {
    ["", "/report.pdf", "/report.json", "/grades.csv"]
        .iter()
        .map(|rest| format!("/reports/{}{rest}", world.reference))
        .collect()
}

#[tokio::test]
async fn nothing_public_names_a_scheduled_report_before_its_minute() {
    let app = TestApp::new().await;
    let world = scheduled(&app).await;
    let anyone = app.anyone();
    app.clock.set("2026-06-09T08:29:59Z".parse().unwrap());
    publication::run(&app.cx, Payload { inspection: world.inspection }).await.unwrap();
    write_publication::run(&app.cx, write_publication::Payload { inspection: world.inspection })
        .await
        .unwrap();
    for address in public_addresses(&world) {
        anyone.get(&address).await.not_found();
    }
    for list in
        ["/", "/reports", "/reports/index.json", "/reports/grades.csv", "/reports/feed.xml", "/sitemap.xml"]
    {
        anyone.get(list).await.ok().hides(&world.reference);
    }
    anyone.get("/").await.ok().says("Strathmarnock").hides("9 June 2026");
    assert!(!app.cx.settings.published.join(&world.reference).exists());

    app.clock.set("2026-06-09T08:30:00Z".parse().unwrap());
    publication::run(&app.cx, Payload { inspection: world.inspection }).await.unwrap();
    anyone.get(&format!("/reports/{}/report.pdf", world.reference)).await;
    write_publication::run(&app.cx, write_publication::Payload { inspection: world.inspection })
        .await
        .unwrap();
    for address in public_addresses(&world) {
        anyone.get(&address).await.ok();
    }
    for list in
        ["/", "/reports", "/reports/index.json", "/reports/grades.csv", "/reports/feed.xml", "/sitemap.xml"]
    {
        assert!(anyone.get(list).await.ok().text().contains(&world.reference), "{list}");
    }
    for file in ["index.html", "report.pdf", "report.json", "grades.csv"] {
        assert!(app.cx.settings.published.join(&world.reference).join(file).is_file(), "{file}");
    }
}

#[tokio::test]
async fn a_report_is_published_once_however_often_the_job_runs() {
    let app = TestApp::new().await;
    let world = scheduled(&app).await;
    app.clock.set("2026-06-09T08:30:00Z".parse().unwrap());
    let first = publish(&app.cx, &Actor::Clock, world.inspection).await.unwrap();
    assert!(matches!(first, Publication::Published(_)));
    app.forward(SignedDuration::from_hours(1));
    assert_eq!(publish(&app.cx, &Actor::Clock, world.inspection).await.unwrap(), Publication::Before);
    let page = app.anyone().get(&format!("/reports/{}", world.reference)).await.ok();
    assert_eq!(page.header("cache-control"), "public, max-age=60");
    assert_eq!(page.header("last-modified"), "Tue, 09 Jun 2026 08:30:00 GMT");
    let page = page
        .says("Joint inspection of services for children and young people: Strathmarnock")
        .says("Good (4)")
        .says("Fictional advice.")
        .says("A fictional area")
        .hides("Under embargo")
        .hides("noindex");
    // From the memory the same page comes again.
    let again = app.anyone().get(&format!("/reports/{}", world.reference)).await.ok();
    assert_eq!(page.header("etag"), again.header("etag"));
    assert_eq!(page.text(), again.text());
    let grant =
        app.cx.grant(&Actor::Clock, world.inspection, keyline_domain::access::Action::SeeReport).await;
    let mut reader = app.cx.read().await.unwrap();
    let plan = keyline_store::improvement::plan(&mut reader, &grant.unwrap()).await.unwrap().unwrap();
    assert_eq!(plan.due_on, date(2026, 7, 21));
}

#[tokio::test]
async fn the_minute_may_be_changed_until_it_has_come_and_the_old_job_does_nothing() {
    let app = TestApp::new().await;
    let world = scheduled(&app).await;
    let lead = app.browser(world.lead).await;
    let to = |day: &'static str, month: &'static str, at: &'static str| {
        [("day-day", day), ("day-month", month), ("day-year", "2026"), ("time", at)]
    };
    let address = world.href("report/publication");
    lead.get(&address).await.ok().says("Set this minute");
    lead.post(&address, &to("1", "1", "09:30")).await.unprocessable().says("still to come");
    lead.post(&address, &to("31", "6", "late")).await.unprocessable().says("Write a time");
    lead.post(&address, &to("13", "6", "09:30")).await.unprocessable().says("Nobody works on this day");
    lead.post(&address, &to("16", "6", "09:30")).await.redirects_to(&world.href("report"));
    app.clock.set("2026-06-09T08:30:00Z".parse().unwrap());
    publication::run(&app.cx, Payload { inspection: world.inspection }).await.unwrap();
    app.anyone().get(&format!("/reports/{}", world.reference)).await.not_found();
    app.clock.set("2026-06-16T08:30:00Z".parse().unwrap());
    // The session of June 9 has ended by itself in the meantime.
    let lead = app.browser(world.lead).await;
    lead.post(&address, &to("17", "6", "09:30")).await.unprocessable().says("has come");
    publication::run(&app.cx, Payload { inspection: world.inspection }).await.unwrap();
    app.anyone().get(&format!("/reports/{}", world.reference)).await.ok();
}

#[tokio::test]
async fn two_editors_of_a_section_are_shown_both_texts() {
    let app = TestApp::new().await;
    let world = decided(&app).await;
    let (lead, depute) = (app.browser(world.lead).await, app.browser(world.depute).await);
    let address = world.href("report/sections/summary");
    lead.get(&address).await.ok().says("Text");
    let home = world.href("report");
    depute.post(&address, &[("body", "Text of the depute."), ("version", "0")]).await.redirects_to(&home);
    let clash = lead.post(&address, &[("body", "Text of the lead."), ("version", "0")]).await.conflict();
    let clash = clash.says("Text of the depute.").says("Text of the lead.");
    assert_eq!(clash.attribute("input[name=version]", "value").as_deref(), Some("1"));
    lead.post(&address, &[("body", "Both."), ("version", "1")]).await.redirects_to(&home);
    lead.post(&address, &[("body", " "), ("version", "2")]).await.unprocessable();
    lead.get(&world.href("report/preview")).await.ok().says("Both.");
    lead.get(&world.href("report/sections/scale")).await.not_found();
    app.browser(world.inspectors[0]).await.get(&address).await.not_found();
}

#[tokio::test]
async fn a_draft_that_could_identify_somebody_does_not_leave() {
    let app = TestApp::new().await;
    let world = decided(&app).await;
    write_all(&app, &world).await;
    let lead = app.actor(world.lead).await;
    let mut input = SaveSection {
        inspection: world.inspection,
        section: "summary".into(),
        body: "Fine. They met at EH99 1ZZ in spring.".into(),
        version: 1,
        identifies_nobody: true,
    };
    let refused = save_section(&app.cx, &lead, input.clone()).await.unwrap_err();
    assert!(
        refused.to_string().contains("body identifier-postcode"),
        "no confirmation lets it in: {refused}"
    );
    // It came in another way: the draft is searched as a whole all the same.
    sql(
        &app,
        &["UPDATE report_section SET body = 'Fine. They met at EH99 1ZZ in spring.' WHERE key = 'summary'"
            .into()],
    )
    .await;
    let refused = send_draft(&app.cx, &lead, SendDraft { inspection: world.inspection }).await.unwrap_err();
    let Refused::NotNow(reasons) = refused else { panic!("{refused}") };
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].key, "report-identifier-postcode");
    assert!(!format!("{reasons:?}").contains("EH99"));
    let browser = app.browser(world.lead).await;
    browser.post(&world.href("report/send-draft"), &[]).await.unprocessable().says("may identify somebody");
    input.body = "Fine. They met in spring.".into();
    save_section(&app.cx, &lead, input).await.unwrap();
    send_draft(&app.cx, &lead, SendDraft { inspection: world.inspection }).await.unwrap();
}

#[tokio::test]
async fn every_text_of_the_last_rooms_is_searched_where_it_is_written() {
    let app = TestApp::new().await;
    let world = decided(&app).await;
    write_all(&app, &world).await;
    let lead = app.browser(world.lead).await;
    let (sure, doubt) = ("Spoke with Mrs Fictional today.", "The desk at 0131 496 0000 answered.");

    let section = world.href("report/sections/summary");
    let page = lead.post(&section, &[("body", sure), ("version", "1")]).await.unprocessable();
    page.says("This looks like the name of a person: Fictional").says(sure);
    let page = lead.post(&section, &[("body", doubt), ("version", "1")]).await.unprocessable();
    let page = page.says("may identify somebody").says(doubt);
    assert_eq!(page.attribute("input[name=identifies_nobody]", "value").as_deref(), Some("yes"));
    let confirmed = [("body", doubt), ("version", "1"), ("identifies_nobody", "yes")];
    lead.post(&section, &confirmed).await.redirects_to(&world.href("report"));

    let new = world.href("improvement/recommendations/new");
    lead.post(&new, &[("indicator", "2.1"), ("body", sure)])
        .await
        .unprocessable()
        .says("name of a person: Fictional");
    lead.post(&new, &[("indicator", "2.1"), ("body", doubt)]).await.unprocessable();
    let confirmed = [("indicator", "2.1"), ("body", doubt), ("identifies_nobody", "yes")];
    lead.post(&new, &confirmed).await.redirects_to(&world.href("improvement"));

    // What was confirmed stands in the draft, and does not hold it up.
    lead.post(&world.href("report/send-draft"), &[]).await.redirects_to(&world.href("report"));
    let coordinator = app.browser(world.coordinator).await;
    let points = world.href("report/points/new");
    let form = coordinator.get(&format!("{points}?section=summary")).await.ok();
    let place = form.attribute("input[name=place]", "value").unwrap();
    let point = |body: &'static str| {
        vec![("section", "summary"), ("place", place.as_str()), ("body", body), ("proposal", "Better.")]
    };
    coordinator.post(&points, &point(sure)).await.unprocessable().says("name of a person: Fictional");
    coordinator.post(&points, &point(doubt)).await.unprocessable().says("I have checked");
    coordinator.post(&points, &point("A number is wrong.")).await.redirects_to(&world.href("report/points"));
    let page = lead.get(&world.href("report/points")).await.ok();
    let answer = page.attribute("a[href*='report/points/pnt_']", "href").unwrap();
    let answered = |text: &'static str| {
        vec![("outcome", "not_accepted"), ("answer", text), ("change_made", ""), ("version", "1")]
    };
    lead.post(&answer, &answered(sure)).await.unprocessable().says("name of a person: Fictional");
    lead.post(&answer, &answered(doubt)).await.unprocessable().says("I have checked");
    lead.post(&answer, &answered("It is right.")).await.redirects_to(&world.href("report/points"));
}

#[tokio::test]
async fn an_action_plan_names_nobody() {
    let app = TestApp::new().await;
    let world = scheduled(&app).await;
    app.clock.set("2026-06-09T08:30:00Z".parse().unwrap());
    publish(&app.cx, &Actor::Clock, world.inspection).await.unwrap();
    let coordinator = app.browser(world.coordinator).await;
    let page = coordinator.get(&world.href("improvement")).await.ok();
    let new = page.attribute("a[href$='/actions']", "href").unwrap();
    let action = |owner: &'static str| {
        vec![
            ("body", "Meet more often."),
            ("owner", owner),
            ("measure", "The desk at 0131 496 0000 counts."),
            ("due_on-day", "1"),
            ("due_on-month", "9"),
            ("due_on-year", "2026"),
        ]
    };
    coordinator.post(&new, &action("Mrs Fictional")).await.unprocessable().says("This looks like the name");
    coordinator.post(&new, &action("Service manager")).await.unprocessable().says("I have checked");
    let mut confirmed = action("Service manager");
    confirmed.push(("identifies_nobody", "yes"));
    coordinator.post(&new, &confirmed).await.redirects_to(&world.href("improvement"));
}

#[tokio::test]
async fn factual_accuracy_and_embargo_as_each_person() {
    let app = TestApp::new().await;
    let world = decided(&app).await;
    let lead = app.browser(world.lead).await;
    let coordinator = app.browser(world.coordinator).await;
    let chief = app.browser(world.chief).await;
    let (report, points) = (world.href("report"), world.href("report/points"));
    lead.post(&world.href("report/send-draft"), &[]).await.unprocessable().says("still empty");
    coordinator.get(&world.href("report/draft")).await.not_found();
    write_all(&app, &world).await;
    coordinator.get(&report).await.ok().hides("Fictional text");
    lead.post(&world.href("report/send-draft"), &[]).await.redirects_to(&report);
    coordinator
        .get(&world.href("report/draft"))
        .await
        .ok()
        .says("Draft - not for publication")
        .says("Fictional text");
    assert_eq!(
        coordinator.get(&world.href("report/draft.pdf")).await.ok().header("content-type"),
        "application/pdf"
    );
    app.browser(world.reader).await.get(&report).await.not_found();
    app.browser(world.stranger).await.get(&report).await.not_found();

    let new = world.href("report/points/new");
    coordinator.get(&new).await.ok().says("Choose the section");
    coordinator.get(&format!("{new}?section=summary")).await.ok().says("It has two sentences.");
    let wrong = [("section", "summary"), ("place", "summary/9"), ("body", ""), ("proposal", "x")];
    coordinator.post(&new, &wrong).await.unprocessable().says("Choose a place in the draft");
    let right = [("section", "summary"), ("place", "summary/2"), ("body", "Wrong."), ("proposal", "Right.")];
    coordinator.post(&new, &right).await.redirects_to(&points);
    let answering = lead.get(&points).await.ok().says("It has two sentences.");
    let links = answering.html();
    let link = scraper::Selector::parse("section a").unwrap();
    let answer = links.select(&link).next().and_then(|a| a.value().attr("href")).unwrap().to_owned();
    lead.post(&answer, &[("outcome", ""), ("answer", "x"), ("version", "1")]).await.unprocessable();
    let accepted = [("outcome", "accepted"), ("answer", "You are right."), ("version", "1")];
    lead.post(&answer, &accepted).await.unprocessable().says("Say what was changed");
    lead.get(&world.href("report/embargo")).await.ok().says("has not closed its round");
    let whole = [accepted[0], accepted[1], accepted[2], ("change_made", "Corrected in the summary.")];
    lead.post(&answer, &whole).await.redirects_to(&points);
    lead.post(&answer, &whole).await.conflict().says("You are right.");
    chief.post(&world.href("report/points/close"), &[]).await.redirects_to(&points);
    coordinator.post(&new, &right).await.unprocessable().says("has closed its round");
    coordinator.get(&points).await.ok().says("Corrected in the summary.");

    let recommend = world.href("improvement/recommendations/new");
    lead.post(&recommend, &[("indicator", "9.9"), ("body", "")]).await.unprocessable();
    let good = [("indicator", "2.1"), ("body", "Fictional advice.")];
    lead.post(&recommend, &good).await.redirects_to(&world.href("improvement"));
    coordinator.get(&world.href("improvement")).await.ok().hides("Fictional advice.");

    let embargo = world.href("report/embargo");
    lead.post(&embargo, &[]).await.unprocessable().says("Choose at least one reader");
    lead.post(&embargo, &[("readers", &world.stranger.to_string())]).await.unprocessable();
    lead.post(&embargo, &[("readers", &world.coordinator.to_string())]).await.redirects_to(&report);
    lead.post(&recommend, &good).await.unprocessable().says("can no longer be changed");
    let embargoed = world.href("report/embargoed");
    coordinator.get(&embargoed).await.ok().says("copy of Fictional coordinator");
    coordinator.get(&world.href("report/embargoed.pdf")).await.ok();
    chief.get(&embargoed).await.not_found();
    chief.get(&report).await.ok().hides("report/embargoed\"");
    let mut reader = app.cx.read().await.unwrap();
    let grant =
        app.cx.grant(&Actor::Console, world.inspection, keyline_domain::access::Action::SeeAudit).await;
    let entries = keyline_store::audit::list(&mut reader, &grant.unwrap(), i64::MAX, 500).await.unwrap();
    let read = |who: keyline_domain::ids::PersonId| {
        entries
            .iter()
            .filter(|(e, _)| e.action == "report.embargoed-read" && e.person == Some(who.to_string()))
            .count()
    };
    assert_eq!((read(world.coordinator), read(world.chief)), (2, 0));
}

#[tokio::test]
async fn the_action_plan_from_the_first_action_to_its_acceptance() {
    let app = TestApp::new().await;
    let world = scheduled(&app).await;
    app.clock.set("2026-06-09T08:30:00Z".parse().unwrap());
    publish(&app.cx, &Actor::Clock, world.inspection).await.unwrap();
    let (coordinator, link) = (app.browser(world.coordinator).await, app.browser(world.link).await);
    let room = world.href("improvement");
    let page = coordinator.get(&room).await.ok().says("due on 21 July 2026").says("Fictional advice.");
    coordinator.post(&world.href("improvement/submit"), &[]).await.conflict().says("has no action yet");
    let add = page.attribute("section a", "href").unwrap();
    coordinator.post(&add, &[("body", "Do it.")]).await.unprocessable();
    let action = [
        ("body", "Fictional action."),
        ("owner", "Head of service"),
        ("measure", "Fewer wait."),
        ("due_on-day", "1"),
        ("due_on-month", "12"),
        ("due_on-year", "2026"),
    ];
    coordinator.post(&add, &action).await.redirects_to(&room);
    link.get(&room).await.ok().hides("Fictional action.");
    link.get(&world.href("improvement/review")).await.ok().says("has not submitted");
    coordinator.post(&world.href("improvement/submit"), &[]).await.redirects_to(&room);
    coordinator.post(&add, &action).await.unprocessable().says("has been submitted");
    link.get(&room).await.ok().says("Fictional action.");
    let review = world.href("improvement/review");
    link.post(&review, &[("outcome", "back")]).await.unprocessable().says("Say why");
    link.post(&review, &[("outcome", "back"), ("review", "Say more.")]).await.redirects_to(&room);
    let back = coordinator.get(&room).await.ok().says("Say more.");
    let change = back.attribute("section a[href*='improvement/actions/']", "href").unwrap();
    let stale = [action.as_slice(), &[("version", "7")]].concat();
    coordinator.post(&change, &stale).await.conflict().says("Fictional action.");
    let fresh = [action.as_slice(), &[("version", "1")]].concat();
    coordinator.post(&change, &fresh).await.redirects_to(&room);
    coordinator.post(&world.href("improvement/submit"), &[]).await.redirects_to(&room);
    link.post(&review, &[("outcome", "accept")]).await.redirects_to(&room);
    coordinator.get(&room).await.ok().says("Accepted");
    app.anyone().get(&format!("/reports/{}", world.reference)).await.ok().hides("Fictional action.");
}

#[tokio::test]
async fn public_pages_answer_and_say_who_we_are() {
    let app = TestApp::new().await;
    let anyone = app.anyone();
    for (path, says) in [
        ("/", "No area is being inspected now"),
        ("/reports", "No report has been published yet"),
        ("/about", "free software"),
        ("/help", "Childline"),
        ("/about/accessibility", "2.2"),
        ("/about/privacy", "no tracking"),
        ("/about/licences", "design-system"),
    ] {
        anyone.get(path).await.ok().says(says).hides("⟦");
    }
    assert!(anyone.get("/robots.txt").await.ok().text().contains("Sitemap: http://keyline.test/sitemap.xml"));
    anyone.get("/reports/no-such-report").await.not_found();
    anyone.get("/reports?area=%00&year=x").await.ok();
}

#[tokio::test]
async fn what_is_published_says_what_was_under_embargo() {
    let app = TestApp::new().await;
    let world = scheduled(&app).await;
    let lead = app.actor(world.lead).await;
    let plain = |d: &Document| d.blocks.clone();
    let embargoed =
        keyline_operations::report::read_embargoed(&app.cx, &lead, world.inspection).await.unwrap();
    app.clock.set("2026-06-09T08:30:00Z".parse().unwrap());
    publish(&app.cx, &Actor::Clock, world.inspection).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let published =
        keyline_store::report::public::edition(&mut reader, world.inspection).await.unwrap().unwrap();
    assert_eq!(plain(&embargoed.document), plain(&published.document));
    assert_eq!(published.document.watermark, None);
    assert_eq!(published.document.faults(), []);
}
