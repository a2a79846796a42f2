//! How long each step of a concern, and of a message of the public channel, may take, and how long messages are kept.
//!
//! The published procedure names no times. The values are data of the programme (`concerns.toml`) and marked there as not
//! confirmed; [`Rules::default`] holds for what belongs to no programme. A clock counts minutes of working hours; when
//! somebody is in immediate danger, it counts every minute of day and night.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::clock::{at_london, day_of};
use crate::evidence::worded;
use crate::inspections::calendar::Calendar;
use crate::programmes::Provenance;

worded! {
    /// A step for which a clock runs.
    Step {
        /// The lead decides about a concern.
        Decide = "decide",
        /// Whoever raised it says more.
        Answer = "answer",
        /// It is handed to the local lead.
        HandOver = "hand-over",
        /// The local lead acknowledges it.
        Acknowledge = "acknowledge",
        /// The local lead says what became of it.
        Outcome = "outcome",
        /// A message of the public channel is read and decided about.
        Triage = "triage",
    }
}

worded! {
    /// What a message of the public channel turned out to be. Each is kept for a time of its own.
    Triage {
        /// A voice for the inspection: it becomes evidence.
        Voice = "voice",
        /// Somebody may be unsafe: it goes the way of a concern.
        Concern = "concern",
        /// A complaint: the person is told where it is heard.
        Complaint = "complaint",
        /// Nothing for an inspection; it is answered.
        Nothing = "nothing",
    }
}

/// How long a step may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Minutes of day and night when somebody is in immediate danger.
    pub danger_minutes: u16,
    /// Minutes of working hours otherwise.
    pub working_minutes: u16,
    /// Where this comes from; `None` for the default.
    pub provenance: Option<Provenance>,
}

/// The rules of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// When working hours begin.
    pub from: Time,
    /// When they end.
    pub to: Time,
    /// How long each step may take.
    pub limits: BTreeMap<Step, Limit>,
    /// Days for which a message is kept after it was decided about.
    pub kept_days: BTreeMap<Triage, u16>,
    /// Days before its deletion on which a reminder appears.
    pub reminder_days: u16,
}

impl Default for Rules {
    fn default() -> Self {
        let limit =
            |danger_minutes, working_minutes| Limit { danger_minutes, working_minutes, provenance: None };
        Self {
            from: Time::constant(9, 0, 0, 0),
            to: Time::constant(17, 0, 0, 0),
            limits: BTreeMap::from([
                (Step::Decide, limit(30, 240)),
                (Step::Answer, limit(30, 240)),
                (Step::HandOver, limit(30, 120)),
                (Step::Acknowledge, limit(60, 480)),
                (Step::Outcome, limit(1440, 4800)),
                (Step::Triage, limit(240, 960)),
            ]),
            kept_days: BTreeMap::from([
                (Triage::Voice, 180),
                (Triage::Concern, 30),
                (Triage::Complaint, 60),
                (Triage::Nothing, 30),
            ]),
            reminder_days: 14,
        }
    }
}

impl Rules {
    /// When a step that began at `from` has to be done.
    pub fn due(&self, step: Step, danger: bool, from: Timestamp, calendar: &Calendar) -> Timestamp {
        let standard = Self::default();
        let Some(limit) = self.limits.get(&step).or_else(|| standard.limits.get(&step)) else { return from };
        if danger {
            let minutes = SignedDuration::from_mins(i64::from(limit.danger_minutes));
            return from.checked_add(minutes).unwrap_or(from);
        }
        self.add_working_minutes(from, i64::from(limit.working_minutes), calendar)
    }

    /// Days for which a message is kept.
    pub fn kept(&self, triage: Triage) -> i64 {
        i64::from(self.kept_days.get(&triage).copied().unwrap_or(30))
    }

    fn add_working_minutes(&self, from: Timestamp, minutes: i64, calendar: &Calendar) -> Timestamp {
        let mut left = SignedDuration::from_mins(minutes);
        let mut day = day_of(from);
        // Longer than any clock: the loop ends even if nobody ever worked.
        for _ in 0..1_000 {
            if calendar.is_working_day(day)
                && let (Ok(opens), Ok(closes)) = (at_london(day, self.from), at_london(day, self.to))
            {
                let begins = from.max(opens);
                if begins < closes {
                    let room = closes.duration_since(begins);
                    if left <= room {
                        return begins.checked_add(left).unwrap_or(closes);
                    }
                    left -= room;
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        from
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn working_minutes_pass_over_nights_weekends_and_bank_holidays() {
        let (rules, calendar) = (Rules::default(), Calendar::scotland(Vec::new()));
        let due = |from: &str| rules.due(Step::Decide, false, at(from), &calendar).to_string();
        // Monday morning: four hours later.
        assert_eq!(due("2026-03-02T10:00:00Z"), "2026-03-02T14:00:00Z");
        // Friday 15:30: half past eleven on Monday.
        assert_eq!(due("2026-03-06T15:30:00Z"), "2026-03-09T11:30:00Z");
        // At night: counted from nine.
        assert_eq!(due("2026-03-03T02:00:00Z"), "2026-03-03T13:00:00Z");
        // Over the night in which the clocks go forward: nine in London is eight in UTC.
        assert_eq!(due("2026-03-27T16:00:00Z"), "2026-03-30T11:00:00Z");
        // Christmas, Boxing Day and the weekend: the 28th is a bank holiday in place of Boxing Day, a Saturday.
        assert_eq!(due("2026-12-24T16:00:00Z"), "2026-12-29T12:00:00Z");
    }

    #[test]
    fn danger_counts_every_minute_also_in_the_night_the_clocks_change() {
        let (rules, calendar) = (Rules::default(), Calendar::scotland(Vec::new()));
        let due = |from: &str| rules.due(Step::Decide, true, at(from), &calendar).to_string();
        assert_eq!(due("2026-03-29T00:45:00Z"), "2026-03-29T01:15:00Z");
        assert_eq!(due("2026-10-25T00:45:00Z"), "2026-10-25T01:15:00Z");
        assert_eq!(due("2026-12-25T23:50:00Z"), "2026-12-26T00:20:00Z");
    }

    proptest! {
        #[test]
        fn a_clock_never_runs_backwards_and_danger_is_never_slower(
            minutes in 0_i64..2_000_000, later in 0_i64..20_000, step in 0..Step::ALL.len(),
        ) {
            let (rules, calendar, step) = (Rules::default(), Calendar::scotland(Vec::new()), Step::ALL[step]);
            let from = at("2025-01-01T00:00:00Z") + SignedDuration::from_mins(minutes);
            let due = rules.due(step, false, from, &calendar);
            prop_assert!(due > from);
            prop_assert!(rules.due(step, false, from + SignedDuration::from_mins(later), &calendar) >= due);
            prop_assert!(rules.due(step, true, from, &calendar) <= due);
            let limit = &rules.limits[&step];
            prop_assert!(due.duration_since(from) >= SignedDuration::from_mins(i64::from(limit.working_minutes)));
        }
    }
}
