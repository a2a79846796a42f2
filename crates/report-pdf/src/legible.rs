//! Text that can be set without loss: PDF/UA-1 and PDF/A-2a refuse a document in which one character has no shape.

use crate::fonts::can_show;

/// Longest run of characters without a place to break; what is longer (a web address, a typing cat) would run out
/// of the column.
const LONGEST_UNBROKEN: usize = 24;
/// Characters between the places to break that such a run gets.
const BREAK_EVERY: usize = 8;
/// A space that keeps its two sides on one line.
const NO_BREAK_SPACE: char = '\u{a0}';
/// A place to break that is not seen.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// The text with every character that cannot be shown written as its number, `[U+1F9A9]`: the reader sees that
/// something stood there, and what. Control characters become a space; those that turn the writing direction of what follows, and those that are no
/// text at all, are left out.
pub(crate) fn showable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => {}
            c if c.is_control() => out.push(' '),
            // a soft hyphen and the joiners steer the setting and need no shape
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}' => out.push(c),
            // a private character means nothing outside of one font
            '\u{e000}'..='\u{f8ff}' => out.push_str(&number(c)),
            c if can_show(c) => out.push(c),
            c => out.push_str(&number(c)),
        }
    }
    out
}

fn number(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// The text with places to break inside words that are too long for a column.
pub(crate) fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '-' | '/')) {
        if piece.chars().count() <= LONGEST_UNBROKEN {
            out.push_str(piece);
            continue;
        }
        for (n, c) in piece.chars().enumerate() {
            // only between plain letters: a mark belongs to the letter before it, and joined scripts stay joined
            if n > 0 && n % BREAK_EVERY == 0 && c.is_ascii_alphanumeric() {
                out.push(ZERO_WIDTH_SPACE);
            }
            out.push(c);
        }
    }
    out
}

/// The text with the parts of telephone numbers (three digits and more on both sides of a space) held together. Where
/// reading goes from right to left, a number over two lines would be dialled the wrong way round.
pub(crate) fn numbers_whole(text: &str) -> String {
    let digits = |c: &char| c.is_ascii_digit();
    let mut out = String::with_capacity(text.len());
    let mut before = 0;
    for (at, c) in text.char_indices() {
        let after = || text[at + 1..].chars().take_while(digits).count();
        out.push(if c == ' ' && before >= 3 && after() >= 3 { NO_BREAK_SPACE } else { c });
        before = if digits(&c) { before + 1 } else { 0 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_our_languages_are_shown_as_they_are() {
        for text in ["Gàidhlig, Bòrd na Ròinne", "Zażółć gęślą jaźń", "Привіт", "مرحبا", "→ – “x” £ €"]
        {
            assert_eq!(showable(text), text);
        }
    }

    #[test]
    fn what_cannot_be_shown_is_named() {
        assert_eq!(showable("a\u{1f9a9}b\u{e000}\u{4e2d}"), "a[U+1F9A9]b[U+E000][U+4E2D]");
        assert_eq!(showable("a\u{0}b\nc\u{202e}d\u{feff}"), "a b cd");
    }

    #[test]
    fn telephone_numbers_stay_on_one_line() {
        assert_eq!(numbers_whole("\u{2066}0800 1111\u{2069}. Call"), "\u{2066}0800\u{a0}1111\u{2069}. Call");
        assert_eq!(numbers_whole("0131 496 0000"), "0131\u{a0}496\u{a0}0000");
        for text in ["17 August 2026", "2026 to 2027", "12 345", "é 1111 ", " 0800", ""] {
            assert_eq!(numbers_whole(text), text);
        }
    }

    #[test]
    fn only_long_words_get_places_to_break() {
        let plain = "A sentence with an interdisciplinary word.";
        assert_eq!(breakable(plain), plain);
        let long = "x".repeat(60);
        let broken = breakable(&long);
        assert_eq!(broken.replace(ZERO_WIDTH_SPACE, ""), long);
        assert!(broken.split(ZERO_WIDTH_SPACE).all(|piece| piece.len() == BREAK_EVERY || piece.len() == 4));
    }
}
