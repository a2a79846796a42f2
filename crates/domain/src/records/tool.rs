//! The tool with which records are read: a form whose questions bear names that no other question of it has, without
//! repeats, so that an answer is found by the name of its question.

use keyline_forms::form::{Form, Item, Kind, Question};
use serde_json::Value;

/// The word of the column `part` for what is read in a health record. Health records are for those who are entitled to them
/// alone (SSI 2011/185 has them examined by the medically qualified): nobody else sees these questions or their answers.
pub const HEALTH: &str = "health";

/// The questions that are answered, in order: neither texts to read nor what is worked out.
pub fn questions(form: &Form) -> impl Iterator<Item = &Question> {
    form.questions().filter(|question| {
        !matches!(question.kind, Kind::Note | Kind::Calculate | Kind::Hidden)
            && question.calculation.is_none()
    })
}

/// Whether a question is about what stands in a health record.
pub fn is_health(question: &Question) -> bool {
    question.extra.get("part").is_some_and(|part| part.trim() == HEALTH)
}

/// The tool for those who are not entitled to health records. What is left does not ask about health answers:
/// `keyline programme check` looks at that.
#[must_use]
pub fn without_health(form: &Form) -> Form {
    let mut form = form.clone();
    form.items = kept(std::mem::take(&mut form.items));
    form
}

fn kept(items: Vec<Item>) -> Vec<Item> {
    items
        .into_iter()
        .filter_map(|item| match item {
            Item::Question(question) => (!is_health(&question)).then_some(Item::Question(question)),
            Item::Group(mut group) => {
                let was_empty = group.items.is_empty();
                group.items = kept(group.items);
                (was_empty || !group.items.is_empty()).then_some(Item::Group(group))
            }
            Item::Repeat(mut repeat) => {
                repeat.group.items = kept(repeat.group.items);
                (!repeat.group.items.is_empty()).then_some(Item::Repeat(repeat))
            }
        })
        .collect()
}

/// The tool with every page asked, whatever is answered: for reading where nobody can work out what an answer leads to. Gives
/// the names of the groups and questions that are asked under a condition, too.
#[must_use]
pub fn without_conditions(form: &Form) -> (Form, Vec<String>) {
    let (mut form, mut conditional) = (form.clone(), Vec::new());
    ask_all(&mut form.items, &mut conditional);
    (form, conditional)
}

fn ask_all(items: &mut [Item], conditional: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Question(question) => {
                conditional.extend(question.relevant.take().map(|_| question.name.clone()));
            }
            Item::Group(group) => {
                conditional.extend(group.relevant.take().map(|_| group.name.clone()));
                ask_all(&mut group.items, conditional);
            }
            Item::Repeat(repeat) => {
                conditional.extend(repeat.group.relevant.take().map(|_| repeat.group.name.clone()));
                ask_all(&mut repeat.group.items, conditional);
            }
        }
    }
}

/// Answers without those to questions about health.
#[must_use]
pub fn without_health_answers(form: &Form, answers: &Value) -> Value {
    let Some(all) = answers.as_object() else { return answers.clone() };
    let health = |name: &str| form.question(name).is_some_and(is_health);
    Value::Object(all.iter().filter(|(name, _)| !health(name)).map(|(n, v)| (n.clone(), v.clone())).collect())
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
    fn health_is_taken_out_with_its_group_and_its_answers() {
        let form: Form = serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "seen", "kind": "text" },
                { "item": "group", "name": "health-record", "items": [
                    { "item": "question", "name": "met", "kind": "text", "extra": { "part": "health" } }] },
                { "item": "group", "name": "more", "items": [
                    { "item": "question", "name": "notes", "kind": "text", "extra": { "part": "health" } },
                    { "item": "question", "name": "why", "kind": "text", "extra": { "part": "social-work" } }] }
            ]
        }))
        .unwrap();
        let left = without_health(&form);
        let names: Vec<&str> = left.questions().map(|question| question.name.as_str()).collect();
        assert_eq!(names, ["seen", "why"]);
        assert_eq!(left.items.len(), 2, "the group with nothing left is gone");
        let answers = json!({ "seen": "a", "met": "b", "why": "c" });
        assert_eq!(without_health_answers(&form, &answers), json!({ "seen": "a", "why": "c" }));
        assert_eq!(without_health_answers(&form, &Value::Null), Value::Null);
    }

    #[test]
    fn without_its_conditions_everything_is_asked() {
        let form: Form = serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "seen", "kind": "text" },
                { "item": "group", "name": "more", "relevant": "${seen} = 'yes'", "items": [
                    { "item": "question", "name": "why", "kind": "text", "relevant": "${seen} != ''" }] }
            ]
        }))
        .unwrap();
        let (all, conditional) = without_conditions(&form);
        assert_eq!(conditional, ["more", "why"]);
        assert_eq!(without_conditions(&all), (all.clone(), Vec::new()));
        assert_eq!(all.questions().count(), form.questions().count());
    }

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
