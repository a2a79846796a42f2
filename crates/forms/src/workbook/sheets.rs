//! `.xlsx`, and `.csv` with the name of the sheet in the first column.

use keyline_workbooks::{FileKind, Limits, Refusal, SheetRows, read_sheets};

use super::{Row, Sheet, Workbook, unreadable};
use crate::form::Fault;

/// A form is small beside what a council returns; more than this is no form.
const LIMITS: Limits = Limits {
    bytes: 20 * 1024 * 1024,
    entries: 2_000,
    unpacked: 100 * 1024 * 1024,
    ratio: 200,
    rows: 100_000,
    columns: 500,
    cell_characters: 32_767,
    table_bytes: 64 * 1024 * 1024,
};

pub(super) fn from_xlsx(bytes: &[u8]) -> Result<Workbook, Fault> {
    let sheets = read_sheets(bytes, FileKind::Xlsx, &LIMITS).map_err(|refusal| fault_of(&refusal))?;
    let sheets = sheets.into_iter().map(from_rows).collect();
    Ok(Workbook { sheets })
}

/// A sheet whose header is its first row; blank when that row is blank.
fn from_rows(sheet: SheetRows) -> Sheet {
    let mut header = Vec::new();
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for mut row in sheet.rows {
        for cell in &mut row.cells {
            // A blank that does not break would keep names and expressions from being recognised.
            if cell.contains('\u{a0}') {
                *cell = cell.replace('\u{a0}', " ");
                cell.truncate(cell.trim_end().len());
            }
        }
        if row.number == 1 {
            header = row.cells;
        } else {
            rows.push(Row { number: row.number, cells: row.cells });
        }
    }
    Sheet { name: sheet.name, header, rows }
}

pub(super) fn from_csv(bytes: &[u8]) -> Result<Workbook, Fault> {
    let read = read_sheets(bytes, FileKind::Csv, &LIMITS).map_err(|refusal| fault_of(&refusal))?;
    let mut workbook = Workbook::default();
    // Row of the file in which the header of the open sheet stands, once it was seen.
    let mut header_at = None;
    for row in read.into_iter().flat_map(|sheet| sheet.rows) {
        let mut cells = row.cells.into_iter();
        let name = cells.next().unwrap_or_default();
        let cells: Vec<String> = cells.collect();
        if !name.is_empty() {
            if workbook.sheets.iter().any(|sheet| sheet.name == name) {
                return Err(unreadable(format!("the sheet '{name}' begins in the file twice")));
            }
            workbook.sheets.push(Sheet { name, ..Sheet::default() });
            header_at = None;
        }
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let Some(sheet) = workbook.sheets.last_mut() else {
            return Err(unreadable(format!(
                "row {} of the file belongs to no sheet: the first column names the sheet, in a row above its header",
                row.number
            )));
        };
        match header_at {
            None => {
                sheet.header = cells;
                header_at = Some(row.number);
            }
            Some(first) => sheet.rows.push(Row { number: row.number - first + 1, cells }),
        }
    }
    if workbook.sheets.is_empty() {
        return Err(unreadable("the file names no sheet in its first column"));
    }
    Ok(workbook)
}

/// What a refusal of the reader means to somebody who writes a form.
fn fault_of(refusal: &Refusal) -> Fault {
    unreadable(match refusal {
        Refusal::Empty => "the file is empty".to_owned(),
        Refusal::TooLarge { limit } => format!("the file is larger than {} MB", limit / 1024 / 1024),
        Refusal::MacroWorkbook => "the workbook carries macros: save it as .xlsx".to_owned(),
        Refusal::ZipBomb(_) => "the workbook unpacks to more than is reasonable".to_owned(),
        Refusal::Encrypted => "the workbook is protected by a password".to_owned(),
        Refusal::Legacy => "this is a workbook of the old format: save it as .xlsx".to_owned(),
        Refusal::NoHeader => "there is no text in the file".to_owned(),
        Refusal::TooManyRows { limit } => format!("a sheet has more than {limit} rows"),
        Refusal::TooManyColumns { limit } => format!("a sheet has more than {limit} columns"),
        Refusal::CellTooLong { cell, limit } => format!("cell {cell} has more than {limit} characters"),
        Refusal::TooMuchText { .. } => "the workbook holds more text than a form may".to_owned(),
        Refusal::Executable(_)
        | Refusal::WrongType { .. }
        | Refusal::NotAccepted { .. }
        | Refusal::NotATable(_)
        | Refusal::NoSuchSheet { .. }
        | Refusal::Unreadable => {
            "the file cannot be read as a workbook: it is damaged or of another kind".to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_of_csv_names_the_sheet() {
        let text = "survey,,\n,type,name\n,text,a\n,,\n,note,b\n\"settings\",\n,form_id\n,\"x, y\"\n";
        let workbook = from_csv(text.as_bytes()).unwrap();
        assert_eq!(workbook.sheets[0].header, ["type", "name"]);
        let numbers: Vec<u32> = workbook.sheets[0].rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 4]);
        assert_eq!(workbook.sheets[1].rows[0].cells, ["x, y"]);
    }

    #[test]
    fn broken_files_are_told_apart() {
        for (bytes, reason) in [
            (&b""[..], "empty"),
            (&b",type,name\n,text,a\n"[..], "belongs to no sheet"),
            (&b"survey\n,type\nsurvey\n,type\n"[..], "twice"),
        ] {
            let fault = from_csv(bytes).unwrap_err();
            assert!(fault.reason.contains(reason), "{fault}");
        }
        let fault = from_xlsx(b"PK\x03\x04 and no more").unwrap_err();
        assert!(fault.reason.contains("cannot be read"), "{fault}");
    }
}
