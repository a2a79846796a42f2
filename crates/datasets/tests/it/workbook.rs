//! The workbook, read back with keyline-workbooks.

use keyline_datasets::{Cell, Dataset, Format, Kind, Missing, Variable, WriteFault, write};
use keyline_workbooks::{Limits, read_sheet};
use proptest::prelude::*;

use crate::made_up::{about, hostile, small, written};

fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let table =
        read_sheet(bytes, keyline_workbooks::FileKind::Xlsx, sheet, &Limits::default()).expect("it opens");
    table.rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn the_small_table_as_a_workbook() {
    let bytes = written(Format::Xlsx, &small());
    assert_eq!(
        rows(&bytes, "data"),
        [
            ["yes", "1", "0", "7", "37.5", "2026-02-28", "=1+1"],
            ["[c]", "[z]", "1", "[c]", "0", "[x]", "[c]"],
            ["[dk]", "0", "0", "[x]", "0.25", "1999-12-31", "'[c]"],
        ]
    );
    let codebook = rows(&bytes, "codebook");
    assert_eq!(
        codebook[2][..],
        [
            "agree",
            "agree",
            "Do you agree?",
            "category",
            "",
            "",
            "[c]",
            "-9",
            "Suppressed to protect people",
            "suppressed"
        ]
    );
    let notes = rows(&bytes, "notes");
    assert!(notes.contains(&vec!["title".to_owned(), "A made-up table".to_owned()]));
    assert!(notes.contains(&vec!["sign".to_owned(), "[dk] Does not know".to_owned()]), "{notes:?}");
}

#[test]
fn a_text_that_no_cell_holds_is_cut_and_the_notes_say_so() {
    let variables = vec![Variable::new("words", "Words", Kind::Text)];
    let dataset = Dataset::new(about(), variables, vec![vec![Cell::Text("à".repeat(70_000))]]);
    let bytes = written(Format::Xlsx, &dataset);
    let limits = Limits { cell_characters: 40_000, ..Limits::default() };
    let table = read_sheet(&bytes, keyline_workbooks::FileKind::Xlsx, "data", &limits).expect("it opens");
    let text = &table.rows[0].cells[0];
    assert_eq!(text.chars().count(), 32_767);
    assert!(text.ends_with("à […]"));
    let notes = rows(&bytes, "notes");
    assert!(
        notes.iter().any(|line| line[0] == "note" && line[1].contains("cut, with the mark […]: 1.")),
        "{notes:?}"
    );
}

#[test]
fn equal_tables_give_equal_workbooks() {
    assert_eq!(written(Format::Xlsx, &small()), written(Format::Xlsx, &small()));
}

#[test]
fn more_columns_than_a_sheet_holds_are_refused() {
    let variables = (0..16_385).map(|index| Variable::new(format!("v{index}"), "", Kind::Whole)).collect();
    let dataset = Dataset::new(about(), variables, Vec::<Vec<Cell>>::new());
    let refused = write(Format::Xlsx, &dataset, &mut Vec::new());
    assert!(
        matches!(refused, Err(WriteFault::TooMany { what: "columns", limit: 16_384, .. })),
        "{refused:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_can_be_a_cell_a_label_and_a_note(text in hostile()) {
        let mut about = about();
        about.notes = vec![text.clone()];
        let variables = vec![
            Variable::new(text.clone(), text.clone(), Kind::Text).may_miss(&[Missing::Suppressed]).asked(text.clone()),
            Variable::new("last", "So that no row is blank", Kind::Whole),
        ];
        let rows = vec![vec![Cell::Text(text), Cell::Whole(1)]];
        let bytes = written(Format::Xlsx, &Dataset::new(about, variables, rows));
        prop_assert_eq!(&self::rows(&bytes, "data")[0][1], "1");
    }
}
