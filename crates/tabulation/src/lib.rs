//! Coded answers kept by column, and counted. Knows nothing of inspections.
//!
//! A page of results asks the same of a hundred thousand answers forty times over: how many said what, by role and by
//! service. Read as documents that takes seconds. Here each question is a column of small numbers, one byte for each
//! respondent, and counting is one pass over two or three of them.
//!
//! | module | subject |
//! | --- | --- |
//! | [`columns`] | the columns: adding respondents, and the order in which they stand |
//! | [`rows`] | a choice of respondents |
//! | [`count`] | one-way counts, cross-tables, counts by several columns at once |
//! | [`layout`] | the columns as bytes, and reading bytes that somebody may have changed |
//!
//! Only closed answers are kept. The place of a respondent says nothing if [`columns::Columns::push_anywhere`] is used
//! or [`columns::Columns::shuffle`] before the columns are written. What may be shown of the counts is not decided here.

pub mod columns;
pub mod count;
pub mod layout;
pub mod rows;
