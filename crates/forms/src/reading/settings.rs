//! The sheet `settings`: one row under its header.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::{INVALID_NAME, Options, columns, headers, names};
use crate::form::references::is_name;
use crate::form::{Fault, Place};
use crate::workbook::Workbook;

const SHEET: &str = "settings";

/// Name of the root of answers in XML when nobody names another.
const ROOT: &str = "data";

/// Settings under these names were meant for clients that nobody has any more.
const NOT_SUPPORTED: [&str; 1] = ["flat"];

pub(super) struct Settings {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: Option<String>,
    pub(super) root: String,
    pub(super) default_language: Option<String>,
    pub(super) others: BTreeMap<String, String>,
}

pub(super) fn read(
    workbook: &Workbook,
    options: &Options<'_>,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Settings {
    let mut written = written(workbook, faults, warnings);
    let id = written
        .remove("id_string")
        .or_else(|| options.id.map(str::to_owned))
        .unwrap_or_else(|| ROOT.to_owned());
    let root = written.remove("name");
    if root.as_deref().is_some_and(|root| !is_name(root)) {
        faults.push(Place::new(SHEET, 2).fault("name", INVALID_NAME));
    }
    if written.get("omit_instanceid").and_then(|omit| crate::form::yes_or_no(omit)) == Some(true)
        && written.contains_key("public_key")
    {
        let reason = "Cannot omit instanceID, it is required for encryption.";
        faults.push(Place::new(SHEET, 2).fault("omit_instanceID", reason));
    }
    Settings {
        title: written.remove("title").unwrap_or_else(|| id.clone()),
        version: written.remove("version"),
        root: root.or_else(|| options.root.map(str::to_owned)).unwrap_or_else(|| ROOT.to_owned()),
        default_language: written.remove("default_language"),
        others: written,
        id,
    }
}

fn written(
    workbook: &Workbook,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let Some(sheet) = workbook.sheet(SHEET) else {
        warnings.extend(names::similar_sheet_warning(SHEET, workbook));
        return settings;
    };
    headers::without_header(sheet, SHEET, faults);
    let mut sheet = sheet.clone();
    // Both of them: the newer name counts.
    let old = sheet.header.iter().position(|header| header == "id_string");
    if let Some(old) = old
        && sheet.header.iter().any(|header| header == "form_id")
    {
        sheet.header[old].clear();
        let reason = "The form_id and id_string column headers are both specified in the settings sheet; id_string is \
                      not used.";
        warnings.push(Place::new(SHEET, 1).fault("id_string", reason));
    }
    let (columns, wrong) = headers::columns(&sheet, SHEET, &columns::SETTINGS);
    faults.extend(wrong);
    let Some(row) = sheet.rows.first() else { return settings };
    if let Some(second) = sheet.rows.get(1) {
        let reason = "Only the first row under the header is used.";
        warnings.push(Place::new(SHEET, second.number).fault("", reason));
    }
    let cells = Cells::of(row, &columns, SHEET, false);
    for (column, text) in cells.iter() {
        let name = match column.parts().as_slice() {
            ["attribute", name] => format!("attribute::{name}"),
            [known] if columns::SETTINGS.known.contains(known) => (*known).to_owned(),
            _ => {
                let reason = "XLSForm has no such setting; it is kept and has no effect.";
                warnings.push(Place::new(SHEET, 1).fault(&column.header, reason));
                column.header.clone()
            }
        };
        if NOT_SUPPORTED.contains(&name.as_str()) {
            faults.push(cells.place.fault(&column.header, "This setting is not supported."));
        }
        settings.insert(name, text.to_owned());
    }
    settings
}
