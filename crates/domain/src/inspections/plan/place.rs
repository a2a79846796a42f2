//! From a place in the row of counted days to days of the calendar, and back.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{NOTIFICATION, Plan, PlannedStep, Span, StepKind};
use crate::inspections::calendar::{Calendar, monday_of};

/// Working days of a week: the distance between two counted weeks.
const DAYS_OF_WEEK: i32 = 5;

/// A weekday of a counted week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CountedDay {
    /// Counted week; 1 is the week of notification.
    pub week: u16,
    /// 1 Monday to 5 Friday.
    pub weekday: u8,
}

impl CountedDay {
    /// `None` for week 0 and for a weekday other than Monday (1) to Friday (5).
    pub fn new(week: u16, weekday: u8) -> Option<Self> {
        (week >= 1 && (1..=5).contains(&weekday)).then_some(Self { week, weekday })
    }

    /// Counted days since the Monday of week 1.
    pub(super) fn index(self) -> i32 {
        (i32::from(self.week) - 1) * DAYS_OF_WEEK + i32::from(self.weekday) - 1
    }

    /// The counted day so many counted days later (or earlier); `None` before week 1.
    pub(super) fn later(self, days: i32) -> Option<Self> {
        let index = self.index().checked_add(days)?;
        let week = u16::try_from(index.div_euclid(DAYS_OF_WEEK) + 1).ok()?;
        let weekday = u8::try_from(index.rem_euclid(DAYS_OF_WEEK) + 1).ok()?;
        Self::new(week, weekday)
    }
}

/// From one counted day to another; the same for a step of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Offset {
    /// First day.
    pub from: CountedDay,
    /// Last day.
    pub to: CountedDay,
}

impl Offset {
    /// Both days exist and the last is not before the first. Stored rows are checked by it.
    pub fn is_possible(&self) -> bool {
        CountedDay::new(self.from.week, self.from.weekday).is_some()
            && CountedDay::new(self.to.week, self.to.weekday).is_some()
            && self.from <= self.to
    }
}

/// The Mondays of as many counted weeks as a plan's steps reach, found once for all of them.
pub(super) struct Mondays(Vec<Date>);

impl Mondays {
    pub(super) fn of(plan: &Plan) -> Self {
        let last = plan.steps.iter().map(|step| step.offset.to.week).max().unwrap_or(1);
        Self(plan.calendar.counted_mondays(plan.notified).take(usize::from(last)).collect())
    }

    /// The date at which a counted day stands, before any holiday puts it off. Beyond the end of the
    /// calendar (the year 9999) it is the last date there is.
    fn date(&self, day: CountedDay) -> Date {
        self.0
            .get(usize::from(day.week.saturating_sub(1)))
            .map_or(Date::MAX, |monday| weekday_of(*monday, day.weekday))
    }
}

/// What [`place`] found.
pub(super) struct Placed {
    pub(super) span: Span,
    pub(super) put_off_from: Option<Date>,
}

/// The days of a step. This is the only place where an offset becomes a date.
pub(super) fn place(step: &PlannedStep, notified: Date, calendar: &Calendar, mondays: &Mondays) -> Placed {
    let on_one_day = |day: Date, put_off_from| Placed { span: Span { from: day, to: day }, put_off_from };
    if step.key == NOTIFICATION {
        return on_one_day(notified, None);
    }
    let from = mondays.date(step.offset.from).max(notified);
    match step.kind {
        StepKind::Day | StepKind::After => {
            let day = due_on_or_after(calendar, notified, from);
            on_one_day(day, (day != from).then_some(from))
        }
        StepKind::Window => {
            let to = mondays.date(step.offset.to).max(from);
            Placed { span: Span { from, to }, put_off_from: None }
        }
    }
}

/// The first day on which something may fall due: a working day of a week that counts. The week of
/// notification counts whatever the schools do.
pub(super) fn due_on_or_after(calendar: &Calendar, notified: Date, date: Date) -> Date {
    let working = calendar.on_or_after(date);
    if monday_of(working) == monday_of(notified) { working } else { calendar.first_counted_day(date) }
}

/// A weekday (1 Monday to 7 Sunday) of the week that begins on this Monday.
pub(super) fn weekday_of(monday: Date, weekday: u8) -> Date {
    monday.saturating_add((i64::from(weekday) - 1).days())
}

impl Plan {
    /// The counted day at which a date stands. A weekend is read as the Friday before when `end` is true,
    /// otherwise as the Monday after; a day in an uncounted week as the nearest counted day in the same sense.
    pub(super) fn counted_day(&self, date: Date, end: bool) -> Option<CountedDay> {
        let monday = monday_of(date);
        let (last, week) = self
            .calendar
            .counted_mondays(self.notified)
            .take_while(|counted| *counted <= monday)
            .zip(1_u16..)
            .last()?;
        let weekday = u8::try_from(date.weekday().to_monday_one_offset()).ok()?;
        if last == monday && weekday <= 5 {
            CountedDay::new(week, weekday)
        } else if end {
            CountedDay::new(week, 5)
        } else {
            CountedDay::new(week.checked_add(1)?, 1)
        }
    }
}
