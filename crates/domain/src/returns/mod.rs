//! The pre-inspection return: what a table must be so that a sample can be drawn from it, and what it must not hold.
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
//!
//! A new kind of column: a variant of `ColumnKind`, a branch in `check::cell`, its two sentences in
//! `locales/en/returns.ftl`, a case in the tests below.

pub mod check;
pub mod identifying;
pub mod sheet;
pub mod tally;
pub mod totals;

#[cfg(test)]
mod tests;

pub use check::{Accepted, CheckedRow, Problem, check, check_book, fold_key};
pub use sheet::{Book, Cell, Sheet, mask};
pub use tally::{ColumnTally, Filled, tally};
