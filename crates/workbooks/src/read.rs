//! A table from bytes: what CSV and XLSX have in common.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::kind::FileKind;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::table::{CellRef, Row, SheetRows, Table, TextEncoding};
use crate::{read_csv, read_xlsx};

/// How many rows are looked at for a header.
const HEADER_SEARCH: usize = 20;

/// Reads the table of a CSV file, or of the first visible sheet that has one.
///
/// # Errors
/// The [`Refusal`]: damaged, over a limit, no header, or a kind that holds no table.
pub fn read_table(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Table, Refusal> {
    read(bytes, kind, None, limits)
}

/// Reads the table of a named sheet (case and surrounding blanks do not matter). A CSV file has no sheets;
/// its name is not looked at.
///
/// # Errors
/// As [`read_table`], and [`Refusal::NoSuchSheet`].
pub fn read_sheet(bytes: &[u8], kind: FileKind, sheet: &str, limits: &Limits) -> Result<Table, Refusal> {
    read(bytes, kind, Some(sheet), limits)
}

/// Reads every visible sheet of a workbook with all its rows, without looking for a header; sheets without any
/// text are there too. A CSV file is one sheet with a blank name. [`Limits::rows`] and the others hold for each
/// sheet, [`Limits::table_bytes`] for all together.
///
/// # Errors
/// The [`Refusal`]: damaged, over a limit, or a kind that holds no table.
pub fn read_sheets(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Vec<SheetRows>, Refusal> {
    within_size(bytes, limits)?;
    match kind {
        FileKind::Csv => {
            Ok(vec![SheetRows { name: String::new(), rows: read_csv::gather(bytes, limits)?.0.into_rows() }])
        }
        // As below: what the parser panics at is unreadable.
        FileKind::Xlsx => catch_unwind(AssertUnwindSafe(|| read_xlsx::read_sheets(bytes, limits)))
            .unwrap_or(Err(Refusal::Unreadable)),
        other => Err(Refusal::NotATable(other)),
    }
}

pub(crate) fn within_size(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() as u64 > limits.bytes {
        return Err(Refusal::TooLarge { limit: limits.bytes });
    }
    Ok(())
}

fn read(bytes: &[u8], kind: FileKind, sheet: Option<&str>, limits: &Limits) -> Result<Table, Refusal> {
    within_size(bytes, limits)?;
    match kind {
        FileKind::Csv => read_csv::read(bytes, limits),
        // The parser reads what strangers made; should it panic, that file is unreadable and no more.
        FileKind::Xlsx => catch_unwind(AssertUnwindSafe(|| read_xlsx::read(bytes, sheet, limits)))
            .unwrap_or(Err(Refusal::Unreadable)),
        other => Err(Refusal::NotATable(other)),
    }
}

/// Collects rows within the limits and finds the header among them.
pub(crate) struct Gathering<'a> {
    limits: &'a Limits,
    rows: Vec<Row>,
    bytes: usize,
}

impl<'a> Gathering<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self { limits, rows: Vec::new(), bytes: 0 }
    }

    /// Adds the text of a cell. Cells come row by row; blank ones are passed over.
    pub(crate) fn add(&mut self, place: CellRef, text: &str) -> Result<(), Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let limits = self.limits;
        let column = usize::try_from(place.column).unwrap_or(usize::MAX);
        if column >= limits.columns {
            return Err(Refusal::TooManyColumns { limit: limits.columns });
        }
        // Bytes first: counting characters of every cell would be slow and most are short.
        if text.len() > limits.cell_characters && text.chars().count() > limits.cell_characters {
            return Err(Refusal::CellTooLong { cell: place, limit: limits.cell_characters });
        }
        if self.rows.last().is_none_or(|row| row.number != place.row) {
            // One more than the limit, for the header.
            if self.rows.len() > limits.rows {
                return Err(Refusal::TooManyRows { limit: limits.rows });
            }
            self.rows.push(Row { number: place.row, cells: Vec::new() });
        }
        // Blank cells before this one take room too: a text in each row's last column must count as wide.
        let row = self.rows.last_mut().ok_or(Refusal::Unreadable)?;
        let wider = (column + 1).saturating_sub(row.cells.len());
        self.bytes += text.len() + wider * size_of::<String>();
        if self.bytes > limits.table_bytes {
            return Err(Refusal::TooMuchText { limit: limits.table_bytes });
        }
        if wider > 0 {
            row.cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut row.cells[column]);
        Ok(())
    }

    /// Counts what another sheet of the same workbook has taken already.
    pub(crate) fn after(mut self, bytes: usize) -> Self {
        self.bytes += bytes;
        self
    }

    /// Bytes taken so far, with those of [`Gathering::after`].
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// All rows as they came.
    pub(crate) fn into_rows(self) -> Vec<Row> {
        self.rows
    }

    /// Whether nothing but blanks was added.
    pub(crate) fn is_blank(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table: see [`with_header`].
    pub(crate) fn finish(
        self,
        sheet: Option<String>,
        encoding: Option<TextEncoding>,
    ) -> Result<Table, Refusal> {
        with_header(self.rows, sheet, encoding)
    }
}

/// A table of rows: the first row is the header, unless it is a single text (a title) with a wider row soon below it.
pub(crate) fn with_header(
    mut all: Vec<Row>,
    sheet: Option<String>,
    encoding: Option<TextEncoding>,
) -> Result<Table, Refusal> {
    if all.is_empty() {
        return Err(Refusal::NoHeader);
    }
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let at = all.iter().take(HEADER_SEARCH).position(|row| filled(row) > 1).unwrap_or(0);
    let mut rows = all.split_off(at);
    let header = rows.remove(0);
    for row in &mut rows {
        if row.cells.len() < header.cells.len() {
            row.cells.resize(header.cells.len(), String::new());
        }
    }
    Ok(Table { header: header.cells, header_row: header.number, rows, sheet, encoding })
}
