//! One function per verb of the field: authorise, load, decide, store, audit, enqueue - in one transaction.
//!
//! `pub async fn verb(cx: &Cx, actor: &Actor, input: Verb) -> Result<Outcome, Refused>`. The page, the command
//! line, the jobs and the demonstration call the same function. A verb of an inspection opens its unit of work with
//! [`Cx::work`], which asks the policy for a grant; what it may not do is answered as not found. Whether a step may be
//! done is asked of [`keyline_domain::inspections::way`], here ([`Work::require`]) and by the page that offers it.
//!
//! To add a verb: a file in the folder of its room, a docstring that says what it changes and which audit entry it
//! writes, and a test in `crates/web/tests/it`, where verbs and pages are walked on both databases.

pub mod access;
pub mod care;
pub mod concerns;
pub mod disposal;
pub mod duties;
pub mod evidence;
pub mod improvement;
pub mod information;
pub mod inspections;
pub mod jobs;
pub mod judgement;
pub mod mail;
pub mod records;
pub mod report;
pub mod returns;
pub mod tell_us;
pub mod voices;
pub mod volunteers;

pub mod markdown;

mod context;
mod identifiers;
mod refused;
mod work;

pub use context::{Cx, Parts, Renderer, Settings};
pub use refused::{Refused, Result};
pub use work::{Work, view};
