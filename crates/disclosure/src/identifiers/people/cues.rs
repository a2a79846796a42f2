//! Titles, relatives and introductions: what stands before a name and makes it one, whatever the name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::Lower;
use super::row::Row;
use super::words::Words;
use crate::identifiers::{Because, Strength};

/// A cue before a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    pub(super) strength: Strength,
    pub(super) because: Because,
}

impl Cue {
    pub(super) fn is_relation(&self) -> bool {
        matches!(self.because, Because::Relation { .. } | Because::Title { .. })
    }
}

/// Titles of persons; with one, even a place is a person.
static TITLES: Words =
    Words::new("cllr councillor dr miss mister mr mrs ms mx prof professor rev revd reverend");
/// Offices and relatives as which somebody is addressed.
static ADDRESSES: Words = Words::new(
    "aunt auntie aunty constable dame dc gran granda grandad grandma grandpa granny nana nanna papa pc \
    sergeant sgt sheriff sir uncle",
);
/// Relatives and helpers; a name stands behind many of them.
static RELATIONS: Words = Words::new(
    "aunt auntie boyfriend brother carer cousin dad daughter ex-partner father friend girlfriend gran \
    granddaughter grandfather grandmother grandson granny husband keyworker mam mother mum nana nephew \
    niece nurse pal partner sibling sister son stepdad stepfather stepmother stepmum teacher twin uncle \
    wife",
);
/// Helpers whose title has two words.
const HELPERS: [(&str, &str, &str); 8] = [
    ("social", "worker", "social worker"),
    ("support", "worker", "support worker"),
    ("key", "worker", "key worker"),
    ("family", "worker", "family worker"),
    ("youth", "worker", "youth worker"),
    ("outreach", "worker", "outreach worker"),
    ("care", "worker", "care worker"),
    ("health", "visitor", "health visitor"),
];
/// Of whom it is said what they are called.
static PERSONS: Words = Words::new(
    "baby boy brother child dad daughter girl lad lassie man mum sister son teenager woman worker",
);

/// Words that say something together with the one before them.
static SECONDS: Words = Words::new("worker visitor called named as by is was name names");

/// What a word before a name does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Address,
    Relation,
    /// Depends on the word before it, too.
    Second,
}

/// The lists above, so that one look finds a word in them.
static ROLES: LazyLock<HashMap<&'static [u8], (&'static str, Role)>> = LazyLock::new(|| {
    // the later wins: in small letters "gran" is a relation, and with a capital it is looked for among the addresses too
    let roles = [
        (&SECONDS, Role::Second),
        (&RELATIONS, Role::Relation),
        (&ADDRESSES, Role::Address),
        (&TITLES, Role::Title),
    ];
    roles
        .into_iter()
        .flat_map(|(words, role)| words.all().map(move |word| (word.as_bytes(), (word, role))))
        .collect()
});

fn role(word: &Lower) -> Option<(&'static str, Role)> {
    ROLES.get(word.as_bytes()).copied()
}

/// Whether a word is a title or an office, which a full stop may shorten.
pub(super) fn is_title(word: &Lower) -> bool {
    matches!(role(word), Some((_, Role::Title | Role::Address)))
}

/// The cue before a word of a row.
pub(super) fn before(row: &Row<'_, '_>, number: usize) -> Option<Cue> {
    let before = WordBefore::read(row.text, row.words[number].start)?;
    let (word, role) = role(&before.word)?;
    let in_row = number.checked_sub(1).map(|before| &row.words[before]);
    // "J. Brother Limited", "SISTER Act", "Mum's Jean"
    if in_row.is_some_and(|word| word.is_shouted() || word.possessive) && role != Role::Title {
        return None;
    }
    let cue = |strength, because| Some(Cue { strength, because });
    match role {
        // a title has a capital; "we miss Angus" has none
        Role::Title if in_row.is_some() => cue(Strength::Strong, Because::Title { word }),
        Role::Address if in_row.is_some() => cue(Strength::Likely, Because::Title { word }),
        Role::Address if RELATIONS.has(word) => cue(Strength::Likely, Because::Relation { word }),
        Role::Relation => cue(Strength::Likely, Because::Relation { word }),
        Role::Second => {
            let second = WordBefore::read(row.text, before.start).map(|second| second.word);
            after_two(word, second.as_ref().map_or("", Lower::as_str), before.mark)
        }
        Role::Title | Role::Address => None,
    }
}

/// The cue of a word together with the one before it.
fn after_two(word: &'static str, first: &str, mark: Option<u8>) -> Option<Cue> {
    let cue = |strength, because| Some(Cue { strength, because });
    let introduced = |strength, word| cue(strength, Because::Introduced { word });
    match (word, first) {
        ("called" | "named", person) => {
            let strength = if PERSONS.has(person) { Strength::Likely } else { Strength::Weak };
            introduced(strength, word)
        }
        ("as", "known") => introduced(Strength::Weak, "known as"),
        ("by", "goes") => introduced(Strength::Likely, "goes by"),
        // "my name's Jamie"; the apostrophe is not kept
        ("is" | "was", "name") | ("names", "my" | "his" | "her") => introduced(Strength::Likely, "name is"),
        ("name", _) if mark == Some(b':') => introduced(Strength::Likely, "name"),
        _ => HELPERS
            .iter()
            .find(|helper| helper.0 == first && helper.1 == word)
            .and_then(|helper| cue(Strength::Likely, Because::Relation { word: helper.2 })),
    }
}

/// A word before a place, when only a blank, a comma, a colon or a shortening stop stands between.
struct WordBefore {
    word: Lower,
    /// Where it begins.
    start: usize,
    /// The mark behind it.
    mark: Option<u8>,
}

impl WordBefore {
    fn read(text: &str, place: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let blank = bytes[..place].iter().rev().take(3).take_while(|byte| byte.is_ascii_whitespace()).count();
        let mut end = place - blank;
        let mark = bytes[..end].last().copied().filter(|mark| matches!(mark, b',' | b':' | b'.'));
        end -= usize::from(mark.is_some());
        if blank == 0 || blank > 1 && text[end..place].matches('\n').count() > 1 {
            return None;
        }
        let in_word = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'');
        let length = bytes[..end].iter().rev().take(16).take_while(|byte| in_word(byte)).count();
        let start = end - length;
        let word = Lower::new(&text[start..end]);
        // "my mum. Jean came" are two sentences
        (length > 0 && (mark != Some(b'.') || is_title(&word))).then_some(Self { word, start, mark })
    }
}
