//! Nothing that comes in is trusted.

use serde_json::{Value, json};

use crate::forms::{assert_codes, question, repeat, resume, select};

#[test]
fn each_kind_takes_only_its_values() {
    let kinds = json!([
        question("whole", "integer", json!({})),
        question("decimal", "decimal", json!({})),
        question("scale", "range", json!({ "parameters": { "start": "0", "end": "1", "step": "0.1" } })),
        select("one", "select_one", "services", json!({})),
        select("many", "select_multiple", "services", json!({})),
        select("order", "rank", "services", json!({})),
        question("day", "date", json!({})),
        question("at", "time", json!({})),
        question("moment", "dateTime", json!({})),
        question("agreed", "acknowledge", json!({})),
        question("place", "geopoint", json!({})),
        question("way", "geotrace", json!({})),
        question("text", "text", json!({})),
    ]);
    for (name, given, expected) in [
        ("whole", json!(12), Ok(json!(12))),
        ("whole", json!("007"), Ok(json!(7))),
        ("whole", json!(-3), Ok(json!(-3))),
        ("whole", json!(1.5), Err("type")),
        ("whole", json!("1e5"), Err("type")),
        ("whole", json!("99999999999999999999"), Err("type")),
        ("whole", json!("2024-01-01"), Err("type")),
        ("whole", json!({}), Err("type")),
        ("whole", json!([1, 2]), Err("more-than-one")),
        ("decimal", json!(0.25), Ok(json!(0.25))),
        ("decimal", json!("12.50"), Ok(json!(12.5))),
        ("decimal", json!("1,5"), Err("type")),
        ("decimal", json!("2024-01-01"), Err("type")),
        ("scale", json!(0.3), Ok(json!(0.3))),
        ("scale", json!(0.35), Err("out-of-range")),
        ("scale", json!(1.1), Err("out-of-range")),
        ("one", json!("health"), Ok(json!("health"))),
        ("one", json!("fire"), Err("not-offered")),
        ("one", json!(["health", "school"]), Err("more-than-one")),
        ("many", json!(["school", "health"]), Ok(json!(["health", "school"]))),
        ("many", json!("school health"), Ok(json!(["health", "school"]))),
        ("many", json!(["school", "school"]), Ok(json!(["school"]))),
        ("many", json!(["school", "fire"]), Err("not-offered")),
        ("order", json!(["police", "health", "school"]), Ok(json!(["police", "health", "school"]))),
        ("order", json!(["police", "health"]), Err("not-an-order")),
        ("order", json!(["police", "police", "school"]), Err("not-an-order")),
        ("day", json!("2025-02-28"), Ok(json!("2025-02-28"))),
        ("day", json!("2025-02-29"), Err("type")),
        ("day", json!("28/02/2025"), Err("type")),
        ("at", json!("07:45"), Ok(json!("07:45"))),
        ("at", json!("25:00"), Err("type")),
        ("moment", json!("2025-02-28T10:00"), Ok(json!("2025-02-28T10:00"))),
        ("moment", json!("2025-02-28"), Err("type")),
        ("agreed", json!("OK"), Ok(json!("OK"))),
        ("agreed", json!("yes"), Err("type")),
        ("place", json!("56.5 -4.2 0 0"), Ok(json!("56.5 -4.2 0 0"))),
        ("place", json!("north"), Err("type")),
        ("way", json!("56 -4; 57 -4"), Ok(json!("56 -4; 57 -4"))),
        ("way", json!("56 -4"), Err("type")),
        ("text", json!("  a\u{0}\u{1b}[2J b\r\nc "), Ok(json!("a[2J b\nc"))),
        ("text", json!("x".repeat(10_001)), Err("too-long")),
        ("text", json!("é".repeat(10_000)), Ok(json!("é".repeat(10_000)))),
        ("text", json!(true), Ok(json!("true"))),
        ("text", Value::Null, Ok(Value::Null)),
    ] {
        let filling = resume(kinds.clone(), &json!({ name: given }));
        let faults = filling.check();
        match expected {
            Ok(value) => {
                assert_eq!(faults, [], "{name}: {given}");
                assert_eq!(filling.answers()[name], value, "{name}: {given}");
            }
            Err(code) => {
                let codes: Vec<&str> = faults.iter().map(|fault| fault.code.name()).collect();
                assert_eq!(codes, [code], "{name}: {given}");
                assert_eq!(filling.answers()[name], Value::Null, "{name}: {given}");
            }
        }
    }
}

#[test]
fn unknown_and_forged_names_are_dropped_and_listed() {
    let items = json!([
        question("a", "integer", json!({})),
        question("double", "calculate", json!({ "calculation": "${a} * 2" })),
        question("secret", "hidden", json!({ "default": "set by the form" })),
        question("fixed", "text", json!({ "read_only": "true()", "default": "as it is" })),
        repeat("r", json!({}), json!([question("b", "text", json!({}))])),
    ]);
    let filling = resume(
        items.clone(),
        &json!({
            "a": 4, "double": 999, "secret": "forged", "fixed": "forged", "nobody": 1,
            "r": [{ "b": "x", "c": "y" }, 7], "__proto__": {},
        }),
    );
    assert_eq!(
        filling.answers(),
        json!({ "a": 4, "double": 8, "secret": "set by the form", "fixed": "as it is", "r": [{ "b": "x" }, {}] })
    );
    assert_eq!(filling.dropped(), ["__proto__", "nobody", "secret", "fixed", "r[1]/c"]);
    for odd in [
        json!([1]),
        json!("text"),
        json!(null),
        json!({ "r": "x", "a": { "b": 1 } }),
        json!({ "r": { "b": 1 } }),
    ] {
        let filling = resume(items.clone(), &odd);
        let _ = (filling.answers(), filling.check(), filling.summary());
    }
}

#[test]
fn too_many_entries_are_a_fault() {
    let items = json!([repeat("r", json!({}), json!([question("b", "text", json!({}))]))]);
    let entries: Vec<Value> = (0..1_001).map(|index| json!({ "b": index.to_string() })).collect();
    let filling = resume(items, &json!({ "r": entries }));
    assert_codes(&filling, &[("r", "too-many-entries")]);
    assert_eq!(filling.answers()["r"].as_array().unwrap().len(), 1_000);
}

#[test]
fn a_rule_that_cannot_be_worked_out_is_told_and_not_taken_for_met() {
    let items = json!([
        question("pattern", "text", json!({})),
        question("a", "text", json!({ "constraint": "regex(., ${pattern})" })),
    ]);
    assert_codes(&resume(items.clone(), &json!({ "pattern": "[0-9]+", "a": "12" })), &[]);
    assert_codes(&resume(items.clone(), &json!({ "pattern": "[0-9]+", "a": "x" })), &[("a", "constraint")]);
    assert_codes(&resume(items, &json!({ "pattern": "(?=", "a": "x" })), &[("a", "cannot-work-out")]);
}
