//! A sample in parts: what it comes to before the draw, what is left out, and that anyone draws it again.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use keyline_store::sampling::{division, part_of_labels};

use super::*;

pub(super) const FORM: &[(&str, &str)] = &[
    ("by", "number"),
    ("number", "12"),
    ("reserves", "2"),
    ("strata", "age-band"),
    ("allocation", "equal"),
    ("minimum", "1"),
];

pub(super) async fn parts(app: &TestApp, world: &World) -> BTreeMap<String, String> {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeSample).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let sample = sample(&mut reader, &grant).await.unwrap().unwrap().0;
    let kept = division(&mut reader, &grant, sample.id).await.unwrap().unwrap();
    assert_eq!(kept.parts.iter().map(|part| part.drawn).sum::<i64>(), sample.size);
    assert_eq!(kept.parts.iter().map(|part| part.population).sum::<i64>(), sample.population);
    part_of_labels(&mut reader, &grant, sample.id).await.unwrap()
}

#[tokio::test]
async fn what_a_sample_in_parts_comes_to_is_shown_before_it_is_drawn() {
    let app = TestApp::new().await;
    let world = returned(&app, 40).await;
    let lead = app.browser(world.lead).await;
    let page = lead.get(&world.href("records/draw")).await.ok().says("Divide by").says("Age band");
    assert!(!page.visible().contains("Local reference"), "only what the programme names");
    let query: Vec<String> = FORM.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let page = lead.get(&world.href(&format!("records/draw?{}", query.join("&")))).await.ok();
    // Five bands of eight; 12 places one by one, the larger and then the first name first: 3 3 2 2 2.
    let page = page.says("12 of 40 records are read").says("percentage points").hides("⟦");
    let rows = page.all("table tbody tr");
    assert!(rows.iter().any(|r| r.contains("0-4") && r.contains("2.67")), "{rows:?}");
    assert!(rows.iter().any(|r| r.contains("18+") && r.contains("4.00")), "{rows:?}");
    assert!(page.all("svg[role=img] title").iter().any(|t| t == "How the sample is shared out"));
    // Nothing has been drawn.
    lead.get(&world.href("records/sample")).await.ok().says("can draw the sample now");
    // Neyman asks what is expected, part by part, and takes it.
    let neyman = query.join("&").replace("equal", "neyman");
    let page =
        lead.get(&world.href(&format!("records/draw?{neyman}"))).await.ok().says("0-4: share expected");
    assert!(page.attribute("#expected-4", "name").is_some());
    let wrong = lead.get(&world.href(&format!("records/draw?{neyman}&expected-1=100"))).await.unprocessable();
    wrong.says("from 1 to 99");
    let small = query.join("&").replace("minimum=1", "minimum=3");
    let page = lead.get(&world.href(&format!("records/draw?{small}"))).await.unprocessable();
    page.says("The parts would need 15 records at least");
    let strange =
        [&FORM[..3], &[("strata", "reference"), ("allocation", "equal"), ("minimum", "1")]].concat();
    lead.post(&world.href("records/draw"), &strange).await.unprocessable().says("Choose one");
    for person in [world.inspectors[0], world.reader, world.coordinator] {
        app.browser(person).await.get(&world.href("records/draw")).await.not_found();
    }
    app.browser(world.reader)
        .await
        .get(&world.href("records/about-samples"))
        .await
        .ok()
        .says("What it cannot say");
}

#[tokio::test]
async fn who_is_left_out_is_said_before_the_draw_and_stands_after_it() {
    let app = TestApp::new().await;
    let world = returned(&app, 20).await;
    let lead = app.browser(world.lead).await;
    let path = world.href("records/exclusions");
    lead.get(&path).await.ok().says("Nothing is left out");
    let page = lead.post(&path, &[("label", "S999"), ("reason", " ")]).await.unprocessable();
    page.says("No record of the accepted return has this label").says("Say why");
    let names = [("label", "S003"), ("reason", "Mrs Invented took it.")];
    lead.post(&path, &names).await.unprocessable();
    for label in ["s003", "S004"] {
        let form = [("label", label), ("reason", "Fictional: the record is with a court.")];
        lead.post(&path, &form).await.redirects_to(&path);
    }
    lead.post(&path, &[("label", "S003"), ("reason", "again")])
        .await
        .unprocessable()
        .says("left out already");
    let page = lead.get(&path).await.ok().says("S003").says("with a court");
    page.says("Put S004 back");
    lead.post(&format!("{path}/back"), &[("excluded", "S004")]).await.redirects_to(&path);
    lead.post(&format!("{path}/back"), &[("excluded", "S004")]).await.not_found();
    for person in [world.inspectors[0], world.coordinator] {
        app.browser(person).await.post(&path, &[("label", "S005"), ("reason", "x")]).await.not_found();
    }
    lead.get(&world.href("records/draw")).await.ok().says("has 19 records").says("One record is left out");
    let form = [("by", "number"), ("number", "19"), ("reserves", "0")];
    lead.post(&world.href("records/draw"), &form).await.redirects_to(&world.href("records/sample"));
    let all = drawn(&app, &world).await;
    assert!(all.len() == 19 && all.iter().all(|r| r.label != "S003"));
    lead.get(&world.href("records/sample")).await.ok().says("Checked").says("One record is left out");
    let late = lead.post(&path, &[("label", "S005"), ("reason", "Too late")]).await.unprocessable();
    late.says("The sample has been drawn, so this list stands");
    lead.post(&format!("{path}/back"), &[("excluded", "S003")]).await.unprocessable();
}

#[tokio::test]
async fn a_sample_in_parts_comes_out_of_its_list_and_its_seed_again() {
    let app = TestApp::new().await;
    let world = returned(&app, 30).await;
    let lead = app.browser(world.lead).await;
    let out = [("label", "S006"), ("reason", "Fictional: held by a court.")];
    lead.post(&world.href("records/exclusions"), &out).await.redirects_to(&world.href("records/exclusions"));
    lead.post(&world.href("records/draw"), FORM).await.redirects_to(&world.href("records/sample"));
    let page =
        lead.get(&world.href("records/sample")).await.ok().says("Checked").says("As many from each part");
    let page = page.says("Part").hides("⟦");
    let all = drawn(&app, &world).await;
    let of = parts(&app, &world).await;
    assert!(all.iter().all(|record| of.contains_key(&record.label)));
    // The program in docs/ draws the same from the list that is handed out.
    let list = app.browser(world.coordinator).await.get(&world.href("records/list.tsv")).await.ok().text();
    assert!(list.lines().count() == 29 && !list.contains("S006"), "{list}");
    let command = page.all("pre").into_iter().find(|text| text.starts_with("python3")).unwrap();
    let words: Vec<&str> = command.split(" < ").next().unwrap().split(' ').skip(2).collect();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/redraw.py");
    match Command::new("python3")
        .arg(program)
        .args(&words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    {
        // Where there is no Python, the check of the page above has drawn it again.
        Err(_) => {}
        Ok(mut child) => {
            child.stdin.take().unwrap().write_all(list.as_bytes()).unwrap();
            let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
            let mut again: Vec<(String, bool)> = said
                .lines()
                .map(|line| line.split('\t').collect::<Vec<_>>())
                .map(|line| (line[2].to_owned(), line[1] == "reserve"))
                .collect();
            again.sort_by_key(|(_, reserve)| *reserve);
            let ours: Vec<(String, bool)> = all.iter().map(|r| (r.label.clone(), r.reserve)).collect();
            assert_eq!(again, ours);
        }
    }
    // The list with what was left out, for those who may see rows or sent them.
    for person in [world.lead, world.inspectors[0], world.manager, world.coordinator] {
        let file = app.browser(person).await.get(&world.href("records/list.csv")).await.ok();
        assert!(file.text().contains("S006,") && file.text().contains("held by a court"), "{}", file.text());
    }
    for person in [world.reader, world.chief, world.volunteer, world.stranger] {
        app.browser(person).await.get(&world.href("records/list.csv")).await.not_found();
        app.browser(person).await.get(&world.href("records/list.tsv")).await.not_found();
    }
    // What stands in comes from the same part.
    let gone = all.iter().find(|record| record.in_use).unwrap();
    let form = [("label", gone.label.as_str()), ("reason", "Fictional: lost.")];
    lead.post(&world.href("records/replace"), &form).await.redirects_to(&world.href("records/sample"));
    let now = drawn(&app, &world).await;
    let by = now.iter().find(|r| r.label == gone.label).unwrap().replaced_by.clone().unwrap();
    assert_eq!(of[&by], of[&gone.label]);
    lead.get(&world.href("records/sample")).await.ok().says("Checked");
}

#[tokio::test]
async fn a_cohort_of_one_is_a_census() {
    let app = TestApp::new().await;
    let world = returned(&app, 1).await;
    let lead = app.browser(world.lead).await;
    let page =
        lead.get(&world.href("records/draw?by=precision&confidence=95&margin=5&reserves=0")).await.ok();
    page.says("1 of 1 records are read").says("nothing is left to chance");
    let out = [("label", "S001"), ("reason", "Fictional: held by a court.")];
    lead.post(&world.href("records/exclusions"), &out).await.redirects_to(&world.href("records/exclusions"));
    let form = [("by", "number"), ("number", "1"), ("reserves", "0")];
    lead.post(&world.href("records/draw"), &form).await.unprocessable().says("Nobody is left to draw from");
}
