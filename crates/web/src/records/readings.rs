//! The own readings, and the start of one: a label typed or chosen.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::inspections::way::Step;
use keyline_operations::records::{StartReading, start_reading};
use keyline_store::records::{self, Reading, ReadingState};
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::{
    Button, Field, Kind, Tone, button, details, empty_state, form, hidden, table, tag, text_field,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The list.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Starts a reading, or leads to the one that was begun.
pub(super) async fn start(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = StartReading { inspection: scope.grant.inspection(), label: typed.get("label").to_owned() };
    match start_reading(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => Ok(Redirect::to(&scope.href(&format!("records/readings/{id}"))).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let own = match scope.grant.person_id() {
        Some(person) => records::list_readings(&mut stand.reader, &scope.grant, Some(person)).await?,
        None => Vec::new(),
    };
    let body = html! {
        p class="kl_lead" { (w.t("records-readings-lead")) }
        @match stand.not_yet(visitor, Step::ReadRecords, "records-read-not-yet") {
            Some(why) => (why),
            None => {
                (form(&scope.href("records/readings"), &html! {
                    (text_field(&Field::new("label", w.t("records-label-to-read")).hint(w.t("records-label-hint"))
                        .value(typed.get("label")).error(problems.on("label")), "text"))
                    (button(&w.t("records-read-begin")))
                }))
                (details(&w.t("records-choose"), &choices(visitor, scope, &stand, &own)))
            },
        }
        @if own.is_empty() { (empty_state(&w.t("records-own-empty-title"), &w.t("records-own-empty-text"), None)) }
        @else { (listed(visitor, scope, &stand, &own)) }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("records-readings"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[]);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// The labels that are read now, in the order of drawing, each with the way to the own reading of it.
fn choices(visitor: &Visitor, scope: &Scope, stand: &Stand, own: &[Reading]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = stand
        .in_use()
        .map(|record| {
            let begun = own.iter().find(|r| r.label == record.label);
            vec![
                html! { (record.label) },
                html! { @match begun {
                    Some(reading) => (state(visitor, reading)),
                    None => (form(&scope.href("records/readings"), &html! {
                        (hidden("label", &record.label))
                        (Button::new(&w.t("records-read-this")).kind(Kind::Link).hidden(&record.label))
                    })),
                } },
            ]
        })
        .collect();
    table(&w.t("records-in-use"), &[&w.t("records-label"), &w.t("records-own-state")], &rows)
}

fn listed(visitor: &Visitor, scope: &Scope, stand: &Stand, own: &[Reading]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = own
        .iter()
        .map(|reading| {
            let replaced = !stand.in_use().any(|r| r.label == reading.label);
            vec![
                html! { a href=(scope.href(&format!("records/readings/{}", reading.id))) { (reading.label) } },
                html! {
                    (state(visitor, reading))
                    @if replaced { " " (tag(Tone::Warn, &w.t("records-state-replaced"))) }
                },
                html! { (w.date_time(&in_london(reading.saved_at))) },
            ]
        })
        .collect();
    table(
        &w.t("records-own"),
        &[&w.t("records-label"), &w.t("records-own-state"), &w.t("records-saved")],
        &rows,
    )
}

/// Where a reading stands.
pub(super) fn state(visitor: &Visitor, reading: &Reading) -> Markup {
    let tone = match reading.state {
        ReadingState::Open => Tone::Active,
        ReadingState::Finished => Tone::Good,
    };
    tag(tone, &visitor.words().t(&format!("records-reading-{}", reading.state.word())))
}
