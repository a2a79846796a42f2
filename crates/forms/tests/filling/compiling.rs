//! Faults of a form are told with sheet, row and column.

use keyline_forms::answering::{Compiled, check};
use serde_json::{Value, json};

use crate::forms::{form, group, question, repeat, select};

/// Gives each item a row, from 2 on, as in a workbook.
fn placed(items: &mut Value, row: &mut u32) {
    for item in items.as_array_mut().expect("items are a list") {
        item["place"] = json!({ "sheet": "survey", "row": *row });
        *row += 1;
        if item.get("items").is_some() {
            placed(&mut item["items"], row);
            *row += 1;
        }
    }
}

fn faults(mut items: Value) -> Vec<String> {
    placed(&mut items, &mut 2);
    check(&form(items)).iter().map(ToString::to_string).collect()
}

#[test]
fn each_column_is_checked() {
    let items = json!([
        question("a", "integer", json!({ "relevant": "${gone} = 1" })),
        question("b", "integer", json!({ "constraint": ". > frob(2)" })),
        question("c", "calculate", json!({ "calculation": "${a} +" })),
        question("d", "text", json!({ "default": "today(1)", "default_is_expression": true })),
        question("e", "text", json!({ "required": "if(1)", "read_only": "maybe(" })),
        question("f", "note", json!({ "label": { "English (en)": "You are ${nobody}" } })),
        question("g", "text", json!({ "trigger": ["nobody"] })),
        select("h", "select_one", "towns", json!({ "choice_filter": "country = ${a}" })),
        select("i", "select_one", "nowhere", json!({})),
        repeat("r", json!({ "count": "${nobody}" }), json!([question("j", "text", json!({}))])),
    ]);
    let faults = faults(items);
    let expected = [
        "survey:2:relevant: there is no question named “gone” (at character 1)",
        "survey:3:constraint: there is no function frob() (at character 5)",
        "survey:4:calculation: a value is missing at the end (at character 7)",
        "survey:5:default: today() takes no arguments, not 1 (at character 1)",
        "survey:6:required: if() takes 3 arguments, not 1 (at character 1)",
        "survey:6:readonly: a value is missing at the end (at character 7)",
        "survey:7:label::English (en): there is no question named “nobody”",
        "survey:8:trigger: there is no question named “nobody”",
        "survey:9:choice_filter: the list “towns” has no column “country” (at character 1)",
        "survey:10:type: there is no list of choices named “nowhere”",
        "survey:11:repeat_count: there is no question named “nobody” (at character 1)",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn circles_are_told() {
    let items = json!([
        question("a", "calculate", json!({ "calculation": "${b} + 1" })),
        question("b", "calculate", json!({ "calculation": "${c} + 1" })),
        question("c", "calculate", json!({ "calculation": "${a} + 1" })),
        question("d", "text", json!({ "relevant": "${d} = 1" })),
        group("g", json!({ "relevant": "${inner} = 1" }), json!([question("inner", "integer", json!({}))])),
        question("behind", "calculate", json!({ "calculation": "${a}" })),
    ]);
    assert_eq!(
        faults(items),
        [
            "survey:2:calculation: these are worked out from each other in a circle: “a” from “b” from “c” from “a”",
            "survey:5:relevant: “d” is worked out from itself",
            "survey:6:relevant: “g” is worked out from itself",
        ]
    );
}

#[test]
fn a_constraint_may_read_its_own_answer() {
    let items = json!([
        question("a", "integer", json!({ "constraint": ". > 1 and . < ${b}" })),
        question("b", "integer", json!({ "constraint": ". > ${a}", "required": "${a} > 1" })),
        question("once", "calculate", json!({ "calculation": "once(random())" })),
    ]);
    assert_eq!(faults(items), Vec::<String>::new());
}

#[test]
fn choices_in_files_are_refused_here_and_no_fault_of_the_form() {
    let items = json!([question(
        "school",
        "select_one",
        json!({ "choices": { "from": "file", "name": "schools.csv" }, "choice_filter": "council = 'x'" })
    )]);
    let form = form(items);
    assert_eq!(check(&form), []);
    let faults = Compiled::new(&form).expect_err("a page cannot offer them");
    assert!(faults[0].to_string().contains("its choices are in a file"));
}
