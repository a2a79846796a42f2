//! The days and hours in which records may be opened.
//!
//! Reading on three consecutive days is published; that records are shut outside their hours is ours [B]: a record is
//! in the hands of the team for as long as it takes to read it, and no longer.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::clock::at_london;
use crate::inspections::calendar::Calendar;
use crate::reasons::{FieldProblem, Reason};

/// When records may be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub first_day: Date,
    /// How many days in a row.
    pub days: u16,
    /// From when on each day, in Scotland.
    pub opens: Time,
    /// Until when.
    pub closes: Time,
    /// More time that the lead has given.
    pub extension: Option<Extension>,
}

/// More time beside the days and hours, open day and night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// From when on.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Where an instant stands to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Records are open until then.
    Open(Timestamp),
    /// They will be open from then on: the first time, or again.
    Shut(Timestamp),
    /// Reading was over at that instant.
    Over(Timestamp),
}

impl Window {
    /// The days, in order.
    pub fn all_days(&self) -> Vec<Date> {
        self.first_day.series(jiff::ToSpan::days(1)).take(usize::from(self.days)).collect()
    }

    /// From when to when records are open on the days, in order.
    pub fn hours(&self) -> Vec<(Timestamp, Timestamp)> {
        let hours = |day: Date| Some((at_london(day, self.opens).ok()?, at_london(day, self.closes).ok()?));
        self.all_days().into_iter().filter_map(hours).collect()
    }

    /// From when to when records are open, part by part in order; what touches is one part.
    pub fn parts(&self) -> Vec<(Timestamp, Timestamp)> {
        let mut all = self.hours();
        all.extend(self.extension.map(|more| (more.from, more.until)));
        all.sort();
        let mut parts: Vec<(Timestamp, Timestamp)> = Vec::new();
        for (from, to) in all {
            match parts.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => parts.push((from, to)),
            }
        }
        parts
    }

    /// Where an instant stands. A part is open from its first instant to just before its last.
    pub fn at(&self, now: Timestamp) -> Moment {
        let parts = self.parts();
        for (from, to) in &parts {
            if now < *from {
                return Moment::Shut(*from);
            }
            if now < *to {
                return Moment::Open(*to);
            }
        }
        Moment::Over(parts.last().map_or(now, |part| part.1))
    }

    /// Why records cannot be opened at an instant; none when they can.
    pub fn refusal(&self, now: Timestamp) -> Option<Reason> {
        match self.at(now) {
            Moment::Open(_) => None,
            Moment::Shut(from) => Some(Reason::new("reading-window-shut").with("from", from)),
            Moment::Over(since) => Some(Reason::new("reading-window-over").with("since", since)),
        }
    }
}

/// Checks the first day: all days in a row are working days of the area, and the first is not over.
///
/// # Errors
/// The field `first-day` with why not.
pub fn first_day(
    wanted: Option<Date>,
    days: u16,
    calendar: &Calendar,
    today: Date,
) -> Result<Date, FieldProblem> {
    let wrong = |key: &str| FieldProblem::new("first-day", Reason::new(key));
    let first = wanted.ok_or_else(|| wrong("problem-date"))?;
    if first < today {
        return Err(wrong("reading-window-past"));
    }
    let all = first.series(jiff::ToSpan::days(1)).take(usize::from(days));
    match all.into_iter().find(|day| !calendar.is_working_day(*day)) {
        Some(day) => Err(FieldProblem::new(
            "first-day",
            Reason::new("reading-window-not-working").with("day", day).with("days", days),
        )),
        None => Ok(first),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn window() -> Window {
        Window {
            first_day: date(2026, 3, 2),
            days: 3,
            opens: time(8, 30, 0, 0),
            closes: time(17, 30, 0, 0),
            extension: None,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn records_are_open_in_their_hours_only() {
        let w = window();
        for (now, is) in [
            ("2026-03-01T12:00:00Z", Moment::Shut(at("2026-03-02T08:30:00Z"))),
            ("2026-03-02T08:29:59Z", Moment::Shut(at("2026-03-02T08:30:00Z"))),
            ("2026-03-02T08:30:00Z", Moment::Open(at("2026-03-02T17:30:00Z"))),
            ("2026-03-02T17:29:59Z", Moment::Open(at("2026-03-02T17:30:00Z"))),
            ("2026-03-02T17:30:00Z", Moment::Shut(at("2026-03-03T08:30:00Z"))),
            ("2026-03-04T17:30:00Z", Moment::Over(at("2026-03-04T17:30:00Z"))),
        ] {
            assert_eq!(w.at(at(now)), is, "{now}");
        }
        assert_eq!(w.refusal(at("2026-03-03T10:00:00Z")), None);
        assert_eq!(w.refusal(at("2026-03-04T20:00:00Z")).unwrap().key, "reading-window-over");
        // British summer time: half past eight is half past seven in UTC.
        let summer = Window { first_day: date(2026, 6, 1), ..window() };
        assert_eq!(summer.at(at("2026-06-01T07:30:00Z")), Moment::Open(at("2026-06-01T16:30:00Z")));
    }

    fn more(from: &str, until: &str) -> Window {
        Window { extension: Some(Extension { from: at(from), until: at(until) }), ..window() }
    }

    #[test]
    fn an_extension_goes_on_from_the_last_day() {
        let w = more("2026-03-04T17:30:00Z", "2026-03-06T12:00:00Z");
        assert_eq!(w.at(at("2026-03-04T12:00:00Z")), Moment::Open(at("2026-03-06T12:00:00Z")));
        assert_eq!(w.at(at("2026-03-05T23:00:00Z")), Moment::Open(at("2026-03-06T12:00:00Z")));
        assert_eq!(w.at(at("2026-03-06T12:00:00Z")), Moment::Over(at("2026-03-06T12:00:00Z")));
        assert_eq!(w.at(at("2026-03-02T20:00:00Z")), Moment::Shut(at("2026-03-03T08:30:00Z")));
    }

    #[test]
    fn more_time_may_lie_before_between_and_within_the_hours() {
        let before = more("2026-02-28T09:00:00Z", "2026-02-28T12:00:00Z");
        assert_eq!(before.at(at("2026-02-28T10:00:00Z")), Moment::Open(at("2026-02-28T12:00:00Z")));
        assert_eq!(before.at(at("2026-02-28T12:00:00Z")), Moment::Shut(at("2026-03-02T08:30:00Z")));
        let between = more("2026-03-02T19:00:00Z", "2026-03-02T21:00:00Z");
        assert_eq!(between.at(at("2026-03-02T18:00:00Z")), Moment::Shut(at("2026-03-02T19:00:00Z")));
        let within = more("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z");
        assert_eq!(within.at(at("2026-03-02T09:30:00Z")), Moment::Open(at("2026-03-02T17:30:00Z")));
    }

    #[test]
    fn all_days_are_working_days() {
        let calendar = Calendar::scotland(Vec::new());
        let today = date(2026, 2, 20);
        let ask = |day| first_day(Some(day), 3, &calendar, today);
        assert_eq!(ask(date(2026, 3, 2)), Ok(date(2026, 3, 2)));
        let thursday = ask(date(2026, 3, 5)).unwrap_err();
        assert_eq!(thursday.reason.values[0].1, "2026-03-07", "Saturday is named");
        assert_eq!(ask(date(2026, 2, 19)).unwrap_err().reason.key, "reading-window-past");
        assert_eq!(first_day(None, 3, &calendar, today).unwrap_err().reason.key, "problem-date");
    }
}
