//! Reading in pairs: the training list, pairs, days, what is read twice; the readings; what is settled where two differ.

use jiff::ToSpan as _;
use jiff::civil::{Date, time};
use keyline_domain::access::Action;
use keyline_domain::records::moderating::differing;
use keyline_domain::records::pairs::Task;
use keyline_domain::records::tool::{levels, values};
use keyline_domain::records::training::Named;
use keyline_forms::answering::Filling;
use keyline_forms::form::Kind;
use keyline_operations::records::{
    ChangePlace, DrawTwice, EntitleHealth, FormPair, NameReader, OpenReading, PageSaved, PlaceChange,
    ReadingNow, SavePage, SetReadingWindow, Settle, StartReading, TurnReading, change_place, draw_twice,
    entitle_health, finish_reading, form_pair, give_out, name_reader, open_reading, save_page,
    set_reading_window, settle, start_reading, tool_for,
};
use keyline_store::records::{ReadingState, moderation, plan};
use serde_json::Value;

use super::Teller;
use super::set_up::finish;
use crate::commands::in_words;
use crate::demo::people::PARTS;

/// Who reads with whom. The first pair reads health records too.
const PAIRS: [(&str, &str); 3] = [
    ("inspector-health", "record-reader"),
    ("inspector-education", "record-reader-2"),
    ("inspector-police", "record-reader-3"),
];

/// How many records a second pair reads.
const TWICE: u32 = 4;

/// People who are trained and do not read.
const TRAINED: [(&str, &str, &str); 3] = [
    ("Isla Drummond", "Team leader, children and families", "Strathmarnock Council"),
    ("Callum Reid", "School nurse", "NHS Strathmarnock"),
    ("Priya Nair", "Depute head teacher", "Strathmarnock Council"),
];

/// The partnership names its people, the lead chooses who reads, forms pairs, sets the days, draws what is read twice, and gives the
/// records out.
pub(super) async fn planned(t: &Teller<'_>) -> anyhow::Result<()> {
    t.at_step("analyse-written-evidence", 30)?;
    trained(t).await?;
    let (lead, inspection) = (t.actor("lead"), t.id);
    for (inspector, local) in PAIRS {
        let (inspector, local_reader) =
            (t.actor(inspector).person().map(|p| p.id), t.actor(local).person().map(|p| p.id));
        if stands(t).await?.pair_of(inspector).is_none() {
            let input = FormPair { inspection, inspector, local_reader };
            form_pair(t.cx, &lead, input).await.map_err(in_words)?;
        }
    }
    let now = stands(t).await?;
    if now.health.is_empty() {
        let person = t.actor(PAIRS[0].0).person().map(|p| p.id);
        let reason = "Registered nurse; named by Healthcare Improvement Scotland.".to_owned();
        let input = EntitleHealth { inspection, person, entitled: true, reason };
        entitle_health(t.cx, &lead, input).await.map_err(in_words)?;
    }
    if now.window.is_none() {
        let input = SetReadingWindow {
            inspection,
            first_day: Some(first_day(t)?),
            opens: Some(time(8, 30, 0, 0)),
            closes: Some(time(17, 30, 0, 0)),
            version: 0,
        };
        set_reading_window(t.cx, &lead, input).await.map_err(in_words)?;
    }
    let grant = t.grant("lead", Action::PlanReading).await?;
    if plan::twice(&mut t.cx.db.read().await?, &grant).await?.is_none() {
        draw_twice(t.cx, &lead, DrawTwice { inspection, number: Some(TWICE) }).await.map_err(in_words)?;
    }
    give_out(t.cx, &lead, inspection).await.map_err(in_words)?;
    Ok(())
}

async fn stands(t: &Teller<'_>) -> anyhow::Result<ReadingNow> {
    let grant = t.grant("lead", Action::SeeReadingPlan).await?;
    ReadingNow::load(&mut t.cx.db.read().await?, &grant).await.map_err(in_words)
}

/// The first day of the step from which on there are as many working days in a row as the programme wants.
fn first_day(t: &Teller<'_>) -> anyhow::Result<Date> {
    let calendar = t.cx.library.calendar(super::AREA);
    let days = t.programme.record_reading.value.days;
    let mut day = t.plan.step("record-review").map_or(t.tale.starts_on, |s| s.span.from);
    for _ in 0..30 {
        if day.series(1.day()).take(usize::from(days)).all(|day| calendar.is_working_day(day)) {
            return Ok(day);
        }
        day = day.tomorrow()?;
    }
    anyhow::bail!("no {days} working days in a row")
}

async fn trained(t: &Teller<'_>) -> anyhow::Result<()> {
    let inspection = t.id;
    let grant = t.grant("lead", Action::SeeReadingPlan).await?;
    let there = plan::training(&mut t.cx.db.read().await?, &grant).await?;
    let local = PAIRS.iter().filter_map(|(_, key)| PARTS.iter().find(|part| part.key == *key));
    let readers =
        local.map(|p| (p.name, p.designation, p.organisation, format!("{}@strathmarnock.test", p.key)));
    let others = TRAINED
        .iter()
        .map(|(name, designation, organisation)| (*name, *designation, *organisation, String::new()));
    for (name, designation, organisation, email) in readers.chain(others) {
        let known = there.iter().find(|place| place.named.name == name);
        let reads = !email.is_empty();
        let named = Named {
            name: name.to_owned(),
            designation: designation.to_owned(),
            organisation: organisation.to_owned(),
            email,
        };
        let coordinator = t.actor("coordinator");
        let place = match known {
            Some(place) => place.id,
            // All were named, and on the day of disposal the names of those who read were destroyed.
            None if there.len() >= PAIRS.len() + TRAINED.len() => continue,
            None => {
                name_reader(t.cx, &coordinator, NameReader { inspection, named }).await.map_err(in_words)?
            }
        };
        // One of those who do not read has not been to the training yet.
        let attended = name != TRAINED[2].0;
        let mut changes = Vec::new();
        if attended && known.is_none_or(|place| !place.attended) {
            changes.push(PlaceChange::Attended(true));
        }
        if reads && known.is_none_or(|place| !place.reads) {
            changes.push(PlaceChange::Reads(true));
        }
        for (version, change) in (known.map_or(1, |place| place.version)..).zip(changes) {
            let input = ChangePlace { inspection, place, change, version };
            change_place(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
        }
    }
    Ok(())
}

/// The pairs read their records, each at its time.
pub(super) async fn readings(t: &Teller<'_>) -> anyhow::Result<()> {
    let now = stands(t).await?;
    let Some(window) = now.window.as_ref().map(|set| set.window.clone()) else { return Ok(()) };
    let in_use = now.in_use();
    let mut tasks: Vec<Task> = now.tasks_now();
    tasks.sort_by_key(|task| (task.slot, task.turn));
    let slots = t.programme.record_reading.value.slots.len().max(1);
    for task in tasks {
        let finished = now.reading(&task.label, task.pair);
        if finished.is_some_and(|r| r.state == ReadingState::Finished) {
            continue;
        }
        let place = now.live().position(|pair| pair.id == task.pair).unwrap_or(0);
        let record = in_use.iter().position(|label| *label == task.label).unwrap_or(0);
        let slot = usize::try_from(task.slot)?;
        let day = window.all_days()[(slot / slots).min(usize::from(window.days) - 1)];
        t.at(day, i64::try_from(slot % slots * 100 + place * 7)?)?;
        // Of the first pair the one who is entitled writes; of the others the local reader.
        let (inspector, local) = PAIRS[place % PAIRS.len()];
        read(t, if place == 0 { inspector } else { local }, &task, record).await?;
    }
    settled(t).await?;
    t.at_end_of("record-review", 240)?;
    finish(t, "record-review").await
}

async fn read(t: &Teller<'_>, who: &str, task: &Task, record: usize) -> anyhow::Result<()> {
    let (reader, inspection) = (t.actor(who), t.id);
    let start = StartReading { inspection, label: task.label.clone() };
    let reading = start_reading(t.cx, &reader, start).await.map_err(in_words)?;
    let opened = open_reading(t.cx, &reader, OpenReading { inspection, reading }).await.map_err(in_words)?;
    let (mut version, mut filling) = (opened.reading.version, opened.filling(t.cx));
    let mut page = filling.pages().into_iter().next();
    while let Some(here) = page {
        let typed = filled(&filling, &here.id, record, task.turn);
        let input = SavePage { inspection, reading, page: here.id.clone(), typed, version };
        filling = match save_page(t.cx, &reader, input).await.map_err(in_words)? {
            PageSaved::Kept { filling, version: stands, .. } => {
                version = stands;
                filling
            }
            PageSaved::Wrong(_, faults) => {
                anyhow::bail!("the made-up reading {record} was not accepted: {faults:?}")
            }
        };
        page = filling.next_after(&here.id);
    }
    let turn = TurnReading { inspection, reading, version };
    let missing = finish_reading(t.cx, &reader, turn).await.map_err(in_words)?;
    anyhow::ensure!(missing.is_empty(), "the made-up reading {record} is not complete: {missing:?}");
    Ok(())
}

/// A made-up page: each question gets a value that it offers; own words stand in every fourth reading. The second reading of
/// a record sees every ninth question otherwise.
fn filled(filling: &Filling, page: &str, record: usize, turn: u8) -> Vec<(String, String)> {
    let Some(view) = filling.view(page) else { return Vec::new() };
    // A place that health questions, which not everybody is asked, do not move.
    let place = |name: &str| name.bytes().map(usize::from).sum::<usize>();
    let typed = view.questions.iter().filter_map(|asked| {
        let place = place(&asked.question.name);
        let otherwise = turn > 1 && asked.question.appears("likert") && (place + record).is_multiple_of(3)
            || turn > 1 && (place + record).is_multiple_of(9);
        let pick = record * 5 + place * 2 + record / 3 + usize::from(otherwise);
        let value = match asked.question.kind {
            Kind::SelectOne | Kind::SelectMultiple => {
                asked.choices.get(pick % asked.choices.len().max(1))?.name.clone()
            }
            Kind::Integer => "2".to_owned(),
            Kind::Text if record.is_multiple_of(4) || asked.required => {
                "Made up for the demonstration.".to_owned()
            }
            _ => return None,
        };
        Some((asked.path.clone(), value))
    });
    typed.collect()
}

/// The lead settles what holds where two readings differ: the better founded of the two. While reading is under way, the last record
/// is still open.
async fn settled(t: &Teller<'_>) -> anyhow::Result<()> {
    let (lead, inspection) = (t.actor("lead"), t.id);
    let grant = t.grant("lead", Action::ModerateReadings).await?;
    let now = stands(t).await?;
    let done = moderation::list(&mut t.cx.db.read().await?, &grant).await?;
    let Some(tool) = tool_for(t.cx, t.programme, false).map_err(in_words)? else { return Ok(()) };
    let form = tool.form();
    let twice: Vec<String> = now.in_use().into_iter().filter(|label| now.doing(label).len() > 1).collect();
    let open = usize::from(t.tale.until == super::Until::OnSite);
    t.at_end_of("record-review", 180)?;
    for label in twice.iter().take(twice.len().saturating_sub(open)) {
        let of = now.readings.iter().filter(|r| r.label == *label && r.state == ReadingState::Finished);
        let readings: Vec<Value> = of.map(|r| r.answers.clone()).collect();
        for question in differing(form, &readings) {
            if done.iter().any(|d| d.label == *label && d.item == question.name) {
                continue;
            }
            let first = readings.iter().find_map(|r| r.get(&question.name)).map(values).unwrap_or_default();
            let answer: Vec<String> =
                if levels(form, question).is_empty() { first.into_iter().take(1).collect() } else { first };
            let input = Settle {
                inspection,
                label: label.clone(),
                item: question.name.clone(),
                answer,
                none: false,
                reason: "Talked through by both pairs: the record bears out the first reading.".into(),
                identifies_nobody: false,
                version: 0,
            };
            settle(t.cx, &lead, input).await.map_err(in_words)?;
        }
    }
    Ok(())
}
