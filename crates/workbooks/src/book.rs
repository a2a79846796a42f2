//! Workbooks with typed cells, written row by row: for tables that people count with.
//!
//! A text never runs: its cell is of the type text, with the "quote prefix" where a spreadsheet program could take it
//! for a formula. Equal content gives equal bytes. The whole book is in memory until it is finished: rows about people
//! are never put into a temporary file.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use crate::guard::is_formula_like;
use crate::write::WriteFault;

/// The most rows of a sheet, with its header.
pub const MOST_ROWS: u32 = 1_048_576;

/// The most columns of a sheet.
pub const MOST_COLUMNS: u16 = 16_384;

/// The longest text of a cell, in units of UTF-16.
pub const LONGEST_TEXT: usize = 32_767;

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'t> {
    /// A text; an empty one leaves the cell blank.
    Text(&'t str),
    /// A number.
    Number(f64),
    /// A day. Spreadsheets have none before 1900; such a day is written as a text.
    Day {
        /// Year.
        year: i16,
        /// Month, January is 1.
        month: i8,
        /// Day of the month.
        day: i8,
    },
    /// A sign that stands for a value which is not there: a text, grey and slanted.
    Sign(&'t str),
}

/// A column: its name and how wide it is, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name, written bold and kept in view.
    pub name: String,
    /// Width in characters; 10 to 100 is held.
    pub width: usize,
}

/// A workbook that is being written.
pub struct Book {
    workbook: Workbook,
    plain: Format,
    quoted: Format,
    day: Format,
    sign: Format,
    bold: Format,
}

/// A sheet that is being written; [`Book::add`] puts it into its book.
pub struct OpenSheet<'b> {
    book: &'b mut Book,
    sheet: Worksheet,
    row: u32,
}

impl Book {
    /// An empty book.
    ///
    /// # Errors
    /// As [`OpenSheet::row`].
    pub fn new() -> Result<Self, WriteFault> {
        let mut workbook = Workbook::new();
        // The crate would write the present time.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self {
            workbook,
            quoted: plain.clone().set_quote_prefix(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            sign: Format::new().set_italic().set_font_color(0x0059_5959),
            bold: plain.clone().set_bold(),
            plain,
        })
    }

    /// Begins a sheet. `name` has at most 31 characters, none of `[ ] : * ? / \`.
    ///
    /// # Errors
    /// [`WriteFault`] for a name that a sheet cannot have, or too many columns.
    pub fn sheet(&mut self, name: &str, columns: &[Column]) -> Result<OpenSheet<'_>, WriteFault> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (index, column) in (0..).zip(columns) {
            let width = u32::try_from(column.width.clamp(10, 100)).unwrap_or(100);
            sheet.set_column_width(index, width)?;
            sheet.write_string_with_format(0, index, &column.name, &self.bold)?;
        }
        Ok(OpenSheet { book: self, sheet, row: 1 })
    }

    /// The finished book as the bytes of an XLSX file.
    ///
    /// # Errors
    /// [`WriteFault`] when there is no sheet, or two of one name.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteFault> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

impl OpenSheet<'_> {
    /// Adds a row.
    ///
    /// # Errors
    /// [`WriteFault`] beyond [`MOST_ROWS`], [`MOST_COLUMNS`] or [`LONGEST_TEXT`].
    pub fn row<'t>(&mut self, entries: impl IntoIterator<Item = Entry<'t>>) -> Result<(), WriteFault> {
        let (row, sheet) = (self.row, &mut self.sheet);
        for (column, entry) in (0..).zip(entries) {
            match entry {
                Entry::Text("") => {}
                Entry::Text(text) if is_formula_like(text) => {
                    sheet.write_string_with_format(row, column, text, &self.book.quoted)?;
                }
                Entry::Text(text) => {
                    sheet.write_string_with_format(row, column, text, &self.book.plain)?;
                }
                Entry::Number(number) => {
                    sheet.write_number(row, column, number)?;
                }
                Entry::Day { year, month, day } => match excel_day(year, month, day) {
                    Some(moment) => {
                        sheet.write_datetime_with_format(row, column, moment, &self.book.day)?;
                    }
                    None => {
                        sheet.write_string(row, column, format!("{year:04}-{month:02}-{day:02}"))?;
                    }
                },
                Entry::Sign(sign) => {
                    sheet.write_string_with_format(row, column, sign, &self.book.sign)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Puts the sheet into its book, behind the others.
    pub fn add(self) {
        self.book.workbook.push_worksheet(self.sheet);
    }
}

fn excel_day(year: i16, month: i8, day: i8) -> Option<ExcelDateTime> {
    let year = u16::try_from(year).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}
