//! The coordinator's page: what is due, what was sent back and why, what colleagues propose, what has come.

use std::collections::HashMap;

use keyline_domain::ids::{PersonId, RequestId};
use keyline_domain::returns::RequestState;
use keyline_operations::returns::{already_held, answering, waiting};
use keyline_store::inspections::{self, members};
use keyline_store::returns::{Delegation, Document, Held, Request, ReuseState, list_requests, reuses};
use maud::{Markup, html};

use super::delegate::{in_hand, matters};
use super::{breadcrumbs, request_state};
use crate::components::{empty_state, figure_tile, figures, link_button_secondary, table_under_heading, tag};
use crate::frame::{PageResult, Problems, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Problems::default()).await
}

/// The page, after whatever was sent from it.
pub(super) async fn render(visitor: &Visitor, scope: &Scope, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let requests = list_requests(&mut reader, &scope.grant).await?;
    let asked: Vec<_> = reuses(&mut reader, &scope.grant).await?;
    let page = Page {
        visitor,
        scope,
        names: members::names(&mut reader, &scope.grant).await?,
        waiting: waiting(&mut reader, &scope.grant).await?,
        held: already_held(visitor.cx(), &mut reader, &scope.grant, &inspection).await?,
        asked: asked.into_iter().filter(|r| r.state == ReuseState::Asked).map(|r| r.request).collect(),
    };
    let of = |states: &[RequestState]| -> Vec<&Request> {
        requests.iter().filter(|r| states.contains(&r.state)).collect()
    };
    let due = of(&[RequestState::Asked, RequestState::InProgress]);
    let back = of(&[RequestState::SentBack]);
    let come = of(&[RequestState::Submitted, RequestState::Accepted, RequestState::NotHeld]);
    let withdrawn = of(&[RequestState::Withdrawn]);
    let late = requests.iter().filter(|r| r.state.is_open() && r.due_on < visitor.cx().today()).count();
    let tile = |key: &str, count: usize| figure_tile(&count.to_string(), &w.t(key), None);
    let body = html! {
        p class="kl_lead" { (w.t("coordinator-lead")) }
        (figures(&html! {
            (tile("coordinator-due", due.len()))
            (tile("coordinator-late", late))
            (tile("coordinator-back", back.len()))
            (tile("coordinator-come", come.len()))
        }))
        (page.proposals(&requests))
        @if !back.is_empty() { h2 { (w.t("coordinator-back")) } (page.table("coordinator-back", &back, true)) }
        h2 { (w.t("coordinator-due")) }
        @if due.is_empty() { (empty_state(&w.t("coordinator-nothing-due"), &w.t("coordinator-nothing-due-text"), None)) }
        @else { (page.table("coordinator-due", &due, false)) }
        @if !come.is_empty() { h2 { (w.t("coordinator-come")) } (page.table("coordinator-come", &come, false)) }
        @if !withdrawn.is_empty() {
            h2 { (w.t("coordinator-withdrawn")) } (page.table("coordinator-withdrawn", &withdrawn, true))
        }
        @if visitor.cx().mailer.is_none() { p { (w.t("coordinator-no-mail")) } }
        p { (link_button_secondary(&scope.href("returns"), &w.t("coordinator-all"))) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("coordinator-title"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

struct Page<'a> {
    visitor: &'a Visitor,
    scope: &'a Scope,
    names: HashMap<PersonId, String>,
    waiting: Vec<(Delegation, Vec<Document>)>,
    held: Vec<Held>,
    asked: Vec<RequestId>,
}

impl Page<'_> {
    fn proposals(&self, requests: &[Request]) -> Markup {
        let w = self.visitor.words();
        let open: Vec<_> = self.waiting.iter().filter(|(d, docs)| matters(d, docs, self.visitor)).collect();
        html! {
            @if !open.is_empty() {
                h2 { (w.t("coordinator-colleagues")) }
                @for (d, documents) in open {
                    @if let Some(r) = requests.iter().find(|r| r.id == d.request) {
                        h3 { (self.link(r)) }
                    }
                    (in_hand(self.visitor, self.scope, d, documents))
                }
            }
        }
    }

    fn link(&self, r: &Request) -> Markup {
        html! { a href=(self.scope.href(&format!("returns/requests/{}", r.id))) { (r.title) } }
    }

    fn table(&self, caption: &str, requests: &[&Request], reasons: bool) -> Markup {
        let w = self.visitor.words();
        let rows: Vec<Vec<Markup>> = requests
            .iter()
            .map(|r| {
                let (tone, state) = request_state(self.visitor, r);
                let before = r.state.is_open() && !answering(&self.held, r).is_empty();
                vec![
                    self.link(r),
                    html! { (w.date(r.due_on)) },
                    html! {
                        (tag(tone, &state))
                        @if self.asked.contains(&r.id) { br; (w.t("held-asked")) }
                        @else if before { br; (w.t("held-tag")) }
                    },
                    html! { (self.holder(r)) },
                    html! { @if reasons { (r.reason.as_deref().unwrap_or_default()) } },
                ]
            })
            .map(|mut row| {
                row.truncate(if reasons { 5 } else { 4 });
                row
            })
            .collect();
        let mut header =
            vec![w.t("returns-document"), w.t("returns-due-day"), w.t("returns-state"), w.t("returns-owner")];
        if reasons {
            header.push(w.t("coordinator-why"));
        }
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        table_under_heading(&w.t(caption), &header, &rows)
    }

    fn holder(&self, r: &Request) -> String {
        let w = self.visitor.words();
        let now = self.visitor.cx().now();
        if let Some((d, _)) = self.waiting.iter().find(|(d, _)| d.request == r.id && d.is_live(now)) {
            return w.with("coordinator-handed-to", &[("name", &d.name)]);
        }
        let owner = r.owner.and_then(|p| self.names.get(&p)).cloned();
        owner.unwrap_or_else(|| w.t("returns-owner-coordinator"))
    }
}
