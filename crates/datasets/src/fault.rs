//! Why a table could not be written.

use std::error::Error;
use std::io;

use crate::description::faults::DescriptionFault;
use crate::description::variable::Variable;

/// Why a table could not be written. What was written until then is of no use.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The columns cannot be described; nothing was written.
    #[error("the columns cannot be written: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Description(Vec<DescriptionFault>),
    /// A row with too many or too few cells.
    #[error("row {row} has {found} cells, not {expected}")]
    RowLength {
        /// Number of the row, the first is 1.
        row: u64,
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        expected: usize,
    },
    /// A cell that its column cannot hold.
    #[error("row {row}, {variable:?}: {reason}")]
    Cell {
        /// Number of the row, the first is 1.
        row: u64,
        /// Name of the column.
        variable: String,
        /// What is wrong.
        reason: CellFault,
    },
    /// More rows or columns than the format holds.
    #[error("{format} holds at most {limit} {what}")]
    TooMany {
        /// Name of the format.
        format: &'static str,
        /// Rows or columns.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The numbers of a column leave no room below them for the codes of missing values.
    #[error("the numbers of {variable:?} leave no room for the codes of missing values")]
    NoRoomForMissing {
        /// Name of the column.
        variable: String,
    },
    /// The rows could not be read to their end.
    #[error("the rows could not be read")]
    Rows(#[source] Box<dyn Error + Send + Sync>),
    /// A second walk gave other rows than the first.
    #[error("the rows changed while they were written")]
    RowsChanged,
    /// The workbook could not be made.
    #[error(transparent)]
    Workbook(#[from] keyline_workbooks::WriteFault),
    /// The file could not be written.
    #[error("the file could not be written")]
    Io(#[from] io::Error),
}

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// A number in a column of texts, and the like.
    #[error("a cell of another kind than its column")]
    WrongKind,
    /// An index beyond the categories.
    #[error("a category that the column does not have")]
    NoSuchCategory,
    /// A reason that the column does not declare.
    #[error("a reason for a missing value that the column does not declare")]
    UndeclaredReason,
    /// A whole number of more than 15 digits, an infinity, or what is not a number.
    #[error("a number that not every format holds")]
    NumberOutOfRange,
}

impl CellFault {
    pub(crate) fn at(self, row: u64, variable: &Variable) -> WriteFault {
        WriteFault::Cell { row, variable: variable.name.clone(), reason: self }
    }
}

impl From<csv::Error> for WriteFault {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for WriteFault {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

impl From<zip::result::ZipError> for WriteFault {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Io(error.into())
    }
}
