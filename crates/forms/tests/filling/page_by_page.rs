//! Going through a form page by page.

use serde_json::json;

use crate::forms::{group, owned, pages, question, resume, select, send, start};

fn visit() -> serde_json::Value {
    json!([
        question("hello", "note", json!({})),
        question("born", "date", json!({ "required": "yes" })),
        group(
            "home",
            json!({ "appearance": "field-list" }),
            json!([
                select("alone", "select_one", "yes_no", json!({ "required": "true()" })),
                question("with", "text", json!({ "relevant": "${alone} = 'no'", "required": "yes" })),
                group(
                    "inner",
                    json!({}),
                    json!([question("rooms", "integer", json!({ "constraint": ". > 0" }))])
                ),
            ])
        ),
        group(
            "help",
            json!({}),
            json!([
                select("services", "select_multiple", "services", json!({})),
                select("order", "rank", "services", json!({ "relevant": "count-selected(${services}) > 1" })),
            ])
        ),
        question("at", "time", json!({})),
    ])
}

#[test]
fn one_question_or_one_field_list_a_page() {
    let mut filling = start(visit());
    assert_eq!(pages(&filling), ["hello", "born", "section:home", "services", "at"]);
    let view = filling.view("section:home").unwrap();
    assert_eq!((view.number, view.of), (3, 5));
    assert_eq!(filling.progress("section:home"), Some((3, 5)));
    assert_eq!(view.headings[0].label, "home");
    let paths: Vec<&str> = view.questions.iter().map(|asked| asked.path.as_str()).collect();
    assert_eq!(paths, ["alone", "rooms"]);
    assert!(view.questions[0].required && view.questions[0].fault.is_none());
    assert_eq!(view.questions[1].headings[0].label, "inner");
    assert_eq!(filling.view("services").unwrap().headings[0].label, "help");
    assert_eq!(filling.next_after("services").unwrap().id, "at");
    send(&mut filling, "services", &[("services", "health"), ("services", "police")]);
    assert_eq!(filling.next_after("services").unwrap().id, "order");
    assert_eq!(filling.previous_before("at").unwrap().id, "order");
    send(&mut filling, "services", &[]);
    assert_eq!(filling.next_after("order").unwrap().id, "at", "also from a page that is gone");
    assert_eq!(filling.previous_before("order").unwrap().id, "services");
    assert!(filling.next_after("at").is_none() && filling.previous_before("hello").is_none());
    assert!(filling.page("order").is_none() && filling.view("nowhere").is_none());
    assert!(!filling.take_page("order", &[]).known);
}

#[test]
fn a_question_that_appears_is_shown_before_it_is_missed() {
    let mut filling = start(visit());
    let taken = filling.take_page("section:home", &owned(&[("alone", "no"), ("rooms", "3")]));
    assert_eq!((taken.appeared.as_slice(), taken.faults.as_slice()), (&["with".to_owned()][..], &[][..]));
    assert!(!taken.accepted());
    let taken = filling.take_page("section:home", &owned(&[("alone", "no"), ("rooms", "3"), ("with", "")]));
    assert_eq!(taken.faults[0].question, "with");
    send(&mut filling, "section:home", &[("alone", "no"), ("rooms", "3"), ("with", "Gran")]);
    assert_eq!(filling.answers(), json!({ "alone": "no", "with": "Gran", "rooms": 3 }));
}

#[test]
fn what_was_typed_is_shown_again() {
    let mut filling = start(visit());
    let taken = filling.take_page("section:home", &owned(&[("alone", "yes"), ("rooms", "lots <of>")]));
    assert_eq!(taken.faults.len(), 1);
    let rooms = &filling.view("section:home").unwrap().questions[1];
    assert_eq!(rooms.values, ["lots <of>"]);
    assert_eq!(rooms.fault.as_ref().map(|fault| fault.code.name()), Some("type"));
    assert_eq!(filling.answers(), json!({ "alone": "yes" }));
    let taken = filling.take_page("section:home", &owned(&[("alone", "yes"), ("rooms", "0")]));
    assert_eq!(taken.faults[0].code.name(), "constraint");
    assert_eq!(filling.view("section:home").unwrap().questions[1].values, ["0"]);
    send(&mut filling, "section:home", &[("alone", "yes"), ("rooms", "")]);
    assert_eq!(filling.view("section:home").unwrap().questions[1].values, Vec::<String>::new());
}

#[test]
fn days_times_and_orders_come_in_parts() {
    let mut filling = start(visit());
    let born = |day: &str, month: &str, year: &str| {
        owned(&[("born.day", day), ("born.month", month), ("born.year", year)])
    };
    assert_eq!(filling.take_page("born", &born("", "", "")).faults[0].code.name(), "required");
    for (day, month, year) in
        [("31", "2", "2010"), ("1", "", "2010"), ("1", "1", "10"), ("x", "1", "2010"), ("001", "1", "2010")]
    {
        assert_eq!(
            filling.take_page("born", &born(day, month, year)).faults[0].code.name(),
            "type",
            "{day} {month} {year}"
        );
    }
    assert_eq!(filling.view("born").unwrap().questions[0].parts["day"], "001");
    assert!(filling.take_page("born", &born("1", "3", "2010")).accepted());
    assert_eq!(filling.answers()["born"], "2010-03-01");
    assert_eq!(filling.view("born").unwrap().questions[0].parts["month"], "3");
    assert!(filling.take_page("born", &owned(&[("born", "2011-04-05")])).accepted());
    send(&mut filling, "at", &[("at.hour", "9"), ("at.minute", "05")]);
    assert_eq!(filling.answers()["at"], "09:05");
    send(&mut filling, "services", &[("services", "health"), ("services", "police")]);
    let taken = filling
        .take_page("order", &owned(&[("order.health", "1"), ("order.police", "1"), ("order.school", "2")]));
    assert_eq!(taken.faults[0].code.name(), "not-an-order");
    send(&mut filling, "order", &[("order.health", "3"), ("order.police", "1"), ("order.school", "2")]);
    assert_eq!(filling.answers()["order"], json!(["police", "school", "health"]));
}

#[test]
fn a_forged_page_changes_nothing_else() {
    let mut filling = start(visit());
    let taken =
        filling.take_page("at", &owned(&[("at", "10:00"), ("rooms", "9"), ("data", "x"), ("at.x.y", "1")]));
    assert!(taken.accepted());
    assert_eq!(taken.dropped, ["rooms", "data"]);
    assert_eq!(filling.answers(), json!({ "at": "10:00" }));
}

#[test]
fn the_summary_says_everything_in_words() {
    let filling =
        resume(visit(), &json!({ "born": "2010-03-01", "alone": "no", "services": ["health", "school"] }));
    let lines: Vec<(String, String, bool)> =
        filling.summary().into_iter().map(|line| (line.path, line.answer.join("; "), line.wrong)).collect();
    let expected = [
        ("born", "2010-03-01", false),
        ("alone", "No", false),
        ("with", "", true),
        ("rooms", "", false),
        ("services", "Health; School", false),
        ("order", "", false),
        ("at", "", false),
    ];
    assert_eq!(lines.len(), expected.len());
    for ((path, answer, wrong), expected) in lines.iter().zip(expected) {
        assert_eq!((path.as_str(), answer.as_str(), *wrong), expected);
    }
    assert_eq!(filling.first_wrong().unwrap().id, "section:home");
}

#[test]
fn answers_are_walked_flat() {
    let items = json!([
        question("a", "text", json!({})),
        crate::forms::repeat("r", json!({}), json!([question("b", "integer", json!({}))])),
    ]);
    let form = crate::forms::form(items);
    let answers = json!({ "a": "x", "r": [{ "b": 1 }, {}, { "b": 3 }], "unknown": 1 });
    let mut seen = Vec::new();
    keyline_forms::answering::for_each_answered(&form, &answers, |question, value| {
        seen.push(format!("{} {value}", question.name));
    });
    assert_eq!(seen, ["a \"x\"", "b 1", "b 3"]);
}
