//! Languages: which there are, what each lacks, and whether machines know them.

use std::collections::{BTreeMap, BTreeSet};

use super::headers::Column;
use crate::form::{Fault, Form, Language, Place};

/// Columns of the sheet `survey` that have languages, with the names under which they are told.
const SURVEY: [(&[&str], &str); 9] = [
    (&["label"], "label"),
    (&["hint"], "hint"),
    (&["guidance_hint"], "guidance_hint"),
    (&["media", "image"], "image"),
    (&["media", "big-image"], "big-image"),
    (&["media", "audio"], "audio"),
    (&["media", "video"], "video"),
    (&["bind", "jr:constraintMsg"], "constraint_message"),
    (&["bind", "jr:requiredMsg"], "required_message"),
];

/// The same of the sheet `choices`.
const CHOICES: [(&[&str], &str); 5] = [
    (&["label"], "label"),
    (&["media", "image"], "image"),
    (&["media", "big-image"], "big-image"),
    (&["media", "audio"], "audio"),
    (&["media", "video"], "video"),
];

/// What is said of texts that stand in no language.
const UNNAMED: &str = "default";

fn language_of<'a>(
    column: &'a Column,
    known: &[(&[&str], &'static str)],
) -> Option<(&'static str, Option<&'a str>)> {
    let path = column.parts();
    known.iter().find_map(|(start, name)| match path.strip_prefix(*start)? {
        [] => Some((*name, None)),
        [_] => Some((*name, column.path.last().map(String::as_str))),
        _ => None,
    })
}

/// The languages of a form in the order of their columns, those of the sheet `survey` first.
pub(super) fn languages(survey: &[Column], choices: &[Column]) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    let app_errors = survey.iter().filter_map(|column| match column.path.as_slice() {
        [bind, name, language] if bind == "bind" && name == "jr:noAppErrorString" => Some(language.as_str()),
        _ => None,
    });
    let named = survey
        .iter()
        .filter_map(|column| language_of(column, &SURVEY)?.1)
        .chain(choices.iter().filter_map(|column| language_of(column, &CHOICES)?.1))
        .chain(app_errors);
    for name in named {
        if !languages.iter().any(|language| language.name == name) {
            languages.push(Language::named(name));
        }
    }
    languages
}

/// Warns of columns that one language has and another lacks, and of languages that no machine knows.
pub(super) fn check(form: &Form, survey: &[Column], choices: &[Column], warnings: &mut Vec<Fault>) {
    for (sheet, columns, known) in [("survey", survey, &SURVEY[..]), ("choices", choices, &CHOICES[..])] {
        for reason in missing(sheet, columns, known) {
            warnings.push(Place::new(sheet, 1).fault("", reason));
        }
    }

    let unknown: Vec<&str> = form
        .languages
        .iter()
        .filter(|language| language.name != UNNAMED && language.name.chars().count() >= 3)
        .filter(|language| !language.tag.as_deref().is_some_and(is_tag))
        .map(|language| language.name.as_str())
        .collect();
    if !unknown.is_empty() {
        let reason = format!(
            "The following language declarations do not contain valid machine-readable codes: {}. Learn more: \
             http://xlsform.org#multiple-language-support",
            unknown.join(", ")
        );
        warnings.push(Place::new("survey", 1).fault("", reason));
    }
}

fn missing(sheet: &str, columns: &[Column], known: &[(&[&str], &'static str)]) -> Vec<String> {
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for column in columns {
        if let Some((name, language)) = language_of(column, known) {
            seen.entry(language.unwrap_or(UNNAMED)).or_default().insert(name);
            all.insert(name);
        }
    }
    if seen.keys().all(|language| *language == UNNAMED) {
        return Vec::new();
    }
    seen.iter()
        .filter_map(|(language, has)| {
            let lacks: Vec<&str> = all.difference(has).copied().collect();
            let columns = if lacks.len() == 1 { "column" } else { "columns" };
            match lacks.as_slice() {
                [] => None,
                [one] => Some(format!("Language '{language}' is missing the {sheet} {one} {columns}.")),
                more => Some(format!(
                    "Language '{language}' is missing the {sheet} {columns} {}.",
                    more.join(", ")
                )),
            }
        })
        .collect()
}

/// Whether a tag begins with a language that is registered, by its shortest code, as BCP 47 asks.
fn is_tag(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or_default();
    match primary.len() {
        2 => isolang::Language::from_639_1(primary).is_some(),
        3 => isolang::Language::from_639_3(primary).is_some_and(|language| language.to_639_1().is_none()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_registered_and_as_short_as_can_be() {
        for tag in ["en", "gd", "ar", "ach", "en-GB", "zh-Hans", "bs"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", "e", "bos", "schm", "xx", "english", "-en"] {
            assert!(!is_tag(tag), "{tag}");
        }
    }
}
