//! Names: unique where they must be, and sheets that are nearly called right.

use std::collections::HashSet;

use super::SHEETS;
use crate::form::{Fault, Place};
use crate::workbook::Workbook;

/// How many letters a name may differ by to be taken for a slip.
const SLIPS: usize = 2;

/// The names in one group, repeat, or the form itself.
#[derive(Default)]
pub(super) struct Names {
    seen: HashSet<String>,
    lower: HashSet<String>,
}

impl Names {
    /// Takes a name in, and tells when it is there already.
    pub(super) fn take(
        &mut self,
        name: &str,
        place: &Place,
        faults: &mut Vec<Fault>,
        warnings: &mut Vec<Fault>,
    ) {
        if name == "meta" {
            let reason = "The 'name' value 'meta' is invalid. The name 'meta' is reserved for form metadata.";
            faults.push(place.fault("name", reason));
        } else if !self.seen.insert(name.to_owned()) {
            let reason = format!(
                "The 'name' value '{name}' is invalid. Questions, groups, and repeats must be unique within their \
                 nearest parent group or repeat, or the survey if not inside a group or repeat."
            );
            faults.push(place.fault("name", reason));
        } else if !self.lower.insert(name.to_lowercase()) {
            let reason = format!(
                "The 'name' value '{name}' is problematic. The name is a case-insensitive match to another name. \
                 Questions, groups, and repeats should be unique within the nearest parent group or repeat, or the \
                 survey if not inside a group or repeat. Some data processing tools are not case-sensitive, so the \
                 current names may make analysis difficult."
            );
            warnings.push(place.fault("name", reason));
        }
    }
}

/// What is said of sheets that are nearly called so.
pub(super) fn similar_sheets(wanted: &str, workbook: &Workbook) -> Option<String> {
    let similar: Vec<String> = workbook
        .sheets
        .iter()
        .map(|sheet| sheet.name.as_str())
        .filter(|name| !SHEETS.contains(name) && !name.starts_with('_'))
        .filter(|name| strsim::levenshtein(&name.to_lowercase(), wanted) <= SLIPS)
        .map(|name| format!("'{name}'"))
        .collect();
    (!similar.is_empty()).then(|| {
        format!(
            "When looking for a sheet named '{wanted}', the following sheets with similar names were found: {}.",
            similar.join(", ")
        )
    })
}

/// The warning that goes with it, where the sheet may be missing.
pub(super) fn similar_sheet_warning(wanted: &str, workbook: &Workbook) -> Option<Fault> {
    let similar = similar_sheets(wanted, workbook)?;
    let reason = format!("{similar} If a sheet is not meant, put an underscore before its name.");
    Some(Place::new(wanted, 0).fault("", reason))
}
