//! One expense, for the participation lead: approve it, send it back, note that it was paid.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::ExpenseId;
use keyline_domain::volunteers::money::{Act, Pence, after};
use keyline_operations::Refused;
use keyline_operations::volunteers::{self, DecideExpense, decide_expense};
use maud::html;

use super::desk::{money_state, name};
use crate::components::{
    Choice, DateTyped, Field, Width, button, callout, date_field, form, hidden, inset, radios, summary_list,
    text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&visitor, &id, &Typed::default(), &Problems::default()).await
}

/// Decides.
pub(super) async fn post(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let expense: ExpenseId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = DecideExpense {
        expense,
        version: typed.parse("version").unwrap_or(0),
        act: typed.parse("act"),
        reason: typed.get("reason").to_owned(),
        paid_on: DateTyped::of("paid_on", |n| typed.get(n)).date(),
    };
    match decide_expense(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to("/volunteers?done=expense-decided").into_response()),
        // The page shows how it stands now, with what was typed.
        Err(Refused::Stale { by, .. }) => {
            let said = changed_meanwhile(&visitor, &by);
            let mut page = render(&visitor, &id, &typed, &Problems::text("main-content", said)).await?;
            *page.status_mut() = StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &id, &typed, &problems).await
        }
    }
}

/// That somebody else was faster: by name when it is known.
pub(super) fn changed_meanwhile(visitor: &Visitor, by: &str) -> String {
    let w = visitor.words();
    if by.is_empty() {
        w.t("volunteer-changed-meanwhile")
    } else {
        w.with("volunteer-changed-by", &[("by", &by)])
    }
}

async fn render(visitor: &Visitor, id: &str, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let id: ExpenseId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let desk = volunteers::desk(visitor.cx(), visitor.actor()).await?;
    let e = desk.expenses.iter().find(|e| e.id == id).ok_or(PageError::NOT_FOUND)?;
    let who = desk.volunteers.iter().find(|(v, _)| v.id == e.volunteer).map(|(v, _)| name(visitor, v));
    let acts: Vec<Act> =
        Act::ALL.iter().copied().filter(|a| !a.is_own() && after(e.state, *a).is_ok()).collect();
    let choices: Vec<Choice> = acts
        .iter()
        .map(|a| {
            Choice::new(a.word(), w.t(&format!("expense-act-{}", a.word())), typed.get("act") == a.word())
        })
        .collect();
    let mut paid_on = DateTyped::of("paid_on", |n| typed.get(n));
    if paid_on.is_empty() && typed.get("act").is_empty() {
        paid_on = DateTyped::from(visitor.cx().today());
    }
    let yes_no = |yes: bool| w.t(if yes { "yes" } else { "no" });
    let body = html! {
        (summary_list(&[
            (w.t("volunteer-who"), html! { a href=(format!("/volunteers/{}", e.volunteer)) { (who.unwrap_or_default()) } }),
            (w.t("expense-what"), html! { (w.t(&format!("expense-what-{}", e.claim.what.word()))) @if !e.claim.note.is_empty() { ": " (e.claim.note) } }),
            (w.t("expense-amount"), html! { (Pence(e.claim.pence)) }),
            (w.t("expense-day"), html! { (w.date(e.claim.day)) }),
            (w.t("expense-receipt"), html! { (yes_no(e.claim.receipt)) }),
            (w.t("expense-claimed-on"), html! { (w.date(e.claimed_on)) }),
            (w.t("expense-state"), html! {
                (money_state(visitor, e.state))
                @if let Some(day) = e.paid_on { " " (w.date(day)) }
                @if !e.reason.is_empty() { " " (e.reason) }
            }),
        ]))
        @if !typed.get("reason").is_empty() && !acts.contains(&Act::SendBack) {
            (inset(&html! { p { (w.t("expense-reason-typed")) } p class="kl_pre" { (typed.get("reason")) } }))
        }
        @if acts.is_empty() { p { (w.t("expense-nothing-to-do")) } }
        @else {
            (callout(&w.t("expense-decide"), &form(&format!("/volunteers/expenses/{id}"), &html! {
                (hidden("version", e.version))
                (radios(&Field::new("act", w.t("expense-act")).error(problems.on("act")), &choices))
                @if acts.contains(&Act::SendBack) {
                    (text_field(&Field::new("reason", w.t("expense-reason")).hint(w.t("expense-reason-hint")).value(typed.get("reason")).error(problems.on("reason")).unchecked(), "text"))
                }
                @if acts.contains(&Act::Pay) {
                    (date_field(&Field::new("paid_on", w.t("expense-paid-on")).error(problems.on("paid_on")).unchecked(), &paid_on, w))
                }
                (button(&w.t("expense-save")))
            })))
        }
    };
    let mut layout = visitor.layout(w.t("expense-title"), body);
    layout.breadcrumbs = vec![("/volunteers".to_owned(), w.t("volunteers-title"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
