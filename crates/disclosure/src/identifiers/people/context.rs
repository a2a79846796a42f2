//! Whether the words around a forename that is also a place, a month or a word speak of a person.

use super::lexicon::{Lexical, Lower, look_up};
use super::row::{Row, Word};
use super::words::Words;
use crate::identifiers::around::head;

/// What the words around say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A person.
    Person,
    /// A place, a time or a word.
    Other,
    /// Nothing.
    Open,
}

/// What persons do and places do not.
static DOINGS: Words = Words::new(
    "asked asks attends became believed believes came cried cries described describes disclosed discloses \
    enjoys explained explains feels felt goes hates hit hopes knew knows liked likes lived lives loved \
    loves misses moved presented presents ran replied said says shouted slept smiled spoke stayed stays \
    struggles talked talks tells thinks thought told understands wanted wants went wished wishes worries",
);
/// What persons have, and what their relatives are to them.
static BELONGINGS: Words = Words::new(
    "anxiety aunt baby bedroom behaviour birthday brother carer carers case class dad daughter family \
    father feelings foster friends gran granny home house key life mam mental mood mother mum needs own \
    parents partner phone plan record room school sister social son story teacher uncle views wishes \
    worker",
);
/// What stands before a place.
static BEFORE_PLACES: Words = Words::new(
    "across around at central east from in into mid near north of outside south through throughout to \
    towards west within",
);
/// What stands before a month or a season.
static BEFORE_TIMES: Words = Words::new(
    "after before between by during each early every from in last late mid next of since the this to \
    until",
);
/// Words behind a place that is a body.
static BODIES: Words =
    Words::new("area college community council health integration isles partnership police");

/// What the words around so many of a row say of the first of them.
pub(super) fn sense(row: &Row<'_, '_>, first: usize, length: usize) -> Sense {
    let (word, last) = (&row.words[first], &row.words[first + length - 1]);
    let (text, lexical) = (row.text, word.lexical);
    let behind = Behind::read(text, last);
    if does(&behind, last) && !is_listed_place(text, word) {
        return Sense::Person;
    }
    if let Some(other) = behind.joined {
        // "Skye and Jamie", "Angus and Bute"
        let other = look_up(other);
        if other.is_forename() && !other.is_ambiguous() {
            return Sense::Person;
        }
        if other.is_place() && !other.is_forename() {
            return Sense::Other;
        }
    }
    let following = row.words.get(first + length).map(|word| word.lower(text));
    if following.is_some_and(|word| BODIES.has(word.as_str())) || behind.digits {
        return Sense::Other;
    }
    match before(text, word.start) {
        Before::Name => Sense::Person,
        Before::Word(before) if lexical.is_time() && BEFORE_TIMES.has(before.as_str()) => Sense::Other,
        Before::Word(before) if lexical.is_place() && BEFORE_PLACES.has(before.as_str()) => Sense::Other,
        Before::Digits if lexical.is_time() => Sense::Other,
        Before::Place => Sense::Other,
        // what opens a sentence has a capital in any case, but not what follows
        Before::Nothing if !lexical.is_place() && length == 1 => Sense::Other,
        _ => Sense::Open,
    }
}

/// Whether a person's doing or belonging follows.
fn does(behind: &Behind<'_>, word: &Word) -> bool {
    if word.possessive { BELONGINGS.has(behind.word) } else { DOINGS.has(behind.word) }
}

/// Whether a place stands at the end of a list of places: "in Angus, Moray and Lewis felt".
fn is_listed_place(text: &str, word: &Word) -> bool {
    word.lexical.is_place()
        && match before(text, word.start) {
            Before::Place => true,
            Before::Word(before) => BEFORE_PLACES.has(before.as_str()),
            _ => false,
        }
}

/// What stands behind a word.
struct Behind<'t> {
    /// The next word, when it is in small letters.
    word: &'t str,
    /// The capitalised word behind "and".
    joined: Option<&'t str>,
    /// A number follows.
    digits: bool,
}

impl<'t> Behind<'t> {
    fn read(text: &'t str, word: &Word) -> Self {
        let rest = head(text, word.end, 48);
        let rest = rest.strip_prefix("'s").or_else(|| rest.strip_prefix('\'')).unwrap_or(rest);
        let Some(rest) = rest.strip_prefix([' ', '\n']) else {
            return Self { word: "", joined: None, digits: false };
        };
        let letters = |rest: &str| rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = &rest[..letters(rest)];
        let small = if word.starts_with(|c: char| c.is_ascii_lowercase()) { word } else { "" };
        let joined =
            rest.strip_prefix("and ").or_else(|| rest.strip_prefix("& ")).map(|rest| &rest[..letters(rest)]);
        let joined = joined.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
        Self { word: small, joined, digits: rest.starts_with(|c: char| c.is_ascii_digit()) }
    }
}

/// What stands before a word.
enum Before {
    /// Nothing, or the end of a sentence.
    Nothing,
    /// A number.
    Digits,
    /// A list that begins as those of places do, or has a place in it that is no name.
    Place,
    /// A list that has a forename in it that is nothing else.
    Name,
    /// A word, in small letters.
    Word(Lower),
}

/// Reads backwards through a list ("in Angus, Moray and") to what stands before it.
fn before(text: &str, place: usize) -> Before {
    let bytes = text.as_bytes();
    let mut end = place;
    for passed in 0..6 {
        let head = text[..end].trim_end_matches([' ', '\n', '"', '(']);
        let comma = head.ends_with(',');
        let head = head.trim_end_matches(',');
        let letters = head.bytes().rev().take(24).take_while(u8::is_ascii_alphabetic).count();
        let start = head.len() - letters;
        let word = &head[start..];
        if letters == 0 {
            return if head.ends_with(|c: char| c.is_ascii_digit()) {
                Before::Digits
            } else {
                Before::Nothing
            };
        }
        if matches!(word, "and" | "or") && !comma {
            end = start;
            continue;
        }
        let capital = bytes[start].is_ascii_uppercase();
        let lexical = look_up(word);
        if capital && (comma || end != place || passed > 0) {
            // "in Perth, Angus", "Jamie and Skye"; a place that could be either says nothing by itself
            match lexical {
                lexical if lexical.is_forename() && !lexical.is_ambiguous() => return Before::Name,
                lexical if lexical.is_place() && !lexical.is_forename() => return Before::Place,
                lexical if lexical != Lexical::default() => {
                    end = start;
                    continue;
                }
                _ => {}
            }
        }
        let word = Lower::new(word);
        return match (passed, BEFORE_PLACES.has(word.as_str())) {
            (1.., true) => Before::Place,
            _ => Before::Word(word),
        };
    }
    Before::Nothing
}
