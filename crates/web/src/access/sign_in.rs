//! Signing in with address and password, and the code of the second factor.

use axum::extract::Query;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use keyline_operations::access::{passwords, second_factor};
use maud::html;
use serde::Deserialize;

use super::{device, safe_next};
use crate::components::{Field, Width, button, form, hidden, password_field, text_field};
use crate::frame::{PageResult, Problems, Sender, Typed, Visitor, session_cookie};

/// Where to go after.
#[derive(Debug, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

/// Asks for address and password.
pub(super) async fn get(visitor: Visitor, Query(next): Query<Next>) -> PageResult {
    if visitor.signed_in().is_some() {
        return Ok(Redirect::to(safe_next(&next.next)).into_response());
    }
    let typed = Typed::of([("next", safe_next(&next.next))]);
    Ok(render(&visitor, &typed, &Problems::default(), StatusCode::OK))
}

/// Signs in, or says that address and password do not fit, without saying which.
pub(super) async fn post(visitor: Visitor, sender: Sender, headers: HeaderMap, typed: Typed) -> PageResult {
    use passwords::Outcome;
    if let Err(wait) = visitor.app().limits.sign_ins.take(sender, visitor.cx().now()) {
        let problems = Problems::text("email", wait.said(&visitor, "sign-in-wait-address"));
        return Ok(wait.on(render(&visitor, &typed, &problems, StatusCode::TOO_MANY_REQUESTS)));
    }
    let next = safe_next(typed.get("next"));
    match passwords::sign_in(visitor.cx(), typed.get("email"), typed.get("password"), &device(&headers))
        .await?
    {
        Outcome::SignedIn(token) => Ok(signed_in(&visitor, &token, next)),
        Outcome::CodeWanted(token) => {
            let next = percent_encoding::utf8_percent_encode(next, percent_encoding::NON_ALPHANUMERIC);
            Ok(signed_in(&visitor, &token, &format!("/sign-in/code?next={next}")))
        }
        Outcome::Wrong => {
            let problems = Problems::one(&visitor, "email", "sign-in-wrong");
            Ok(render(&visitor, &typed, &problems, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Outcome::Wait(until) => {
            let (problems, seconds) = waiting(&visitor, "email", until);
            let mut response = render(&visitor, &typed, &problems, StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
            Ok(response)
        }
    }
}

fn waiting(visitor: &Visitor, field: &str, until: Timestamp) -> (Problems, u64) {
    let seconds = until.duration_since(visitor.cx().now()).as_secs().max(0).unsigned_abs() + 1;
    let text = visitor.words().with("sign-in-wait", &[("seconds", &seconds)]);
    (Problems::text(field, text), seconds)
}

fn signed_in(visitor: &Visitor, token: &str, next: &str) -> Response {
    ([(SET_COOKIE, session_cookie(visitor.app(), token))], Redirect::to(next)).into_response()
}

fn render(visitor: &Visitor, typed: &Typed, problems: &Problems, status: StatusCode) -> Response {
    let w = visitor.words();
    let body = html! {
        (form("/sign-in", &html! {
            (hidden("next", typed.get("next")))
            (text_field(&Field::new("email", w.t("field-email")).value(typed.get("email"))
                .autocomplete("username").error(problems.on("email")), "email"))
            (password_field(&Field::new("password", w.t("field-password")).autocomplete("current-password")))
            (button(&w.t("nav-sign-in")))
        }))
        div class="kl_passkey" data-passkey="/sign-in/passkey" data-next=(typed.get("next")) hidden {
            h2 { (w.t("sign-in-passkey-title")) }
            button class="ds_button ds_button--secondary" type="button" data-passkey-button { (w.t("sign-in-passkey")) }
            p class="kl_passkey__problem" role="alert" data-passkey-problem=(w.t("passkey-not-good")) {}
        }
        p { (w.t("sign-in-help")) }
    };
    let mut layout = visitor.layout(w.t("nav-sign-in"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    visitor.show_as(status, &layout)
}

/// Asks for the code.
pub(super) async fn code(visitor: Visitor, Query(next): Query<Next>) -> PageResult {
    if visitor.awaiting_code().is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let typed = Typed::of([("next", safe_next(&next.next))]);
    Ok(render_code(&visitor, &typed, &Problems::default(), StatusCode::OK))
}

/// Ends the sign-in.
pub(super) async fn post_code(visitor: Visitor, headers: HeaderMap, typed: Typed) -> PageResult {
    use second_factor::Outcome;
    let Some(waiting_session) = visitor.awaiting_code() else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let outcome =
        second_factor::sign_in_with_code(visitor.cx(), waiting_session, typed.get("code"), &device(&headers))
            .await?;
    match outcome {
        Outcome::SignedIn(token) => Ok(signed_in(&visitor, &token, safe_next(typed.get("next")))),
        Outcome::Wrong => {
            let problems = Problems::one(&visitor, "code", "problem-code");
            Ok(render_code(&visitor, &typed, &problems, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Outcome::Wait(until) => {
            let (problems, seconds) = waiting(&visitor, "code", until);
            let mut response = render_code(&visitor, &typed, &problems, StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
            Ok(response)
        }
    }
}

fn render_code(visitor: &Visitor, typed: &Typed, problems: &Problems, status: StatusCode) -> Response {
    let w = visitor.words();
    let body = form(
        "/sign-in/code",
        &html! {
            (hidden("next", typed.get("next")))
            (text_field(&Field::new("code", w.t("field-code")).hint(w.t("field-code-hint"))
                .autocomplete("one-time-code").error(problems.on("code")), "text"))
            (button(&w.t("continue")))
        },
    );
    let mut layout = visitor.layout(w.t("sign-in-code-title"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    visitor.show_as(status, &layout)
}
