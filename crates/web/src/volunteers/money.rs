//! The volunteers' own money: what was claimed and paid, a new claim, one that was sent back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use keyline_domain::ids::ExpenseId;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::volunteers::money::{Act, Claim, Pence, What, after, claim_problems, totals};
use keyline_operations::Refused;
use keyline_operations::volunteers::{self, ClaimExpense, OwnExpense, change_own_expense, claim_expense};
use keyline_store::volunteers::money::{Expense, Payment};
use maud::{Markup, html};

use super::desk::{amount, money_state};
use super::mine::layout;
use crate::components::{
    Button, Choice, DateTyped, Field, Kind, Tone, button, callout, date_field, form, hidden, inset,
    not_offered, radios, tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};
use crate::judgement::Both;

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Typed::default(), &Problems::default()).await
}

/// Claims.
pub(super) async fn claim(visitor: Visitor, typed: Typed) -> PageResult {
    let done = match read(&visitor, &typed) {
        Ok(claim) => claim_expense(visitor.cx(), visitor.actor(), ClaimExpense { claim }).await,
        Err(problems) => Err(Refused::Fields(problems)),
    };
    match done {
        Ok(_) => Ok(Redirect::to("/my/money?done=expense-claimed").into_response()),
        Err(refused) => render(&visitor, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

fn read(visitor: &Visitor, typed: &Typed) -> Result<Claim, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let what = typed.parse::<What>("what");
    if what.is_none() {
        wrong.push(FieldProblem::new("what", Reason::new("problem-choose")));
    }
    let pence = Pence::read(typed.get("amount"));
    if let Err(reason) = &pence {
        wrong.push(FieldProblem::new("amount", reason.clone()));
    }
    let claim = Claim {
        // What could not be read is refused below; the rest is looked at as if it had been right, so that every fault is
        // said at once.
        what: what.unwrap_or(What::Travel),
        note: typed.get("note").to_owned(),
        pence: pence.map_or(1, |p| p.0),
        // A day that cannot be read is as wrong as one that is still to come, and is said at the same field.
        day: DateTyped::of("day", |n| typed.get(n)).date().unwrap_or(Date::MAX),
        receipt: typed.get("receipt") == "yes",
    };
    if wrong.is_empty() {
        return Ok(claim);
    }
    wrong.extend(claim_problems(&claim, visitor.cx().today()));
    Err(wrong)
}

async fn render(visitor: &Visitor, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let own = volunteers::own(visitor.cx(), visitor.actor()).await?;
    let sums = totals(own.expenses.iter().map(|e| (e.state, e.claim.pence)));
    let body = html! {
        p class="kl_lead" { (w.t("my-money-text")) }
        @if sums.claimed + sums.to_pay > 0 {
            (inset(&html! { p { (w.with("my-money-sums", &[("claimed", &amount(sums.claimed)), ("topay", &amount(sums.to_pay))])) } }))
        }
        (callout(&w.t("expense-new"), &form("/my/money", &html! { (fields(visitor, typed, problems)) (button(&w.t("expense-claim"))) })))
        h2 { (w.t("expenses-title")) }
        @if own.expenses.is_empty() { p { (w.t("my-expenses-none")) } }
        @for e in &own.expenses { (one(visitor, e)) }
        h2 { (w.t("payments-title")) }
        @if own.payments.iter().all(|p| p.withdrawn.is_some()) { p { (w.t("payments-none")) } }
        ul { @for p in own.payments.iter().filter(|p| p.withdrawn.is_none()) {
            li { (w.with("payment-line", &[("sessions", &p.sessions), ("amount", &Pence(p.pence)), ("day", &w.date(p.paid_on))])) }
        } }
    };
    let mut layout = layout(visitor, w.t("my-money"), body, true);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn fields(visitor: &Visitor, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let kinds: Vec<Choice> = What::ALL
        .iter()
        .map(|v| {
            Choice::new(v.word(), w.t(&format!("expense-what-{}", v.word())), typed.get("what") == v.word())
        })
        .collect();
    let receipt = ["yes", "no"].map(|word| {
        let chosen = typed.get("receipt") == word || typed.get("receipt").is_empty() && word == "no";
        Choice::new(word, w.t(word), chosen)
    });
    let mut day = DateTyped::of("day", |n| typed.get(n));
    if day.is_empty() && problems.is_empty() {
        day = DateTyped::from(visitor.cx().today());
    }
    html! {
        (radios(&field("what", "expense-what"), &kinds))
        (text_field(&field("note", "expense-note").hint(w.t("expense-note-hint")).unchecked(), "text"))
        (text_field(&field("amount", "expense-amount").hint(w.t("expense-amount-hint")), "text"))
        (date_field(&field("day", "expense-day"), &day, w))
        (radios(&field("receipt", "expense-receipt").hint(w.t("expense-receipt-hint")), &receipt))
    }
}

fn one(visitor: &Visitor, e: &Expense) -> Markup {
    let w = visitor.words();
    let what = w.t(&format!("expense-what-{}", e.claim.what.word()));
    let again = after(e.state, Act::ClaimAgain).is_ok();
    let back = after(e.state, Act::TakeBack).is_ok();
    html! {
        section class="kl_callout" {
            h3 { (what) ", " (Pence(e.claim.pence)) }
            p {
                (w.date(e.claim.day)) " " (money_state(visitor, e.state))
                @if let Some(day) = e.paid_on { " " (w.date(day)) }
            }
            @if !e.claim.note.is_empty() { p { (e.claim.note) } }
            @if !e.reason.is_empty() { p { (w.t("expense-why-back")) " " (e.reason) } }
            @if again { p { a href=(format!("/my/money/{}", e.id)) { (w.t("expense-again")) span class="visually-hidden" { " " (what) } } } }
            @if back {
                (form(&format!("/my/money/{}", e.id), &html! {
                    (hidden("act", "back")) (hidden("version", e.version))
                    (Button::new(&w.t("expense-take-back")).kind(Kind::Link).hidden(&what))
                }))
            }
        }
    }
}

/// The form to claim one again.
pub(super) async fn edit(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let e = own_one(&visitor, &id).await?;
    Ok(edit_page(&visitor, &e, &filled(&e), &Problems::default(), None))
}

fn filled(e: &Expense) -> Typed {
    let day = DateTyped::from(e.claim.day);
    Typed::of([
        ("version", e.version.to_string()),
        ("what", e.claim.what.word().to_owned()),
        ("note", e.claim.note.clone()),
        ("amount", Pence(e.claim.pence).to_string()),
        ("day-day", day.day),
        ("day-month", day.month),
        ("day-year", day.year),
        ("receipt", if e.claim.receipt { "yes" } else { "no" }.to_owned()),
    ])
}

// What was typed beside what stands now, field by field.
fn both(visitor: &Visitor, typed: &Typed, now: &Expense, by: String) -> Both {
    let w = visitor.words();
    let stands = filled(now);
    let value = |of: &Typed, name: &str| match (name, of.get(name)) {
        ("what", word) if What::ALL.iter().any(|what| what.word() == word) => {
            w.t(&format!("expense-what-{word}"))
        }
        ("day", _) => DateTyped::of("day", |n| of.get(n)).date().map_or_else(String::new, |day| w.date(day)),
        ("amount", text) => Pence::read(text).map_or_else(|_| text.to_owned(), |pence| pence.to_string()),
        ("receipt", word) => w.t(if word == "yes" { "yes" } else { "no" }),
        (_, text) => text.to_owned(),
    };
    let fields = [
        ("what", "expense-what"),
        ("note", "expense-note"),
        ("amount", "expense-amount"),
        ("day", "expense-day"),
        ("receipt", "expense-receipt"),
    ]
    .map(|(name, label)| (w.t(label), value(typed, name), value(&stands, name)));
    Both::of_fields(&fields, by, now.version)
}

async fn own_one(visitor: &Visitor, id: &str) -> Result<Expense, PageError> {
    let id: ExpenseId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let own = volunteers::own(visitor.cx(), visitor.actor()).await?;
    own.expenses.into_iter().find(|e| e.id == id).ok_or(PageError::NOT_FOUND)
}

fn edit_page(
    visitor: &Visitor,
    e: &Expense,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> Response {
    let w = visitor.words();
    let version = both.map_or_else(|| typed.get("version").to_owned(), |b| b.version.to_string());
    let again = after(e.state, Act::ClaimAgain).is_ok();
    let body = html! {
        @if let Some(both) = both { (both.show(visitor)) }
        p { (w.t("expense-state")) ": " (money_state(visitor, e.state)) }
        @if !e.reason.is_empty() { (inset(&html! { p { (w.t("expense-why-back")) " " (e.reason) } })) }
        // A form that cannot succeed is not offered; what was typed stands above.
        @if again {
            (form(&format!("/my/money/{}", e.id), &html! {
                (hidden("version", version))
                (fields(visitor, typed, problems))
                (button(&w.t("expense-again")))
            }))
        } @else { (not_offered(&w.t("expense-again"), &[w.t("expense-not-now")])) }
    };
    let mut layout = layout(visitor, w.t("expense-again"), body, true);
    layout.breadcrumbs.push(("/my/money".to_owned(), w.t("my-money")));
    layout.problems = problems.summary();
    let status = if both.is_some() { StatusCode::CONFLICT } else { problems.status() };
    visitor.show_as(status, &layout)
}

/// Claims again, or takes back.
pub(super) async fn change(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let e = own_one(&visitor, &id).await?;
    let back = typed.get("act") == "back";
    let done = match (back, read(&visitor, &typed)) {
        (true, _) => Ok(None),
        (false, Ok(claim)) => Ok(Some(claim)),
        (false, Err(problems)) => Err(Refused::Fields(problems)),
    };
    let version = typed.parse("version").unwrap_or(0);
    let done = match done {
        Ok(again) => {
            let input = OwnExpense { expense: e.id, version, again };
            change_own_expense(visitor.cx(), visitor.actor(), input).await
        }
        Err(refused) => Err(refused),
    };
    match done {
        Ok(()) => {
            let word = if back { "expense-taken-back" } else { "expense-claimed" };
            Ok(Redirect::to(&format!("/my/money?done={word}")).into_response())
        }
        Err(refused) if back => Err(refused.into()),
        Err(Refused::Stale { by, .. }) => {
            let by = if by.is_empty() { visitor.words().t("somebody-else") } else { by };
            let both = both(&visitor, &typed, &e, by);
            Ok(edit_page(&visitor, &e, &typed, &Problems::default(), Some(&both)))
        }
        Err(refused) => {
            Ok(edit_page(&visitor, &e, &typed, &Problems::from_refusal(&visitor, refused)?, None))
        }
    }
}

/// The payments with those that were struck out, for the participation lead.
pub(super) fn payments(visitor: &Visitor, all: &[Payment]) -> Markup {
    let w = visitor.words();
    html! {
        @if all.is_empty() { p { (w.t("payments-none")) } }
        ul {
            @for p in all {
                @let words = w.with("payment-line", &[("sessions", &p.sessions), ("amount", &Pence(p.pence)), ("day", &w.date(p.paid_on))]);
                li {
                    @match &p.withdrawn {
                        Some(reason) => { s { (words) } " " (tag(Tone::Neutral, &w.t("payment-withdrawn"))) " " (reason) }
                        None => (words),
                    }
                }
            }
        }
    }
}
