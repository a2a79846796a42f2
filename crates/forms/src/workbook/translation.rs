//! A file with the texts of one more language, joined to a form by the names of its questions and choices.
//!
//! It has the shape of an XLSForm workbook with the sheets `survey` and `choices`, of which `survey` has the column `name`,
//! `choices` the columns `list_name` and `name`, and both have columns of one or more languages, such as
//! `label::Gàidhlig (gd)`. Nothing else may stand in it: a file of a translator changes no form.

use std::collections::HashMap;

use super::{Row, Sheet, Workbook};
use crate::form::{Fault, Place};

/// Columns that name what is translated.
const KEYS: [&str; 2] = ["list_name", "name"];

/// Joins a translation to the workbook of its form. Columns that the form has are filled, others are added.
///
/// # Errors
/// Every fault of the translation, and nothing is joined: a name that the form does not have or that two of its rows
/// have, a sheet or column that is not of a translation, a text where the form has another.
pub fn join_translation(workbook: &mut Workbook, translation: &Workbook) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut joined = workbook.clone();
    for sheet in &translation.sheets {
        let name = sheet.name.to_lowercase();
        if !matches!(name.as_str(), "survey" | "choices") {
            let reason = "A translation has the sheets 'survey' and 'choices' only.";
            faults.push(Place::new(&sheet.name, 1).fault("", reason));
            continue;
        }
        match joined.sheets.iter_mut().find(|other| other.name.to_lowercase() == name) {
            Some(target) => join_sheet(target, sheet, &name, &mut faults),
            None => faults.push(Place::new(&name, 1).fault("", "The form has no sheet of this name.")),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    *workbook = joined;
    Ok(())
}

fn join_sheet(target: &mut Sheet, translation: &Sheet, sheet: &str, faults: &mut Vec<Fault>) {
    let keys: &[&str] = if sheet == "survey" { &KEYS[1..] } else { &KEYS };
    let Some(columns) = columns_of(target, translation, sheet, faults) else { return };
    let (Some(target_keys), Some(keys_here)) = (key_columns(target, keys), key_columns(translation, keys))
    else {
        let reason = format!("Both the form and its translation need the column {}.", keys.join(" and "));
        faults.push(Place::new(sheet, 1).fault("", reason));
        return;
    };
    // Where each name stands in the form; none when it stands there twice.
    let mut rows: HashMap<Vec<String>, Option<usize>> = HashMap::with_capacity(target.rows.len());
    for (index, row) in target.rows.iter().enumerate() {
        let key = key_of(row, &target_keys);
        if key.iter().any(|part| !part.is_empty()) {
            rows.entry(key).and_modify(|known| *known = None).or_insert(Some(index));
        }
    }
    for row in &translation.rows {
        let key = key_of(row, &keys_here);
        let place = Place::new(sheet, row.number);
        match rows.get(&key) {
            Some(Some(index)) => {
                for (from, to) in &columns {
                    fill(&mut target.rows[*index], *to, row.cell(*from), &place, &target.header[*to], faults);
                }
            }
            Some(None) => {
                faults.push(place.fault("name", format!("The form has '{}' more than once.", key.join(" "))));
            }
            None => faults.push(place.fault("name", format!("The form has no '{}'.", key.join(" ")))),
        }
    }
}

fn fill(row: &mut Row, column: usize, text: &str, place: &Place, header: &str, faults: &mut Vec<Fault>) {
    if text.is_empty() {
        return;
    }
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    let cell = &mut row.cells[column];
    if cell.is_empty() || cell == text {
        text.clone_into(cell);
    } else {
        faults.push(place.fault(header, "The form has another text here already."));
    }
}

/// Where each translated column of the translation goes in the form; new ones are added there.
fn columns_of(
    target: &mut Sheet,
    translation: &Sheet,
    sheet: &str,
    faults: &mut Vec<Fault>,
) -> Option<Vec<(usize, usize)>> {
    let mut columns = Vec::new();
    let before = faults.len();
    for (index, header) in translation.header.iter().enumerate() {
        if header.is_empty() || is_key(header) {
            continue;
        }
        if !header.contains("::") {
            let reason =
                "A translation has names and columns with a language only, such as 'label::Gàidhlig (gd)'.";
            faults.push(Place::new(sheet, 1).fault(header, reason));
            continue;
        }
        let same = |other: &String| plain(other) == plain(header);
        let at = target.header.iter().position(same).unwrap_or_else(|| {
            // Columns beyond the header may hold texts that belong to no column.
            let width =
                target.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(target.header.len());
            target.header.resize(width, String::new());
            target.header.push(header.clone());
            width
        });
        columns.push((index, at));
    }
    (faults.len() == before).then_some(columns)
}

/// A header without the blanks around its parts and with its first part in lower case.
fn plain(header: &str) -> Vec<String> {
    let mut parts: Vec<String> = header.split("::").map(|part| part.trim().to_owned()).collect();
    if let Some(first) = parts.first_mut() {
        *first = first.to_lowercase();
    }
    parts
}

fn is_key(header: &str) -> bool {
    KEYS.contains(&snake(header).as_str())
}

fn snake(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}

fn key_columns(sheet: &Sheet, keys: &[&str]) -> Option<Vec<usize>> {
    keys.iter().map(|key| sheet.header.iter().position(|header| snake(header) == **key)).collect()
}

fn key_of(row: &Row, columns: &[usize]) -> Vec<String> {
    columns.iter().map(|column| row.cell(*column).to_owned()).collect()
}
