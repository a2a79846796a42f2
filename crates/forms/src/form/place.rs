//! Where something stands in the workbook, and what is wrong there.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The row of a workbook that something was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Name of the sheet as XLSForm calls it, for example `survey`.
    pub sheet: String,
    /// Row in the sheet; the header is row 1. Nothing has row 0 but what was not read from a workbook.
    pub row: u32,
}

impl Place {
    /// A row of a sheet.
    pub fn new(sheet: &str, row: u32) -> Self {
        Self { sheet: sheet.to_owned(), row }
    }

    /// A fault in a column of this row.
    pub fn fault(&self, column: &str, reason: impl Into<String>) -> Fault {
        Fault { sheet: self.sheet.clone(), row: self.row, column: column.to_owned(), reason: reason.into() }
    }
}

/// What is wrong (or doubtful) in a workbook, at its place. Shown as `sheet:row:column: reason`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// Name of the sheet.
    pub sheet: String,
    /// Row in the sheet; the header is row 1.
    pub row: u32,
    /// Header of the column; blank when the whole row or sheet is meant.
    pub column: String,
    /// A sentence for whoever writes the form.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}: {}", self.sheet, self.row, self.column, self.reason)
    }
}

impl std::error::Error for Fault {}
