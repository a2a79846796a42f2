//! A text as the finders read it: digits of every script as `0` to `9`, letters without accents, one kind of blank, dash and
//! apostrophe, and nothing that cannot be seen.
//!
//! People write a number with full-width digits, a name with its accents, a postcode with a blank that does not break, and
//! a page copied from elsewhere has invisible marks. Each finder would have to know all of it; so they are handed a text that has
//! none. Every character becomes one or none, so a place in the folded text is a place in the text.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

/// The zeros of the scripts whose digits are read; the other nine follow each. ASCII has its own.
const ZEROS: [char; 13] = [
    '\u{660}',  // Arabic
    '\u{6f0}',  // Persian and Urdu
    '\u{7c0}',  // N'Ko
    '\u{966}',  // Devanagari
    '\u{9e6}',  // Bengali
    '\u{a66}',  // Gurmukhi
    '\u{ae6}',  // Gujarati
    '\u{be6}',  // Tamil
    '\u{c66}',  // Telugu
    '\u{e50}',  // Thai
    '\u{f20}',  // Tibetan
    '\u{1040}', // Burmese
    '\u{ff10}', // full width
];

/// A text without its varieties, and the way back.
pub(super) struct Folded<'t> {
    text: Cow<'t, str>,
    /// Where a character became shorter: the place behind it in the folded text, and in the text.
    behind: Vec<(usize, usize)>,
}

impl<'t> Folded<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text: Cow::Borrowed(text), behind: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut behind = Vec::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(next) = text.as_bytes()[at..].iter().position(|byte| !byte.is_ascii()) {
            at += next;
            let Some(letter) = text[at..].chars().next() else { break };
            let after = at + letter.len_utf8();
            let becomes = fold(letter);
            if becomes != Some(letter) {
                folded.push_str(&text[copied..at]);
                folded.extend(becomes);
                behind.push((folded.len(), after));
                copied = after;
            }
            at = after;
        }
        folded.push_str(&text[copied..]);
        Self { text: Cow::Owned(folded), behind }
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A range of the folded text in the text. What became nothing behind its last character belongs to it.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.back(range.start)..self.back(range.end)
    }

    fn back(&self, place: usize) -> usize {
        match self.behind.partition_point(|&(folded, _)| folded <= place) {
            0 => place,
            passed => {
                let (folded, original) = self.behind[passed - 1];
                original + (place - folded)
            }
        }
    }
}

/// What a character that is not ASCII becomes: another, itself, or nothing.
fn fold(letter: char) -> Option<char> {
    match letter {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' => Some('\''),
        '\u{201c}'..='\u{201f}' => Some('"'),
        // a long dash stands between sentences and not within a name
        '\u{2010}'..='\u{2013}' | '\u{2212}' => Some('-'),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // marks that nobody sees, and accents that follow their letter
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{300}'..='\u{36f}' => None,
        'ł' => Some('l'),
        'Ł' => Some('L'),
        'ø' => Some('o'),
        'Ø' => Some('O'),
        'đ' => Some('d'),
        'Đ' => Some('D'),
        'ı' => Some('i'),
        _ => Some(
            digit(letter).or_else(|| full_width(letter)).or_else(|| without_accent(letter)).unwrap_or(letter),
        ),
    }
}

fn digit(letter: char) -> Option<char> {
    let zero = ZEROS.into_iter().find(|&zero| (zero..).take(10).any(|digit| digit == letter))?;
    char::from_digit(u32::from(letter) - u32::from(zero), 10)
}

fn full_width(letter: char) -> Option<char> {
    ('\u{ff01}'..='\u{ff5e}').contains(&letter).then(|| char::from_u32(u32::from(letter) - 0xfee0)).flatten()
}

/// The letter under its accents, when it is one of `a` to `z`.
fn without_accent(letter: char) -> Option<char> {
    // the letters with accents that English, Gaelic, Polish, Turkish, Yoruba or Vietnamese need; others are their own
    if !matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') {
        return None;
    }
    let mut first = None;
    decompose_canonical(letter, |part| {
        first.get_or_insert(part);
    });
    first.filter(char::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varieties_become_one() {
        for (text, folded) in [
            ("plain", "plain"),
            ("０１０１７０ ١٢٣٣ ۱۲۳", "010170 1233 123"),
            ("Chloë Ní Éilidh Łukasz Şule Nguyễn e\u{301}", "Chloe Ni Eilidh Lukasz Sule Nguyen e"),
            ("O’Neil – “so”\u{a0}it", "O'Neil - \"so\" it"),
            ("E\u{200b}H\u{ad}99", "EH99"),
            ("ｊｏ＠ｘ．ｏｒｇ", "jo@x.org"),
            // a long dash, and scripts that we have no names for, stay
            ("one—two 名字 имя ¾ ²", "one—two 名字 имя ¾ ²"),
        ] {
            assert_eq!(Folded::new(text).text(), folded);
        }
    }

    #[test]
    fn places_lead_back() {
        let text = "é\u{200b}a １２\u{200b} x";
        let folded = Folded::new(text);
        assert_eq!(folded.text(), "ea 12 x");
        let back = |part: &str| {
            let start = folded.text().find(part).unwrap();
            &text[folded.place(&(start..start + part.len()))]
        };
        assert_eq!(back("ea"), "é\u{200b}a");
        assert_eq!(back("12"), "１２\u{200b}");
        assert_eq!(back("x"), "x");
        assert_eq!(back("e"), "é\u{200b}");
        assert_eq!(folded.place(&(0..7)), 0..text.len());
    }
}
