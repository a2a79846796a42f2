//! Ways to reach a person: e-mail and telephone.

use std::sync::LazyLock;

use regex::Regex;

use super::around::{cue_before, free_before, free_before_or_label, free_behind, head};
use super::numerals::{Gap, Group};
use super::{Because, Found, Kind, Strength, pattern};

/// Length of a mailbox as in RFC 5321, so that a hostile text cannot make the search slow.
const LONGEST_MAILBOX: usize = 64;
static DOMAIN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i)(?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,63}"));
const LONGEST_DOMAIN: usize = 255;

const PHONE_CUES: &[&str] =
    &["tel", "telephone", "phone", "mobile", "mob", "call", "text", "ring", "whatsapp", "number is"];
/// Digits of a number behind the leading zero.
const NATIONAL: [usize; 2] = [9, 10];

/// An address around an `@`; the place where the search goes on.
pub(super) fn email(text: &str, at: usize, found: &mut Vec<Found>) -> usize {
    let bytes = text.as_bytes();
    let in_mailbox = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+'-".contains(byte);
    let length =
        bytes[..at].iter().rev().take(LONGEST_MAILBOX + 1).take_while(|byte| in_mailbox(byte)).count();
    let Some(mailbox) = bytes[at - length..at].iter().position(u8::is_ascii_alphanumeric) else {
        return at + 1;
    };
    let start = at - length + mailbox;
    let Some(domain) = DOMAIN.find(head(text, at + 1, LONGEST_DOMAIN)) else { return at + 1 };
    let range = start..at + 1 + domain.end();
    if at - start > LONGEST_MAILBOX || !free_before(text, start) || !free_behind(text, range.end) {
        return at + 1;
    }
    let end = range.end;
    found.push(Found { kind: Kind::Email, strength: Strength::Strong, because: Because::Mailbox, range });
    end
}

/// A telephone number that begins with a group: a British one with its leading 0, +44 or 0044, grouped as anyone likes, or
/// one of another country with a plus.
pub(super) fn phone(text: &str, groups: &[Group], found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let first = groups[0];
    let before = first.start.checked_sub(1).map(|before| bytes[before]);
    let digits = first.digits(text);
    let plus = before == Some(b'+');
    if !(plus || digits.starts_with('0')) || !free_before_or_label(text, first.start) {
        return;
    }
    let start = first.start - usize::from(plus || before == Some(b'('));
    // how many digits lead up to the national number, in which group
    let country =
        if plus { digits.starts_with("44").then_some(2) } else { digits.starts_with("0044").then_some(4) };
    let (mut lead, groups) = match country {
        // "+44 131" and "+44 (0)131"
        Some(length) if digits.len() == length && groups.len() > 1 => (0, &groups[1..]),
        Some(length) => (length, groups),
        None if plus => return abroad(text, start, groups, found),
        None => (1, groups),
    };
    let groups = match (country, groups) {
        (Some(_), [zero, rest @ ..]) if zero.digits(text) == "0" && !rest.is_empty() => rest,
        _ => groups,
    };
    if country.is_some() && groups[0].digits(text)[lead..].starts_with('0') {
        lead += 1;
    }
    let Some(&kind) = text.as_bytes().get(groups[0].start + lead).filter(|_| groups[0].len() > lead) else {
        return;
    };
    let Some((count, end, parts)) = national(groups, lead) else { return };
    // "01/02/2012 12:30" is no number: codes have three digits and more
    if !free_behind(text, end) || country.is_none() && digits.len() < 3 {
        return;
    }
    let cue = cue_before(text, start, PHONE_CUES).map(|cue| Because::CalledSo { word: cue.word });
    let certain = if country.is_some() { Some(Because::CountryCode) } else { cue };
    let (strength, because) = match (kind, count) {
        // mobile numbers always have ten digits behind the 0
        (b'7', 10) => (Strength::Strong, Because::Mobile),
        (b'1' | b'2', _) if let Some(because) = certain => (Strength::Strong, because),
        (b'1' | b'2', 10) => (Strength::Likely, Because::Landline),
        (b'1', 9) if parts > 1 => (Strength::Likely, Because::Landline),
        (b'1', 9) => (Strength::Weak, Because::Landline),
        // 03 and 08 are helplines and switchboards
        (b'3' | b'8', _) => (Strength::Weak, Because::ServiceNumber),
        _ => return,
    };
    // a bracket belongs to the number when it closes within
    let bracket = before == Some(b'(') && !text[start..end].contains(')');
    let range = start + usize::from(bracket)..end;
    found.push(Found { kind: Kind::Phone, strength, because, range });
}

/// How many digits of a national number there are behind its lead, where it ends, and in how many groups.
fn national(groups: &[Group], lead: usize) -> Option<(usize, usize, usize)> {
    let mut count = 0;
    let mut best = None;
    for (number, group) in groups.iter().enumerate() {
        count += group.len() - if number == 0 { lead } else { 0 };
        if NATIONAL.contains(&count) {
            best = Some((count, group.end, number + 1));
        }
        if count >= NATIONAL[1] {
            break;
        }
    }
    best
}

/// A number of another country: a plus and eight to fifteen digits. Sums of money have fewer groups and no plus.
fn abroad(text: &str, start: usize, groups: &[Group], found: &mut Vec<Found>) {
    let mut count = 0;
    let mut end = None;
    for (number, group) in groups.iter().enumerate() {
        count += group.len();
        if count > 15 || number > 0 && matches!(group.gap, Gap::Slash | Gap::Dot) {
            break;
        }
        if count >= 8 {
            end = Some(group.end);
        }
    }
    let Some(end) = end.filter(|&end| free_behind(text, end) && !groups[0].digits(text).starts_with('0'))
    else {
        return;
    };
    let (strength, because) = (Strength::Likely, Because::CountryCode);
    found.push(Found { kind: Kind::Phone, strength, because, range: start..end });
}
