//! A question of a form as a control: surveys, readings of records and keyed paper answers look the same.
//!
//! Labels, hints and symbols come from the form, in the language of the page. Dates are three boxes, because the
//! calendar of a browser is hard to use without a mouse and differs from phone to phone.

use keyline_forms::form::Kind;
use keyline_words::Words;
use maud::{Markup, html};

use super::symbols::symbol;
use super::{
    Choice, DateTyped, Field, checkboxes, date_field, number_field, radios, select, text_area, text_field,
};

/// From how many choices on they are offered in one closed list.
const MANY: usize = 15;

/// A question as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Name of the field: the path of the question.
    pub field: String,
    /// What sort of value.
    pub kind: Kind,
    /// The question.
    pub label: String,
    /// A line under it.
    pub hint: String,
    /// More, behind a fold.
    pub guidance: String,
    /// Name of the symbol beside it.
    pub symbol: String,
    /// Whether it has to be answered.
    pub required: bool,
    /// Whether it can only be read.
    pub read_only: bool,
    /// Words of its appearance.
    pub appearance: String,
    /// The choices: value, text, name of the symbol.
    pub choices: Vec<(String, String, String)>,
    /// What was typed or chosen; of a date and a time the three or two boxes are in [`Asked::boxes`].
    pub typed: Vec<String>,
    /// The boxes of a date, as they were typed: day, month, year.
    pub boxes: [String; 3],
    /// What is wrong.
    pub fault: Option<String>,
}

impl Asked {
    fn has(&self, value: &str) -> bool {
        self.typed.iter().any(|typed| typed == value)
    }

    fn appears(&self, word: &str) -> bool {
        self.appearance.split_whitespace().any(|other| other == word)
    }

    fn choices(&self) -> Vec<Choice> {
        self.choices
            .iter()
            .map(|(value, label, symbol)| Choice::new(value, label, self.has(value)).symbol(symbol))
            .collect()
    }
}

/// The control of a question; of a note, its text.
pub fn asked(words: Words<'_>, question: &Asked) -> Markup {
    if question.kind == Kind::Note {
        return html! {
            div class="kl_note" {
                (symbol(&question.symbol))
                div {
                    @for line in question.label.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
                    @if !question.hint.is_empty() { p class="ds_hint-text" { (question.hint) } }
                }
            }
        };
    }
    html! {
        div class="kl_asked" data-asked=(question.field) {
            @if !question.symbol.is_empty() { div class="kl_asked__symbol" { (symbol(&question.symbol)) } }
            (control(words, question))
            @if !question.guidance.is_empty() {
                (super::details(&words.t("answer-guidance"), &html! { p { (question.guidance) } }))
            }
        }
    }
}

fn control(words: Words<'_>, question: &Asked) -> Markup {
    let mut field = Field::new(&question.field, question.label.clone())
        .value(question.typed.first().cloned().unwrap_or_default())
        .error(question.fault.clone());
    if !question.hint.is_empty() {
        field = field.hint(question.hint.clone());
    }
    if !question.required {
        field = field.unchecked();
    }
    if question.read_only {
        let said: Vec<String> = match question.kind {
            Kind::SelectOne | Kind::SelectMultiple => question
                .choices
                .iter()
                .filter(|(value, _, _)| question.has(value))
                .map(|(_, label, _)| label.clone())
                .collect(),
            _ => question.typed.clone(),
        };
        return html! { p { strong { (question.label) } } p { (said.join(", ")) } };
    }
    match question.kind {
        Kind::SelectOne | Kind::SelectOneExternal
            if question.choices.len() >= MANY || question.appears("minimal") =>
        {
            let mut choices = vec![Choice::new("", words.t("choose-one"), question.typed.is_empty())];
            choices.extend(question.choices());
            select(&field, &choices)
        }
        Kind::SelectOne | Kind::SelectOneExternal => radios(&field, &question.choices()),
        Kind::SelectMultiple => checkboxes(&field, &question.choices()),
        Kind::Acknowledge | Kind::Trigger => {
            let ticked = !question.typed.is_empty();
            checkboxes(&field, &[Choice::new("OK", words.t("answer-tick"), ticked)])
        }
        Kind::Rank => rank(words, question, &field),
        Kind::Range if !question.choices.is_empty() => radios(&field, &question.choices()),
        Kind::Integer | Kind::Decimal | Kind::Range => number_field(&field),
        Kind::Date => date_field(
            &field,
            &DateTyped::of(&question.field, |name| {
                ["-day", "-month", "-year"]
                    .iter()
                    .position(|end| name.strip_prefix(question.field.as_str()) == Some(end))
                    .map_or("", |n| question.boxes[n].as_str())
            }),
            words,
        ),
        Kind::Time => text_field(&field, "time"),
        Kind::DateTime => text_field(&field, "datetime-local"),
        _ if question.appears("multiline") => text_area(&field, 6),
        _ => text_field(&field, "text"),
    }
}

// A place for each choice. Without a script nothing can be dragged, and many cannot drag.
fn rank(words: Words<'_>, question: &Asked, field: &Field<'_>) -> Markup {
    let places = question.choices.len();
    field.group(&html! {
        @for (value, label, _) in &question.choices {
            @let name = format!("{}.{value}", question.field);
            @let place = question.typed.iter().position(|typed| typed == value);
            div class="kl_rank" {
                label for=(name) { (label) }
                div class="ds_select-wrapper" {
                    select class="ds_select" id=(name) name=(name) {
                        option value="" { (words.t("answer-no-place")) }
                        @for n in 1..=places { option value=(n) selected[place == Some(n - 1)] { (n) } }
                    }
                    span class="ds_select-arrow" aria-hidden="true" {}
                }
            }
        }
    })
}
