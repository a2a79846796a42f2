//! The children's version, and "You said, we did".

use jiff::civil::date;
use keyline_testing::{TestApp, World, texts};

use super::hidden;

#[tokio::test]
async fn volunteers_comment_on_the_childrens_version_and_hear_what_was_done() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, own) = (app.browser(world.lead).await, app.browser(world.volunteer).await);
    let page = world.href("childrens-version");
    let new = world.href("childrens-version/new");
    own.get(&page).await.ok().says("There is no draft yet");
    lead.post(&new, &[("title", "What we found"), ("body", "")]).await.unprocessable();
    let named = [("title", "What we found"), ("body", "Eilidh Macdonald helped.")];
    lead.post(&new, &named).await.unprocessable();
    let body = "We met many young people.\n\nMost feel listened to.";
    lead.post(&new, &[("title", "What we found"), ("body", body)]).await.redirects_to(&page);
    own.post(&new, &[("title", "Mine"), ("body", "Mine")]).await.not_found();
    let form = own.get(&page).await.ok().says("Most feel listened to.");
    let draft = hidden(&form, "draft");
    let say = |place: &'static str, text: &'static str| {
        [("draft", draft.as_str()), ("place", place), ("text", text)]
    };
    own.post(&page, &say("3", "About nothing")).await.unprocessable().says("About nothing");
    own.post(&page, &say("2", "")).await.unprocessable();
    own.post(&page, &say("2", "Say how many, or nobody believes it")).await.redirects_to(&page);
    lead.post(&page, &say("", "The lead does not comment")).await.not_found();
    app.browser(world.reader).await.get(&page).await.not_found();
    app.browser(world.inspectors[1]).await.get(&page).await.ok().says("Fictional volunteer");
    let comment =
        texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM childrens_comment").await.remove(0);
    let answer = world.href(&format!("childrens-version/{comment}"));
    own.get(&answer).await.not_found();
    lead.get(&answer).await.ok().says("Most feel listened to.");
    lead.post(&answer, &[("outcome", ""), ("answer", "Yes")]).await.unprocessable();
    lead.post(&answer, &[("outcome", "changed"), ("answer", "It says seven in ten now")])
        .await
        .redirects_to(&page);
    own.get(&page).await.ok().says("It says seven in ten now").says("You");
    // The next draft leaves what was said with the one before.
    let next =
        |seen: &'static str, body: &'static str| [("title", "What we found"), ("body", body), ("seen", seen)];
    lead.post(&new, &next("1", "Seven in ten feel listened to.")).await.redirects_to(&page);
    // Built on the first while the second came: both texts stand there, and nothing is shown.
    let adviser = app.browser(world.adviser).await;
    let both = adviser.post(&new, &next("1", "Many feel listened to.")).await.conflict();
    both.says("Many feel listened to.").says("Seven in ten").says("Fictional lead");
    own.get(&page).await.ok().hides("Draft 3");
    assert_eq!(hidden(&adviser.get(&new).await.ok(), "seen"), "2");
    // Two who answer one comment at once: the second sees the first answer.
    let late = [("outcome", "kept"), ("answer", "It stays")];
    let both = adviser.post(&answer, &late).await.conflict();
    both.says("It stays").says("It says seven in ten now").says("Fictional lead");
    own.get(&page).await.ok().hides("It stays");
    let form = adviser.get(&answer).await.ok();
    let seen = [hidden(&form, "seen_outcome"), hidden(&form, "seen_answer")];
    let again = [late[0], late[1], ("seen_outcome", seen[0].as_str()), ("seen_answer", seen[1].as_str())];
    adviser.post(&answer, &again).await.redirects_to(&page);
    own.get(&page).await.ok().says("It stays");
    own.get(&page).await.ok().says("Draft 2").says("Draft 1").says("Say how many");
}

#[tokio::test]
async fn you_said_we_did_is_published_points_to_nobody_and_can_be_taken_back() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (adviser, anyone) = (app.browser(world.adviser).await, app.anyone());
    let new = world.href("said/new");
    let said = |heard: &'static str, people: &'static str, text: &'static str| {
        [
            ("heard", heard),
            ("people", people),
            ("said", text),
            ("did", "Letters have a summary now."),
            ("by", "the council's children's services"),
            ("done_on-day", "5"),
            ("done_on-month", "1"),
            ("done_on-year", "2026"),
        ]
    };
    adviser.post(&new, &said("session", "3", "Mrs Fictional never writes.")).await.unprocessable();
    adviser.post(&new, &said("", "3", "Letters are hard to read.")).await.unprocessable();
    adviser
        .post(&new, &said("session", "3", "Letters are hard to read."))
        .await
        .redirects_to(&world.href("said/sai_"));
    adviser.post(&new, &said("survey", "41", "Nobody asks us.")).await.redirects_to(&world.href("said/sai_"));
    let page = "/you-said/strathmarnock";
    anyone.get(page).await.ok().says("Nothing is published").hides("Letters");
    anyone.get("/you-said/none-such").await.not_found();
    let ids = texts(&mut app.cx.read().await.unwrap(), "SELECT id FROM said_did ORDER BY people").await;
    let act = async |n: usize, version: &str, act: &str, reason: &str| {
        let path = world.href(&format!("said/{}", ids[n]));
        adviser.post(&path, &[("version", version), ("act", act), ("reason", reason)]).await
    };
    adviser.get(&world.href(&format!("said/{}", ids[0]))).await.ok().says("So few people said it");
    act(0, "1", "publish", "").await.redirects_to(&world.href("said"));
    act(1, "1", "publish", "").await.redirects_to(&world.href("said"));
    act(1, "2", "publish", "").await.unprocessable();
    let public = anyone.get(page).await.ok().says("People said").says("Letters are hard to read.");
    let public = public.says("You said in our survey").hides("when we met").hides("41");
    assert!(!public.visible().contains(" 3 "), "no number of people leaves the team");
    anyone.get("/you-said").await.ok().says("Strathmarnock");
    // What is public does not change unseen: it is taken back first, with a reason.
    let change = [("act", "save"), ("version", "2")]
        .into_iter()
        .chain(said("survey", "41", "Changed"))
        .collect::<Vec<_>>();
    adviser.post(&world.href(&format!("said/{}", ids[1])), &change).await.unprocessable();
    act(1, "2", "take-back", "").await.unprocessable();
    act(1, "1", "take-back", "Wrong area").await.conflict();
    act(1, "2", "take-back", "Wrong area").await.redirects_to(&world.href("said"));
    anyone.get(page).await.ok().hides("Nobody asks us");
    adviser.get(&world.href("said")).await.ok().says("Wrong area").says("Taken back");
    act(1, "3", "rework", "").await.redirects_to(&world.href("said"));
    // Two at once: the second sees both texts.
    let change = [("act", "save"), ("version", "4")]
        .into_iter()
        .chain(said("survey", "41", "Ask us."))
        .collect::<Vec<_>>();
    let path = world.href(&format!("said/{}", ids[1]));
    adviser.post(&path, &change).await.redirects_to(&path);
    adviser.post(&path, &change).await.conflict().says("Ask us.");
    // Also a field that is no text is shown when it differs.
    let other: Vec<_> =
        [("act", "save"), ("version", "4")].into_iter().chain(said("session", "12", "Ask us.")).collect();
    let both = adviser.post(&path, &other).await.conflict();
    both.says("How was it said?: In a survey").says("How was it said?: In a group or a talk").says("41");
    // Every fault at once, and nothing that was before the inspection began.
    let empty = adviser.post(&new, &[]).await.unprocessable();
    empty.says("Choose one").says("Fill this in").says("Write a number, at least 1");
    let mut before = said("survey", "41", "Long ago.");
    before[7].1 = "2019";
    adviser.post(&new, &before).await.unprocessable().says("had begun");
    // The partnership's participation lead reads what everybody reads.
    let participation = app.browser(world.participation).await;
    participation.get(&world.href("said")).await.ok().says("Letters are hard to read.").hides("Ask us.");
    participation.get(&new).await.not_found();
    for person in [world.volunteer, world.coordinator, world.inspectors[0]] {
        app.browser(person).await.get(&world.href("said")).await.not_found();
    }
    let manager = app.browser(world.manager).await;
    manager.get(&world.href("said")).await.ok();
    manager.get(&new).await.not_found();
    assert_eq!(app.cx.today(), date(2026, 1, 5));
}
