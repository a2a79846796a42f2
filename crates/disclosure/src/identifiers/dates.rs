//! Full dates, which may be dates of birth.

use std::ops::Range;

use super::around::{cue_before, free_before, free_before_or_label, free_behind, head};
use super::folding::Folded;
use super::numerals::{Gap, Group, Groups, gaps_among, whole};
use super::{Because, Found, Kind, Strength};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const BIRTH_CUES: &[&str] = &[
    "born",
    "dob",
    "d.o.b",
    "d. o. b",
    "d o b",
    "date of birth",
    "day of birth",
    "birthday",
    "birth day",
    "birth date",
    "birthdate",
];

/// Whether there is such a day, from 1900 to 2099.
pub(crate) fn exists(day: u8, month: u8, year: u16) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => return false,
    };
    (1..=days).contains(&day) && (1900..2100).contains(&year)
}

/// The year of a cell that is a full date and nothing else (a time of day may follow, as spreadsheets write it). Two
/// digits below 50 are taken for this century.
pub(crate) fn year_of_date(cell: &str) -> Option<u16> {
    let folded = Folded::new(cell.trim());
    let cell = folded.text();
    let digit = cell.bytes().position(|byte| byte.is_ascii_digit())?;
    let mut groups = Groups::default();
    let (range, year) = read(cell, groups.read(cell, digit))?;
    (range.start == 0 && is_time_of_day(&cell[range.end..])).then_some(year)
}

fn is_time_of_day(rest: &str) -> bool {
    let rest = rest.strip_prefix(['T', ' ']).unwrap_or(rest).trim_end_matches('Z');
    rest.split(['.', ':']).all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The date that begins with some groups, and its year; or that has its month before them.
fn read(text: &str, groups: &[Group]) -> Option<(Range<usize>, u16)> {
    if !free_before_or_label(text, groups[0].start) {
        return None;
    }
    numeric(text, groups).or_else(|| with_month(text, groups[0])).or_else(|| month_first(text, groups[0]))
}

/// `03/03/2012`, `3.3.2012`, `03-03-12` and `2012-03-03`.
fn numeric(text: &str, groups: &[Group]) -> Option<(Range<usize>, u16)> {
    let groups = groups.get(..3)?;
    let [one, two, three] = [groups[0], groups[1], groups[2]].map(|group| group.digits(text));
    let gap = groups[1].gap;
    if gap != groups[2].gap || !gaps_among(groups, &[Gap::Slash, Gap::Dash, Gap::Dot, Gap::Blank]) {
        return None;
    }
    let range = whole(groups);
    // 2012-03-03T10:00
    let timed = text.as_bytes().get(range.end) == Some(&b'T');
    if !(free_behind(text, range.end) || timed) {
        return None;
    }
    let read = match (one.len(), two.len(), three.len()) {
        (4, 2, 2) => year(one).filter(|&year| day_and_month(three, two, year)),
        // 2.1.12 is a numbered paragraph rather than a date
        (1..=2, 1..=2, 2) if gap == Gap::Dot => None,
        // the other order is that of American software
        (1..=2, 1..=2, 2 | 4) => {
            year(three).filter(|&year| day_and_month(one, two, year) || day_and_month(two, one, year))
        }
        _ => None,
    };
    // three numbers in a row are a date when they are called one
    if gap == Gap::Blank && cue_before(text, range.start, BIRTH_CUES).is_none() {
        return None;
    }
    read.map(|year| (range, year))
}

/// `3 March 2012`, `3rd of March, 12`.
fn with_month(text: &str, day: Group) -> Option<(Range<usize>, u16)> {
    if day.len() > 2 {
        return None;
    }
    let all = head(text, day.end, 32);
    let rest = skip_blank(without_ordinal(all))?;
    let rest = strip_word(rest, "of").and_then(skip_blank).unwrap_or(rest);
    let (month, rest) = month(rest)?;
    let rest = skip_blank(rest.trim_start_matches(['.', ',']))?;
    let long = rest.bytes().take_while(u8::is_ascii_digit).count();
    let quoted = rest.strip_prefix('\'');
    let (written, short) = match quoted {
        Some(rest) => (rest.get(..2)?, true),
        None => (rest.get(..if long >= 4 { 4 } else { 2 })?, long < 4),
    };
    let behind = if quoted.is_some() { &rest[3..] } else { &rest[written.len()..] };
    let end = day.end + all.len() - behind.len();
    let year = year(written).filter(|_| free_behind(text, end) && (short || written.len() == 4))?;
    exists(day.digits(text).parse().ok()?, month, year).then_some((day.start..end, year))
}

/// `March 3rd, 2012`.
fn month_first(text: &str, day: Group) -> Option<(Range<usize>, u16)> {
    if day.len() > 2 {
        return None;
    }
    let before = text[..day.start].strip_suffix([' ', '\n'])?;
    let before = before.strip_suffix('.').unwrap_or(before);
    let letters = before.bytes().rev().take(10).take_while(u8::is_ascii_alphabetic).count();
    let start = before.len() - letters;
    let (month, rest) = month(&before[start..])?;
    let all = head(text, day.end, 12);
    let behind = without_ordinal(all);
    let behind = skip_blank(behind.strip_prefix(',').unwrap_or(behind))?;
    let written = behind.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let end = day.end + all.len() - behind.len() + 4;
    let year =
        year(written).filter(|_| rest.is_empty() && free_before(text, start) && free_behind(text, end))?;
    exists(day.digits(text).parse().ok()?, month, year).then_some((start..end, year))
}

fn without_ordinal(rest: &str) -> &str {
    let ordinal = rest.get(..2).is_some_and(|letters| {
        ["st", "nd", "rd", "th"].iter().any(|ordinal| letters.eq_ignore_ascii_case(ordinal))
    });
    if ordinal { &rest[2..] } else { rest }
}

/// What follows one or two blanks, a dash, a full stop or a line break.
fn skip_blank(rest: &str) -> Option<&str> {
    let length = rest.bytes().take(3).take_while(|byte| b" -/.\r\n".contains(byte)).count();
    (length > 0).then(|| &rest[length..])
}

fn strip_word<'t>(rest: &'t str, word: &str) -> Option<&'t str> {
    rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &rest[word.len()..])
}

/// The month with which a text begins, whole or by its first three or four letters, and what follows.
fn month(rest: &str) -> Option<(u8, &str)> {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &rest[..length];
    let fits = |name: &str| {
        let cut = name.get(..length).is_some_and(|start| start.eq_ignore_ascii_case(word));
        cut && (length == 3 || length == name.len() || length == 4 && name == "september")
    };
    let number = (1_u8..).zip(MONTHS).find(|(_, name)| fits(name))?.0;
    Some((number, &rest[length..]))
}

fn year(digits: &str) -> Option<u16> {
    let number: u16 = digits.parse().ok()?;
    Some(match (digits.len(), number) {
        (2, 0..50) => 2000 + number,
        (2, _) => 1900 + number,
        _ => number,
    })
}

fn day_and_month(day: &str, month: &str, year: u16) -> bool {
    matches!((day.parse(), month.parse()), (Ok(day), Ok(month)) if exists(day, month, year))
}

/// Eight or six digits run together, when they are called a date of birth.
fn run_together(text: &str, group: Group) -> Option<Range<usize>> {
    let digits = group.digits(text);
    let (day, month, written) = match digits.len() {
        8 | 6 => (&digits[..2], &digits[2..4], &digits[4..]),
        _ => return None,
    };
    let dated = year(written).is_some_and(|year| day_and_month(day, month, year));
    let free = free_before_or_label(text, group.start) && free_behind(text, group.end);
    (dated && free && cue_before(text, group.start, BIRTH_CUES).is_some()).then_some(group.start..group.end)
}

/// Dates that begin with a group.
pub(super) fn find(text: &str, groups: &[Group], found: &mut Vec<Found>) {
    let range = read(text, groups).map(|(range, _)| range).or_else(|| run_together(text, groups[0]));
    if let Some(range) = range {
        let (strength, because) = match cue_before(text, range.start, BIRTH_CUES) {
            Some(cue) => (Strength::Strong, Because::CalledSo { word: cue.word }),
            None => (Strength::Weak, Because::FullDate),
        };
        found.push(Found { kind: Kind::DateOfBirth, strength, because, range });
    }
}
