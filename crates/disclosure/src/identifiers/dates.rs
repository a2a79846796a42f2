//! Full dates, which may be dates of birth.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Hit, Kind, Strength, before, matches_alone, pattern};

const MONTH: &str = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

static NUMERIC: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"([0-9]{1,2})([/.-])([0-9]{1,2})([/.-])([0-9]{4}|[0-9]{2})"));
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| pattern(r"([0-9]{4})[/.-]([0-9]{2})[/.-]([0-9]{2})"));
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}\.?,?[ -]([0-9]{{4}}|'?[0-9]{{2}})"
    ))
});
static MONTH_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i){MONTH}\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})")));
static BIRTH_CUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:born|d\.? ?o\.? ?b\.?|(?:date|day) of birth|birth ?da(?:te|y))(?:\W|$)"));
static TIME_OF_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?Z?$"));

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
    let cell = cell.trim();
    let cell = TIME_OF_DAY.find(cell).map_or(cell, |time| &cell[..time.start()]);
    FORMATS.iter().find_map(|(format, read)| {
        let captures = format.captures(cell)?;
        if captures.get_match().as_str() == cell { read(&captures) } else { None }
    })
}

/// Reads the year of a match when there is such a day.
type Read = fn(&Captures<'_>) -> Option<u16>;

static FORMATS: [(&LazyLock<Regex>, Read); 4] = [
    (&YEAR_FIRST, |c| year(&c[1]).filter(|&year| day_and_month(&c[3], &c[2], year))),
    (&NUMERIC, |c| {
        // 2.1.12 is a numbered paragraph rather than a date
        let short = c[5].len() == 2;
        let same = c[2] == c[4] && !(short && &c[2] == ".");
        // the other order is that of American software
        year(&c[5])
            .filter(|&year| same && (day_and_month(&c[1], &c[3], year) || day_and_month(&c[3], &c[1], year)))
    }),
    (&DAY_MONTH, |c| year(&c[3]).filter(|&year| named_month(&c[1], &c[2], year))),
    (&MONTH_DAY, |c| year(&c[3]).filter(|&year| named_month(&c[2], &c[1], year))),
];

fn year(digits: &str) -> Option<u16> {
    let digits = digits.trim_start_matches('\'');
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

fn named_month(day: &str, month: &str, year: u16) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = month.to_ascii_lowercase();
    (1_u8..)
        .zip(MONTHS)
        .find(|(_, name)| month.starts_with(name))
        .is_some_and(|(number, _)| day.parse().is_ok_and(|day| exists(day, number, year)))
}

pub(super) fn find(text: &str, found: &mut Vec<Hit>) {
    for (format, read) in &FORMATS {
        for captures in matches_alone(format, text) {
            if read(&captures).is_some() {
                let range = captures.get_match().range();
                let birth = BIRTH_CUE.is_match(&before(text, range.start));
                let strength = if birth { Strength::Strong } else { Strength::Weak };
                found.push(Hit::new(Kind::DateOfBirth, strength, text, range));
            }
        }
    }
}
