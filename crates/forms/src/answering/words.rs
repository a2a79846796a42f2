//! Words for the respondent: texts of the form in the right language with answers filled in.

use std::ops::Range;

use crate::expression::compile::Scope;
use crate::expression::instance::FrameId;
use crate::expression::shape::ShapeId;
use crate::expression::value::text_of;
use crate::expression::{Expression, Value};
use crate::form::lexing::instance_paths;
use crate::form::{Form, Kind, Text, references};

use super::filling::Filling;

/// Where expressions stand in a text: references, and paths that begin with `instance(…)`, in order.
pub(super) fn expressions_in(text: &str) -> Vec<Range<usize>> {
    if !text.contains("${") && !text.contains("instance(") {
        return Vec::new();
    }
    let mut found = instance_paths(text);
    let references = references(text).unwrap_or_default();
    let outside: Vec<Range<usize>> = references
        .into_iter()
        .map(|reference| reference.span)
        .filter(|span| !found.iter().any(|path| path.start <= span.start && span.end <= path.end))
        .collect();
    found.extend(outside);
    found.sort_by_key(|span| span.start);
    found
}

impl Filling {
    /// A text of the form as seen from a node: in the language of the respondent, with `${name}` replaced by the answer
    /// (of a choice its value, as in ODK's clients; `jr:choice-name` in a calculation gives its label), and a path into
    /// a list by what it leads to. It is text; the page escapes it.
    pub(super) fn words(&self, text: &Text, frame: FrameId, node: ShapeId) -> String {
        let around = &self.surroundings;
        let written = text.in_language(&around.language, &around.default_language);
        let found = expressions_in(written);
        if found.is_empty() {
            return written.to_owned();
        }
        let mut filled = String::with_capacity(written.len());
        let mut from = 0;
        for span in found {
            filled.push_str(&written[from..span.start]);
            from = span.end;
            filled.push_str(&self.filled_in(&written[span], frame, node));
        }
        filled.push_str(&written[from..]);
        filled
    }

    fn filled_in(&self, source: &str, frame: FrameId, node: ShapeId) -> String {
        // checked when the form was compiled
        let Ok(expression) = Expression::read(source, Scope::of(&self.compiled.names, node)) else {
            return String::new();
        };
        let evaluator = self.evaluator(frame, node);
        match expression.value(&evaluator) {
            Ok(Value::Number(number)) => text_of(number),
            Ok(_) => expression.text(&evaluator).unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// An answer in words: labels of choices, otherwise as it is kept. Empty when there is none.
    pub(super) fn answer_in_words(&self, frame: FrameId, node: ShapeId) -> Vec<String> {
        let text = self.text(frame, node);
        let Some(question) = self.rules(node).question().filter(|_| !text.is_empty()) else {
            return Vec::new();
        };
        if !question.kind.has_choices() {
            return vec![text.to_owned()];
        }
        let list = question.choices.as_ref().and_then(|from| {
            let form = &self.compiled.form;
            form.lists.iter().chain(&form.external_lists).find(|list| list.name == from.name())
        });
        let chosen: Vec<&str> = match question.kind {
            Kind::SelectMultiple | Kind::Rank => text.split_ascii_whitespace().collect(),
            _ => vec![text],
        };
        chosen
            .into_iter()
            .map(|name| {
                let label = list
                    .and_then(|list| list.choice(name))
                    .map(|choice| self.words(&choice.label, frame, node));
                label.filter(|label| !label.is_empty()).unwrap_or_else(|| name.to_owned())
            })
            .collect()
    }
}

/// The language of a form that is called by its name or by its tag; as it was called when there is none.
pub fn language_of<'a>(form: &'a Form, called: &'a str) -> &'a str {
    let named = form.languages.iter().find(|language| language.name == called);
    let tagged = || form.languages.iter().find(|language| language.tag.as_deref() == Some(called));
    named.or_else(tagged).map_or(called, |language| language.name.as_str())
}

/// The language for texts that are missing in the respondent's: the form's default, else its first.
pub(super) fn default_language(form: &Form) -> String {
    match (&form.default_language, form.languages.first()) {
        (Some(language), _) => language_of(form, language).to_owned(),
        (None, Some(first)) => first.name.clone(),
        (None, None) => String::new(),
    }
}
