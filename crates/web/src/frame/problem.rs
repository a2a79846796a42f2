//! Pages for what went wrong: title, what happened, and links that help out.
//!
//! A handler returns [`PageError`]; its response carries what happened, and a layer outside, which knows the visitor,
//! writes the page. A fault is logged there, once, with a number that the page shows.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use keyline_domain::reasons::Reason;
use keyline_operations::Refused;
use keyline_words::Words;
use maud::{Markup, html};

use super::Visitor;
use super::forms::{Typed, TypedSlot};
use crate::components::{Width, button, form, hidden, inset};

/// Why a page is not shown.
#[derive(Debug, Clone)]
pub struct PageError {
    status: StatusCode,
    reasons: Vec<Reason>,
    // The chain of causes as text: the error itself cannot be cloned.
    fault: Option<Arc<str>>,
    declare: bool,
    signed_out: bool,
}

impl PageError {
    /// Does not exist, or is not to be seen.
    pub const NOT_FOUND: Self = Self::of(StatusCode::NOT_FOUND, false);

    /// Something was sent behind the gate by somebody who is not signed in, or not any more. The same for every address.
    pub(super) const SIGNED_OUT: Self = Self::of(StatusCode::NOT_FOUND, true);

    const fn of(status: StatusCode, signed_out: bool) -> Self {
        Self { status, reasons: Vec::new(), fault: None, declare: false, signed_out }
    }

    /// Something about the request itself.
    pub fn bad_request(key: &str) -> Self {
        Self::with(StatusCode::BAD_REQUEST, key)
    }

    /// Nothing to say but what the page of this status says.
    pub fn bare(status: StatusCode) -> Self {
        Self { status, ..Self::NOT_FOUND }
    }

    /// Something else with a sentence.
    pub fn with(status: StatusCode, key: &str) -> Self {
        Self { status, reasons: vec![Reason::new(key)], ..Self::NOT_FOUND }
    }

    /// A fault of the program.
    pub fn fault(error: &dyn std::error::Error) -> Self {
        let mut chain = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            source = cause.source();
        }
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, fault: Some(chain.into()), ..Self::NOT_FOUND }
    }
}

impl From<Refused> for PageError {
    fn from(refused: Refused) -> Self {
        let says = |status, reasons| Self { status, reasons, ..Self::NOT_FOUND };
        match refused {
            Refused::Hidden => Self::NOT_FOUND,
            Refused::DeclareFirst => Self { declare: true, ..Self::NOT_FOUND },
            Refused::NotNow(reasons) => says(StatusCode::CONFLICT, reasons),
            Refused::Fields(problems) => {
                says(StatusCode::UNPROCESSABLE_ENTITY, problems.into_iter().map(|p| p.reason).collect())
            }
            Refused::Stale { .. } => says(StatusCode::CONFLICT, vec![Reason::new("changed-meanwhile")]),
            Refused::Full => says(StatusCode::INSUFFICIENT_STORAGE, vec![Reason::new("disk-full")]),
            Refused::Fault(error) => Self::fault(error.as_ref()),
        }
    }
}

impl From<keyline_store::Error> for PageError {
    fn from(error: keyline_store::Error) -> Self {
        Refused::from(error).into()
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A handler that panicked is a fault like any other; what it said stands in the log already.
pub(crate) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    PageError::fault(&std::io::Error::other("a handler panicked")).into_response()
}

/// Says of an answer, as an extension, that it is read by a program and that no page is written in its place.
#[derive(Debug, Clone, Copy)]
pub struct AsItIs;

/// Writes the page of a problem. Also catches bare refusals of the framework, such as a wrong method.
pub(crate) async fn render_problems(visitor: Visitor, mut request: Request, next: Next) -> Response {
    // The pattern of the route, never the path: it may hold the token of a link.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let slot = TypedSlot::default();
    let again = (request.method() == Method::POST).then(|| request.uri().to_string());
    if again.is_some() {
        request.extensions_mut().insert(slot.clone());
    }
    let response = next.run(request).await;
    let problem = match response.extensions().get::<PageError>() {
        Some(problem) => problem.clone(),
        None if response.extensions().get::<AsItIs>().is_some() => return response,
        None if response.status() == StatusCode::NOT_FOUND && is_bare(&response) => PageError::NOT_FOUND,
        None if response.status().is_client_error() && is_bare(&response) => {
            PageError { status: response.status(), ..PageError::NOT_FOUND }
        }
        None => return response,
    };
    let w = visitor.words();
    let number = problem.fault.as_ref().map(|fault| {
        let number = &keyline_domain::ids::secret(visitor.cx().random())[..8];
        let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
        tracing::error!(number, fault = %fault, route, "a page failed");
        number.to_owned()
    });
    let kind = match problem.status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::CONFLICT => "not-now",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::INSUFFICIENT_STORAGE => "disk",
        StatusCode::INTERNAL_SERVER_ERROR => "fault",
        _ => "bad-request",
    };
    let reasons: Vec<String> = problem.reasons.iter().map(|r| visitor.sentence(r)).collect();
    // Neither our own failure nor a session that has ended costs anybody what they typed. Otherwise it stands there to be
    // read and copied: sent again it would be refused again.
    let typed = slot.to_send_again(visitor.path());
    let again = again.filter(|_| problem.status.is_server_error() || problem.signed_out || problem.declare);
    let body = html! {
        @if problem.signed_out && typed.is_some() {
            p { (w.t("problem-signed-out")) }
            p { a href="/sign-in" target="_blank" rel="noopener" { (w.t("nav-sign-in")) " " (w.t("new-tab")) } }
        } @else if reasons.is_empty() { p { (w.t(&format!("problem-page-{kind}"))) } }
        @else { ul class="kl_reasons" { @for reason in &reasons { li { (reason) } } } }
        @if problem.declare { p { (w.t("declare-first")) } }
        @if let Some(number) = &number { p { (w.with("fault-number", &[("number", number)])) } }
        @if let Some(typed) = typed { (what_was_typed(w, again.as_deref(), typed)) }
        ul class="kl_recovery" {
            @if visitor.signed_in().is_some() { li { a href="/start" { (w.t("nav-start")) } } }
            @else { li { a href="/sign-in" { (w.t("nav-sign-in")) } } }
            li { a href="/" { (w.t("nav-public")) } }
            li { a href="/help" { (w.t("nav-help")) } }
        }
    };
    let title = if problem.signed_out && typed.is_some() {
        w.t("problem-title-signed-out")
    } else {
        w.t(&format!("problem-title-{kind}"))
    };
    let mut layout = visitor.layout(title, body);
    layout.width = Width::Text;
    layout.notice = None;
    let mut page = visitor.show_as(problem.status, &layout);
    if let Some(retry) = response.headers().get(axum::http::header::RETRY_AFTER) {
        page.headers_mut().insert(axum::http::header::RETRY_AFTER, retry.clone());
    }
    page
}

// The longer texts stand where they can be read and copied; sending again sends everything that was in the form.
fn what_was_typed(w: Words<'_>, again: Option<&str>, typed: &Typed) -> Markup {
    let texts: Vec<&str> =
        typed.pairs().map(|(_, v)| v).filter(|v| v.trim().contains(char::is_whitespace)).collect();
    html! {
        @if let Some(action) = again {
            h2 { (w.t("problem-typed-title")) }
            p { (w.t("problem-typed")) }
            (form(action, &html! {
                @for (name, value) in typed.pairs() { (hidden(name, value)) }
                (button(&w.t("problem-typed-send")))
            }))
        } @else if !texts.is_empty() {
            h2 { (w.t("problem-typed-title")) }
            p { (w.t("problem-typed-copy")) }
        }
        @for text in texts { (inset(&html! { @for line in text.lines() { p { (line) } } })) }
    }
}

fn is_bare(response: &Response) -> bool {
    response
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_none_or(|t| t.as_bytes().starts_with(b"text/plain"))
}
