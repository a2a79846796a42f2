//! What every page stands in: the visitor behind a request, the gate of a route, problems, security headers.

mod app;
pub(crate) mod device;
mod files;
mod forms;
mod gate;
mod kept;
mod known_sessions;
mod limits;
mod problem;
mod routes;
mod secure;
mod visitor;

pub use app::App;
pub use files::{File, Files};
pub use forms::{Problems, Typed};
pub use gate::{Gate, Scope};
pub use kept::KeptPages;
pub use known_sessions::KnownSessions;
pub use limits::{Limit, Limits, Sender, Wait};
pub use problem::{AsItIs, PageError};
pub use routes::{Routes, Spec};
pub use visitor::Visitor;

pub(crate) use problem::{panicked, render_problems};
pub(crate) use secure::headers as security_headers;
pub(crate) use visitor::{end_cookie, session_cookie, visit};

/// Result of a page.
pub type PageResult<T = axum::response::Response> = std::result::Result<T, PageError>;
