//! Counts that leave the team: a number of people below five is not shown.
//!
//! The rule is the narrow one that the sources ask for of small numbers: no total is printed beside the parts,
//! so that nothing can be subtracted.

use serde::{Deserialize, Serialize};

/// The smallest number of people that is shown.
pub const SMALLEST_SHOWN: u32 = 5;

/// A count as a reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// The number itself.
    Shown(u32),
    /// Fewer than [`SMALLEST_SHOWN`]; also for none, so that "fewer" does not say "at least one".
    Few,
}

impl Figure {
    /// A count of people as it may leave the team.
    pub fn of_people(count: u32) -> Self {
        if count < SMALLEST_SHOWN { Self::Few } else { Self::Shown(count) }
    }

    /// A count of things that say nothing of a person, such as meetings.
    pub fn of_things(count: u32) -> Self {
        Self::Shown(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_people_are_few_and_five_are_counted() {
        for (count, figure) in [
            (0, Figure::Few),
            (1, Figure::Few),
            (4, Figure::Few),
            (5, Figure::Shown(5)),
            (60, Figure::Shown(60)),
        ] {
            assert_eq!(Figure::of_people(count), figure, "{count}");
        }
        assert_eq!(Figure::of_things(2), Figure::Shown(2));
    }
}
