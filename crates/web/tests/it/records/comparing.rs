//! Readings side by side, agreement, results.

use super::*;

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
    let page = lead.get(&world.href("records/team")).await.ok().says("2 of 3").says("41 of 42 answers");
    let page = page.says("Fictional depute").says("too few to tell").says("One record is too few");
    assert!(!page.visible().contains('%'), "no share of a handful");

    let before = opened(&app, &world).await;
    let page = lead.get(&compare(twice)).await.ok().says("Views are not there.");
    let page = page.says("Fictional record-reader").says("Fictional inspector-health");
    let marks = page.all("tbody .ds_tag");
    assert_eq!(marks.iter().filter(|m| m.contains("Different")).count(), 1);
    assert_eq!(marks.iter().filter(|m| m.contains("Same")).count(), 41, "own words are not compared");
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
    let page = lead.get(&world.href("records/team")).await.ok().says("407 of 408 answers").says("99%");
    let rows = page.all("tbody tr");
    let chronology = rows.iter().find(|r| r.contains("Is there a chronology?")).unwrap();
    // 9 and 11 of 20 judgements, one record differs: alpha = 1 - 19 x 1 / (9 x 11) = 0.808
    assert!(chronology.ends_with("10990%0.81"), "{chronology}");
    assert!(page.visible().contains("everybody chose one answer"));
    let page = lead.get(&world.href("records/team/results")).await.ok().says("10 of 10");
    page.says("4 of 9, less than half").says("5 of 9, the majority");
}
