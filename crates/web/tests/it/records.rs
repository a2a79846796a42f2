//! The sample and the readings through the browser, as each role: drawn once and checked, replaced, read, compared.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

use keyline_domain::access::Action;
use keyline_domain::ids::PersonId;
use keyline_domain::programmes::{ColumnKind, ReturnColumn};
use keyline_operations::records::{SaveReading, StartReading, save_reading, start_reading};
use keyline_operations::returns::{DecideReturn, SubmitReturn, accept_return, submit_return};
use keyline_store::records::{Record, sample};
use keyline_testing::{Browser, PROGRAMME, TestApp, World, tamper};

/// A return as the programme asks for it, with this many made-up children: S001, S002 and so on.
fn table(columns: &[ReturnColumn], children: usize) -> Vec<Vec<String>> {
    let value = |column: &ReturnColumn, n: usize| match &column.kind {
        ColumnKind::Text { .. } => format!("S{n:03}"),
        ColumnKind::WholeNumber { least, .. } => least.to_string(),
        ColumnKind::Choice { values } => values[n % values.len()].value.clone(),
        ColumnKind::YesNo => "yes".to_owned(),
    };
    let mut lines = vec![columns.iter().map(|c| c.title.clone()).collect::<Vec<_>>()];
    lines.extend((1..=children).map(|n| columns.iter().map(|c| value(c, n)).collect()));
    lines
}

/// A world whose return of this many children has been accepted.
async fn returned(app: &TestApp, children: usize) -> World {
    let world = World::notified(app).await;
    let programme = app.cx.library.latest(PROGRAMME).unwrap();
    let lines = table(&programme.pre_inspection_return.columns, children);
    let bytes = keyline_workbooks::write_csv(lines.iter().map(Vec::as_slice), true);
    let input = SubmitReturn { inspection: world.inspection, file_name: "return.csv".into(), bytes };
    let sent = submit_return(&app.cx, &app.actor(world.coordinator).await, input).await.unwrap();
    assert!(sent.problems.is_empty(), "{:?}", sent.problems);
    let decision = DecideReturn {
        inspection: world.inspection,
        submission: sent.submission,
        reason: String::new(),
        version: None,
    };
    accept_return(&app.cx, &app.actor(world.lead).await, decision).await.unwrap();
    world
}

/// The same with a sample drawn by the lead.
async fn sampled(app: &TestApp, children: usize, number: usize, reserves: usize) -> World {
    let world = returned(app, children).await;
    let (number, reserves) = (number.to_string(), reserves.to_string());
    let form = [("by", "number"), ("number", number.as_str()), ("reserves", reserves.as_str())];
    let lead = app.browser(world.lead).await;
    lead.post(&world.href("records/draw"), &form).await.redirects_to(&world.href("records/sample"));
    world
}

async fn drawn(app: &TestApp, world: &World) -> Vec<Record> {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeSample).await.unwrap();
    sample(&mut app.cx.read().await.unwrap(), &grant).await.unwrap().unwrap().1
}

const FILLED: &[(&str, &str)] = &[
    ("chronology", "up-to-date"),
    ("assessment", "yes"),
    ("assessment-quality", "good"),
    ("plan", "yes"),
    ("plan-quality", "adequate"),
    ("reviewed", "partly"),
    ("views", "heard"),
    ("parents-involved", "yes"),
    ("difference", "some-improvement"),
    ("why", "The plan was followed up in every meeting."),
];

fn with<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FILLED.iter().filter(|(k, _)| !change.iter().any(|(c, _)| c == k)).copied();
    kept.chain(change.iter().copied()).filter(|(_, v)| !v.is_empty()).collect()
}

/// Begins a reading in the browser; gives its address.
async fn begun(browser: &Browser, world: &World, label: &str) -> String {
    let start = world.href("records/readings");
    let answer = browser.post(&start, &[("label", label)]).await;
    answer.redirects_to(&format!("{start}/rea")).location()
}

/// A finished reading without a page.
async fn read(app: &TestApp, world: &World, by: PersonId, label: &str, change: &[(&str, &str)]) {
    let actor = app.actor(by).await;
    let inspection = world.inspection;
    let start = StartReading { inspection, label: label.to_owned() };
    let reading = start_reading(&app.cx, &actor, start).await.unwrap();
    let typed = with(change).into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let save = SaveReading { inspection, reading, typed, finish: true, version: 1 };
    save_reading(&app.cx, &actor, save).await.unwrap().unwrap();
}

#[tokio::test]
async fn nothing_is_offered_before_the_return_is_accepted() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let lead = app.browser(world.lead).await;
    for page in ["records", "records/sample", "records/draw"] {
        let page = lead.get(&world.href(page)).await.ok().says("The sample cannot be drawn yet");
        page.says("The pre-inspection return has not been accepted").hides("formmethod");
    }
    let form = [("by", "number"), ("number", "3"), ("reserves", "1")];
    let refused = lead.post(&world.href("records/draw"), &form).await.unprocessable();
    refused.says("The pre-inspection return has not been accepted");
    lead.get(&world.href("records/replace")).await.ok().says("The sample has not been drawn");
    lead.get(&world.href("records/team")).await.ok().says("Nothing has been read yet");
    lead.get(&world.href("records/team/results")).await.ok().says("No record has been read yet");
    lead.get(&world.href("records/sample.csv")).await.not_found();
    let reader = app.browser(world.reader).await;
    reader.get(&world.href("records/readings")).await.ok().says("The sample has not been drawn");
    let early = reader.post(&world.href("records/readings"), &[("label", "S001")]).await.unprocessable();
    early.says("The sample has not been drawn");
}

#[tokio::test]
async fn a_precision_is_shown_as_a_number_before_the_draw() {
    let app = TestApp::new().await;
    let world = returned(&app, 40).await;
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("records/draw")).await.ok().says("has 40 records");
    assert_eq!(page.attribute("[name=by][checked]", "value").as_deref(), Some("precision"));
    // 95 %, 10 points: 96.04 ÷ (1 + 95.04 ÷ 40) = 28.4
    let shown = "?by=precision&confidence=95&margin=10&number=&reserves=7";
    let page = lead.get(&world.href(&format!("records/draw{shown}"))).await.ok();
    let page = page.says("29 of 40 records are read").says("Nothing has been drawn yet");
    assert_eq!(page.attribute("#margin", "value").as_deref(), Some("10"));
    assert_eq!(page.attribute("#reserves", "value").as_deref(), Some("7"), "what was typed is kept");
    let wrong = lead.get(&world.href("records/draw?by=precision&confidence=95&margin=ten")).await;
    let wrong = wrong.unprocessable().says("Write whole percentage points from 1 to 30");
    assert_eq!(wrong.attribute("#margin", "value").as_deref(), Some("ten"));
    let many = lead.get(&world.href("records/draw?by=number&number=41")).await.unprocessable();
    many.says("Write a number from 1 to 40");
    let page = lead.get(&world.href("records/draw?by=number&number=12")).await.ok();
    page.says("12 of 40 records are read");
    lead.get(&world.href("records")).await.ok().says("can draw the sample now");

    let odd = [("by", "precision"), ("confidence", "93"), ("margin", "10"), ("reserves", "1")];
    lead.post(&world.href("records/draw"), &odd).await.unprocessable().says("Choose one");
    let reserves = [("by", "number"), ("number", "5"), ("reserves", "many")];
    let refused = lead.post(&world.href("records/draw"), &reserves).await.unprocessable();
    assert_eq!(refused.says("Write a whole number").attribute("#number", "value").as_deref(), Some("5"));
    let reserves = [("by", "number"), ("number", "5"), ("reserves", "201")];
    lead.post(&world.href("records/draw"), &reserves).await.unprocessable().says("from 0 to 200");
    lead.post(&world.href("records/draw"), &[]).await.unprocessable().says("Choose one");

    let form = [("by", "precision"), ("confidence", "95"), ("margin", "10"), ("reserves", "7")];
    let done = lead.post(&world.href("records/draw"), &form).await;
    let page = lead.follow(&done.redirects_to(&world.href("records/sample"))).await.ok();
    page.says("The sample is drawn").says("95% sure within 10 percentage points").says("7 left of 7");
    let all = drawn(&app, &world).await;
    assert_eq!((all.len(), all.iter().filter(|r| r.in_use).count()), (36, 29));
}

#[tokio::test]
async fn the_sample_is_drawn_once_and_comes_out_of_its_seed_again() {
    let app = TestApp::new().await;
    let world = sampled(&app, 30, 6, 2).await;
    let lead = app.browser(world.lead).await;
    let all = drawn(&app, &world).await;
    let page = lead.get(&world.href("records/sample")).await.ok().says("Checked").says("Fictional lead");
    let page = page.says("chacha20-fisher-yates-1").says("A number was chosen").says("2 left of 2");
    let labels: Vec<String> = all.iter().map(|r| r.label.clone()).collect();
    assert_eq!(page.all("tbody th"), labels, "in the order of drawing");
    assert_eq!(page.all(".kl_code").last().unwrap().len(), 64, "the seed");

    let form = [("by", "number"), ("number", "6"), ("reserves", "2")];
    lead.post(&world.href("records/draw"), &form).await.unprocessable().says("done already");
    lead.get(&world.href("records/draw")).await.ok().says("It is drawn once").hides("formmethod");
    assert_eq!(drawn(&app, &world).await, all);
    lead.get(&world.href("records")).await.ok().says("0 of 6");

    let mut tx = app.cx.db.begin().await.unwrap();
    tamper(&mut tx, "UPDATE sample_record SET label = 'S999' WHERE position = 1").await;
    tx.commit().await.unwrap();
    let page = lead.get(&world.href("records/sample")).await.ok();
    page.says("do not come out of the seed").hides("Checked</span>");
    let mut tx = app.cx.db.begin().await.unwrap();
    tamper(&mut tx, "DELETE FROM cohort_child").await;
    tx.commit().await.unwrap();
    lead.get(&world.href("records/sample")).await.ok().says("no longer kept");
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_replaced_by_the_next_of_the_reserve() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let lead = app.browser(world.lead).await;
    let all = drawn(&app, &world).await;
    let (out, kept, reserve) = (all[0].label.as_str(), all[1].label.as_str(), all[3].label.as_str());
    let replace = world.href("records/replace");
    let page = lead.get(&format!("{replace}?label={out}")).await.ok();
    assert_eq!(page.attribute("option[selected]", "value").as_deref(), Some(out));
    let refused = lead.post(&replace, &[("label", out), ("reason", " ")]).await.unprocessable();
    refused.says("Say why");
    let strange = lead.post(&replace, &[("label", reserve), ("reason", "Kept as typed")]).await;
    strange.unprocessable().says("not in the sample").says("Kept as typed");
    read(&app, &world, world.inspectors[0], kept, &[]).await;
    let read_already = lead.post(&replace, &[("label", kept), ("reason", "Too late")]).await;
    read_already.unprocessable().says("has been read already");
    app.browser(world.inspectors[0])
        .await
        .post(&replace, &[("label", out), ("reason", "x")])
        .await
        .not_found();
    app.browser(world.coordinator).await.get(&replace).await.not_found();

    let reader = app.browser(world.reader).await;
    let reading = begun(&reader, &world, out).await;
    let why = "=HYPERLINK(\"http://fictional.test\")";
    let done = lead.post(&replace, &[("label", out), ("reason", why)]).await;
    let page = lead.follow(&done.redirects_to(&world.href("records/sample"))).await.ok();
    let page = page.says("The record is replaced").says(&format!("by {reserve}: {why}"));
    page.says(&format!("stands in for {out}")).says("0 left of 1").says("Checked");

    let again = lead.post(&replace, &[("label", reserve), ("reason", "The next one too")]).await;
    again.unprocessable().says("The reserve is used up").says("The next one too");
    lead.get(&replace).await.ok().says("The reserve is used up");

    let refused = reader.post(&world.href("records/readings"), &[("label", out)]).await;
    refused.unprocessable().says("has been replaced and is no longer read");
    let page = reader.get(&reading).await.ok().says("This reading cannot be changed now");
    assert!(page.all("main form").is_empty());
    let late = with(&[("_act", "finish"), ("_version", "1")]);
    let late = reader.post(&reading, &late).await.unprocessable();
    late.says("The record has been replaced").says("The plan was followed up in every meeting.");
    begun(&reader, &world, reserve).await;

    let file = app.browser(world.coordinator).await.get(&world.href("records/sample.csv")).await.ok();
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.header("content-disposition").contains("strathmarnock-2026-sample.csv"));
    let text = file.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!((lines.len(), lines[0]), (5, "Place,Label,State,Replaced by,Reason"));
    let guarded = "\"'=HYPERLINK(\"\"http://fictional.test\"\")\"";
    assert_eq!(lines[1], format!("1,{out},Replaced,{reserve},{guarded}"), "no formula runs");
    assert_eq!(lines[4], format!("4,{reserve},In use,,"));
}

#[tokio::test]
async fn when_all_is_read_nothing_is_left_to_replace() {
    let app = TestApp::new().await;
    let world = sampled(&app, 9, 1, 1).await;
    let label = drawn(&app, &world).await.remove(0).label;
    read(&app, &world, world.reader, &label, &[]).await;
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("records/replace")).await.ok().says("Every record of the sample has been read");
    lead.get(&world.href("records")).await.ok().says("1 of 1");
}

#[tokio::test]
async fn a_reader_saves_a_draft_with_gaps_and_finishes_without() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let all = drawn(&app, &world).await;
    let (label, reserve) = (all[0].label.as_str(), all[3].label.as_str());
    let reader = app.browser(world.reader).await;
    let list = world.href("records/readings");
    let page = reader.get(&list).await.ok().says("You have not read a record yet");
    assert_eq!(page.all("main table form").len(), 3, "the labels in use can be chosen, the reserve cannot");
    let unknown = reader.post(&list, &[("label", "S998")]).await.unprocessable();
    let unknown = unknown.says("This label is not in the sample");
    assert_eq!(unknown.attribute("#label", "value").as_deref(), Some("S998"));
    reader.post(&list, &[("label", reserve)]).await.unprocessable().says("This record is a reserve");

    let reading = begun(&reader, &world, &format!(" {} ", label.to_lowercase())).await;
    assert_eq!(begun(&reader, &world, label).await, reading, "the one that was begun is found");
    let form = reader.get(&reading).await.ok().says("Is there a chronology?").says("0800 1111");
    let form = form.says("a child may not be safe now").says("Fictional concerns-lead");
    let text = form.text();
    assert!(text.find("0800 1111").unwrap() < text.find("Save as a draft").unwrap());

    let gaps = [("chronology", "none"), ("why", "A first note."), ("_act", "draft"), ("_version", "1")];
    let saved = reader.post(&reading, &gaps).await.redirects_to(&reading);
    let page = reader.follow(&saved).await.ok().says("The draft is saved").says("A first note.");
    assert_eq!(page.attribute("[name=chronology][checked]", "value").as_deref(), Some("none"));
    assert_eq!(page.attribute("[name=_version]", "value").as_deref(), Some("2"));

    let lost = [("plan-quality", "good"), ("_act", "draft"), ("_version", "2")];
    let kept = reader.post(&reading, &lost).await.unprocessable().says("Answer this question");
    assert!(kept.all(".ds_question--error").len() == 1, "the question on which the answer hangs");
    assert_eq!(kept.attribute("[name=plan-quality][checked]", "value").as_deref(), Some("good"));

    let early = [("chronology", "none"), ("why", "Typed and kept."), ("_act", "finish"), ("_version", "2")];
    let refused = reader.post(&reading, &early).await.unprocessable().says("There is a problem");
    let refused = refused.says("Answer this question").says("Typed and kept.");
    assert!(refused.all(".ds_error-summary__list li").len() > 3);
    reader.get(&reading).await.ok().says("A first note.").hides("Typed and kept.");

    let whole = with(&[("_act", "finish"), ("_version", "2")]);
    let done = reader.post(&reading, &whole).await.redirects_to(&list);
    reader.follow(&done).await.ok().says("The reading is finished").says("Finished");
    reader.get(&world.href("records")).await.ok().says("1 of 3").says("readings I have finished");

    let page = reader.get(&reading).await.ok().says("does not become a draft again");
    assert_eq!(page.all("main button"), ["Save the correction"]);
    let back = with(&[("why", "Back to a draft."), ("_act", "draft"), ("_version", "3")]);
    let refused = reader.post(&reading, &back).await.unprocessable();
    refused.says("This reading is finished").says("Back to a draft.");
    let better = with(&[("why", "Put right."), ("_act", "correct"), ("_version", "3")]);
    let done = reader.post(&reading, &better).await.redirects_to(&list);
    reader.follow(&done).await.ok().says("The correction is saved");
    reader.get(&reading).await.ok().says("Put right.");
}

#[tokio::test]
async fn two_windows_are_shown_both_readings() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let label = drawn(&app, &world).await.remove(0).label;
    let reader = app.browser(world.reader).await;
    let reading = begun(&reader, &world, &label).await;
    let first = [("why", "First window."), ("_act", "draft"), ("_version", "1")];
    reader.post(&reading, &first).await.redirects_to(&reading);
    let second = [("why", "Second window."), ("_act", "draft"), ("_version", "1")];
    let both = reader.post(&reading, &second).await.conflict().says("First window.").says("Second window.");
    assert_eq!(both.attribute("[name=_version]", "value").as_deref(), Some("2"));
    assert_eq!(both.all("textarea#why"), ["Second window."], "what was typed stands in the form");
    let third = [("why", "Both windows."), ("_act", "draft"), ("_version", "2")];
    reader.post(&reading, &third).await.redirects_to(&reading);
    reader.get(&reading).await.ok().says("Both windows.");
}

#[tokio::test]
async fn the_partnership_sees_labels_and_never_the_readings_of_others() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let label = drawn(&app, &world).await.remove(0).label;
    let inspector = app.browser(world.inspectors[0]).await;
    let reading = begun(&inspector, &world, &label).await;
    let compare = world.href(&format!("records/team/compare/{label}"));
    let reader = app.browser(world.reader).await;
    let coordinator = app.browser(world.coordinator).await;
    for (who, browser) in [("reader", &reader), ("coordinator", &coordinator)] {
        let page = browser.get(&world.href("records/sample")).await.ok().says(&label);
        assert!(!page.visible().contains("Finished readings"), "{who}");
        let page = browser.get(&world.href("records")).await.ok().says("0 of 3");
        assert!(page.attributes("main a", "href").iter().all(|href| !href.contains("/team")), "{who}");
        for hidden in [&reading, &compare, &world.href("records/team"), &world.href("records/team/results")] {
            browser.get(hidden).await.not_found();
        }
        browser.post(&world.href("records/draw"), &[("by", "number")]).await.not_found();
    }
    coordinator.get(&world.href("records/readings")).await.not_found();
    reader.post(&reading, &with(&[("_act", "finish"), ("_version", "1")])).await.not_found();
    app.browser(world.inspectors[1]).await.get(&reading).await.not_found();
    app.browser(world.lead).await.get(&reading).await.not_found();
    let manager = app.browser(world.manager).await;
    manager.get(&world.href("records/team")).await.ok().says("Fictional inspector-health");
    manager.get(&world.href("records/readings")).await.not_found();
    for person in [world.volunteer, world.officer, world.chair, world.chief, world.stranger] {
        app.browser(person).await.get(&world.href("records")).await.not_found();
    }
    // The reading and the label are of this inspection, whoever asks for them under the address of another.
    let foreign = app.browser(other.lead).await;
    foreign.get(&reading).await.not_found();
    foreign.get(&reading.replace(&world.reference, &other.reference)).await.not_found();
    foreign.get(&compare.replace(&world.reference, &other.reference)).await.not_found();
}

#[tokio::test]
async fn two_readings_stand_side_by_side_and_a_record_counts_once() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let all = drawn(&app, &world).await;
    let (twice, once) = (all[0].label.as_str(), all[1].label.as_str());
    let lead = app.browser(world.lead).await;
    let compare = |label: &str| world.href(&format!("records/team/compare/{label}"));
    lead.get(&compare("S997")).await.not_found();
    lead.get(&compare(once)).await.ok().says("No finished reading");
    let team = lead.get(&world.href("records/team")).await.ok();
    team.says("No record has been read by two people yet");

    read(&app, &world, world.reader, twice, &[]).await;
    read(&app, &world, world.inspectors[0], twice, &[("views", "missing"), ("why", "Views are not there.")])
        .await;
    read(&app, &world, world.inspectors[1], once, &[]).await;
    let draft = begun(&app.browser(world.depute).await, &world, once).await;
    let page = lead.get(&world.href("records/team")).await.ok().says("2 of 3").says("8 of 9 answers");
    let page = page.says("Fictional depute").says("too few to tell").says("One record is too few");
    assert!(!page.visible().contains('%'), "no share of a handful");

    let before = opened(&app, &world).await;
    let page = lead.get(&compare(twice)).await.ok().says("Views are not there.");
    let page = page.says("Fictional record-reader").says("Fictional inspector-health");
    let marks = page.all("tbody .ds_tag");
    assert_eq!(marks.iter().filter(|m| m.contains("Different")).count(), 1);
    assert_eq!(marks.iter().filter(|m| m.contains("Same")).count(), 8, "own words are not compared");
    assert_eq!(opened(&app, &world).await, before + 2, "each opening is in the audit trail");
    let page = lead.get(&compare(once)).await.ok().says("nothing to compare yet");
    page.hides("Fictional depute");
    lead.get(&draft).await.not_found();

    let page = lead.get(&world.href("records/team/results")).await.ok();
    let page = page.says("One more record is not counted, because its readers answered differently");
    // Two records, both with an up-to-date chronology; one alone says how views were heard.
    page.says("2 of 2, all").says("1 of 1, all").says("0 of 2, none").says("Each record counts once");
}

#[tokio::test]
async fn agreement_is_a_figure_from_ten_records_on() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 10, 0).await;
    for (n, record) in drawn(&app, &world).await.iter().enumerate() {
        let chronology = if n < 5 { "up-to-date" } else { "none" };
        read(&app, &world, world.reader, &record.label, &[("chronology", chronology)]).await;
        // One of ten differs on the chronology.
        let other = if n == 0 { "none" } else { chronology };
        read(&app, &world, world.inspectors[0], &record.label, &[("chronology", other)]).await;
    }
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("records/team")).await.ok().says("89 of 90 answers").says("99%");
    let rows = page.all("tbody tr");
    let chronology = rows.iter().find(|r| r.contains("Is there a chronology?")).unwrap();
    // 9 and 11 of 20 judgements, one record differs: alpha = 1 - 19 x 1 / (9 x 11) = 0.808
    assert!(chronology.ends_with("10990%0.81"), "{chronology}");
    assert!(page.visible().contains("everybody chose one answer"));
    let page = lead.get(&world.href("records/team/results")).await.ok().says("10 of 10");
    page.says("4 of 9, less than half").says("5 of 9, the majority");
}

/// How often a reading has been opened, as the audit trail has it.
async fn opened(app: &TestApp, world: &World) -> usize {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeAudit).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let entries = keyline_store::audit::list(&mut reader, &grant, i64::MAX, 1_000).await.unwrap();
    entries.iter().filter(|(entry, _)| entry.action == "record.read").count()
}
