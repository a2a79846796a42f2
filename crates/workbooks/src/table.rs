//! Rows with the numbers they have in the spreadsheet, and cells called as there.

use std::fmt;
use std::str::FromStr;

/// A table as it was read. Cells are trimmed texts; blank rows are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns; a column without a name is blank here.
    pub header: Vec<String>,
    /// Row number of the header in the file, the first is 1. What stands above it (a title) is not kept.
    pub header_row: u32,
    /// The rows below the header, in order.
    pub rows: Vec<Row>,
    /// Name of the sheet; none for CSV.
    pub sheet: Option<String>,
    /// How the text was encoded; none for XLSX.
    pub encoding: Option<TextEncoding>,
}

/// A whole sheet, without a notion of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRows {
    /// Its name; blank for CSV.
    pub name: String,
    /// Its rows in order; blank rows are left out, which shows in [`Row::number`].
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Row number in the file, the first is 1, as a spreadsheet program shows it.
    pub number: u32,
    /// The cells from column A on; at least as many as the header has, more when there are texts beside it.
    pub cells: Vec<String>,
}

/// How the text of a CSV file was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian, with a byte order mark (Excel's "Unicode text").
    Utf16Le,
    /// UTF-16, big endian, with a byte order mark.
    Utf16Be,
    /// What Excel writes on Windows in western Europe: assumed for all that is not valid UTF-8.
    Windows1252,
}

impl Table {
    /// Index of the column of that name; case and surrounding blanks do not matter.
    pub fn column(&self, name: &str) -> Option<usize> {
        let name = name.trim().to_lowercase();
        self.header.iter().position(|column| column.to_lowercase() == name)
    }
}

impl Row {
    /// The text in a column; blank when the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The place of one of its cells.
    pub fn place(&self, column: usize) -> CellRef {
        CellRef { row: self.number, column: u32::try_from(column).unwrap_or(u32::MAX) }
    }
}

/// The place of a cell, shown as in a spreadsheet program: `C7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRef {
    /// Row number, the first is 1.
    pub row: u32,
    /// Column index, A is 0.
    pub column: u32,
}

impl fmt::Display for CellRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
            rest /= 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(formatter, "{letters}{}", self.row)
    }
}

/// The text is no place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the place of a cell, which is letters and a row number")]
pub struct NotACell;

impl FromStr for CellRef {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        let digits = text.find(|letter: char| !letter.is_ascii_uppercase()).ok_or(NotACell)?;
        let (letters, number) = text.split_at(digits);
        if letters.is_empty() || !number.starts_with(|first: char| ('1'..='9').contains(&first)) {
            return Err(NotACell);
        }
        let mut column: u32 = 0;
        for letter in letters.bytes() {
            column = column
                .checked_mul(26)
                .and_then(|column| column.checked_add(u32::from(letter - b'A') + 1))
                .ok_or(NotACell)?;
        }
        Ok(Self { row: number.parse().map_err(|_| NotACell)?, column: column - 1 })
    }
}
