//! Young inspection volunteers: the form, the way to being welcomed, their own pages, money, sessions, drafts of the
//! children's version, and "You said, we did". Every sentence in here is made up.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

mod coming;
mod kept;
mod rules;
mod taking_part;
mod telling;

use keyline_domain::access::{Actor, Duty};
use keyline_domain::ids::VolunteerId;
use keyline_domain::volunteers::ready::Topic;
use keyline_domain::volunteers::stage::Stage;
use keyline_domain::volunteers::{Age, Interest};
use keyline_operations::duties::set_duty;
use keyline_operations::tell_us::Once;
use keyline_operations::volunteers::{
    MoveVolunteer, NewAccount, NoteCheck, NoteTraining, SendInterest, SetSupport, move_volunteer, note_check,
    note_training, send_interest, set_support,
};
use keyline_store::volunteers as rows;
use keyline_testing::{Answer, Browser, TestApp, World, number};

fn hidden(answer: &Answer, name: &str) -> String {
    let selector = scraper::Selector::parse(&format!("input[name=\"{name}\"]")).unwrap();
    answer.html().select(&selector).next().unwrap().value().attr("value").unwrap_or_default().to_owned()
}

fn words(answer: &Answer) -> String {
    let selector = scraper::Selector::parse(".kl_receipt li").unwrap();
    answer.html().select(&selector).map(|li| li.text().collect::<String>()).collect::<Vec<_>>().join(" ")
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    number(&mut app.cx.read().await.unwrap(), sql).await
}

/// Somebody whose interest has come, by the verb.
async fn interested(app: &TestApp) -> VolunteerId {
    let interest = Interest { name: "Sam".into(), reach: "text me".into(), ..Interest::default() };
    let once = Once::make(app.cx.random());
    send_interest(&app.cx, SendInterest { once, age: Some(Age::Fits), interest }).await.unwrap();
    let all = rows::list(&mut app.cx.read().await.unwrap()).await.unwrap();
    all.last().unwrap().id
}

async fn go(app: &TestApp, world: &World, id: VolunteerId, to: Stage, email: &str) {
    let actor = app.actor(world.adviser).await;
    let version = rows::find(&mut app.cx.read().await.unwrap(), id).await.unwrap().unwrap().version;
    let account = NewAccount { name: "Fictional volunteer".into(), email: email.into() };
    let input = MoveVolunteer { volunteer: id, version, to: Some(to), reason: None, account, sure: true };
    move_volunteer(&app.cx, &actor, input).await.unwrap();
}

/// The world's volunteer, welcomed; the involvement adviser looks after volunteers.
async fn welcomed(app: &TestApp, world: &World, email: &str) -> VolunteerId {
    set_duty(&app.cx, &Actor::Console, world.adviser, Duty::VolunteerLead, true).await.unwrap();
    let actor = app.actor(world.adviser).await;
    let id = interested(app).await;
    go(app, world, id, Stage::SpokenTo, "").await;
    go(app, world, id, Stage::Checks, "").await;
    let version = async || rows::find(&mut app.cx.read().await.unwrap(), id).await.unwrap().unwrap().version;
    let today = app.cx.today();
    let check = NoteCheck { volunteer: id, version: version().await, passed: Some(true), on: Some(today) };
    note_check(&app.cx, &actor, check).await.unwrap();
    go(app, world, id, Stage::Training, "").await;
    for topic in Topic::ALL {
        let done = NoteTraining { volunteer: id, topic: *topic, done_on: Some(today) };
        note_training(&app.cx, &actor, done).await.unwrap();
    }
    let support =
        SetSupport { volunteer: id, version: version().await, buddy: None, supporter: Some(world.officer) };
    set_support(&app.cx, &actor, support).await.unwrap();
    go(app, world, id, Stage::Welcomed, email).await;
    id
}

/// A second welcomed volunteer, who takes part nowhere.
async fn another(app: &TestApp, world: &World) -> Browser {
    welcomed(app, world, "second@fictional.test").await;
    let all = rows::list(&mut app.cx.read().await.unwrap()).await.unwrap();
    app.browser(all.last().unwrap().person.unwrap()).await
}
