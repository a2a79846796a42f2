//! The lead's overview, which is also the report to the service manager: what is open, what is overdue, where concerns
//! come from, how long decisions take. Nobody is named, and nothing of what was written is here.

use axum::response::{IntoResponse, Redirect};
use jiff::SignedDuration;
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::concerns::Kind as ConcernKind;
use keyline_operations::Refused;
use keyline_operations::concerns::{report, set_contacts};
use keyline_store::area_contacts;
use keyline_store::care::keys;
use keyline_store::concerns::{self, Concern};
use keyline_store::inspections;
use maud::{Markup, html};

use crate::components::{
    Button, Choice, Column, Field, Kind, Tone, button_secondary, data_table, details, empty_state,
    figure_tile, figures, form, hidden, inset, link_button_secondary, select, table_under_heading, tag,
    text_area,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page: for whoever handles concerns, and for the local lead those that were handed over.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Writes whom to call in the area.
pub(super) async fn contacts(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let (inspection, version) = (scope.grant.inspection(), typed.parse("version").unwrap_or(0));
    match set_contacts(visitor.cx(), visitor.actor(), inspection, typed.get("contacts"), version).await {
        Ok(()) => Ok(Redirect::to(&scope.href("concerns?done=area-contacts")).into_response()),
        Err(Refused::Stale { .. }) => {
            let problems = Problems::one(&visitor, "contacts", "area-contacts-changed");
            render(&visitor, &scope, &typed, &problems).await
        }
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let sees = scope.grant.permits(Action::SeeConcerns);
    if !sees && !scope.grant.permits(Action::ReceiveConcern) {
        return Err(PageError::NOT_FOUND);
    }
    let now = visitor.cx().now();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let mut all = concerns::list(&mut reader, &scope.grant).await?;
    let person = scope.grant.person_id().ok_or(PageError::NOT_FOUND)?;
    let away = keys::away(&mut reader, person, now).await?;
    let key = keys::find(&mut reader, person).await?.is_some();
    let contacts = area_contacts::find(&mut reader, &inspection.area).await?.unwrap_or_default();
    drop(reader);
    let area =
        visitor.cx().library.council(&inspection.area).map_or(inspection.area.clone(), |c| c.name.clone());
    if !sees {
        all.retain(|c| c.handed_at.is_some());
    }
    let counted = report(&all, now);
    let body = html! {
        p class="kl_lead" { (w.t(if sees { "concerns-text" } else { "concerns-text-local" })) }
        p { @if !key { (tag(Tone::Warn, &w.t("care-no-key"))) " " } a href="/care" { (w.t("care-title")) } }
        @if all.is_empty() { (empty_state(&w.t("concerns-none"), &w.t("concerns-none-text"), None)) }
        @else {
            (figures(&html! {
                (figure_tile(&counted.open.to_string(), &w.t("concerns-open"), None))
                (figure_tile(&counted.overdue.to_string(), &w.t("concerns-overdue"), None))
                (figure_tile(&counted.all.to_string(), &w.t("concerns-all"), None))
            }))
            h2 { (w.t("concerns-list")) }
            (list(visitor, scope, &all))
            @if sees {
                h2 { (w.t("concerns-report")) }
                p { (w.t("concerns-report-text")) }
                (data_table(&w.t("concerns-times"), &[Column::text(&w.t("concerns-time")), Column::number(&w.t("concerns-middle")), Column::number(&w.t("concerns-longest"))],
                    &[("concerns-to-decision", counted.to_decision), ("concerns-to-hand-over", counted.to_hand_over)].into_iter().map(|(key, times)| vec![
                        html! { (w.t(key)) },
                        html! { @if let Some((middle, _)) = times { (length(visitor, middle)) } @else { (w.t("concerns-none-yet")) } },
                        html! { @if let Some((_, longest)) = times { (length(visitor, longest)) } @else { (w.t("concerns-none-yet")) } },
                    ]).collect::<Vec<_>>()))
                (counts(visitor, "concerns-by-source", counted.by_source.iter().map(|(s, n)| (format!("concern-source-{}", s.word()), *n))))
                (counts(visitor, "concerns-by-stage", counted.by_stage.iter().map(|(s, n)| (format!("concern-stage-{}", s.word()), *n))))
                @if !counted.by_outcome.is_empty() {
                    (counts(visitor, "concerns-by-outcome", counted.by_outcome.iter().map(|(o, n)| (format!("concern-outcome-{}", o.word()), *n))))
                }
            }
        }
        @if scope.grant.permits(Action::DecideConcern) { (contacts_form(visitor, scope, &area, contacts, typed, problems)) }
        (away_form(visitor, scope, away))
        p { (link_button_secondary(&scope.href("concern"), &w.t("raise-concern"))) }
        @if sees {
            ul { @for kind in [ConcernKind::Practice, ConcernKind::Review] {
                li { a href=(scope.href(&format!("concern?kind={}", kind.word()))) { (w.t(&format!("concern-kind-{}", kind.word()))) } }
            } }
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Concerns, w.t("room-concerns"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

// What stands now, and in the field what was typed while it was not taken.
fn contacts_form(
    visitor: &Visitor,
    scope: &Scope,
    area: &str,
    (contacts, version): (String, i64),
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let wrong = problems.on("contacts");
    let shown = if wrong.is_some() { typed.get("contacts") } else { &contacts };
    html! {
        h2 { (w.with("area-contacts", &[("area", &area)])) }
        p { (w.t("area-contacts-text")) }
        @if contacts.is_empty() { p { (tag(Tone::Warn, &w.t("area-contacts-none"))) } }
        @else if wrong.is_some() { (inset(&html! { @for line in contacts.lines() { p { (line) } } })) }
        (form(&scope.href("concerns/contacts"), &html! {
            (hidden("version", version))
            (text_area(&Field::new("contacts", w.t("area-contacts-label")).hint(w.t("area-contacts-hint")).value(shown).error(wrong).unchecked(), 4))
            (button_secondary(&w.t("area-contacts-save")))
        }))
    }
}

fn away_form(visitor: &Visitor, scope: &Scope, away: Option<jiff::Timestamp>) -> Markup {
    let w = visitor.words();
    let days: Vec<Choice> = [0, 1, 2, 3, 5, 7, 14, 21, 28]
        .iter()
        .map(|n| {
            let label = if *n == 0 { w.t("away-not") } else { w.with("away-days", &[("count", n)]) };
            Choice::new(n.to_string(), label, *n == 0 && away.is_none())
        })
        .collect();
    html! {
        @if let Some(until) = away { p { (tag(Tone::Warn, &w.with("away-until", &[("at", &w.date_time(&in_london(until)))]))) } }
        (details(&w.t("away-title"), &html! {
            p { (w.t("away-text")) }
            (form("/concern/away", &html! {
                (hidden("back", scope.href("concerns")))
                (select(&Field::new("days", w.t("away-how-long")), &days))
                (Button::new(&w.t("away-save")).kind(Kind::Secondary))
            }))
        }))
    }
}

fn counts(visitor: &Visitor, title: &str, rows: impl Iterator<Item = (String, usize)>) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = rows.map(|(key, n)| vec![html! { (w.t(&key)) }, html! { (n) }]).collect();
    data_table(
        &w.t(title),
        &[Column::text(&w.t("concerns-what")), Column::number(&w.t("concerns-count"))],
        &rows,
    )
}

fn list(visitor: &Visitor, scope: &Scope, all: &[Concern]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|c| {
            vec![
                html! { a class="kl_whole" href=(scope.href(&format!("concerns/{}", c.id))) { (w.with("concern-title", &[("number", &c.number)])) } },
                html! { (w.t(&format!("concern-kind-{}", c.kind.word()))) @if c.danger { " " (tag(Tone::Bad, &w.t("concern-danger-short"))) } },
                stage_tag(visitor, c),
                html! { @if let Some(due) = c.due_at { (w.date_time(&in_london(due))) @if c.is_overdue(visitor.cx().now()) { " " (tag(Tone::Bad, &w.t("concerns-overdue"))) } } @else { (w.t("concern-no-clock")) } },
            ]
        })
        .collect();
    let header = ["concern-which-one", "concern-kind", "concern-stands", "concern-due"].map(|key| w.t(key));
    table_under_heading(&w.t("concerns-list"), &header.each_ref().map(String::as_str), &rows)
}

/// Where a concern stands, as a mark.
pub(super) fn stage_tag(visitor: &Visitor, concern: &Concern) -> Markup {
    use keyline_domain::concerns::way::Stage;
    let w = visitor.words();
    let tone = match concern.stage {
        Stage::Raised | Stage::PassedOn => Tone::Warn,
        Stage::Asked | Stage::HandedOver | Stage::Acknowledged => Tone::Active,
        Stage::Closed => Tone::Good,
    };
    html! {
        (tag(tone, &w.t(&format!("concern-stage-{}", concern.stage.word()))))
        @if let Some(outcome) = concern.outcome { " " (w.t(&format!("concern-outcome-{}", outcome.word()))) }
    }
}

fn length(visitor: &Visitor, time: SignedDuration) -> String {
    let minutes = time.as_secs() / 60;
    let w = visitor.words();
    if minutes < 120 {
        w.with("time-minutes", &[("count", &minutes)])
    } else if minutes < 48 * 60 {
        w.with("time-hours", &[("count", &(minutes / 60))])
    } else {
        w.with("time-days", &[("count", &(minutes / 60 / 24))])
    }
}
