//! What is written and read again is the same form.

use keyline_forms::form::{ChoicesFrom, Form, Item, Kind};
use keyline_forms::workbook::{FileType, Workbook, write};
use keyline_forms::{writing, xform};
use serde_json::Value;

use crate::samples::{EVERYTHING, form, placeless, read_workbook};

/// Writes a form as both kinds of file and compares what is read.
pub(crate) fn assert_comes_back(form: &Form) {
    let workbook = writing::workbook(form);
    let files = [(write::xlsx(&workbook).unwrap(), FileType::Xlsx), (write::csv(&workbook), FileType::Csv)];
    for (bytes, file_type) in files {
        let read = Workbook::read(&bytes, file_type)
            .and_then(|workbook| read_workbook(&workbook).map_err(|mut faults| faults.swap_remove(0)));
        let read = read.unwrap_or_else(|fault| panic!("{file_type:?}: {fault}\n{workbook:#?}"));
        assert_eq!(placeless(&read.form), placeless(form), "{file_type:?}");
    }
    let json = writing::json(form).unwrap();
    assert_eq!(&serde_json::from_str::<Form>(&json).unwrap(), form);
}

#[test]
fn a_form_with_everything_comes_back_from_every_kind_of_file() {
    assert_comes_back(&form(EVERYTHING));
}

#[test]
fn a_form_says_what_its_workbook_says() {
    let form = form(EVERYTHING);
    assert_eq!((form.id.as_str(), form.title.as_str()), ("every-one", "Everything"));
    assert_eq!(form.version.as_deref(), Some("3"));
    let languages: Vec<&str> = form.languages.iter().map(|language| language.name.as_str()).collect();
    assert_eq!(languages, ["English (en)", "Gàidhlig (gd)"]);
    assert_eq!(form.languages[1].tag.as_deref(), Some("gd"));

    let role = form.question("role").unwrap();
    assert_eq!((role.kind, role.list()), (Kind::SelectOne, Some("role")));
    assert_eq!(role.label.in_language("Gàidhlig (gd)", "English (en)"), "Do dhreuchd");
    assert_eq!(role.extra["indicators"], "QI 1.1");
    assert!(role.or_other);
    assert!(form.question("role_other").unwrap().generated);
    assert!(form.list("role").unwrap().choice("other").unwrap().generated);
    assert_eq!(form.list("place").unwrap().choices[0].extra["area"], "a");

    assert!(form.question("day").unwrap().default_is_expression);
    assert!(!form.question("years").unwrap().default_is_expression);
    assert_eq!(form.question("changed").unwrap().trigger, ["view"]);
    assert_eq!(form.question("area").unwrap().choices, Some(ChoicesFrom::File("areas.csv".into())));
    let visits = form.walk().find(|item| item.name() == "visits").unwrap();
    assert!(matches!(visits, Item::Repeat(repeat) if repeat.count.as_deref() == Some("${years} + 1")));
    assert_eq!(form.question("day").unwrap().place.row, 9);
}

#[test]
fn what_is_written_gives_the_same_xml() {
    let before = form(EVERYTHING);
    let after = read_workbook(&writing::workbook(&before)).unwrap().form;
    assert_eq!(xform::write(&after), xform::write(&before));
}

#[test]
fn forms_of_the_conformance_set_come_back() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../data/xlsform_cases.json")).unwrap();
    let mut count = 0;
    for case in &cases {
        let Some(markdown) = case["args"]["md"].as_str() else { continue };
        if let Ok(read) = crate::samples::read(markdown) {
            assert_comes_back(&read.form);
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
}

#[test]
fn languages_keep_their_order() {
    let form = form(
        "| survey |
         | | type | name | hint::French (fr) | label::English (en) | label |
         | | text | a    | Indice            |                     | A     |
         | | text | b    |                   | B                   |       |",
    );
    let names: Vec<&str> = form.languages.iter().map(|language| language.name.as_str()).collect();
    assert_eq!(names, ["French (fr)", "English (en)"]);
    assert_comes_back(&form);
}

#[test]
fn blocks_and_attributes_of_groups_come_back() {
    assert_comes_back(&form(
        "| survey |
         | | type             | name | label | required | required_message::French (fr) | constraint | intent | bind::jr:preload | body::rows | noAppErrorString::French (fr) |
         | | begin group      | g    | G     | yes      | Oui                           | true()     | ex:a   | uid              | 3          | Non                           |
         | | begin loop over l | l1  | L     |          |                               |            |        |                  |            |                               |
         | | text             | q    | Of %(label)s |    |                               |            |        |                  |            |                               |
         | | end loop         |      |       |          |                               |            |        |                  |            |                               |
         | | end group        |      |       |          |                               |            |        |                  |            |                               |
         | choices |
         | | list name | name | label |
         | | l         | a    | A     |",
    ));
}
