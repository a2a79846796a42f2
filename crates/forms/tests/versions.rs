//! What changed between two versions of a form, and what that means.

use keyline_forms::form::Form;
use keyline_forms::versions::{Change, Difference, Meaning, differences, meaning, readable};
use serde_json::{Value, json};

fn form(items: &Value, choices: &[(&str, &str)]) -> Form {
    let choices: Vec<Value> =
        choices.iter().map(|(name, label)| json!({ "name": name, "label": { "": label } })).collect();
    let value = json!({
        "id": "f", "title": "F", "name": "data", "items": items,
        "lists": [{ "name": "scale", "choices": choices }],
    });
    serde_json::from_value(value).expect("it is a form")
}

fn text(name: &str) -> Value {
    json!({ "item": "question", "name": name, "kind": "text", "label": { "": format!("What about {name}?") } })
}

fn with(mut item: Value, key: &str, value: Value) -> Value {
    item[key] = value;
    item
}

fn between(was: &Value, is: &Value) -> Vec<Difference> {
    differences(&form(was, &[]), &form(is, &[]))
}

fn only(was: &Value, is: &Value) -> (Change, Meaning) {
    let found = between(&json!([was]), &json!([is]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].changes.len(), 1, "{found:?}");
    (found[0].changes[0].clone(), found[0].meaning())
}

#[test]
fn nothing_changed() {
    let items = json!([text("a"), { "item": "group", "name": "g", "items": [text("b")] }]);
    assert_eq!(between(&items, &items), []);
    assert_eq!(meaning(&[]), Meaning::Comparable);
}

#[test]
fn questions_come_go_and_move() {
    let was = json!([text("a"), text("b"), text("c"), text("d"), text("gone")]);
    let is = json!([text("d"), text("a"), text("new"), text("b"), text("c")]);
    let found = between(&was, &is);
    let said: Vec<String> =
        found.iter().map(|one| format!("{}: {}", one.path, one.changes[0].said())).collect();
    assert_eq!(
        said,
        ["d: stood after “c” and stands at the beginning", "new: is new", "gone: was taken out"]
    );
    let meanings: Vec<Meaning> = found.iter().map(Difference::meaning).collect();
    assert_eq!(meanings, [Meaning::Comparable, Meaning::NotComparable, Meaning::NotComparable]);
}

#[test]
fn a_question_in_another_group_is_another_question() {
    let was = json!([{ "item": "group", "name": "g", "items": [text("a")] }]);
    let is = json!([{ "item": "group", "name": "g", "items": [] }, text("a")]);
    let paths: Vec<(String, Change)> =
        between(&was, &is).into_iter().map(|mut one| (one.path, one.changes.remove(0))).collect();
    assert_eq!(paths, [("a".to_owned(), Change::Added), ("g/a".to_owned(), Change::Removed)]);
}

#[test]
fn each_change_has_its_meaning() {
    let question = text("a");
    for (key, value, expected) in [
        ("label", json!({ "": "What about you?" }), Meaning::WithCare),
        ("label", json!({ "": "what about a" }), Meaning::Comparable),
        ("label", json!({ "": "What about a?", "Gàidhlig (gd)": "Dè?" }), Meaning::Comparable),
        ("hint", json!({ "": "Think of last week" }), Meaning::WithCare),
        ("kind", json!("integer"), Meaning::NotComparable),
        ("relevant", json!("${b} = 1"), Meaning::WithCare),
        ("constraint", json!(". != ''"), Meaning::WithCare),
        ("calculation", json!("1"), Meaning::NotComparable),
        ("required", json!("yes"), Meaning::Comparable),
        ("appearance", json!("multiline"), Meaning::Comparable),
    ] {
        let (change, meaning) = only(&question, &with(question.clone(), key, value));
        assert_eq!(meaning, expected, "{key}: {change:?}");
        assert!(!change.said().is_empty());
    }
    let integer = with(question.clone(), "kind", json!("integer"));
    assert_eq!(only(&integer, &with(question, "kind", json!("decimal"))).1, Meaning::WithCare);
}

#[test]
fn logic_is_compared_by_what_it_says() {
    let was = with(text("a"), "relevant", json!("${b}=1 and   ${c} = 'x'"));
    let same = with(text("a"), "relevant", json!("${b} = 1 and ${c} = \"x\""));
    assert_eq!(between(&json!([was]), &json!([same])), []);
    let broken = with(text("a"), "relevant", json!("${b} ="));
    assert_eq!(between(&json!([was]), &json!([broken]))[0].meaning(), Meaning::WithCare);
}

#[test]
fn choices_are_compared_one_by_one() {
    let items = json!([{ "item": "question", "name": "a", "kind": "select_one", "choices": { "from": "list", "name": "scale" } }]);
    let was = form(&items, &[("1", "Poor"), ("2", "Fair"), ("3", "Good")]);
    let is = form(&items, &[("3", "Good"), ("2", "Middling"), ("4", "Excellent")]);
    let found = differences(&was, &is);
    assert_eq!(
        found[0].changes,
        [
            Change::ChoiceWording {
                choice: "2".to_owned(),
                language: String::new(),
                was: "Fair".to_owned(),
                is: "Middling".to_owned(),
                translation: false,
            },
            Change::ChoiceAdded("4".to_owned()),
            Change::ChoiceRemoved("1".to_owned()),
            Change::ChoiceOrder,
        ]
    );
    assert_eq!(found[0].meaning(), Meaning::WithCare);
    let lines = readable(&was, &is);
    assert!(lines[0].starts_with("“a” the choice “2” was “Fair” and is “Middling”;"), "{lines:?}");
    assert!(lines[0].ends_with("(compare answers with care)"), "{lines:?}");
}

#[test]
fn a_group_that_became_a_repeat_is_not_comparable() {
    let group = json!({ "item": "group", "name": "g", "items": [] });
    let repeat = json!({ "item": "repeat", "name": "g", "items": [] });
    assert_eq!(between(&json!([group]), &json!([repeat]))[0].meaning(), Meaning::NotComparable);
}
