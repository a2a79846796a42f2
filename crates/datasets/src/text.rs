//! Texts as every format can hold them, and cuts that do not halve a letter.

use std::borrow::Cow;

use keyline_workbooks::guard::needs_guard;

use crate::description::missing::Missing;

/// Put at the end of a text that was cut.
const CUT_MARK: &str = " […]";

/// What stands for a character that not every format can hold.
const REPLACEMENT: char = '\u{fffd}';

/// The text without characters that XML 1.0 and some readers of CSV and SPSS do not bear: control characters other
/// than tab and line breaks, and the two that are no characters of Unicode. Each becomes U+FFFD, in every format
/// alike, so that the formats agree.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    // A cheap look first: both unwanted characters of Unicode begin with the byte EF.
    if !text.bytes().any(|byte| byte < 0x20 && !is_blank(byte) || byte == 0xEF) || text.chars().all(is_held) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| if is_held(letter) { letter } else { REPLACEMENT }).collect())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r')
}

fn is_held(letter: char) -> bool {
    letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}') || matches!(letter, '\t' | '\n' | '\r')
}

/// The cleaned text, with an apostrophe before it when it could be taken for the sign of a missing value: somebody
/// may have typed `[c]`. Texts that have apostrophes before such a sign get one more, so that it can be told whether
/// one is ours.
pub(crate) fn told_apart(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if looks_missing(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// As [`told_apart`], and also safe from being run as a formula when the file is opened in a spreadsheet program. The
/// inverse is [`unguarded`].
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if looks_missing(&text) || needs_guard(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// The text of a cell of our CSV as it was meant: without the apostrophe that was put before it because it looked
/// like a formula or like the sign of a missing value.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if looks_missing(rest) || needs_guard(rest) => rest,
        _ => cell,
    }
}

fn looks_missing(text: &str) -> bool {
    Missing::is_sign(text.trim_start_matches('\''))
}

/// The text with at most `bytes` bytes: cut between two characters and marked, where there is room for the mark.
pub(crate) fn cut(text: &str, bytes: usize) -> Cow<'_, str> {
    if text.len() <= bytes {
        return Cow::Borrowed(text);
    }
    let mark = if bytes > 4 * CUT_MARK.len() { CUT_MARK } else { "" };
    let mut kept = beginning(text, bytes - mark.len()).to_owned();
    kept.push_str(mark);
    Cow::Owned(kept)
}

/// The text with at most `units` units of UTF-16, which is how Excel counts; cut as in [`cut`].
pub(crate) fn cut_utf16(text: &str, units: usize) -> Cow<'_, str> {
    // A text has never more units than bytes.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return Cow::Borrowed(text);
    }
    let room = units.saturating_sub(CUT_MARK.encode_utf16().count());
    let mut used = 0;
    let mut kept: String = text
        .chars()
        .take_while(|letter| {
            used += letter.len_utf16();
            used <= room
        })
        .collect();
    kept.push_str(CUT_MARK);
    Cow::Owned(kept)
}

/// As much of the beginning as fits into `bytes` without halving a character.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_not_every_format_holds_is_replaced() {
        assert_eq!(clean("a\0b\u{7}c\u{fffe}d\u{ffff}"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
        for kept in ["tab\tline\r\nline", "\u{202e}right to left", "👩‍👧", "\u{feff}mark", "Fàilte", "＝"]
        {
            assert_eq!(clean(kept), kept);
        }
    }

    #[test]
    fn an_answer_that_reads_like_a_sign_is_told_apart() {
        assert_eq!(told_apart("[c]"), "'[c]");
        assert_eq!(told_apart("'[dk]"), "''[dk]");
        assert_eq!(told_apart("[c] indeed"), "[c] indeed");
        assert_eq!(told_apart("=1+1"), "=1+1", "only CSV runs formulas");
        assert_eq!(guarded("=1+1"), "'=1+1");
    }

    #[test]
    fn cuts_leave_whole_characters_and_a_mark() {
        assert_eq!(cut("ab", 2), "ab");
        assert_eq!(cut("aà", 2), "a");
        let long = "à".repeat(40_000);
        let short = cut(&long, 32_767);
        assert!(short.len() <= 32_767 && short.ends_with("à […]"), "{}", short.len());
        let faces = "👩".repeat(40_000);
        let short = cut_utf16(&faces, 32_767);
        assert!(short.encode_utf16().count() <= 32_767 && short.ends_with("👩 […]"));
        assert_eq!(cut_utf16(&long[..65_534], 32_767).len(), 65_534, "as many units as there is room for");
    }

    proptest! {
        #[test]
        fn guarding_can_be_undone_and_never_gives_a_sign(text in "'{0,2}(\\[(c|z|x|dk)\\]|[=+@-]?.{0,9})") {
            let written = guarded(&text);
            prop_assert!(!Missing::is_sign(&written));
            let cleaned = clean(&text);
            prop_assert_eq!(unguarded(&written), cleaned.as_ref());
        }
    }
}
