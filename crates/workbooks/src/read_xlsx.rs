//! Excel workbooks, cell by cell: a sheet with one text in its last corner must not take the memory of all
//! cells before it.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use crate::archive;
use crate::kind::FileKind;
use crate::limits::Limits;
use crate::read::Gathering;
use crate::refusal::Refusal;
use crate::table::{CellRef, SheetRows, Table};

pub(crate) type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Opens a workbook after a look inside its zip.
pub(crate) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Workbook<'a>, Refusal> {
    match archive::inspect(Cursor::new(bytes), bytes.len() as u64, limits)? {
        Some(FileKind::Xlsx) => {}
        Some(other) => return Err(Refusal::WrongType { claimed: FileKind::Xlsx, found: other.media_type() }),
        None => return Err(Refusal::Unreadable),
    }
    Workbook::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)
}

/// The names of the sheets that a spreadsheet program shows.
fn visible(workbook: &Workbook<'_>) -> Vec<String> {
    workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Every visible sheet with all its rows.
pub(crate) fn read_sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<SheetRows>, Refusal> {
    let mut workbook = open(bytes, limits)?;
    let visible = visible(&workbook);
    let mut sheets = Vec::new();
    let mut taken = 0;
    for name in visible {
        let gathering = gather(&mut workbook, &name, Gathering::new(limits).after(taken), None)?;
        taken = gathering.bytes();
        sheets.push(SheetRows { name, rows: gathering.into_rows() });
    }
    Ok(sheets)
}

pub(crate) fn read(bytes: &[u8], sheet: Option<&str>, limits: &Limits) -> Result<Table, Refusal> {
    let mut workbook = open(bytes, limits)?;
    let visible = visible(&workbook);
    if let Some(wanted) = sheet {
        let same = |name: &&String| name.trim().to_lowercase() == wanted.trim().to_lowercase();
        let Some(name) = visible.iter().find(same) else {
            return Err(Refusal::NoSuchSheet { name: wanted.to_owned() });
        };
        return gather(&mut workbook, name, Gathering::new(limits), None)?.finish(Some(name.clone()), None);
    }
    for name in visible {
        let gathering = gather(&mut workbook, &name, Gathering::new(limits), None)?;
        if !gathering.is_blank() {
            return gathering.finish(Some(name), None);
        }
    }
    Err(Refusal::NoHeader)
}

/// Gathers the cells of a sheet; with `formulas`, also which of them are formulas.
pub(crate) fn gather<'a>(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    mut gathering: Gathering<'a>,
    mut formulas: Option<&mut Vec<CellRef>>,
) -> Result<Gathering<'a>, Refusal> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| Refusal::Unreadable)?;
    let mut last = 0;
    loop {
        let ((row, column), value, is_formula) = if formulas.is_some() {
            let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| Refusal::Unreadable)? else {
                return Ok(gathering);
            };
            (cell.pos, cell.value, cell.formula.is_some())
        } else {
            let Some(cell) = cells.next_cell().map_err(|_| Refusal::Unreadable)? else {
                return Ok(gathering);
            };
            (cell.get_position(), cell.get_value().clone(), false)
        };
        // Rows out of order would be gathered as several rows of one number.
        if row < last {
            return Err(Refusal::Unreadable);
        }
        last = row;
        let place = CellRef { row: row.saturating_add(1), column };
        if let Some(formulas) = formulas.as_deref_mut().filter(|_| is_formula) {
            formulas.push(place);
        }
        match &value {
            DataRef::Empty => {}
            DataRef::String(text) => gathering.add(place, &one_line_ending(text))?,
            DataRef::SharedString(text) => gathering.add(place, &one_line_ending(text))?,
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => gathering.add(place, text)?,
            DataRef::Int(number) => gathering.add(place, &number.to_string())?,
            DataRef::Float(number) => gathering.add(place, &number_text(*number))?,
            DataRef::Bool(flag) => gathering.add(place, if *flag { "TRUE" } else { "FALSE" })?,
            DataRef::DateTime(moment) => gathering.add(place, &moment_text(moment))?,
            DataRef::Error(error) => gathering.add(place, &error.to_string())?,
        }
    }
}

fn one_line_ending(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// A number as Excel shows it: fifteen significant digits, no `.0`.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Minus zero is zero.
    (rounded + 0.0).to_string()
}

/// A date, a time or both in ISO 8601; a duration as hours, minutes and seconds.
fn moment_text(moment: &ExcelDateTime) -> String {
    let value = moment.as_f64();
    if moment.is_duration() {
        // Rounded to whole seconds; the range check keeps nonsense from overflowing.
        let seconds = (value * 86_400.0).round();
        if !(0.0..1e12).contains(&seconds) {
            return number_text(value);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just above")]
        let seconds = seconds as u64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match value {
        value if (0.0..1.0).contains(&value) => time,
        _ if (hour, minute, second) == (0, 0, 0) => date,
        _ => format!("{date}T{time}"),
    }
}
