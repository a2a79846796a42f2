//! One step of the plan: what it is, saying that it is done, and moving it after a look at what else would move.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use keyline_domain::access::Action;
use keyline_domain::inspections::plan::{
    MovePreview, MoveTo, NOTIFICATION, Plan, PlannedStep, Span, StepKind,
};
use keyline_operations::Refused;
use keyline_operations::inspections::{FinishStep, MoveStep, dated_plan, finish_step, move_step};
use keyline_store::inspections;
use maud::{Markup, html};

use super::super::rooms::{Room, frame};
use super::{days, party, status};
use crate::components::{
    Choice, DateTyped, Field, button, button_secondary, checkboxes, compare, date_field, form, form_get,
    hidden, summary_list, table, text_area, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// The page; with days in the query it shows what the move would do.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, step)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> PageResult {
    render(&visitor, &scope, &step, &Typed::of(query), &Problems::default(), None).await
}

/// Moves.
pub(super) async fn shift(
    visitor: Visitor,
    scope: Scope,
    Path((_, step)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let kind = kind_of(&visitor, &scope, &step).await?;
    let to = match wanted(kind, &typed) {
        Ok(to) => to,
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            return render(&visitor, &scope, &step, &typed, &problems, None).await;
        }
    };
    let input = MoveStep {
        inspection: scope.grant.inspection(),
        step: step.clone(),
        to,
        carry: typed.has("carry", "yes"),
        reason: typed.get("reason").to_owned(),
        revision: typed.parse("revision").unwrap_or(-1),
    };
    match move_step(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=moved", scope.href("plan"))).into_response()),
        Err(Refused::Stale { theirs, by, .. }) => {
            let stale = Some((theirs, by));
            render(&visitor, &scope, &step, &typed, &Problems::default(), stale).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &step, &typed, &problems, None).await
        }
    }
}

/// Says that the step is done, or takes it back.
pub(super) async fn finish(
    visitor: Visitor,
    scope: Scope,
    Path((_, step)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let undo = typed.has("undo", "yes");
    let done_on = DateTyped::of("done_on", |key| typed.get(key)).date();
    let result = if done_on.is_none() && !undo {
        Err(Refused::field("done_on", "problem-date"))
    } else {
        let input = FinishStep {
            inspection: scope.grant.inspection(),
            step: step.clone(),
            done_on: done_on.filter(|_| !undo),
        };
        finish_step(visitor.cx(), visitor.actor(), input).await
    };
    match result {
        Ok(()) => {
            let done = if undo { "reopened" } else { "finished" };
            Ok(Redirect::to(&format!("{}?done={done}", scope.href("plan"))).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &step, &typed, &problems, None).await
        }
    }
}

async fn kind_of(visitor: &Visitor, scope: &Scope, step: &str) -> PageResult<StepKind> {
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let dated = dated_plan(visitor.cx(), &mut reader, &scope.grant, &inspection).await?;
    let dated = dated.ok_or_else(|| PageError::from(Refused::reason("wait-notified")))?;
    dated.plan.step(step).map(|s| s.kind).ok_or(PageError::NOT_FOUND)
}

/// The place that was asked for.
fn wanted(kind: StepKind, typed: &Typed) -> Result<MoveTo, Refused> {
    let day = |name: &str| {
        DateTyped::of(name, |key| typed.get(key)).date().ok_or_else(|| Refused::field(name, "problem-date"))
    };
    let from: Date = day("from")?;
    Ok(if kind == StepKind::Window { MoveTo::Window { from, to: day("to")? } } else { MoveTo::Day(from) })
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    key: &str,
    typed: &Typed,
    problems: &Problems,
    stale: Option<(String, String)>,
) -> PageResult<Response> {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let dated = dated_plan(cx, &mut reader, &scope.grant, &inspection).await?;
    drop(reader);
    let dated = dated.ok_or_else(|| PageError::from(Refused::reason("wait-notified")))?;
    let step = dated.plan.step(key).ok_or(PageError::NOT_FOUND)?;
    let asked = !typed.get("from-day").is_empty();
    let preview = if asked {
        match wanted(step.kind, typed) {
            Ok(to) => {
                Some(dated.plan.preview_move(key, to, typed.has("carry", "yes")).map_err(|r| r.reason()))
            }
            Err(_) => None,
        }
    } else {
        None
    };
    let facts = [
        (w.t("plan-when"), html! { (days(visitor, step.kind, step.span)) }),
        (
            w.t("plan-who"),
            html! { (step.parties.iter().map(|p| party(visitor, p)).collect::<Vec<_>>().join(", ")) },
        ),
        (w.t("plan-state"), status(visitor, dated.plan.status_of(step, cx.today()))),
    ];
    let moves = scope.grant.permits(Action::MoveStep) && step.done.is_none() && key != NOTIFICATION;
    let body = html! {
        @if !step.note.is_empty() { p { (step.note) } }
        (summary_list(&facts))
        @if let Some((theirs, by)) = &stale {
            (warning(&w.t("plan-stale"), &html! {
                (w.t("plan-stale-text")) " "
                @if !by.is_empty() { (w.with("plan-stale-by", &[("name", by)])) }
            }))
            (compare(&w.t("plan-yours"), &mine(visitor, step, typed), &w.t("plan-theirs"), theirs))
        }
        @if scope.grant.permits(Action::FinishStep) && key != NOTIFICATION {
            (done_form(visitor, scope, step, typed, problems))
        }
        @if moves {
            h2 { (w.t("plan-move")) }
            @match &preview {
                Some(Ok(preview)) => {
                    (preview_of(visitor, &dated.plan, preview))
                    (confirm_form(visitor, scope, key, typed, problems, dated.revision))
                },
                Some(Err(reason)) => (warning(&w.t("plan-move-refused"), &html! { (visitor.sentence(reason)) })),
                None => {},
            }
            (move_form(visitor, scope, step, typed, problems))
        }
        p { a href=(scope.href("plan")) { (w.t("plan-back")) } }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Plan, step.title.clone(), body);
    layout.problems = problems.summary();
    let status = if stale.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

fn done_form(
    visitor: &Visitor,
    scope: &Scope,
    step: &PlannedStep,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let action = scope.href(&format!("plan/{}/done", step.key));
    let typed_day = DateTyped::of("done_on", |key| typed.get(key));
    let day = if typed_day.is_empty() { DateTyped::from(visitor.cx().today()) } else { typed_day };
    html! {
        h2 { (w.t("plan-finish")) }
        @if step.done.is_some() {
            (form(&action, &html! { (hidden("undo", "yes")) (button_secondary(&w.t("plan-undo"))) }))
        } @else {
            (form(&action, &html! {
                (date_field(&Field::new("done_on", w.t("plan-done-on")).error(problems.on("done_on")), &day, w))
                (button_secondary(&w.t("plan-mark-done")))
            }))
        }
    }
}

fn move_form(
    visitor: &Visitor,
    scope: &Scope,
    step: &PlannedStep,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let day = |name: &str, stands: Date| {
        let typed = DateTyped::of(name, |key| typed.get(key));
        if typed.is_empty() { DateTyped::from(stands) } else { typed }
    };
    let window = step.kind == StepKind::Window;
    let first = typed.get("from-day").is_empty();
    html! {
        p { (w.t("plan-move-what")) }
        (form_get(&scope.href(&format!("plan/{}", step.key)), &html! {
            (date_field(&Field::new("from", w.t(if window { "plan-move-from" } else { "plan-move-day" }))
                .error(problems.on("from")), &day("from", step.span.from), w))
            @if window {
                (date_field(&Field::new("to", w.t("plan-move-to")).error(problems.on("to")), &day("to", step.span.to), w))
            }
            (checkboxes(&Field::new("carry", w.t("plan-carry")).unchecked(), &[
                Choice::new("yes", w.t("plan-carry-yes"), first || typed.has("carry", "yes"))
                    .hint(w.t("plan-carry-hint")),
            ]))
            (button_secondary(&w.t("plan-move-preview")))
        }))
    }
}

/// What would move, and what would stand out of order.
fn preview_of(visitor: &Visitor, plan: &Plan, preview: &MovePreview) -> Markup {
    let w = visitor.words();
    let title = |key: &str| plan.step(key).map_or_else(|| key.to_owned(), |s| s.title.clone());
    let said = |key: &str, span: Span| days(visitor, plan.step(key).map_or(StepKind::Day, |s| s.kind), span);
    let rows: Vec<Vec<Markup>> = std::iter::once(&preview.chosen)
        .chain(&preview.carried)
        .map(|c| {
            vec![
                html! { (title(&c.step)) },
                html! { (said(&c.step, c.from)) },
                html! { (said(&c.step, c.to)) },
            ]
        })
        .collect();
    let header = ["plan-step", "plan-stands", "plan-would-stand"].map(|key| w.t(key));
    let titles = |keys: &[String]| keys.iter().map(|k| title(k)).collect::<Vec<_>>().join(", ");
    html! {
        (table(&w.t("plan-would-move"), &header.each_ref().map(String::as_str), &rows))
        @if let Some(day) = preview.asked { p { (w.with("plan-asked", &[("day", &w.date(day))])) } }
        @if !preview.overtaken.is_empty() { p { (w.with("plan-overtaken", &[("steps", &titles(&preview.overtaken))])) } }
        @if !preview.overtakes.is_empty() { p { (w.with("plan-overtakes", &[("steps", &titles(&preview.overtakes))])) } }
        @if preview.ends != preview.would_end {
            p { (w.with("plan-would-end", &[("from", &w.date(preview.ends)), ("to", &w.date(preview.would_end))])) }
        }
    }
}

fn confirm_form(
    visitor: &Visitor,
    scope: &Scope,
    key: &str,
    typed: &Typed,
    problems: &Problems,
    revision: i64,
) -> Markup {
    let w = visitor.words();
    html! {
        (form(&scope.href(&format!("plan/{key}/move")), &html! {
            @for part in ["day", "month", "year"] {
                @for name in ["from", "to"] {
                    @let field = format!("{name}-{part}");
                    @if !typed.get(&field).is_empty() { (hidden(&field, typed.get(&field))) }
                }
            }
            @if typed.has("carry", "yes") { (hidden("carry", "yes")) }
            (hidden("revision", revision))
            (text_area(&Field::new("reason", w.t("plan-reason")).hint(w.t("plan-reason-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 2))
            (button(&w.t("plan-move-do")))
        }))
    }
}

// What the person wanted, for the comparison with what somebody else did in the meantime.
fn mine(visitor: &Visitor, step: &PlannedStep, typed: &Typed) -> String {
    let day = |name: &str| DateTyped::of(name, |key| typed.get(key)).date();
    let from = day("from").unwrap_or(step.span.from);
    let to = day("to").filter(|_| step.kind == StepKind::Window).unwrap_or(from);
    let span = days(visitor, step.kind, Span { from, to });
    format!("{}: {span}\n{}", step.title, typed.get("reason"))
}
