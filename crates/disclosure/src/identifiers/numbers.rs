//! Numbers given to a person: CHI, NHS and National Insurance.

use super::around::{cue_before, free_before, free_before_or_label, free_behind, stands_alone};
use super::numerals::{Gap, Group, gaps_among, lengths, whole};
use super::{Because, Found, Kind, Strength, dates};

const HEALTH_CUES: &[&str] =
    &["chi", "nhs", "health number", "health no", "health id", "health index", "patient number"];
const REFERENCE_CUES: &[&str] =
    &["page", "ref", "reference", "invoice", "order", "ticket", "version", "isbn", "grant"];
const INSURANCE_CUES: &[&str] =
    &["nino", "ni", "ni number", "ni no", "national insurance", "insurance number"];

/// The groups in which people write ten digits, those first that are usual.
const TEN_DIGITS: [&[usize]; 8] =
    [&[10], &[6, 4], &[3, 3, 4], &[2, 2, 2, 4], &[6, 3, 1], &[2, 2, 2, 2, 2], &[5, 5], &[6, 2, 2]];
const USUAL: &[&[usize]] = TEN_DIGITS.split_at(4).0;

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
    let mut ten = [0; 10];
    let mut count = 0;
    for digit in text.bytes().filter(u8::is_ascii_digit) {
        *ten.get_mut(count)? = digit - b'0';
        count += 1;
    }
    (count == 10).then_some(ten)
}

/// CHI and NHS numbers that begin with a group.
pub(super) fn health(text: &str, groups: &[Group], found: &mut Vec<Found>) {
    if !free_before_or_label(text, groups[0].start) {
        return;
    }
    let allowed = [Gap::Blank, Gap::Dash, Gap::Slash, Gap::Dot, Gap::Break];
    for shape in TEN_DIGITS {
        let Some(groups) = groups.get(..shape.len()) else { continue };
        let range = whole(groups);
        // in groups that nobody uses for it, at least of one kind: "75-90 / 50-74 / 15" are none
        let usual = USUAL.contains(&shape);
        let even = usual || gaps_among(groups, &[Gap::Blank]) || gaps_among(groups, &[Gap::Dash]);
        if lengths(groups, shape) && even && gaps_among(groups, &allowed) && free_behind(text, range.end) {
            let Some(digits) = ten_digits(&text[range.clone()]) else { continue };
            if let Some((kind, strength, because)) = judge(&digits, shape, text, range.start) {
                found.push(Found { kind, strength, because, range });
            }
        }
    }
    lost_zero(text, groups[0], found);
}

/// What ten digits are, from their arithmetic, the way in which they are grouped and the words before them.
/// The check digit alone proves little: a list of page ids passes it again and again.
fn judge(digits: &[u8; 10], groups: &[usize], text: &str, start: usize) -> Option<(Kind, Strength, Because)> {
    let (dated, checked) = (begins_with_date(digits), passes_check(digits));
    let usual = USUAL.contains(&groups);
    if !(checked || usual) {
        return None;
    }
    let health = cue_before(text, start, HEALTH_CUES).map(|cue| cue.word);
    let called = health.map(|word| Because::CalledSo { word });
    match (dated, checked) {
        (true, true) => {
            let reference = health.is_none() && is_reference(text, start);
            let strength = if reference { Strength::Likely } else { Strength::Strong };
            Some((Kind::ChiNumber, strength, Because::DateAndCheckDigit))
        }
        // a slip in one digit, but written as a CHI number or called one
        (true, false) if health.is_some() || groups == [6, 4] => {
            Some((Kind::ChiNumber, Strength::Likely, called.unwrap_or(Because::WrittenSo)))
        }
        (false, true) => Some(match called {
            Some(because) => (Kind::NhsNumber, Strength::Strong, because),
            None if groups == [3, 3, 4] => (Kind::NhsNumber, Strength::Likely, Because::CheckDigitInGroups),
            None if usual => (Kind::NhsNumber, Strength::Weak, Because::CheckDigitAlone),
            None => return None,
        }),
        (false, false) => {
            let kind = if health == Some("chi") { Kind::ChiNumber } else { Kind::NhsNumber };
            called.map(|because| (kind, Strength::Likely, because))
        }
        _ => None,
    }
}

/// Whether the number is called a reference, at most a few words before it.
fn is_reference(text: &str, start: usize) -> bool {
    cue_before(text, start, REFERENCE_CUES)
        .is_some_and(|cue| cue.between.len() <= 12 && !cue.between.contains(['.', ';']))
}

/// A CHI number of somebody born on the first nine days of a month, from a spreadsheet that took it for a quantity. Nine
/// digits are many things, so it must be called one.
fn lost_zero(text: &str, group: Group, found: &mut Vec<Found>) {
    if group.len() != 9 || !free_behind(text, group.end) {
        return;
    }
    let is_one = ten_digits(&format!("0{}", group.digits(text))).is_some_and(|digits| is_chi(&digits));
    if is_one && cue_before(text, group.start, HEALTH_CUES).is_some() {
        let range = group.start..group.end;
        found.push(Found {
            kind: Kind::ChiNumber,
            strength: Strength::Strong,
            because: Because::LostZero,
            range,
        });
    }
}

/// A National Insurance number's prefix: not D F I Q U V in either place, no O in the second, and none of the
/// pairs that are not given out (HMRC, National Insurance Manual NIM39110).
fn is_prefix(letters: [u8; 2]) -> bool {
    let letters = letters.map(|letter| letter.to_ascii_uppercase());
    !matches!(&letters, b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ")
        && letters.iter().all(|letter| letter.is_ascii_uppercase() && !b"DFIQUV".contains(letter))
        && letters[1] != b'O'
}

/// National Insurance numbers whose digits begin with a group: two letters before six digits, and a letter from A to D.
pub(super) fn national_insurance(text: &str, groups: &[Group], found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut count = 0;
    let Some(last) = groups.iter().position(|group| {
        count += group.len();
        count >= 6
    }) else {
        return;
    };
    let groups = &groups[..=last];
    let allowed = [Gap::Blank, Gap::Dash, Gap::Dot, Gap::Break];
    if count != 6 || !gaps_among(groups, &allowed) {
        return;
    }
    let digits = whole(groups);
    let Some(start) = skip_mark_back(bytes, digits.start).checked_sub(2) else { return };
    let prefix = [bytes[start], bytes[start + 1]];
    // letters of other scripts have no place here, so bytes are enough
    if !is_prefix(prefix) || !free_before(text, start) {
        return;
    }
    let suffix = skip_mark(bytes, digits.end);
    let has_suffix =
        bytes.get(suffix).is_some_and(|letter| matches!(letter.to_ascii_uppercase(), b'A'..=b'D'))
            && free_behind(text, suffix + 1);
    let (range, strength, because) = if has_suffix {
        (start..suffix + 1, Strength::Strong, Because::LettersAndDigits)
    } else if let Some(cue) = cue_before(text, start, INSURANCE_CUES) {
        (start..digits.end, Strength::Likely, Because::CalledSo { word: cue.word })
    } else {
        return;
    };
    if stands_alone(text, &range) {
        found.push(Found { kind: Kind::NationalInsuranceNumber, strength, because, range });
    }
}

/// The place behind one blank, dash or line break, when there is one.
fn skip_mark(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => at + 2,
        [b' ' | b'-' | b'.' | b'\n', ..] => at + 1,
        _ => at,
    }
}

/// The same, backwards.
fn skip_mark_back(bytes: &[u8], at: usize) -> usize {
    match &bytes[..at] {
        [.., b'\r', b'\n'] => at - 2,
        [.., b' ' | b'-' | b'.' | b'\n'] => at - 1,
        _ => at,
    }
}
