//! The table of routes: a route cannot be added without saying who may pass.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, head, options, patch, post};
use tower_http::timeout::TimeoutLayer;

use super::gate::check;
use super::{App, Gate};

/// How long a request may take.
const TIME: Duration = Duration::from_mins(5);
/// How long one with files may take: a hundred megabytes come slowly over the line of a small office.
const TIME_FOR_FILES: Duration = Duration::from_mins(30);

/// One route as the access test reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The method.
    pub method: Method,
    /// The path with its parameters.
    pub path: &'static str,
    /// Who may pass.
    pub gate: Gate,
}

/// Routes being gathered.
#[derive(Debug)]
pub struct Routes {
    app: App,
    router: Router<App>,
    specs: Vec<Spec>,
}

impl Routes {
    /// No routes yet.
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new(), specs: Vec::new() }
    }

    /// A page.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, path, gate, get(handler), TIME)
    }

    /// What a client asks before it sends.
    #[must_use]
    pub fn head<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::HEAD, path, gate, head(handler), TIME)
    }

    /// A form's target.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, gate, post(handler), TIME)
    }

    /// The target of a form that sends files. The body has no limit as a whole: [`Files`](super::Files) counts file by
    /// file, and reads what is too much to its end without keeping it, so that the sender gets to see the answer.
    #[must_use]
    pub fn post_files<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let handler = post(handler).layer(DefaultBodyLimit::disable());
        self.add(Method::POST, path, gate, handler, TIME_FOR_FILES)
    }

    /// What a client may ask of a path.
    #[must_use]
    pub fn options<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::OPTIONS, path, gate, options(handler), TIME)
    }

    /// What a client gives up.
    #[must_use]
    pub fn delete<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::DELETE, path, gate, delete(handler), TIME)
    }

    /// The target of a part of a file, which the handler counts itself.
    #[must_use]
    pub fn patch_files<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::PATCH, path, gate, patch(handler), TIME_FOR_FILES)
    }

    // The time limit stands inside the layer that writes the pages of problems.
    fn add(
        mut self,
        method: Method,
        path: &'static str,
        gate: Gate,
        handler: MethodRouter<App>,
        time: Duration,
    ) -> Self {
        let limit = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time);
        let guarded: MethodRouter<App> = handler.layer(from_fn_with_state((self.app.clone(), gate), check));
        let guarded: MethodRouter<App> = guarded.layer(limit);
        self.router = self.router.route(path, guarded);
        self.specs.push(Spec { method, path, gate });
        self
    }

    /// The routes of a room.
    #[must_use]
    pub fn room(self, room: fn(Routes) -> Routes) -> Self {
        room(self)
    }

    /// The router and the table.
    pub fn finish(self) -> (Router<App>, Vec<Spec>) {
        (self.router, self.specs)
    }
}
