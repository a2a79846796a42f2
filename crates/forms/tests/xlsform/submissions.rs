//! Submissions of clients, taken apart and written again.

use keyline_forms::answering::Compiled;
use keyline_forms::xform::answers::{NotAnswers, form_of, read_answers, write_answers};
use serde_json::json;

use crate::samples::form;

const FORM: &str = "
    | survey |
    | | type              | name    | label    |
    | | text              | name    | Name     |
    | | integer           | age     | Age      |
    | | select_multiple l | likes   | Likes    |
    | | begin_group       | home    | Home     |
    | | text              | street  | Street   |
    | | image             | picture | Picture  |
    | | end_group         |         |          |
    | | begin_group       | school  | School   |
    | | decimal           | marks   | Marks    |
    | | text              | street  | Street   |
    | | end_group         |         |          |
    | | begin_repeat      | pets    | Pets     |
    | | text              | pet     | Pet      |
    | | end_repeat        |         |          |
    | choices |
    | | list_name | name | label |
    | | l         | a    | A     |
    | | l         | b    | B     |
    | settings |
    | | form_id | version |
    | | pets    | 7       |";

fn compiled() -> Compiled {
    Compiled::new(&form(FORM)).unwrap()
}

const SUBMISSION: &str = r#"<?xml version='1.0' ?>
<data id="pets" version="7" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">
  <name>Mòrag &amp; <![CDATA[<Iain>]]></name><age>9</age><likes>a b</likes>
  <home><street>High Street</street><picture>1.jpg</picture></home>
  <school><marks>3.5</marks><street/></school>
  <pets jr:template=""><pet>template</pet></pets>
  <pets><pet>Cat</pet></pets><pets><pet/></pets><pets><pet>Dog</pet></pets>
  <weight>80</weight>
  <orx:meta><orx:instanceID>uuid:1</orx:instanceID><orx:deprecatedID>uuid:0</orx:deprecatedID><audit>audit.csv</audit></orx:meta>
</data>"#;

#[test]
fn a_submission_is_taken_apart() {
    let received = read_answers(&compiled(), SUBMISSION).unwrap();
    assert_eq!((received.form_id.as_str(), received.version.as_deref()), ("pets", Some("7")));
    assert_eq!(received.instance_id.as_deref(), Some("uuid:1"));
    assert_eq!(received.deprecated_id.as_deref(), Some("uuid:0"));
    assert_eq!(received.files, ["1.jpg", "audit.csv"]);
    assert_eq!(received.unknown, ["/data/weight"]);
    assert_eq!(
        received.answers,
        json!({
            "name": "Mòrag & <Iain>",
            "age": 9,
            "likes": ["a", "b"],
            "home": { "street": "High Street", "picture": "1.jpg" },
            "school": { "marks": 3.5 },
            "pets": [{ "pet": "Cat" }, {}, { "pet": "Dog" }],
        })
    );
    assert_eq!(form_of(SUBMISSION).unwrap(), ("pets".to_owned(), Some("7".to_owned())));
}

#[test]
fn what_is_written_is_taken_apart_again() {
    let compiled = compiled();
    let received = read_answers(&compiled, SUBMISSION).unwrap();
    let xml = write_answers(&compiled, &received.answers, "uuid:2", received.instance_id.as_deref());
    let again = read_answers(&compiled, &xml).unwrap();
    assert_eq!(again.answers, received.answers);
    assert_eq!(again.instance_id.as_deref(), Some("uuid:2"));
    assert_eq!(again.deprecated_id.as_deref(), Some("uuid:1"));
}

#[test]
fn what_is_no_submission_is_refused() {
    let compiled = compiled();
    let deep = format!("<data>{}", "<a>".repeat(200));
    for (xml, expected) in [
        ("", Some(NotAnswers::Empty)),
        ("hello", Some(NotAnswers::Empty)),
        (deep.as_str(), Some(NotAnswers::TooDeep)),
        ("<data><name>", None),
        ("<data></name>", None),
        ("<data/><data/>", None),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><data><name>&b;</name></data>", None),
        ("<data><name>&nothing;</name></data>", None),
    ] {
        let refused = read_answers(&compiled, xml).unwrap_err();
        match expected {
            Some(expected) => assert_eq!(refused, expected, "{xml}"),
            None => assert!(matches!(refused, NotAnswers::NotXml(_)), "{xml}: {refused}"),
        }
    }
}

#[test]
fn an_answer_that_stands_twice_counts_once() {
    let received = read_answers(&compiled(), "<data><age>1</age><age>2</age></data>").unwrap();
    assert_eq!(received.answers, json!({ "age": 1 }));
    assert_eq!(received.unknown, ["/data/age"]);
}
