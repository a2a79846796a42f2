//! Tables for each fault, and laws over generated tables. All rows are fictional.

use proptest::prelude::*;

use super::identifying::IdentifierKind;
use super::{Accepted, Book, Cell, Problem, Sheet, check_book, mask};
use crate::programmes::{ColumnChoice, ColumnKind, Provenance, ReturnColumn};

fn column(key: &str, title: &str, kind: ColumnKind, required: bool, unique: bool) -> ReturnColumn {
    let provenance = Provenance { source: "own".into(), confirmed: false, reason: "fictional".into() };
    ReturnColumn {
        key: key.into(),
        title: title.into(),
        meaning: "Fictional".into(),
        kind,
        required,
        unique,
        stratum: !unique,
        provenance,
    }
}

fn columns() -> Vec<ReturnColumn> {
    let choice = |v: &str, l: &str| ColumnChoice { value: v.into(), label: l.into() };
    let bands =
        vec![choice("0-4", "0 to 4 years"), choice("5-11", "5 to 11 years"), choice("18+", "18 or older")];
    vec![
        column("reference", "Local reference", ColumnKind::Text { longest: 20 }, true, true),
        column("age-band", "Age band", ColumnKind::Choice { values: bands }, true, false),
        column("months", "Months at home", ColumnKind::WholeNumber { least: 0, most: 24 }, true, false),
        column("register", "On the register", ColumnKind::YesNo, false, false),
    ]
}

fn letter(n: usize) -> char {
    char::from(b'A' + u8::try_from(n % 26).unwrap())
}

fn sheet(rows: &[&[&str]]) -> Sheet {
    let line = |number: usize, cells: &[&str]| {
        cells
            .iter()
            .enumerate()
            .map(|(n, t)| Cell::new(format!("{}{number}", letter(n)), *t))
            .collect::<Vec<_>>()
    };
    Sheet {
        header: line(1, rows[0]),
        rows: rows[1..].iter().enumerate().map(|(n, r)| line(n + 2, r)).collect(),
        ..Sheet::default()
    }
}

const HEAD: &[&str] = &["reference", "age-band", "months", "register"];
const GOOD: &[&str] = &["SM-001", "5-11", "12", "yes"];

const DAY: jiff::civil::Date = jiff::civil::date(2026, 1, 5);

fn check(columns: &[ReturnColumn], sheet: &Sheet) -> Result<Accepted, Vec<Problem>> {
    super::check(columns, sheet, DAY)
}

fn problems(rows: &[&[&str]]) -> Vec<(String, String)> {
    check(&columns(), &sheet(rows))
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|p: Problem| (p.place.unwrap_or_default(), p.reason.key))
        .collect()
}

#[test]
fn a_good_table_is_accepted_in_any_order_of_columns_by_key_or_title() {
    let accepted = check(&columns(), &sheet(&[HEAD, GOOD, &["SM-002", "18+", "0", ""]])).unwrap();
    assert_eq!(accepted.rows.len(), 2);
    assert_eq!(accepted.rows[0].label, "SM-001");
    assert_eq!(accepted.rows[0].columns["months"], "12");
    assert!(!accepted.rows[1].columns.contains_key("register"));
    let turned: &[&str] = &["On the register", "MONTHS AT HOME", "Age Band", "Local reference"];
    let accepted = check(&columns(), &sheet(&[turned, &["No", "3", "0 to 4 years", "x1"]])).unwrap();
    assert_eq!(accepted.rows[0].columns["age-band"], "0-4");
    assert_eq!(accepted.rows[0].columns["register"], "no");
}

#[test]
fn each_fault_has_its_cell_and_its_sentence() {
    let cases: &[(&[&[&str]], &str, &str)] = &[
        (&[&["reference", "age-band", "register"], &["a1", "0-4", ""]], "", "returns-column-missing"),
        (&[&["reference", "age-band", "months", "register", "notes"], GOOD], "E1", "returns-column-unknown"),
        (&[&["reference", "age-band", "months", "Months at home"], GOOD], "D1", "returns-column-twice"),
        (&[HEAD], "", "returns-no-rows"),
        (&[HEAD, GOOD, &["", "0-4", "1", "no"]], "A3", "returns-cell-required"),
        (&[HEAD, &["SM-1", "", "1", "no"]], "B2", "returns-cell-required"),
        (&[HEAD, &["SM-1", "0-4"]], "A2", "returns-cell-required"),
        (&[HEAD, &["SM-1", "6-7", "1", "no"]], "B2", "returns-cell-choice"),
        (&[HEAD, &["SM-1", "0-4", "25", "no"]], "C2", "returns-cell-number"),
        (&[HEAD, &["SM-1", "0-4", "-1", "no"]], "C2", "returns-cell-number"),
        (&[HEAD, &["SM-1", "0-4", "a few", "no"]], "C2", "returns-cell-number"),
        (&[HEAD, &["SM-1", "0-4", "1", "perhaps"]], "D2", "returns-cell-yes-no"),
        (&[HEAD, &["a-reference-beyond-twenty", "0-4", "1", "no"]], "A2", "returns-cell-too-long"),
        (&[HEAD, &["a\u{7}b", "0-4", "1", "no"]], "A2", "returns-cell-control"),
        (&[HEAD, GOOD, &["sm-001", "0-4", "1", "no"]], "A3", "returns-cell-twice"),
        (&[HEAD, &["SM-1", "0-4", "1", "no", "by the way"]], "E2", "returns-cell-beside"),
    ];
    for (rows, place, key) in cases {
        let found = problems(rows);
        assert!(found.contains(&((*place).to_owned(), (*key).to_owned())), "{key} at {place:?}: {found:?}");
    }
}

#[test]
fn identifying_columns_are_told_by_heading_and_by_content() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("Forename", &["x"], "returns-identifier-name"),
        ("remarks", &["Morag Fictional", "Iain O'Invented", "Ailsa McMade-Up"], "returns-identifier-name"),
        ("remarks", &["Morag", "Iain", "Ailsa"], "returns-identifier-name"),
        ("number", &["0101010001"], "returns-identifier-chi"),
        ("number", &["010101 0001"], "returns-identifier-chi"),
        ("remarks", &["seen, born 03/09/2012"], "returns-identifier-birth"),
        ("when", &["2012-09-03 00:00:00"], "returns-identifier-birth"),
        ("when", &["3rd Sept 2012"], "returns-identifier-birth"),
        ("when", &["03-Sep-2012"], "returns-identifier-birth"),
        ("when", &["03/09/12", "04/10/13"], "returns-identifier-birth"),
        ("where", &["lives at ZZ99 9ZZ"], "returns-identifier-postcode"),
        ("where", &["zz999zz", "zz998zz"], "returns-identifier-postcode"),
        ("Date of Birth", &["-"], "returns-identifier-birth"),
        // one cell is enough
        ("remarks", &["fine", "spoke to Jamie Macdonald", "fine"], "returns-identifier-name"),
        ("remarks", &["fine", "asked Mrs Invented", "fine"], "returns-identifier-name"),
        ("remarks", &["fine", "fine", "ring 07700 900123"], "returns-identifier-contact"),
        ("remarks", &["fine", "fine", "jo@example.org"], "returns-identifier-contact"),
        ("remarks", &["AB123456C", "fine", "fine"], "returns-identifier-contact"),
        ("Mobile", &["none"], "returns-identifier-contact"),
    ];
    for (heading, cells, key) in cases {
        let mut rows: Vec<Vec<&str>> = vec![[HEAD, &[heading]].concat()];
        let labels = ["r1", "r2", "r3"];
        for (label, cell) in labels.iter().zip(*cells) {
            rows.push(vec![label, "0-4", "1", "no", cell]);
        }
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let found = problems(&rows);
        assert!(
            found.iter().any(|(place, k)| k == key && place.starts_with('E')),
            "{heading} {cells:?}: {found:?}"
        );
    }
}

#[test]
fn every_cell_that_identifies_is_named_by_its_place() {
    let rows: &[&[&str]] = &[
        &["reference", "age-band", "months", "register", "remarks"],
        &["r1", "0-4", "1", "no", "fine"],
        &["r2", "0-4", "1", "no", "spoke to Jamie Macdonald"],
        &["r3", "0-4", "1", "no", "asked Mrs Invented again"],
    ];
    let found = check(&columns(), &sheet(rows)).unwrap_err();
    let problem = found.iter().find(|problem| problem.reason.key == "returns-identifier-name").unwrap();
    assert_eq!(problem.place.as_deref(), Some("E3"));
    let value = |key: &str| problem.reason.values.iter().find(|(name, _)| name == key).unwrap().1.clone();
    assert_eq!((value("count"), value("cells")), ("2".to_owned(), "E3, E4".to_owned()));
    // more than can be read are not all listed
    let many: Vec<String> = (0..40).map(|n| format!("r{n}")).collect();
    let many: Vec<Vec<&str>> =
        many.iter().map(|r| vec![r.as_str(), "0-4", "1", "no", "jo@example.org"]).collect();
    let mut rows: Vec<&[&str]> = vec![rows[0]];
    rows.extend(many.iter().map(Vec::as_slice));
    let found = check(&columns(), &sheet(&rows)).unwrap_err();
    let cells =
        found.iter().flat_map(|problem| &problem.reason.values).find(|(name, _)| name == "cells").unwrap();
    assert!(cells.1.starts_with("E2, E3, ") && cells.1.ends_with(", E13, …"), "{cells:?}");
}

#[test]
fn a_label_that_identifies_is_refused_too() {
    let found = problems(&[HEAD, &["0101010001", "0-4", "1", "no"]]);
    assert!(found.contains(&("A2".into(), "returns-identifier-chi".into())), "{found:?}");
    // A slip in the check digit still tells who is meant; where the partnership's own numbers have ten digits, one in 28
    // begins with a date by chance.
    let found = problems(&[HEAD, &["r1", "0-4", "1", "no"], &["0101110015", "0-4", "1", "no"]]);
    assert_eq!(found, [("A3".into(), "returns-identifier-chi".into())]);
    let own = |label: &'static str| [label, "0-4", "1", "no"];
    let rows = [own("9901110014"), own("4501110014"), own("0101110015")];
    assert_eq!(problems(&[HEAD, &rows[0], &rows[1], &rows[2]]), []);
    let found = problems(&[HEAD, &["Morag", "0-4", "1", "no"], &["Iain", "0-4", "1", "no"]]);
    assert!(found.contains(&("A2".into(), "returns-identifier-name".into())), "{found:?}");
}

#[test]
fn a_problem_never_repeats_a_cell() {
    let secret = "Morag Fictional";
    let rows: &[&[&str]] = &[
        &["reference", "age-band", "months", "register", secret],
        &[secret, secret, secret, secret, secret],
        &[secret, "0-4", "1", "no", secret],
    ];
    let found = check(&columns(), &sheet(rows)).unwrap_err();
    assert!(!serde_json::to_string(&found).unwrap().contains("Morag"), "{found:?}");
    assert_eq!(mask("Ann-Lee 01/02/2012"), "Xxx-Xxx 99/99/9999");
    assert_eq!(mask(&"é".repeat(40)).chars().count(), 25);
}

#[test]
fn a_thousand_faults_are_counted_and_not_all_listed() {
    let bad: Vec<Vec<String>> =
        (0..1000).map(|n| vec![format!("r{n}"), "0-4".into(), "x".into(), "no".into()]).collect();
    let bad: Vec<Vec<&str>> = bad.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let mut rows: Vec<&[&str]> = vec![HEAD];
    rows.extend(bad.iter().map(Vec::as_slice));
    let found = check(&columns(), &sheet(&rows)).unwrap_err();
    assert_eq!(found.len(), super::check::MOST_PROBLEMS + 1);
    assert_eq!(found.last().unwrap().reason.key, "returns-more");
}

fn more_columns() -> Vec<ReturnColumn> {
    let choice = |v: &str| ColumnChoice { value: v.into(), label: format!("{v} years") };
    let bands =
        ColumnKind::AgeBand { values: vec![choice("0-4"), choice("5-11"), choice("18+")], oldest: 19 };
    vec![
        column("reference", "Local reference", ColumnKind::Text { longest: 20 }, true, true),
        column("age", "Age", bands, true, false),
        column("changed", "Changed", ColumnKind::Month { within: 24 }, false, false),
        column("own-key", "Your key", ColumnKind::Key { longest: 40 }, false, true),
    ]
}

#[test]
fn ages_months_and_keys_are_kept_in_their_coarse_form() {
    let rows: &[&[&str]] = &[
        &["reference", "age", "changed", "own-key"],
        &["r1", "7", "March 2025", "case 17-b"],
        &["r2", "18+", "2024-01-01", ""],
        &["r3", "19", "01/2026", "CASE/18"],
    ];
    let rows = check(&more_columns(), &sheet(rows)).unwrap().rows;
    let shown: Vec<_> = rows
        .iter()
        .map(|r| (r.columns["age"].as_str(), r.columns["changed"].as_str(), r.key.as_deref()))
        .collect();
    let wanted =
        [("5-11", "2025-03", Some("CASE17B")), ("18+", "2024-01", None), ("18+", "2026-01", Some("CASE18"))];
    assert_eq!(shown, wanted);
    // A file without the keys is taken too.
    assert!(check(&more_columns(), &sheet(&[&["reference", "age", "changed"], &["r1", "3", ""]])).is_ok());
}

#[test]
fn what_is_outside_the_population_or_its_window_is_named() {
    let cases = [
        (["r1", "20", "", ""], "B2", "returns-cell-age"),
        (["r1", "-1", "", ""], "B2", "returns-cell-age"),
        // between two bands
        (["r1", "12", "", ""], "B2", "returns-cell-age"),
        (["r1", "old", "", ""], "B2", "returns-cell-choice"),
        (["r1", "3", "2023-12", ""], "C2", "returns-cell-window"),
        (["r1", "3", "2026-02", ""], "C2", "returns-cell-window"),
        (["r1", "3", "soon", ""], "C2", "returns-cell-month"),
        (["r1", "3", "2025-03-17", ""], "C2", "returns-identifier-birth"),
        (["r1", "3", "", "---"], "D2", "returns-cell-key"),
        (["r1", "3", "", "0101110014"], "D2", "returns-identifier-chi"),
    ];
    for (row, place, key) in cases {
        let head: &[&str] = &["reference", "age", "changed", "own-key"];
        let found = check(&more_columns(), &sheet(&[head, &row])).unwrap_err();
        assert!(
            found.iter().any(|p| p.place.as_deref() == Some(place) && p.reason.key == key),
            "{key} at {place}: {found:?}"
        );
    }
    let twice: &[&[&str]] =
        &[&["reference", "age", "changed", "own-key"], &["r1", "3", "", "a-1"], &["r2", "3", "", "A 1"]];
    let found = check(&more_columns(), &sheet(twice)).unwrap_err();
    assert_eq!((found[0].place.as_deref(), found[0].reason.key.as_str()), (Some("D3"), "returns-cell-twice"));
}

#[test]
fn totals_must_match_the_rows_and_the_whole_must_be_given() {
    let list = sheet(&[HEAD, GOOD, &["SM-2", "5-11", "3", ""], &["SM-3", "18+", "3", "no"]]);
    let problems = |lines: &[&[&str]]| {
        let mut rows: Vec<&[&str]> = vec![&["column", "value", "number"]];
        rows.extend(lines);
        let totals = Some(("Totals".to_owned(), sheet(&rows)));
        let name = Some("Return".to_owned());
        let book = Book { name, list: list.clone(), totals, ..Book::default() };
        let found = check_book(&columns(), &book, DAY).err().unwrap_or_default();
        found
            .into_iter()
            .map(|p| format!("{}!{} {}", p.sheet.unwrap(), p.place.unwrap_or_default(), p.reason.key))
            .collect::<Vec<_>>()
    };
    let good: &[&[&str]] = &[
        &["all", "", "3"],
        &["age-band", "5-11", "2"],
        &["age-band", "0-4", "0"],
        &["register", "yes", "1"],
    ];
    assert_eq!(problems(good), Vec::<String>::new());
    assert_eq!(problems(&[&["all", "", ""]]), ["Totals! returns-totals-all"]);
    assert_eq!(
        problems(&[
            &["all", "", "4"],
            &["age-band", "5-11", "two"],
            &["age-band", "6-7", "2"],
            &["shoe size", "5", "2"]
        ]),
        [
            "Totals!C2 returns-totals-differ",
            "Totals!C3 returns-totals-number",
            "Totals!B4 returns-totals-value",
            "Totals!A5 returns-totals-column"
        ]
    );
}

#[test]
fn other_sheets_and_notes_are_looked_at_too_and_formulas_and_merged_cells_are_named() {
    let mut list = sheet(&[HEAD, GOOD]);
    list.formulas = vec!["C2".into()];
    list.merged = vec!["A2:A3".into()];
    let book = Book {
        name: Some("Return".into()),
        list,
        others: vec![("#2".into(), sheet(&[&["a"], &["0101110014"]]))],
        notes: vec![
            (Some("#2".into()), Cell::new("B2", "asked Mrs Invented")),
            (None, Cell::new("B3", "fine")),
            (None, Cell::new("B4", "asked Mrs Invented")),
        ],
        totals: None,
    };
    let found = check_book(&columns(), &book, DAY).unwrap_err();
    let said: Vec<_> = found
        .iter()
        .map(|p| (p.sheet.as_deref(), p.place.as_deref().unwrap(), p.reason.key.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Some("#2"), "A2", "returns-identifier-chi"),
            (Some("#2"), "B2", "returns-identifier-note"),
            (None, "B4", "returns-identifier-note"),
            (Some("Return"), "A2:A3", "returns-cell-merged"),
            (Some("Return"), "C2", "returns-cell-formula"),
        ]
    );
    assert!(!format!("{found:?}").contains("Invented"));
}

fn good_row() -> impl Strategy<Value = (String, String, String, String)> {
    (
        prop::sample::select(vec!["0-4", "5-11", "18+", "5 to 11 years"]),
        0u16..=24,
        prop::sample::select(vec!["yes", "no", "", "YES"]),
    )
        .prop_map(|(band, months, register)| {
            (String::new(), band.into(), months.to_string(), register.into())
        })
}

fn identifier() -> impl Strategy<Value = (IdentifierKind, String)> {
    let name =
        ("[A-Z][a-z]{2,8}", "[A-Z][a-z]{2,10}").prop_map(|(a, b)| (IdentifierKind::Name, format!("{a} {b}")));
    let chi =
        (1u32..=28, 1u32..=12, 0u32..100, 0u32..1000).prop_filter_map("has a check digit", |(d, m, y, n)| {
            let nine = format!("{d:02}{m:02}{y:02}{n:03}");
            let sum: u32 = nine.bytes().zip((2u32..=10).rev()).map(|(b, w)| u32::from(b - b'0') * w).sum();
            let check = (11 - sum % 11) % 11;
            (check < 10).then(|| (IdentifierKind::Chi, format!("{nine}{check}")))
        });
    let birth = (1u32..=28, 1u32..=12, 2006u32..2026, 0usize..3).prop_map(|(d, m, y, form)| {
        let text = match form {
            0 => format!("{d:02}/{m:02}/{y}"),
            1 => format!("{y}-{m:02}-{d:02}"),
            _ => format!("{d}.{m}.{y}"),
        };
        (IdentifierKind::BirthDate, text)
    });
    let postcode =
        "[A-Z]{1,2}[1-9][0-9]? [0-9][ABD-HJLNP-UW-Z]{2}".prop_map(|t| (IdentifierKind::Postcode, t));
    prop_oneof![name, chi, birth, postcode]
}

proptest! {
    #[test]
    fn a_table_made_from_the_columns_is_accepted(rows in prop::collection::vec(good_row(), 1..40)) {
        let rows: Vec<Vec<String>> = rows.into_iter().enumerate()
            .map(|(n, (_, a, b, c))| vec![format!("ref-{n:04}"), a, b, c]).collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let mut all: Vec<&[&str]> = vec![HEAD];
        all.extend(rows.iter().map(Vec::as_slice));
        let accepted = check(&columns(), &sheet(&all));
        prop_assert!(accepted.is_ok(), "{accepted:?}");
        prop_assert_eq!(accepted.unwrap().rows.len(), rows.len());
    }

    #[test]
    fn any_injected_identifier_column_is_refused_and_named(
        rows in prop::collection::vec(good_row(), 2..20),
        (kind, text) in identifier(),
        heading in "[a-z]{4,12}",
        as_label in any::<bool>(),
    ) {
        // In place of the asked reference, or in a column beside.
        let mut head = HEAD.to_vec();
        if !as_label { head.push(&heading); }
        let rows: Vec<Vec<String>> = rows.into_iter().enumerate().map(|(n, (_, a, b, c))| {
            let label = if as_label { text.clone() } else { format!("ref-{n}") };
            let mut row = vec![label, a, b, c];
            if !as_label { row.push(text.clone()); }
            row
        }).collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let mut all: Vec<&[&str]> = vec![&head];
        all.extend(rows.iter().map(Vec::as_slice));
        let found = check(&columns(), &sheet(&all)).unwrap_err();
        prop_assert!(found.iter().any(|p| p.reason.key == kind.key()), "{found:?}");
        // Masked; and the places lie in the column.
        prop_assert!(!serde_json::to_string(&found).unwrap().contains(&text));
    }

    #[test]
    fn nothing_that_a_stranger_sends_makes_the_check_fail(
        cells in prop::collection::vec(prop::collection::vec(".{0,12}", 0..8), 1..8)
    ) {
        let rows: Vec<Vec<&str>> = cells.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let all: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let _ = check(&columns(), &sheet(&all));
    }
}
