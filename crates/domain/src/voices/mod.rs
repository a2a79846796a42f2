//! What people say: how a survey is handed out, when it takes answers, what of its results may be shown.
//!
//! | module | subject |
//! | --- | --- |
//! | [`window`] | the minute at which a survey closes, the grace, when results open |
//! | [`threshold`] | the smallest number of people that is shown |
//! | [`codes`] | codes that open a survey once |
//! | [`cues`] | words in a free text that put it in front of a person at once |
//! | [`paper`] | the questions on paper, cards that invite, a sheet that reminds |
//! | [`response`] | how many have answered of how many |
//! | [`results`] | what was said, in numbers that may be shown |
//!
//! Numbers of people are small here (32 to 200 children in an area), so a count below the threshold is never shown, nor
//! a count from which it could be worked out, nor the split of a group that is itself too small.

pub mod codes;
pub mod cues;
pub mod paper;
pub mod response;
pub mod results;
pub mod threshold;
pub mod window;

use keyline_forms::{Instrument, QuestionKind, QuestionTally};
use serde::{Deserialize, Serialize};

pub use window::{GRACE, Taking, Window};

/// How a survey is handed out. Fixed when it is made: no way makes an answer less anonymous than another, and none can
/// be exchanged for another while people answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// One link for everybody.
    OpenLink,
    /// One link for everybody and one for each service, which fills in the service.
    ServiceLinks,
    /// A link that opens with a printed code, once for each code.
    Codes,
}

impl Distribution {
    /// All ways, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::OpenLink, Self::ServiceLinks, Self::Codes];

    /// The word in forms, in the database and in keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::OpenLink => "open-link",
            Self::ServiceLinks => "service-links",
            Self::Codes => "codes",
        }
    }

    /// The way of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

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
}
