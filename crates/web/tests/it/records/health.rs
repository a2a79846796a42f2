//! Health records: questions and answers for those who are entitled to them, and for nobody else, on every page and in files.

use super::*;

const QUESTION: &str = "Were health needs met in time?";

#[tokio::test]
async fn health_is_for_those_who_are_entitled() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 2, 0).await;
    let pairs = given(&app, &world, 0).await;
    let label = of_pair(&app, &world, pairs.a).await.remove(0);
    let inspector = app.browser(world.inspectors[0]).await;
    let reader = app.browser(world.reader).await;
    let reading = begun(&reader, &world, &label).await;
    let seen = [("records-seen", "health")];
    turn(&reader, &reading, &seen, "leave").await;
    // Nobody of the pair is entitled: nobody is asked.
    for browser in [&inspector, &reader] {
        browser.get(&format!("{reading}/check")).await.ok().hides(QUESTION).hides("Health record");
    }
    reader.get(&world.href("records/readings")).await.ok().says("Your pair does not read health records");

    let health = world.href("records/plan/health");
    let lead = app.browser(world.lead).await;
    let person = world.inspectors[0].to_string();
    lead.post(&health, &[("person", person.as_str())]).await.unprocessable().says("Say why");
    let own = world.lead.to_string();
    let oneself = [("person", own.as_str()), ("reason", "Me")];
    lead.post(&health, &oneself).await.unprocessable().says("Nobody entitles themselves");
    inspector.post(&health, &[("person", person.as_str()), ("reason", "Me")]).await.not_found();
    let done = lead.post(&health, &[("person", person.as_str()), ("reason", "Registered nurse")]).await;
    lead.follow(&done.redirects_to(&health)).await.ok().says("Registered nurse");

    let page = page_of(&reading, "section:health-record");
    let answers = [
        ("health-assessed", "yes"),
        ("health-met", "partly"),
        ("health-shared", "no"),
        ("health-notes", "Only for the entitled."),
    ];
    turn(&inspector, &page, &answers, "leave").await;
    inspector.get(&format!("{reading}/check")).await.ok().says("Only for the entitled.");
    reader.get(&format!("{reading}/check")).await.ok().hides("Only for the entitled.").hides(QUESTION);
    reader.get(&page).await.ok().hides(QUESTION);
    // Whoever is not entitled writes the rest, and what stands about health stays.
    let change = [("records-seen", "health")];
    let version = filled(&app, &world, world.reader, id_of(&reading), &change).await.to_string();
    inspector.get(&format!("{reading}/check")).await.ok().says("Only for the entitled.");

    // A gap in the health part stops the other, who is not told which.
    let gap = [("health-met", "")];
    let shown = inspector.get(&page).await.ok();
    let stands = shown.attribute("[name=-version]", "value").unwrap();
    assert_eq!(stands, version);
    turn(&inspector, &page, &gap, "leave").await;
    let version = (version.parse::<i64>().unwrap() + 1).to_string();
    let refused = reader.post(&format!("{reading}/finish"), &[("-version", &version)]).await.unprocessable();
    refused.says("The health part, which the other of your pair fills in").hides(QUESTION);
    turn(&inspector, &page, &answers, "leave").await;
    let version = (version.parse::<i64>().unwrap() + 1).to_string();
    let list = world.href("records/readings");
    reader.post(&format!("{reading}/finish"), &[("-version", &version)]).await.redirects_to(&list);

    let compare = world.href(&format!("records/team/compare/{label}"));
    let team = ["records/team/results", "records/team/outside", "records/team/indicators", "records/team"];
    let pages: Vec<String> = team.iter().map(|page| world.href(page)).chain([compare.clone()]).collect();
    for page in &pages {
        lead.get(page).await.ok().hides(QUESTION).hides("Only for the entitled.");
    }
    let csv = lead.get(&world.href("records/team/outside.csv")).await.ok();
    assert!(!csv.text().contains("health needs"));
    lead.get(&world.href("records/team/agreement/health-met")).await.not_found();
    entitled(&app, &world, world.manager).await;
    let manager = app.browser(world.manager).await;
    manager.get(&compare).await.ok().says(QUESTION).says("Only for the entitled.");
    manager.get(&pages[0]).await.ok().says(QUESTION);
    let end = [("act", "end"), ("person", &*world.manager.to_string()), ("reason", "Moved on")]
        .map(|(a, b)| (a, b.to_owned()));
    let end: Vec<(&str, &str)> = end.iter().map(|(a, b)| (*a, b.as_str())).collect();
    lead.post(&health, &end).await.redirects_to(&health);
    manager.get(&compare).await.ok().hides(QUESTION);
}
