//! The totals that the partnership gives beside its list, from its own system, against the rows: a list that lost rows on
//! its way is found out.

use std::collections::BTreeMap;

use super::check::{CheckedRow, Found, folded};
use super::sheet::{Cell, Sheet};
use crate::programmes::{ColumnKind, ReturnColumn};
use crate::reasons::Reason;

/// The headings of the totals, which are the same in every language.
pub const HEADINGS: [&str; 3] = ["column", "value", "number"];

/// What stands in the column `column` for the whole list.
pub const ALL: &str = "all";

/// The lines of the totals: column and value, the whole list first.
pub fn lines(columns: &[ReturnColumn]) -> Vec<(String, String)> {
    let mut lines = vec![(ALL.to_owned(), String::new())];
    for column in columns.iter().filter(|column| column.stratum) {
        let values: Vec<&str> = match (&column.kind, column.kind.choices()) {
            (_, Some(values)) => values.iter().map(|v| v.value.as_str()).collect(),
            (ColumnKind::YesNo, None) => vec!["yes", "no"],
            _ => Vec::new(),
        };
        lines.extend(values.into_iter().map(|value| (column.key.clone(), value.to_owned())));
    }
    lines
}

/// Whether these headings are those of totals.
pub fn is_totals(header: &[String]) -> bool {
    header.len() >= 3 && header.iter().zip(HEADINGS).all(|(cell, wanted)| folded(cell) == wanted)
}

pub(super) fn check(columns: &[ReturnColumn], totals: &Sheet, rows: &[CheckedRow], found: &mut Found) {
    let counted = count(columns, rows);
    let empty = Cell::new("", "");
    let mut given = 0;
    for cells in &totals.rows {
        let cell = |at: usize| cells.get(at).unwrap_or(&empty);
        let place = |at: usize| Some(cell(at).place.as_str()).filter(|place| !place.is_empty());
        if cell(2).text.is_empty() {
            continue;
        }
        let column = columns.iter().find(|c| {
            let said = folded(&cell(0).text);
            c.stratum && (folded(&c.key) == said || folded(&c.title) == said)
        });
        let line = match column {
            None if folded(&cell(0).text) == ALL => (ALL.to_owned(), String::new()),
            Some(column) => (column.key.clone(), cell(1).text.to_lowercase()),
            None => {
                found.add(place(0), Reason::new("returns-totals-column"));
                continue;
            }
        };
        let Some(there) = counted.get(&line) else {
            found.add(place(1), Reason::new("returns-totals-value"));
            continue;
        };
        let Ok(number) = cell(2).text.parse::<usize>() else {
            found.add(place(2), Reason::new("returns-totals-number"));
            continue;
        };
        given += usize::from(line.0 == ALL);
        if number != *there {
            found.add(
                place(2),
                Reason::new("returns-totals-differ").with("given", number).with("counted", there),
            );
        }
    }
    if given == 0 {
        found.add(None, Reason::new("returns-totals-all"));
    }
}

/// How many rows each line of the totals has. Values are compared in small letters.
fn count(columns: &[ReturnColumn], rows: &[CheckedRow]) -> BTreeMap<(String, String), usize> {
    let mut counted: BTreeMap<(String, String), usize> =
        lines(columns).into_iter().map(|(key, value)| ((key, value.to_lowercase()), 0)).collect();
    counted.insert((ALL.to_owned(), String::new()), rows.len());
    for row in rows {
        for column in columns.iter().filter(|column| column.stratum) {
            let Some(value) = row.columns.get(&column.key) else { continue };
            if let Some(n) = counted.get_mut(&(column.key.clone(), value.to_lowercase())) {
                *n += 1;
            }
        }
    }
    counted
}
