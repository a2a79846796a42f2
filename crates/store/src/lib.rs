//! SQL for SQLite and PostgreSQL, documents on disk, sealed fields.
//!
//! One SQL text and one Rust body serve both databases: a function takes a [`Source`] (reading) or a [`Tx`]
//! (writing) and the macros `fetch_all!`, `fetch_optional!`, `fetch_one!`, `execute!` run the body on whichever
//! engine is behind it. Rules of the dialect: `$1…`, no `NOW()`, times and ids come bound as text, lists are built
//! with `QueryBuilder`. One module per room; row structs are private to their module and become domain types by
//! conversion that names table, column and id when a row makes no sense.
//!
//! Reading rows of an inspection takes a [`Grant`](keyline_domain::access::Grant): what was not authorised cannot
//! be loaded. Writing happens in [`Tx`], which only the operations begin.

#[macro_use]
mod rows;

mod connection;
mod error;
mod migrate;

pub mod antivirus;
pub mod area_contacts;
pub mod audit;
pub mod care;
pub mod concerns;
pub mod disposal;
pub mod documents;
pub mod duties;
pub mod evidence;
pub mod improvement;
pub mod information;
pub mod inspections;
pub mod jobs;
pub mod judgement;
pub mod mail;
pub mod passkeys;
pub mod people;
pub mod progress;
pub mod records;
pub mod report;
pub mod returns;
pub mod sampling;
pub mod sign_in;
pub mod tell_us;
pub mod vault;
pub mod voices;
pub mod volunteers;

pub use connection::{Db, Link, Reader, Source, Tx};
pub use error::{Error, Result};
pub use migrate::{Engine, migration_texts};
