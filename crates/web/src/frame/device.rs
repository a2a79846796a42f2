//! The gate of what devices ask for: the owner's address and the device's own password come with every request (HTTP
//! Basic), and the policy decides each of them. Nothing is remembered between two requests.

use axum::extract::{FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyline_domain::access::{Action, Actor};
use keyline_operations::Refused;
use keyline_operations::access::devices::{count_wrong, held_until, who_sends};
use maud::{PreEscaped, html};

use super::{App, PageError, Scope, Sender, Visitor};

/// The version of OpenRosa that is spoken.
const VERSION: HeaderValue = HeaderValue::from_static("1.0");

/// Most bytes of the XML of one submission; said to clients before they send.
pub(crate) const SUBMISSION_LIMIT: u64 = 2 * 1024 * 1024;

/// Who owns the device that asks.
#[derive(Debug, Clone)]
pub(crate) struct Owner(pub(crate) Actor);

impl<S: Send + Sync> FromRequestParts<S> for Owner {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Owner>().cloned().ok_or(PageError::NOT_FOUND)
    }
}

/// XML as clients of OpenRosa want it.
pub(crate) fn xml(status: StatusCode, body: String) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    headers.insert("x-openrosa-version", VERSION);
    headers.insert("x-openrosa-accept-content-length", HeaderValue::from(SUBMISSION_LIMIT));
    response
}

/// A sentence that the client shows to its owner.
pub(crate) fn said(status: StatusCode, sentence: &str) -> Response {
    // Names of elements and the like come back in it; XML has no place for signs that steer.
    let sentence: String = sentence.chars().filter(|sign| !sign.is_control() || *sign == '\n').collect();
    let nature = if status.is_success() { "submit_success" } else { "submit_error" };
    let body = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        OpenRosaResponse xmlns="http://openrosa.org/http/response" { message nature=(nature) { (sentence) } }
    };
    xml(status, body.into_string())
}

fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, given) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(given.trim()).ok()?).ok()?;
    text.split_once(':').map(|(name, password)| (name.to_owned(), password.to_owned()))
}

fn challenge(visitor: &Visitor) -> Response {
    let mut response = said(StatusCode::UNAUTHORIZED, &visitor.words().t("device-sign-in"));
    let asked = HeaderValue::from_static("Basic realm=\"Keyline\", charset=\"UTF-8\"");
    response.headers_mut().insert(WWW_AUTHENTICATE, asked);
    response
}

fn wait(visitor: &Visitor, seconds: u64) -> Response {
    let sentence = visitor.words().with("device-wait", &[("seconds", &seconds)]);
    let mut response = said(StatusCode::TOO_MANY_REQUESTS, &sentence);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Lets through whom the policy lets use a device in the inspection of the address. Whoever is not known is asked for
/// address and password, whatever is or is not there; whoever is known and may not, finds nothing.
pub(super) async fn check(
    app: &App,
    visitor: &Visitor,
    reference: &str,
    request: Request,
    next: Next,
) -> Response {
    match pass(app, visitor, reference, request).await {
        Ok(Passed::Go(request)) => next.run(request).await,
        Ok(Passed::Not(answer)) => answer,
        Err(error) => error.into_response(),
    }
}

enum Passed {
    Go(Request),
    Not(Response),
}

async fn pass(app: &App, visitor: &Visitor, reference: &str, request: Request) -> Result<Passed, PageError> {
    let Some((email, password)) = credentials(request.headers()) else {
        return Ok(Passed::Not(challenge(visitor)));
    };
    let (mut parts, body) = request.into_parts();
    let Some((person, inspection)) = who_sends(&app.cx, reference, &email, &password).await? else {
        return wrong(app, visitor, &mut parts, &email).await.map(Passed::Not);
    };
    let actor = Actor::Person(person);
    let grant = match app.cx.grant(&actor, inspection, Action::UseDevice).await {
        Ok(grant) => grant,
        Err(fault @ Refused::Fault(_)) => return Err(fault.into()),
        Err(_) => {
            let nothing = said(StatusCode::NOT_FOUND, &visitor.words().t("device-not-here"));
            return Ok(Passed::Not(nothing));
        }
    };
    parts.extensions.insert(Scope { grant, reference: reference.to_owned() });
    parts.extensions.insert(Owner(actor));
    Ok(Passed::Go(Request::from_parts(parts, body)))
}

/// Slows down who guesses: per address, and per account whether there is one or not.
async fn wrong(app: &App, visitor: &Visitor, parts: &mut Parts, email: &str) -> Result<Response, PageError> {
    let now = app.cx.now();
    let Ok(sender) = Sender::from_request_parts(parts, app).await;
    if let Err(held) = app.limits.sign_ins.take(sender, now) {
        return Ok(wait(visitor, held.seconds));
    }
    if let Some(until) = held_until(&app.cx, email).await? {
        return Ok(wait(visitor, until.duration_since(now).as_secs().unsigned_abs().max(1)));
    }
    count_wrong(&app.cx, email).await?;
    Ok(challenge(visitor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(value: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, value.parse().unwrap());
        credentials(&headers)
    }

    #[test]
    fn address_and_password_are_read_and_nothing_else() {
        let right = format!("Basic {}", STANDARD.encode("mòrag@fictional.test:a:b"));
        assert_eq!(given(&right), Some(("mòrag@fictional.test".into(), "a:b".into())));
        assert_eq!(given(&right.replace("Basic", "basic")), given(&right));
        for wrong in
            ["Basic", "Basic %%%", "Basic /w==", "Bearer YTpi", "Basic YWI=", "Digest username=\"a\""]
        {
            assert_eq!(given(wrong), None, "{wrong}");
        }
    }
}
