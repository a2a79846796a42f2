//! The start page: what needs me, across all my inspections?
//!
//! It is the page that people open first and most, so what it shows is kept between two writes
//! ([`KeptPages`](crate::frame::KeptPages)).

use std::collections::HashMap;

use keyline_domain::access::{Action, Side, permits};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::inspections::plan::{PlannedStep, StepKind, StepStatus};
use keyline_domain::inspections::way::Step;
use keyline_operations::inspections::{DatedPlan, acts_in};
use keyline_operations::view;
use keyline_store::inspections::mine::{self, Mine};
use keyline_store::inspections::plan;
use maud::{Markup, PreEscaped, html};

use super::overview::place;
use super::plan::{days, status};
use super::rooms::name;
use crate::components::{Tone, card, cards, empty_state, link_button_secondary, table, tag};
use crate::frame::{PageError, PageResult, Visitor};

/// Most steps in the list of what is next; the plans have the others.
const NEXT: usize = 12;

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.clone();
    let (pages, generation) = (&visitor.app().start_pages, visitor.cx().db.generation());
    let body = if let Some(body) = pages.get(person.id, w.lang(), generation) {
        body
    } else {
        let body = write(&visitor, person.id).await?.into_string();
        pages.keep(person.id, w.lang(), generation, &body);
        body
    };
    let title = w.with("start-title", &[("name", &person.name)]);
    Ok(visitor.show(&visitor.layout(title, PreEscaped(body))))
}

struct Due<'a> {
    mine: &'a Mine,
    step: &'a PlannedStep,
    status: StepStatus,
}

async fn write(visitor: &Visitor, person: PersonId) -> PageResult<Markup> {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let all = mine::list(&mut reader, person).await?;
    if all.is_empty() {
        return Ok(empty_state(&w.t("start-empty-title"), &w.t("start-empty-text"), None));
    }
    let steps = plan::steps_of(&mut reader, person).await?;
    let waiting: HashMap<InspectionId, u32> =
        mine::interests_waiting(&mut reader, person).await?.into_iter().collect();
    let mut needs: Vec<(&Mine, Vec<Step>)> = Vec::new();
    let mut plans = Vec::new();
    for mine in all.iter().filter(|m| is_open(m)) {
        let progress = view::progress(cx, &mut reader, &mine.inspection).await?;
        let ready = view::offers(cx, &progress)
            .into_iter()
            .filter(|(step, offer)| offer.is_ready() && may(mine, step.action()))
            .map(|(step, _)| step)
            .collect();
        needs.push((mine, ready));
        let rows: Vec<_> =
            steps.iter().filter(|(id, _)| *id == mine.inspection.id).map(|(_, row)| row.clone()).collect();
        if let Some(dated) = DatedPlan::of(cx, &mine.inspection, &rows)? {
            plans.push((mine, dated.plan));
        }
    }
    drop(reader);
    let today = cx.today();
    let mut next: Vec<Due<'_>> = plans
        .iter()
        .flat_map(|(mine, plan)| {
            plan.steps
                .iter()
                .filter(|s| s.done.is_none() && s.kind != StepKind::After && acts_in(&mine.standing.roles, s))
                .map(|step| Due { mine, step, status: plan.status_of(step, today) })
        })
        .collect();
    next.sort_by_key(|due| {
        let begun = !matches!(due.status, StepStatus::ThisWeek | StepStatus::Later);
        (
            !matches!(due.status, StepStatus::Overdue(_)),
            if begun { due.step.span.to } else { due.step.span.from },
        )
    });
    Ok(html! {
        (declarations(visitor, &all))
        h2 { (w.t("start-needs")) }
        (cards(&html! { @for (mine, ready) in &needs {
            (inspection_card(visitor, mine, ready, waiting.get(&mine.inspection.id).copied().unwrap_or(0)))
        } }))
        @if !next.is_empty() {
            h2 { (w.t("start-next")) }
            (agenda(visitor, &next))
        }
        p { (link_button_secondary("/calendar", &w.t("plan-calendar"))) }
    })
}

// As the gate has it: a member of the team declares first.
fn is_open(mine: &Mine) -> bool {
    mine.standing.declared || mine.standing.roles.iter().all(|r| r.side() == Side::Partnership)
}

fn may(mine: &Mine, action: Action) -> bool {
    mine.standing.roles.iter().any(|role| permits(*role, action))
}

fn declarations(visitor: &Visitor, all: &[Mine]) -> Markup {
    let w = visitor.words();
    let closed: Vec<&Mine> = all.iter().filter(|m| !is_open(m)).collect();
    html! {
        @if !closed.is_empty() {
            h2 { (w.t("start-declare-title")) }
            ul class="kl_recovery" {
                @for mine in closed {
                    li {
                        a href=(format!("/inspections/{}/interest", mine.inspection.reference)) {
                            (name(visitor, &mine.inspection))
                        }
                        " " @if mine.said { (tag(Tone::Neutral, &w.t("start-declared-waits"))) }
                        @else { (tag(Tone::Warn, &w.t("start-declare"))) }
                    }
                }
            }
        }
    }
}

fn inspection_card(visitor: &Visitor, mine: &Mine, ready: &[Step], waiting: u32) -> Markup {
    let w = visitor.words();
    let base = format!("/inspections/{}", mine.inspection.reference);
    let decides = waiting > 0 && may(mine, Action::DecideInterest);
    card(
        &base,
        &name(visitor, &mine.inspection),
        &html! {
            @match mine.inspection.notified_on {
                Some(day) => p { (w.with("start-notified-on", &[("day", &w.date(day))])) },
                None => p { (w.with("start-starts-on", &[("day", &w.date(mine.inspection.starts_on))])) },
            }
            @if ready.is_empty() && !decides { p { (w.t("start-calm")) } }
            @else {
                ul {
                    @if decides {
                        li { a href={ (base) "/people" } { (w.with("start-interests", &[("count", &waiting)])) } }
                    }
                    @for step in ready {
                        li { a href={ (base) "/" (place(*step)) } { (w.t(&format!("step-{}", step.word()))) } }
                    }
                }
            }
        },
    )
}

fn agenda(visitor: &Visitor, next: &[Due<'_>]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = next
        .iter()
        .take(NEXT)
        .map(|due| {
            vec![
                html! { (due.step.title) },
                html! {
                    a href=(format!("/inspections/{}/plan?party=mine", due.mine.inspection.reference)) {
                        (name(visitor, &due.mine.inspection))
                    }
                },
                html! { (days(visitor, due.step.kind, due.step.span)) },
                status(visitor, due.status),
            ]
        })
        .collect();
    let header = ["plan-step", "start-inspection", "plan-when", "plan-state"].map(|key| w.t(key));
    html! {
        (table(&w.t("start-next"), &header.each_ref().map(String::as_str), &rows))
        @if next.len() > NEXT { p { (w.with("start-more", &[("count", &(next.len() - NEXT))])) } }
    }
}
