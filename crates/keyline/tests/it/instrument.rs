//! `keyline instrument answer`: what a form makes of answers, on the command line. The form is fictional.

use serde_json::{Value, json};

use crate::program::Installation;

const FORM: &str = "
| survey  |                  |           |                    |               |                |              |
|         | type             | name      | label              | relevant      | constraint     | calculation  |
|         | integer          | age       | How old are you?   |               | . < 120        |              |
|         | select_one yn    | work      | Do you work?       | ${age} >= 16  |                |              |
|         | calculate        | born      |                    |               |                | int(format-date(today(), '%Y')) - ${age} |
| choices |                  |           |                    |               |                |              |
|         | list_name        | name      | label              |               |                |              |
|         | yn               | yes       | Yes                |               |                |              |
|         | yn               | no        | No                 |               |                |              |
";

/// Applies answers to a form; whether it succeeded, and what it printed.
fn answer(form: &str, answers: &Value) -> (bool, String) {
    let installation = Installation::empty();
    let folder = installation.data();
    std::fs::create_dir_all(&folder).unwrap();
    let (form_file, answers_file) = (folder.join("form.md"), folder.join("answers.json"));
    std::fs::write(&form_file, form).unwrap();
    std::fs::write(&answers_file, answers.to_string()).unwrap();
    let (form_file, answers_file) = (form_file.to_str().unwrap(), answers_file.to_str().unwrap());
    let output = installation.run(&[
        "instrument",
        "answer",
        form_file,
        answers_file,
        "--today",
        "2025-06-09",
        "--seed",
        "7",
    ]);
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn answers_are_applied_to_a_form() {
    let (succeeded, printed) = answer(FORM, &json!({ "age": 40, "work": "yes" }));
    assert!(succeeded, "{printed}");
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        printed,
        json!({
            "relevant": ["age", "work"], "calculated": { "born": 1985 }, "faults": [], "dropped": [],
            "answers": { "age": 40, "work": "yes", "born": 1985 },
        })
    );
}

#[test]
fn faults_are_told_and_the_command_fails() {
    let (succeeded, printed) = answer(FORM, &json!({ "age": 140, "work": "maybe", "other": 1 }));
    assert!(!succeeded, "{printed}");
    let printed: Value = serde_json::from_str(&printed).unwrap();
    let codes: Vec<&Value> =
        printed["faults"].as_array().unwrap().iter().map(|fault| &fault["code"]).collect();
    assert_eq!(codes, ["constraint", "not-offered"]);
    assert_eq!(printed["dropped"], json!(["other"]));
}

#[test]
fn a_faulty_form_is_told_with_its_places() {
    let (succeeded, printed) = answer(&FORM.replace("${age} >= 16", "frob(${age})"), &json!({}));
    assert!(!succeeded);
    assert!(printed.starts_with("survey:3:relevant: there is no function frob()"), "{printed}");
}

#[test]
fn two_versions_are_compared_and_what_that_means_is_said() {
    let installation = Installation::empty();
    let folder = installation.data();
    std::fs::create_dir_all(&folder).unwrap();
    let (was, is) = (folder.join("was.md"), folder.join("is.md"));
    std::fs::write(&was, FORM).unwrap();
    std::fs::write(&is, FORM.replace(">= 16", ">= 18").replace("Do you work?", "Have you got work?"))
        .unwrap();
    let compare = |one: &std::path::Path, other: &std::path::Path| {
        let output =
            installation.run(&["instrument", "compare", one.to_str().unwrap(), other.to_str().unwrap()]);
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let (succeeded, said) = compare(&was, &is);
    assert!(succeeded && said.contains("“work”") && said.contains("compare answers with care"), "{said}");
    assert_eq!(compare(&was, &was), (true, String::new()));
    std::fs::write(&is, "| survey |\n| | type | name |\n| | nothing | x |\n").unwrap();
    assert!(!compare(&was, &is).0);
}
