//! Places in an edition: a section of it or one of its sentences, for points of factual accuracy.
//!
//! An edition does not change, so `section/number` names the same sentence for ever.

use std::fmt;
use std::str::FromStr;

use crate::documents::{Block, Document, Run};

/// One section of a document with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSentences {
    /// Anchor of its heading.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// The sentences of its paragraphs, lists, panels and rows of tables, in order.
    pub sentences: Vec<String>,
}

/// A section, or a sentence of it counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Anchor of the section.
    pub section: String,
    /// Number of the sentence; `None` for the section as a whole.
    pub sentence: Option<usize>,
}

/// Text that is not a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a document")]
pub struct NoPlace;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sentence {
            Some(number) => write!(f, "{}/{number}", self.section),
            None => f.write_str(&self.section),
        }
    }
}

impl FromStr for Place {
    type Err = NoPlace;
    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (section, sentence) = match text.split_once('/') {
            Some((section, number)) => (section, Some(number.parse().map_err(|_| NoPlace)?)),
            None => (text, None),
        };
        if section.is_empty() || sentence == Some(0) {
            return Err(NoPlace);
        }
        Ok(Self { section: section.to_owned(), sentence })
    }
}

impl Place {
    /// The heading and, for a sentence, its words; `None` when the document has no such place.
    pub fn find<'a>(&self, sections: &'a [SectionSentences]) -> Option<(&'a str, Option<&'a str>)> {
        let section = sections.iter().find(|s| s.anchor == self.section)?;
        match self.sentence {
            None => Some((&section.title, None)),
            Some(number) => Some((&section.title, Some(section.sentences.get(number - 1)?))),
        }
    }
}

/// The sections of a document (its headings of level 1) with their sentences. What stands before the first heading
/// is no section.
pub fn sections(document: &Document) -> Vec<SectionSentences> {
    let mut found: Vec<SectionSentences> = Vec::new();
    for block in &document.blocks {
        if let Block::Heading { level: 1, text, anchor } = block {
            found.push(SectionSentences {
                anchor: anchor.clone(),
                title: text.clone(),
                sentences: Vec::new(),
            });
            continue;
        }
        if let Some(section) = found.last_mut() {
            add(block, &mut section.sentences);
        }
    }
    found
}

fn add(block: &Block, found: &mut Vec<String>) {
    match block {
        Block::Paragraph { runs } | Block::Quote { runs, .. } => found.extend(sentences(&joined(runs))),
        Block::Bullets { items } | Block::Numbered { items } => {
            found.extend(items.iter().flat_map(|item| sentences(&joined(item))));
        }
        Block::Callout { blocks, .. } => blocks.iter().for_each(|inner| add(inner, found)),
        Block::Table { rows, .. } => found.extend(rows.iter().map(|row| row.join(": "))),
        Block::Address { lines } => found.extend(lines.iter().cloned()),
        // questions and cards are printed by themselves, never in a report
        Block::Heading { .. }
        | Block::Figure { .. }
        | Block::Question { .. }
        | Block::Cards { .. }
        | Block::PageBreak => {}
    }
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(Run::plain).collect()
}

/// Cuts a paragraph after `.`, `?` or `!` where white space and no small letter follows.
fn sentences(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let rest = &text[at + 1..];
        let next = rest.trim_start();
        let ends = rest.len() > next.len() && next.chars().next().is_some_and(|n| !n.is_lowercase());
        if ends {
            out.push(text[start..=at].trim().to_owned());
            start = at + 1;
        }
    }
    let last = text[start..].trim();
    if !last.is_empty() {
        out.push(last.to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_new_one_begins() {
        for (text, expected) in [
            ("", vec![]),
            ("One.", vec!["One."]),
            ("One. Two? Three", vec!["One.", "Two?", "Three"]),
            (
                "Indicator 5.3 is good. It was e.g. planned.",
                vec!["Indicator 5.3 is good.", "It was e.g. planned."],
            ),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn places_read_back_and_are_found() {
        let sections = [SectionSentences {
            anchor: "summary".into(),
            title: "Summary".into(),
            sentences: vec!["One.".into(), "Two.".into()],
        }];
        for (text, found) in [
            ("summary", Some(("Summary", None))),
            ("summary/2", Some(("Summary", Some("Two.")))),
            ("summary/3", None),
            ("area", None),
        ] {
            let place: Place = text.parse().unwrap();
            assert_eq!(place.to_string(), text);
            assert_eq!(place.find(&sections), found);
        }
        for wrong in ["", "/1", "summary/0", "summary/x"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }
}
