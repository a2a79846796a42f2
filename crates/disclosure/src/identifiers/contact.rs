//! Ways to reach a person: e-mail and telephone.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Kind, Strength, before, matches_alone, pattern};

/// Lengths as in RFC 5321, so that a hostile text cannot make the search slow.
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[A-Z0-9][A-Z0-9._%+'-]{0,63}@(?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,63}"));
/// A British number with its leading 0 or +44, nine or ten digits behind it, grouped as anyone likes.
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:(?:\+44|0044)[ -]?(?:\(0\)[ -]?)?|\(?0)([1-9](?:[ )-]{0,2}[0-9]){8,9})"));
static CUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:tel|telephone|phone|mobile|mob|call|text|ring|whatsapp|number is)\b"));

pub(super) fn find(text: &str, found: &mut Vec<Hit>) {
    for captures in matches_alone(&EMAIL, text) {
        found.push(Hit::new(Kind::Email, Strength::Strong, text, captures.get_match().range()));
    }
    for captures in matches_alone(&PHONE, text) {
        let matched = captures.get_match();
        let (written, national) = (matched.as_str(), &captures[1]);
        let digits = national.bytes().filter(u8::is_ascii_digit).count();
        let cue = written.starts_with('+') || CUE.is_match(&before(text, matched.start()));
        let strength = match (national.as_bytes()[0], digits) {
            // mobile numbers always have ten digits behind the 0
            (b'7', 10) => Strength::Strong,
            (b'1' | b'2', 9 | 10) if cue => Strength::Strong,
            (b'1' | b'2', 10) => Strength::Likely,
            (b'1', 9) if written.contains(' ') => Strength::Likely,
            // 03 and 08 are helplines and switchboards
            (b'1' | b'3' | b'8', 9 | 10) => Strength::Weak,
            _ => continue,
        };
        found.push(Hit::new(Kind::Phone, strength, text, matched.range()));
    }
}
