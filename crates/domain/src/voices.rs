//! What people say: when a survey opens and closes, and what of its results may be shown.
//!
//! Numbers of people are small here (32 to 200 children in an area), so a count below [`SMALLEST`] is never shown, nor
//! a count from which it could be worked out, nor the split of a group that is itself too small.

use jiff::civil::Date;
use keyline_forms::{Instrument, QuestionKind, QuestionTally};
use serde::{Deserialize, Serialize};

use crate::inspections::way::SurveyState;
use crate::reasons::Reason;

/// The smallest number of people that is shown. Islands and other small places may raise it, never lower it.
pub const SMALLEST: u64 = 5;

/// A count as it may leave the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// The count itself.
    Count(u64),
    /// Hidden, because it is small or would give a small one away.
    Hidden,
}

/// The result of one question as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownQuestion {
    /// Key of the question.
    pub question: String,
    /// How many answered it; hidden when too few did, and then nothing else is shown.
    pub answered: Shown,
    /// Each level with its count.
    pub levels: Vec<(String, Shown)>,
}

/// The results of a survey as they may be shown. Free texts are not among them: what people write in their own words
/// can give them away and is read by the team alone.
pub fn released(instrument: &Instrument, tallies: &[QuestionTally]) -> Vec<ShownQuestion> {
    tallies
        .iter()
        .filter(|t| {
            instrument
                .question(&t.question)
                .is_some_and(|q| !matches!(q.kind, QuestionKind::Text | QuestionKind::WholeNumber))
        })
        .map(|t| {
            let answered = u64::try_from(t.answered).unwrap_or(u64::MAX);
            let counts: Vec<u64> =
                t.counts.iter().map(|c| u64::try_from(c.count).unwrap_or(u64::MAX)).collect();
            let enough = answered >= SMALLEST;
            let shown = if enough { hide(&counts) } else { vec![Shown::Hidden; counts.len()] };
            ShownQuestion {
                question: t.question.clone(),
                answered: if enough { Shown::Count(answered) } else { Shown::Hidden },
                levels: t.counts.iter().map(|c| c.value.clone()).zip(shown).collect(),
            }
        })
        .collect()
}

/// Hides the small counts of one distribution whose total is known. Where a single count would be hidden, the
/// smallest other one that is not zero is hidden too, since the total gives the one away; where there is no other, or
/// the hidden ones together are still small, further ones follow.
fn hide(counts: &[u64]) -> Vec<Shown> {
    let mut hidden: Vec<bool> = counts.iter().map(|c| (1..SMALLEST).contains(c)).collect();
    if hidden.iter().any(|h| *h) {
        loop {
            let sum: u64 = counts.iter().zip(&hidden).filter(|(_, h)| **h).map(|(c, _)| *c).sum();
            if hidden.iter().filter(|h| **h).count() >= 2 && sum >= SMALLEST {
                break;
            }
            let next = counts
                .iter()
                .enumerate()
                .filter(|(n, c)| !hidden[*n] && **c > 0)
                .min_by_key(|(_, c)| **c)
                .or_else(|| counts.iter().enumerate().find(|(n, _)| !hidden[*n]))
                .map(|(n, _)| n);
            match next {
                Some(n) => hidden[n] = true,
                None => break,
            }
        }
    }
    counts.iter().zip(hidden).map(|(c, h)| if h { Shown::Hidden } else { Shown::Count(*c) }).collect()
}

/// Why a survey cannot take an answer on a day; `None` when it can. It closes at the end of its last day.
pub fn closed_because(state: SurveyState, closes_on: Date, today: Date) -> Option<Reason> {
    match state {
        SurveyState::Planned => Some(Reason::new("survey-not-open")),
        SurveyState::Closed => Some(Reason::new("survey-closed").with("day", closes_on)),
        SurveyState::Open if today > closes_on => Some(Reason::new("survey-closed").with("day", closes_on)),
        SurveyState::Open => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_counts_and_their_givers_away_are_hidden() {
        use Shown::{Count, Hidden};
        for (counts, want) in [
            (vec![20, 30, 0], vec![Count(20), Count(30), Count(0)]),
            (vec![3, 20, 30], vec![Hidden, Hidden, Count(30)]),
            (vec![3, 4, 30], vec![Hidden, Hidden, Count(30)]),
            (vec![1, 1, 30, 12], vec![Hidden, Hidden, Count(30), Hidden]),
            (vec![3, 0], vec![Hidden, Hidden]),
        ] {
            assert_eq!(hide(&counts), want, "{counts:?}");
        }
    }

    proptest! {
        #[test]
        fn no_hidden_count_follows_from_what_is_shown(counts in prop::collection::vec(0_u64..40, 1..7)) {
            let shown = hide(&counts);
            let hidden: Vec<u64> = counts.iter().zip(&shown).filter(|(_, s)| **s == Shown::Hidden).map(|(c, _)| *c).collect();
            for (count, s) in counts.iter().zip(&shown) {
                prop_assert!(*s == Shown::Hidden || *count == 0 || *count >= SMALLEST);
            }
            // With the total known, a reader learns the sum of the hidden ones: it must not pin a single one down.
            if counts.len() > 1 {
                prop_assert!(hidden.len() != 1);
            }
            if counts.iter().all(|c| *c == 0 || *c >= SMALLEST) {
                prop_assert!(hidden.is_empty());
            }
        }
    }

    #[test]
    fn a_survey_closes_at_the_end_of_its_day() {
        let day = jiff::civil::date(2026, 3, 6);
        let next = jiff::civil::date(2026, 3, 7);
        assert!(closed_because(SurveyState::Open, day, day).is_none());
        assert!(closed_because(SurveyState::Open, day, next).is_some());
        assert!(closed_because(SurveyState::Planned, day, day).is_some());
        assert!(closed_because(SurveyState::Closed, day, day).is_some());
    }
}
