//! Fictional forms for the tests of this folder, and small helpers.

#![expect(clippy::needless_pass_by_value, reason = "what is written in place is handed over")]

use std::sync::Arc;

use keyline_forms::answering::{Compiled, Filling};
use keyline_forms::expression::{Chance, Surroundings};
use keyline_forms::form::Form;
use serde_json::{Value, json};

pub(crate) fn form(items: Value) -> Form {
    let value = json!({
        "id": "test", "title": "Test", "name": "data", "items": items,
        "languages": [{ "name": "English (en)", "tag": "en" }, { "name": "Gàidhlig (gd)", "tag": "gd" }],
        "lists": [
            { "name": "yes_no", "choices": [
                { "name": "yes", "label": { "English (en)": "Yes", "Gàidhlig (gd)": "Tha" } },
                { "name": "no", "label": { "English (en)": "No", "Gàidhlig (gd)": "Chan eil" } },
            ] },
            { "name": "regions", "choices": [
                { "name": "up", "label": { "": "Uplands" } },
                { "name": "low", "label": { "": "Lowlands" } },
            ] },
            { "name": "towns", "choices": [
                { "name": "ard", "label": { "": "Ardtown" }, "extra": { "region": "up" } },
                { "name": "bal", "label": { "": "Balburgh" }, "extra": { "region": "low" } },
                { "name": "cul", "label": { "": "Culness" }, "extra": { "region": "low" } },
            ] },
            { "name": "services", "choices": [
                { "name": "health", "label": { "": "Health" } },
                { "name": "school", "label": { "": "School" } },
                { "name": "police", "label": { "": "Police" } },
            ] },
        ],
    });
    serde_json::from_value(value).expect("the form of the test is one")
}

/// A question: name, kind, and whatever else it has.
pub(crate) fn question(name: &str, kind: &str, more: Value) -> Value {
    let mut question = json!({ "item": "question", "name": name, "kind": kind, "label": { "": name } });
    merge(&mut question, more);
    question
}

/// A question with a list.
pub(crate) fn select(name: &str, kind: &str, list: &str, more: Value) -> Value {
    let mut select = question(name, kind, json!({ "choices": { "from": "list", "name": list } }));
    merge(&mut select, more);
    select
}

pub(crate) fn group(name: &str, more: Value, items: Value) -> Value {
    let mut group = json!({ "item": "group", "name": name, "label": { "": name }, "items": items });
    merge(&mut group, more);
    group
}

pub(crate) fn repeat(name: &str, more: Value, items: Value) -> Value {
    let mut repeat = json!({ "item": "repeat", "name": name, "label": { "": name }, "items": items });
    merge(&mut repeat, more);
    repeat
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

pub(crate) fn surroundings() -> Surroundings {
    let now = "2025-06-09T12:30:00+01:00[Europe/London]".parse().expect("it is a moment");
    let mut around = Surroundings::new(now, Chance::from_number(7));
    around.language.push_str("English (en)");
    around
}

pub(crate) fn compiled(items: Value) -> Arc<Compiled> {
    Arc::new(Compiled::new(&form(items)).unwrap_or_else(|faults| panic!("{faults:?}")))
}

pub(crate) fn start(items: Value) -> Filling {
    Filling::start(compiled(items), surroundings())
}

pub(crate) fn resume(items: Value, answers: &Value) -> Filling {
    Filling::resume(compiled(items), surroundings(), answers)
}

/// Sends a page and expects that one can go on.
pub(crate) fn send(filling: &mut Filling, page: &str, pairs: &[(&str, &str)]) {
    let taken = filling.take_page(page, &owned(pairs));
    assert!(taken.accepted(), "{page}: {taken:?}");
}

pub(crate) fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn pages(filling: &Filling) -> Vec<String> {
    filling.pages().into_iter().map(|page| page.id).collect()
}

pub(crate) fn codes(filling: &Filling) -> Vec<(String, &'static str)> {
    filling.check().into_iter().map(|fault| (fault.question, fault.code.name())).collect()
}

/// [`codes`] as borrowed texts are easier to compare.
pub(crate) fn assert_codes(filling: &Filling, expected: &[(&str, &str)]) {
    let got = codes(filling);
    let got: Vec<(&str, &str)> = got.iter().map(|(path, code)| (path.as_str(), *code)).collect();
    assert_eq!(got, expected);
}
