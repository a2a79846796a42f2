//! The cells of a row of the sheet `survey`, put where they belong in a question.

use std::collections::BTreeMap;

use super::headers::Column;
use crate::form::{Fault, Media, Place, Question, Text};
use crate::workbook::Row;

/// The cells of a row that have a text, with their columns.
pub(super) struct Cells<'a> {
    pub(super) place: Place,
    cells: Vec<(&'a Column, String)>,
}

impl<'a> Cells<'a> {
    /// Cleans the cells, which are trimmed already when they come from a file: typographic quotes become plain ones, because expressions know no others, and with `strip` any
    /// number of blanks becomes one.
    pub(super) fn of(row: &Row, columns: &'a [Column], sheet: &str, strip: bool) -> Self {
        let cells = columns
            .iter()
            .filter_map(|column| {
                let text = cleaned(row.cell(column.index), strip);
                (!text.is_empty()).then_some((column, text))
            })
            .collect();
        Self { place: Place::new(sheet, row.number), cells }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The text of a column without a language.
    pub(super) fn get(&self, path: &[&str]) -> Option<&str> {
        self.cells.iter().find(|(column, _)| column.path == path).map(|(_, text)| text.as_str())
    }

    /// Whether any column whose first part is this has a text.
    pub(super) fn has(&self, first: &str) -> bool {
        self.cells.iter().any(|(column, _)| column.path[0] == first)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a Column, &str)> {
        self.cells.iter().map(|(column, text)| (*column, text.as_str()))
    }
}

/// A cell's text as XLSForm takes it.
pub(super) fn cleaned(text: &str, strip: bool) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let text = text.trim();
    for letter in text.chars() {
        match letter {
            '\u{2018}' | '\u{2019}' => cleaned.push('\''),
            '\u{201c}' | '\u{201d}' => cleaned.push('"'),
            ' ' if strip && cleaned.ends_with(' ') => {}
            other => cleaned.push(other),
        }
    }
    cleaned
}

/// What a row says of a question, apart from its type and name. What is no text of a question, or has a language that
/// it cannot have, is told.
pub(super) fn question_of(cells: &Cells<'_>, faults: &mut Vec<Fault>) -> Question {
    let mut question = Question { place: cells.place.clone(), ..Question::default() };
    for (column, text) in cells.iter() {
        if let Err(reason) = put(&mut question, &column.parts(), text, &column.header) {
            faults.push(cells.place.fault(&column.header, reason));
        }
    }
    question
}

fn put(question: &mut Question, path: &[&str], text: &str, header: &str) -> Result<(), String> {
    let with_language = |path: &[&str]| match path {
        [] => Ok(String::new()),
        [language] => Ok((*language).to_owned()),
        _ => Err("The header has more parts than a column and a language.".to_owned()),
    };
    let set = |target: &mut Text, rest: &[&str]| {
        with_language(rest).map(|language| {
            target.0.insert(language, text.to_owned());
        })
    };
    let one = |target: &mut Option<String>, rest: &[&str]| {
        if rest.is_empty() {
            *target = Some(text.to_owned());
            Ok(())
        } else {
            Err("The column has no languages: an expression or a word is the same in all of them.".to_owned())
        }
    };
    let attribute = |target: &mut BTreeMap<String, String>, name: &str, rest: &[&str]| {
        if rest.is_empty() {
            target.insert(name.to_owned(), text.to_owned());
            Ok(())
        } else {
            Err("The column has no languages.".to_owned())
        }
    };
    match path {
        ["type" | "name" | "parameters" | "trigger" | "disabled"] => Ok(()),
        ["label", rest @ ..] => set(&mut question.label, rest),
        ["hint", rest @ ..] => set(&mut question.hint, rest),
        ["guidance_hint", rest @ ..] => set(&mut question.guidance, rest),
        ["default", rest @ ..] => one(&mut question.default, rest),
        ["choice_filter", rest @ ..] => one(&mut question.choice_filter, rest),
        ["bind", "readonly", rest @ ..] => one(&mut question.read_only, rest),
        ["bind", "relevant", rest @ ..] => one(&mut question.relevant, rest),
        ["bind", "required", rest @ ..] => one(&mut question.required, rest),
        ["bind", "constraint", rest @ ..] => one(&mut question.constraint, rest),
        ["bind", "calculate", rest @ ..] => one(&mut question.calculation, rest),
        ["bind", "entities:saveto", rest @ ..] => one(&mut question.save_to, rest),
        ["bind", "jr:constraintMsg", rest @ ..] => set(&mut question.constraint_message, rest),
        ["bind", "jr:requiredMsg", rest @ ..] => set(&mut question.required_message, rest),
        ["bind", "jr:noAppErrorString", language] => {
            question.bind.insert(format!("jr:noAppErrorString::{language}"), text.to_owned());
            Ok(())
        }
        ["bind", name, rest @ ..] => attribute(&mut question.bind, name, rest),
        ["control", "appearance", rest @ ..] => one(&mut question.appearance, rest),
        ["control", name, rest @ ..] => attribute(&mut question.control, name, rest),
        ["instance", name, rest @ ..] => attribute(&mut question.instance, name, rest),
        ["media", name, rest @ ..] => put_media(&mut question.media, name, rest, text),
        // `media` alone says nothing, and these two only matter to some clients.
        [name @ ("media" | "intent" | "sms_field")] => attribute(&mut question.extra, name, &[]),
        _ => attribute(&mut question.extra, header, &[]),
    }
}

/// Sets a file that goes with a label.
pub(super) fn put_media(media: &mut Media, name: &str, rest: &[&str], text: &str) -> Result<(), String> {
    let part = media.part_mut(name).ok_or_else(|| format!("Media type: {name} not supported"))?;
    let language = match rest {
        [] => "",
        [language] => language,
        _ => return Err("The header has more parts than a column and a language.".to_owned()),
    };
    part.0.insert(language.to_owned(), text.to_owned());
    Ok(())
}

/// Whether a column is kept only because it is there: XLSForm has no such column.
pub(super) fn is_unknown(path: &[&str]) -> bool {
    !matches!(
        path,
        [
            "type"
                | "name"
                | "parameters"
                | "trigger"
                | "disabled"
                | "intent"
                | "sms_field"
                | "label"
                | "hint"
                | "guidance_hint"
                | "default"
                | "choice_filter",
            ..
        ] | ["bind" | "control" | "instance" | "media", _, ..]
    )
}
