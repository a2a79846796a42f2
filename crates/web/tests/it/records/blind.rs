//! Pairs read blind: one shared reading of each pair, none of the others before all are done.

use super::*;

#[tokio::test]
async fn both_of_a_pair_write_one_reading_and_neither_overwrites_the_other() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let pairs = given(&app, &world, 0).await;
    let label = of_pair(&app, &world, pairs.a).await.remove(0);
    let reader = app.browser(world.reader).await;
    let inspector = app.browser(world.inspectors[0]).await;
    let reading = begun(&reader, &world, &label).await;
    assert_eq!(begun(&inspector, &world, &label).await, reading, "the pair has one reading");
    let window = |page: &'static str, name: &'static str, text: &'static str, version: &'static str| {
        [(name, text), ("-act", "leave"), ("-version", version), ("-page", page)]
    };
    let list = world.href("records/readings");
    reader.post(&reading, &window("section:outcome", "why", "From one.", "1")).await.redirects_to(&list);
    // Another page, looked at before the first was saved: nothing on it has changed, so it is saved.
    let other = window("section:together", "together-notes", "From the other.", "1");
    inspector.post(&reading, &other).await.redirects_to(&list);
    reader.get(&page_of(&reading, "section:together")).await.ok().says("From the other.");
    reader.get(&page_of(&reading, "section:outcome")).await.ok().says("From one.");
    // The same page: both are shown, nothing is lost.
    let late = window("section:outcome", "why", "From the other again.", "1");
    let both = inspector.post(&reading, &late).await.conflict();
    both.says("From one.").says("From the other again.").says("Last saved by Fictional inspector-health");
    let mut reading_versions = app.cx.read().await.unwrap();
    let kept = keyline_testing::number(&mut reading_versions, "SELECT COUNT(*) FROM reading_version").await;
    assert_eq!(kept, 2, "every state that was saved is kept");
}

#[tokio::test]
async fn the_second_pair_sees_nothing_of_the_first_and_both_are_locked_when_done() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 2, 0).await;
    let pairs = given(&app, &world, 2).await;
    let labels = of_pair(&app, &world, pairs.a).await;
    assert_eq!(of_pair(&app, &world, pairs.b).await.len(), 2);
    let label = labels[0].as_str();
    read(&app, &world, world.reader, label, &[("why", "Of the first pair.")]).await;
    let b = app.browser(world.inspectors[1]).await;
    let compare = world.href(&format!("records/team/compare/{label}"));
    for page in [&compare, &world.href("records/team/results"), &world.href("records/team/agreement")] {
        let page = b.get(page).await.ok().says("Not now");
        page.hides("Of the first pair.");
    }
    b.get(&world.href("records/team/outside.csv")).await.not_found();
    // The first pair may still put something right, and the second takes no notice.
    let first = now(&app, &world).await.reading(label, pairs.a).unwrap().clone();
    let a = app.browser(world.reader).await;
    let own = world.href(&format!("records/readings/{}", first.id));
    b.get(&own).await.not_found();
    let version = first.version.to_string();
    a.post(&format!("{own}/reopen"), &[("-version", &version)]).await.redirects_to(&own);
    let version = filled(&app, &world, world.reader, first.id, &[]).await.to_string();
    a.post(&format!("{own}/finish"), &[("-version", &version)])
        .await
        .redirects_to(&world.href("records/readings"));

    read(&app, &world, pairs.other, label, &[]).await;
    let version = now(&app, &world).await.reading(label, pairs.a).unwrap().version.to_string();
    let locked = a.post(&format!("{own}/reopen"), &[("-version", &version)]).await.unprocessable();
    locked.says("Both pairs have finished reading this record");
    b.get(&compare).await.ok().says("You see what others have read when your pair has finished");
    read(&app, &world, world.reader, &labels[1], &[]).await;
    read(&app, &world, pairs.other, &labels[1], &[]).await;
    b.get(&compare).await.ok().says("Nothing is left to settle");
    // A local reader never sees the team's side.
    a.get(&compare).await.not_found();
}

#[tokio::test]
async fn records_are_shut_outside_their_hours_and_what_was_typed_is_shown() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 2, 0).await;
    let pairs = given(&app, &world, 0).await;
    let label = of_pair(&app, &world, pairs.a).await.remove(0);
    let reader = app.browser(world.reader).await;
    let reading = begun(&reader, &world, &label).await;
    at(&app, FIRST_DAY, 18);
    let list = world.href("records/readings");
    let page = reader.get(&list).await.ok().says("Records can be opened from").says(&label);
    assert!(page.all("main table a").is_empty() && page.all("main table form").is_empty());
    for page in [reading.clone(), format!("{reading}/check")] {
        reader
            .get(&page)
            .await
            .unprocessable()
            .says("This record cannot be opened now")
            .hides("What came of it");
    }
    let late =
        [("why", "Typed after hours."), ("-page", "section:outcome"), ("-act", "next"), ("-version", "1")];
    reader.post(&reading, &late).await.unprocessable().says("Typed after hours.");
    reader.post(&format!("{reading}/finish"), &[("-version", "1")]).await.unprocessable().says("Not now");
    reader.post(&list, &[("label", label.as_str())]).await.unprocessable().says("Records can be opened from");

    at(&app, date(2026, 3, 5), 10);
    let reader = app.browser(world.reader).await;
    reader.get(&reading).await.unprocessable().says("Reading ended on");
    let lead = app.browser(world.lead).await;
    let extend = world.href("records/plan/extend");
    let until = [("until-day", "6"), ("until-month", "3"), ("until-year", "2026"), ("until-time", "12:00")];
    let bare = [&until[..], &[("version", "1")]].concat();
    lead.post(&extend, &bare).await.unprocessable().says("Say why");
    let whole = [&bare[..], &[("reason", "Snow on the second day")]].concat();
    lead.post(&extend, &whole).await.redirects_to(&world.href("records/plan"));
    lead.post(&extend, &whole).await.unprocessable().says("Somebody changed this meanwhile");
    lead.get(&world.href("records/plan")).await.ok().says("Snow on the second day");
    reader.get(&reading).await.ok();
    app.browser(world.inspectors[2]).await.post(&extend, &whole).await.not_found();
}
