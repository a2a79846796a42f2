//! An instrument's questions as form controls: surveys and the record-reading tool look the same.
//!
//! A question that is asked only after a certain answer says so in words, since without a script nothing hides or
//! appears; what does not apply is left out when the form is read.

use keyline_forms::{Answers, Instrument, Problem, ProblemCode, Question, QuestionKind};
use keyline_words::Words;
use maud::{Markup, html};

use super::{Choice, Field, checkboxes, number_field, radios, text_area, text_field};

/// What was typed for a question, value by value.
pub type TypedAnswers = std::collections::BTreeMap<String, Vec<String>>;

/// What was answered, as a form would carry it.
pub fn typed_answers(instrument: &Instrument, answers: &Answers) -> TypedAnswers {
    let mut typed = TypedAnswers::new();
    for (question, value) in answers.to_form(instrument) {
        typed.entry(question).or_default().push(value);
    }
    typed
}

/// The sentence of what is wrong with an answer.
pub fn problem_sentence(words: Words<'_>, code: ProblemCode) -> String {
    match code {
        ProblemCode::Missing => words.t("answer-missing"),
        ProblemCode::NotOffered => words.t("answer-not-offered"),
        ProblemCode::MoreThanOne => words.t("answer-more-than-one"),
        ProblemCode::NotAWholeNumber => words.t("problem-number"),
        ProblemCode::BelowMin { min } => words.with("answer-below", &[("min", &min)]),
        ProblemCode::AboveMax { max } => words.with("answer-above", &[("max", &max)]),
        ProblemCode::TooLong { limit, length } => {
            words.with("answer-too-long", &[("limit", &limit), ("over", &(length - limit.min(length)))])
        }
    }
}

/// The problems as the error summary takes them: field and sentence.
pub fn problem_list(words: Words<'_>, problems: &[Problem]) -> Vec<(String, String)> {
    problems.iter().map(|p| (p.question.clone(), problem_sentence(words, p.code))).collect()
}

/// All questions of an instrument, section by section.
pub fn questions(
    words: Words<'_>,
    instrument: &Instrument,
    typed: &TypedAnswers,
    problems: &[Problem],
) -> Markup {
    html! {
        @for question in instrument.questions_in(None) { (one(words, instrument, question, typed, problems)) }
        @for section in &instrument.sections {
            h2 { (section.title) }
            @for question in instrument.questions_in(Some(&section.key)) { (one(words, instrument, question, typed, problems)) }
        }
    }
}

fn one(
    words: Words<'_>,
    instrument: &Instrument,
    question: &Question,
    typed: &TypedAnswers,
    problems: &[Problem],
) -> Markup {
    if question.kind == QuestionKind::Note {
        return html! { p { (question.label) } };
    }
    let given = typed.get(&question.key).map_or(&[][..], Vec::as_slice);
    let has = |value: &str| given.iter().any(|g| g == value);
    let mut field = Field::new(&question.key, question.label.clone())
        .value(given.first().cloned().unwrap_or_default())
        .error(problems.iter().find(|p| p.question == question.key).map(|p| problem_sentence(words, p.code)));
    let condition = question.relevant.as_ref().and_then(|r| {
        let on = instrument.question(&r.question)?;
        let value = on.label_of(&r.is).map_or_else(|| yes_no(words, &r.is), str::to_owned);
        Some(words.with("answer-only-if", &[("question", &on.label), ("value", &value)]))
    });
    let hint: Vec<String> = [condition, question.hint.clone()].into_iter().flatten().collect();
    if !hint.is_empty() {
        field = field.hint(hint.join(" "));
    }
    if !question.required {
        field = field.optional(words);
    } else if question.relevant.is_some() {
        field = field.unchecked();
    }
    match question.kind {
        QuestionKind::Choice | QuestionKind::Scale => {
            let choices: Vec<Choice> = question
                .levels()
                .into_iter()
                .map(|v| {
                    let label = question.label_of(&v).unwrap_or(&v).to_owned();
                    let chosen = has(&v);
                    Choice::new(v, label, chosen)
                })
                .collect();
            radios(&field, &choices)
        }
        QuestionKind::Choices => {
            let choices: Vec<Choice> = question
                .choices
                .iter()
                .map(|c| Choice::new(c.value.clone(), c.label.clone(), has(&c.value)))
                .collect();
            checkboxes(&field, &choices)
        }
        QuestionKind::YesNo => radios(
            &field,
            &[Choice::new("yes", words.t("yes"), has("yes")), Choice::new("no", words.t("no"), has("no"))],
        ),
        QuestionKind::WholeNumber => number_field(&field),
        QuestionKind::Text if question.max.is_some_and(|max| max <= 200) => text_field(&field, "text"),
        QuestionKind::Text => text_area(&field, 5),
        QuestionKind::Note => html! {},
    }
}

fn yes_no(words: Words<'_>, value: &str) -> String {
    match value {
        "yes" => words.t("yes"),
        "no" => words.t("no"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_bound_label_and_keeps_what_was_typed() {
        let text = r#"
            [instrument]
            key = "t"
            title = "T"
            audience = "staff"
            source = "own"
            confirmed = false
            [[question]]
            key = "a"
            kind = "yes-no"
            label = "Fictional?"
            required = true
            [[question]]
            key = "b"
            kind = "text"
            label = "Why <b>?"
            relevant = { question = "a", is = "yes" }
            [[question]]
            key = "c"
            kind = "scale"
            label = "How much?"
            min = 1
            max = 5
        "#;
        let instrument = Instrument::parse(text).unwrap();
        let catalogue = keyline_words::Catalogue::load();
        let typed = TypedAnswers::from([("a".into(), vec!["yes".into()]), ("b".into(), vec!["<i>".into()])]);
        let problem = Problem { question: "c".into(), code: ProblemCode::Missing };
        let page = questions(catalogue.words("en"), &instrument, &typed, &[problem]).into_string();
        assert!(page.contains("&lt;i&gt;") && page.contains("Why &lt;b&gt;?") && !page.contains("⟦"));
        assert!(page.contains("for=\"b\"") && page.contains("c-error") && page.contains("checked"));
    }
}
