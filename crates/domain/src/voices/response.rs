//! How many have answered of how many there are, while a survey is open.
//!
//! These are the only numbers of an open survey that anybody sees, so they are held back twice: a number below the
//! threshold is not shown, and those by service and role stand as they were at the end of the day before. Whoever
//! looks twice on one day learns nothing of who answered in between.

use keyline_disclosure::suppression::{Rule, suppress_row};
use keyline_statistics::proportions::whole_percent;
use serde::{Deserialize, Serialize};

/// The response of one group, or of the whole survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// How many have answered; none when there are fewer than the threshold, or when it would give another one away.
    pub answered: Option<u64>,
    /// How many there are, as the partnership says.
    pub people: Option<u32>,
    /// Whole percent, when both are known and there are not fewer people than answers.
    pub percent: Option<u8>,
    /// Whether the number is hidden although at least twice the threshold could have answered: few have, or it is hidden
    /// with one of which that is true.
    pub missing: bool,
}

/// The responses of the groups of one question, safe beside the total of the survey. `unsaid` have answered the survey but
/// not the question.
///
/// The parts and their total are made safe as a table; beyond that, what is hidden is never fewer people together than
/// the threshold, since such a sum would tell that each of its parts is small. Which of the hidden groups is the small
/// one is not said either.
pub fn responses(groups: &[(u64, Option<u32>)], unsaid: u64, smallest: u32) -> Vec<Response> {
    let threshold = u64::from(smallest);
    let mut counts: Vec<u64> = groups.iter().map(|(answered, _)| *answered).collect();
    counts.push(unsaid);
    let mut hidden = hidden(&counts, threshold);
    let sum = |hidden: &[bool]| -> u64 {
        counts.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(count, _)| *count).sum()
    };
    while (1..threshold).contains(&sum(&hidden)) {
        let next = (0..counts.len()).filter(|n| !hidden[*n]).min_by_key(|n| counts[*n]);
        let Some(next) = next else { break };
        hidden[next] = true;
    }
    groups
        .iter()
        .zip(hidden)
        .map(|((answered, people), hidden)| {
            let shown = (!hidden).then_some(*answered);
            Response {
                answered: shown,
                people: *people,
                percent: shown.zip(*people).and_then(|(answered, people)| percent(answered, people)),
                missing: hidden && people.is_some_and(|people| people >= 2 * smallest),
            }
        })
        .collect()
}

/// Which parts are hidden: all, when their total would be.
fn hidden(counts: &[u64], threshold: u64) -> Vec<bool> {
    let rule = Rule { threshold, hide_zero: true };
    match suppress_row(counts, rule) {
        Ok(row) if row.total().count().is_some() => {
            row.cells().iter().map(|cell| cell.count().is_none()).collect()
        }
        _ => vec![true; counts.len()],
    }
}

/// The response of the whole survey. That nobody has answered is shown: it singles out nobody.
pub fn whole(answered: u64, people: Option<u32>, smallest: u32) -> Response {
    let shown = (answered == 0 || answered >= u64::from(smallest)).then_some(answered);
    Response {
        answered: shown,
        people,
        percent: shown.zip(people).and_then(|(answered, people)| percent(answered, people)),
        missing: false,
    }
}

fn percent(answered: u64, people: u32) -> Option<u8> {
    whole_percent(answered, u64::from(people))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_groups_are_held_back_and_missing_voices_are_named() {
        let shown = responses(&[(20, Some(40)), (3, Some(60)), (12, None), (9, Some(9))], 0, 5);
        assert_eq!(shown[0].answered, Some(20));
        assert_eq!(shown[0].percent, Some(50));
        // The one small group hides the next smallest beside it.
        assert_eq!(shown[1].answered, None);
        assert!(shown[1].missing);
        assert_eq!(shown[3].answered, None);
        assert_eq!(shown[2].answered, Some(12));
        assert_eq!(shown[2].percent, None);
        assert_eq!(whole(0, Some(10), 5).answered, Some(0));
        assert_eq!(whole(4, Some(10), 5).answered, None);
        assert_eq!(whole(30, Some(10), 5).percent, None);
    }

    #[test]
    fn which_of_the_hidden_groups_is_small_is_not_said() {
        let shown = responses(&[(2, Some(60)), (11, Some(60)), (40, Some(60))], 0, 10);
        assert_eq!(shown[0], shown[1]);
        assert!(shown[0].missing);
    }

    #[test]
    fn those_who_did_not_say_their_group_are_protected_too() {
        // 45 have answered; two of them did not say where they work
        let shown = responses(&[(20, None), (23, None)], 2, 5);
        assert_eq!(shown.iter().filter(|s| s.answered.is_none()).count(), 1);
    }

    proptest! {
        #[test]
        fn no_group_below_the_threshold_follows_from_the_total(
            answered in prop::collection::vec(0_u64..30, 1..8), unsaid in 0_u64..12, smallest in 5_u32..12
        ) {
            let groups: Vec<_> = answered.iter().map(|n| (*n, Some(100))).collect();
            let shown = responses(&groups, unsaid, smallest);
            prop_assert!(shown.iter().all(|s| s.answered.is_none_or(|n| n >= u64::from(smallest))));
            prop_assert!(shown.iter().all(|s| s.missing == s.answered.is_none()));
            // What is left when the shown groups are taken from the total. Where everything is hidden nothing can be taken.
            let total: u64 = answered.iter().sum::<u64>() + unsaid;
            let left = total - shown.iter().filter_map(|s| s.answered).sum::<u64>();
            if shown.iter().any(|s| s.answered.is_some()) {
                prop_assert!(left == 0 || left >= u64::from(smallest));
            }
        }
    }
}
