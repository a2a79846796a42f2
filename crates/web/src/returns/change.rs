//! Changing what was asked for, withdrawing it, and saying that one works on it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::returns::Act;
use keyline_operations::Refused;
use keyline_operations::returns::{
    ChangeRequest, WithdrawRequest, begin_request, change_request, holders, withdraw_request,
};
use keyline_store::inspections;
use keyline_store::returns::{Request, find_request};
use maud::{Markup, html};

use super::breadcrumbs;
use super::request::{At, Shown, after, id_of};
use super::wanted::{asked_for, fields, typed_of};
use crate::components::{
    Field, Width, button, button_warning, compare, details, form, hidden, link_button_secondary, text_area,
    warning,
};
use crate::evidence::Titles;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The form with what is asked for.
pub(super) async fn get(visitor: Visitor, scope: Scope, at: At) -> PageResult {
    render(&visitor, &scope, &at, None, &Problems::default(), None).await
}

/// Changes it.
pub(super) async fn post(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let input = ChangeRequest {
        inspection: scope.grant.inspection(),
        request,
        asked: asked_for(&typed),
        // What was never looked at is not changed.
        version: typed.parse("version").unwrap_or(0),
    };
    match change_request(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let href = scope.href(&format!("returns/requests/{request}?done=request-changed"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(Refused::Stale { theirs, by, .. }) => {
            render(&visitor, &scope, &at, Some(&typed), &Problems::default(), Some((&theirs, &by))).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &at, Some(&typed), &problems, None).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    at: &At,
    typed: Option<&Typed>,
    problems: &Problems,
    stale: Option<(&str, &str)>,
) -> PageResult {
    let w = visitor.words();
    let id = id_of(at)?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let r = find_request(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    let holders = holders(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let kept = typed_of(&r);
    let typed = typed.unwrap_or(&kept);
    // After a look at both texts the form saves against what stands there now.
    let version = if stale.is_some() { r.version } else { typed.parse("version").unwrap_or(r.version) };
    let base = scope.href(&format!("returns/requests/{id}"));
    let body = html! {
        @if let Some((theirs, by)) = stale {
            (warning(&w.t("warning"), &html! { p { (w.with("returns-changed-meanwhile", &[("who", &by)])) } }))
            (compare(&w.t("returns-mine"), &format!("{}\n{}", typed.get("title"), typed.get("purpose")),
                &w.t("returns-theirs"), theirs))
        }
        p class="kl_lead" { (w.t("returns-change-lead")) }
        (form(&format!("{base}/change"), &html! {
            (hidden("version", version))
            (fields(visitor, &titles, &holders, typed, problems))
            (button(&w.t("returns-change-save")))
        }))
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("returns-change"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.breadcrumbs.push((base, r.title));
    layout.problems = problems.summary();
    layout.width = Width::Text;
    let status = if stale.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

/// Withdraws it.
pub(super) async fn withdraw(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let input = WithdrawRequest {
        inspection: scope.grant.inspection(),
        request,
        reason: typed.get("withdraw-reason").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    let result = withdraw_request(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, request, typed, result, "request-withdrawn").await
}

/// Says that the partnership works on it; whoever only holds the request goes back to the list of the own ones.
pub(super) async fn begin(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let inspection = scope.grant.inspection();
    let result = begin_request(visitor.cx(), visitor.actor(), inspection, request).await;
    if scope.grant.permits(Action::UploadDocument) {
        return after(&visitor, &scope, request, typed, result, "request-begun").await;
    }
    result?;
    Ok(Redirect::to(&scope.href("returns/mine?done=request-begun")).into_response())
}

/// What the team can do with a request that it has made.
pub(super) fn controls(visitor: &Visitor, scope: &Scope, r: &Request, shown: &Shown) -> Markup {
    let w = visitor.words();
    let base = scope.href(&format!("returns/requests/{}", r.id));
    let withdraw = form(
        &format!("{base}/withdraw"),
        &html! {
            (hidden("version", r.version))
            (text_area(&Field::new("withdraw-reason", w.t("returns-reason")).hint(w.t("returns-request-withdraw-hint"))
                .value(shown.typed.get("withdraw-reason")).error(shown.problems.on("withdraw-reason")), 3))
            (button_warning(&w.t("returns-request-withdraw")))
        },
    );
    let folded = shown.problems.on("withdraw-reason").is_none();
    html! {
        @if r.state.after(Act::Withdraw).is_ok() {
            h2 { (w.t("returns-change-title")) }
            @if r.state.after(Act::Change).is_ok() {
                p { (link_button_secondary(&format!("{base}/change"), &w.t("returns-change"))) }
            }
            @if folded { (details(&w.t("returns-request-withdraw"), &withdraw)) } @else { (withdraw) }
        }
    }
}
