//! Everything that a file holds, also what a spreadsheet program does not show: hidden sheets, notes at cells, and which
//! cells are formulas or merged. For checks that must not be got round by hiding a sheet.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Reader, SheetType, SheetVisible};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::kind::FileKind;
use crate::limits::Limits;
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

/// A note or comment at a cell. Which sheet it belongs to is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The cell as the file names it, for example `C7`.
    pub cell: String,
    /// What it says.
    pub text: String,
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
    Ok(Whole { sheets, notes: notes(bytes, limits)? })
}

/// The notes (`xl/comments1.xml`) and the comments of newer programs (`xl/threadedComments/…`). The zip has been looked
/// at before.
fn notes(bytes: &[u8], limits: &Limits) -> Result<Vec<Note>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)?;
    let mut notes = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| Refusal::Unreadable)?;
        let name = entry.name().map_err(|_| Refusal::Unreadable)?.to_ascii_lowercase();
        let is_note = name.starts_with("xl/comments") || name.starts_with("xl/threadedcomments/");
        if !is_note || Path::new(&name).extension().is_none_or(|ending| ending != "xml") {
            continue;
        }
        let mut xml = String::new();
        entry.read_to_string(&mut xml).map_err(|_| Refusal::Unreadable)?;
        read_notes(&xml, limits, &mut notes)?;
    }
    Ok(notes)
}

fn read_notes(xml: &str, limits: &Limits, notes: &mut Vec<Note>) -> Result<(), Refusal> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Option<Note> = None;
    loop {
        match reader.read_event().map_err(|_| Refusal::Unreadable)? {
            Event::Eof => return Ok(()),
            Event::Start(tag) if is_note(tag.local_name().as_ref()) => {
                let cell = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "ref");
                let cell = cell.map(|a| String::from(a.value.as_ref())).unwrap_or_default();
                open = Some(Note { cell, text: String::new() });
            }
            Event::End(tag) if is_note(tag.local_name().as_ref()) => {
                if notes.len() >= limits.rows {
                    return Err(Refusal::TooManyRows { limit: limits.rows });
                }
                notes.extend(open.take());
            }
            Event::Text(text) => say(&mut open, &text),
            Event::CData(text) => say(&mut open, &text),
            Event::GeneralRef(named) => match named.resolve_char_ref().map_err(|_| Refusal::Unreadable)? {
                Some(letter) => say(&mut open, letter.encode_utf8(&mut [0; 4])),
                None => say(&mut open, resolve_predefined_entity(&named).unwrap_or_default()),
            },
            _ => {}
        }
    }
}

fn say(open: &mut Option<Note>, text: &str) {
    if let Some(note) = open {
        note.text.push_str(text);
    }
}

fn is_note(name: &str) -> bool {
    matches!(name, "comment" | "threadedComment")
}
