//! Records that are left out before the sample is drawn, each with its reason.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::records::{ExcludeRecord, exclude_record, include_record};
use keyline_store::sampling::{Exclusion, exclusions};
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::{
    Field, Width, button, button_secondary, empty_state, form, hidden, table, text_area, text_field,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

/// The list, and the form before the draw.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Leaves a record out.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = ExcludeRecord {
        inspection: scope.grant.inspection(),
        label: typed.get("label").to_owned(),
        reason: typed.get("reason").to_owned(),
        checked: typed.has("identifies_nobody", "yes"),
    };
    match exclude_record(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("records/exclusions?done=record-excluded")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

/// Takes an exclusion back.
pub(super) async fn back(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let (cx, actor, inspection) = (visitor.cx(), visitor.actor(), scope.grant.inspection());
    match include_record(cx, actor, inspection, typed.get("excluded")).await {
        Ok(()) => Ok(Redirect::to(&scope.href("records/exclusions?done=record-included")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let out = exclusions(&mut stand.reader, &scope.grant).await?;
    let open = offer(Step::DrawSample, &stand.progress, visitor.cx().now()) == Offer::Ready;
    let body = html! {
        p class="kl_lead" { (w.t("records-exclusions-lead")) }
        @if out.is_empty() {
            (empty_state(&w.t("records-exclusions-none"), &w.t("records-exclusions-none-text"), None))
        } @else { (listed(visitor, scope, &out, open)) }
        @if let Some(why) = stand.not_yet(visitor, Step::DrawSample, "records-draw-not-yet") { (why) }
        @else if open { (fields(visitor, scope, typed, problems)) }
        @else { p { (w.t("records-exclusions-closed")) } }
    };
    let title = w.t("records-exclusions");
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/sample", "records-sample")]);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn listed(visitor: &Visitor, scope: &Scope, out: &[Exclusion], open: bool) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = out
        .iter()
        .map(|one| {
            let mut row = vec![html! { (one.label) }, html! { (one.reason) }];
            if open {
                row.push(form(
                    &scope.href("records/exclusions/back"),
                    &html! {
                        (hidden("excluded", &one.label))
                        (button_secondary(&w.with("records-include", &[("label", &one.label)])))
                    },
                ));
            }
            row
        })
        .collect();
    let titles = ["records-label", "records-reason", "records-act"].map(|key| w.t(key));
    let shown = if open { 3 } else { 2 };
    let titles: Vec<&str> = titles.iter().take(shown).map(String::as_str).collect();
    table(&w.t("records-exclusions"), &titles, &rows)
}

fn fields(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    html! {
        h2 { (w.t("records-exclude")) }
        (form(&scope.href("records/exclusions"), &html! {
            (text_field(&Field::new("label", w.t("records-label")).value(typed.get("label"))
                .error(problems.on("label")), "text"))
            (text_area(&Field::new("reason", w.t("records-exclude-reason")).hint(w.t("records-exclude-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 3))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("records-exclude-now")))
        }))
    }
}
