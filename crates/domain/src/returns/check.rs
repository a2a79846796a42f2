//! Columns and cells of a table against what the programme asks for.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::identifying::{self, Identifier};
use super::sheet::{Book, Cell, Sheet, mask};
use super::totals;
use crate::programmes::{ColumnChoice, ColumnKind, ReturnColumn, ages_of};
use crate::reasons::Reason;

/// Most problems that are listed; the rest is counted. Whoever repairs two hundred cells sees the pattern.
pub const MOST_PROBLEMS: usize = 200;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The sheet as [`Book`] names it; none for a file with one sheet.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The cell, for example `C7`; none when it is about the whole table.
    pub place: Option<String>,
    /// What is wrong, worded in `locales/en/returns.ftl` under its key, and what to do about it under `what-to-do-` and
    /// the key.
    pub reason: Reason,
}

/// A row that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedRow {
    /// The partnership's own label for the child: the value of the first unique column.
    pub label: String,
    /// The partnership's own key to the record, folded ([`fold_key`]). To be hashed, never to be kept.
    pub key: Option<String>,
    /// The values of the other columns by key; an empty cell is left out.
    pub columns: BTreeMap<String, String>,
}

/// A table that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Its rows, in the order of the file.
    pub rows: Vec<CheckedRow>,
}

/// A key as it is compared: case, blanks and dashes do not matter.
pub fn fold_key(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[derive(Default)]
pub(super) struct Found {
    list: Vec<Problem>,
    unlisted: usize,
    /// The sheet that is looked at.
    sheet: Option<String>,
}

impl Found {
    pub(super) fn add(&mut self, place: Option<&str>, reason: Reason) {
        if self.list.len() < MOST_PROBLEMS {
            let sheet = self.sheet.clone();
            self.list.push(Problem { sheet, place: place.map(str::to_owned), reason });
        } else {
            self.unlisted += 1;
        }
    }

    fn end(mut self) -> Result<(), Vec<Problem>> {
        if self.unlisted > 0 {
            let reason = Reason::new("returns-more").with("count", self.unlisted);
            self.list.push(Problem { sheet: None, place: None, reason });
        }
        if self.list.is_empty() { Ok(()) } else { Err(self.list) }
    }
}

/// Checks a whole file as [`check`] does its list, with its totals, and looks for identifiers on every sheet and in every
/// note, hidden or not.
///
/// # Errors
/// As [`check`].
pub fn check_book(columns: &[ReturnColumn], book: &Book, on: Date) -> Result<Accepted, Vec<Problem>> {
    let mut found = Found::default();
    for (name, sheet) in book.totals.iter().chain(&book.others) {
        found.sheet = Some(name.clone());
        look_anywhere(sheet, &mut found);
    }
    look_at_notes(&book.notes, &mut found);
    found.sheet.clone_from(&book.name);
    let rows = check_list(columns, &book.list, on, &mut found);
    if let Some((name, totals)) = &book.totals {
        found.sheet = Some(name.clone());
        totals::check(columns, totals, &rows, &mut found);
    }
    found.end().map(|()| Accepted { rows })
}

/// Checks a table. Every problem is found in one go, so that it is repaired in one go; identifying columns come first.
/// `on` is the day of notification: months are looked at from there.
///
/// # Errors
/// All problems, at most [`MOST_PROBLEMS`] listed and the rest counted in the last one.
pub fn check(columns: &[ReturnColumn], sheet: &Sheet, on: Date) -> Result<Accepted, Vec<Problem>> {
    let mut found = Found::default();
    let rows = check_list(columns, sheet, on, &mut found);
    found.end().map(|()| Accepted { rows })
}

fn check_list(columns: &[ReturnColumn], sheet: &Sheet, on: Date, found: &mut Found) -> Vec<CheckedRow> {
    let places = match_columns(columns, sheet, found);
    look_for_identifiers(columns, sheet, &places, found);
    if sheet.rows.is_empty() {
        found.add(None, Reason::new("returns-no-rows"));
    }
    for place in &sheet.merged {
        found.add(Some(place), Reason::new("returns-cell-merged"));
    }
    for place in &sheet.formulas {
        found.add(Some(place), Reason::new("returns-cell-formula"));
    }
    let label = columns.iter().position(|c| c.unique).unwrap_or(0);
    let mut seen: Vec<HashMap<String, String>> = vec![HashMap::new(); columns.len()];
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for cells in &sheet.rows {
        beside(sheet, cells, found);
        let mut row = CheckedRow { label: String::new(), key: None, columns: BTreeMap::new() };
        for (n, column) in columns.iter().enumerate() {
            let Some(at) = places[n] else { continue };
            let Some(cell) = cells.get(at) else {
                // Shorter than its header: an empty cell whose place is that of the row's first cell.
                if column.required {
                    found.add(
                        cells.first().map(|c| c.place.as_str()),
                        Reason::new("returns-cell-required").with("column", &column.title),
                    );
                }
                continue;
            };
            match cell_value(column, cell, on) {
                Ok(None) => {}
                Ok(Some(value)) => {
                    if column.unique {
                        // Labels that differ by case alone would be mistaken for one another.
                        if let Some(first) = seen[n].insert(value.to_lowercase(), cell.place.clone()) {
                            found.add(
                                Some(&cell.place),
                                Reason::new("returns-cell-twice")
                                    .with("column", &column.title)
                                    .with("first", first),
                            );
                        }
                    }
                    if n == label {
                        row.label = value;
                    } else if matches!(column.kind, ColumnKind::Key { .. }) {
                        row.key = Some(value);
                    } else {
                        row.columns.insert(column.key.clone(), value);
                    }
                }
                Err(reason) => found.add(Some(&cell.place), reason),
            }
        }
        rows.push(row);
    }
    rows
}

/// A heading reads the same by key or by title, in any case, with blanks, dots and dashes alike.
pub(super) fn folded(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where each column of the programme stands in the table.
fn match_columns(columns: &[ReturnColumn], sheet: &Sheet, found: &mut Found) -> Vec<Option<usize>> {
    let mut places: Vec<Option<usize>> = vec![None; columns.len()];
    for (at, cell) in sheet.header.iter().enumerate() {
        if cell.text.is_empty() {
            continue;
        }
        let heading = folded(&cell.text);
        match columns.iter().position(|c| folded(&c.key) == heading || folded(&c.title) == heading) {
            Some(n) if places[n].is_some() => found.add(
                Some(&cell.place),
                Reason::new("returns-column-twice").with("column", &columns[n].title),
            ),
            Some(n) => places[n] = Some(at),
            // The heading itself is not repeated: in a table without a header it is the first child's row.
            None => found.add(Some(&cell.place), Reason::new("returns-column-unknown")),
        }
    }
    for (n, column) in columns.iter().enumerate() {
        if places[n].is_none() && !matches!(column.kind, ColumnKind::Key { .. }) {
            found.add(
                None,
                Reason::new("returns-column-missing").with("column", &column.title).with("key", &column.key),
            );
        }
    }
    places
}

/// Looks at every column, asked for or not. Of a column with fixed values only the cells that are none of them are
/// looked at: `16-17` is an age band and no date.
fn look_for_identifiers(
    columns: &[ReturnColumn],
    sheet: &Sheet,
    places: &[Option<usize>],
    found: &mut Found,
) {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(sheet.header.len());
    for at in 0..width {
        let asked = places.iter().position(|p| *p == Some(at)).map(|n| &columns[n]);
        let cells: Vec<&Cell> = sheet
            .rows
            .iter()
            .filter_map(|row| row.get(at))
            .filter(|cell| !cell.text.is_empty())
            .filter(|cell| {
                asked.is_none_or(|column| match column.kind {
                    ColumnKind::Text { .. } | ColumnKind::Key { .. } => true,
                    // A month outside the window is a slip and no date of birth.
                    ColumnKind::Month { .. } => month_of(&cell.text).is_none(),
                    _ => cell_value(column, cell, Date::MIN).is_err(),
                })
            })
            .collect();
        let heading = sheet.header.get(at).filter(|_| asked.is_none());
        report(&cells, heading, heading.map_or("", |cell| cell.text.as_str()), found);
    }
}

/// Names what is found in the cells of one column.
fn report(cells: &[&Cell], heading_cell: Option<&Cell>, heading: &str, found: &mut Found) {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    for Identifier { kind, cells: found_in } in identifying::scan(heading, &texts) {
        let found_in: Vec<&Cell> = found_in.into_iter().map(|n| cells[n]).collect();
        let example = found_in.first();
        let place = example.copied().or(heading_cell).map(|cell| cell.place.as_str());
        found.add(
            place,
            Reason::new(kind.key())
                .with("count", found_in.len())
                .with("cells", named(&found_in))
                .with("example", example.map_or_else(String::new, |cell| mask(&cell.text))),
        );
    }
}

/// Looks at a sheet that is no list: every cell by itself for what one cell is enough for, and every column for names.
fn look_anywhere(sheet: &Sheet, found: &mut Found) {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(sheet.header.len());
    for at in 0..width {
        let cells: Vec<&Cell> = sheet
            .header
            .get(at)
            .into_iter()
            .chain(sheet.rows.iter().filter_map(|row| row.get(at)))
            .filter(|cell| !cell.text.is_empty())
            .collect();
        report(&cells, None, "", found);
    }
}

fn look_at_notes(notes: &[(Option<String>, Cell)], found: &mut Found) {
    for (sheet, note) in notes {
        found.sheet.clone_from(sheet);
        for identifier in identifying::scan("", &[note.text.as_str()]) {
            let reason = Reason::new("returns-identifier-note").with("kind", identifier.kind.word());
            found.add(Some(note.place.as_str()).filter(|place| !place.is_empty()), reason);
        }
    }
}

/// Most cells that are named one by one.
const MOST_NAMED: usize = 12;

/// The places of some cells: `C2, C7`, with an ellipsis when there are more than can be read.
fn named(cells: &[&Cell]) -> String {
    let places: Vec<&str> = cells.iter().take(MOST_NAMED).map(|cell| cell.place.as_str()).collect();
    let more = if cells.len() > MOST_NAMED { ", …" } else { "" };
    format!("{}{more}", places.join(", "))
}

/// Texts in a column without a heading.
fn beside(sheet: &Sheet, cells: &[Cell], found: &mut Found) {
    for (at, cell) in cells.iter().enumerate() {
        let headed = sheet.header.get(at).is_some_and(|h| !h.text.is_empty());
        if !headed && !cell.text.is_empty() {
            found.add(Some(&cell.place), Reason::new("returns-cell-beside"));
        }
    }
}

/// The value of a cell as it is kept; none when it is empty and may be.
fn cell_value(column: &ReturnColumn, cell: &Cell, on: Date) -> Result<Option<String>, Reason> {
    let text = cell.text.trim();
    let wrong = |key: &str| Reason::new(key).with("column", &column.title).with("example", mask(text));
    if text.is_empty() {
        return if column.required {
            Err(Reason::new("returns-cell-required").with("column", &column.title))
        } else {
            Ok(None)
        };
    }
    let value = match &column.kind {
        ColumnKind::Text { longest } => {
            if text.chars().count() > usize::from(*longest) {
                return Err(wrong("returns-cell-too-long").with("longest", longest));
            }
            if text.chars().any(char::is_control) {
                return Err(wrong("returns-cell-control"));
            }
            text.to_owned()
        }
        ColumnKind::WholeNumber { least, most } => match text.parse::<u16>() {
            Ok(number) if (*least..=*most).contains(&number) => number.to_string(),
            _ => return Err(wrong("returns-cell-number").with("least", least).with("most", most)),
        },
        ColumnKind::Choice { values } => {
            let same = |given: &str| given.eq_ignore_ascii_case(text);
            let Some(choice) = values.iter().find(|v| same(&v.value) || same(&v.label)) else {
                let allowed: Vec<&str> = values.iter().map(|v| v.value.as_str()).collect();
                return Err(wrong("returns-cell-choice").with("values", allowed.join(", ")));
            };
            choice.value.clone()
        }
        ColumnKind::YesNo => match text.to_lowercase().as_str() {
            "yes" => "yes".to_owned(),
            "no" => "no".to_owned(),
            _ => return Err(wrong("returns-cell-yes-no")),
        },
        ColumnKind::AgeBand { values, oldest } => {
            let same = |given: &str| given.eq_ignore_ascii_case(text);
            if let Some(band) = values.iter().find(|v| same(&v.value) || same(&v.label)) {
                return Ok(Some(band.value.clone()));
            }
            let Ok(age) = text.parse::<i32>() else {
                let allowed: Vec<&str> = values.iter().map(|v| v.value.as_str()).collect();
                return Err(wrong("returns-cell-choice").with("values", allowed.join(", ")));
            };
            let holds = |band: &&ColumnChoice| {
                ages_of(&band.value).is_some_and(|(from, to)| {
                    i32::from(from) <= age && age <= i32::from(to.unwrap_or(*oldest).min(*oldest))
                })
            };
            let Some(band) = values.iter().find(holds) else {
                let least = values.iter().filter_map(|v| ages_of(&v.value)).map(|(from, _)| from).min();
                let least = least.unwrap_or(0);
                return Err(wrong("returns-cell-age").with("least", least).with("most", oldest));
            };
            band.value.clone()
        }
        ColumnKind::Month { within } => {
            let month = month_of(text).ok_or_else(|| wrong("returns-cell-month"))?;
            if on != Date::MIN {
                let last = on.first_of_month();
                let first = last.saturating_sub(jiff::Span::new().months(i64::from(*within)));
                if !(first..=last).contains(&month) {
                    let shown = |day: Date| day.strftime("%Y-%m").to_string();
                    return Err(wrong("returns-cell-window")
                        .with("from", shown(first))
                        .with("to", shown(last)));
                }
            }
            month.strftime("%Y-%m").to_string()
        }
        ColumnKind::Key { longest } => {
            if text.chars().count() > usize::from(*longest) {
                return Err(wrong("returns-cell-too-long").with("longest", longest));
            }
            let key = fold_key(text);
            if key.is_empty() {
                return Err(wrong("returns-cell-key"));
            }
            key
        }
    };
    Ok(Some(value))
}

/// A month as `2025-03`, `03/2025`, `March 2025`, or the first day of it, which is what a spreadsheet program makes of
/// these. Another day of the month is more than was asked for.
fn month_of(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim().to_lowercase();
    let text = text.strip_suffix("t00:00:00").unwrap_or(&text);
    let parts: Vec<&str> = text.split(['-', '/', ' ', '.']).filter(|part| !part.is_empty()).collect();
    let (year, month) = match parts.as_slice() {
        [year, month, "01"] | [year, month] if year.len() == 4 => (*year, *month),
        [month, year] if year.len() == 4 => (*year, *month),
        _ => return None,
    };
    let by_name = MONTHS.iter().position(|name| month.len() >= 3 && month.starts_with(name));
    let month = match by_name {
        Some(at) => i8::try_from(at + 1).ok()?,
        None => month.parse().ok()?,
    };
    Date::new(year.parse().ok().filter(|y| (1900..=2100).contains(y))?, month, 1).ok()
}
