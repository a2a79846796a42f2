//! How many have answered of how many there are, while a survey is open.
//!
//! These are the only numbers of an open survey that anybody sees, so they are held back twice: a number below the
//! threshold is not shown, and those by service and role stand as they were at the end of the day before. Whoever
//! looks twice on one day learns nothing of who answered in between.

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
    /// Whether nobody has answered, or too few to be shown, although at least twice the threshold could.
    pub missing: bool,
}

/// The responses of the groups of one question, safe beside the total of the survey: where a single group would be
/// hidden, the total would give it away, so the next smallest is hidden too.
pub fn responses(groups: &[(u64, Option<u32>)], smallest: u32) -> Vec<Response> {
    let small = |answered: u64| answered < u64::from(smallest);
    let mut hidden: Vec<bool> = groups.iter().map(|(answered, _)| small(*answered)).collect();
    let hidden_sum = |hidden: &[bool]| -> u64 {
        groups.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|((answered, _), _)| *answered).sum()
    };
    while hidden.iter().any(|h| *h) && hidden_sum(&hidden) > 0 && hidden_sum(&hidden) < u64::from(smallest)
        || hidden.iter().filter(|h| **h).count() == 1 && hidden_sum(&hidden) > 0
    {
        let next = groups
            .iter()
            .enumerate()
            .filter(|(n, _)| !hidden[*n])
            .min_by_key(|(_, (answered, _))| *answered)
            .map(|(n, _)| n);
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
                missing: small(*answered) && people.is_some_and(|people| people >= 2 * smallest),
            }
        })
        .collect()
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
    let people = u64::from(people);
    (people > 0 && answered <= people).then(|| u8::try_from((200 * answered + people) / (2 * people)).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_groups_are_held_back_and_missing_voices_are_named() {
        let shown = responses(&[(20, Some(40)), (3, Some(60)), (12, None), (9, Some(9))], 5);
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

    proptest! {
        #[test]
        fn no_group_below_the_threshold_follows_from_the_total(
            answered in prop::collection::vec(0_u64..30, 1..8), smallest in 5_u32..12
        ) {
            let groups: Vec<_> = answered.iter().map(|n| (*n, None)).collect();
            let shown = responses(&groups, smallest);
            let hidden: Vec<u64> = answered.iter().zip(&shown).filter(|(_, s)| s.answered.is_none()).map(|(n, _)| *n).collect();
            let sum: u64 = hidden.iter().sum();
            prop_assert!(shown.iter().all(|s| s.answered.is_none_or(|n| n >= u64::from(smallest))));
            // Alone it would follow from the total; a sum below the threshold tells that all of them are small. Where
            // everything is hidden nothing can be subtracted.
            if hidden.len() < answered.len() && sum > 0 {
                prop_assert!(hidden.len() > 1);
                prop_assert!(sum >= u64::from(smallest));
            }
        }
    }
}
