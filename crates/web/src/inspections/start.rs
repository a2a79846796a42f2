//! The start page: what needs me, across all my inspections?
//!
//! It is the page that people open first and most, so what it shows is kept between two writes
//! ([`KeptPages`](crate::frame::KeptPages)).

use std::collections::HashMap;

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use keyline_domain::access::{Action, ServiceAction, Side, duty_permits, permits};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::inspections::plan::{Plan, PlannedStep, StepKind, StepStatus};
use keyline_domain::inspections::way::{ReportState, Step};
use keyline_operations::care::recovery;
use keyline_operations::concerns::{WaitingConcern, concerns_waiting};
use keyline_operations::inspections::{DatedPlan, acts_in};
use keyline_operations::tell_us::waiting_for;
use keyline_operations::view;
use keyline_store::inspections::mine::{self, Mine};
use keyline_store::inspections::plan;
use maud::{Markup, PreEscaped, html};

use super::overview::place;
use super::plan::{days, status};
use super::rooms::{dated_name, name};
use crate::components::{
    Tone, card, cards, empty_state, inset, link_button_secondary, table_under_heading, tag, warning,
};
use crate::frame::{PageError, PageResult, Visitor};

/// Most steps in the list of what is next; the plans have the others.
const NEXT: usize = 12;

/// The page.
pub(super) async fn get(visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let w = visitor.words();
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.clone();
    let (pages, generation) = (&visitor.app().start_pages, visitor.cx().db.generation());
    let body = if let Some(body) = pages.get(person.id, w.lang(), generation) {
        body
    } else if crate::volunteers::have_own_start(&visitor).await? {
        // What was just done is said there.
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        return Ok(Redirect::to(&format!("/my{query}")).into_response());
    } else {
        let body = write(&visitor, person.id).await?.into_string();
        pages.keep(person.id, w.lang(), generation, &body);
        body
    };
    let title = w.with("start-title", &[("name", &person.name)]);
    Ok(visitor.show(&visitor.layout(title, PreEscaped(body))))
}

fn concern_line(visitor: &Visitor, all: &[Mine], waiting: &WaitingConcern) -> Markup {
    let w = visitor.words();
    let (concern, reference) = (&waiting.concern, &waiting.reference);
    let href = if waiting.own {
        "/concern/own".to_owned()
    } else {
        format!("/inspections/{reference}/concerns/{}", concern.id)
    };
    let of = all.iter().find(|mine| mine.inspection.id == concern.inspection);
    html! {
        a href=(href) {
            (w.with("concern-title", &[("number", &concern.number)]))
            @if let Some(of) = of { ", " (dated_name(visitor, &of.inspection)) }
        }
        @if concern.danger { " " (tag(Tone::Bad, &w.t("concern-danger-short"))) }
        @if waiting.overdue { " " (tag(Tone::Warn, &w.t("concerns-overdue"))) }
    }
}

struct Due<'a> {
    mine: &'a Mine,
    step: &'a PlannedStep,
    status: StepStatus,
}

async fn write(visitor: &Visitor, person: PersonId) -> PageResult<Markup> {
    let doors = crate::volunteers::doors(visitor).await?;
    let all = mine::list(&mut visitor.cx().read().await?, person).await?;
    let concerns = concerns_of(visitor, person, &all).await?;
    let asked = asked_of(visitor, person, &all).await?;
    let inspections = of_inspections(visitor, person, &all, doors.is_some()).await?;
    Ok(html! { (concerns) (asked) @if let Some(doors) = doors { (doors) } (inspections) })
}

async fn concerns_of(visitor: &Visitor, person: PersonId, all: &[Mine]) -> PageResult<Markup> {
    let (w, cx) = (visitor.words(), visitor.cx());
    let concerns = concerns_waiting(cx, person).await?;
    if concerns.is_empty() {
        return Ok(html! {});
    }
    Ok(warning(
        &w.t("warning"),
        &html! {
            p { (w.with("start-concerns", &[("count", &concerns.len())])) ". " (w.t("start-concerns-text")) }
            ul { @for waiting in &concerns { li { (concern_line(visitor, all, waiting)) } } }
        },
    ))
}

/// What others wait for: a custodian's half, and the messages whose handler one is.
async fn asked_of(visitor: &Visitor, person: PersonId, all: &[Mine]) -> PageResult<Markup> {
    let (w, cx) = (visitor.words(), visitor.cx());
    let helps = recovery::asked_of(cx, person).await?;
    let messages = waiting_for(cx, visitor.actor()).await?;
    if helps == 0 && messages.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        @if helps > 0 {
            (warning(&w.t("warning"), &html! {
                p { (w.with("start-recovery", &[("count", &helps)])) " " a href="/care" { (w.t("care-title")) } }
            }))
        }
        @if !messages.is_empty() {
            (inset(&html! { ul { @for waits in &messages {
                @let of = all.iter().find(|mine| Some(mine.inspection.id) == waits.inspection);
                @let href = of.map_or("/messages".to_owned(), |of| format!("/inspections/{}/messages", of.inspection.reference));
                li {
                    a href=(href) {
                        (w.with("start-messages-wait", &[("count", &waits.waiting)])) ", "
                        @match of { Some(of) => (dated_name(visitor, &of.inspection)), None => (w.t("start-messages-general")) }
                    }
                    @if waits.overdue > 0 { " " (tag(Tone::Warn, &w.with("start-messages-overdue", &[("count", &waits.overdue)]))) }
                }
            } } }))
        }
    })
}

async fn of_inspections(
    visitor: &Visitor,
    person: PersonId,
    all: &[Mine],
    has_doors: bool,
) -> PageResult<Markup> {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let duties = keyline_store::duties::of(&mut reader, person).await?;
    let permitted = |action| duties.iter().any(|duty| duty_permits(*duty, action));
    let (writes, handles) = (permitted(ServiceAction::SeePages), permitted(ServiceAction::HandleMessages));
    let messages = if handles { keyline_store::tell_us::waiting_in_general(&mut reader).await? } else { 0 };
    let desk = html! {
        @if handles { (card("/messages", &w.t("start-messages"), &html! { p { (w.with("start-messages-text", &[("count", &messages)])) } })) }
        @if writes { (card("/information", &w.t("start-information"), &html! { p { (w.t("start-information-text")) } })) }
    };
    if all.is_empty() {
        // Administrators of the service take part in no inspection: their work is on two pages of its own.
        return Ok(if visitor.signed_in().is_some_and(|s| s.person.administrator) {
            cards(&html! {
                (card("/inspections", &w.t("register-title"), &html! { p { (w.t("start-register-text")) } }))
                (card("/accounts", &w.t("nav-accounts"), &html! { p { (w.t("start-accounts-text")) } }))
                (desk)
            })
        } else if writes || handles {
            cards(&desk)
        } else if has_doors {
            html! {}
        } else {
            empty_state(&w.t("start-empty-title"), &w.t("start-empty-text"), None)
        });
    }
    let steps = plan::steps_of(&mut reader, person).await?;
    let waiting: HashMap<InspectionId, u32> =
        mine::interests_waiting(&mut reader, person).await?.into_iter().collect();
    let mut needs: Vec<Need<'_>> = Vec::new();
    let mut calm: Vec<Need<'_>> = Vec::new();
    let mut plans = Vec::new();
    for mine in all.iter().filter(|m| is_open(m)) {
        let progress = view::progress(cx, &mut reader, &mine.inspection).await?;
        let ready = view::offers(cx, &progress)
            .into_iter()
            .filter(|(step, offer)| offer.is_ready() && may(mine, step.action()))
            .map(|(step, _)| step)
            .collect();
        let rows: Vec<_> =
            steps.iter().filter(|(id, _)| *id == mine.inspection.id).map(|(_, row)| row.clone()).collect();
        let plan = DatedPlan::of(cx, &mine.inspection, &rows)?.map(|dated| dated.plan);
        let interests = if may(mine, Action::DecideInterest) {
            waiting.get(&mine.inspection.id).copied().unwrap_or(0)
        } else {
            0
        };
        let phase = plan.as_ref().and_then(|p| phase(p, cx.today())).map(str::to_owned);
        let published = progress.report == ReportState::Published;
        let need = Need { mine, ready, interests, phase, published };
        if need.ready.is_empty() && interests == 0 && published {
            calm.push(need);
        } else {
            needs.push(need);
        }
        // What is left of a plan after publication is the action plan, which the card says.
        if let (Some(plan), false) = (plan, published) {
            plans.push((mine, plan));
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
        (declarations(visitor, all))
        @if needs.is_empty() && !calm.is_empty() {
            (empty_state(&w.t("start-empty-title"), &w.t("start-calm-all"), None))
        }
        @if !needs.is_empty() || writes || handles {
            (cards(&html! { @for need in &needs { (inspection_card(visitor, need)) } (desk) }))
        }
        @if !next.is_empty() {
            h2 { (w.t("start-next")) }
            (agenda(visitor, &next))
        }
        p { (link_button_secondary("/calendar", &w.t("plan-calendar"))) }
        @if !calm.is_empty() {
            h2 { (w.t("start-published")) }
            ul { @for need in &calm {
                li { a href=(href(need.mine, "")) { (dated_name(visitor, &need.mine.inspection)) } }
            } }
        }
    })
}

fn href(mine: &Mine, page: &str) -> String {
    format!("/inspections/{}/{page}", mine.inspection.reference).trim_end_matches('/').to_owned()
}

/// An inspection with what waits for the person in it.
struct Need<'a> {
    mine: &'a Mine,
    ready: Vec<Step>,
    interests: u32,
    phase: Option<String>,
    published: bool,
}

/// The phase of a plan that began last.
pub(crate) fn phase(plan: &Plan, today: Date) -> Option<&str> {
    let begun = plan.phases.iter().rfind(|p| plan.phase_span(&p.key).is_some_and(|span| span.from <= today));
    begun.map(|p| p.title.as_str())
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

fn inspection_card(visitor: &Visitor, need: &Need<'_>) -> Markup {
    let w = visitor.words();
    let inspection = &need.mine.inspection;
    card(
        &href(need.mine, ""),
        &name(visitor, inspection),
        &html! {
            p {
                @match inspection.notified_on {
                    Some(day) => (w.with("start-notified-on", &[("day", &w.date(day))])),
                    None => (w.with("start-starts-on", &[("day", &w.date(inspection.starts_on))])),
                }
                @if need.published { " " (tag(Tone::Good, &w.t("register-published"))) }
                @else if let Some(phase) = &need.phase { " " (tag(Tone::Neutral, phase)) }
            }
            @if need.ready.is_empty() && need.interests == 0 { p { (w.t("start-calm")) } }
            @else {
                ul {
                    @if need.interests > 0 {
                        li { a href=(href(need.mine, "people")) { (w.with("start-interests", &[("count", &need.interests)])) } }
                    }
                    @for step in &need.ready {
                        li { a href=(href(need.mine, place(*step))) { (w.t(&format!("step-{}", step.word()))) } }
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
                        (dated_name(visitor, &due.mine.inspection))
                    }
                },
                html! { (days(visitor, due.step.kind, due.step.span)) },
                status(visitor, due.status),
            ]
        })
        .collect();
    let header = ["plan-step", "start-inspection", "plan-when", "plan-state"].map(|key| w.t(key));
    html! {
        (table_under_heading(&w.t("start-next"), &header.each_ref().map(String::as_str), &rows))
        @if next.len() > NEXT { p { (w.with("start-more", &[("count", &(next.len() - NEXT))])) } }
    }
}
