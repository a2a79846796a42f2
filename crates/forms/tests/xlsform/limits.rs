//! Large and deep workbooks.

use keyline_forms::form::Item;
use keyline_forms::workbook::{FileType, Row, Sheet, Workbook};
use keyline_forms::xform;

use crate::samples::read_workbook;

fn sheet(name: &str, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        header: header.iter().map(|name| (*name).to_owned()).collect(),
        rows: (2..).zip(rows).map(|(number, cells)| Row { number, cells }).collect(),
    }
}

#[test]
fn ten_thousand_choices_are_read_and_written() {
    let survey = sheet(
        "survey",
        &["type", "name", "label", "choice_filter"],
        [vec!["select_one l".to_owned(), "a".to_owned(), "A".to_owned(), "area = 'x'".to_owned()]]
            .into_iter(),
    );
    let choices = sheet(
        "choices",
        &["list_name", "name", "label", "area"],
        (0..10_000).map(|index| vec!["l".into(), format!("c{index}"), format!("Choice {index}"), "x".into()]),
    );
    let read = read_workbook(&Workbook { sheets: vec![survey, choices] }).unwrap();
    assert_eq!(read.form.list("l").unwrap().choices.len(), 10_000);
    assert_eq!(xform::write(&read.form).matches("<item>").count(), 10_000);
}

#[test]
fn groups_may_not_be_nested_without_end() {
    let nested = |depth: usize| {
        let begins =
            (0..depth).map(|index| vec!["begin_group".to_owned(), format!("g{index}"), "G".to_owned()]);
        let question = [vec!["text".to_owned(), "a".to_owned(), "A".to_owned()]].into_iter();
        let ends = (0..depth).map(|_| vec!["end_group".to_owned()]);
        Workbook {
            sheets: vec![sheet("survey", &["type", "name", "label"], begins.chain(question).chain(ends))],
        }
    };
    let deep = read_workbook(&nested(40)).unwrap().form;
    let json = serde_json::to_string(&deep).unwrap();
    assert_eq!(serde_json::from_str::<keyline_forms::form::Form>(&json).unwrap(), deep);
    assert_eq!(deep.walk().filter(|item| matches!(item, Item::Group(_))).count(), 40);

    let faults = read_workbook(&nested(50_000)).unwrap_err();
    assert_eq!(faults.len(), 1, "{:#?}", &faults[..2]);
    assert!(faults[0].reason.contains("more than 40 deep"), "{}", faults[0]);
    // Ends that are missing as well.
    let mut unclosed = nested(5_000);
    unclosed.sheets[0].rows.truncate(5_000);
    assert_eq!(read_workbook(&unclosed).unwrap_err().len(), 5_001);
}

#[test]
fn broken_files_are_told_in_words() {
    for (bytes, file_type) in [
        (&b"PK\x03\x04"[..], FileType::Xlsx),
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], FileType::Xlsx),
        (&b""[..], FileType::Csv),
        (&b"\xff\xfe\x00"[..], FileType::Markdown),
        (&b"no table at all"[..], FileType::Markdown),
    ] {
        let fault = Workbook::read(bytes, file_type).unwrap_err();
        assert!(fault.reason.len() > 10, "{fault}");
    }
}
