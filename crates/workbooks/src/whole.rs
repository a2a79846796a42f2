//! Everything that a file holds, also what a spreadsheet program does not show: hidden sheets, notes at cells, and which
//! cells are formulas or merged. For checks that must not be got round by hiding a sheet.

use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible};

use crate::kind::FileKind;
use crate::limits::Limits;
use crate::notes::{self, Note};
use crate::read::{Gathering, within_size};
use crate::refusal::Refusal;
use crate::table::{CellRef, Row, Table};
use crate::{read_csv, read_xlsx};

/// A sheet with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeSheet {
    /// Its name; blank for CSV.
    pub name: String,
    /// Whether a spreadsheet program shows it.
    pub hidden: bool,
    /// Its rows in order; blank rows are left out, which shows in [`Row::number`]. A formula stands here with the value
    /// that was last worked out.
    pub rows: Vec<Row>,
    /// The cells that hold formulas, in order.
    pub formulas: Vec<CellRef>,
    /// Cells that were merged: the first and the last of each.
    pub merged: Vec<(CellRef, CellRef)>,
}

/// A file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The sheets in their order, hidden ones too; of CSV there is one.
    pub sheets: Vec<WholeSheet>,
    /// The texts of notes and comments at cells, of all sheets.
    pub notes: Vec<Note>,
}

impl WholeSheet {
    /// The sheet as a table, its header found as [`crate::read_table`] finds it. `None` without any text.
    pub fn table(&self) -> Option<Table> {
        crate::read::with_header(self.rows.clone(), Some(self.name.clone()), None).ok()
    }
}

/// Reads everything. [`Limits::rows`] and the others hold for each sheet, [`Limits::table_bytes`] for all together.
///
/// # Errors
/// The [`Refusal`]: damaged, over a limit, or a kind that holds no table.
pub fn read_whole(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Whole, Refusal> {
    within_size(bytes, limits)?;
    match kind {
        FileKind::Csv => {
            let rows = read_csv::gather(bytes, limits)?.0.into_rows();
            let name = String::new();
            let sheet = WholeSheet { name, hidden: false, rows, formulas: Vec::new(), merged: Vec::new() };
            Ok(Whole { sheets: vec![sheet], notes: Vec::new() })
        }
        // The parser reads what strangers made; should it panic, that file is unreadable and no more.
        FileKind::Xlsx => {
            catch_unwind(AssertUnwindSafe(|| of_xlsx(bytes, limits))).unwrap_or(Err(Refusal::Unreadable))
        }
        other => Err(Refusal::NotATable(other)),
    }
}

fn of_xlsx(bytes: &[u8], limits: &Limits) -> Result<Whole, Refusal> {
    let mut workbook = read_xlsx::open(bytes, limits)?;
    let metadata: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut sheets = Vec::with_capacity(metadata.len());
    let mut taken = 0;
    for (name, hidden) in metadata {
        let mut formulas = Vec::new();
        let gathering = Gathering::new(limits).after(taken);
        let gathering = read_xlsx::gather(&mut workbook, &name, gathering, Some(&mut formulas))?;
        taken = gathering.bytes();
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(|_| Refusal::Unreadable)?;
        let place = |(row, column): (u32, u32)| CellRef { row: row.saturating_add(1), column };
        let merged = merged.iter().map(|area| (place(area.start), place(area.end))).collect();
        sheets.push(WholeSheet { name, hidden, rows: gathering.into_rows(), formulas, merged });
    }
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    Ok(Whole { sheets, notes: notes::read(bytes, &names, limits)? })
}
