//! The sample and the readings through the browser, as each role: drawn once and checked, replaced, read, compared.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

mod blind;
mod comparing;
mod health;
mod parts;
mod planning;
mod reading;
mod sample;

use jiff::civil::{Date, date, time};
use keyline_domain::access::{Action, Role};
use keyline_domain::clock::at_london;
use keyline_domain::ids::{PairId, PersonId, ReadingId};
use keyline_domain::programmes::{ColumnKind, ReturnColumn};
use keyline_domain::records::training::Named;
use keyline_forms::answering::Filling;
use keyline_forms::form::Kind;
use keyline_operations::records::{
    ChangePlace, EntitleHealth, FormPair, NameReader, OpenReading, PageSaved, PlaceChange, ReadingNow,
    SavePage, SetReadingWindow, StartReading, TurnReading, change_place, entitle_health, finish_reading,
    form_pair, give_out, name_reader, open_reading, save_page, set_reading_window, start_reading,
};
use keyline_operations::returns::{DecideReturn, SubmitReturn, accept_return, submit_return};
use keyline_store::records::{Record, sample};
use keyline_testing::{Answer, Browser, PROGRAMME, TestApp, World, tamper};

/// A return as the programme asks for it, with this many made-up children: S001, S002 and so on.
fn table(columns: &[ReturnColumn], children: usize) -> Vec<Vec<String>> {
    let value = |column: &ReturnColumn, n: usize| match &column.kind {
        ColumnKind::Text { .. } => format!("S{n:03}"),
        ColumnKind::Month { .. } => "2025-03".to_owned(),
        ColumnKind::Key { .. } => format!("FILE/{n}"),
        ColumnKind::WholeNumber { least, .. } => least.to_string(),
        ColumnKind::Choice { values } | ColumnKind::AgeBand { values, .. } => {
            values[n % values.len()].value.clone()
        }
        ColumnKind::YesNo => "yes".to_owned(),
    };
    let mut lines = vec![columns.iter().map(|c| c.title.clone()).collect::<Vec<_>>()];
    lines.extend((1..=children).map(|n| columns.iter().map(|c| value(c, n)).collect()));
    lines
}

/// A world whose return of this many children has been accepted.
async fn returned(app: &TestApp, children: usize) -> World {
    let world = World::notified(app).await;
    let programme = app.cx.library.latest(PROGRAMME).unwrap();
    let lines = table(&programme.pre_inspection_return.columns, children);
    let bytes = keyline_workbooks::write_csv(lines.iter().map(Vec::as_slice), true);
    let input = SubmitReturn { inspection: world.inspection, file_name: "return.csv".into(), bytes };
    let sent = submit_return(&app.cx, &app.actor(world.coordinator).await, input).await.unwrap();
    assert!(sent.problems.is_empty(), "{:?}", sent.problems);
    let decision = DecideReturn {
        identifies_nobody: false,
        inspection: world.inspection,
        submission: sent.submission,
        reason: String::new(),
        version: None,
    };
    accept_return(&app.cx, &app.actor(world.lead).await, decision).await.unwrap();
    world
}

/// The same with a sample drawn by the lead.
async fn sampled(app: &TestApp, children: usize, number: usize, reserves: usize) -> World {
    let world = returned(app, children).await;
    let (number, reserves) = (number.to_string(), reserves.to_string());
    let form = [("by", "number"), ("number", number.as_str()), ("reserves", reserves.as_str())];
    let lead = app.browser(world.lead).await;
    lead.post(&world.href("records/draw"), &form).await.redirects_to(&world.href("records/sample"));
    world
}

/// The Monday on which reading begins in these tests.
const FIRST_DAY: Date = date(2026, 3, 2);

/// Sets the clock to a time of a day.
fn at(app: &TestApp, day: Date, hour: i8) {
    app.clock.set(at_london(day, time(hour, 0, 0, 0)).unwrap());
}

/// A local reader with an account, named, trained and chosen.
async fn local_reader(app: &TestApp, world: &World, slug: &str) -> PersonId {
    let person = keyline_testing::person(app, slug, false).await;
    let mut tx = app.cx.db.begin().await.unwrap();
    keyline_store::inspections::members::add(
        &mut tx,
        world.inspection,
        person,
        Role::RecordReader,
        None,
        app.cx.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    chosen(app, world, slug).await;
    person
}

/// Puts an account on the training list, trained and chosen to read.
async fn chosen(app: &TestApp, world: &World, slug: &str) {
    let (lead, inspection) = (app.actor(world.lead).await, world.inspection);
    let named = Named {
        name: format!("Fictional {slug}"),
        designation: "Social worker".into(),
        organisation: "Fictional council".into(),
        email: format!("{slug}@fictional.test"),
    };
    let place = name_reader(&app.cx, &lead, NameReader { inspection, named }).await.unwrap();
    for (change, version) in [(PlaceChange::Attended(true), 1), (PlaceChange::Reads(true), 2)] {
        let input = ChangePlace { inspection, place, change, version };
        change_place(&app.cx, &lead, input).await.unwrap();
    }
}

/// Pairs that read, in the order of their names: A is the world's reader with the first inspector, B a second local reader with
/// the second inspector.
struct Pairs {
    a: PairId,
    b: PairId,
    /// The local reader of B.
    other: PersonId,
}

/// Two pairs, days and hours set, and it is the first morning. Nothing is given out yet.
async fn paired(app: &TestApp, world: &World) -> Pairs {
    let (lead, inspection) = (app.actor(world.lead).await, world.inspection);
    chosen(app, world, "record-reader").await;
    let other = local_reader(app, world, "second-reader").await;
    let pair = async |inspector, local| {
        let input = FormPair { inspection, inspector: Some(inspector), local_reader: Some(local) };
        form_pair(&app.cx, &lead, input).await.unwrap()
    };
    let a = pair(world.inspectors[0], world.reader).await;
    let b = pair(world.inspectors[1], other).await;
    let input = SetReadingWindow {
        inspection,
        first_day: Some(FIRST_DAY),
        opens: Some(time(8, 30, 0, 0)),
        closes: Some(time(17, 30, 0, 0)),
        version: 0,
    };
    set_reading_window(&app.cx, &lead, input).await.unwrap();
    at(app, FIRST_DAY, 10);
    Pairs { a, b, other }
}

/// Pairs, and every record given out; `twice` of them to both pairs.
async fn given(app: &TestApp, world: &World, twice: usize) -> Pairs {
    let pairs = paired(app, world).await;
    let lead = app.browser(world.lead).await;
    if twice > 0 {
        let number = twice.to_string();
        let plan = world.href("records/plan");
        lead.post(&format!("{plan}/twice"), &[("number", number.as_str())]).await.redirects_to(&plan);
    }
    give_out(&app.cx, &app.actor(world.lead).await, world.inspection).await.unwrap();
    pairs
}

/// Entitles somebody to health records.
async fn entitled(app: &TestApp, world: &World, person: PersonId) {
    let input = EntitleHealth {
        inspection: world.inspection,
        person: Some(person),
        entitled: true,
        reason: "Registered nurse".into(),
    };
    entitle_health(&app.cx, &app.actor(world.lead).await, input).await.unwrap();
}

/// How reading stands.
async fn now(app: &TestApp, world: &World) -> ReadingNow {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeReadingPlan).await.unwrap();
    ReadingNow::load(&mut app.cx.read().await.unwrap(), &grant).await.unwrap()
}

/// The labels of a pair in the order of the timetable.
async fn of_pair(app: &TestApp, world: &World, pair: PairId) -> Vec<String> {
    let mut tasks: Vec<_> =
        now(app, world).await.tasks_now().into_iter().filter(|t| t.pair == pair).collect();
    tasks.sort_by_key(|t| t.slot);
    tasks.into_iter().map(|t| t.label).collect()
}

/// A world with a sample of three from twelve, for the tests of other rooms.
pub(crate) async fn sampled_world(app: &TestApp) -> World {
    sampled(app, 12, 3, 1).await
}

async fn drawn(app: &TestApp, world: &World) -> Vec<Record> {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeSample).await.unwrap();
    sample(&mut app.cx.read().await.unwrap(), &grant).await.unwrap().unwrap().1
}

/// What is answered when a test says nothing else; of every other question the first choice.
const FILLED: &[(&str, &str)] = &[
    ("assessment-quality", "good"),
    ("plan-quality", "adequate"),
    ("views", "heard"),
    ("why", "The plan was followed up in every meeting."),
];

/// A page as a reader fills it in, with some answers as wanted.
fn typed(filling: &Filling, page: &str, change: &[(&str, &str)]) -> Vec<(String, String)> {
    let wanted = |name: &str| change.iter().chain(FILLED).find(|(question, _)| *question == name);
    let view = filling.view(page).unwrap();
    let asked = view.questions.iter().filter(|asked| asked.question.kind != Kind::Note);
    asked
        .filter_map(|asked| {
            let first = || asked.choices.first().map(|choice| choice.name.clone());
            let value = wanted(&asked.path).map(|(_, value)| (*value).to_owned()).or_else(first)?;
            Some((asked.path.clone(), value))
        })
        .collect()
}

/// Fills the whole of an open reading in without a page; gives its version then.
async fn filled(
    app: &TestApp,
    world: &World,
    by: PersonId,
    reading: ReadingId,
    change: &[(&str, &str)],
) -> i64 {
    let (actor, inspection) = (app.actor(by).await, world.inspection);
    let opened = open_reading(&app.cx, &actor, OpenReading { inspection, reading }).await.unwrap();
    let (mut version, mut filling) = (opened.reading.version, opened.filling(&app.cx));
    let mut page = filling.pages().into_iter().next();
    while let Some(here) = page {
        let typed = typed(&filling, &here.id, change);
        let input = SavePage { inspection, reading, page: here.id.clone(), typed, version };
        let PageSaved::Kept { filling: now, more: false, .. } =
            save_page(&app.cx, &actor, input).await.unwrap()
        else {
            panic!("{} was not kept", here.id)
        };
        version += 1;
        page = now.next_after(&here.id);
        filling = now;
    }
    version
}

/// Begins a reading in the browser; gives its address.
async fn begun(browser: &Browser, world: &World, label: &str) -> String {
    let start = world.href("records/readings");
    let answer = browser.post(&start, &[("label", label)]).await;
    answer.redirects_to(&format!("{start}/rea")).location()
}

/// The id in the address of a reading.
fn id_of(reading: &str) -> ReadingId {
    reading.rsplit('/').next().unwrap().parse().unwrap()
}

/// A finished reading without a page.
async fn read(app: &TestApp, world: &World, by: PersonId, label: &str, change: &[(&str, &str)]) {
    let (actor, inspection) = (app.actor(by).await, world.inspection);
    let start = StartReading { inspection, label: label.to_owned() };
    let reading = start_reading(&app.cx, &actor, start).await.unwrap();
    let version = filled(app, world, by, reading, change).await;
    let missing =
        finish_reading(&app.cx, &actor, TurnReading { inspection, reading, version }).await.unwrap();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Sends a page of a reading as it stands in the browser, with these answers.
async fn turn(browser: &Browser, page: &str, answers: &[(&str, &str)], act: &str) -> Answer {
    let shown = browser.get(page).await.ok();
    let hidden = |name: &str| shown.attribute(&format!("[name={name}]"), "value").unwrap();
    let (version, id) = (hidden("-version"), hidden("-page"));
    let mut form = answers.to_vec();
    form.extend([("-act", act), ("-version", &version), ("-page", &id)]);
    let address = page.split('?').next().unwrap();
    browser.post(address, &form).await
}

/// The address of a page of a reading.
fn page_of(reading: &str, page: &str) -> String {
    format!("{reading}?page={}", page.replace(':', "%3A").replace('-', "%2D"))
}

/// How often a reading has been opened, as the audit trail has it.
async fn opened(app: &TestApp, world: &World) -> usize {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeAudit).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let entries = keyline_store::audit::list(&mut reader, &grant, i64::MAX, 1_000).await.unwrap();
    entries.iter().filter(|(entry, _)| entry.action == "record.read").count()
}
