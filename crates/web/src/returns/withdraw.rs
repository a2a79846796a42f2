//! The page on which a document is withdrawn.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::{DocumentId, RequestId};
use keyline_domain::returns::Act;
use keyline_operations::returns::{WithdrawDocument, withdraw};
use keyline_store::inspections;
use keyline_store::returns::{documents_against, find_request};
use maud::html;

use super::breadcrumbs;
use crate::components::{Field, Width, button, form, not_offered, text_area};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

type At = Path<(String, String, String)>;

fn ids(Path((_, request, document)): &At) -> Result<(RequestId, DocumentId), PageError> {
    let parsed = request.parse().ok().zip(document.parse().ok());
    parsed.ok_or(PageError::NOT_FOUND)
}

/// The form.
pub(super) async fn get(visitor: Visitor, scope: Scope, at: At) -> PageResult {
    render(&visitor, &scope, ids(&at)?, &Typed::default(), &Problems::default()).await
}

/// Withdraws it.
pub(super) async fn post(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let (request, document) = ids(&at)?;
    let input = WithdrawDocument {
        inspection: scope.grant.inspection(),
        request,
        document,
        reason: typed.get("reason").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match withdraw(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let href = scope.href(&format!("returns/requests/{request}?done=document-withdrawn"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, (request, document), &typed, &problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    (request, document): (RequestId, DocumentId),
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let r = find_request(&mut reader, &scope.grant, request).await?.ok_or(PageError::NOT_FOUND)?;
    let standing = documents_against(&mut reader, &scope.grant, request).await?;
    let d = standing.iter().find(|d| d.id == document).ok_or(PageError::NOT_FOUND)?;
    let here = format!("returns/requests/{request}");
    let body = html! {
        p class="kl_lead" { (w.with("returns-withdraw-lead", &[("name", &d.name)])) }
        @if r.state.after(Act::TakeBack).is_ok() {
            (form(&scope.href(&format!("{here}/documents/{document}/withdraw")), &html! {
                (text_area(&Field::new("reason", w.t("returns-withdraw-reason")).hint(w.t("returns-withdraw-hint"))
                    .value(typed.get("reason")).error(problems.on("reason")), 3))
                (nobody_field(visitor, typed, problems))
                (button(&w.t("returns-withdraw-send")))
            }))
        } @else { (not_offered(&w.t("returns-withdraw-not-now"), &[w.t("returns-request-closed")])) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("returns-withdraw-title"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.breadcrumbs.push((scope.href(&here), r.title.clone()));
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
