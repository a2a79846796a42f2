//! A return as a file against the programme: what the page, the command line and the measure call.

use jiff::civil::Date;
use keyline_domain::programmes::{ColumnKind, PreInspectionReturn};
use keyline_domain::reasons::Reason;
use keyline_domain::returns::{Accepted, Book, Cell, Problem, Sheet, check_book, mask, totals};
use keyline_words::Catalogue;
use keyline_workbooks::{
    FileKind, Limits, Table, Whole, WholeSheet, detect_bytes, read_whole, write_csv, write_xlsx,
};

use super::refusals::sentence;
use super::workbook::own_texts;
use crate::refused::{Refused, Result};

/// Most bytes of a return. It is held in memory while it is checked, so that a refused one never touches the disk.
pub const RETURN_LIMIT: u64 = 20 * 1024 * 1024;

fn limits() -> Limits {
    Limits {
        bytes: RETURN_LIMIT,
        unpacked: 60 * 1024 * 1024,
        rows: 20_000,
        columns: 100,
        table_bytes: 32 * 1024 * 1024,
        ..Limits::default()
    }
}

/// What a file was found to be.
#[derive(Debug, Clone)]
pub struct CheckedFile {
    /// Its kind; none when it is no table.
    pub kind: Option<FileKind>,
    /// Rows of the list.
    pub rows: u32,
    /// The rows, or everything that is wrong.
    pub outcome: std::result::Result<Accepted, Vec<Problem>>,
}

/// Checks a file. `on` is the day of notification. Nothing is kept of it, and nothing of its content is in a problem.
pub fn check_file(wanted: &PreInspectionReturn, name: &str, bytes: &[u8], on: Date) -> CheckedFile {
    let limits = limits();
    let refused = |reason| CheckedFile {
        kind: None,
        rows: 0,
        outcome: Err(vec![Problem { sheet: None, place: None, reason }]),
    };
    let read =
        detect_bytes(bytes, name, &limits).and_then(|kind| Ok((kind, read_whole(bytes, kind, &limits)?)));
    let (kind, whole) = match read {
        Ok(read) => read,
        Err(refusal) => return refused(sentence(&refusal)),
    };
    let Some((book, rows)) = book(wanted, &whole) else {
        return refused(Reason::new("upload-no-header"));
    };
    let mut problems = named_after(name);
    let outcome = match check_book(&wanted.columns, &book, on) {
        Ok(accepted) if problems.is_empty() => Ok(accepted),
        Ok(_) => Err(problems),
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    };
    CheckedFile { kind: Some(kind), rows, outcome }
}

/// A file that is named after a person is stored under that name: it is not taken.
fn named_after(name: &str) -> Vec<Problem> {
    use keyline_disclosure::identifiers::{Hit, Kind, Strength, scan_text};
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['_', '-', '.'], " ");
    let is_sure = |hit: &Hit| {
        let whole_name = hit.kind == Kind::PersonName && !hit.because.is_list_alone();
        hit.strength == Strength::Strong || hit.strength == Strength::Likely && whole_name
    };
    let sure = |text: &str| scan_text(text).iter().any(is_sure);
    let found = sure(name) || sure(&stem);
    let reason = || Reason::new("returns-file-named").with("example", mask(name));
    found.then(|| Problem { sheet: None, place: None, reason: reason() }).into_iter().collect()
}

/// The sheets of a file by what they are for, and how many rows the list has.
fn book(wanted: &PreInspectionReturn, whole: &Whole) -> Option<(Book, u32)> {
    let words = Catalogue::shared().words(keyline_words::ENGLISH);
    let own = own_texts(wanted, words);
    let ours: Vec<String> = ["sheet", "totals", "about", "example"]
        .iter()
        .map(|key| words.t(&format!("returns-workbook-{key}")))
        .collect();
    // A sheet may be named after a person too: only our own names are said again.
    let said = |at: usize, sheet: &WholeSheet| {
        if ours.contains(&sheet.name) { sheet.name.clone() } else { format!("#{}", at + 1) }
    };
    let tables: Vec<(usize, &WholeSheet, Option<Table>)> =
        whole.sheets.iter().enumerate().map(|(at, sheet)| (at, sheet, sheet.table())).collect();
    // The list is the shown sheet by our name; without one, the first shown sheet that is none of ours.
    let shown = || tables.iter().filter(|(_, sheet, table)| !sheet.hidden && table.is_some());
    let (at, list, table) = shown()
        .find(|(_, sheet, _)| sheet.name == ours[0])
        .or_else(|| shown().find(|(_, sheet, _)| !ours.contains(&sheet.name)))?;
    let table = table.as_ref()?;
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let alone = whole.sheets.len() == 1;
    let mut book =
        Book { name: (!alone).then(|| said(*at, list)), list: sheet_of(list, table), ..Book::default() };
    for (other, sheet, table) in &tables {
        let Some(table) = table.as_ref().filter(|_| other != at) else { continue };
        let mut cells = sheet_of(sheet, table);
        if book.totals.is_none() && totals::is_totals(&table.header) {
            // What explains a line is ours; the fourth column of a filled-in one is not looked at otherwise.
            blank(&mut cells, &own, 3);
            book.totals = Some((said(*other, sheet), cells));
        } else {
            blank(&mut cells, &own, 0);
            book.others.push((said(*other, sheet), cells));
        }
    }
    book.notes = whole
        .notes
        .iter()
        .filter(|note| !own.contains(note.text.trim()) && !note.text.trim().is_empty())
        .map(|note| {
            let on = note.sheet.filter(|_| !alone).and_then(|at| Some(said(at, whole.sheets.get(at)?)));
            (on, Cell::new(note.cell.clone(), note.text.trim()))
        })
        .collect();
    Some((book, rows))
}

/// Takes out what Keyline itself wrote there, from a column on.
fn blank(sheet: &mut Sheet, own: &std::collections::HashSet<String>, from: usize) {
    for cells in std::iter::once(&mut sheet.header).chain(&mut sheet.rows) {
        for cell in cells.iter_mut().skip(from) {
            if own.contains(cell.text.trim()) {
                cell.text.clear();
            }
        }
    }
}

fn sheet_of(whole: &WholeSheet, table: &Table) -> Sheet {
    let place = |row: u32, column: usize| {
        keyline_workbooks::CellRef { row, column: u32::try_from(column).unwrap_or(u32::MAX) }.to_string()
    };
    let cells = |row: u32, texts: &[String]| {
        texts.iter().enumerate().map(|(n, text)| Cell::new(place(row, n), text.as_str())).collect()
    };
    Sheet {
        header: cells(table.header_row, &table.header),
        rows: table.rows.iter().map(|row| cells(row.number, &row.cells)).collect(),
        formulas: whole.formulas.iter().map(ToString::to_string).collect(),
        merged: whole.merged.iter().map(|(from, to)| format!("{from}:{to}")).collect(),
    }
}

/// The list as it is stored: the accepted rows written anew, without the partnership's keys. What else came with the file
/// (other sheets, notes, who wrote it) is not kept.
///
/// # Errors
/// A fault when the rows do not fit into a workbook.
pub(super) fn cleaned(wanted: &PreInspectionReturn, accepted: &Accepted, kind: FileKind) -> Result<Vec<u8>> {
    let label = wanted.columns.iter().position(|c| c.unique).unwrap_or(0);
    let kept: Vec<_> = wanted
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !matches!(column.kind, ColumnKind::Key { .. }))
        .collect();
    let header: Vec<String> = kept.iter().map(|(_, column)| column.key.clone()).collect();
    let rows: Vec<Vec<String>> = accepted
        .rows
        .iter()
        .map(|row| {
            let cell = |(n, column): &(usize, &keyline_domain::programmes::ReturnColumn)| {
                if *n == label { Some(&row.label) } else { row.columns.get(&column.key) }
            };
            kept.iter().map(|at| cell(at).cloned().unwrap_or_default()).collect()
        })
        .collect();
    if kind == FileKind::Csv {
        return Ok(write_csv(std::iter::once(header.as_slice()).chain(rows.iter().map(Vec::as_slice)), true));
    }
    let name = Catalogue::shared().words(keyline_words::ENGLISH).t("returns-workbook-sheet");
    let sheet = keyline_workbooks::Sheet { name, header, rows, ..keyline_workbooks::Sheet::default() };
    write_xlsx(&[sheet]).map_err(Refused::fault)
}
