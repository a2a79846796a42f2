//! Instruments from TOML, and the line of each fault.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use keyline_forms::{Instrument, QuestionKind};

const HEAD: &str = "[instrument]\nkey = \"survey\"\ntitle = \"Survey\"\naudience = \"staff\"\nminutes = 5\nsource = \"Fictional\"\nconfirmed = false\n";

/// The faults of a whole file, as `line: message`.
fn faults(text: &str) -> Vec<(usize, String)> {
    Instrument::parse(text).unwrap_err().into_iter().map(|fault| (fault.line, fault.message)).collect()
}

/// The only fault of the given questions, whose first line is line 9.
fn fault(questions: &str) -> (usize, String) {
    let mut faults = faults(&format!("{HEAD}\n{questions}"));
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

#[test]
fn a_whole_instrument_is_read() {
    let text = format!(
        r#"{HEAD}
[[section]]
key = "about"
title = "About you"

[[question]]
key = "welcome"
kind = "note"
label = "Thank you"

[[question]]
key = "role"
section = "about"
kind = "choice"
label = "Role"
hint = "Your main role"
required = true
choices = [{{ value = "nurse", label = "Nurse" }}, {{ value = "other", label = "Another" }}]
indicators = ["2.1"]
lines = ["early-help"]

[[question]]
key = "role-other"
kind = "text"
label = "Which?"
relevant = {{ question = "role", is = "other" }}

[[question]]
key = "confidence"
kind = "scale"
label = "How confident are you?"
min = 0
max = 4
"#
    );
    let instrument = Instrument::parse(&text).unwrap();
    assert_eq!(instrument.minutes, Some(5));
    assert!(!instrument.confirmed);
    assert_eq!(instrument.questions.len(), 4);
    let role = instrument.question("role").unwrap();
    assert_eq!(role.kind, QuestionKind::Choice);
    assert!(role.required);
    assert_eq!(role.label_of("other"), Some("Another"));
    assert_eq!((role.indicators[0].as_str(), role.lines[0].as_str()), ("2.1", "early-help"));
    assert_eq!(instrument.question("role-other").unwrap().relevant.as_ref().unwrap().question, "role");
    assert_eq!(instrument.question("confidence").unwrap().levels(), ["0", "1", "2", "3", "4"]);
    assert_eq!(instrument.questions_in(Some("about")).count(), 1);
    assert_eq!(instrument.questions_in(None).count(), 3);
}

#[test]
fn an_unknown_property_is_named_with_its_line() {
    let (line, message) = fault("[[question]]\nkey = \"a\"\nkind = \"text\"\nlabel = \"A\"\nlable = \"B\"\n");
    assert_eq!(line, 13);
    assert!(message.contains("lable"), "{message}");
}

#[test]
fn a_key_used_twice_is_named_at_its_second_use() {
    let question = "[[question]]\nkey = \"a\"\nkind = \"text\"\nlabel = \"A\"\n";
    let (line, message) = fault(&format!("{question}{question}"));
    assert_eq!(line, 13);
    assert!(message.contains("twice"), "{message}");
}

#[test]
fn relevance_looks_back_only() {
    let (line, message) = fault(
        "[[question]]\nkey = \"a\"\nkind = \"text\"\nlabel = \"A\"\nrelevant = { question = \"b\", is = \"yes\" }\n[[question]]\nkey = \"b\"\nkind = \"yes-no\"\nlabel = \"B\"\n",
    );
    assert_eq!(line, 13);
    assert!(message.contains("not asked before"), "{message}");
    let (line, message) = fault(
        "[[question]]\nkey = \"a\"\nkind = \"text\"\nlabel = \"A\"\nrelevant = { question = \"z\", is = \"yes\" }\n",
    );
    assert_eq!(line, 13);
    assert!(message.contains("not a question"), "{message}");
    let (line, message) = fault(
        "[[question]]\nkey = \"b\"\nkind = \"yes-no\"\nlabel = \"B\"\n[[question]]\nkey = \"a\"\nkind = \"text\"\nlabel = \"A\"\nrelevant = { question = \"b\", is = \"maybe\" }\n",
    );
    assert_eq!(line, 17);
    assert!(message.contains("never"), "{message}");
}

#[test]
fn properties_must_fit_the_kind() {
    for (kind, rest, word) in [
        ("choice", "", "needs choices"),
        ("choices", "choices = []", "needs choices"),
        ("scale", "", "either"),
        ("scale", "min = 1\nmax = 1000", "levels"),
        ("scale", "min = -9223372036854775808\nmax = 9223372036854775807", "levels"),
        ("text", "choices = [{ value = \"a\", label = \"A\" }]", "no choices"),
        ("text", "min = 3", "no min"),
        ("yes-no", "max = 3", "no min or max"),
        ("whole-number", "min = 3\nmax = 2", "above"),
        ("note", "required = true", "cannot be required"),
        ("essay", "", "not known"),
        ("text", "section = \"nowhere\"", "nowhere"),
        ("text", "required = \"yes\"", "true or false"),
        ("text", "hint = \"  \"", "empty"),
        ("text", "max = 1.5", "whole number"),
    ] {
        let (line, message) =
            fault(&format!("[[question]]\nkey = \"a\"\nkind = \"{kind}\"\nlabel = \"A\"\n{rest}\n"));
        assert!((9..=14).contains(&line), "{line}");
        assert!(message.contains(word), "{kind} {rest}: {message}");
    }
}

#[test]
fn keys_must_be_fit_for_addresses() {
    for key in ["Role", "1st", "a b", "é"] {
        let (line, message) =
            fault(&format!("[[question]]\nkey = \"{key}\"\nkind = \"text\"\nlabel = \"A\"\n"));
        assert_eq!(line, 10);
        assert!(message.contains(key), "{message}");
    }
}

#[test]
fn all_faults_come_at_once_and_in_order() {
    let faults = faults(
        "colour = 1\n[instrument]\nkey = \"s\"\ntitle = 3\n[[question]]\nkind = \"text\"\nlabel = \"A\"\n",
    );
    let lines: Vec<usize> = faults.iter().map(|(line, _)| *line).collect();
    // colour; audience, source, confirmed at [instrument]; title; the question's key
    assert_eq!(lines, [1, 2, 2, 2, 4, 5], "{faults:?}");
}

#[test]
fn broken_toml_is_one_fault_with_its_line() {
    let found = faults("[instrument]\nkey = \"s\ntitle = \"T\"\n");
    assert_eq!((found.len(), found[0].0), (1, 2), "{found:?}");
    assert_eq!(faults("").len(), 1);
}
