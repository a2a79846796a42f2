//! The declaration of interest, before an inspection opens to a member of the team.

use axum::response::{IntoResponse, Redirect};
use keyline_operations::inspections::{DeclareInterest, declare_interest};
use keyline_store::inspections;
use keyline_store::inspections::members::{self, Interest};
use maud::{Markup, html};

use super::rooms::name;
use crate::components::{Choice, Field, Width, button, form, inset, radios, text_area};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};

/// Asks.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Declares. With an interest the inspection stays closed until the lead has decided.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = DeclareInterest {
        inspection: scope.grant.inspection(),
        has_interest: typed.get("interest") == "yes",
        statement: typed.get("statement").to_owned(),
    };
    if !matches!(typed.get("interest"), "yes" | "no") {
        let missing = keyline_operations::Refused::field("interest", "problem-choose");
        return render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, missing)?).await;
    }
    match declare_interest(visitor.cx(), visitor.actor(), input).await {
        Ok(()) if typed.get("interest") == "no" => {
            Ok(Redirect::to(&format!("{}?done=interest", scope.href(""))).into_response())
        }
        Ok(()) => Ok(Redirect::to("/start?done=interest-waits").into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let said = match scope.grant.person_id() {
        Some(person) => members::interest(&mut reader, inspection.id, person).await?,
        None => None,
    };
    let body = html! {
        @if let Some(said) = said.filter(|said| said.has_interest) { (standing(visitor, &said)) }
        p { (w.t("interest-explained")) }
        (form(&scope.href("interest"), &html! {
            (radios(&Field::new("interest", w.t("interest-question")).error(problems.on("interest")), &[
                Choice::new("no", w.t("interest-no"), typed.has("interest", "no")),
                Choice::new("yes", w.t("interest-yes"), typed.has("interest", "yes")),
            ]))
            (text_area(&Field::new("statement", w.t("interest-statement")).optional(w)
                .hint(w.t("interest-statement-hint")).value(typed.get("statement"))
                .error(problems.on("statement")), 4))
            (button(&w.t("interest-declare")))
        }))
    };
    let mut layout = visitor.layout(w.t("interest-title"), body);
    layout.above = Some(name(visitor, &inspection));
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

/// What was declared, and where it stands.
fn standing(visitor: &Visitor, said: &Interest) -> Markup {
    let w = visitor.words();
    let key = match said.cleared {
        None => "interest-waits",
        Some(true) => "interest-cleared",
        Some(false) => "interest-barred",
    };
    inset(&html! {
        p { strong { (w.t(key)) } }
        p class="kl_pre" { (said.statement) }
        @if let Some(reason) = &said.decision_reason { p { (w.with("interest-decision", &[("reason", reason)])) } }
    })
}
