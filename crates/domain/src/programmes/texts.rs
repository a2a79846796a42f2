//! Letters, introductions and public text of a programme: Markdown with `{placeholders}`.
//!
//! To add a placeholder: add it to [`PLACEHOLDERS`] with its meaning, and give it a value in the operation that
//! fills the text. A text that names another one is refused when the programme is checked, not when a
//! letter is due.

use std::collections::BTreeMap;

use serde::Serialize;

use super::problems::{Lines, Problems};
use super::reading::{Section, Seen};
use super::sourced::{Provenance, Sources, list};

/// Every placeholder a text may name, with what it stands for.
pub const PLACEHOLDERS: &[(&str, &str)] = &[
    ("addressee", "the office to which the letter goes"),
    ("anonymous-notice", "the text “anonymous-notice” of the same programme"),
    ("area", "the council area, such as Strathmarnock"),
    ("audience", "whom a survey is for"),
    ("council", "the name of the council"),
    ("document-return-due", "the day on which requested documents are due"),
    ("evaluated-indicators", "a list of the indicators that are graded"),
    ("health-board", "the NHS board of the area"),
    ("help", "the text “help” of the same programme"),
    ("inspection-lead", "the name of the inspection lead"),
    ("lines-of-enquiry", "a list of the lines of enquiry"),
    ("minutes", "about how many minutes a survey takes"),
    ("notification-date", "the day of the letter"),
    ("onsite-from", "the first day on site"),
    ("onsite-to", "the last day on site"),
    ("partnership", "the name of the community planning partnership"),
    ("pre-inspection-return-due", "the day on which the pre-inspection return is due"),
    ("programme", "the full title of the programme"),
    ("publication-date", "the planned day of publication"),
    ("reply-by", "the day by which coordinator and participation lead are to be named"),
    ("scrutiny-bodies", "a list of the bodies that take part"),
    ("survey-closes", "the last day of a survey"),
    ("weeks", "the length of the inspection in counted weeks"),
];

/// The texts every programme has to have, in English at least.
pub const REQUIRED_TEXTS: &[&str] =
    &["about", "anonymous-notice", "help", "notification-letter", "survey-introduction"];

/// The texts of a programme in all their languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Texts {
    entries: BTreeMap<String, Text>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Stable key, equal to the name of its files.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// Where the wording comes from.
    pub provenance: Provenance,
    languages: BTreeMap<String, String>,
}

impl Texts {
    /// The text with this key.
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.entries.get(key)
    }

    /// All texts in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &Text> {
        self.entries.values()
    }
}

impl Text {
    /// The Markdown in a language, or in English where it has not been translated.
    pub fn markdown(&self, language: &str) -> &str {
        self.languages.get(language).or_else(|| self.languages.get("en")).map_or("", String::as_str)
    }

    /// The Markdown with its placeholders filled; the error names the first one without a value.
    ///
    /// Values are put in as they are. A caller that hands in a person's words escapes them first.
    pub fn fill(&self, language: &str, values: &BTreeMap<&str, String>) -> Result<String, MissingValue> {
        let mut filled = String::new();
        for piece in pieces(self.markdown(language)) {
            match piece.what {
                What::Words(words) => filled.push_str(words),
                What::Placeholder(name) => match values.get(name) {
                    Some(value) => filled.push_str(value),
                    None => {
                        return Err(MissingValue { text: self.key.clone(), placeholder: name.to_owned() });
                    }
                },
                // A checked programme has none of these.
                What::Stray => filled.push('{'),
            }
        }
        Ok(filled)
    }
}

/// A text names a placeholder for which the caller has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("text “{text}” needs a value for {{{placeholder}}}")]
pub struct MissingValue {
    /// Key of the text.
    pub text: String,
    /// Name of the placeholder.
    pub placeholder: String,
}

struct Piece<'t> {
    offset: usize,
    what: What<'t>,
}

enum What<'t> {
    Words(&'t str),
    Placeholder(&'t str),
    Stray,
}

/// The names in curly brackets of a text, each with whether it is one (`false`: plain words), or `Err` where a bracket opens
/// no name.
pub(crate) fn texts_pieces(text: &str) -> Vec<Result<(&str, bool), ()>> {
    let found = pieces(text).into_iter().map(|piece| match piece.what {
        What::Words(words) => Ok((words, false)),
        What::Placeholder(name) => Ok((name, true)),
        What::Stray => Err(()),
    });
    found.collect()
}

/// A text with what stands in curly brackets replaced; a name for which `value` gives nothing stays as it stands.
pub fn filled(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let put = |piece: Piece<'_>| match piece.what {
        What::Words(words) => words.to_owned(),
        What::Placeholder(name) => value(name).unwrap_or_else(|| format!("{{{name}}}")),
        What::Stray => "{".to_owned(),
    };
    pieces(text).into_iter().map(put).collect()
}

/// Cuts a text at its placeholders.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut offset = 0;
    while let Some(rest) = text.get(offset..).filter(|rest| !rest.is_empty()) {
        let Some(open) = rest.find('{') else {
            pieces.push(Piece { offset, what: What::Words(rest) });
            break;
        };
        if open > 0 {
            pieces.push(Piece { offset, what: What::Words(&rest[..open]) });
        }
        let after = &rest[open + 1..];
        let length =
            after.find(|letter: char| !(letter.is_ascii_lowercase() || letter == '-')).unwrap_or(after.len());
        let at = offset + open;
        if length > 0 && after[length..].starts_with('}') {
            pieces.push(Piece { offset: at, what: What::Placeholder(&after[..length]) });
            offset = at + length + 2;
        } else {
            pieces.push(Piece { offset: at, what: What::Stray });
            offset = at + 1;
        }
    }
    pieces
}

/// Reads the `[[text]]` entries of `programme.toml` and their files.
pub(super) fn read(
    root: &Section<'_>,
    sources: &Sources,
    files: &BTreeMap<String, String>,
    problems: &Problems,
) -> Texts {
    let mut entries = BTreeMap::new();
    let mut seen = Seen::default();
    for entry in root.some_entries("text") {
        let key = entry.key(&mut seen);
        let title = entry.text("title");
        let provenance = sources.provenance(&entry);
        let mut languages = BTreeMap::new();
        if let Some(key) = &key {
            for (path, text) in files {
                let Some(language) = language_of(path, key) else { continue };
                check_placeholders(path, text, problems);
                languages.insert(language.to_owned(), text.clone());
            }
            if !languages.contains_key("en") {
                entry.fault(format!("{} has no file text/en/{key}.md", entry.name()));
            }
        }
        entry.close();
        if let (Some(key), Some(title), Some(provenance)) = (key, title, provenance) {
            entries.insert(key.clone(), Text { key, title, provenance, languages });
        }
    }
    for required in REQUIRED_TEXTS.iter().filter(|required| !entries.contains_key(**required)) {
        root.fault(format!("there is no [[text]] with key “{required}”, which every programme needs"));
    }
    Texts { entries }
}

/// The language of `text/<language>/<key>.md`, when the path is one of that key.
fn language_of<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    let (language, name) = path.strip_prefix("text/")?.split_once('/')?;
    (name.strip_suffix(".md")? == key).then_some(language)
}

/// Whether a path is a language version of the text with this key.
pub(super) fn is_file_of(path: &str, key: &str) -> bool {
    language_of(path, key).is_some()
}

fn check_placeholders(path: &str, text: &str, problems: &Problems) {
    if text.trim().is_empty() {
        problems.add(path, 1, "this text is empty");
    }
    let lines = Lines::of(text);
    for piece in pieces(text) {
        let line = lines.at(piece.offset);
        match piece.what {
            What::Placeholder(name) if !PLACEHOLDERS.iter().any(|(known, _)| *known == name) => {
                let known = list(PLACEHOLDERS.iter().map(|(known, _)| *known));
                problems.add(path, line, format!("unknown placeholder {{{name}}}; known are: {known}"));
            }
            What::Stray => {
                problems.add(
                    path,
                    line,
                    "a curly bracket that opens no placeholder; write {name} with small letters",
                );
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, What, pieces};
    use crate::programmes::Provenance;
    use std::collections::BTreeMap;

    fn text(markdown: &str) -> Text {
        Text {
            key: "letter".to_owned(),
            title: "Letter".to_owned(),
            provenance: Provenance { source: "own".to_owned(), confirmed: false, reason: String::new() },
            languages: BTreeMap::from([("en".to_owned(), markdown.to_owned())]),
        }
    }

    #[test]
    fn fills_and_names_what_is_missing() {
        let letter = text("Dear {addressee},\nin {area}.");
        let mut values = BTreeMap::from([("addressee", "chair".to_owned())]);
        assert_eq!(letter.fill("gd", &values).unwrap_err().placeholder, "area");
        values.insert("area", "{council}".to_owned());
        // A value is never read as a placeholder itself.
        assert_eq!(letter.fill("en", &values).unwrap(), "Dear chair,\nin {council}.");
    }

    #[test]
    fn cuts_without_losing_a_letter() {
        for sample in ["", "{", "a{b", "{}", "{a}{b-c}d", "x { y } {z}", "é{area}é", "{a{b}}"] {
            let together: String = pieces(sample)
                .iter()
                .map(|piece| match piece.what {
                    What::Words(words) => words.to_owned(),
                    What::Placeholder(name) => format!("{{{name}}}"),
                    What::Stray => "{".to_owned(),
                })
                .collect();
            assert_eq!(together, sample);
        }
    }
}
