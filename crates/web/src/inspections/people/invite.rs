//! Inviting somebody. The link is shown once, on the answer to the form: it is not kept and cannot be shown again.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::{Action, Role, Side};
use keyline_domain::clock::in_london;
use keyline_domain::ids::InvitationId;
use keyline_operations::inspections::{
    Invite, Invited, invitation_waits, invite, renew_invitation, role_action, withdraw_invitation,
};
use keyline_operations::{Refused, view};
use keyline_store::inspections::{self, invitations};
use maud::html;

use super::super::once::shown_once;
use super::super::rooms::{Room, frame};
use super::add::{body_field, role_field};
use crate::components::{Field, button, form, not_offered, text_field};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// The empty form.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Invites, and shows the link.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    if !may_invite(&scope) {
        return Err(PageError::NOT_FOUND);
    }
    let result = match typed.parse::<Role>("role") {
        None => Err(Refused::field("role", "problem-choose")),
        Some(role) => {
            let input = Invite {
                inspection: scope.grant.inspection(),
                email: typed.get("email").to_owned(),
                name: typed.get("name").to_owned(),
                role,
                body: Some(typed.get("body").to_owned()),
            };
            invite(visitor.cx(), visitor.actor(), input).await
        }
    };
    match result {
        Ok(invited) => show_link(&visitor, &scope, &invited).await,
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

/// Withdraws an invitation.
pub(super) async fn withdraw(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    let id: InvitationId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    withdraw_invitation(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    Ok(Redirect::to(&format!("{}?done=withdrawn", scope.href("people"))).into_response())
}

/// Makes a new link, and shows it.
pub(super) async fn renew(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    let id: InvitationId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let invited = renew_invitation(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    show_link(&visitor, &scope, &invited).await
}

fn may_invite(scope: &Scope) -> bool {
    scope.grant.permits(Action::ManageTeam) || scope.grant.permits(Action::InvitePartnership)
}

async fn show_link(visitor: &Visitor, scope: &Scope, invited: &Invited) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let all = invitations::list(&mut reader, &scope.grant).await?;
    let invitation = all.iter().find(|i| i.id == invited.id).ok_or(PageError::NOT_FOUND)?;
    let body = html! {
        p { (w.with("people-link-shown-once", &[("email", &invitation.email)])) }
        (shown_once("link", &w.with("people-link-label", &[("name", &invitation.name)]), &invited.link))
        p { (w.with("people-link-until", &[("at", &w.date_time(&in_london(invited.expires_at)))])) }
        p { a href=(scope.href("people")) { (w.t("people-back")) } }
    };
    Ok(visitor.show(&frame(visitor, scope, &inspection, Room::People, w.t("people-link-title"), body)))
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    if !may_invite(scope) {
        return Err(PageError::NOT_FOUND);
    }
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let waits: Vec<String> = invitation_waits(&progress).iter().map(|r| visitor.sentence(r)).collect();
    let roles: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|r| scope.grant.permits(role_action(*r)))
        .filter(|r| r.side() != Side::Partnership || waits.is_empty())
        .collect();
    let days = visitor.cx().settings.invitation_days;
    let body = html! {
        p { (w.with("people-invite-what", &[("days", &days)])) }
        @if !waits.is_empty() { (not_offered(&w.t("people-not-yet"), &waits)) }
        @if !roles.is_empty() {
            (form(&scope.href("people/invite"), &html! {
                (role_field(visitor, &roles, typed, problems))
                (text_field(&Field::new("name", w.t("people-invite-name")).value(typed.get("name"))
                    .autocomplete("off").error(problems.on("name")), "text"))
                (text_field(&Field::new("email", w.t("people-email")).value(typed.get("email"))
                    .autocomplete("off").error(problems.on("email")), "email"))
                @if scope.grant.permits(Action::ManageTeam) { (body_field(visitor, programme, typed, problems)) }
                (button(&w.t("people-invite")))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::People, w.t("people-invite-title"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}
