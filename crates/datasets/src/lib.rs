//! One description of a table of data, written in the formats of the field.
//!
//! A [`Dataset`] is what a table is [about](About), its columns ([`Variable`]) and its rows ([`Rows`]). [`write`](write())
//! gives it in any [`Format`]. Two shapes of table are served alike: one row for each respondent, and tables of counts
//! ([`aggregated`]). This crate hides nothing: what may leave is decided before, and a hidden value arrives here as
//! [`Missing::Suppressed`], which every format tells apart from an answer that was not given.
//!
//! | module | subject |
//! | --- | --- |
//! | [`description`] | title, columns, kinds, reasons for missing values, and what cannot be described |
//! | [`table`] | cells, rows that can be walked more than once, the table |
//! | [`aggregated`] | a table of counts as such a table |
//! | [`format`](mod@format) | the formats and the one way into them |
//! | [`fault`] | why a table could not be written |
//! | [`names`] | names of columns, made different and fit for SPSS |
//! | `value`, `extent`, `text` (private) | a cell compared with its column; a first walk; texts that every format holds |
//! | `csv_data`, `codebook`, `xlsx`, `sav`, `ddi`, `json`, `package` (private) | a format each |
//!
//! A new format is a module with `write(&Dataset, &mut dyn Write)` and a line in [`Format`]; it says in its head how it
//! tells missing values apart, and `docs/datasets.md` says it to the reader. A new kind of column is a variant of
//! [`Kind`] and of [`Cell`]; the compiler names every place that must know it.

pub mod aggregated;
mod codebook;
mod csv_data;
mod ddi;
pub mod description;
mod extent;
pub mod fault;
pub mod format;
mod json;
pub mod names;
mod package;
mod sav;
pub mod table;
mod text;
mod value;
mod xlsx;

pub use description::about::{About, Licence, Source};
pub use description::faults::DescriptionFault;
pub use description::missing::{Missing, Words};
pub use description::variable::{Category, Kind, Variable};
pub use fault::{CellFault, WriteFault};
pub use format::{Format, write};
pub use table::{Cell, Dataset, Rows, Streamed, Visit};
pub use text::unguarded;
