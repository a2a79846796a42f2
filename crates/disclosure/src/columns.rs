//! Columns of a table that look as if they named people.
//!
//! Meant for tables that ought to hold pseudonyms and codes only: a suspicious column is a reason to refuse the table
//! before anything of it is kept. A header alone is enough, unless the answers under it are "yes" and "no"; the values
//! alone are enough when the column as a whole has the shape; and a single cell is enough when what it holds is hardly
//! anything else, such as a remark with an address. One odd number is not: in three hundred reference numbers of
//! ten digits one will pass for a CHI number by chance.
//!
//! A suspicion says which cells, and holds nothing of what is in them.

mod headers;
mod values;

use crate::identifiers::{Kind, Strength};
use values::Cell;

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

impl Because {
    /// Key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Header => "identifier-because-header",
            Self::Values { .. } => "identifier-because-values",
        }
    }

    /// The values of its sentence.
    pub fn values(self) -> Vec<(&'static str, usize)> {
        match self {
            Self::Header => Vec::new(),
            Self::Values { matching, filled } => vec![("matching", matching), ("filled", filled)],
        }
    }
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
    /// Which of the values, by their index: those that look like it, or all that are filled when the header says so.
    pub cells: Vec<usize>,
}

/// Whether a column looks as if it identified people. Without allowed values; see [`scan_column_allowing`].
pub fn scan_column(header: &str, values: &[&str]) -> Option<ColumnSuspicion> {
    scan_column_allowing(header, values, &[])
}

/// Whether a column looks as if it identified people. Cells that equal one of the `allowed` values (a code list: areas,
/// legal bases, schools) are never names.
pub fn scan_column_allowing(header: &str, values: &[&str], allowed: &[&str]) -> Option<ColumnSuspicion> {
    let filled: Vec<Cell<'_>> = values
        .iter()
        .enumerate()
        .map(|(index, value)| Cell { index, text: value.trim() })
        .filter(|cell| !cell.text.is_empty())
        .collect();
    let meaning = headers::read(header);
    if let Some(kind) = meaning.identifier
        && !values::are_marks(&filled)
    {
        let cells = filled.iter().map(|cell| cell.index).collect();
        return Some(ColumnSuspicion { kind, strength: Strength::Strong, because: Because::Header, cells });
    }
    values::suspect(&filled, &meaning, allowed)
}

#[cfg(test)]
mod tests;
