//! The least count that may be shown, as a decision that somebody took.

use crate::suppression::Rule;

/// The least count of people that may be shown: counts below it are hidden. Never below [`Threshold::LEAST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Threshold(u64);

/// A number that is too small to be a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is too small: the least count that is shown must be {least} or more", least = Threshold::LEAST)]
pub struct ThresholdTooSmall(pub u64);

impl Threshold {
    /// No threshold is lower. With 2, each of two people would know the other's answer from a table; with 3, none of
    /// three knows which of the others said what.
    pub const LEAST: u64 = 3;
    /// For answers of adults at work: counts 1 to 4 are hidden, as survey houses that report to schools do.
    pub const STAFF: Self = Self(5);
    /// Where children can be singled out: counts 1 to 9 are hidden, as the output checkers of research environments (ACRO)
    /// and NHS Education for Scotland have it.
    pub const CHILDREN: Self = Self(10);

    /// Refuses what is below [`Threshold::LEAST`].
    pub fn new(least_shown: u64) -> Result<Self, ThresholdTooSmall> {
        if least_shown < Self::LEAST {
            return Err(ThresholdTooSmall(least_shown));
        }
        Ok(Self(least_shown))
    }

    /// The least count that may be shown.
    pub fn get(self) -> u64 {
        self.0
    }

    /// Whether a count is of people, and of too few of them.
    pub fn is_small(self, count: u64) -> bool {
        0 < count && count < self.0
    }

    /// The rule of a single table with this threshold, in which zeros are shown.
    pub fn rule(self) -> Rule {
        Rule { threshold: self.0, hide_zero: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small() {
        assert_eq!(Threshold::new(2), Err(ThresholdTooSmall(2)));
        assert_eq!(Threshold::new(0).unwrap_err().to_string().split(':').next(), Some("0 is too small"));
        let three = Threshold::new(3).unwrap();
        assert_eq!([0, 1, 2, 3].map(|n| three.is_small(n)), [false, true, true, false]);
        assert_eq!(Threshold::STAFF.rule(), Rule::default());
    }
}
