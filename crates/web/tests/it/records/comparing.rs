//! Readings side by side, what holds, agreement, results.

use super::*;

#[tokio::test]
async fn where_two_readings_differ_it_is_settled_what_holds_and_both_are_kept() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 2, 1).await;
    let pairs = given(&app, &world, 1).await;
    let b = of_pair(&app, &world, pairs.b).await;
    let a = of_pair(&app, &world, pairs.a).await;
    let twice = a.iter().find(|label| b.contains(label)).unwrap().clone();
    let lead = app.browser(world.lead).await;
    let compare = |label: &str| world.href(&format!("records/team/compare/{label}"));
    lead.get(&compare("S997")).await.not_found();
    lead.get(&compare(&twice)).await.ok().says("Until then neither reading is shown");

    read(&app, &world, world.reader, &twice, &[]).await;
    lead.get(&compare(&twice)).await.ok().says("Until then neither").hides("Side by side");
    let differs = [("views", "missing"), ("why", "Views are not there.")];
    read(&app, &world, pairs.other, &twice, &differs).await;
    let before = opened(&app, &world).await;
    let page =
        lead.get(&compare(&twice)).await.ok().says("Views are not there.").says("Pair A").says("Pair B");
    let page = page.says("On one question the readings differ");
    let marks = page.all("tbody .ds_tag");
    assert_eq!(marks.iter().filter(|m| m.contains("Different")).count(), 1, "own words are not compared");
    assert_eq!(opened(&app, &world).await, before + 2, "each opening is in the audit trail");
    let results = world.href("records/team/results");
    lead.get(&results).await.ok().says("One more record is not counted, because its readings differ");

    let settle = format!("{}/views", compare(&twice));
    let page = lead.get(&settle).await.ok().says("What each pair said").says("Views are missing");
    assert_eq!(page.attribute("[name=version]", "value").as_deref(), Some("0"));
    lead.get(&format!("{}/chronology", compare(&twice))).await.not_found();
    let send = |answer: &'static str, reason: &'static str, version: &'static str| {
        [("answer", answer), ("reason", reason), ("version", version)]
    };
    let wrong = lead.post(&settle, &send("no-such", "", "0")).await.unprocessable();
    wrong.says("Say why").says("Choose one");
    let named =
        lead.post(&settle, &send("heard", "Spoke with Mrs Fictional today", "0")).await.unprocessable();
    named.says("Spoke with Mrs Fictional today");
    let done = lead.post(&settle, &send("heard", "The record of the hearing has them.", "0")).await;
    let page = lead.follow(&done.redirects_to(&compare(&twice))).await.ok().says("It is settled");
    let page = page.says("The record of the hearing has them.").says("Nothing is left to settle");
    page.says("Views are missing").says("Views are not there.");
    lead.get(&results).await.ok().hides("One more record is not counted");

    // Two people at once: the second sees both decisions, and both stay.
    let depute = app.browser(world.depute).await;
    let both = depute.post(&settle, &send("missing", "Nothing of it is in the plan.", "0")).await.conflict();
    let both = both.says("The record of the hearing has them.").says("Nothing of it is in the plan.");
    assert_eq!(both.attribute("[name=version]", "value").as_deref(), Some("1"));
    depute
        .post(&settle, &send("missing", "Nothing of it is in the plan.", "1"))
        .await
        .redirects_to(&compare(&twice));
    lead.get(&settle).await.ok().says("2 decisions").says("The record of the hearing has them.");
    for person in [world.inspectors[2], world.reader, world.coordinator, world.manager, world.stranger] {
        let browser = app.browser(person).await;
        browser.post(&settle, &send("heard", "Mine", "2")).await.not_found();
    }
}

#[tokio::test]
async fn agreement_stands_with_its_table_and_undefined_cases_in_words() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 10, 0).await;
    let pairs = given(&app, &world, 10).await;
    let lead = app.browser(world.lead).await;
    let page = world.href("records/team/agreement");
    lead.get(&page).await.ok().says("No record has been read by two people yet");
    for (n, record) in drawn(&app, &world).await.iter().enumerate() {
        let chronology = if n < 5 { "up-to-date" } else { "none" };
        read(&app, &world, world.reader, &record.label, &[("chronology", chronology)]).await;
        // One of ten differs on the chronology.
        let other = if n == 0 { "none" } else { chronology };
        read(&app, &world, pairs.other, &record.label, &[("chronology", other)]).await;
    }
    let shown = lead.get(&page).await.ok().says("pairs").hides("too few to tell");
    let rows = shown.all("main tbody tr");
    let row = rows.iter().find(|r| r.contains("Is there a chronology?")).unwrap();
    // 9 and 11 of 20 judgements, one record differs: alpha = 1 - 19 x 1 / (9 x 11) = 0.808
    assert!(row.contains("90%") && row.contains("0.81 ("), "{row}");
    assert!(shown.visible().contains("not defined: everyone chose the same answer throughout"));
    let item = lead.get(&format!("{page}/chronology")).await.ok();
    // 4 and 5 of ten: chance 0.4 x 0.5 + 0.6 x 0.5 = 0.5, agreement 0.9, kappa 0.8
    item.says("Cohen’s kappa, unweighted: 0.80").says("Which answers met").says("Pair A and pair B");
    let graded = lead.get(&format!("{page}/overall-quality")).await.ok();
    graded.says("quadratic weights").says("linear weights");
    lead.get(&format!("{page}/why")).await.not_found();
    lead.get(&format!("{page}/no-such")).await.not_found();

    let results = lead.get(&world.href("records/team/results")).await.ok();
    results
        .says("10 of 20 records were drawn by chance and read")
        .says("hypergeometric test")
        .says("10 of 10");
    let outside = lead.get(&world.href("records/team/outside")).await.ok();
    let outside = outside.says("Numbers below 10 are hidden");
    assert!(!outside.visible().contains("4 of 9"));
    // Tables in which every number is hidden are a sentence.
    assert_eq!(outside.all("main table"), Vec::<String>::new());
    outside.says("10 records have been read. Every number of them is below 10 or would give one away");
    let csv = lead.get(&world.href("records/team/outside.csv")).await.ok();
    assert!(csv.header("content-disposition").contains("records.csv") && csv.text().contains("hidden"));
    lead.get(&world.href("records/team/indicators")).await.ok().says("10 records").says("only some records");
}

#[tokio::test]
async fn a_census_has_no_interval_and_a_cohort_of_one_works() {
    let app = TestApp::new().await;
    let world = sampled(&app, 1, 1, 0).await;
    given(&app, &world, 0).await;
    let label = drawn(&app, &world).await.remove(0).label;
    let lead = app.browser(world.lead).await;
    for page in ["records/team", "records/timetable", "records/plan"] {
        lead.get(&world.href(page)).await.ok();
    }
    lead.get(&world.href("records/team/results")).await.ok().says("No record has been read yet");
    lead.get(&world.href("records/team/outside")).await.ok().says("Fewer than 10 records");
    read(&app, &world, world.reader, &label, &[]).await;
    let page = lead.get(&world.href("records/team/results")).await.ok();
    page.says("All 1 records were read").says("none: all records were read").hides("hypergeometric");
    lead.get(&world.href("records/team/indicators")).await.ok();
}

#[tokio::test]
async fn records_of_a_part_count_with_the_weight_of_their_part() {
    let app = TestApp::new().await;
    let world = returned(&app, 40).await;
    let draws = app.browser(world.lead).await;
    draws.post(&world.href("records/draw"), parts::FORM).await.redirects_to(&world.href("records/sample"));
    let pairs = given(&app, &world, 0).await;
    let of = parts::parts(&app, &world).await;
    for (pair, by) in [(pairs.a, world.reader), (pairs.b, pairs.other)] {
        for label in of_pair(&app, &world, pair).await {
            let acted: &[_] = if of[&label] == "18+" { &[("views", "heard-and-acted-on")] } else { &[] };
            read(&app, &world, by, &label, acted).await;
        }
    }
    // Two of the twelve read are 17 %, but they stand for eight of the forty: 20 %.
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("records/team/results")).await.ok();
    let rows = page.says("Each stratum counts with its part").all("table tbody tr");
    let acted = rows.iter().find(|row| row.starts_with("Views are there, and what was done")).unwrap();
    assert!(acted.contains("done220%"), "{acted}");
}
