//! How much a near miss counts as agreement.

use super::readings::Scale;

/// The weights of a coefficient. They belong to the result: the same readings can be "moderate" with one and "almost
/// perfect" with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// A near miss is a miss: equal or not (Cohen 1960, *Educational and Psychological Measurement* 20).
    Unweighted,
    /// Less agreement in proportion to the distance (Cohen 1968, *Psychological Bulletin* 70).
    Linear,
    /// Less agreement by the square of the distance (Fleiss and Cohen 1973, *Educational and Psychological Measurement* 33).
    Quadratic,
}

impl Weights {
    /// The agreement of two categories: 1 when they are one, 0 (weighted) for the two ends of the scale.
    pub(super) fn agreement(self, scale: &Scale, a: usize, b: usize) -> f64 {
        if a == b {
            return 1.0;
        }
        let numbers = scale.numbers();
        let distance = (numbers[a] - numbers[b]).abs() / scale.span();
        match self {
            Self::Unweighted => 0.0,
            Self::Linear => 1.0 - distance,
            Self::Quadratic => 1.0 - distance * distance,
        }
    }
}
