//! Asking the partnership for one more document.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::reasons::Reason;
use keyline_operations::returns::{RequestDocument, already_held, holders, request_document};
use keyline_store::inspections;
use maud::html;

use super::breadcrumbs;
use super::wanted::{asked_for, fields, given_before};
use crate::components::{Width, button, form, not_offered};
use crate::evidence::Titles;
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The empty form.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Asks.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = RequestDocument { inspection: scope.grant.inspection(), asked: asked_for(&typed) };
    match request_document(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => {
            let href = scope.href(&format!("returns/requests/{id}?done=document-requested"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let holders = holders(&mut reader, &scope.grant).await?;
    let held = already_held(visitor.cx(), &mut reader, &scope.grant, &inspection).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let body = html! {
        @if inspection.notified_on.is_none() {
            (not_offered(&w.t("returns-ask-not-yet"), &[visitor.sentence(&Reason::new("wait-notified"))]))
        } @else {
            p class="kl_lead" { (w.t("returns-ask-lead")) }
            (given_before(visitor, &held))
            (form(&scope.href("returns/requests/new"), &html! {
                (fields(visitor, &titles, &holders, typed, problems))
                (button(&w.t("returns-ask-send")))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("returns-ask"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
