//! Between which shares the share of everybody lies, if those who answered were a random part of them.
//!
//! They are not: whoever answers a survey chose to. So a range never goes anywhere without saying so, and without how many
//! answered of how many there are.

use keyline_statistics::finite::{Certainty, Selection, proportion};
use keyline_statistics::normal::Confidence;

use super::{Base, Results, Row};

/// How sure a range is.
pub const CONFIDENCE: Confidence = Confidence::NINETY_FIVE;

/// The ends of a range in whole percent of all the people there are, rounded outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Lower end, 0 to 100.
    pub low: u8,
    /// Upper end, 0 to 100.
    pub high: u8,
}

/// The range of the share of an answer among all `people` of whom the survey asks, at [`CONFIDENCE`]
/// ([`keyline_statistics::finite`], which takes into account how few they are).
///
/// None when the share is hidden; when only some of those who answered the survey were asked the question, since nobody knows
/// how many of all that would be; when its share is taken of the asked; and when everybody answered, as nothing is left
/// to be unsure of.
pub fn range(results: &Results, row: &Row, answer: usize, people: u64) -> Option<Range> {
    let count = row.counts.get(answer).copied().flatten()?;
    let Some(Base::Answered(answered)) = row.base() else { return None };
    if row.asked.is_none() || row.asked != results.people {
        return None;
    }
    match proportion(count, answered, people, Selection::SelfSelected, CONFIDENCE) {
        Certainty::Between { low, high, .. } => {
            Some(Range { low: percent((low * 100.0).floor()), high: percent((high * 100.0).ceil()) })
        }
        Certainty::None(_) => None,
    }
}

/// A whole number from 0 to 100 as one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
fn percent(share: f64) -> u8 {
    share.clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(asked: Option<u64>, answered: Option<u64>, counts: Vec<Option<u64>>) -> (Results, Row) {
        let results = Results { people: Some(45), smallest: 5, groupings: Vec::new(), questions: Vec::new() };
        (results, Row { asked, answered, counts })
    }

    #[test]
    fn a_range_stands_where_everybody_was_asked_and_not_everybody_answered() {
        let some = |n| Some(n);
        for (asked, answered, count, people, known) in [
            (some(45), some(45), some(20), 228, true),
            (some(45), some(40), some(20), 228, true),
            // everybody there is has answered
            (some(45), some(45), some(20), 45, false),
            // fewer people than answers: the number of people is wrong
            (some(45), some(45), some(20), 30, false),
            // some of them were asked
            (some(30), some(30), some(20), 228, false),
            // hidden
            (some(45), some(45), None, 228, false),
            (None, some(45), some(20), 228, false),
            // of those asked
            (some(45), None, some(20), 228, false),
        ] {
            let (results, row) = of(asked, answered, vec![count]);
            assert_eq!(
                range(&results, &row, 0, people).is_some(),
                known,
                "{asked:?} {answered:?} {count:?} {people}"
            );
        }
    }

    #[test]
    fn few_people_make_it_narrow() {
        let (results, row) = of(Some(45), Some(45), vec![Some(20)]);
        let near = range(&results, &row, 0, 60).unwrap();
        let far = range(&results, &row, 0, 60_000).unwrap();
        assert!(near.high - near.low < far.high - far.low);
    }

    proptest! {
        #[test]
        fn it_holds_the_share_itself(count in 0_u64..=45, more in 1_u64..1000) {
            let (results, row) = of(Some(45), Some(45), vec![Some(count)]);
            let range = range(&results, &row, 0, 45 + more).unwrap();
            let share = row.percent(0).unwrap();
            prop_assert!(range.low <= share && share <= range.high && range.high <= 100);
        }
    }
}
