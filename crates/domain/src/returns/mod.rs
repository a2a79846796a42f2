//! What the partnership sends: the pre-inspection return with what it must be and must not hold, and requests for
//! documents.
//!
//! [`check`] is pure: a table as plain texts with the places of its cells, and the columns that the programme asks for. It
//! gives the rows, or every problem with its cell. A problem never repeats what stands in a cell: examples are
//! masked ([`mask`]), because what should not have been sent must not be kept either.
//!
//! | module | subject |
//! | --- | --- |
//! | [`sheet`] | the table that comes in |
//! | [`check`](mod@check) | columns and cells against the programme |
//! | [`tally`](mod@tally) | what the accepted rows come to, for the team |
//! | [`totals`] | the partnership's own totals against the rows |
//! | [`identifying`] | columns that look like names, CHI numbers, dates of birth or postcodes |
//! | [`burden`] | what the area has been asked for, in items, pages and hours |
//! | [`statement`] | where the position statement stands, and how long it may be |
//! | [`reminders`] | of what people are reminded, and when |
//! | [`requests`] | where a request for a document stands |
//! | [`search`] | looking for words in what came, and how far reading it is |
//! | [`held`] | what was given before, and whether it answers what is asked |
//!
//! A new kind of column: a variant of `ColumnKind`, a branch in `check::cell`, its two sentences in
//! `locales/en/returns.ftl`, a case in the tests below.

pub mod burden;
pub mod check;
pub mod held;
pub mod identifying;
pub mod reminders;
pub mod requests;
pub mod search;
pub mod sheet;
pub mod statement;
pub mod tally;
pub mod totals;

#[cfg(test)]
mod tests;

pub use check::{Accepted, CheckedRow, Problem, check, check_book, fold_key};
pub use requests::{Act, RequestState};
pub use sheet::{Book, Cell, Sheet, mask};
pub use tally::{ColumnTally, Filled, tally};
