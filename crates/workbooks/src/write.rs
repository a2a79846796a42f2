//! CSV and XLSX files to hand out.
//!
//! Every cell is written as text. In CSV, texts that look like formulas get an apostrophe (see
//! [`guard`](crate::guard)); in XLSX a cell of the type text never runs, and the "quote prefix" of its format
//! keeps it so when somebody edits it. Equal content gives equal bytes.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Note,
    Workbook, Worksheet,
};

use crate::guard::{guarded, is_formula_like};

/// Name of the hidden sheet that holds the texts of drop-down lists.
const LISTS: &str = "Keyline lists";

/// How many rows decide on the width of a column.
const WIDTH_ROWS: usize = 200;

/// Narrowest and widest column, in characters.
const WIDTHS: (usize, usize) = (10, 60);

/// The last row of a sheet, counted from 0.
const LAST_ROW: u32 = 1_048_575;

/// A sheet to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on its tab: at most 31 characters, none of `[ ] : * ? / \`.
    pub name: String,
    /// Names of the columns, written bold and kept in view.
    pub header: Vec<String>,
    /// The rows below.
    pub rows: Vec<Vec<String>>,
    /// Columns in which one picks from a list.
    pub drop_downs: Vec<DropDown>,
    /// Columns that explain themselves, and check what is typed.
    pub helps: Vec<Help>,
}

/// A column that explains itself while it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// Index of the column, A is 0.
    pub column: u16,
    /// Shown at the heading, as a note.
    pub note: String,
    /// Shown beside a cell while it is filled in, and when its check fails: at most 255 characters are kept.
    pub message: String,
    /// What the spreadsheet program checks, besides a drop-down.
    pub rule: Option<Rule>,
}

/// What a spreadsheet program checks while a cell is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A whole number.
    WholeNumber {
        /// Least.
        least: i32,
        /// Greatest.
        most: i32,
    },
    /// A text of so many characters at most. The cells are of the type text, so that `5-11` stays what it is.
    Text {
        /// Most characters.
        longest: u32,
    },
}

/// A column in which one picks from a list; other entries are refused by the spreadsheet program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropDown {
    /// Index of the column, A is 0.
    pub column: u16,
    /// The texts to pick from, at least one.
    pub values: Vec<String>,
}

/// A workbook cannot be written as asked.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// More rows, columns or characters than a workbook holds, or a name that a sheet cannot have.
    #[error("a workbook cannot hold this: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A drop-down without anything to pick.
    #[error("the drop-down in column {column} of {sheet:?} has no values")]
    NothingToPick {
        /// Name of the sheet.
        sheet: String,
        /// Index of the column.
        column: u16,
    },
}

/// Writes a workbook.
///
/// # Errors
/// [`WriteFault`] when the content does not fit into a workbook.
pub fn write_xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, WriteFault> {
    let mut workbook = Workbook::new();
    // The crate would write the present time.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut lists = Worksheet::new();
    let mut list_column = 0;
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        write_sheet(worksheet, sheet)?;
        for help in &sheet.helps {
            worksheet.insert_note(0, help.column, &Note::new(&help.note).set_author("Keyline"))?;
            let has_list = sheet.drop_downs.iter().any(|d| d.column == help.column);
            if let Some(rule) = help.rule.filter(|_| !has_list) {
                let validation = explained(validation_of(rule), &help.message)?;
                worksheet.add_data_validation(1, help.column, LAST_ROW, help.column, &validation)?;
            }
        }
        for drop_down in &sheet.drop_downs {
            let Some(last) = drop_down.values.len().checked_sub(1) else {
                return Err(WriteFault::NothingToPick {
                    sheet: sheet.name.clone(),
                    column: drop_down.column,
                });
            };
            let last = u32::try_from(last).unwrap_or(u32::MAX);
            for (row, value) in (0..).zip(&drop_down.values) {
                write_text(&mut lists, row, list_column, value, &Format::new())?;
            }
            let range = rust_xlsxwriter::utility::cell_range_absolute(0, list_column, last, list_column);
            let source = Formula::new(format!("='{LISTS}'!{range}"));
            let mut validation = DataValidation::new().allow_list_formula(source);
            if let Some(help) = sheet.helps.iter().find(|help| help.column == drop_down.column) {
                validation = explained(validation, &help.message)?;
            }
            worksheet.add_data_validation(1, drop_down.column, LAST_ROW, drop_down.column, &validation)?;
            list_column += 1;
        }
    }
    if list_column > 0 {
        lists.set_name(LISTS)?.set_hidden(true);
        workbook.push_worksheet(lists);
    }
    Ok(workbook.save_to_buffer()?)
}

fn validation_of(rule: Rule) -> DataValidation {
    match rule {
        Rule::WholeNumber { least, most } => {
            DataValidation::new().allow_whole_number(DataValidationRule::Between(least, most))
        }
        Rule::Text { longest } => {
            DataValidation::new().allow_text_length(DataValidationRule::LessThanOrEqualTo(longest))
        }
    }
}

fn explained(validation: DataValidation, message: &str) -> Result<DataValidation, WriteFault> {
    let message: String = message.chars().take(255).collect();
    Ok(validation.set_input_message(&message)?.set_error_message(&message)?)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteFault> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let plain = Format::new();
    worksheet.set_name(&sheet.name)?;
    for (column, name) in (0..).zip(&sheet.header) {
        write_text(worksheet, 0, column, name, &bold)?;
        let longest = sheet
            .rows
            .iter()
            .take(WIDTH_ROWS)
            .filter_map(|row| row.get(usize::from(column)))
            .map(|text| text.chars().count())
            .chain([name.chars().count()])
            .max()
            .unwrap_or(0);
        let width = u32::try_from(longest.clamp(WIDTHS.0, WIDTHS.1) + 2).unwrap_or(u32::MAX);
        worksheet.set_column_width(column, width)?;
    }
    let typed = Format::new().set_num_format("@");
    for help in &sheet.helps {
        let is_number = matches!(help.rule, Some(Rule::WholeNumber { .. }));
        if !is_number {
            worksheet.set_column_format(help.column, &typed)?;
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, text) in (0..).zip(cells) {
            write_text(worksheet, row, column, text, &plain)?;
        }
    }
    Ok(())
}

fn write_text(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), WriteFault> {
    if text.is_empty() {
        return Ok(());
    }
    if is_formula_like(text) {
        worksheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        worksheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Writes CSV after RFC 4180 (commas, CR LF) in UTF-8, each cell guarded. With `mark`, a byte order mark
/// tells Excel that it is UTF-8; leave it out for programs.
pub fn write_csv<'a>(rows: impl IntoIterator<Item = &'a [String]>, mark: bool) -> Vec<u8> {
    let start = if mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(start);
    for row in rows {
        #[expect(
            clippy::expect_used,
            reason = "memory does not fail, and rows of unequal length are allowed"
        )]
        writer.write_record(row.iter().map(|cell| guarded(cell))).expect("writing to memory");
    }
    #[expect(clippy::expect_used, reason = "memory does not fail")]
    writer.into_inner().expect("writing to memory")
}
