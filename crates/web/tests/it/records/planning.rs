//! The training list, pairs, giving out, the timetable.

use super::*;

#[tokio::test]
async fn the_training_list_holds_fifteen_and_six_of_them_read() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 3, 0).await;
    let list = world.href("records/training");
    let coordinator = app.browser(world.coordinator).await;
    coordinator.get(&list).await.ok().says("Nobody is named yet");
    let bare = coordinator.post(&list, &[("name", "Fictional One")]).await.unprocessable().says("Write this");
    assert_eq!(bare.attribute("#name", "value").as_deref(), Some("Fictional One"), "what was typed is kept");
    for n in 1..=15 {
        let (name, email) = (format!("Fictional reader {n}"), format!("reader-{n}@fictional.test"));
        let form = [
            ("name", name.as_str()),
            ("designation", "Social worker"),
            ("organisation", "Council"),
            ("email", email.as_str()),
        ];
        coordinator.post(&list, &form).await.redirects_to(&list);
    }
    let page = coordinator.get(&list).await.ok().says("15 / 15").says("The list is full: 15 people");
    let more = [("name", "x"), ("designation", "x"), ("organisation", "x")];
    coordinator.post(&list, &more).await.unprocessable().says("The list is full: 15 people");
    let places: Vec<String> = page
        .attributes("main table form", "action")
        .into_iter()
        .filter(|action| !action.ends_with("/reads"))
        .collect();
    let mut places: Vec<&str> = places.iter().map(String::as_str).collect();
    places.dedup();
    assert_eq!(places.len(), 15);
    coordinator.post(&format!("{}/reads", places[0]), &[("version", "1")]).await.not_found();
    let lead = app.browser(world.lead).await;
    for place in &places[..6] {
        lead.post(&format!("{place}/reads"), &[("version", "1"), ("act", "reads")]).await.redirects_to(&list);
    }
    lead.get(&list).await.ok().says("6 / 6").says("Chosen, but not trained yet");
    let seventh = lead.post(&format!("{}/reads", places[6]), &[("version", "1"), ("act", "reads")]).await;
    seventh.unprocessable().says("6 people are chosen to read");
    let stale = coordinator.post(places[0], &[("version", "1"), ("act", "attended")]).await.unprocessable();
    stale.says("Somebody changed this meanwhile");
    coordinator.post(places[0], &[("version", "2"), ("act", "attended")]).await.redirects_to(&list);
    coordinator.post(places[14], &[("version", "1"), ("act", "remove")]).await.redirects_to(&list);
    coordinator.get(&list).await.ok().says("14 / 15");
    app.browser(world.participation).await.get(&list).await.not_found();
}

#[tokio::test]
async fn records_are_shared_out_evenly_and_moved_by_hand_with_a_reason() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 5, 1).await;
    let lead = app.browser(world.lead).await;
    let plan = world.href("records/plan");
    lead.get(&plan).await.ok().says("There is no pair yet").says("The days of reading have not been set yet");
    lead.post(&format!("{plan}/give-out"), &[]).await.unprocessable().says("There is no pair yet");
    let sunday = [
        ("first-day-day", "1"),
        ("first-day-month", "3"),
        ("first-day-year", "2026"),
        ("opens", "9"),
        ("closes", "8"),
    ];
    let wrong = lead.post(&format!("{plan}/window"), &sunday).await.unprocessable();
    wrong.says("1 March 2026 is none").says("The hours end before they begin");
    let pairs = paired(&app, &world).await;
    let lead = app.browser(world.lead).await;
    let form = [("inspector", world.inspectors[0].to_string()), ("local-reader", world.reader.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let taken = lead.post(&format!("{plan}/pairs"), &form).await.unprocessable();
    taken.says("Choose one");
    lead.post(&format!("{plan}/twice"), &[("number", "6")]).await.unprocessable().says("from 1 to 5");
    lead.post(&format!("{plan}/twice"), &[("number", "2")]).await.redirects_to(&plan);
    lead.post(&format!("{plan}/twice"), &[("number", "2")]).await.unprocessable().says("It is drawn once");
    lead.get(&plan)
        .await
        .ok()
        .says("2 of 5 records were drawn")
        .says("Checked")
        .says("chacha20-fisher-yates-1");
    lead.post(&format!("{plan}/give-out"), &[]).await.redirects_to(&plan);
    let stands = now(&app, &world).await;
    let of = |pair, turn| stands.tasks_now().iter().filter(|t| t.pair == pair && t.turn == turn).count();
    assert_eq!((of(pairs.a, 1), of(pairs.b, 1)), (3, 2), "even but for one");
    assert_eq!(of(pairs.a, 2) + of(pairs.b, 2), 2);
    lead.post(&format!("{plan}/give-out"), &[]).await.redirects_to(&plan);
    assert_eq!(now(&app, &world).await.tasks.len(), 7, "given out once");

    let timetable = world.href("records/timetable");
    let all = lead.get(&timetable).await.ok().says("2 March 2026, 09:00").says("Pair B");
    let label = of_pair(&app, &world, pairs.a).await.remove(0);
    let local = app.browser(pairs.other).await.get(&timetable).await.ok();
    assert!(
        all.text().contains(&label) && !local.text().contains("By record"),
        "a local reader sees the own part"
    );
    let once = stands
        .tasks_now()
        .into_iter()
        .find(|t| t.pair == pairs.a && stands.tasks_now().iter().filter(|o| o.label == t.label).count() == 1);
    let once = once.unwrap().label;
    let address = format!("{plan}/move/{once}/1");
    lead.get(&address).await.ok().says("The first that is free");
    let b = pairs.b.to_string();
    let bare = [("pair", b.as_str()), ("version", "1"), ("slot", "")];
    lead.post(&address, &bare).await.unprocessable().says("Say why");
    let never = [("pair", b.as_str()), ("version", "1"), ("slot", "99"), ("reason", "Fictional")];
    lead.post(&address, &never).await.unprocessable().says("Choose a time of the timetable");
    let whole = [&bare[..], &[("reason", "Its inspector knows the family")]].concat();
    lead.post(&address, &whole).await.redirects_to(&timetable);
    lead.get(&timetable).await.ok().says("Its inspector knows the family");
    lead.post(&address, &whole).await.unprocessable().says("Somebody changed this meanwhile");
    lead.get(&format!("{plan}/move/S999/1")).await.not_found();

    // Begun, it stays with its pair; somebody else may take the reader's place, and the reading goes on.
    let reader = app.browser(pairs.other).await;
    let reading = begun(&reader, &world, &once).await;
    let a = pairs.a.to_string();
    let back = [("pair", a.as_str()), ("version", "2"), ("slot", ""), ("reason", "Back")];
    lead.post(&address, &back).await.unprocessable().says("The pair has begun to read this record");
    let third = local_reader(&app, &world, "third-reader").await;
    let form = [
        ("pair", b.clone()),
        ("version", "1".to_owned()),
        ("leaves", pairs.other.to_string()),
        ("joins", third.to_string()),
        ("reason", "Ill".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let change = format!("{plan}/pairs/{b}");
    lead.post(&change, &form[..4]).await.unprocessable().says("Say why");
    lead.post(&change, &form).await.redirects_to(&format!("{plan}/pairs"));
    app.browser(third).await.get(&reading).await.ok();
    reader.get(&reading).await.not_found();
    reader.get(&world.href("records/readings")).await.ok().says("You are in no pair");
    lead.get(&format!("{plan}/pairs")).await.ok().says("Ill").says("not any more");
}

#[tokio::test]
async fn a_pair_is_dissolved_and_what_it_has_not_begun_goes_to_others_who_have_not_seen_it() {
    let app = TestApp::new().await;
    let world = sampled(&app, 20, 4, 0).await;
    let pairs = given(&app, &world, 4).await;
    let labels = of_pair(&app, &world, pairs.a).await;
    let lead = app.browser(world.lead).await;
    let page = world.href("records/plan/pairs");
    let end = format!("{page}/{}/end", pairs.a);
    let form = |reason: &'static str, version: &'static str| {
        [("pair", ""), ("act", "end"), ("reason", reason), ("version", version)]
    };
    // One record is read, another begun.
    read(&app, &world, world.reader, &labels[0], &[]).await;
    begun(&app.browser(world.reader).await, &world, &labels[1]).await;
    lead.post(&end, &form("", "1")).await.unprocessable().says("Say why");
    let refused = lead.post(&end, &form("Fictional: ill.", "1")).await.unprocessable();
    refused.says("has begun").says(&labels[1]).says("Let it finish");
    let reading = now(&app, &world).await.reading(&labels[1], pairs.a).unwrap().id;
    let version = filled(&app, &world, world.reader, reading, &[]).await.to_string();
    let finish = world.href(&format!("records/readings/{reading}/finish"));
    let browser = app.browser(world.reader).await;
    browser
        .post(&finish, &[("-version", version.as_str())])
        .await
        .redirects_to(&world.href("records/readings"));
    for person in [world.inspectors[0], world.reader, world.coordinator, world.chief] {
        app.browser(person).await.post(&end, &form("Fictional.", "1")).await.not_found();
    }
    lead.post(&end, &form("Fictional: ill.", "9")).await.unprocessable().says("changed this meanwhile");
    lead.post(&end, &form("Fictional: ill.", "1")).await.redirects_to(&page);
    lead.post(&end, &form("Fictional: ill.", "2")).await.not_found();
    lead.get(&page).await.ok().says("Fictional: ill.").hides("⟦");
    let stands = now(&app, &world).await;
    assert_eq!(stands.tasks_of(pairs.a).len(), 2, "what it has read stays");
    assert_eq!(stands.readings.len(), 2);
    browser.get(&world.href("records/readings")).await.ok();
    lead.get(&world.href("records/timetable")).await.ok().says("Pair A");

    // Its people are in new pairs, and are not given what they have read.
    let actor = app.actor(world.lead).await;
    let input = FormPair {
        inspection: world.inspection,
        inspector: Some(world.inspectors[0]),
        local_reader: Some(world.reader),
    };
    let new = form_pair(&app.cx, &actor, input).await.unwrap();
    assert_eq!(now(&app, &world).await.pair(new).unwrap().name, "C");
    give_out(&app.cx, &actor, world.inspection).await.unwrap();
    let given = of_pair(&app, &world, new).await;
    assert_eq!(given.len(), 2, "{given:?}");
    assert!(!given.contains(&labels[0]) && !given.contains(&labels[1]), "{given:?}");
}
