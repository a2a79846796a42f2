//! Columns of a table that look as if they named people.
//!
//! Meant for tables that ought to hold pseudonyms and codes only: a suspicious column is a reason to refuse the table
//! before anything of it is kept. A header alone is enough, unless the answers under it are "yes" and "no"; the values
//! alone are enough when the column as a whole has the shape. One odd cell is not: in three hundred reference numbers of
//! ten digits one will pass for a CHI number by chance.

mod headers;
mod values;

use crate::identifiers::{Kind, Strength};

/// Why a column is suspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Its header says so.
    Header,
    /// So many of its filled cells look like it.
    Values {
        /// Cells that look like it.
        matching: usize,
        /// Filled cells.
        filled: usize,
    },
}

/// A column that may identify people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSuspicion {
    /// What it seems to hold.
    pub kind: Kind,
    /// How sure; [`Strength::Weak`] is a question rather than a reason to refuse.
    pub strength: Strength,
    /// The reason.
    pub because: Because,
    /// Up to three of its values, masked by [`crate::identifiers::mask`]; none when the column is empty.
    pub examples_masked: Vec<String>,
}

/// Whether a column looks as if it identified people. Without allowed values; see [`scan_column_allowing`].
pub fn scan_column(header: &str, values: &[&str]) -> Option<ColumnSuspicion> {
    scan_column_allowing(header, values, &[])
}

/// Whether a column looks as if it identified people. Cells that equal one of the `allowed` values (a code list: areas,
/// legal bases, schools) are never names.
pub fn scan_column_allowing(header: &str, values: &[&str], allowed: &[&str]) -> Option<ColumnSuspicion> {
    let filled: Vec<&str> =
        values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    let meaning = headers::read(header);
    if let Some(kind) = meaning.identifier
        && !values::are_marks(&filled)
    {
        let examples_masked = values::examples(&filled, |_| true);
        return Some(ColumnSuspicion {
            kind,
            strength: Strength::Strong,
            because: Because::Header,
            examples_masked,
        });
    }
    values::suspect(&filled, &meaning, allowed)
}

#[cfg(test)]
mod tests;
