//! The table of routes: a route cannot be added without saying who may pass.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

use super::gate::check;
use super::{App, Gate};

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
        self.add(Method::GET, path, gate, get(handler))
    }

    /// A form's target.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, gate, post(handler))
    }

    /// The target of a form that sends files. The body has no limit as a whole: [`Files`](super::Files) counts file by
    /// file, and reads what is too much to its end without keeping it, so that the sender gets to see the answer.
    #[must_use]
    pub fn post_files<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, gate, post(handler).layer(DefaultBodyLimit::disable()))
    }

    fn add(mut self, method: Method, path: &'static str, gate: Gate, handler: MethodRouter<App>) -> Self {
        let guarded = handler.layer(from_fn_with_state((self.app.clone(), gate), check));
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
