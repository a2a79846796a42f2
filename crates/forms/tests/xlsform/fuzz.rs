//! Forms that somebody spoilt: reading them gives a form or faults, and never panics.

use std::sync::LazyLock;

use keyline_forms::workbook::{FileType, Workbook};
use keyline_forms::{answering, writing, xform};
use proptest::prelude::*;
use serde_json::Value;

use crate::samples::{placeless, read_workbook};

/// Pieces that are put in at random places.
const PIECES: [&str; 20] = [
    "|",
    "\n",
    "${",
    "}",
    "${q1}",
    "${last-saved#q1}",
    "::",
    " or_other",
    "begin_repeat",
    "end_group",
    "instance('",
    "indexed-repeat(",
    "[",
    "]",
    "\\|",
    "=",
    "select_multiple ",
    "\u{a0}",
    "é",
    "/../",
];

static CASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../data/xlsform_cases.json")).unwrap();
    cases.iter().filter_map(|case| case["args"]["md"].as_str().map(str::to_owned)).collect()
});

/// Cuts a piece out, or puts one in, at places given as shares of the length.
fn spoil(text: &mut String, edits: &[(u16, u8, u8)]) {
    for (at, length, piece) in edits {
        let mut start = text.len() * usize::from(*at) / usize::from(u16::MAX);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (start + usize::from(*length) % 12).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let piece = PIECES.get(usize::from(*piece) % (PIECES.len() * 2)).copied().unwrap_or("");
        text.replace_range(start..end, piece);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn spoilt_forms_are_read_or_refused(
        case in 0..10_000_usize,
        edits in prop::collection::vec((any::<u16>(), any::<u8>(), any::<u8>()), 0..6),
    ) {
        let mut text = CASES[case % CASES.len()].clone();
        spoil(&mut text, &edits);
        let Ok(workbook) = Workbook::from_markdown(&text) else { return Ok(()) };
        match read_workbook(&workbook) {
            Ok(read) => {
                let xml = xform::write(&read.form);
                prop_assert!(well_formed(&xml), "{}\n{}", text, xml);
                prop_assert!(answering::check(&read.form).is_empty());
                let again = read_workbook(&writing::workbook(&read.form));
                match again {
                    Ok(again) => prop_assert_eq!(placeless(&again.form), placeless(&read.form), "{}", text),
                    Err(faults) => prop_assert!(false, "{:?}\n{}", faults, text),
                }
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(!fault.reason.is_empty() && !fault.sheet.is_empty(), "{}", fault);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_a_workbook_or_none(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for file_type in [FileType::Xlsx, FileType::Csv, FileType::Markdown] {
            if let Ok(workbook) = Workbook::read(&bytes, file_type) {
                let _ = read_workbook(&workbook);
            }
        }
    }
}

/// Whether quick-xml reads it to its end with every element closed.
pub(crate) fn well_formed(xml: &str) -> bool {
    let mut reader = quick_xml::NsReader::from_str(xml);
    let mut depth = 0_i64;
    loop {
        match reader.read_event() {
            Err(_) => return false,
            Ok(quick_xml::events::Event::Start(start)) => {
                if start.attributes().any(|attribute| attribute.is_err()) {
                    return false;
                }
                depth += 1;
            }
            Ok(quick_xml::events::Event::Empty(start)) => {
                if start.attributes().any(|attribute| attribute.is_err()) {
                    return false;
                }
            }
            Ok(quick_xml::events::Event::End(_)) => depth -= 1,
            Ok(quick_xml::events::Event::Eof) => return depth == 0,
            Ok(_) => {}
        }
    }
}
