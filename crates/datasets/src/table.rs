//! The table itself: cells, rows that can be walked more than once, and the table with its description.

use std::error::Error;

use jiff::civil::Date;

use crate::description::about::About;
use crate::description::missing::Missing;
use crate::description::variable::Variable;
use crate::fault::WriteFault;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// The category of that index in its column.
    Category(u32),
    /// Whether the choice was picked.
    Chosen(bool),
    /// A whole number.
    Whole(i64),
    /// A decimal number.
    Decimal(f64),
    /// A text; an empty one is an answer too.
    Text(String),
    /// A day.
    Date(Date),
    /// No value, and why.
    Missing(Missing),
}

/// What is done with each row.
pub type Visit<'v> = &'v mut dyn FnMut(&[Cell]) -> Result<(), WriteFault>;

/// Rows that can be walked from the first to the last, as often as a format needs to: SPSS, for one, must know the
/// longest text of a column before it writes the first row. Each walk gives the same rows.
pub trait Rows {
    /// Walks all rows, and stops at the first fault.
    ///
    /// # Errors
    /// What `visit` returned, or [`WriteFault::Rows`] when the rows cannot be read to their end.
    fn walk(&self, visit: Visit<'_>) -> Result<(), WriteFault>;
}

impl Rows for Vec<Vec<Cell>> {
    fn walk(&self, visit: Visit<'_>) -> Result<(), WriteFault> {
        self.iter().try_for_each(|row| visit(row))
    }
}

/// Rows from an iterator that is begun anew for each walk, so that they need not be in memory together.
pub struct Streamed<F>(pub F);

impl<F, I, E> Rows for Streamed<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item = Result<Vec<Cell>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    fn walk(&self, visit: Visit<'_>) -> Result<(), WriteFault> {
        for row in (self.0)() {
            visit(&row.map_err(|error| WriteFault::Rows(error.into()))?)?;
        }
        Ok(())
    }
}

/// A table with its description.
pub struct Dataset<'r> {
    /// What it is about.
    pub about: About,
    /// Its columns, at least one.
    pub variables: Vec<Variable>,
    /// Its rows; each has one cell for each column.
    pub rows: Box<dyn Rows + 'r>,
}

impl<'r> Dataset<'r> {
    /// A table.
    pub fn new(about: About, variables: Vec<Variable>, rows: impl Rows + 'r) -> Self {
        Self { about, variables, rows: Box::new(rows) }
    }

    /// Walks the rows with their numbers, the first is 1, and refuses a row of the wrong length.
    ///
    /// # Errors
    /// As [`Rows::walk`], and [`WriteFault::RowLength`].
    pub(crate) fn walk(
        &self,
        mut visit: impl FnMut(u64, &[Cell]) -> Result<(), WriteFault>,
    ) -> Result<(), WriteFault> {
        let expected = self.variables.len();
        let mut number = 0;
        self.rows.walk(&mut |row| {
            number += 1;
            if row.len() != expected {
                return Err(WriteFault::RowLength { row: number, found: row.len(), expected });
            }
            visit(number, row)
        })
    }
}
