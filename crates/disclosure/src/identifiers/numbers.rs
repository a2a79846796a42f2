//! Numbers given to a person: CHI, NHS and National Insurance.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Kind, Strength, before, dates, matches_alone, pattern};

/// Ten digits, together or in the groups in which people write them: 6-4, 3-3-4 and 2-2-2-4.
static TEN_DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[0-9]{10}|[0-9]{6}[ \u{a0}/-][0-9]{4}|[0-9]{3}[ \u{a0}-][0-9]{3}[ \u{a0}-][0-9]{4}|[0-9]{2}[ /.-][0-9]{2}[ /.-][0-9]{2}[ /-][0-9]{4}",
    )
});
static HEALTH_CUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:chi|nhs|health (?:number|no|id|index))\b"));
static CHI_CUE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bchi\b"));
static REFERENCE_CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:page|ref|reference|invoice|order|ticket|version|isbn|grant)\b[^.;]{0,12}$")
});
/// Two letters, six digits, a letter from A to D, with or without spaces between the pairs.
static NATIONAL_INSURANCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)([A-Z]{2}) ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"));

/// Whether ten digits pass the modulus 11 check that CHI and NHS numbers share: weights 10 to 2 on the first nine,
/// 11 less the remainder is the last, 11 counts as 0 and 10 never occurs (NHS Data Model and Dictionary,
/// "NHS number"). Random digits pass in one of eleven cases.
pub(crate) fn passes_check(digits: &[u8; 10]) -> bool {
    let sum: u32 = (2..=10).rev().zip(digits).map(|(weight, &digit)| weight * u32::from(digit)).sum();
    let check = (11 - sum % 11) % 11;
    // one digit repeated is a placeholder, whatever the sum says
    check == u32::from(digits[9]) && digits.iter().any(|digit| digit != &digits[0])
}

/// Whether ten digits begin with a date of birth, DDMMYY. The century is not told; a 29 February is accepted when it
/// exists in one of the centuries in question.
pub(crate) fn begins_with_date(digits: &[u8; 10]) -> bool {
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    dates::exists(pair(0), pair(2), 2000 + u16::from(pair(4)))
}

/// A CHI number: date of birth and check digit. Random digits pass in 0.32 % of cases.
pub(crate) fn is_chi(digits: &[u8; 10]) -> bool {
    begins_with_date(digits) && passes_check(digits)
}

/// The ten digits of a text that has just these, whatever stands between.
pub(crate) fn ten_digits(text: &str) -> Option<[u8; 10]> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    digits.try_into().ok()
}

/// A National Insurance number's prefix: not D F I Q U V in either place, no O in the second, and none of the
/// pairs that are not given out (HMRC, National Insurance Manual NIM39110).
fn is_prefix(letters: &str) -> bool {
    let letters = letters.to_ascii_uppercase();
    !matches!(letters.as_str(), "BG" | "GB" | "KN" | "NK" | "NT" | "TN" | "ZZ")
        && !letters.chars().any(|c| "DFIQUV".contains(c))
        && !letters.ends_with('O')
}

pub(super) fn find(text: &str, found: &mut Vec<Hit>) {
    for captures in matches_alone(&TEN_DIGITS, text) {
        let matched = captures.get_match();
        let Some(digits) = ten_digits(matched.as_str()) else { continue };
        let cue = before(text, matched.start());
        if let Some((kind, strength)) = judge(&digits, matched.as_str(), &cue) {
            found.push(Hit::new(kind, strength, text, matched.range()));
        }
    }
    for captures in matches_alone(&NATIONAL_INSURANCE, text) {
        if is_prefix(&captures[1]) {
            let range = captures.get_match().range();
            found.push(Hit::new(Kind::NationalInsuranceNumber, Strength::Strong, text, range));
        }
    }
}

/// What ten digits are, from their arithmetic, the way in which they are grouped and the words before them.
/// The check digit alone proves little: a list of page ids passes it again and again.
fn judge(digits: &[u8; 10], written: &str, cue: &str) -> Option<(Kind, Strength)> {
    let groups: Vec<usize> = written.split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    let (dated, checked) = (begins_with_date(digits), passes_check(digits));
    let health = HEALTH_CUE.is_match(cue);
    let reference = !health && REFERENCE_CUE.is_match(cue);
    let strength = if reference { Strength::Likely } else { Strength::Strong };
    match (dated, checked) {
        (true, true) => Some((Kind::ChiNumber, strength)),
        // a slip in one digit, but written as a CHI number or called one
        (true, false) if health || groups == [6, 4] => Some((Kind::ChiNumber, Strength::Likely)),
        (false, true) if health => Some((Kind::NhsNumber, Strength::Strong)),
        (false, true) if groups == [3, 3, 4] => Some((Kind::NhsNumber, Strength::Likely)),
        (false, true) => Some((Kind::NhsNumber, Strength::Weak)),
        (false, false) if health => {
            let kind = if CHI_CUE.is_match(cue) { Kind::ChiNumber } else { Kind::NhsNumber };
            Some((kind, Strength::Likely))
        }
        _ => None,
    }
}
