//! What the area has given before, beside the request that it may answer: the team asks for it, the coordinator gives it.

use keyline_domain::access::Action;
use keyline_domain::ids::RequestId;
use keyline_domain::returns::Act;
use keyline_operations::Refused;
use keyline_operations::returns::{ReuseDocument, ask_to_reuse, decline_reuse, reuse_document};
use keyline_store::returns::{Held, Request, Reuse, ReuseState};
use maud::{Markup, html};

use super::request::{At, Shown, after, id_of};
use super::wanted::{kind, programme};
use crate::components::{
    Field, Tone, button, button_secondary, details, form, hidden, inset, tag, text_area,
};
use crate::frame::{PageError, PageResult, Scope, Typed, Visitor};

fn input(scope: &Scope, request: RequestId, typed: &Typed) -> Result<ReuseDocument, PageError> {
    let document = typed.parse("document").ok_or(PageError::NOT_FOUND)?;
    Ok(ReuseDocument { inspection: scope.grant.inspection(), request, document })
}

/// The team asks for it.
pub(super) async fn ask(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let result = ask_to_reuse(visitor.cx(), visitor.actor(), input(&scope, request, &typed)?).await;
    after(&visitor, &scope, request, typed, result, "reuse-asked").await
}

/// The coordinator gives it again.
pub(super) async fn give(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let result = reuse_document(visitor.cx(), visitor.actor(), input(&scope, request, &typed)?).await;
    after(&visitor, &scope, request, typed, result.map(|_| ()), "document-given-again").await
}

/// The coordinator declines.
pub(super) async fn decline(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let input = input(&scope, request, &typed)?;
    let field = format!("decline-{}", input.document);
    let result: Result<(), Refused> =
        decline_reuse(visitor.cx(), visitor.actor(), input, typed.get(&field)).await;
    after(&visitor, &scope, request, typed, result, "reuse-declined").await
}

/// The offers of a request; nothing where there are none.
pub(super) fn offers(
    visitor: &Visitor,
    scope: &Scope,
    r: &Request,
    held: &[&Held],
    reuses: &[Reuse],
    shown: &Shown,
) -> Markup {
    let w = visitor.words();
    html! {
        @if !held.is_empty() {
            h2 { (w.t("held-title")) }
            p { (w.t("held-explained")) }
            @for h in held {
                @let known = reuses.iter().find(|x| x.request == r.id && x.document == h.document);
                (inset(&offer(visitor, scope, r, h, known, shown)))
            }
        }
    }
}

fn offer(
    visitor: &Visitor,
    scope: &Scope,
    r: &Request,
    h: &Held,
    known: Option<&Reuse>,
    shown: &Shown,
) -> Markup {
    let w = visitor.words();
    let state = known.map(|k| k.state);
    let base = scope.href(&format!("returns/requests/{}/reuse", r.id));
    let takes = r.state.after(Act::Send).is_ok() && state != Some(ReuseState::Given);
    let field = format!("decline-{}", h.document);
    let decline = form(
        &format!("{base}/decline"),
        &html! {
            (hidden("document", h.document))
            (text_area(&Field::new(&field, w.t("returns-reason")).hint(w.t("held-decline-hint"))
                .value(shown.typed.get(&field)).error(shown.problems.on(&field)), 3))
            (button_secondary(&w.t("held-decline")))
        },
    );
    html! {
        p {
            strong { (h.title) } br;
            (w.with("held-offer", &[("kind", &kind(&h.kind)), ("programme", &programme(visitor, &h.programme)),
                ("day", &w.date(h.given_on))]))
            @if let Some(state) = state {
                " " (tag(if state == ReuseState::Given { Tone::Good } else { Tone::Neutral },
                    &w.t(&format!("held-{}", state.word()))))
            }
        }
        @if let Some(reason) = known.and_then(|k| k.reason.as_deref()) { p class="kl_pre" { (reason) } }
        @if takes && scope.grant.permits(Action::UploadDocument) {
            (form(&format!("{base}/give"), &html! {
                (hidden("document", h.document))
                (button(&w.t("held-give")))
            }))
            @if state == Some(ReuseState::Asked) {
                @if shown.problems.on(&field).is_none() { (details(&w.t("held-decline"), &decline)) }
                @else { (decline) }
            }
        }
        @if takes && state != Some(ReuseState::Asked) && scope.grant.permits(Action::RequestDocument) {
            (form(&format!("{base}/ask"), &html! {
                (hidden("document", h.document))
                (button_secondary(&w.t("held-ask")))
            }))
        }
    }
}
