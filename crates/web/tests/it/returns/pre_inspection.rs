//! The pre-inspection return from the empty workbook to the team's decision.

use jiff::SignedDuration;
use keyline_testing::{TestApp, World};
use keyline_workbooks::{FileKind, Limits, read_table};

use super::{csv, send, table, trail, xlsx};

#[tokio::test]
async fn the_empty_return_is_handed_out_and_each_column_explained() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let page = coordinator.get(&world.href("returns/pre-inspection-return")).await.ok();
    let page = page.says("Local reference").says("A whole number from").says("Each value once only");
    assert_eq!(page.attribute("input[type=file]", "name").as_deref(), Some("file"));
    assert_eq!(page.attribute("form[enctype]", "enctype").as_deref(), Some("multipart/form-data"));
    let workbook = coordinator.get(&world.href("returns/empty.xlsx")).await.ok();
    assert!(workbook.header("content-disposition").starts_with("attachment; filename=\""));
    assert_eq!(workbook.header("x-content-type-options"), "nosniff");
    let read = read_table(&workbook.bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    assert_eq!((read.header, read.rows.len()), (table(&app, 0).remove(0), 0));
    let plain = coordinator.get(&world.href("returns/empty.csv")).await.ok();
    let read = read_table(&plain.bytes, FileKind::Csv, &Limits::default()).unwrap();
    assert_eq!(read.header, table(&app, 0).remove(0));
}

#[tokio::test]
async fn a_workbook_is_taken_sent_back_taken_as_csv_and_accepted() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (coordinator, lead) = (app.browser(world.coordinator).await, app.browser(world.lead).await);
    lead.get(&world.href("returns")).await.ok().says("Nothing has been sent yet").says("Awaited");
    let sent = send(&world, &coordinator, "return.xlsx", &xlsx(&table(&app, 7))).await;
    let sent = sent.redirects_to(&world.href("returns/submissions/sub_"));
    let page =
        coordinator.follow(&sent).await.ok().says("The checks found nothing wrong").says("return.xlsx");
    // The partnership knows its own list; what it comes to is for the team.
    let page = page.hides("What the rows come to").hides("S001");
    assert!(page.all("button").iter().all(|b| b != "Accept the return"));
    // While it waits no other can be sent.
    let again = send(&world, &coordinator, "return.xlsx", &xlsx(&table(&app, 7))).await;
    again.unprocessable().says("This has been done already.").hides("type=\"file\"");
    coordinator.get(&world.href("returns/pre-inspection-return")).await.ok().says("A return has been sent.");

    let submission = sent.location().split('?').next().unwrap().to_owned();
    let page = lead.get(&submission).await.ok().says("7 children and young people are listed").hides("S001");
    assert!(!page.all("svg[role=img] title").is_empty());
    assert!(!page.text().contains('⟦'), "{}", page.visible());
    let version = page.attribute("input[name=version]", "value").unwrap();
    let back = format!("{submission}/send-back");
    let none = [("version", version.as_str()), ("reason", " ")];
    lead.post(&back, &none).await.unprocessable().says("Say why");
    let why = [("version", version.as_str()), ("reason", "Fictional: two rows are missing.")];
    lead.post(&back, &why).await.redirects_to(&world.href("returns?done=return-sent-back"));
    let page = coordinator.get(&world.href("returns")).await.ok();
    page.says("Fictional: two rows are missing.").says("Sent back").says("Fictional coordinator");

    app.forward(jiff::SignedDuration::from_mins(1));
    let sent = send(&world, &coordinator, "return.csv", &csv(&table(&app, 9))).await;
    let submission = coordinator.follow(&sent).await.ok().path.split('?').next().unwrap().to_owned();
    let page = lead.get(&submission).await.ok().says("9 children and young people");
    let version = page.attribute("input[name=version]", "value").unwrap();
    lead.post(&format!("{submission}/accept"), &[("version", &version)])
        .await
        .redirects_to(&world.href("returns?done=return-accepted"));
    let page = lead.get(&world.href("returns?done=return-accepted")).await.ok();
    page.says("The sample can be drawn").says("Accepted");
    let done = trail(&app, &world).await;
    for action in ["return.submitted", "return.sent-back", "return.accepted"] {
        assert!(done.iter().any(|d| d == action), "{action} is in {done:?}");
    }
}

#[tokio::test]
async fn rows_are_opened_inside_the_team_alone_and_the_trail_says_so() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let sent = send(&world, &coordinator, "return.csv", &csv(&table(&app, 120))).await;
    let rows = format!("{}/rows", sent.location().split('?').next().unwrap());
    for person in [world.coordinator, world.chief, world.volunteer, world.reader] {
        app.browser(person).await.get(&rows).await.not_found();
    }
    let inspector = app.browser(world.inspectors[0]).await;
    let page = inspector.get(&rows).await.ok().says("120 rows").says("S100").hides("S101");
    let next = page.attribute("a[rel=next]", "href").unwrap();
    inspector.get(&next).await.ok().says("S101").hides("S100");
    inspector.get(&format!("{rows}?page=99999999999999999999")).await.ok().says("S001");
    let opened = trail(&app, &world).await.iter().filter(|d| *d == "return.opened").count();
    assert_eq!(opened, 3);
}

#[tokio::test]
async fn columns_that_look_like_identifiers_are_refused_cell_by_cell_and_nothing_of_them_is_kept() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let beside = |heading: &str, values: [&str; 3]| {
        let mut lines = table(&app, 3);
        for (line, text) in lines.iter_mut().zip([heading].into_iter().chain(values)) {
            line.push(text.to_owned());
        }
        lines
    };
    for (lines, says, secret) in [
        (
            beside("Key worker", ["Morven Madeup", "Ailsa Invented", "Iain Fiction"]),
            "names of people",
            "Morven",
        ),
        (beside("Ref two", ["0101110014", "1", "2"]), "looks like a CHI number", "0101110014"),
        (beside("Note", ["born 01/02/2012", "03/04/2013", "05/06/2014"]), "look like dates", "2012"),
        (beside("Area", ["EH1 2AB", "x", "y"]), "looks like a postcode", "EH1 2AB"),
    ] {
        for (name, content) in [("with Morven.csv", csv(&lines)), ("with Morven.xlsx", xlsx(&lines))] {
            app.forward(SignedDuration::from_secs(1));
            let page = send(&world, &coordinator, name, &content).await.unprocessable();
            let page = page.says(says).says("The return was not taken").hides(secret).hides("⟦");
            assert_eq!(page.all("#problems thead th"), ["Where", "What is wrong", "What to do"]);
            let column = page.all("#problems tbody th");
            let letter = char::from(b'A' + u8::try_from(lines[0].len() - 1).unwrap());
            assert!(column.iter().all(|place| place.starts_with(letter)), "{column:?}");
            // Sent again from the same page.
            assert!(page.attribute("input[type=file]", "name").is_some());
        }
    }
    // The history has them, and shows the problems again to whoever may see returns.
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("returns")).await.ok().says("Not taken").hides("Morven");
    let newest = page.attribute("a[href*='/submissions/']", "href").unwrap();
    let page =
        lead.get(&newest).await.ok().says("Nothing of this file was kept").says("looks like a postcode");
    page.hides("Accept the return").hides("EH1").hides("⟦");
    assert!(
        std::fs::read_dir(app.folder.path().join("documents"))
            .unwrap()
            .all(|entry| { entry.unwrap().path().read_dir().unwrap().next().is_none() })
    );
}

#[tokio::test]
async fn every_problem_of_a_cell_says_what_to_do() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let header = table(&app, 0).remove(0);
    let at = |key: &str| header.iter().position(|h| h == key).expect("a column of the programme");
    let mut lines = table(&app, 6);
    lines[0][at("police-record")] = "Whatever".into();
    lines[0][at("health-record")] = header[at("lead-service")].clone();
    lines[1][at("age-band")] = "ancient".into();
    lines[2][at("months-at-home")] = "-3".into();
    lines[3][at("child-protection-register")] = "perhaps".into();
    lines[4][0] = "S001".into();
    lines[5][0] = String::new();
    lines[6][0] = "S0000000000000000000000000007".into();
    lines[6].push("beside".into());
    let page = send(&world, &coordinator, "return.csv", &csv(&lines)).await.unprocessable();
    let wrong = page.visible();
    for says in [
        "Whole table The column “Police record held” is missing. Add a column with the heading police-record.",
        "B2 “Age band” is none of the allowed values: xxxxxxx Write one of these: 0-4,",
        "D3 “Months at home on the order” is no whole number from 0 to 24: -9",
        "E4 “On the child protection register” is neither yes nor no: xxxxxxx Write yes or no.",
        "A5 “Local reference” has the same value as cell A2.",
        "A6 “Local reference” is empty. Fill in this cell.",
        "A7 “Local reference” is too long. Shorten it to 20 characters.",
        "L7 This cell stands in a column without a heading.",
        "This heading is none of those that are asked for.",
        "is there twice. Keep one of the two.",
    ] {
        assert!(wrong.contains(says), "{says} is in {wrong}");
    }
    page.hides("⟦").hides("ancient").hides("perhaps");
    let one = vec![header];
    send(&world, &coordinator, "return.csv", &csv(&one))
        .await
        .unprocessable()
        .says("no row below")
        .hides("⟦");
}

#[tokio::test]
async fn of_two_who_decide_at_once_the_second_sees_both_texts() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let sent = send(&world, &coordinator, "return.csv", &csv(&table(&app, 5))).await;
    let submission = sent.location().split('?').next().unwrap().to_owned();
    let (lead, officer) = (app.browser(world.lead).await, app.browser(world.officer).await);
    let seen = lead.get(&submission).await.ok().attribute("input[name=version]", "value").unwrap();
    let back = format!("{submission}/send-back");
    let mine = [("version", seen.as_str()), ("reason", "Fictional words of the officer.")];
    officer.post(&back, &mine).await.redirects_to(&world.href("returns"));
    let theirs = [("version", seen.as_str()), ("reason", "Fictional words of the lead.")];
    let both = lead.post(&back, &theirs).await.conflict();
    both.says("Fictional support-officer was quicker")
        .says("of the officer.")
        .says("of the lead.")
        .hides("⟦");
    let accept = lead.post(&format!("{submission}/accept"), &[("version", &seen)]).await.conflict();
    accept.says("Now it stands so: Sent back");
    // Nobody decides without having looked.
    let sent = send(&world, &coordinator, "return.csv", &csv(&table(&app, 5))).await;
    let submission = sent.location().split('?').next().unwrap().to_owned();
    lead.post(&format!("{submission}/accept"), &[]).await.conflict();
    lead.get(&world.href("returns")).await.ok().says("Waits for the team");
}

#[tokio::test]
async fn each_role_gets_what_is_its_own_and_other_inspections_are_not_found() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let coordinator = app.browser(world.coordinator).await;
    let sent = send(&world, &coordinator, "return.csv", &csv(&table(&app, 5))).await;
    let submission = sent.location().split('?').next().unwrap().to_owned();
    let decides =
        |page: &keyline_testing::Answer| page.all("button").iter().any(|b| b == "Accept the return");
    for person in [world.lead, world.depute, world.officer] {
        assert!(decides(&app.browser(person).await.get(&submission).await.ok()));
    }
    for person in [world.inspectors[0], world.manager, world.chief, world.coordinator] {
        let browser = app.browser(person).await;
        assert!(!decides(&browser.get(&submission).await.ok()));
        browser.post(&format!("{submission}/accept"), &[("version", "1")]).await.not_found();
    }
    // The chief officer sees and does not act.
    let chief = app.browser(world.chief).await;
    chief.get(&world.href("returns")).await.ok().says("Returns that were sent").hides("Ask for one more");
    let page = chief.get(&world.href("returns/pre-inspection-return")).await.ok();
    page.says("The inspection coordinator of the partnership sends this return.").hides("type=\"file\"");
    send(&world, &chief, "return.csv", &csv(&table(&app, 5))).await.not_found();
    for person in
        [world.volunteer, world.adviser, world.chair, world.reader, world.participation, world.stranger]
    {
        let browser = app.browser(person).await;
        for path in [world.href("returns"), world.href("returns/empty.csv"), submission.clone()] {
            browser.get(&path).await.not_found();
        }
    }
    // A submission of one inspection under the address of another.
    let id = submission.rsplit('/').next().unwrap();
    let elsewhere = app.browser(other.lead).await;
    for rest in ["", "/rows"] {
        elsewhere.get(&other.href(&format!("returns/submissions/{id}{rest}"))).await.not_found();
    }
    for verb in ["accept", "send-back"] {
        let path = other.href(&format!("returns/submissions/{id}/{verb}"));
        elsewhere.post(&path, &[("version", "1"), ("reason", "Fictional.")]).await.not_found();
    }
    elsewhere.get(&submission).await.not_found();
}

#[tokio::test]
async fn before_the_notification_the_page_says_what_it_waits_for() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let page = coordinator.get(&world.href("returns")).await.ok();
    page.says("The notification has not been sent.").says("No documents have been asked for");
    let page = coordinator.get(&world.href("returns/pre-inspection-return")).await.ok();
    page.says("The return cannot be sent now").hides("type=\"file\"");
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("returns")).await.ok().says("Documents cannot be asked for yet");
    lead.get(&world.href("returns/requests/new")).await.ok().says("Documents cannot be asked for yet");
    send(&world, &coordinator, "return.csv", &csv(&table(&app, 5))).await.unprocessable();
}
