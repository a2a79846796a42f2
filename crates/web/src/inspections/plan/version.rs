//! Changing to another version of the programme: what changes, in words, and why.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::plan::StepKind;
use keyline_operations::Refused;
use keyline_operations::inspections::{
    ChangeProgrammeVersion, VersionPreview, change_programme_version, other_versions, version_preview,
};
use keyline_store::inspections;
use maud::{Markup, html};

use super::super::rooms::{Room, frame};
use super::change::differences;
use super::days;
use crate::components::{
    Choice, Field, button, button_secondary, form, form_get, hidden, not_offered, radios, table, text_area,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};

/// The choice; with a version in the query, what it would change.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Query(query): Query<BTreeMap<String, String>>,
) -> PageResult {
    render(&visitor, &scope, &Typed::of(query), Problems::default()).await
}

/// Changes.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = ChangeProgrammeVersion {
        inspection: scope.grant.inspection(),
        to: typed.get("to").to_owned(),
        reason: typed.get("reason").to_owned(),
    };
    match change_programme_version(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=version", scope.href("plan"))).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, problems).await
        }
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, mut problems: Problems) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let others = other_versions(cx, &inspection);
    let mut waits = Vec::new();
    let mut preview = None;
    if !typed.get("to").is_empty() {
        match version_preview(cx, &mut reader, &scope.grant, typed.get("to")).await {
            Ok(found) => preview = Some(found),
            Err(Refused::NotNow(reasons)) => waits = reasons.iter().map(|r| visitor.sentence(r)).collect(),
            Err(refused) => problems = Problems::from_refusal(visitor, refused)?,
        }
    }
    drop(reader);
    let choices: Vec<Choice> =
        others.iter().map(|p| Choice::new(&p.version, &p.version, typed.has("to", &p.version))).collect();
    let body = html! {
        p class="kl_lead" { (w.with("version-what", &[("version", &inspection.programme_version)])) }
        @if !waits.is_empty() { (not_offered(&w.t("version-not-offered"), &waits)) }
        @if let Some(preview) = &preview {
            (shown(visitor, preview))
            (form(&scope.href("version"), &html! {
                (hidden("to", &preview.to))
                (text_area(&Field::new("reason", w.t("plan-reason")).value(typed.get("reason"))
                    .error(problems.on("reason")), 3))
                (button(&w.with("version-do", &[("version", &preview.to)])))
            }))
        }
        (form_get(&scope.href("version"), &html! {
            (radios(&Field::new("to", w.t("version-to")).error(problems.on("to")), &choices))
            (button_secondary(&w.t("version-preview")))
        }))
        p { a href=(scope.href("plan")) { (w.t("plan-back")) } }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Plan, w.t("version-title"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn shown(visitor: &Visitor, preview: &VersionPreview) -> Markup {
    let w = visitor.words();
    let step = |key: &str| preview.plan().and_then(|plan| plan.step(key));
    let rows: Vec<Vec<Markup>> = preview
        .moved
        .iter()
        .map(|c| {
            let kind = step(&c.step).map_or(StepKind::Day, |s| s.kind);
            vec![
                html! { (step(&c.step).map_or(c.step.as_str(), |s| s.title.as_str())) },
                html! { (days(visitor, kind, c.from)) },
                html! { (days(visitor, kind, c.to)) },
            ]
        })
        .collect();
    let header = ["plan-step", "plan-stands", "plan-would-stand"].map(|key| w.t(key));
    let list = |title: &str, steps: &[(String, keyline_domain::inspections::plan::Span)]| {
        html! {
            @if !steps.is_empty() {
                h3 { (w.t(title)) }
                ul { @for (name, span) in steps { li { (name) ": " (days(visitor, StepKind::Window, *span)) } } }
            }
        }
    };
    html! {
        h2 { (w.with("version-changes", &[("from", &preview.from), ("to", &preview.to)])) }
        (differences(visitor, &preview.changes))
        @if preview.plan().is_some() {
            h2 { (w.t("version-dates")) }
            p { (w.t("version-dates-what")) }
            @if !rows.is_empty() {
                (table(&w.t("plan-would-move"), &header.each_ref().map(String::as_str), &rows))
            }
            (list("version-added", &preview.added))
            (list("version-removed", &preview.removed))
        }
    }
}
