//! The timetable of the days of reading, by pair and by record; and moving one reading by hand.

use axum::extract::Path;
use jiff::civil::{Date, Time};
use keyline_domain::access::Action;
use keyline_domain::records::pairs::Task;
use keyline_operations::records::{MoveTask, move_task};
use keyline_store::records::pairs::StoredTask;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Stand, crumbs};
use crate::components::{
    Choice, Field, Width, button, empty_state, form, hidden, inset, select, table, text_area,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The slots of the days of reading, in order.
pub(super) struct Slots {
    /// Days and times; only times, with the number of the day, while no days are set.
    slots: Vec<(Option<Date>, usize, Time)>,
}

impl Slots {
    pub(super) fn of(visitor: &Visitor, stand: &Stand) -> PageResult<Self> {
        let rule = &visitor.cx().programme(&stand.inspection)?.record_reading.value;
        let days = stand.reading.window.as_ref().map(|set| set.window.all_days()).unwrap_or_default();
        let slots = (0..usize::from(rule.days)).flat_map(|day| {
            let date = days.get(day).copied();
            rule.slots.iter().map(move |time| (date, day + 1, *time))
        });
        Ok(Self { slots: slots.collect() })
    }

    /// When a slot is.
    pub(super) fn when(&self, visitor: &Visitor, slot: u32) -> String {
        let w = visitor.words();
        match usize::try_from(slot).ok().and_then(|slot| self.slots.get(slot)) {
            Some((Some(date), _, time)) => format!("{}, {}", w.date(*date), super::plan::clock(*time)),
            Some((None, day, time)) => {
                w.with("reading-day-time", &[("day", day), ("time", &super::plan::clock(*time))])
            }
            None => w.t("reading-beyond"),
        }
    }
}

/// The timetable.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let stand = Stand::of(&visitor, &scope).await?;
    let now = &stand.reading;
    let slots = Slots::of(&visitor, &stand)?;
    // A local reader sees the own pair's part: which records others read is not theirs to know.
    let all_seen = scope.grant.inside() || !scope.grant.permits(Action::ReadRecord);
    let own = now.pair_of(scope.grant.person_id()).map(|pair| pair.id);
    let mut tasks: Vec<Task> =
        now.tasks_now().into_iter().filter(|t| all_seen || Some(t.pair) == own).collect();
    tasks.sort_by_key(|t| (t.slot, t.turn));
    let beyond = tasks.iter().filter(|t| t.slot as usize >= slots.slots.len()).count();
    let body = if tasks.is_empty() {
        empty_state(&w.t("reading-timetable-empty"), &w.t("reading-timetable-empty-text"), None)
    } else {
        html! {
            p class="kl_lead" { (w.t("reading-timetable-lead")) }
            @if beyond > 0 { (inset(&html! { p { (w.with("reading-beyond-count", &[("count", &beyond)])) } })) }
            h2 { (w.t("reading-by-pair")) }
            @for pair in now.pairs.iter().filter(|pair| tasks.iter().any(|t| t.pair == pair.id)) {
                (by_pair(&visitor, &slots, pair, &tasks))
            }
            @if all_seen {
                h2 { (w.t("reading-by-record")) }
                (by_record(&visitor, &scope, &stand, &slots, &tasks))
            }
        }
    };
    let mut layout =
        frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("reading-timetable"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/plan", "reading-plan")]);
    Ok(visitor.show(&layout))
}

fn by_pair(
    visitor: &Visitor,
    slots: &Slots,
    pair: &keyline_store::records::pairs::Pair,
    tasks: &[Task],
) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = tasks
        .iter()
        .filter(|t| t.pair == pair.id)
        .map(|t| vec![html! { (slots.when(visitor, t.slot)) }, html! { (t.label) }, turn(visitor, t)])
        .collect();
    let header = ["reading-when", "records-label", "reading-turn"].map(|key| w.t(key));
    let caption = w.with("reading-pair-people", &[("name", &pair.name), ("people", &pair.names())]);
    table(&caption, &header.each_ref().map(String::as_str), &rows)
}

/// First or second reading.
fn turn(visitor: &Visitor, task: &Task) -> Markup {
    html! { (visitor.words().t(if task.turn == 1 { "reading-first" } else { "reading-second" })) }
}

fn by_record(visitor: &Visitor, scope: &Scope, stand: &Stand, slots: &Slots, tasks: &[Task]) -> Markup {
    let w = visitor.words();
    let plans = scope.grant.permits(Action::PlanReading);
    let mut sorted: Vec<&Task> = tasks.iter().collect();
    sorted.sort_by(|a, b| (&a.label, a.turn).cmp(&(&b.label, b.turn)));
    let rows: Vec<Vec<Markup>> = sorted
        .into_iter()
        .map(|t| {
            let pair = stand.reading.pair(t.pair);
            let stored = stored(stand, &t.label, t.turn);
            let mut row = vec![
                html! { (t.label) },
                turn(visitor, t),
                html! { (pair.map_or_else(String::new, |p| w.with("reading-pair-people", &[("name", &p.name), ("people", &p.names())]))) },
                html! { (slots.when(visitor, t.slot)) },
                html! { @if let Some(s) = stored { (s.reason) } },
            ];
            if plans {
                row.push(html! { a href=(href(scope, t)) {
                    (w.t("reading-move")) span class="visually-hidden" { " " (t.label) }
                } });
            }
            row
        })
        .collect();
    let mut header: Vec<String> =
        ["records-label", "reading-turn", "reading-pair", "reading-when", "reading-by-hand"]
            .map(|key| w.t(key))
            .to_vec();
    if plans {
        header.push(w.t("reading-act"));
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(&w.t("reading-by-record"), &header, &rows)
}

fn stored<'s>(stand: &'s Stand, label: &str, turn: u8) -> Option<&'s StoredTask> {
    let now = &stand.reading;
    now.tasks.iter().find(|s| now.label_now(&s.task.label) == label && s.task.turn == turn)
}

fn href(scope: &Scope, task: &Task) -> String {
    let label = utf8_percent_encode(&task.label, NON_ALPHANUMERIC);
    scope.href(&format!("records/plan/move/{label}/{}", task.turn))
}

/// The form that moves a reading.
pub(super) async fn ask(
    visitor: Visitor,
    scope: Scope,
    Path((_, label, turn)): Path<(String, String, String)>,
) -> PageResult {
    render(&visitor, &scope, &label, &turn, &Typed::default(), &Problems::default()).await
}

/// Moves it.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, label, turn)): Path<(String, String, String)>,
    typed: Typed,
) -> PageResult {
    let input = MoveTask {
        inspection: scope.grant.inspection(),
        label: label.clone(),
        turn: turn.parse().map_err(|_| PageError::NOT_FOUND)?,
        pair: typed.parse("pair"),
        slot: typed.parse("slot"),
        reason: typed.get("reason").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    let moved = move_task(visitor.cx(), visitor.actor(), input).await;
    match super::done(&scope, moved, "timetable", "reading-moved") {
        Ok(response) => Ok(response),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &label, &turn, &typed, &problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    label: &str,
    turn: &str,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let stand = Stand::of(visitor, scope).await?;
    let turn: u8 = turn.parse().map_err(|_| PageError::NOT_FOUND)?;
    let slots = Slots::of(visitor, &stand)?;
    let task = stored(&stand, label, turn).ok_or(PageError::NOT_FOUND)?;
    let pair =
        if typed.get("pair").is_empty() { task.task.pair.to_string() } else { typed.get("pair").to_owned() };
    let pairs: Vec<Choice> = stand
        .reading
        .live()
        .map(|p| {
            let label = w.with("reading-pair-people", &[("name", &p.name), ("people", &p.names())]);
            Choice::new(p.id.to_string(), label, p.id.to_string() == pair)
        })
        .collect();
    let chosen =
        if typed.get("pair").is_empty() { task.task.slot.to_string() } else { typed.get("slot").to_owned() };
    let mut times = vec![Choice::new("", w.t("reading-first-free"), chosen.is_empty())];
    times.extend((0..slots.slots.len()).map(|n| {
        let slot = u32::try_from(n).unwrap_or(u32::MAX);
        Choice::new(n.to_string(), slots.when(visitor, slot), n.to_string() == chosen)
    }));
    let body = html! {
        p { (w.t("reading-move-text")) }
        (form(&format!("{}/{turn}", scope.href(&format!("records/plan/move/{}", utf8_percent_encode(label, NON_ALPHANUMERIC)))), &html! {
            (hidden("version", task.version))
            (select(&Field::new("pair", w.t("reading-pair")).error(problems.on("pair")), &pairs))
            (select(&Field::new("slot", w.t("reading-when")).error(problems.on("slot")).unchecked(), &times))
            (text_area(&Field::new("reason", w.t("reading-reason")).value(typed.get("reason")).error(problems.on("reason")), 2))
            (button(&w.t("reading-move-now")))
        }))
    };
    let title = w.with("reading-move-title", &[("label", &label)]);
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(
        visitor,
        scope,
        &[("records/plan", "reading-plan"), ("records/timetable", "reading-timetable")],
    );
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
