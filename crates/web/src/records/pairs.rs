//! Forming pairs, letting somebody take another's place, and dissolving them.

use axum::extract::Path;
use keyline_operations::Result;
use keyline_operations::records::{
    ChangePair, DissolvePair, FormPair, candidates, change_pair, chosen_to_read, dissolve_pair, form_pair,
};
use keyline_store::inspections::members;
use keyline_store::records::pairs::{Pair, Part};
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::{Choice, Field, Width, button, details, empty_state, form, hidden, select};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Forms a pair.
pub(super) async fn form_one(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = FormPair {
        inspection: scope.grant.inspection(),
        inspector: typed.parse("inspector"),
        local_reader: typed.parse("local-reader"),
    };
    let done = form_pair(visitor.cx(), visitor.actor(), input).await.map(|_| ());
    answered(&visitor, &scope, &typed, done, "reading-pair-formed").await
}

/// Lets somebody take another's place.
pub(super) async fn change(
    visitor: Visitor,
    scope: Scope,
    Path((_, pair)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let input = ChangePair {
        inspection: scope.grant.inspection(),
        pair: pair.parse().map_err(|_| PageError::NOT_FOUND)?,
        leaves: typed.parse("leaves"),
        joins: typed.parse("joins"),
        reason: typed.get("reason").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    let done = change_pair(visitor.cx(), visitor.actor(), input).await;
    answered(&visitor, &scope, &typed, done, "reading-pair-changed").await
}

/// Dissolves a pair.
pub(super) async fn end(
    visitor: Visitor,
    scope: Scope,
    Path((_, pair)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let input = DissolvePair {
        inspection: scope.grant.inspection(),
        pair: pair.parse().map_err(|_| PageError::NOT_FOUND)?,
        reason: typed.get("reason").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    let done = dissolve_pair(visitor.cx(), visitor.actor(), input).await;
    answered(&visitor, &scope, &typed, done, "reading-pair-dissolved").await
}

async fn answered(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    done: Result<()>,
    word: &str,
) -> PageResult {
    match super::done(scope, done, "plan/pairs", word) {
        Ok(response) => Ok(response),
        Err(refused) => render(visitor, scope, typed, &Problems::from_refusal(visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let all = members::list(&mut stand.reader, &scope.grant).await?;
    let chosen = chosen_to_read(&mut stand.reader, &scope.grant).await?;
    let free = |part| candidates(&all, &chosen, &stand.reading, part);
    let (inspectors, local) = (free(Part::Inspector), free(Part::LocalReader));
    let body = html! {
        p class="kl_lead" { (w.t("reading-pairs-lead")) }
        @if stand.reading.live().next().is_none() {
            (empty_state(&w.t("reading-no-pairs"), &w.t("reading-no-pairs-text"), None))
        }
        @for pair in stand.reading.live() {
            section {
                h2 { (w.with("reading-pair-is", &[("name", &pair.name)])) }
                ul { @for member in &pair.members { li {
                    (member.name) ", " (w.t(&format!("reading-part-{}", member.part.word())))
                    @if !member.present { " (" (w.t("reading-left")) ")" }
                    @if !member.reason.is_empty() { ": " (member.reason) }
                } } }
                (changing(visitor, scope, pair, &inspectors, &local, typed, problems))
                (ending(visitor, scope, pair, typed, problems))
            }
        }
        @let ended: Vec<_> = stand.reading.pairs.iter().filter(|pair| !pair.live).collect();
        @if !ended.is_empty() {
            h2 { (w.t("reading-pairs-ended")) }
            ul { @for pair in ended { li {
                (w.with("reading-pair-ended", &[("name", &pair.name), ("people", &pair.names()), ("reason", &pair.ended_because)]))
            } } }
        }
        h2 { (w.t("reading-pair-new")) }
        @if inspectors.is_empty() || local.is_empty() {
            p { (w.t("reading-pair-nobody")) }
            p { a href=(scope.href("records/training")) { (w.t("reading-training")) } }
        } @else {
            (form(&scope.href("records/plan/pairs"), &html! {
                (select(&field(visitor, problems, "inspector", "reading-part-inspector"), &choices(visitor, &inspectors, typed.get("inspector"))))
                (select(&field(visitor, problems, "local-reader", "reading-part-local-reader"), &choices(visitor, &local, typed.get("local-reader"))))
                (button(&w.t("reading-pair-form")))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("reading-pairs"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/plan", "reading-plan")]);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn field<'a>(visitor: &Visitor, problems: &Problems, name: &'a str, key: &str) -> Field<'a> {
    Field::new(name, visitor.words().t(key)).error(problems.on(name))
}

fn choices<I: ToString>(visitor: &Visitor, people: &[(I, String)], chosen: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("", visitor.words().t("choose-one"), chosen.is_empty())];
    all.extend(people.iter().map(|(id, name)| Choice::new(id.to_string(), name, id.to_string() == chosen)));
    all
}

fn changing<I: ToString>(
    visitor: &Visitor,
    scope: &Scope,
    pair: &Pair,
    inspectors: &[(I, String)],
    local: &[(I, String)],
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    // What was typed and what is wrong belong to one pair of several; fields of the others are fresh.
    let id = pair.id.to_string();
    let own = typed.get("pair") == id && typed.get("act") != END;
    let (none, fresh) = (Problems::default(), Typed::default());
    let (typed, problems) = if own { (typed, problems) } else { (&fresh, &none) };
    let present: Vec<_> = pair.present().map(|m| (m.person, m.name.clone())).collect();
    let named = |name: &str| if own { name.to_owned() } else { format!("{name}-{id}") };
    let select_of = |name: &'static str, key: &str, choices: &[Choice]| {
        html! { div class="ds_question" {
            label class="ds_label" for=(named(name)) { (w.t(key)) }
            @if let Some(error) = problems.on(name) { p class="ds_question__error-message" { (error) } }
            div class="ds_select-wrapper" {
                select class="ds_select" id=(named(name)) name=(name) {
                    @for choice in choices { option value=(choice.value) selected[choice.chosen] { (choice.label) } }
                }
                span class="ds_select-arrow" aria-hidden="true" {}
            }
        } }
    };
    let mut joins = choices(visitor, inspectors, typed.get("joins"));
    joins.extend(choices(visitor, local, typed.get("joins")).into_iter().skip(1));
    let body = form(
        &scope.href(&format!("records/plan/pairs/{id}")),
        &html! {
            (hidden("version", pair.version)) (hidden("pair", &id))
            (select_of("leaves", "reading-leaves", &choices(visitor, &present, typed.get("leaves"))))
            (select_of("joins", "reading-joins", &joins))
            (reason_field(visitor, &named("reason"), typed, problems))
            (button(&w.t("reading-pair-change")))
        },
    );
    html! { @if own && problems.summary().is_some() { (body) } @else { (details(&w.t("reading-pair-change"), &body)) } }
}

/// What the form that dissolves a pair says of itself: its fields are called as those of the other form.
const END: &str = "end";

fn ending(visitor: &Visitor, scope: &Scope, pair: &Pair, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let id = pair.id.to_string();
    let own = typed.get("pair") == id && typed.get("act") == END;
    let (none, fresh) = (Problems::default(), Typed::default());
    let (typed, problems) = if own { (typed, problems) } else { (&fresh, &none) };
    let reason = if own { "reason".to_owned() } else { format!("end-reason-{id}") };
    let body = form(
        &scope.href(&format!("records/plan/pairs/{id}/end")),
        &html! {
            (hidden("version", pair.version)) (hidden("pair", &id)) (hidden("act", END))
            p { (w.t("reading-pair-end-text")) }
            (reason_field(visitor, &reason, typed, problems))
            (button(&w.t("reading-pair-end")))
        },
    );
    html! { @if own && problems.summary().is_some() { (body) } @else { (details(&w.t("reading-pair-end"), &body)) } }
}

fn reason_field(visitor: &Visitor, id: &str, typed: &Typed, problems: &Problems) -> Markup {
    html! {
        div class="ds_question" {
            label class="ds_label" for=(id) { (visitor.words().t("reading-reason")) }
            @if let Some(error) = problems.on("reason") { p class="ds_question__error-message" { (error) } }
            textarea class="ds_input" id=(id) name="reason" rows="2" { (typed.get("reason")) }
        }
    }
}
