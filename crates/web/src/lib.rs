//! Pages: routes, page structs, components, static files.
//!
//! One folder per room, in the order of an inspection; each gives its routes to [`app`], and each route says who may
//! pass ([`frame::Gate`]). A handler reads what it shows with the grant of its gate, or calls one verb of the operations,
//! and answers with a page or a redirect. To add a page: a file in its room, a line in the room's `routes`, the words in
//! `locales/en/<room>.ftl`, and a test in `tests/it`. `tests/it/access.rs` finds the route by itself and walks it as
//! every role.

pub mod assets;
pub mod components;
pub mod frame;

pub mod access;
pub mod audit;
pub mod care;
pub mod concerns;
pub mod disposal;
pub mod evidence;
pub mod improvement;
pub mod information;
pub mod inspections;
pub mod judgement;
pub mod public;
pub mod records;
pub mod report;
pub mod returns;
pub mod tell_us;
pub mod voices;
pub mod volunteers;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use frame::{App, PageError, Routes, Spec};
use keyline_operations::Cx;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

/// Most bytes of a form without files.
pub const FORM_LIMIT: usize = 2 * 1024 * 1024;

fn rooms(app: &App) -> (Router<App>, Vec<Spec>) {
    Routes::new(app)
        .room(public::routes)
        .room(access::routes)
        .room(inspections::routes)
        .room(returns::routes)
        .room(voices::routes)
        .room(records::routes)
        .room(evidence::routes)
        .room(judgement::routes)
        .room(report::routes)
        .room(improvement::routes)
        .room(disposal::routes)
        .room(concerns::routes)
        .room(tell_us::routes)
        .room(volunteers::routes)
        .room(care::routes)
        .room(information::routes)
        .room(audit::routes)
        .finish()
}

/// The table of routes, for the test that walks them all.
pub fn route_table(cx: &Cx) -> Vec<Spec> {
    rooms(&App::new(cx.clone())).1
}

/// The whole web application.
pub fn app(cx: &Cx) -> Router {
    let app = App::new(cx.clone());
    let (router, _) = rooms(&app);
    router
        .fallback(|| async { PageError::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED.into_response() })
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(CatchPanicLayer::custom(frame::panicked))
        .layer(from_fn(frame::render_problems))
        .layer(from_fn_with_state(app.clone(), frame::visit))
        .route("/assets/{file}", get(assets::serve))
        .route("/healthz", get(|| async { "ready\n" }))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(from_fn(frame::security_headers))
        .with_state(app)
}
