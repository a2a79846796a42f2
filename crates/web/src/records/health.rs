//! Who is entitled to the health part of records.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::{Action, permits};
use keyline_domain::clock::in_london;
use keyline_operations::records::{EntitleHealth, entitle_health};
use keyline_store::inspections::members;
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::{
    Choice, Field, Width, button, details, empty_state, form, hidden, select, table, text_area,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Entitles, or ends it.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = EntitleHealth {
        inspection: scope.grant.inspection(),
        person: typed.parse("person"),
        entitled: typed.get("act") != "end",
        reason: typed.get("reason").to_owned(),
    };
    let done = if input.entitled { "reading-health-entitled" } else { "reading-health-ended" };
    match entitle_health(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href(&format!("records/plan/health?done={done}"))).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let all = members::list(&mut stand.reader, &scope.grant).await?;
    let now = &stand.reading;
    let rows: Vec<Vec<Markup>> = now
        .health
        .iter()
        .map(|reader| {
            let since = w.date_time(&in_london(reader.since));
            let end = form(
                &scope.href("records/plan/health"),
                &html! {
                    (hidden("act", "end")) (hidden("person", reader.person))
                    label class="ds_label" for={ "reason-" (reader.person) } { (w.t("reading-reason")) }
                    input class="ds_input" type="text" name="reason" id={ "reason-" (reader.person) };
                    (button(&w.t("reading-health-end")))
                },
            );
            vec![
                html! { (reader.name) },
                html! { (reader.reason) },
                html! { (since) },
                html! { (details(&w.t("reading-health-end"), &end)) },
            ]
        })
        .collect();
    let mut choices = vec![Choice::new("", w.t("choose-one"), typed.get("person").is_empty())];
    for member in all.iter().filter(|m| permits(m.role, Action::SeeReadingPlan)) {
        let id = member.person.to_string();
        let there = now.entitled(Some(member.person)) || Some(member.person) == scope.grant.person_id();
        if !there && !choices.iter().any(|c| c.value == id) {
            let label = format!("{}, {}", member.name, member.designation);
            choices.push(Choice::new(id.clone(), label, id == typed.get("person")));
        }
    }
    let header = ["reading-person", "reading-reason", "reading-since", "reading-act"].map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("reading-health-lead")) }
        @if rows.is_empty() { (empty_state(&w.t("reading-health-none"), &w.t("reading-health-nobody-text"), None)) }
        @else { (table(&w.t("reading-health"), &header.each_ref().map(String::as_str), &rows)) }
        h2 { (w.t("reading-health-entitle")) }
        (form(&scope.href("records/plan/health"), &html! {
            (select(&Field::new("person", w.t("reading-person")).error(problems.on("person")), &choices))
            (text_area(&Field::new("reason", w.t("reading-reason")).hint(w.t("reading-health-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 2))
            (button(&w.t("reading-health-entitle")))
        }))
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("reading-health"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/plan", "reading-plan")]);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
