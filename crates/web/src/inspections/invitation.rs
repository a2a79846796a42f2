//! The page of an invitation, for whoever holds its link.

use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_operations::Refused;
use keyline_operations::inspections::{AcceptInvitation, accept_invitation, offered};
use maud::html;

use super::people::role_name;
use super::rooms::name;
use crate::access::device;
use crate::components::{Field, Width, button, form, link_button, summary_list, text_field};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor, session_cookie};

/// Who invites, to what, as what.
pub(super) async fn get(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    render(&visitor, &token, None, &Problems::default()).await
}

/// Accepts; somebody without an account is signed in with the new one.
pub(super) async fn post(
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
    typed: Typed,
) -> PageResult {
    let input = AcceptInvitation {
        token: token.clone(),
        name: typed.get("name").to_owned(),
        designation: typed.get("designation").to_owned(),
        organisation: typed.get("organisation").to_owned(),
        device: device(&headers),
    };
    match accept_invitation(visitor.cx(), visitor.actor(), input).await {
        Ok(accepted) => {
            let to = Redirect::to(&format!("/inspections/{}?done=joined", accepted.reference));
            Ok(match accepted.session {
                Some(session) => {
                    ([(SET_COOKIE, session_cookie(visitor.app(), &session))], to).into_response()
                }
                None => to.into_response(),
            })
        }
        Err(refused @ Refused::Fields(_)) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &token, Some(&typed), &problems).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn render(visitor: &Visitor, token: &str, typed: Option<&Typed>, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let offered = match offered(visitor.cx(), &mut reader, token).await {
        Ok(offered) => offered,
        // Used up, withdrawn or too old: the link was real, so it says why, and that it is gone.
        Err(Refused::NotNow(reasons)) => {
            let key = reasons.first().map_or("invitation-expired", |r| r.key.as_str());
            return Err(PageError::with(StatusCode::GONE, key));
        }
        Err(other) => return Err(other.into()),
    };
    let invitation = &offered.invitation;
    let facts = [
        (w.t("invitation-inspection"), html! { (name(visitor, &offered.inspection)) }),
        (w.t("invitation-role"), html! { (role_name(visitor, invitation.role)) }),
        (w.t("invitation-until"), html! { (w.date_time(&in_london(invitation.expires_at))) }),
    ];
    let value = |field: &str, first: &str| typed.map_or(first, |t| t.get(field)).to_owned();
    let action = format!("/invitation/{token}");
    let body = html! {
        @if invitation.invited_by.is_empty() { p { (w.t("invitation-says-nobody")) } }
        @else { p { (w.with("invitation-says", &[("name", &invitation.invited_by)])) } }
        (summary_list(&facts))
        @if let Some(signed_in) = visitor.signed_in() {
            p { (w.with("invitation-as", &[("name", &signed_in.person.name)])) }
            (form(&action, &button(&w.t("invitation-accept"))))
        } @else if offered.has_account {
            p { (w.t("invitation-sign-in")) }
            (link_button(&format!("/sign-in?next=%2Finvitation%2F{token}"), &w.t("invitation-sign-in-link")))
        } @else {
            p { (w.with("invitation-account", &[("email", &invitation.email)])) }
            (form(&action, &html! {
                (text_field(&Field::new("name", w.t("invitation-name")).value(value("name", &invitation.name))
                    .autocomplete("name").error(problems.on("name")), "text"))
                (text_field(&Field::new("designation", w.t("invitation-designation"))
                    .hint(w.t("invitation-designation-hint")).value(value("designation", ""))
                    .autocomplete("organization-title").error(problems.on("designation")), "text"))
                (text_field(&Field::new("organisation", w.t("invitation-organisation"))
                    .value(value("organisation", "")).autocomplete("organization")
                    .error(problems.on("organisation")), "text"))
                (button(&w.t("invitation-accept")))
            }))
        }
    };
    let mut layout = visitor.layout(w.t("invitation-title"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
