//! The shipped instruments as forms, with the translations that a test asks for.

use std::fs;
use std::path::Path;

use keyline_forms::form::Form;
use keyline_forms::reading::{Options, read};
use keyline_forms::workbook::{FileType, Workbook, join_translation};

/// A shipped instrument with its translations into the languages of these tags.
pub(crate) fn shipped(name: &str, translations: &[&str]) -> Form {
    let mut workbook = sheets(name);
    for tag in translations {
        let mut translated = sheets(&format!("{name}.{tag}"));
        translated.sheets.retain(|sheet| sheet.name != "settings");
        join_translation(&mut workbook, &translated).unwrap();
    }
    read(&workbook, &Options { id: Some(name), ..Options::default() }).unwrap().form
}

fn sheets(name: &str) -> Workbook {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../programmes/supervision-orders-at-home/2025-2/instruments")
        .join(format!("{name}.csv"));
    Workbook::read(&fs::read(file).unwrap(), FileType::Csv).unwrap()
}
