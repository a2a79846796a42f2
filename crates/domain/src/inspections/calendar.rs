//! The days a council area works, and the weeks that count.
//!
//! Two different things stop the clock. A **bank holiday** (or a holiday of that council alone) is a day
//! on which nothing falls due. A **school-holiday week** is a whole week that the plan does not count,
//! because children, families and schools cannot be reached. A teacher's day off in the middle of a week
//! is neither: staff work, so things may fall due.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::bank_holidays::{BankHolidays, is_weekend};

/// Days without a working day after which the search gives up and takes the day it began with: a calendar
/// closed longer than this is a fault in the data, and a fault must not hang the server.
const LONGEST_CLOSURE_DAYS: u16 = 366;
/// The same for weeks that are not counted.
const LONGEST_UNCOUNTED_WEEKS: u16 = 52;

/// Days from one date to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawRange")]
pub struct DateRange {
    from: Date,
    to: Date,
}

/// A range that ends before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the range ends on {to}, before it starts on {from}")]
pub struct EndsBeforeStart {
    /// First day as given.
    pub from: Date,
    /// Last day as given.
    pub to: Date,
}

#[derive(Deserialize)]
struct RawRange {
    from: Date,
    to: Date,
}

impl TryFrom<RawRange> for DateRange {
    type Error = EndsBeforeStart;

    fn try_from(raw: RawRange) -> Result<Self, Self::Error> {
        Self::new(raw.from, raw.to)
    }
}

impl DateRange {
    /// From the first to the last day, both included.
    ///
    /// # Errors
    /// When the last day lies before the first.
    pub fn new(from: Date, to: Date) -> Result<Self, EndsBeforeStart> {
        if to < from { Err(EndsBeforeStart { from, to }) } else { Ok(Self { from, to }) }
    }

    /// First day.
    pub const fn from(&self) -> Date {
        self.from
    }

    /// Last day.
    pub const fn to(&self) -> Date {
        self.to
    }

    /// Is the day within the range?
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}

/// What one council area's year looks like to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The bank holidays of the nation.
    pub bank_holidays: BankHolidays,
    /// When the schools of the area are closed to pupils; as published by the council.
    #[serde(default)]
    pub school_holidays: Vec<DateRange>,
    /// Days off of this council alone, such as a local fair or autumn Monday.
    #[serde(default)]
    pub extra_holidays: Vec<Date>,
    /// National bank holidays on which this council works.
    #[serde(default)]
    pub worked_holidays: Vec<Date>,
}

impl Calendar {
    /// The Scottish calendar with the school holidays of one council.
    pub fn scotland(school_holidays: Vec<DateRange>) -> Self {
        Self {
            bank_holidays: BankHolidays::scotland(),
            school_holidays,
            extra_holidays: Vec::new(),
            worked_holidays: Vec::new(),
        }
    }

    /// A bank holiday on which this council does not work, or a day off of its own.
    pub fn is_public_holiday(&self, date: Date) -> bool {
        self.extra_holidays.contains(&date)
            || (!self.worked_holidays.contains(&date) && self.bank_holidays.on(date).is_some())
    }

    /// Monday to Friday and no public holiday. School holidays make no difference here.
    pub fn is_working_day(&self, date: Date) -> bool {
        !is_weekend(date) && !self.is_public_holiday(date)
    }

    /// Are pupils on holiday that day?
    pub fn is_school_holiday(&self, date: Date) -> bool {
        self.school_holidays.iter().any(|range| range.contains(date))
    }

    /// Does the week of this day go uncounted? It does when no working day of it (Monday to Friday without
    /// public holidays) lies outside the school holidays. A week in which schools open for one day counts.
    pub fn is_holiday_week(&self, date: Date) -> bool {
        let monday = monday_of(date);
        (0..5)
            .filter_map(|day| monday.checked_add(i64::from(day).days()).ok())
            .all(|day| self.is_school_holiday(day) || !self.is_working_day(day))
    }

    /// The day itself when it is a working day, otherwise the first one after it.
    pub fn on_or_after(&self, date: Date) -> Date {
        first_from(date, |day| self.is_working_day(day))
    }

    /// The first working day after this one.
    pub fn next_working_day(&self, date: Date) -> Date {
        self.on_or_after(date.saturating_add(1.day()))
    }

    /// Counts working days forward; 0 gives the day itself, or the next working day when it is none.
    pub fn add_working_days(&self, date: Date, days: u16) -> Date {
        (0..days).fold(self.on_or_after(date), |day, _| self.next_working_day(day))
    }

    /// Working days after `from` up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let mut days = 0;
        let mut day = from;
        while day < to {
            day = day.saturating_add(1.day());
            days += u32::from(self.is_working_day(day));
        }
        days
    }

    /// The first day from `date` on that is a working day in a week that counts: where a due day may stand.
    pub fn first_counted_day(&self, date: Date) -> Date {
        first_from(date, |day| self.is_working_day(day) && !self.is_holiday_week(day))
    }

    /// The Mondays of the weeks that count, beginning with the week of `start`, which counts always: an
    /// inspection notified in a holiday week begins in it.
    pub fn counted_mondays(&self, start: Date) -> impl Iterator<Item = Date> + '_ {
        std::iter::successors(Some(monday_of(start)), move |monday| {
            let mut next = monday.checked_add(7.days()).ok()?;
            for _ in 0..LONGEST_UNCOUNTED_WEEKS {
                if !self.is_holiday_week(next) {
                    break;
                }
                next = next.checked_add(7.days()).ok()?;
            }
            Some(next)
        })
    }
}

/// The first acceptable day from `date` on; `date` itself when there is none within a year.
fn first_from(date: Date, accept: impl Fn(Date) -> bool) -> Date {
    let mut day = date;
    for _ in 0..LONGEST_CLOSURE_DAYS {
        if accept(day) {
            return day;
        }
        day = day.saturating_add(1.day());
    }
    date
}

/// The Monday of the week in which the day lies (weeks run Monday to Sunday).
pub fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn range(from: Date, to: Date) -> DateRange {
        DateRange::new(from, to).unwrap()
    }

    #[test]
    fn a_week_counts_when_one_working_day_is_a_school_day() {
        // Schools closed from Good Friday 2026 (3 April) to Thursday 16 April; Monday 6 April is no bank
        // holiday in Scotland. The second week still has its Friday, so it counts.
        let calendar = Calendar::scotland(vec![range(date(2026, 4, 3), date(2026, 4, 16))]);
        assert!(!calendar.is_holiday_week(date(2026, 4, 1)));
        assert!(calendar.is_holiday_week(date(2026, 4, 6)));
        assert!(calendar.is_holiday_week(date(2026, 4, 12)), "Sunday belongs to the week before");
        assert!(!calendar.is_holiday_week(date(2026, 4, 13)));
    }

    #[test]
    fn bank_holidays_do_not_save_a_holiday_week() {
        // Christmas 2026: schools closed 21 to 31 December; the bank holidays stand within.
        let calendar = Calendar::scotland(vec![range(date(2026, 12, 21), date(2026, 12, 31))]);
        assert!(calendar.is_holiday_week(date(2026, 12, 28)), "Friday 1 January is no working day either");
        assert!(!calendar.is_holiday_week(date(2027, 1, 4)));
    }

    #[test]
    fn working_days_step_over_holidays_of_nation_and_council() {
        let mut calendar = Calendar::scotland(Vec::new());
        assert_eq!(calendar.next_working_day(date(2026, 12, 24)), date(2026, 12, 29));
        assert_eq!(calendar.add_working_days(date(2026, 12, 24), 2), date(2026, 12, 30));
        assert_eq!(calendar.working_days_between(date(2026, 12, 24), date(2026, 12, 30)), 2);
        calendar.extra_holidays.push(date(2026, 12, 29));
        assert_eq!(calendar.next_working_day(date(2026, 12, 24)), date(2026, 12, 30));
        calendar.worked_holidays.push(date(2026, 12, 28));
        assert_eq!(calendar.next_working_day(date(2026, 12, 24)), date(2026, 12, 28));
    }

    #[test]
    fn a_range_that_ends_before_it_starts_is_refused_in_data_too() {
        assert!(DateRange::new(date(2026, 2, 2), date(2026, 2, 1)).is_err());
        let read = serde_json::from_str::<DateRange>(r#"{"from":"2026-02-02","to":"2026-02-01"}"#);
        assert!(read.unwrap_err().to_string().contains("before it starts"));
    }

    #[test]
    fn a_calendar_that_never_opens_does_not_hang() {
        let calendar = Calendar::scotland(vec![range(date(2020, 1, 1), date(2999, 1, 1))]);
        assert_eq!(calendar.counted_mondays(date(2026, 1, 5)).take(3).count(), 3);
        assert_eq!(calendar.first_counted_day(date(2026, 1, 5)), date(2026, 1, 5));
    }

    proptest! {
        #[test]
        fn adding_working_days_is_counted_back(days in 0_u16..60, offset in 0_i64..4000) {
            let calendar = Calendar::scotland(Vec::new());
            let start = calendar.on_or_after(date(2022, 1, 1).saturating_add(offset.days()));
            let end = calendar.add_working_days(start, days);
            prop_assert!(calendar.is_working_day(end));
            prop_assert_eq!(calendar.working_days_between(start, end), u32::from(days));
        }
    }
}
