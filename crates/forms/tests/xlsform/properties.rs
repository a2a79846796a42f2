//! Forms of random questions and texts come back from every kind of file.

use keyline_forms::workbook::{Row, Sheet, Workbook};
use proptest::prelude::*;

use crate::samples::read_workbook;
use crate::writing::assert_comes_back;

/// Types that need nothing but a name and a label.
const TYPES: [&str; 16] = [
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "note",
    "acknowledge",
    "geopoint",
    "barcode",
    "image",
    "select_one l",
    "select_multiple l",
    "rank l",
    "select_one l or_other",
    "hidden",
];

/// Columns that take any text, with a type that has them.
const COLUMNS: [&str; 12] = [
    "label",
    "label::English (en)",
    "label::العربية (ar)",
    "hint",
    "hint::English (en)",
    "guidance_hint",
    "required_message",
    "constraint_message::English (en)",
    "media::image",
    "default",
    "colour",
    "bind::x:y",
];

fn text() -> impl Strategy<Value = String> {
    // Anything but signs that make an expression or a reference of it.
    prop_oneof![
        "[a-zA-Z0-9 ,.;:!?éßЖ中🙂'=+@\"<>&-]{0,30}",
        "[a-z]{1,8}(\n[a-z]{1,8}){0,2}",
        Just("=1+1".to_owned()),
        Just("'quoted".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn random_forms_come_back(
        rows in prop::collection::vec((0..TYPES.len(), prop::collection::vec(text(), COLUMNS.len())), 1..12),
        group in any::<bool>(),
        choices in prop::collection::vec((text(), text()), 1..6),
    ) {
        let mut header = vec!["type".to_owned(), "name".to_owned()];
        header.extend(COLUMNS.map(str::to_owned));
        let mut cells: Vec<Vec<String>> = rows
            .into_iter()
            .enumerate()
            .map(|(index, (kind, texts))| {
                let mut row = vec![TYPES[kind].to_owned(), format!("q{index}")];
                row.extend(texts);
                row
            })
            .collect();
        if group {
            cells.insert(0, vec!["begin_repeat".to_owned(), "r".to_owned(), "R".to_owned()]);
            cells.push(vec!["end_repeat".to_owned()]);
        }
        let survey = Sheet { name: "survey".to_owned(), header, rows: numbered(cells) };
        let choices = choices
            .into_iter()
            .enumerate()
            .map(|(index, (label, extra))| vec!["l".to_owned(), format!("c{index}"), label, extra])
            .collect();
        let header = ["list_name", "name", "label::English (en)", "area"].map(str::to_owned).to_vec();
        let choices = Sheet { name: "choices".to_owned(), header, rows: numbered(choices) };
        // Texts may be faults (a question without words, a default that is no expression); those are for others.
        if let Ok(read) = read_workbook(&Workbook { sheets: vec![survey, choices] }) {
            assert_comes_back(&read.form);
            prop_assert!(crate::fuzz::well_formed(&keyline_forms::xform::write(&read.form)));
        }
    }
}

fn numbered(rows: Vec<Vec<String>>) -> Vec<Row> {
    (2..).zip(rows).map(|(number, cells)| Row { number, cells }).collect()
}
