//! Columns and cells of a table against what the programme asks for.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::identifying::{self, Identifier};
use super::sheet::{Cell, Sheet, mask};
use crate::programmes::{ColumnKind, ReturnColumn};
use crate::reasons::Reason;

/// Most problems that are listed; the rest is counted. Whoever repairs two hundred cells sees the pattern.
pub const MOST_PROBLEMS: usize = 200;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
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
    /// The values of the other columns by key; an empty cell is left out.
    pub columns: BTreeMap<String, String>,
}

/// A table that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Its rows, in the order of the file.
    pub rows: Vec<CheckedRow>,
}

struct Found {
    list: Vec<Problem>,
    unlisted: usize,
}

impl Found {
    fn add(&mut self, place: Option<&str>, reason: Reason) {
        if self.list.len() < MOST_PROBLEMS {
            self.list.push(Problem { place: place.map(str::to_owned), reason });
        } else {
            self.unlisted += 1;
        }
    }
}

/// Checks a table. Every problem is found in one go, so that it is repaired in one go; identifying columns come first.
///
/// # Errors
/// All problems, at most [`MOST_PROBLEMS`] listed and the rest counted in the last one.
pub fn check(columns: &[ReturnColumn], sheet: &Sheet) -> Result<Accepted, Vec<Problem>> {
    let mut found = Found { list: Vec::new(), unlisted: 0 };
    let places = match_columns(columns, sheet, &mut found);
    look_for_identifiers(columns, sheet, &places, &mut found);
    if sheet.rows.is_empty() {
        found.add(None, Reason::new("returns-no-rows"));
    }
    let label = columns.iter().position(|c| c.unique).unwrap_or(0);
    let mut seen: Vec<HashMap<String, String>> = vec![HashMap::new(); columns.len()];
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for cells in &sheet.rows {
        beside(sheet, cells, &mut found);
        let mut row = CheckedRow { label: String::new(), columns: BTreeMap::new() };
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
            match cell_value(column, cell) {
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
                    } else {
                        row.columns.insert(column.key.clone(), value);
                    }
                }
                Err(reason) => found.add(Some(&cell.place), reason),
            }
        }
        rows.push(row);
    }
    if found.unlisted > 0 {
        let more = Reason::new("returns-more").with("count", found.unlisted);
        found.list.push(Problem { place: None, reason: more });
    }
    if found.list.is_empty() { Ok(Accepted { rows }) } else { Err(found.list) }
}

/// A heading reads the same by key or by title, in any case, with blanks, dots and dashes alike.
fn folded(heading: &str) -> String {
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
        if places[n].is_none() {
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
                asked.is_none_or(|column| {
                    matches!(column.kind, ColumnKind::Text { .. }) || cell_value(column, cell).is_err()
                })
            })
            .collect();
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        let heading = sheet.header.get(at).filter(|_| asked.is_none());
        for Identifier { kind, cells: found_in } in
            identifying::scan(heading.map_or("", |cell| cell.text.as_str()), &texts)
        {
            let found_in: Vec<&Cell> = found_in.into_iter().map(|n| cells[n]).collect();
            let example = found_in.first();
            let place = example.map(|cell| cell.place.as_str()).or(heading.map(|cell| cell.place.as_str()));
            found.add(
                place,
                Reason::new(kind.key())
                    .with("count", found_in.len())
                    .with("cells", named(&found_in))
                    .with("example", example.map_or_else(String::new, |cell| mask(&cell.text))),
            );
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
fn cell_value(column: &ReturnColumn, cell: &Cell) -> Result<Option<String>, Reason> {
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
    };
    Ok(Some(value))
}
