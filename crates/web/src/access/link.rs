//! Links that sign in. Opening one only asks: a mail scanner that follows links does not use it up.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use keyline_operations::access::sessions;
use maud::html;

use super::device;
use crate::components::{Width, button, form};
use crate::frame::{PageResult, Sender, Visitor, end_cookie, session_cookie};

/// Asks before it signs in.
pub(super) async fn get(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    let w = visitor.words();
    let body = html! {
        p { (w.t("link-explained")) }
        (form(&format!("/sign-in/link/{token}"), &button(&w.t("nav-sign-in"))))
    };
    let mut layout = visitor.layout(w.t("link-title"), body);
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

/// Signs in.
pub(super) async fn post(
    visitor: Visitor,
    sender: Sender,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> PageResult {
    if let Err(wait) = visitor.app().limits.sign_ins.take(sender, visitor.cx().now()) {
        return Ok(wait.page());
    }
    let token = sessions::sign_in_by_link(visitor.cx(), &token, &device(&headers)).await?;
    Ok(([(SET_COOKIE, session_cookie(visitor.app(), &token))], Redirect::to("/start")).into_response())
}

/// Ends the session.
pub(super) async fn sign_out(visitor: Visitor) -> PageResult {
    if let Some(token) = visitor.token() {
        sessions::sign_out(visitor.cx(), visitor.actor(), token).await?;
    }
    Ok(([(SET_COOKIE, end_cookie(visitor.app()))], Redirect::to("/")).into_response())
}
