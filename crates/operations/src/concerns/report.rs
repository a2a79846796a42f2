//! The lead's overview and the report to the service manager: numbers and states, nothing of what was written and nobody
//! named.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use keyline_domain::concerns::way::Stage;
use keyline_domain::concerns::{Outcome, Source};
use keyline_store::concerns::Concern;

/// What the overview says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// All concerns.
    pub all: usize,
    /// Those without an outcome.
    pub open: usize,
    /// Those whose clock has run out.
    pub overdue: usize,
    /// How many were raised where.
    pub by_source: BTreeMap<Source, usize>,
    /// How many stand where.
    pub by_stage: BTreeMap<Stage, usize>,
    /// What became of those that are closed.
    pub by_outcome: BTreeMap<Outcome, usize>,
    /// Time from raising to the decision: middle and longest.
    pub to_decision: Option<(SignedDuration, SignedDuration)>,
    /// Time from raising to the hand-over: middle and longest.
    pub to_hand_over: Option<(SignedDuration, SignedDuration)>,
}

/// Counts concerns as they stand at `now`.
pub fn report(concerns: &[Concern], now: Timestamp) -> Report {
    let mut report = Report { all: concerns.len(), ..Report::default() };
    let (mut decisions, mut hand_overs) = (Vec::new(), Vec::new());
    for concern in concerns {
        report.open += usize::from(concern.stage != Stage::Closed);
        report.overdue += usize::from(concern.is_overdue(now));
        *report.by_source.entry(concern.source).or_default() += 1;
        *report.by_stage.entry(concern.stage).or_default() += 1;
        if let Some(outcome) = concern.outcome {
            *report.by_outcome.entry(outcome).or_default() += 1;
        }
        decisions.extend(concern.decided_at.map(|at| at.duration_since(concern.raised_at)));
        hand_overs.extend(concern.handed_at.map(|at| at.duration_since(concern.raised_at)));
    }
    report.to_decision = middle_and_longest(decisions);
    report.to_hand_over = middle_and_longest(hand_overs);
    report
}

fn middle_and_longest(mut times: Vec<SignedDuration>) -> Option<(SignedDuration, SignedDuration)> {
    times.sort_unstable();
    let longest = *times.last()?;
    let half = times.len() / 2;
    // Of an even number the mean of the two in the middle.
    let middle = if times.len() % 2 == 1 { times[half] } else { (times[half - 1] + times[half]) / 2 };
    Some((middle, longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_even_number_lies_between() {
        let minutes = |all: &[i64]| all.iter().map(|m| SignedDuration::from_mins(*m)).collect::<Vec<_>>();
        let said =
            |all: &[i64]| middle_and_longest(minutes(all)).map(|(m, l)| (m.as_secs() / 60, l.as_secs() / 60));
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[30]), Some((30, 30)));
        assert_eq!(said(&[10, 90, 30]), Some((30, 90)));
        assert_eq!(said(&[10, 20, 40, 100]), Some((30, 100)));
    }
}
