//! The tool with which records are read: a form whose questions bear names that no other question of it has, without
//! repeats, so that an answer is found by the name of its question.

use keyline_forms::form::{Form, Kind, Question};
use serde_json::Value;

/// The questions that are answered, in order: neither texts to read nor what is worked out.
pub fn questions(form: &Form) -> impl Iterator<Item = &Question> {
    form.questions().filter(|question| {
        !matches!(question.kind, Kind::Note | Kind::Calculate | Kind::Hidden)
            && question.calculation.is_none()
    })
}

/// The values that can be counted, in the order of the form; empty for numbers and own words.
pub fn levels(form: &Form, question: &Question) -> Vec<String> {
    match question.kind {
        Kind::SelectOne | Kind::SelectMultiple => {
            form.choices(question).iter().map(|choice| choice.name.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the values of a question have an order in which neighbours are near: the appearance `likert` of XLSForm.
pub fn is_scale(question: &Question) -> bool {
    question.kind == Kind::SelectOne && question.appears("likert")
}

/// The values of an answer: one, or several of a question with several choices.
pub fn values(answer: &Value) -> Vec<String> {
    match answer {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(values).collect(),
        other => vec![other.to_string()],
    }
}

/// An answer as people read it, in the language of the form.
pub fn in_words(form: &Form, question: &Question, answer: &Value) -> String {
    let said: Vec<String> = values(answer)
        .into_iter()
        .map(|value| form.choice_label(question, &value).map_or(value.clone(), str::to_owned))
        .collect();
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_are_said_in_the_words_of_the_form() {
        let form: Form = serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "note", "kind": "note" },
                { "item": "question", "name": "seen", "kind": "select_multiple", "choices": { "from": "list", "name": "agency" } },
                { "item": "question", "name": "good", "kind": "select_one", "appearance": "likert horizontal",
                  "choices": { "from": "list", "name": "agency" } },
                { "item": "question", "name": "why", "kind": "text" }
            ],
            "lists": [{ "name": "agency", "choices": [
                { "name": "a", "label": { "": "Health" } }, { "name": "b", "label": { "": "Police" } }] }]
        }))
        .unwrap();
        let asked: Vec<&Question> = questions(&form).collect();
        let names: Vec<&str> = asked.iter().map(|question| question.name.as_str()).collect();
        assert_eq!(names, ["seen", "good", "why"]);
        assert_eq!(in_words(&form, asked[0], &json!(["b", "a", "gone"])), "Police, Health, gone");
        assert_eq!(in_words(&form, asked[2], &json!("Own words")), "Own words");
        assert_eq!(in_words(&form, asked[2], &json!(3)), "3");
        assert_eq!(in_words(&form, asked[2], &Value::Null), "");
        assert_eq!(levels(&form, asked[0]), ["a", "b"]);
        assert!(levels(&form, asked[2]).is_empty());
        assert_eq!([is_scale(asked[0]), is_scale(asked[1])], [false, true]);
    }
}
