//! The decision on a declared interest.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::PersonId;
use keyline_operations::Refused;
use keyline_operations::inspections::{DecideInterest, decide_interest};
use keyline_store::inspections::{self, members};
use maud::html;

use super::super::rooms::{Room, frame};
use super::role_name;
use crate::components::{Choice, Field, button, form, inset, radios, text_area};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// What was declared, and the question.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, person)): Path<(String, String)>,
) -> PageResult {
    render(&visitor, &scope, &person, &Typed::default(), &Problems::default()).await
}

/// Decides.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, person)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let id: PersonId = person.parse().map_err(|_| PageError::NOT_FOUND)?;
    let result = match typed.get("decision") {
        choice @ ("yes" | "no") => {
            let input = DecideInterest {
                inspection: scope.grant.inspection(),
                person: id,
                may_take_part: choice == "yes",
                reason: typed.get("reason").to_owned(),
            };
            decide_interest(visitor.cx(), visitor.actor(), input).await
        }
        _ => Err(Refused::field("decision", "problem-choose")),
    };
    match result {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=decided", scope.href("people"))).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &person, &typed, &problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    person: &str,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let members = members::list(&mut reader, &scope.grant).await?;
    let member = members.iter().find(|m| m.person.to_string() == person).ok_or(PageError::NOT_FOUND)?;
    let interest = member.interest.as_ref().filter(|i| i.has_interest).ok_or(PageError::NOT_FOUND)?;
    let role = role_name(visitor, member.role);
    let body = html! {
        (inset(&html! { p class="kl_pre" { (interest.statement) } }))
        (form(&scope.href(&format!("people/{person}/interest")), &html! {
            (radios(&Field::new("decision", w.t("people-decision-question")).error(problems.on("decision")), &[
                Choice::new("yes", w.t("people-decision-yes"), typed.has("decision", "yes")),
                Choice::new("no", w.t("people-decision-no"), typed.has("decision", "no")),
            ]))
            (text_area(&Field::new("reason", w.t("people-decision-reason")).value(typed.get("reason"))
                .error(problems.on("reason")), 3))
            (button(&w.t("people-decision-save")))
        }))
    };
    let title = w.with("people-decision-of", &[("name", &member.name), ("role", &role)]);
    let mut layout = frame(visitor, scope, &inspection, Room::People, title, body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}
