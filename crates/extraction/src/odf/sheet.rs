//! Spreadsheets of OpenDocument, row by row.

use crate::failure::Failure;
use crate::package::Package;
use crate::xml::{ControlFlow, Element, Step};

use super::{CONTENT, blanks};

/// Most columns that are looked at: as many as the programs have.
const MOST_COLUMNS: usize = 16_384;
/// Most bytes of a cell.
const MOST_CELL_BYTES: usize = 128 * 1024;

/// What comes next in a workbook.
pub(crate) enum Next<'a> {
    /// A sheet begins.
    Sheet(&'a str),
    /// A row that is not blank, with its number from 1; the cells up to the last that is not blank.
    Row(u32, &'a [String]),
}

/// Visits sheets and their rows, also the hidden ones, until the visitor breaks off. Cells are as they are shown. A row
/// that stands for many comes as often; of its cells so many bytes are taken at most.
pub(crate) fn rows(
    package: &mut Package<'_>,
    row_bytes: usize,
    mut visit: impl FnMut(Next<'_>) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let mut reading = Reading { row_bytes, ..Reading::default() };
    if package.walk(CONTENT, |step| reading.take(&step, &mut visit))? {
        Ok(())
    } else {
        Err(Failure::DAMAGED)
    }
}

/// Where in a workbook we are.
#[derive(Default)]
struct Reading {
    row_bytes: usize,
    tables: usize,
    /// The number of the last row.
    number: u32,
    row_repeats: u32,
    cells: Vec<String>,
    bytes: usize,
    /// Blank cells before the next one.
    pending: usize,
    cell: Option<String>,
    cell_repeats: usize,
    paragraphs: usize,
    annotations: usize,
}

impl Reading {
    fn take(
        &mut self,
        step: &Step<'_>,
        visit: &mut impl FnMut(Next<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match step {
            Step::Open("annotation", _) => self.annotations += 1,
            Step::Close("annotation") => self.annotations = self.annotations.saturating_sub(1),
            _ if self.annotations > 0 => {}
            Step::Open("table", element) => {
                self.tables += 1;
                if self.tables == 1 {
                    self.number = 0;
                    return visit(Next::Sheet(&element.attribute("name").unwrap_or_default()));
                }
            }
            Step::Close("table") => self.tables = self.tables.saturating_sub(1),
            // Tables in cells are not looked at.
            _ if self.tables != 1 => {}
            Step::Open("table-row", element) => {
                self.row_repeats = repeats(element, "number-rows-repeated").try_into().unwrap_or(u32::MAX);
                self.cells.clear();
                (self.bytes, self.pending) = (0, 0);
            }
            Step::Close("table-row") => return self.row(visit),
            Step::Open("table-cell" | "covered-table-cell", element) => {
                self.cell = Some(String::new());
                self.cell_repeats = repeats(element, "number-columns-repeated");
            }
            Step::Close("table-cell" | "covered-table-cell") => self.end_cell(),
            Step::Open("p", _) => {
                self.paragraphs += 1;
                if self.cell.as_ref().is_some_and(|cell| !cell.is_empty()) {
                    self.add("\n");
                }
            }
            Step::Close("p") => self.paragraphs = self.paragraphs.saturating_sub(1),
            Step::Open("s", element) => self.add(&blanks(element)),
            Step::Open("tab", _) => self.add("\t"),
            Step::Open("line-break", _) => self.add("\n"),
            Step::Text(text) if self.paragraphs > 0 => self.add(text),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn add(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            let room = MOST_CELL_BYTES.saturating_sub(cell.len());
            cell.push_str(&text[..text.floor_char_boundary(room)]);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let cell = cell.trim();
        if cell.is_empty() {
            self.pending = self.pending.saturating_add(self.cell_repeats).min(MOST_COLUMNS);
            return;
        }
        for _ in 0..std::mem::take(&mut self.pending) {
            self.push("");
        }
        for _ in 0..self.cell_repeats.min(MOST_COLUMNS) {
            self.push(cell);
        }
    }

    fn push(&mut self, cell: &str) {
        self.bytes += cell.len() + 1;
        if self.cells.len() < MOST_COLUMNS && self.bytes <= self.row_bytes {
            self.cells.push(cell.to_owned());
        }
    }

    fn row(&mut self, visit: &mut impl FnMut(Next<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        let repeats = std::mem::take(&mut self.row_repeats);
        if self.cells.is_empty() {
            self.number = self.number.saturating_add(repeats);
            return ControlFlow::Continue(());
        }
        for _ in 0..repeats {
            self.number = self.number.saturating_add(1);
            visit(Next::Row(self.number, &self.cells))?;
        }
        ControlFlow::Continue(())
    }
}

fn repeats(element: &Element<'_>, attribute: &str) -> usize {
    element.number(attribute).unwrap_or(1).max(1)
}
