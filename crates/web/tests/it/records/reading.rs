//! The own reading: page by page, finished, taken up again; hidden from everybody else.

use super::*;

#[tokio::test]
async fn a_reader_saves_a_draft_with_gaps_and_finishes_without() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    given(&app, &world, 0).await;
    entitled(&app, &world, world.reader).await;
    let all = drawn(&app, &world).await;
    let (label, of_others, reserve) = (all[0].label.as_str(), all[1].label.as_str(), all[3].label.as_str());
    let reader = app.browser(world.reader).await;
    let list = world.href("records/readings");
    let page = reader.get(&list).await.ok().says("You read as pair A").says("Records can be opened now");
    assert_eq!(page.all("main table form").len(), 2, "two of the three records are the pair's");
    assert_eq!(page.all("main tbody th"), [label, all[2].label.as_str()], "and no other is named");
    for not_own in ["S998", of_others, reserve] {
        let refused = reader.post(&list, &[("label", not_own)]).await.unprocessable();
        refused.says("This label is not among the records of your pair");
    }

    let reading = begun(&reader, &world, &format!(" {} ", label.to_lowercase())).await;
    assert_eq!(begun(&reader, &world, label).await, reading, "the one that was begun is found");
    let form =
        reader.get(&reading).await.ok().says("Whose records of this child have you read?").says("0800 1111");
    let form = form.says("a child may not be safe now").says("Fictional concerns-lead").says("Page 1 of");
    let text = form.text();
    assert!(text.find("0800 1111").unwrap() < text.find("Save and go on").unwrap());

    // What is asked follows from the answers before.
    let next = turn(&reader, &reading, &[("records-seen", "social-work")], "next").await;
    let social_work = page_of(&reading, "section:social-work-record");
    reader
        .follow(&next.redirects_to(&social_work))
        .await
        .ok()
        .says("Was the child seen or spoken with alone?");
    let gaps = [("social-work-seen", "partly"), ("social-work-notes", "A first note.")];
    let left = turn(&reader, &social_work, &gaps, "leave").await.redirects_to(&list);
    reader.follow(&left).await.ok().says("What you have answered is saved");
    let page = reader.get(&reading).await.ok().says("A first note.");
    assert_eq!(page.attribute("[name=social-work-seen][checked]", "value").as_deref(), Some("partly"));
    // A slip before it takes nothing away.
    let beginning = page_of(&reading, "section:beginning");
    turn(&reader, &beginning, &[("records-seen", "health")], "next").await.redirects_to(&reading);
    reader
        .get(&format!("{reading}/check"))
        .await
        .ok()
        .hides("A first note.")
        .says("Were health needs met in time?");
    turn(&reader, &beginning, &[("records-seen", "social-work")], "next").await.redirects_to(&social_work);
    reader.get(&social_work).await.ok().says("A first note.");
    let back = turn(&reader, &social_work, &[("social-work-notes", "A first note.")], "back").await;
    back.redirects_to(&beginning);

    let continuity = page_of(&reading, "section:continuity");
    let odd = [("lead-professionals", "many"), ("continuity-notes", "Typed and kept.")];
    let wrong = turn(&reader, &continuity, &odd, "next").await.unprocessable().says("Write a whole number");
    assert_eq!(
        wrong.says("Typed and kept.").attribute("#lead-professionals", "value").as_deref(),
        Some("many")
    );
    reader.get(&continuity).await.ok().hides("Typed and kept.");

    let check = reader.get(&format!("{reading}/check")).await.ok().says("Still to be answered");
    let version = check.attribute("[name=-version]", "value").unwrap();
    let refused = reader.post(&format!("{reading}/finish"), &[("-version", &version)]).await.unprocessable();
    let refused = refused.says("There is a problem").says("Answer this question");
    assert!(refused.all(".ds_error-summary__list li").len() > 3);

    let version = filled(&app, &world, world.reader, id_of(&reading), &[]).await.to_string();
    let done = reader.post(&format!("{reading}/finish"), &[("-version", &version)]).await.redirects_to(&list);
    reader.follow(&done).await.ok().says("The reading is finished").says("Finished");
    reader.get(&world.href("records")).await.ok().says("1 of 3").says("readings I have finished");

    let page = reader.get(&reading).await.ok().says("until you finish it anew it does not count");
    assert_eq!(page.all("main button"), ["Put something right"]);
    let version = page.attribute("[name=-version]", "value").unwrap();
    let late =
        [("why", "Typed too late."), ("-page", "section:outcome"), ("-act", "next"), ("-version", &version)];
    let refused = reader.post(&reading, &late).await.unprocessable();
    refused.says("This reading is finished").says("Typed too late.");
    let again = reader.post(&format!("{reading}/finish"), &[("-version", &version)]).await.unprocessable();
    again.says("This reading is finished");
    let stale = reader.post(&format!("{reading}/reopen"), &[("-version", "1")]).await.unprocessable();
    stale.says("saved in another window");
    let opened = reader.post(&format!("{reading}/reopen"), &[("-version", &version)]).await;
    reader.follow(&opened.redirects_to(&reading)).await.ok().says("You can change the reading now");
    reader.get(&world.href("records")).await.ok().says("0 of 3");
    let version =
        filled(&app, &world, world.reader, id_of(&reading), &[("why", "Put right.")]).await.to_string();
    reader.post(&format!("{reading}/finish"), &[("-version", &version)]).await.redirects_to(&list);
    reader.get(&reading).await.ok().says("Put right.");
    reader.get(&world.href("records")).await.ok().says("1 of 3");
}

#[tokio::test]
async fn two_windows_are_shown_both_readings() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    given(&app, &world, 0).await;
    let label = drawn(&app, &world).await.remove(0).label;
    let reader = app.browser(world.reader).await;
    let reading = begun(&reader, &world, &label).await;
    let window = |why: &'static str, version: &'static str| {
        [("why", why), ("-act", "leave"), ("-version", version), ("-page", "section:outcome")]
    };
    let list = world.href("records/readings");
    reader.post(&reading, &window("First window.", "1")).await.redirects_to(&list);
    let both = reader.post(&reading, &window("Second window.", "1")).await.conflict();
    let both = both.says("First window.").says("Second window.");
    assert_eq!(both.attribute("[name=-version]", "value").as_deref(), Some("2"));
    assert_eq!(both.all("textarea#why"), ["Second window."], "what was typed stands in the form");
    reader.post(&reading, &window("Both windows.", "2")).await.redirects_to(&list);
    reader.get(&page_of(&reading, "section:outcome")).await.ok().says("Both windows.");
    // What was saved and saved over is not out of reach.
    let earlier = format!("{reading}/earlier");
    let check = reader.get(&format!("{reading}/check")).await.ok();
    assert!(check.attributes("main a", "href").contains(&earlier));
    let page = reader.get(&earlier).await.ok().says("First window.").says("Both windows.").hides("⟦");
    page.hides("Second window.");
    app.browser(world.inspectors[1]).await.get(&earlier).await.not_found();
    app.browser(world.coordinator).await.get(&earlier).await.not_found();
}

#[tokio::test]
async fn the_partnership_sees_labels_and_never_the_readings_of_others() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 1).await;
    let other = World::in_area(&app, "fife", "other-").await;
    // The second record is one of pair B; the reader and the first inspector are pair A.
    given(&app, &world, 0).await;
    let label = drawn(&app, &world).await.remove(1).label;
    let inspector = app.browser(world.inspectors[1]).await;
    let reading = begun(&inspector, &world, &label).await;
    let compare = world.href(&format!("records/team/compare/{label}"));
    let reader = app.browser(world.reader).await;
    let coordinator = app.browser(world.coordinator).await;
    for (who, browser) in [("reader", &reader), ("coordinator", &coordinator)] {
        let page = browser.get(&world.href("records/sample")).await.ok();
        assert!(!page.visible().contains("Finished readings"), "{who}");
        // Who works for the partnership and reads sees the own pair's labels; who fetches the records sees all.
        assert_eq!(page.visible().contains(&label), who == "coordinator", "{who}");
        let page = browser.get(&world.href("records")).await.ok().says("0 of 3");
        assert!(page.attributes("main a", "href").iter().all(|href| !href.contains("/team")), "{who}");
        for hidden in [&reading, &compare, &world.href("records/team"), &world.href("records/team/results")] {
            browser.get(hidden).await.not_found();
        }
        browser.post(&world.href("records/draw"), &[("by", "number")]).await.not_found();
    }
    let own = drawn(&app, &world).await.remove(0).label;
    reader.get(&world.href("records/sample")).await.ok().says(&own).says("that your pair reads");
    reader.get(&world.href("records/sample.csv")).await.not_found();
    coordinator.get(&world.href("records/readings")).await.not_found();
    let foreign_page =
        [("why", "Not mine."), ("-page", "section:outcome"), ("-act", "next"), ("-version", "1")];
    reader.post(&reading, &foreign_page).await.not_found();
    for way in ["check", "finish", "reopen"] {
        let address = format!("{reading}/{way}");
        if way == "check" {
            reader.get(&address).await.not_found();
        } else {
            reader.post(&address, &[("-version", "1")]).await.not_found();
        }
    }
    app.browser(world.inspectors[0]).await.get(&reading).await.not_found();
    app.browser(world.inspectors[2]).await.get(&reading).await.not_found();
    app.browser(world.lead).await.get(&reading).await.not_found();
    let manager = app.browser(world.manager).await;
    manager.get(&world.href("records/team")).await.ok().says(&label);
    manager.get(&world.href("records/readings")).await.not_found();
    for person in [world.volunteer, world.chair, world.chief, world.stranger] {
        app.browser(person).await.get(&world.href("records")).await.not_found();
    }
    // The reading and the label are of this inspection, whoever asks for them under the address of another.
    let foreign = app.browser(other.lead).await;
    foreign.get(&reading).await.not_found();
    foreign.get(&reading.replace(&world.reference, &other.reference)).await.not_found();
    foreign.get(&compare.replace(&world.reference, &other.reference)).await.not_found();
}
