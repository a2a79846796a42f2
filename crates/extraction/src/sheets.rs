//! Workbooks and tables: as text for reading, and their first rows to look at.

use keyline_workbooks::{self as workbooks, FileKind, WholeSheet};

use crate::extracted::Place;
use crate::failure::Failure;
use crate::flow::{Flow, Gap, Parts};
use crate::limits::Limits;
use crate::odf::{self, Next};
use crate::package::Package;
use crate::plain;
use crate::preview::{Shown, TableRow};
use crate::source::Source;
use crate::xml::ControlFlow;

/// How much of a file with separated cells is looked at for a preview, in bytes of its text.
const PREVIEW_BYTES: usize = 1024 * 1024;

/// Most characters of the name of a sheet; Excel itself takes 31.
const NAME_CHARACTERS: usize = 200;

/// The name of a sheet on one line, however long the file makes it.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME_CHARACTERS).collect()
}

/// The limits of Excel itself, and ours for the file.
fn within(limits: &Limits) -> workbooks::Limits {
    workbooks::Limits {
        bytes: limits.bytes,
        entries: limits.entries,
        unpacked: limits.unpacked,
        ratio: limits.ratio,
        rows: 1_048_576,
        columns: 16_384,
        cell_characters: 32_767,
        // Cells are texts of their own in memory; what they say is said once more for the answer.
        table_bytes: usize::try_from(limits.memory / 4).unwrap_or(usize::MAX),
    }
}

fn of_excel(source: &Source, limits: &Limits) -> Result<Vec<WholeSheet>, Failure> {
    Ok(workbooks::read_whole(&source.whole()?, FileKind::Xlsx, &within(limits))?.sheets)
}

/// Reads the sheets of an Excel workbook, hidden ones too, as of OpenDocument: a text that was hidden was sent all the
/// same.
pub(crate) fn read_xlsx(source: &Source, limits: &Limits, parts: &mut Parts) -> Result<(), Failure> {
    for sheet in of_excel(source, limits)? {
        let mut flow = parts.flow();
        for row in sheet.rows {
            if flow.is_full() {
                break;
            }
            add_row(&row.cells, &mut flow);
        }
        parts.keep(Place::Sheet(short(&sheet.name)), flow);
    }
    Ok(())
}

/// Reads the sheets of an OpenDocument spreadsheet.
pub(crate) fn read_ods(source: &Source, limits: &Limits, parts: &mut Parts) -> Result<(), Failure> {
    let mut package = Package::open(source, limits)?;
    let mut current: Option<(String, Flow)> = None;
    odf::rows(&mut package, limits.text, |next| {
        match next {
            Next::Sheet(name) => {
                if let Some((name, flow)) = current.take() {
                    parts.keep(Place::Sheet(name), flow);
                }
                current = Some((short(name), parts.flow()));
            }
            Next::Row(_, cells) => {
                if let Some((_, flow)) = &mut current {
                    add_row(cells, flow);
                }
            }
        }
        let full = parts.is_cut() || current.as_ref().is_some_and(|(_, flow)| flow.is_full());
        if full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if let Some((name, flow)) = current {
        parts.keep(Place::Sheet(name), flow);
    }
    Ok(())
}

/// A row on one line: a line break within a cell is a blank.
fn add_row(cells: &[String], flow: &mut Flow) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            flow.add("\t");
        }
        if cell.contains(['\n', '\t']) {
            flow.add(&cell.replace(['\n', '\t'], " "));
        } else {
            flow.add(cell);
        }
    }
    flow.gap(Gap::Line);
}

/// The first rows of the first shown sheet of an Excel workbook that has any.
pub(crate) fn show_xlsx(source: &Source, limits: &Limits) -> Result<Shown, Failure> {
    let mut table = Table::new(limits);
    if let Some(sheet) =
        of_excel(source, limits)?.into_iter().find(|sheet| !sheet.hidden && !sheet.rows.is_empty())
    {
        table.sheet = Some(short(&sheet.name));
        for row in &sheet.rows {
            if table.add(row.number, &row.cells).is_break() {
                break;
            }
        }
    }
    Ok(table.show())
}

/// The same for OpenDocument.
pub(crate) fn show_ods(source: &Source, limits: &Limits) -> Result<Shown, Failure> {
    let mut package = Package::open(source, limits)?;
    let mut table = Table::new(limits);
    odf::rows(&mut package, limits.text, |next| match next {
        Next::Sheet(_) if !table.rows.is_empty() => ControlFlow::Break(()),
        Next::Sheet(name) => {
            table.sheet = Some(short(name));
            ControlFlow::Continue(())
        }
        Next::Row(number, cells) => table.add(number, cells),
    })?;
    Ok(table.show())
}

/// The same for separated text.
pub(crate) fn show_csv(source: &Source, limits: &Limits) -> Result<Shown, Failure> {
    let bytes = source.head(4 * PREVIEW_BYTES as u64)?;
    let more = (bytes.len() as u64) < source.bytes();
    let text = if more { plain::decode_head(&bytes) } else { plain::decode(&bytes) };
    let mut head = text.as_ref();
    if head.len() > PREVIEW_BYTES || more {
        head = &head[..head.floor_char_boundary(PREVIEW_BYTES)];
        // The last line may be half a row.
        head = head.rsplit_once('\n').map_or(head, |(whole, _)| whole);
    }
    let cut = more || head.len() + 1 < text.len();
    let sheets = workbooks::read_sheets(head.as_bytes(), FileKind::Csv, &within(limits))?;
    let mut table = Table::new(limits);
    for row in sheets.iter().flat_map(|sheet| &sheet.rows) {
        if table.add(row.number, &row.cells).is_break() {
            break;
        }
    }
    table.more |= cut;
    Ok(table.show())
}

/// Rows to look at, within the limits.
struct Table<'l> {
    limits: &'l Limits,
    sheet: Option<String>,
    rows: Vec<TableRow>,
    more: bool,
}

impl<'l> Table<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self { limits, sheet: None, rows: Vec::new(), more: false }
    }

    /// Adds a row; breaks off at the first that has no room.
    fn add(&mut self, number: u32, cells: &[String]) -> ControlFlow<()> {
        let limits = self.limits;
        if self.rows.len() >= limits.preview_rows {
            self.more = true;
            return ControlFlow::Break(());
        }
        self.more |= cells.len() > limits.preview_columns;
        let shown = cells.iter().take(limits.preview_columns);
        let cells = shown.map(|cell| cell.chars().take(limits.preview_characters).collect()).collect();
        self.rows.push(TableRow { number, cells });
        ControlFlow::Continue(())
    }

    fn show(self) -> Shown {
        Shown::Table { sheet: self.sheet, rows: self.rows, more: self.more }
    }
}
