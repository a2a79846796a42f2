//! Repeats: entries by count or by hand, what refers to them, how they come out.

use serde_json::json;

use crate::forms::{assert_codes, compiled, group, owned, pages, question, repeat, resume, send, start};

fn family() -> serde_json::Value {
    json!([
        question("family_name", "text", json!({})),
        repeat(
            "children",
            json!({}),
            json!([
                question("name", "text", json!({ "required": "yes" })),
                question("age", "integer", json!({ "constraint": ". < 19" })),
                question("school", "text", json!({ "relevant": "${age} > 4" })),
                question(
                    "tag",
                    "calculate",
                    json!({ "calculation": "concat(position(..), ' ', ${name}, ' ', ${family_name})" })
                ),
            ])
        ),
        question("oldest", "calculate", json!({ "calculation": "max(${age})" })),
        question("how_many", "calculate", json!({ "calculation": "count(${children})" })),
    ])
}

#[test]
fn entries_are_added_and_removed() {
    let mut filling = start(family());
    assert_eq!(pages(&filling), ["family_name", "children[1]/name", "children[1]/age", "children"]);
    send(&mut filling, "children[1]/name", &[("children[1]/name", "Eilidh")]);
    send(&mut filling, "children[1]/age", &[("children[1]/age", "9")]);
    let taken = filling.take_page("children", &owned(&[("children", "add")]));
    assert_eq!(taken.added.as_deref(), Some("children[2]"));
    assert_eq!(filling.page_of("children[2]").unwrap().id, "children[2]/name");
    send(&mut filling, "children[2]/name", &[("children[2]/name", "Calum")]);
    send(&mut filling, "children[2]/age", &[("children[2]/age", "3")]);
    send(&mut filling, "family_name", &[("family_name", "MacTest")]);
    assert_eq!(
        filling.answers(),
        json!({
            "family_name": "MacTest",
            "children": [
                { "name": "Eilidh", "age": 9, "tag": "1 Eilidh MacTest" },
                { "name": "Calum", "age": 3, "tag": "2 Calum MacTest" },
            ],
            "oldest": 9, "how_many": 2,
        })
    );
    assert_eq!(filling.view("children").unwrap().entries, ["Eilidh", "Calum"]);
    send(&mut filling, "children", &[("children", "remove 1")]);
    assert_eq!(
        filling.answers(),
        json!({
            "family_name": "MacTest",
            "children": [{ "name": "Calum", "age": 3, "tag": "1 Calum MacTest" }],
            "oldest": 3, "how_many": 1,
        })
    );
    assert!(
        !filling.remove_entry("children[2]")
            && !filling.remove_entry("children")
            && !filling.remove_entry("age")
    );
    assert!(filling.remove_entry("children[1]"));
    assert_eq!(filling.answers(), json!({ "family_name": "MacTest", "how_many": 0 }));
}

#[test]
fn an_entry_has_its_own_relevance_and_faults() {
    let answers = json!({ "children": [{ "name": "A", "age": 9 }, { "age": 30 }, { "name": "C", "age": 2, "school": "x" }] });
    let filling = resume(family(), &answers);
    assert_codes(&filling, &[("children[2]/name", "required"), ("children[2]/age", "constraint")]);
    assert!(filling.relevant().contains(&"children[1]/school".to_owned()));
    assert!(!filling.relevant().contains(&"children[3]/school".to_owned()));
    assert_eq!(filling.answers()["children"][2], json!({ "name": "C", "age": 2, "tag": "3 C " }));
}

#[test]
fn a_count_makes_the_entries() {
    let items = || {
        json!([
            question("n", "integer", json!({})),
            repeat(
                "visit",
                json!({ "count": "${n}" }),
                json!([
                    question("day", "date", json!({ "default": "today()", "default_is_expression": true })),
                    repeat("talk", json!({ "count": "2" }), json!([question("with", "text", json!({}))])),
                ])
            ),
        ])
    };
    let mut filling = start(items());
    assert_eq!(pages(&filling), ["n"]);
    send(&mut filling, "n", &[("n", "2")]);
    assert_eq!(pages(&filling).len(), 1 + 2 * 3);
    send(&mut filling, "visit[2]/talk[1]/with", &[("visit[2]/talk[1]/with", "Mo")]);
    assert_eq!(
        filling.answers(),
        json!({ "n": 2, "visit": [
            { "day": "2025-06-09", "talk": [{}, {}] },
            { "day": "2025-06-09", "talk": [{ "with": "Mo" }, {}] },
        ] })
    );
    assert_eq!(resume(items(), &filling.answers()).answers(), filling.answers());
    send(&mut filling, "n", &[("n", "0")]);
    assert_eq!(filling.answers(), json!({ "n": 0 }));
    assert!(filling.add_entry("visit").is_err(), "the count decides");
    filling.take_page("n", &owned(&[("n", "100000")]));
    assert_codes(&filling, &[("visit", "too-many-entries")]);
}

#[test]
fn a_repeat_that_is_not_relevant_is_closed() {
    let mut filling = start(json!([
        question("any", "text", json!({})),
        repeat(
            "r",
            json!({ "relevant": "${any} = 'y'" }),
            json!([question("q", "text", json!({ "default": "d" }))])
        ),
    ]));
    assert_eq!(filling.answers(), json!({}));
    assert!(filling.add_entry("r").is_err());
    send(&mut filling, "any", &[("any", "y")]);
    assert_eq!(filling.answers(), json!({ "any": "y", "r": [{ "q": "d" }] }));
    assert_eq!(pages(&filling), ["any", "r[1]/q", "r"]);
}

#[test]
fn choices_can_be_answers() {
    let mut filling = start(json!([
        repeat(
            "person",
            json!({}),
            json!([question("who", "text", json!({})), question("years", "integer", json!({}))])
        ),
        question(
            "head",
            "select_one",
            json!({
                "choices": { "from": "answers", "name": "${who}" }, "choice_filter": "${years} > 17",
            })
        ),
    ]));
    filling.add_entry("person").unwrap();
    filling.add_entry("person").unwrap();
    for (index, (who, years)) in [("Ann", "40"), ("Bob", "9"), ("Cat", "18")].iter().enumerate() {
        let entry = format!("person[{}]", index + 1);
        send(&mut filling, &format!("{entry}/who"), &[(&format!("{entry}/who"), who)]);
        send(&mut filling, &format!("{entry}/years"), &[(&format!("{entry}/years"), years)]);
    }
    let view = filling.view("head").unwrap();
    let labels: Vec<&str> = view.questions[0].choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["Ann", "Cat"]);
    send(&mut filling, "head", &[("head", "Cat")]);
    assert_eq!(filling.answers()["head"], "Cat");
}

#[test]
fn groups_leave_no_trace_unless_names_clash() {
    let items = json!([
        group(
            "one",
            json!({}),
            json!([question("a", "text", json!({})), question("same", "text", json!({}))])
        ),
        group(
            "two",
            json!({}),
            json!([
                question("same", "text", json!({})),
                group("deep", json!({}), json!([question("b", "text", json!({}))])),
            ])
        ),
        group("three", json!({}), json!([question("c", "text", json!({}))])),
    ]);
    let answers = json!({ "one": { "a": "1", "same": "2" }, "two": { "same": "3", "b": "4" }, "c": "5" });
    let filling =
        keyline_forms::answering::Filling::resume(compiled(items), crate::forms::surroundings(), &answers);
    assert_eq!(filling.answers(), answers);
    assert_eq!(filling.relevant(), ["one/a", "one/same", "two/same", "two/b", "c"]);
}
