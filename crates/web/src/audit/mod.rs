//! The audit trail of an inspection: who did what, when, newest first; each entry bound to the one before.

use axum::extract::Query;
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_store::{audit, inspections};
use maud::{Markup, html};
use serde::Deserialize;

use crate::components::{details, empty_state, pagination, table};
use crate::frame::{Gate, PageResult, Routes, Scope, Visitor};
use crate::inspections::{Room, frame};

const PER_PAGE: i64 = 50;

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/inspections/{inspection}/audit", Gate::Inspection(Action::SeeAudit), get)
}

#[derive(Debug, Deserialize)]
struct From {
    before: Option<i64>,
}

async fn get(visitor: Visitor, scope: Scope, Query(from): Query<From>) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let before = from.before.unwrap_or(i64::MAX);
    let mut entries = audit::list(&mut reader, &scope.grant, before, PER_PAGE + 1).await?;
    let more = i64::try_from(entries.len()).unwrap_or(0) > PER_PAGE;
    entries.truncate(usize::try_from(PER_PAGE).unwrap_or(50));
    let rows: Vec<Vec<Markup>> = entries
        .iter()
        .map(|(e, name)| {
            vec![
                html! { (e.sequence) },
                html! { (w.date_time(&in_london(e.at))) },
                html! { @match name { Some(name) => (name), None => (w.t(&format!("audit-actor-{}", e.actor))) } },
                html! { (action(&visitor, &e.action)) },
                html! { @if e.detail != "{}" { (details(&w.t("audit-show"), &html! { code class="kl_small" { (e.detail) } })) } },
            ]
        })
        .collect();
    let older =
        entries.last().filter(|_| more).map(|(e, _)| scope.href(&format!("audit?before={}", e.sequence)));
    let older_label = w.t("audit-older");
    let body = html! {
        p class="kl_lead" { (w.t("audit-lead")) }
        @if rows.is_empty() { (empty_state(&w.t("audit-empty-title"), &w.t("audit-empty-text"), None)) }
        @else {
            (table(&w.t("room-audit"), &[&w.t("audit-number"), &w.t("audit-when"), &w.t("audit-who"), &w.t("audit-what"), &w.t("audit-detail")], &rows))
        }
        (pagination(&w.t("audit-pages"), None, older.as_deref().map(|href| (href, older_label.as_str()))))
    };
    let title = w.t("room-audit");
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Audit, title, body)))
}

// What was done, in words where there are some; the word of the trail otherwise.
fn action(visitor: &Visitor, action: &str) -> String {
    let w = visitor.words();
    let key = format!("audit-did-{}", action.replace('.', "-"));
    if w.has(&key) { w.t(&key) } else { action.to_owned() }
}
