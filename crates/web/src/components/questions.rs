//! A form that is being filled in, as controls: surveys and readings of records look the same and read what was typed in
//! the same way.

use keyline_forms::answering::fault::Code;
use keyline_forms::answering::{self, AnswerFault, Filling, PageView};
use keyline_forms::form::{Form, Kind};
use keyline_words::Words;
use maud::{Markup, html};

use super::Asked;
use super::asked::asked;

/// The questions of a page as controls, each with what is wrong with it.
pub fn questions(words: Words<'_>, form: &Form, view: &PageView, faults: &[(String, String)]) -> Markup {
    html! {
        @for question in &view.questions {
            @let mut control = asked_of(form, question);
            @let fault = faults.iter().find(|(field, _)| *field == control.field);
            ({ control.fault = fault.map(|(_, said)| said.clone()); asked(words, &control) })
        }
    }
}

/// The heading over a page: the innermost group around its questions, with the number of its entry.
pub fn heading(view: &PageView) -> Option<String> {
    let heading = view.headings.last()?;
    let label = match heading.number {
        Some(number) => format!("{} {number}", heading.label),
        None => heading.label.clone(),
    };
    Some(label).filter(|label| !label.trim().is_empty())
}

/// What a page sent, as the form calls its fields.
pub fn pairs_of<'t>(
    filling: &Filling,
    page: &str,
    typed: impl Iterator<Item = (&'t str, &'t str)>,
) -> Vec<(String, String)> {
    let Some(view) = filling.view(page) else { return Vec::new() };
    typed.map(|(field, value)| (part_of(&view, field), value.to_owned())).collect()
}

/// What is wrong with an answer: in the words of the form, or else in ours.
pub fn fault_sentence(words: Words<'_>, fault: &AnswerFault) -> String {
    fault.message.clone().unwrap_or_else(|| fault_in_words(words, &fault.code))
}

/// What is wrong with an answer, where the form itself has no words for it.
fn fault_in_words(w: Words<'_>, code: &Code) -> String {
    match code {
        Code::Required => w.t("answer-missing"),
        Code::Constraint | Code::CannotWorkOut(_) => w.t("answer-constraint"),
        Code::Type { expected: Kind::Integer } => w.t("problem-number"),
        Code::Type { expected: Kind::Decimal | Kind::Range } => w.t("answer-number"),
        Code::Type { expected: Kind::Date } => w.t("answer-date"),
        Code::Type { .. } => w.t("answer-type"),
        Code::NotOffered => w.t("answer-not-offered"),
        Code::MoreThanOne => w.t("answer-more-than-one"),
        Code::NotAnOrder => w.t("answer-rank"),
        Code::OutOfRange(scale) => w.with("answer-range", &[("start", &scale.start), ("end", &scale.end)]),
        Code::TooLong { limit, length } => {
            w.with("answer-too-long", &[("limit", limit), ("over", &(length - limit.min(length)))])
        }
        Code::TooManyEntries { limit } => w.with("answer-too-many", &[("limit", limit)]),
    }
}

/// The control of a question of the form.
pub fn asked_of(form: &Form, view: &answering::Asked) -> Asked {
    let question = &view.question;
    let part = |name: &str| view.parts.get(name).cloned().unwrap_or_default();
    let list = question.list().and_then(|list| form.list(list));
    Asked {
        field: view.path.clone(),
        kind: question.kind,
        label: view.label.clone(),
        hint: view.hint.clone(),
        guidance: view.guidance.clone(),
        symbol: question.extra.get("symbol").cloned().unwrap_or_default(),
        required: view.required,
        read_only: view.read_only,
        appearance: question.appearance.clone().unwrap_or_default(),
        choices: view
            .choices
            .iter()
            .map(|offered| {
                let choice = list.and_then(|list| list.choice(&offered.name));
                let symbol = choice.and_then(|choice| choice.extra.get("symbol")).cloned();
                (offered.name.clone(), offered.label.clone(), symbol.unwrap_or_default())
            })
            .collect(),
        typed: view.values.clone(),
        boxes: [part("day"), part("month"), part("year")],
        fault: None,
    }
}

// The boxes of a day are called as everywhere on our pages; the form calls them with a point.
fn part_of(view: &PageView, field: &str) -> String {
    for part in ["day", "month", "year"] {
        let base = field.strip_suffix(part).and_then(|base| base.strip_suffix('-'));
        if let Some(base) = base
            && view.questions.iter().any(|q| q.question.kind == Kind::Date && q.path == base)
        {
            return format!("{base}.{part}");
        }
    }
    field.to_owned()
}

/// The tag of the language in which a form is shown: the wanted one where the form has it, else its own.
pub fn language_of(form: &Form, wanted: &str) -> String {
    let tags = || form.languages.iter().filter_map(|language| language.tag.as_deref());
    let fits = tags().find(|tag| *tag == wanted);
    let own = || {
        let default = form.default_language.as_deref()?;
        form.languages.iter().find(|l| l.name == default)?.tag.as_deref()
    };
    fits.or_else(own).or_else(|| tags().next()).unwrap_or("en").to_owned()
}

/// The name by which the form calls the language of a tag.
pub fn name_of(form: &Form, tag: &str) -> String {
    form.languages
        .iter()
        .find(|language| language.tag.as_deref() == Some(tag))
        .map_or_else(|| form.unnamed_language().to_owned(), |language| language.name.clone())
}
