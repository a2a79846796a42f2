//! The training list of local readers.

use axum::extract::Path;
use keyline_domain::access::Action;
use keyline_domain::ids::TrainingId;
use keyline_domain::records::training::Named;
use keyline_operations::Result;
use keyline_operations::records::{ChangePlace, NameReader, PlaceChange, change_place, name_reader};
use keyline_store::disposal;
use keyline_store::records::plan::{self, Place};
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::{
    Button, Field, Kind, Tone, button, empty_state, figure_tile, figures, form, hidden, not_offered, table,
    tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The list.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Names somebody.
pub(super) async fn add(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let text = |name: &str| typed.get(name).to_owned();
    let named = Named {
        name: text("name"),
        designation: text("designation"),
        organisation: text("organisation"),
        email: text("email"),
    };
    let input = NameReader { inspection: scope.grant.inspection(), named };
    let done = name_reader(visitor.cx(), visitor.actor(), input).await.map(|_| ());
    answered(&visitor, &scope, &typed, done, "reading-named").await
}

/// Says who attended, takes somebody off the list.
pub(super) async fn change(
    visitor: Visitor,
    scope: Scope,
    Path((_, place)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let change = match typed.get("act") {
        "attended" => PlaceChange::Attended(true),
        "not-attended" => PlaceChange::Attended(false),
        "remove" => PlaceChange::Removed,
        _ => return Err(PageError::NOT_FOUND),
    };
    changed(&visitor, &scope, &place, &typed, change).await
}

/// Chooses who reads.
pub(super) async fn choose(
    visitor: Visitor,
    scope: Scope,
    Path((_, place)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let change = PlaceChange::Reads(typed.get("act") != "not-reads");
    changed(&visitor, &scope, &place, &typed, change).await
}

async fn changed(
    visitor: &Visitor,
    scope: &Scope,
    place: &str,
    typed: &Typed,
    change: PlaceChange,
) -> PageResult {
    let place: TrainingId = place.parse().map_err(|_| PageError::NOT_FOUND)?;
    let version = typed.parse("version").unwrap_or(0);
    let input = ChangePlace { inspection: scope.grant.inspection(), place, change, version };
    let done = change_place(visitor.cx(), visitor.actor(), input).await;
    answered(visitor, scope, typed, done, "reading-place-changed").await
}

async fn answered(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    done: Result<()>,
    word: &str,
) -> PageResult {
    match super::done(scope, done, "training", word) {
        Ok(response) => Ok(response),
        Err(refused) => render(visitor, scope, typed, &Problems::from_refusal(visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let all = plan::training(&mut stand.reader, &scope.grant).await?;
    let rule = &visitor.cx().programme(&stand.inspection)?.record_reading.value;
    // What is personal is destroyed: there is nobody left to be spoken of, and nobody new is named.
    let over = disposal::find(&mut stand.reader, scope.grant.inspection()).await?.started_at.is_some();
    let (attended, reads) =
        (all.iter().filter(|p| p.attended).count(), all.iter().filter(|p| p.reads).count());
    let of = |count: usize, most: u16| format!("{count} / {most}");
    let names = scope.grant.permits(Action::NameReaders);
    let full = all.len() >= usize::from(rule.local_trained);
    let body = html! {
        p class="kl_lead" { (w.with("reading-training-lead", &[("trained", &rule.local_trained), ("reading", &rule.local_reading)])) }
        (figures(&html! {
            (figure_tile(&of(all.len(), rule.local_trained), &w.t("reading-on-list"), None))
            (figure_tile(&attended.to_string(), &w.t("reading-attended"), None))
            (figure_tile(&of(reads, rule.local_reading), &w.t("reading-chosen"), None))
        }))
        @if over { (not_offered(&w.t("reading-name-not"), &[w.t("disposal-over")])) }
        @else if all.is_empty() { (empty_state(&w.t("reading-training-empty"), &w.t("reading-training-empty-text"), None)) }
        @else { (listed(visitor, scope, &all)) }
        @if names && !over {
            h2 { (w.t("reading-name-somebody")) }
            @if full {
                (not_offered(&w.t("reading-name-not"), &[w.with("reading-training-full", &[("most", &rule.local_trained)])]))
            } @else { (naming(visitor, scope, typed, problems)) }
        }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("reading-training"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[]);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn naming(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    form(
        &scope.href("records/training"),
        &html! {
            (text_field(&field("name", "reading-name"), "text"))
            (text_field(&field("designation", "reading-designation"), "text"))
            (text_field(&field("organisation", "reading-organisation"), "text"))
            (text_field(&field("email", "reading-email").hint(w.t("reading-email-hint")).optional(w), "email"))
            (button(&w.t("reading-name-now")))
        },
    )
}

fn listed(visitor: &Visitor, scope: &Scope, all: &[Place]) -> Markup {
    let w = visitor.words();
    let (names, plans) = (scope.grant.permits(Action::NameReaders), scope.grant.permits(Action::PlanReading));
    let act = |place: &Place, further: &str, act: &str, key: &str| {
        form(
            &scope.href(&format!("records/training/{}{further}", place.id)),
            &html! {
                (hidden("version", place.version)) (hidden("act", act))
                (Button::new(&w.t(key)).kind(Kind::Link).hidden(&place.named.name))
            },
        )
    };
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|place| {
            let (attended, attend, attend_key) = if place.attended {
                ((Tone::Good, "reading-attended-yes"), "not-attended", "reading-say-not-attended")
            } else {
                ((Tone::Neutral, "reading-attended-no"), "attended", "reading-say-attended")
            };
            let (reads, read, read_key) = if place.reads {
                ((Tone::Active, "reading-reads-yes"), "not-reads", "reading-choose-not")
            } else {
                ((Tone::Neutral, "reading-reads-no"), "reads", "reading-choose")
            };
            let mut row = vec![
                html! { (place.named.name) },
                html! { (place.named.designation) br; (place.named.organisation) },
                html! {
                    (tag(attended.0, &w.t(attended.1)))
                    @if place.reads && !place.attended { " " (w.t("reading-not-trained")) }
                },
                html! {
                    (tag(reads.0, &w.t(reads.1)))
                    @if place.reads && place.named.email.is_empty() { " " (w.t("reading-no-account")) }
                },
            ];
            if names || plans {
                row.push(html! {
                    @if names { (act(place, "", attend, attend_key)) }
                    @if plans { (act(place, "/reads", read, read_key)) }
                    @if names { (act(place, "", "remove", "reading-remove")) }
                });
            }
            row
        })
        .collect();
    let mut header =
        vec![w.t("reading-name"), w.t("reading-designation"), w.t("reading-attended"), w.t("reading-chosen")];
    if names || plans {
        header.push(w.t("reading-act"));
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(&w.t("reading-training"), &header, &rows)
}
