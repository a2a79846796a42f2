//! The header of a sheet: which column means what, under whatever of its names.

use crate::form::{Fault, Place};
use crate::workbook::Sheet;

/// How the columns of one sheet are called.
pub(super) struct Names {
    /// Names that stand for themselves.
    pub(super) known: &'static [&'static str],
    /// Other names with what they stand for: a path such as `bind`, `relevant`.
    pub(super) aliases: &'static [(&'static str, &'static [&'static str])],
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Its index in the rows.
    pub(super) index: usize,
    /// Its name as written, for faults.
    pub(super) header: String,
    /// What it means, for example `bind`, `jr:constraintMsg`, `English (en)`.
    pub(super) path: Vec<String>,
}

impl Column {
    /// The path as borrowed parts, to match on.
    pub(super) fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }
}

/// The columns of a sheet that have a name, and what is wrong with them.
pub(super) fn columns(sheet: &Sheet, name: &str, names: &Names) -> (Vec<Column>, Vec<Fault>) {
    let mut columns: Vec<Column> = Vec::with_capacity(sheet.header.len());
    let mut faults = Vec::new();
    let place = Place::new(name, 1);
    let double_colons = sheet.header.iter().any(|header| header.contains("::"));
    for (index, header) in sheet.header.iter().enumerate() {
        let header = one_blank(header);
        if header.is_empty() {
            continue;
        }
        let path = path_of(&header, double_colons, names);
        if path.iter().any(String::is_empty) {
            faults.push(place.fault(&header, "A part of the column's name is blank."));
        }
        if let Some(other) = columns.iter().find(|other| other.path == path) {
            faults.push(place.fault(
                &header,
                if other.header == header {
                    format!("Duplicate column header: {header}")
                } else {
                    format!(
                        "Invalid headers provided for sheet: '{name}'. Headers that are different names for the same \
                         column were found: '{}', '{header}'. Rename or remove one of these columns.",
                        other.header
                    )
                },
            ));
        }
        columns.push(Column { index, header, path });
    }
    (columns, faults)
}

/// The fault of a sheet that lacks a column it cannot do without.
pub(super) fn missing(name: &str, columns: &[Column], required: &str) -> Option<Fault> {
    (!columns.iter().any(|column| column.path[0] == required)).then(|| {
        Place::new(name, 1).fault(
            required,
            format!(
                "Invalid headers provided for sheet: '{name}'. One or more required column headers were not found: \
                 '{required}'. Learn more: https://xlsform.org/en/#setting-up-your-worksheets"
            ),
        )
    })
}

/// Texts that stand under no header, one fault for each column that has any.
pub(super) fn without_header(sheet: &Sheet, name: &str, faults: &mut Vec<Fault>) {
    let mut told: Vec<usize> = Vec::new();
    for row in &sheet.rows {
        for (index, cell) in row.cells.iter().enumerate() {
            let named = sheet.header.get(index).is_some_and(|header| !header.trim().is_empty());
            if !named && !cell.is_empty() && !told.contains(&index) {
                told.push(index);
                faults.push(Place::new(name, row.number).fault("", no_header(name, index)));
            }
        }
    }
}

fn no_header(name: &str, index: usize) -> String {
    format!(
        "Invalid headers provided for sheet: '{name}'. For XLSForms, this may be due a missing header row, in which case \
         add a header row as per the reference template https://xlsform.org/en/ref-table/. Column {} has texts and no \
         header.",
        index + 1
    )
}

fn path_of(header: &str, double_colons: bool, names: &Names) -> Vec<String> {
    let is_alias = |name: &str| names.aliases.iter().any(|(alias, _)| *alias == name);
    let is_known = |name: &str| names.known.contains(&name) && !is_alias(name);
    let snake = snake_case(header);
    if is_known(header) {
        return vec![header.to_owned()];
    }
    if is_known(&snake) {
        return vec![snake];
    }
    let mut parts: Vec<String> = if double_colons || header.contains("::") {
        header.split("::").map(|part| part.trim().to_owned()).collect()
    } else {
        header.split(':').map(|part| part.trim().to_owned()).collect()
    };
    // `bind:jr:count` in the old style, where one colon separates and the prefix has one too.
    if let Some(at) = parts.iter().position(|part| part == "jr")
        && at + 1 < parts.len()
    {
        parts[at] = format!("jr:{}", parts.remove(at + 1));
    }
    let first = snake_case(&parts[0]);
    if let Some((_, path)) = names.aliases.iter().find(|(alias, _)| *alias == first) {
        parts.splice(..1, path.iter().map(|part| (*part).to_owned()));
    } else if names.known.contains(&first.as_str()) {
        parts[0] = first;
    } else {
        // Not of XLSForm: kept as it is, because a choice filter may call it so.
        return vec![header.to_owned()];
    }
    parts
}

/// In lower case, with underscores for blanks.
pub(super) fn snake_case(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::columns::SURVEY;

    fn path(header: &str) -> String {
        path_of(header, header.contains("::"), &SURVEY).join("/")
    }

    #[test]
    fn columns_are_known_by_all_their_names() {
        for (header, expected) in [
            ("label", "label"),
            ("Label", "label"),
            ("caption", "label"),
            ("label::English (en)", "label/English (en)"),
            ("label : English", "label/English"),
            ("Constraint Message::fr", "bind/jr:constraintMsg/fr"),
            ("bind:jr:constraintMsg", "bind/jr:constraintMsg"),
            ("bind::foo:bar", "bind/foo:bar"),
            ("read only", "bind/readonly"),
            ("relevance", "bind/relevant"),
            ("body::accuracyThreshold", "control/accuracyThreshold"),
            ("media::image::fr", "media/image/fr"),
            ("big-image", "media/big-image"),
            ("repeat_count", "control/jr:count"),
            ("indicators", "indicators"),
            ("My Own", "My Own"),
        ] {
            assert_eq!(path(header), expected, "{header}");
        }
    }
}
