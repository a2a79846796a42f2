//! A request in the hands of a colleague without an account, as the coordinator sees it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::ids::{DelegationId, DocumentId, RequestId};
use keyline_domain::returns::Act;
use keyline_operations::Refused;
use keyline_operations::returns::{
    DelegateRequest, HandedOver, PassOn, delegate_request, end_delegation, open_proposal, pass_on,
    put_proposal_aside,
};
use keyline_store::inspections;
use keyline_store::returns::{Delegation, Document, Request};
use maud::{Markup, html};

use super::breadcrumbs;
use super::download::handed_out;
use super::request::{At, Shown, id_of, render as request_page};
use super::wanted::kind;
use crate::components::{
    Field, Tone, Width, button, button_group, button_secondary, details, form, inset, tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame, shown_once};

/// Hands it over and shows the link, this once.
pub(super) async fn post(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let input = DelegateRequest {
        inspection: scope.grant.inspection(),
        request,
        name: typed.get("name").to_owned(),
        email: typed.get("email").to_owned(),
    };
    match delegate_request(visitor.cx(), visitor.actor(), input).await {
        Ok(handed) => made(&visitor, &scope, request, typed.get("name"), &handed).await,
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            let status = problems.status();
            request_page(&visitor, &scope, request, &Shown { typed, problems, stale: false, status }).await
        }
    }
}

async fn made(
    visitor: &Visitor,
    scope: &Scope,
    request: RequestId,
    name: &str,
    handed: &HandedOver,
) -> PageResult {
    let w = visitor.words();
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let until = w.date_time(&in_london(handed.expires_at));
    let body = html! {
        p class="kl_lead" { (w.with("delegation-made", &[("name", &name), ("until", &until)])) }
        (shown_once("link", &w.t("delegation-link"), &handed.link))
        p { (w.t("delegation-once")) }
        p { a href=(scope.href(&format!("returns/requests/{request}"))) { (w.t("delegation-back")) } }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("delegation-made-title"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

type ById = Path<(String, String)>;

fn delegation_of(Path((_, id)): &ById) -> Result<DelegationId, PageError> {
    id.parse().map_err(|_| PageError::NOT_FOUND)
}

fn document_of(Path((_, id)): &ById) -> Result<DocumentId, PageError> {
    id.parse().map_err(|_| PageError::NOT_FOUND)
}

/// Ends a delegation.
pub(super) async fn end(visitor: Visitor, scope: Scope, at: ById) -> PageResult {
    let id = delegation_of(&at)?;
    end_delegation(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    Ok(Redirect::to(&scope.href("returns/coordinator?done=delegation-ended")).into_response())
}

/// Passes the proposals on to the team.
pub(super) async fn pass(visitor: Visitor, scope: Scope, at: ById) -> PageResult {
    let input = PassOn { inspection: scope.grant.inspection(), delegation: delegation_of(&at)? };
    match pass_on(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("returns/coordinator?done=passed-on")).into_response()),
        Err(refused @ Refused::NotNow(_)) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            super::coordinator::render(&visitor, &scope, &problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A proposed document, bit by bit.
pub(super) async fn proposal(visitor: Visitor, scope: Scope, at: ById) -> PageResult {
    let id = document_of(&at)?;
    let (row, file) = open_proposal(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    Ok(handed_out(row, file))
}

/// Puts a proposed document aside.
pub(super) async fn aside(visitor: Visitor, scope: Scope, at: ById) -> PageResult {
    let inspection = scope.grant.inspection();
    let request = put_proposal_aside(visitor.cx(), visitor.actor(), inspection, document_of(&at)?).await?;
    let href = scope.href(&format!("returns/requests/{request}?done=put-aside"));
    Ok(Redirect::to(&href).into_response())
}

/// Whether the coordinator still has something to do or to see about a delegation.
pub(super) fn matters(d: &Delegation, documents: &[Document], visitor: &Visitor) -> bool {
    d.ended_at.is_none() && (d.is_live(visitor.cx().now()) || d.not_held_reason.is_some())
        || !documents.is_empty()
}

/// The section on the page of a request: who has it in hand, or a form to hand it over.
pub(super) fn section(
    visitor: &Visitor,
    scope: &Scope,
    r: &Request,
    waiting: &[(Delegation, Vec<Document>)],
    shown: &Shown,
) -> Markup {
    let w = visitor.words();
    if !scope.grant.permits(Action::DelegateRequest) {
        return html! {};
    }
    let now = visitor.cx().now();
    let own: Vec<_> =
        waiting.iter().filter(|(d, docs)| d.request == r.id && matters(d, docs, visitor)).collect();
    let free = own.iter().all(|(d, _)| !d.is_live(now)) && r.state.after(Act::Send).is_ok();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(shown.typed.get(name)).error(shown.problems.on(name))
    };
    let hand = form(
        &scope.href(&format!("returns/requests/{}/delegate", r.id)),
        &html! {
            (text_field(&field("name", "delegation-name"), "text"))
            (text_field(&field("email", "delegation-email").hint(w.t("delegation-email-hint")), "email"))
            (button_secondary(&w.t("delegation-make")))
        },
    );
    let folded = shown.problems.on("name").is_none() && shown.problems.on("email").is_none();
    html! {
        @if free || !own.is_empty() {
            h2 { (w.t("delegation-title")) }
            @for (d, documents) in &own { (in_hand(visitor, scope, d, documents)) }
            @if free {
                p { (w.t("delegation-explained")) }
                @if folded { (details(&w.t("delegation-make"), &hand)) } @else { (hand) }
            }
        }
    }
}

/// One delegation with what was proposed by it.
pub(super) fn in_hand(visitor: &Visitor, scope: &Scope, d: &Delegation, documents: &[Document]) -> Markup {
    let w = visitor.words();
    let at = |at| w.date_time(&in_london(at));
    let live = d.is_live(visitor.cx().now());
    let base = scope.href(&format!("returns/delegations/{}", d.id));
    let proposed = !documents.is_empty() || d.not_held_reason.is_some();
    inset(&html! {
        p {
            strong { (d.name) } ", " (d.email) br;
            @if live { (w.with("delegation-until", &[("until", &at(d.expires_at))])) }
            @else { (tag(Tone::Neutral, &w.t("delegation-over"))) }
            @if let Some(answered) = d.answered_at { br; (w.with("delegation-answered", &[("at", &at(answered))])) }
        }
        @if !documents.is_empty() {
            ul {
                @for document in documents {
                    li {
                        a href=(scope.href(&format!("returns/proposals/{}", document.id))) { (document.name) }
                        " " (kind(&document.kind)) " "
                        form method="post" action=(scope.href(&format!("returns/proposals/{}/put-aside", document.id))) {
                            button class="kl_link-button" type="submit" {
                                (w.t("delegation-put-aside")) span class="visually-hidden" { " " (document.name) }
                            }
                        }
                    }
                }
            }
        }
        @if let Some(reason) = &d.not_held_reason {
            p { (w.t("delegation-not-held")) }
            p class="kl_pre" { (reason) }
        }
        (button_group(&html! {
            @if proposed { (form(&format!("{base}/pass-on"), &button(&w.t("delegation-pass-on")))) }
            @if d.ended_at.is_none() { (form(&format!("{base}/end"), &button_secondary(&w.t("delegation-end")))) }
        }))
    })
}
