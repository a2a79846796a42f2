//! The sample: drawn once, checked, replaced.

use super::*;

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
    assert!(page.all(".kl_code").iter().any(|text| text.len() == 64), "the seed");

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
    given(&app, &world, 0).await;
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
    read(&app, &world, world.inspectors[1], kept, &[]).await;
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
    refused.unprocessable().says("not among the records of your pair");
    let page = reader.get(&reading).await.ok().says("This reading cannot be changed now");
    assert!(page.all("main form").is_empty());
    let late =
        [("why", "Typed too late."), ("-page", "section:outcome"), ("-act", "next"), ("-version", "1")];
    let late = reader.post(&reading, &late).await.unprocessable();
    late.says("The record has been replaced").says("Typed too late.");
    let late = reader.post(&format!("{reading}/finish"), &[("-version", "1")]).await.unprocessable();
    late.says("The record has been replaced");
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
    given(&app, &world, 0).await;
    read(&app, &world, world.reader, &label, &[]).await;
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("records/replace")).await.ok().says("Every record of the sample has been read");
    lead.get(&world.href("records")).await.ok().says("1 of 1");
}
