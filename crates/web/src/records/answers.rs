//! Answers as people read them.

use keyline_forms::{Answer, Question, QuestionKind};
use keyline_words::Words;

/// One value of a question in the words of the tool.
pub(super) fn value(words: Words<'_>, question: &Question, value: &str) -> String {
    match (question.label_of(value), question.kind, value) {
        (Some(label), ..) => label.to_owned(),
        (None, QuestionKind::YesNo, "yes") => words.t("yes"),
        (None, QuestionKind::YesNo, "no") => words.t("no"),
        _ => value.to_owned(),
    }
}

/// An answer, or that there is none.
pub(super) fn answer(words: Words<'_>, question: &Question, answer: Option<&Answer>) -> String {
    answer.map_or_else(
        || words.t("records-not-answered"),
        |given| {
            let values: Vec<String> = given.values().iter().map(|v| value(words, question, v)).collect();
            values.join(", ")
        },
    )
}
