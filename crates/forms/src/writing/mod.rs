//! A form as an XLSForm workbook again, or as JSON: nothing of it is lost.
//!
//! Reading what was written gives an equal form, but for the rows that things stand in: blank rows, comments, disabled rows and
//! other names of columns are gone, and what XLSForm adds by itself is left out. Columns are written only when they are
//! used, and the label in every language of the form, so that a translator finds where to write.

mod columns;
mod sheets;

use crate::form::Form;
use crate::workbook::{Sheet, Workbook};

/// The form as a workbook with the sheets `survey`, `choices`, `settings` and those further ones that it uses.
pub fn workbook(form: &Form) -> Workbook {
    let mut written = vec![sheets::survey(form)];
    let others: [Option<Sheet>; 5] = [
        sheets::choices("choices", &form.lists),
        Some(sheets::settings(form)),
        external_choices(form),
        sheets::entities(form),
        sheets::choices("osm", &form.osm),
    ];
    written.extend(others.into_iter().flatten());
    Workbook { sheets: written }
}

/// The sheet `external_choices`; none when the form has none.
pub(crate) fn external_choices(form: &Form) -> Option<Sheet> {
    sheets::choices("external_choices", &form.external_lists)
}

/// The form as JSON, indented: what is stored of a published version, and read back by serde.
///
/// # Errors
/// None that a form can bring about; serde's signature has one.
pub fn json(form: &Form) -> serde_json::Result<String> {
    serde_json::to_string_pretty(form)
}
