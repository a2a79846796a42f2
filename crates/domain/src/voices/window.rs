//! When a survey takes answers, and when its results open.
//!
//! A survey closes at its minute. A page that was opened before may be sent for [`GRACE`] longer, so that nobody who is
//! writing loses what was written. The results stay closed to everybody until that time is over too: before it, a
//! reader could watch single answers come in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::inspections::way::SurveyState;

/// How long after its minute a survey still takes an answer whose page was opened before.
pub const GRACE: SignedDuration = SignedDuration::from_mins(30);

/// The times of one survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Where it stands.
    pub state: SurveyState,
    /// The minute at which it is to close.
    pub closes_at: Timestamp,
    /// When it was closed: at its minute by the clock, or before by a person.
    pub closed_at: Option<Timestamp>,
}

/// Whether a survey takes an answer at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// It has not opened.
    NotYet,
    /// Pages can be opened and answers sent.
    Open,
    /// It has closed: no page is opened any more, answers to pages opened before are taken.
    LastMinutes {
        /// Until when.
        until: Timestamp,
    },
    /// It takes nothing any more.
    Over {
        /// When it closed.
        since: Timestamp,
    },
}

impl Window {
    /// When it closed or is to close.
    pub fn end(&self) -> Timestamp {
        self.closed_at.unwrap_or(self.closes_at)
    }

    /// Until when answers to pages that were opened before are taken.
    pub fn grace_until(&self) -> Timestamp {
        self.end() + GRACE
    }

    /// Whether it takes answers now.
    pub fn taking(&self, now: Timestamp) -> Taking {
        if self.state == SurveyState::Planned {
            Taking::NotYet
        } else if self.state == SurveyState::Open && now < self.closes_at {
            Taking::Open
        } else if now < self.grace_until() {
            Taking::LastMinutes { until: self.grace_until() }
        } else {
            Taking::Over { since: self.end() }
        }
    }

    /// Whether an answer is taken now, from a page that may have been opened before.
    pub fn takes_answers(&self, now: Timestamp) -> bool {
        matches!(self.taking(now), Taking::Open | Taking::LastMinutes { .. })
    }

    /// Whether the results may be looked at: it is closed and takes nothing any more.
    pub fn results_open(&self, now: Timestamp) -> bool {
        self.state == SurveyState::Closed && now >= self.grace_until()
    }

    /// Whether the clock has to close it.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == SurveyState::Open && now >= self.closes_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        let start: Timestamp = "2026-03-06T17:00:00Z".parse().unwrap();
        start + SignedDuration::from_mins(minute)
    }

    #[test]
    fn a_survey_closes_at_its_minute_and_its_results_open_when_the_grace_is_over() {
        let planned = Window { state: SurveyState::Planned, closes_at: at(0), closed_at: None };
        let open = Window { state: SurveyState::Open, ..planned };
        let by_clock = Window { state: SurveyState::Closed, closed_at: Some(at(0)), ..planned };
        let early = Window { state: SurveyState::Closed, closed_at: Some(at(-60)), ..planned };
        let over = |minute| Taking::Over { since: at(minute) };
        let last = |minute| Taking::LastMinutes { until: at(minute) };
        for (window, minute, taking, results) in [
            (planned, -1, Taking::NotYet, false),
            (open, -1, Taking::Open, false),
            // The clock may come late: the minute counts, not the clock.
            (open, 0, last(30), false),
            (open, 30, over(0), false),
            (by_clock, 0, last(30), false),
            (by_clock, 29, last(30), false),
            (by_clock, 30, over(0), true),
            (early, -59, last(-30), false),
            (early, -30, over(-60), true),
        ] {
            assert_eq!(window.taking(at(minute)), taking, "{window:?} at {minute}");
            assert_eq!(window.results_open(at(minute)), results, "{window:?} at {minute}");
        }
        assert!(!open.is_overdue(at(-1)) && open.is_overdue(at(0)) && !by_clock.is_overdue(at(0)));
    }
}
