//! Adding a member of the team who has an account.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::{Role, Side};
use keyline_domain::programmes::Programme;
use keyline_operations::Refused;
use keyline_operations::inspections::{AddMember, add_member};
use keyline_store::inspections;
use maud::{Markup, html};

use super::super::rooms::{Room, frame};
use super::role_name;
use crate::components::{Choice, Field, button, form, select, text_field};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};

/// The empty form.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Adds.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let result = match typed.parse::<Role>("role") {
        None => Err(Refused::field("role", "problem-choose")),
        Some(role) => {
            let input = AddMember {
                inspection: scope.grant.inspection(),
                email: typed.get("email").to_owned(),
                role,
                body: Some(typed.get("body").to_owned()),
            };
            add_member(visitor.cx(), visitor.actor(), input).await
        }
    };
    match result {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=member", scope.href("people"))).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|r| r.side() != Side::Partnership).collect();
    let body = html! {
        p { (w.t("people-add-what")) }
        (form(&scope.href("people/add"), &html! {
            (text_field(&Field::new("email", w.t("people-email")).value(typed.get("email"))
                .autocomplete("off").error(problems.on("email")), "email"))
            (role_field(visitor, &roles, typed, problems))
            (body_field(visitor, programme, typed, problems))
            (button(&w.t("people-add")))
        }))
    };
    let mut layout = frame(visitor, scope, &inspection, Room::People, w.t("people-add-title"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// The choice of a role.
pub(super) fn role_field(visitor: &Visitor, roles: &[Role], typed: &Typed, problems: &Problems) -> Markup {
    let mut choices = vec![Choice::new("", "", typed.get("role").is_empty())];
    choices.extend(
        roles.iter().map(|r| Choice::new(r.word(), role_name(visitor, *r), typed.has("role", r.word()))),
    );
    select(&Field::new("role", visitor.words().t("people-role")).error(problems.on("role")), &choices)
}

/// The choice of a scrutiny body.
pub(super) fn body_field(
    visitor: &Visitor,
    programme: &Programme,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let mut choices = vec![Choice::new("", w.t("people-body-none"), typed.get("body").is_empty())];
    choices.extend(
        programme.scrutiny_bodies.iter().map(|b| Choice::new(&b.key, &b.name, typed.has("body", &b.key))),
    );
    let field = Field::new("body", w.t("people-body")).optional(w).hint(w.t("people-body-hint"));
    select(&field.error(problems.on("body")), &choices)
}
