//! The answer that holds where two readings of a record differ. Both readings stay as they are; what was settled stands
//! beside them, and it is what counts.

use std::collections::BTreeMap;

use keyline_forms::form::{Form, Kind, Question};
use serde_json::Value;

use super::comparing::{Likeness, likeness};
use super::tool::{levels, questions};
use crate::reasons::{FieldProblem, Reason};

/// What was settled of a record, by the names of questions. `Null` says that the question holds no answer: it does not
/// apply after all.
pub type Settled = BTreeMap<String, Value>;

/// Whether answers to a question are compared and settled: those that were chosen, and numbers. Own words stand as
/// they were written, each beside the other.
pub fn is_compared(form: &Form, question: &Question) -> bool {
    !levels(form, question).is_empty() || is_number(question)
}

/// Whether a question asks for a number.
pub fn is_number(question: &Question) -> bool {
    matches!(question.kind, Kind::Integer | Kind::Decimal)
}

/// The questions on which the readings of a record differ, in the order of the form.
pub fn differing<'f>(form: &'f Form, readings: &[Value]) -> Vec<&'f Question> {
    questions(form).filter(|question| likeness(form, question, readings) == Likeness::Different).collect()
}

/// Reads what was typed as the answer that holds: values of choices, or a number. Nothing typed with `none` says that the
/// question holds no answer.
///
/// # Errors
/// The field `answer` when it is no answer to the question.
pub fn answer(form: &Form, question: &Question, typed: &[&str], none: bool) -> Result<Value, FieldProblem> {
    let wrong = |key: &str| FieldProblem::new("answer", Reason::new(key));
    let typed: Vec<&str> = typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    if none {
        return if typed.is_empty() { Ok(Value::Null) } else { Err(wrong("reading-problem-one-or-none")) };
    }
    if is_number(question) {
        let [one] = typed.as_slice() else { return Err(wrong("problem-number")) };
        let number: i64 = one.parse().map_err(|_| wrong("problem-number"))?;
        return Ok(Value::from(number));
    }
    let levels = levels(form, question);
    if typed.is_empty() || typed.iter().any(|value| !levels.iter().any(|level| level == value)) {
        return Err(wrong("problem-choose"));
    }
    if question.kind == Kind::SelectMultiple {
        // In the order of the form, as readings have them.
        let chosen = levels.into_iter().filter(|level| typed.contains(&level.as_str()));
        return Ok(Value::Array(chosen.map(Value::String).collect()));
    }
    match typed.as_slice() {
        [one] => Ok(Value::String((*one).to_owned())),
        _ => Err(wrong("problem-choose")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "good", "kind": "select_one", "choices": { "from": "list", "name": "l" } },
                { "item": "question", "name": "seen", "kind": "select_multiple", "choices": { "from": "list", "name": "l" } },
                { "item": "question", "name": "many", "kind": "integer" },
                { "item": "question", "name": "why", "kind": "text" }
            ],
            "lists": [{ "name": "l", "choices": [
                { "name": "a", "label": { "": "A" } }, { "name": "b", "label": { "": "B" } }] }]
        }))
        .unwrap()
    }

    #[test]
    fn chosen_answers_and_numbers_differ_and_own_words_do_not() {
        let form = form();
        let two = [
            json!({ "good": "a", "seen": ["a"], "many": 2, "why": "x" }),
            json!({ "good": "b", "seen": ["a"], "many": 3, "why": "y" }),
        ];
        let names: Vec<&str> = differing(&form, &two).iter().map(|q| q.name.as_str()).collect();
        assert_eq!(names, ["good", "many"]);
        assert!(differing(&form, &two[..1]).is_empty(), "one reading differs from nothing");
    }

    #[test]
    fn what_is_settled_is_an_answer_to_the_question() {
        let form = form();
        let of = |name: &str, typed: &[&str], none| answer(&form, form.question(name).unwrap(), typed, none);
        assert_eq!(of("good", &["a"], false), Ok(json!("a")));
        assert_eq!(of("good", &[], true), Ok(Value::Null));
        assert_eq!(of("seen", &["b", "a"], false), Ok(json!(["a", "b"])));
        assert_eq!(of("many", &[" 4 "], false), Ok(json!(4)));
        for (name, typed, none, key) in [
            ("good", &["c"][..], false, "problem-choose"),
            ("good", &[], false, "problem-choose"),
            ("good", &["a", "b"], false, "problem-choose"),
            ("good", &["a"], true, "reading-problem-one-or-none"),
            ("many", &["four"], false, "problem-number"),
            ("many", &[""], false, "problem-number"),
        ] {
            assert_eq!(of(name, typed, none).unwrap_err().reason.key, key, "{name} {typed:?}");
        }
    }
}
