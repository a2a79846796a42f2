//! Of what people of the partnership are reminded, and when.
//!
//! Once on a working day at most, and only when there is something to say. No source gives an hour; ours is eight in the
//! morning, so that it is read with the first mail of the day.

use jiff::Timestamp;
use jiff::civil::{Date, time};

use super::RequestState;
use crate::clock::{at_london, day_of};
use crate::inspections::calendar::Calendar;

/// How many days ahead somebody is reminded of what is due.
const AHEAD: i32 = 7;

/// Why somebody is reminded of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The team has sent it back.
    SentBack,
    /// Its day has passed.
    Overdue,
    /// It is due within a week.
    DueSoon,
}

impl Why {
    /// All reasons, the most pressing first.
    pub const ALL: [Self; 3] = [Self::SentBack, Self::Overdue, Self::DueSoon];

    /// The word of translation keys (`mail-why-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::SentBack => "sent-back",
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
        }
    }
}

/// Why a request is worth a reminder today; `None` when it is not.
pub fn why(state: RequestState, due_on: Date, today: Date) -> Option<Why> {
    match state {
        RequestState::SentBack => Some(Why::SentBack),
        RequestState::Asked | RequestState::InProgress if due_on < today => Some(Why::Overdue),
        RequestState::Asked | RequestState::InProgress if due_on <= last_day(today) => Some(Why::DueSoon),
        _ => None,
    }
}

/// The last day that is looked ahead to.
pub fn last_day(today: Date) -> Date {
    today.checked_add(jiff::Span::new().days(AHEAD)).unwrap_or(today)
}

/// The day whose digests are to be written by now: a working day, from eight in the morning on.
pub fn day_to_write(now: Timestamp) -> Option<Date> {
    let day = day_of(now);
    let begins = at_london(day, time(8, 0, 0, 0)).ok()?;
    (now >= begins && Calendar::scotland(Vec::new()).is_working_day(day)).then_some(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_worth_a_reminder() {
        use RequestState as S;
        let today = date(2026, 3, 11);
        for (state, day, wanted) in [
            (S::Asked, 10, Some(Why::Overdue)),
            (S::Asked, 11, Some(Why::DueSoon)),
            (S::InProgress, 18, Some(Why::DueSoon)),
            (S::InProgress, 19, None),
            (S::SentBack, 30, Some(Why::SentBack)),
            (S::SentBack, 1, Some(Why::SentBack)),
            (S::Submitted, 1, None),
            (S::Accepted, 1, None),
            (S::NotHeld, 1, None),
            (S::Withdrawn, 1, None),
        ] {
            assert_eq!(why(state, date(2026, 3, day), today), wanted, "{state:?} {day}");
        }
    }

    #[test]
    fn from_eight_in_scotland_on_working_days() {
        for (now, wanted) in [
            ("2026-03-11T07:59:59Z", None),
            ("2026-03-11T08:00:00Z", Some(date(2026, 3, 11))),
            ("2026-03-11T16:00:00Z", Some(date(2026, 3, 11))),
            // summer time
            ("2026-07-01T06:59:59Z", None),
            ("2026-07-01T07:00:00Z", Some(date(2026, 7, 1))),
            // Saturday, Sunday, Christmas Day
            ("2026-03-14T09:00:00Z", None),
            ("2026-03-15T09:00:00Z", None),
            ("2026-12-25T09:00:00Z", None),
        ] {
            assert_eq!(day_to_write(now.parse().unwrap()), wanted, "{now}");
        }
    }
}
