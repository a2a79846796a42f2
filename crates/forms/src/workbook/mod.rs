//! Workbooks: sheets of cells that know their places, from `.xlsx`, `.csv` or Markdown tables, and written again.
//!
//! | file | subject |
//! | --- | --- |
//! | [`self`] | [`Workbook`], [`Sheet`], [`Row`], and reading by the kind of file |
//! | `markdown` | the Markdown tables in which pyxform's tests are written |
//! | `sheets` | `.xlsx`, and `.csv` with the name of the sheet in the first column |
//! | [`write`](mod@write) | `.xlsx` and `.csv` |
//! | [`translation`] | a file with the texts of one more language, joined by name |
//!
//! Nothing here knows what the columns mean; that is `reading`.

mod markdown;
mod sheets;
pub mod translation;
pub mod write;

use crate::form::Fault;

pub use translation::join_translation;

/// How a workbook is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// An Excel workbook.
    Xlsx,
    /// Comma separated; the first column names the sheet that the rows below belong to.
    Csv,
    /// Tables in Markdown; the first column names the sheet.
    Markdown,
}

impl FileType {
    /// By the ending of the file's name, `.xlsx`, `.csv` or `.md`.
    pub fn of(file_name: &str) -> Option<Self> {
        match file_name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            "md" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// The sheets of a workbook in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workbook {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// One sheet. Cells are trimmed texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name as written.
    pub name: String,
    /// The first row: names of columns, blank where a column has none.
    pub header: Vec<String>,
    /// The rows below that have any text.
    pub rows: Vec<Row>,
}

/// One row of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Row in the sheet; the header is row 1. In `.xlsx` as the spreadsheet program shows it; in `.csv` and Markdown
    /// counted from the header of the sheet, as it would be in a spreadsheet.
    pub number: u32,
    /// The cells from the first column on; may be shorter than the header.
    pub cells: Vec<String>,
}

impl Row {
    /// The text in a column; blank when the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Workbook {
    /// Reads a workbook.
    ///
    /// # Errors
    /// A [`Fault`] without a place when the file is damaged, over a limit, or holds no table.
    pub fn read(bytes: &[u8], file_type: FileType) -> Result<Self, Fault> {
        match file_type {
            FileType::Xlsx => sheets::from_xlsx(bytes),
            FileType::Csv => sheets::from_csv(bytes),
            FileType::Markdown => match std::str::from_utf8(bytes) {
                Ok(text) => Self::from_markdown(text),
                Err(_) => Err(unreadable("the file is not text in UTF-8")),
            },
        }
    }

    /// Reads Markdown tables, of which the first column names the sheet.
    ///
    /// # Errors
    /// A [`Fault`] when there is no table.
    pub fn from_markdown(text: &str) -> Result<Self, Fault> {
        markdown::read(text)
    }

    /// The sheet of that name; case does not matter. The last, when several differ in case only.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().rev().find(|sheet| sheet.name.to_lowercase() == name)
    }
}

/// A fault of the whole file.
fn unreadable(reason: impl Into<String>) -> Fault {
    Fault { sheet: String::new(), row: 0, column: String::new(), reason: reason.into() }
}
