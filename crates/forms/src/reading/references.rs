//! `${name}` in every column that may have it: well formed, and naming exactly one item.

use std::collections::HashMap;

use super::headers::Column;
use crate::form::references::references;
use crate::form::{Fault, Form, Place};
use crate::workbook::{Sheet, Workbook};

/// Checks the sheets as written, so that a fault names the column by its own header.
pub(super) fn check(
    workbook: &Workbook,
    form: &Form,
    survey: &[Column],
    choices: &[Column],
    faults: &mut Vec<Fault>,
) {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for item in form.walk() {
        let generated = matches!(item, crate::form::Item::Question(question) if question.generated);
        if !generated && item.name() != "audit" {
            *names.entry(item.name()).or_default() += 1;
        }
    }
    if !form.is_set("omit_instanceid") {
        *names.entry("instanceID").or_default() += 1;
    }
    let of = |columns: &[Column], allowed: &dyn Fn(&[&str]) -> bool| {
        columns
            .iter()
            .filter(|column| allowed(&column.parts()))
            .map(|column| (column.index, column.header.clone()))
            .collect::<Vec<_>>()
    };
    let mut checked = Checked { names: &names, faults };
    if let Some(sheet) = workbook.sheet("settings") {
        checked.sheet("settings", sheet, &all(sheet, &[]));
    }
    if let Some(sheet) = workbook.sheet("entities") {
        checked.sheet("entities", sheet, &all(sheet, &["list_name", "list name", "dataset", "repeat"]));
    }
    if let Some(sheet) = workbook.sheet("survey") {
        // The type and the name have rules of their own, and a trigger names questions only.
        let columns = of(survey, &|path| !matches!(path, ["type" | "name" | "trigger", ..]));
        checked.sheet("survey", sheet, &columns);
    }
    if let Some(sheet) = workbook.sheet("choices") {
        // Other columns are data, of which no text is made.
        let columns = of(choices, &|path| matches!(path, ["label" | "media", ..]));
        checked.sheet("choices", sheet, &columns);
    }
}

fn all(sheet: &Sheet, but: &[&str]) -> Vec<(usize, String)> {
    let named = |header: &&String| !header.is_empty() && !but.contains(&header.to_lowercase().as_str());
    (0..)
        .zip(&sheet.header)
        .filter(|(_, header)| named(header))
        .map(|(at, header)| (at, header.clone()))
        .collect()
}

struct Checked<'a> {
    names: &'a HashMap<&'a str, usize>,
    faults: &'a mut Vec<Fault>,
}

impl Checked<'_> {
    fn sheet(&mut self, name: &str, sheet: &Sheet, columns: &[(usize, String)]) {
        for row in &sheet.rows {
            for (index, header) in columns {
                let text = row.cell(*index);
                if text.contains("${") {
                    self.cell(text, &Place::new(name, row.number), header);
                }
            }
        }
    }

    fn cell(&mut self, text: &str, place: &Place, header: &str) {
        let found = match references(text) {
            Ok(found) => found,
            Err(malformed) => {
                self.faults.push(place.fault(header, malformed.to_string()));
                return;
            }
        };
        for reference in found {
            let name = reference.name;
            match self.names.get(name) {
                Some(1) => {}
                Some(_) => self.faults.push(place.fault(
                    header,
                    format!(
                        "Reference variables names must be unique anywhere in the 'survey'. The name '{name}' appears \
                         more than once."
                    ),
                )),
                None => self.faults.push(place.fault(
                    header,
                    format!(
                        "Reference variables must contain a name from the 'survey' sheet. Could not find the name \
                         '{name}'."
                    ),
                )),
            }
        }
    }
}
