//! Capitalised words that stand together, as those of a name do.

use super::cues::is_title;
use super::lexicon::{Lexical, Lower, is_building, look_up};
use crate::identifiers::around::head;

/// Most words that are looked at together. A title in capitals has more; it is taken in parts.
pub(super) const TOGETHER: usize = 10;

/// How a word is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    /// `Jamie`, `McDonald`
    #[default]
    Capitalised,
    /// `JAMIE`
    Shouted,
    /// `J`
    Initial,
}

/// A word of the row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) start: usize,
    /// Without the `'s` of a possessive.
    pub(super) end: usize,
    pub(super) lexical: Lexical,
    form: Form,
    /// With `'s` behind it.
    pub(super) possessive: bool,
    /// With a full stop behind it, and not the end of a sentence: `J.`
    pub(super) dotted: bool,
}

impl Word {
    pub(super) fn lower(&self, text: &str) -> Lower {
        Lower::new(&text[self.start..self.end])
    }

    pub(super) fn is_initial(&self) -> bool {
        self.form == Form::Initial
    }

    pub(super) fn is_shouted(&self) -> bool {
        self.form == Form::Shouted
    }
}

/// Words that stand between the parts of a name in small letters.
const PARTICLES: [&str; 13] =
    ["al", "bin", "da", "de", "del", "der", "el", "ibn", "la", "mac", "ter", "van", "von"];

/// A row of capitalised words in a text.
pub(super) struct Row<'t, 'w> {
    pub(super) text: &'t str,
    pub(super) words: &'w [Word],
    /// Where the search goes on.
    pub(super) end: usize,
}

impl<'t, 'w> Row<'t, 'w> {
    /// Reads the row from a capital on, which may be none: a capital within a word begins no row.
    pub(super) fn read(text: &'t str, at: usize, words: &'w mut [Word; TOGETHER]) -> Self {
        let bytes = text.as_bytes();
        let mut count = 0;
        let mut end = at + 1;
        let mut next = (at == 0 || !is_letter(bytes[at - 1])).then_some(at);
        while let Some(start) = next.filter(|_| count < TOGETHER) {
            let stop = word_end(bytes, start);
            end = stop;
            // EH99, Jamie2 and jamie.smith@ are no words
            if bytes.get(stop).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'@') {
                break;
            }
            let word = read_word(text, start, stop);
            words[count] = word;
            count += 1;
            next = next_word(text, stop, &mut words[count - 1]);
        }
        Self { text, words: &words[..count], end }
    }

    /// Whether the row goes on as the name of a building, a street or a body with a word, or does so in small letters.
    pub(super) fn is_of_a_building(&self, number: usize) -> bool {
        if let Some(word) = self.words.get(number) {
            return is_building(word.lower(self.text).as_str());
        }
        let Some(last) = number.checked_sub(1).and_then(|number| self.words.get(number)) else {
            return false;
        };
        let rest = head(self.text, last.end, 24);
        let rest = rest.strip_prefix("'s").unwrap_or(rest);
        let word = rest.strip_prefix(' ').unwrap_or_default();
        let length = word.bytes().take_while(u8::is_ascii_lowercase).count();
        // "Jamie's house" is where Jamie lives
        !last.possessive
            && is_building(&word[..length])
            && !matches!(&word[..length], "way" | "close" | "view" | "room")
    }
}

/// How many of the words of a name there are up to the first possessive: what follows that is a thing.
pub(super) fn up_to_possessive(words: &[Word]) -> usize {
    words.iter().position(|word| word.possessive).map_or(words.len(), |at| at + 1)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// The end of the word that begins at a place: letters, and apostrophes and hyphens between letters.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let joins = matches!(byte, b'\'' | b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
        // letters of other scripts within a word (ß, æ) keep it together
        if !(byte.is_ascii_alphabetic() || joins || !byte.is_ascii() && at > start) {
            break;
        }
        at += 1;
    }
    at
}

fn read_word(text: &str, start: usize, stop: usize) -> Word {
    let written = &text[start..stop];
    let bare = written.strip_suffix("'s").or_else(|| written.strip_suffix("'S"));
    let possessive = bare.is_some() || text.as_bytes().get(stop) == Some(&b'\'') && written.ends_with('s');
    let mut bare = bare.unwrap_or(written);
    // in "Jamie-led" the name ends at the hyphen
    if let Some(hyphen) =
        bare.find('-').filter(|&at| bare.as_bytes().get(at + 1).is_some_and(u8::is_ascii_lowercase))
    {
        bare = &bare[..hyphen];
    }
    let form = match bare.len() {
        1 => Form::Initial,
        _ if !bare.bytes().any(|byte| byte.is_ascii_lowercase()) => Form::Shouted,
        _ => Form::Capitalised,
    };
    Word {
        start,
        end: start + bare.len(),
        lexical: if form == Form::Initial { Lexical::default() } else { look_up(bare) },
        form,
        possessive,
        dotted: false,
    }
}

/// Where the next word of the row begins behind one. Marks the word as dotted when a full stop shortens it.
fn next_word(text: &str, stop: usize, word: &mut Word) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = stop;
    if bytes.get(at) == Some(&b'.') && (word.is_initial() || is_title(&word.lower(text))) {
        word.dotted = true;
        at += 1;
    }
    let blank = match bytes.get(at..).unwrap_or_default() {
        [b' ', b' ', ..] | [b'\r', b'\n', ..] => 2,
        [b' ' | b'\n', ..] => 1,
        // J.K. Smith
        _ if word.dotted => 0,
        _ => return None,
    };
    at += blank;
    if bytes.get(at)?.is_ascii_uppercase() {
        return Some(at);
    }
    // "Ludwig van Beethoven", "Maria van der Berg", "Ali al-Hassan"
    for _ in 0..2 {
        let rest = head(text, at, 12);
        let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        let joined = matches!(bytes.get(at + length), Some(b' ' | b'-'));
        if !joined || !PARTICLES.contains(&&rest[..length]) {
            break;
        }
        at += length + 1;
        if bytes.get(at)?.is_ascii_uppercase() {
            return Some(at);
        }
    }
    None
}
