//! The plan: a picture with the same content as a table below, who does what, what moved and why.

mod change;
mod picture;
mod step;
mod version;

use axum::extract::Query;
use keyline_domain::access::Action;
use keyline_domain::inspections::plan::{Plan, PlannedStep, Span, StepKind, StepStatus};
use keyline_domain::programmes::Programme;
use keyline_operations::inspections::{acts_in, dated_plan, other_versions, planned};
use keyline_store::inspections::{self, plan};
use maud::{Markup, html};

use super::rooms::{Room, frame};
use crate::components::{
    Tone, Width, button_group, inset, link_button_secondary, section_nav, table, tag, warning,
};
use crate::frame::{Gate, PageResult, Routes, Scope, Visitor};

/// The routes of the plan's pages.
pub(super) fn routes(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeInspection);
    let version = Gate::Inspection(Action::ChangeProgrammeVersion);
    r.get("/inspections/{inspection}/plan", see, get)
        .get("/inspections/{inspection}/plan/{step}", see, step::get)
        .post("/inspections/{inspection}/plan/{step}/move", Gate::Inspection(Action::MoveStep), step::shift)
        .post(
            "/inspections/{inspection}/plan/{step}/done",
            Gate::Inspection(Action::FinishStep),
            step::finish,
        )
        .get("/inspections/{inspection}/version", version, version::get)
        .post("/inspections/{inspection}/version", version, version::post)
}

/// The page. `?party=KEY` shows what a party does, `?party=mine` what the roles of the person do.
async fn get(
    visitor: Visitor,
    scope: Scope,
    Query(query): Query<std::collections::BTreeMap<String, String>>,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = cx.programme(&inspection)?;
    let dated = dated_plan(cx, &mut reader, &scope.grant, &inspection).await?;
    let moves = plan::moves(&mut reader, &scope.grant).await?;
    let versions = plan::version_changes(&mut reader, &scope.grant).await?;
    drop(reader);
    let kept = dated.is_some();
    let plan = match dated {
        Some(dated) => dated.plan,
        None => planned(cx, &inspection)?,
    };
    let party = query.get("party").map_or("", String::as_str);
    let shown = |step: &PlannedStep| match party {
        "" => true,
        "mine" => acts_in(scope.grant.roles(), step),
        key => step.parties.iter().any(|p| p == key),
    };
    let view =
        View { visitor: &visitor, area: &inspection.area, programme, plan: &plan, today: cx.today(), kept };
    let may_change =
        kept && (scope.grant.permits(Action::MoveStep) || scope.grant.permits(Action::FinishStep));
    let rows: Vec<Vec<Markup>> =
        plan.steps.iter().filter(|s| shown(s)).map(|s| row(&view, &scope, s, may_change)).collect();
    let title = w.t("plan-title");
    let picture = picture::draw(&view, &shown);
    let body = html! {
        p class="kl_lead" { (w.t("plan-what")) }
        @if !kept {
            (warning(&w.t("plan-provisional"), &html! {
                (w.with("plan-provisional-text", &[("day", &w.date(inspection.starts_on))]))
            }))
        }
        (filter(&view, &scope, party))
        @if rows.is_empty() { (inset(&html! { p { (w.t("plan-nothing")) } })) } @else {
            div class="kc-scroll kc-sheet" role="region" aria-label=(title) tabindex="0" { (picture) }
            (table(&w.t("plan-table"), &header(&visitor, may_change).iter().map(String::as_str).collect::<Vec<_>>(), &rows))
        }
        (button_group(&html! {
            (link_button_secondary("/calendar", &w.t("plan-calendar")))
            @if scope.grant.permits(Action::ChangeProgrammeVersion) && !other_versions(cx, &inspection).is_empty() {
                (link_button_secondary(&scope.href("version"), &w.t("version-title")))
            }
        }))
        @if kept { (change::history(&view, &moves, &versions)) }
    };
    let mut layout = frame(&visitor, &scope, &inspection, Room::Plan, title, body);
    layout.width = Width::Full;
    Ok(visitor.show(&layout))
}

/// What the parts of the page look at.
pub(super) struct View<'a> {
    visitor: &'a Visitor,
    /// Key of the council area.
    area: &'a str,
    programme: &'a Programme,
    plan: &'a Plan,
    today: jiff::civil::Date,
    /// Whether the plan has been dated by the notification.
    kept: bool,
}

fn filter(view: &View<'_>, scope: &Scope, chosen: &str) -> Markup {
    let w = view.visitor.words();
    let mut links = vec![
        (scope.href("plan"), w.t("plan-all"), chosen.is_empty()),
        (scope.href("plan?party=mine"), w.t("plan-mine"), chosen == "mine"),
    ];
    for key in parties(view.plan) {
        links.push((scope.href(&format!("plan?party={key}")), party(view.visitor, &key), chosen == key));
    }
    section_nav(&w.t("plan-filter"), &links)
}

/// The parties of a plan in the order in which they first act.
fn parties(plan: &Plan) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for key in plan.steps.iter().flat_map(|s| &s.parties) {
        if !found.contains(key) {
            found.push(key.clone());
        }
    }
    found
}

/// The name of a party; a programme may name one that has no words yet.
pub(super) fn party(visitor: &Visitor, key: &str) -> String {
    let w = visitor.words();
    let message = format!("party-{key}");
    if w.has(&message) { w.t(&message) } else { key.to_owned() }
}

fn header(visitor: &Visitor, may_change: bool) -> Vec<String> {
    let w = visitor.words();
    let mut keys = vec!["plan-step", "plan-when", "plan-week", "plan-who", "plan-state"];
    if may_change {
        keys.push("plan-change");
    }
    keys.into_iter().map(|key| w.t(key)).collect()
}

fn row(view: &View<'_>, scope: &Scope, step: &PlannedStep, may_change: bool) -> Vec<Markup> {
    let w = view.visitor.words();
    let weeks = match (view.plan.counted_week(step.span.from), view.plan.counted_week(step.span.to)) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        _ => String::new(),
    };
    let confirmed = view.programme.step_provenance.get(&step.key).is_none_or(|p| p.confirmed);
    let mut cells = vec![
        html! {
            (step.title)
            @if !step.note.is_empty() { p class="ds_hint-text" { (step.note) } }
            @if !confirmed { p class="ds_hint-text" { (w.t("plan-unconfirmed")) } }
        },
        html! {
            (days(view.visitor, step.kind, step.span))
            @if let Some(day) = step.put_off_from {
                p class="ds_hint-text" { (w.with("plan-put-off", &[("day", &w.date(day))])) }
            }
            @if let Some(moved) = &step.moved {
                p class="ds_hint-text" {
                    (w.with("plan-moved-from", &[("days", &days(view.visitor, step.kind, moved.from)), ("reason", &moved.reason)]))
                }
            }
        },
        html! { (weeks) },
        html! { (step.parties.iter().map(|p| party(view.visitor, p)).collect::<Vec<_>>().join(", ")) },
        if view.kept {
            status(view.visitor, view.plan.status_of(step, view.today))
        } else {
            html! {}
        },
    ];
    if may_change {
        cells.push(html! {
            a href=(scope.href(&format!("plan/{}", step.key))) {
                (w.t("plan-change")) span class="visually-hidden" { " " (step.title) }
            }
        });
    }
    cells
}

/// How a step stands, as a tag.
pub(super) fn status(visitor: &Visitor, status: StepStatus) -> Markup {
    let w = visitor.words();
    let (tone, text) = match status {
        StepStatus::Done(on) => (Tone::Good, w.with("plan-status-done", &[("day", &w.date_short(on))])),
        StepStatus::Overdue(days) => (Tone::Bad, w.with("plan-status-overdue", &[("count", &days)])),
        StepStatus::DueToday => (Tone::Warn, w.t("plan-status-due-today")),
        StepStatus::Open => (Tone::Active, w.t("plan-status-open")),
        StepStatus::ThisWeek => (Tone::Active, w.t("plan-status-this-week")),
        StepStatus::Later => (Tone::Neutral, w.t("plan-status-later")),
    };
    tag(tone, &text)
}

/// The days of a step as people read them.
pub(super) fn days(visitor: &Visitor, kind: StepKind, span: Span) -> String {
    let w = visitor.words();
    match kind {
        StepKind::After => w.with("plan-from-on", &[("day", &w.date_long(span.from))]),
        _ if span.from == span.to => w.date_long(span.from),
        _ => format!("{} – {}", w.date(span.from), w.date(span.to)),
    }
}

/// The dates of a plan that is not kept yet, without anything to do about them.
pub(super) fn dates_table(visitor: &Visitor, programme: &Programme, plan: &Plan) -> Markup {
    let w = visitor.words();
    let phase =
        |key: &str| programme.timeline.phases.iter().find(|p| p.key == key).map_or("", |p| p.title.as_str());
    let rows: Vec<Vec<Markup>> = plan
        .steps
        .iter()
        .map(|s| {
            vec![
                html! { (s.title) },
                html! { (days(visitor, s.kind, s.span)) },
                html! { (phase(&s.phase)) },
                html! { (s.parties.iter().map(|p| party(visitor, p)).collect::<Vec<_>>().join(", ")) },
            ]
        })
        .collect();
    let header = ["plan-step", "plan-when", "plan-phase", "plan-who"].map(|key| w.t(key));
    table(&w.t("plan-table"), &header.each_ref().map(String::as_str), &rows)
}
