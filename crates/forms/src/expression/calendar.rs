//! Days and times as texts and as numbers: ISO 8601 texts, days since 1 January 1970.
//!
//! A date is a whole number of days. A date with a time is the day and its fraction as a clock beside the respondent
//! showed it, so that dates and times compare by the respondent's days; [`instant_days`] is the one that counts from
//! Greenwich.

use jiff::SignedDuration;
use jiff::civil::{Date, Time, date};

/// Day 0.
const EPOCH: Date = date(1970, 1, 1);

const SECONDS_PER_DAY: f64 = 86_400.0;

/// Names for `format-date`, from Monday and from January on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarNames {
    /// Short names of the days, Monday first.
    pub days: [String; 7],
    /// Short names of the months.
    pub months: [String; 12],
}

impl Default for CalendarNames {
    /// English.
    fn default() -> Self {
        Self {
            days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(str::to_owned),
            months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
                .map(str::to_owned),
        }
    }
}

/// A date with a time, and the offset of its clock from Greenwich in minutes if it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The day on the clock.
    pub date: Date,
    /// The time on the clock; midnight when only a date was written.
    pub time: Time,
    /// The offset in minutes.
    pub offset: Option<i32>,
}

/// `digits` ASCII digits at the start of a text as a number, and the rest.
fn leading(text: &str, digits: usize) -> Option<(i16, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    if !number.bytes().all(|one| one.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

/// `2025-03-09` at the start of a text, and the rest.
fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = leading(text, 4)?;
    let (month, rest) = leading(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = leading(rest.strip_prefix('-')?, 2)?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, rest))
}

/// `14:30`, `14:30:05` or `14:30:05.123` with or without `Z`, `+01` or `+01:00`: the time and the offset in minutes.
fn time_with_offset(text: &str) -> Option<(Time, Option<i32>)> {
    let (hour, rest) = leading(text, 2)?;
    let (minute, mut rest) = leading(rest.strip_prefix(':')?, 2)?;
    let (mut second, mut nanosecond) = (0, 0);
    if let Some(after) = rest.strip_prefix(':') {
        (second, rest) = leading(after, 2)?;
        if let Some(after) = rest.strip_prefix('.') {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let fraction = &after[..digits.min(9)];
            nanosecond = format!("{fraction:0<9}").parse().ok().filter(|_| digits > 0)?;
            rest = &after[digits..];
        }
    }
    let time = Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        nanosecond,
    )
    .ok()?;
    let offset = match rest {
        "" => None,
        "Z" => Some(0),
        _ => {
            let (sign, rest) = if let Some(rest) = rest.strip_prefix('+') {
                (1, rest)
            } else {
                (-1, rest.strip_prefix('-')?)
            };
            let (hours, rest) = leading(rest, 2)?;
            let minutes = match rest {
                "" => 0,
                _ => match leading(rest.strip_prefix(':').unwrap_or(rest), 2)? {
                    (minutes, "") => minutes,
                    _ => return None,
                },
            };
            if hours > 14 || minutes > 59 {
                return None;
            }
            Some(sign * (i32::from(hours) * 60 + i32::from(minutes)))
        }
    };
    Some((time, offset))
}

/// Reads a date or a date with a time.
pub fn moment(text: &str) -> Option<Moment> {
    let (date, rest) = leading_date(text.trim())?;
    if rest.is_empty() {
        return Some(Moment { date, time: Time::midnight(), offset: None });
    }
    let (time, offset) = time_with_offset(rest.strip_prefix('T')?)?;
    Some(Moment { date, time, offset })
}

/// Reads a date without a time.
pub fn day(text: &str) -> Option<Date> {
    match leading_date(text.trim())? {
        (date, "") => Some(date),
        _ => None,
    }
}

/// Reads a time of day, with or without an offset, which is dropped.
pub fn time(text: &str) -> Option<Time> {
    time_with_offset(text.trim()).map(|(time, _)| time)
}

/// A date as days since 1970.
pub fn days_of(date: Date) -> f64 {
    // whole days at most some three million, exact in a float
    date.duration_since(EPOCH).as_secs_f64() / SECONDS_PER_DAY
}

/// A time of day as a fraction of the day: noon is 0.5.
pub fn fraction_of(time: Time) -> f64 {
    time.duration_since(Time::midnight()).as_secs_f64() / SECONDS_PER_DAY
}

/// A text that is a date, with or without a time, as days since 1970 on its own clock.
pub fn days(text: &str) -> Option<f64> {
    let moment = moment(text)?;
    Some(days_of(moment.date) + fraction_of(moment.time))
}

/// Days since the beginning of 1970 in Greenwich. `offset` is that of the respondent in minutes and counts where none
/// is written.
pub fn instant_days(moment: &Moment, offset: i32) -> f64 {
    days_of(moment.date) + fraction_of(moment.time) - f64::from(moment.offset.unwrap_or(offset)) / 1_440.0
}

/// Days since 1970 as date and time; `None` beyond the years that a date can have.
pub fn from_days(days: f64) -> Option<(Date, Time)> {
    if !days.is_finite() || days.abs() > 4_000_000.0 {
        return None;
    }
    // to the millisecond, which is as fine as a time is written
    #[expect(clippy::cast_possible_truncation, reason = "at most some 4e14")]
    let milliseconds = (days * SECONDS_PER_DAY * 1_000.0).round() as i64;
    let at = EPOCH.at(0, 0, 0, 0).checked_add(SignedDuration::from_millis(milliseconds)).ok()?;
    Some((at.date(), at.time()))
}

/// `2025-03-09`.
pub fn date_text(date: Date) -> String {
    date.to_string()
}

/// `2025-03-09T14:30:00.000+01:00`.
pub fn moment_text(date: Date, time: Time, offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    format!(
        "{date}T{:02}:{:02}:{:02}.{:03}{sign}{hours:02}:{minutes:02}",
        time.hour(),
        time.minute(),
        time.second(),
        time.millisecond()
    )
}

/// Writes a date by a pattern of `%Y %y %m %n %b %d %e %a %H %h %M %S %3 %%`.
///
/// # Errors
/// The letter after a `%` that is none of these.
pub fn format(moment: &Moment, pattern: &str, names: &CalendarNames, times: bool) -> Result<String, char> {
    let (date, time) = (moment.date, moment.time);
    let mut text = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let short = |names: &[String], number: i8| {
            usize::try_from(number - 1).ok().and_then(|index| names.get(index).cloned()).unwrap_or_default()
        };
        let part = match letters.next() {
            Some('Y') => format!("{:04}", date.year()),
            Some('y') => format!("{:02}", date.year().rem_euclid(100)),
            Some('m') => format!("{:02}", date.month()),
            Some('n') => date.month().to_string(),
            Some('b') => short(&names.months, date.month()),
            Some('d') => format!("{:02}", date.day()),
            Some('e') => date.day().to_string(),
            Some('a') => short(&names.days, date.weekday().to_monday_one_offset()),
            Some('H') if times => format!("{:02}", time.hour()),
            Some('h') if times => time.hour().to_string(),
            Some('M') if times => format!("{:02}", time.minute()),
            Some('S') if times => format!("{:02}", time.second()),
            Some('3') if times => format!("{:03}", time.millisecond()),
            Some('%') => "%".to_owned(),
            other => return Err(other.unwrap_or('%')),
        };
        text.push_str(&part);
    }
    Ok(text)
}
