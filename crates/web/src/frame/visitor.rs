//! Who asks: the session behind the cookie, the language, and how a page is put together for them.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use keyline_domain::access::Actor;
use keyline_domain::reasons::Reason;
use keyline_store::sign_in::{Means, SignedIn};
use keyline_words::Words;
use maud::Markup;

use super::{App, PageError};
use crate::components::{Layout, notification, page};

/// The person behind a request, or the public.
#[derive(Debug, Clone)]
pub struct Visitor(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    app: App,
    actor: Actor,
    signed_in: Option<SignedIn>,
    // A session that waits for the code of the second factor opens nothing.
    awaiting_code: Option<SignedIn>,
    // Why nobody can say who this is, when a cookie came and its session cannot be read.
    unknown: Option<PageError>,
    token: Option<String>,
    lang: String,
    path: String,
    done: Option<String>,
}

impl Visitor {
    /// The shared state.
    pub fn app(&self) -> &App {
        &self.0.app
    }
    /// The context of the verbs.
    pub fn cx(&self) -> &keyline_operations::Cx {
        &self.0.app.cx
    }
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }
    /// The session, if somebody is signed in.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.0.signed_in.as_ref()
    }
    /// The session that waits for a code, if any.
    pub fn awaiting_code(&self) -> Option<&SignedIn> {
        self.0.awaiting_code.as_ref()
    }
    /// Why the session of the cookie cannot be read, if so: whoever it is has not signed out.
    pub(super) fn unknown(&self) -> Option<&PageError> {
        self.0.unknown.as_ref()
    }
    /// The token of the cookie.
    pub fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }
    /// The words of the visitor's language.
    pub fn words(&self) -> Words<'_> {
        self.0.app.words(&self.0.lang)
    }
    /// The path that was asked for.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The sentence of a reason.
    pub fn sentence(&self, reason: &Reason) -> String {
        // Instants and days come as they are stored; people read them as people do.
        let words = self.words();
        let values: Vec<(String, String)> = reason
            .values
            .iter()
            .map(|(name, value)| {
                let said = if let Ok(at) = value.parse::<jiff::Timestamp>() {
                    words.date_time(&keyline_domain::clock::in_london(at))
                } else if let Ok(day) = value.parse::<jiff::civil::Date>() {
                    words.date(day)
                } else {
                    value.clone()
                };
                (name.clone(), said)
            })
            .collect();
        words.with_pairs(&reason.key, &values)
    }

    /// A layout with what the frame knows of the visitor: name, language, and what has just been done.
    pub fn layout(&self, title: impl Into<String>, body: Markup) -> Layout<'_> {
        let words = self.words();
        let mut layout = Layout::new(words, title, body);
        layout.person = self.signed_in().map(|s| s.person.name.clone());
        layout.concern = self.signed_in().map(|_| self.concern());
        layout.administrator = self.signed_in().is_some_and(|s| s.person.administrator);
        if let Some(done) = &self.0.done {
            let key = format!("done-{done}");
            if words.has(&key) {
                layout.notice = Some(notification(&words.t(&key), ""));
            }
        }
        layout
    }

    /// Where a concern is raised from this page.
    fn concern(&self) -> String {
        let path = self.path();
        let from = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC);
        match path.strip_prefix("/inspections/").and_then(|rest| rest.split('/').next()) {
            Some(reference) if !matches!(reference, "" | "new") => {
                format!("/inspections/{reference}/concern?from={from}")
            }
            _ => format!("/concern?from={from}"),
        }
    }

    /// A page, answered with 200.
    pub fn show(&self, layout: &Layout<'_>) -> Response {
        self.show_as(StatusCode::OK, layout)
    }

    /// A page with a status.
    pub fn show_as(&self, status: StatusCode, layout: &Layout<'_>) -> Response {
        (status, Html(page(layout).into_string())).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Visitor>().expect("the visit layer is around every route").clone())
    }
}

/// Finds out who visits. Around every route but the assets.
pub(crate) async fn visit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let token = cookie(headers, cookie_name(&app));
    let (session, unknown) = match &token {
        Some(token) => match app.sessions.find(&app.cx, token).await {
            Ok(session) => (session, None),
            Err(error) => (None, Some(PageError::from(error))),
        },
        None => (None, None),
    };
    let (signed_in, awaiting_code) = match session {
        Some(s) if s.session.means == Means::AwaitingCode => (None, Some(s)),
        other => (other, None),
    };
    let lang = cookie(headers, "language").filter(|l| app.catalogue.is_offered(l)).unwrap_or_else(|| {
        let accept = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("");
        app.catalogue.negotiate(accept).lang().to_owned()
    });
    let uri = request.extensions().get::<OriginalUri>().map_or(request.uri(), |u| &u.0);
    let done =
        uri.query().and_then(|q| q.split('&').find_map(|p| p.strip_prefix("done="))).map(str::to_owned);
    let visitor = Visitor(Arc::new(Inner {
        actor: signed_in.as_ref().map_or(Actor::Public, |s| Actor::Person(s.person.clone())),
        path: uri.path().to_owned(),
        app,
        signed_in,
        awaiting_code,
        unknown,
        token,
        lang,
        done,
    }));
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(n, _)| *n == name).map(|(_, v)| v.to_owned()))
}

fn secure(app: &App) -> bool {
    app.cx.settings.public_address.starts_with("https://")
}

/// The name of the session's cookie; over TLS it carries the prefix that binds it to this host.
pub(crate) fn cookie_name(app: &App) -> &'static str {
    if secure(app) { "__Host-keyline" } else { "keyline" }
}

/// The header that gives the browser a session.
pub(crate) fn session_cookie(app: &App, token: &str) -> String {
    let secure = if secure(app) { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(app))
}

/// The header that takes it away.
pub(crate) fn end_cookie(app: &App) -> String {
    format!("{}; Max-Age=0", session_cookie(app, ""))
}
