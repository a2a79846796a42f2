//! Looking for words in what the partnership has sent.
//!
//! What is typed is words, each of which must stand in one part of a document (a page, a slide, a sheet), and phrases in
//! quotation marks, which must stand there as they are. Letters match whether great or small, and whatever blanks stand
//! between words. Nothing is left out and nothing is stemmed: who looks for "plan" finds "planning" too, because a word is
//! found anywhere in a longer one.

use std::ops::Range;

use regex::{Regex, RegexBuilder, escape};

/// How far reading a document for its text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextState {
    /// It waits to be read.
    Waiting,
    /// Its text was read.
    Text,
    /// It is pictures of paper: there is no text in it to be found.
    Scan,
    /// It is a picture.
    Picture,
    /// It is an archive, of which the names of the files within were read.
    Archive,
    /// It was not read, for a reason.
    NotRead,
}

impl TextState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Text, Self::Scan, Self::Picture, Self::Archive, Self::NotRead];

    /// The word of the database and of translation keys (`text-state-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Text => "text",
            Self::Scan => "scan",
            Self::Picture => "picture",
            Self::Archive => "archive",
            Self::NotRead => "not_read",
        }
    }

    /// The state of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Most characters of what is looked for.
pub const MOST_TYPED: usize = 200;
/// Most words and phrases of one search; more are one too many to mean anything.
pub const MOST_WORDS: usize = 12;
/// Characters around a find.
const AROUND: usize = 90;

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    words: Vec<Regex>,
}

impl Wanted {
    /// Reads what was typed.
    ///
    /// # Errors
    /// The key of the sentence that says what is wrong with it.
    pub fn of(typed: &str) -> Result<Self, &'static str> {
        if typed.chars().count() > MOST_TYPED {
            return Err("search-too-long");
        }
        let typed = typed.replace(['\u{201c}', '\u{201d}', '\u{201e}'], "\"");
        let mut words = Vec::new();
        for (n, piece) in typed.split('"').enumerate() {
            // Between two marks, or behind one that was not closed.
            if n % 2 == 1 {
                words.push(piece.split_whitespace().map(escape).collect::<Vec<_>>().join(r"\s+"));
            } else {
                words.extend(piece.split_whitespace().map(escape));
            }
        }
        words.retain(|word| !word.is_empty());
        if words.is_empty() {
            return Err("search-nothing");
        }
        if words.len() > MOST_WORDS {
            return Err("search-too-many");
        }
        let words: Result<Vec<Regex>, _> =
            words.iter().map(|word| RegexBuilder::new(word).case_insensitive(true).build()).collect();
        Ok(Self { words: words.map_err(|_| "search-too-long")? })
    }

    /// Where in a text it stands, when all of it does: every place, in order, none over another.
    pub fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for word in &self.words {
            let before = places.len();
            places.extend(word.find_iter(text).map(|found| found.range()));
            if places.len() == before {
                return Vec::new();
            }
        }
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        apart
    }

    /// Some words around the first place where it stands; none when it does not.
    pub fn passage(&self, text: &str) -> Option<Passage> {
        let places = self.found_in(text);
        let first = places.first()?.clone();
        let start = text[..first.start].char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
        let end = text[first.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| first.end + at);
        // Not in the middle of a word.
        let start = if start == 0 {
            0
        } else {
            text[start..first.start].find(char::is_whitespace).map_or(start, |at| start + at)
        };
        let end = if end == text.len() {
            end
        } else {
            text[first.end..end].rfind(char::is_whitespace).map_or(end, |at| first.end + at)
        };
        let mut pieces = Vec::new();
        let mut at = start;
        for place in places.iter().filter(|place| place.start >= start && place.end <= end) {
            pieces.push((text[at..place.start].to_owned(), false));
            pieces.push((text[place.clone()].to_owned(), true));
            at = place.end;
        }
        pieces.push((text[at..end].to_owned(), false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        Some(Passage { pieces, before: start > 0, after: end < text.len(), times: places.len() })
    }
}

/// Some words of a text around a find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words in their order, and whether they are what was looked for.
    pub pieces: Vec<(String, bool)>,
    /// Whether there is text before.
    pub before: bool,
    /// Whether there is text behind.
    pub after: bool,
    /// How often it stands in the whole text.
    pub times: usize,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_found() {
        let text = "The plan was late.\nReview of the  Plan: Mòrag said “no”. (a+b)";
        let table = [
            ("plan", 2),
            ("PLAN late", 3),
            ("\"the plan\"", 2),
            ("“of the plan”", 1),
            ("mÒrag", 1),
            ("planning", 0),
            ("plan missing", 0),
            ("(a+b)", 1),
            ("a.b", 0),
            ("\"plan", 2),
            ("the he", 2),
        ];
        for (typed, times) in table {
            assert_eq!(Wanted::of(typed).unwrap().found_in(text).len(), times, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_looked_for() {
        let table = [
            ("", "search-nothing"),
            (" \" \" ", "search-nothing"),
            (&"x".repeat(201), "search-too-long"),
            (&"x ".repeat(13), "search-too-many"),
        ];
        for (typed, key) in table {
            assert_eq!(Wanted::of(typed).unwrap_err(), key, "{typed}");
        }
    }

    #[test]
    fn a_passage_says_where_it_was_cut() {
        let text = format!("{} needle in hay {}", "hay ".repeat(60), "straw ".repeat(60));
        let passage = Wanted::of("needle").unwrap().passage(&text).unwrap();
        assert!(passage.before && passage.after);
        let marked: Vec<&str> =
            passage.pieces.iter().filter(|(_, found)| *found).map(|(text, _)| text.as_str()).collect();
        assert_eq!((marked, passage.times), (vec!["needle"], 1));
        let whole: String = passage.pieces.iter().map(|(text, _)| text.as_str()).collect();
        assert!(whole.starts_with(" hay") && whole.len() < 220, "{whole}");
    }

    proptest! {
        #[test]
        fn a_passage_is_cut_from_the_text(text in "\\PC{0,400}", word in "\\PC{1,6}") {
            let Ok(wanted) = Wanted::of(&word) else { return Ok(()) };
            let found = wanted.passage(&text);
            prop_assert_eq!(found.is_some(), !wanted.found_in(&text).is_empty());
            if let Some(passage) = found {
                let whole: String = passage.pieces.iter().map(|(text, _)| text.as_str()).collect();
                prop_assert!(text.contains(&whole));
                prop_assert!(passage.pieces.iter().any(|(_, found)| *found));
            }
        }

        #[test]
        fn a_word_of_the_text_is_found(text in "[a-zA-Zàèò ]{1,200}", at in 0_usize..50) {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assume!(!words.is_empty());
            let word = words[at % words.len()];
            prop_assert!(!Wanted::of(&word.to_uppercase()).unwrap().found_in(&text).is_empty());
        }
    }
}
