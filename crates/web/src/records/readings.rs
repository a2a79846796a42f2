//! The records of the own pair, each with its time and how far it is read.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::inspections::way::Step;
use keyline_domain::records::window::Moment;
use keyline_operations::records::{StartReading, start_reading};
use keyline_store::records::pairs::Pair;
use keyline_store::records::{Reading, ReadingState};
use maud::{Markup, html};

use super::timetable::Slots;
use super::{Stand, crumbs};
use crate::components::{Button, Kind, Tone, empty_state, form, hidden, inset, not_offered, table, tag};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The list.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Problems::default()).await
}

/// Starts a reading, or leads to the one that was begun.
pub(super) async fn start(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = StartReading { inspection: scope.grant.inspection(), label: typed.get("label").to_owned() };
    match start_reading(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => Ok(Redirect::to(&scope.href(&format!("records/readings/{id}"))).into_response()),
        Err(refused) => {
            // The label is a button of this page: what is wrong with it stands at its head.
            let problems = Problems::from_refusal(&visitor, refused)?;
            let texts = problems.summary().into_iter().flatten().map(|(_, text)| text);
            render(&visitor, &scope, &Problems::texts("main-content", texts)).await
        }
    }
}

async fn render(visitor: &Visitor, scope: &Scope, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let stand = Stand::of(visitor, scope).await?;
    let pair = stand.reading.pair_of(scope.grant.person_id());
    let body = html! {
        p class="kl_lead" { (w.t("records-readings-lead")) }
        @match (stand.not_yet(visitor, Step::ReadRecords, "records-read-not-yet"), pair) {
            (Some(why), _) => (why),
            (None, None) => (empty_state(&w.t("reading-no-pair-title"), &w.t("reading-no-pair"), None)),
            (None, Some(pair)) => {
                (whose(visitor, &stand, pair, scope))
                (hours(visitor, &stand))
                (own(visitor, scope, &stand, pair)?)
            },
        }
    };
    let body = html! {
        (body)
        @if pair.is_some() { p { a href=(scope.href("records/offline")) { (w.t("offline-link")) } } }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("records-readings"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[]);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn whose(visitor: &Visitor, stand: &Stand, pair: &Pair, scope: &Scope) -> Markup {
    let w = visitor.words();
    let key = match (stand.reading.entitled(scope.grant.person_id()), stand.reading.pair_entitled(pair.id)) {
        (true, _) => "reading-health-you",
        (false, true) => "reading-health-other",
        (false, false) => "reading-health-nobody",
    };
    html! {
        p { (w.with("reading-your-pair", &[("name", &pair.name), ("people", &pair.names())])) }
        p { (w.t(key)) }
    }
}

/// Whether records are open now, and when else.
fn hours(visitor: &Visitor, stand: &Stand) -> Markup {
    let w = visitor.words();
    let now = visitor.cx().now();
    match (&stand.reading.window, stand.reading.shut(now)) {
        (Some(set), None) => {
            let until = match set.window.at(now) {
                Moment::Open(at) | Moment::Shut(at) | Moment::Over(at) => w.date_time(&in_london(at)),
            };
            inset(&html! { p { (w.with("reading-window-open", &[("until", &until)])) } })
        }
        (_, reason) => {
            let reasons: Vec<String> = reason.iter().map(|reason| visitor.sentence(reason)).collect();
            not_offered(&w.t("reading-not-now"), &reasons)
        }
    }
}

/// The records of the pair in the order of the timetable.
fn own(visitor: &Visitor, scope: &Scope, stand: &Stand, pair: &Pair) -> PageResult<Markup> {
    let w = visitor.words();
    let now = &stand.reading;
    let slots = Slots::of(visitor, stand)?;
    let open = now.shut(visitor.cx().now()).is_none();
    let mut tasks = now.tasks_of(pair.id);
    tasks.sort_by_key(|t| t.slot);
    let in_use = now.in_use();
    let mut rows = Vec::new();
    for task in &tasks {
        let begun = now.reading(&task.label, pair.id);
        let act = if !in_use.contains(&task.label) {
            html! { (tag(Tone::Warn, &w.t("records-state-replaced"))) }
        } else if let (Some(reading), true) = (begun, open) {
            html! { a href=(super::reading::href(scope, reading.id, "")) {
                (w.t("reading-open")) span class="visually-hidden" { " " (task.label) }
            } }
        } else if open {
            form(
                &scope.href("records/readings"),
                &html! {
                    (hidden("label", &task.label))
                    (Button::new(&w.t("records-read-this")).kind(Kind::Link).hidden(&task.label))
                },
            )
        } else {
            html! {}
        };
        rows.push(vec![
            html! { (task.label) },
            html! { (slots.when(visitor, task.slot)) },
            html! { @match begun {
                Some(reading) => (state(visitor, reading)),
                None => (tag(Tone::Neutral, &w.t("reading-not-begun"))),
            } },
            html! { @if let Some(reading) = begun { (saved(visitor, reading)) } },
            act,
        ]);
    }
    // What the pair has begun of records that stand in for none of its tasks any more: replaced meanwhile.
    for reading in now.readings.iter().filter(|r| r.pair == Some(pair.id)) {
        if tasks.iter().any(|t| t.label == reading.label) {
            continue;
        }
        rows.push(vec![
            html! { (reading.label) },
            html! {},
            html! { (state(visitor, reading)) " " (tag(Tone::Warn, &w.t("records-state-replaced"))) },
            html! { (saved(visitor, reading)) },
            html! { @if open { a href=(super::reading::href(scope, reading.id, "")) {
                (w.t("reading-open")) span class="visually-hidden" { " " (reading.label) }
            } } },
        ]);
    }
    if rows.is_empty() {
        return Ok(empty_state(&w.t("reading-none-given-title"), &w.t("reading-none-given-text"), None));
    }
    let header = ["records-label", "reading-when", "records-own-state", "records-saved", "reading-act"]
        .map(|key| w.t(key));
    Ok(table(&w.t("reading-own-records"), &header.each_ref().map(String::as_str), &rows))
}

fn saved(visitor: &Visitor, reading: &Reading) -> String {
    let w = visitor.words();
    let at = w.date_time(&in_london(reading.saved_at));
    w.with("reading-saved-by", &[("name", &reading.reader_name), ("at", &at)])
}

/// Where a reading stands.
pub(super) fn state(visitor: &Visitor, reading: &Reading) -> Markup {
    let tone = match reading.state {
        ReadingState::Open => Tone::Active,
        ReadingState::Finished => Tone::Good,
    };
    tag(tone, &visitor.words().t(&format!("records-reading-{}", reading.state.word())))
}
