//! How many to draw for a proportion with a stated margin.
//!
//! Cochran, *Sampling Techniques* (3rd ed. 1977), section 4.4: `n₀ = z² p (1 − p) ÷ e²`, and with the finite population
//! correction `n = n₀ ÷ (1 + (n₀ − 1) ÷ N)`, rounded up.

use crate::normal::Confidence;

/// What the sample is to be able to say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// How sure.
    pub confidence: Confidence,
    /// Half the width of the interval, as a share: 0.05 for "within five percentage points".
    pub margin: f64,
    /// The proportion expected; 0.5 asks for the largest sample and is right when nothing is known.
    pub expected: f64,
}

impl Precision {
    /// With nothing known of the proportion.
    pub fn new(confidence: Confidence, margin: f64) -> Self {
        Self { confidence, margin, expected: 0.5 }
    }
}

/// Why no size can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// The margin must lie strictly between 0 and 1.
    #[error("the margin must lie between 0 and 1")]
    Margin,
    /// The expected proportion must lie strictly between 0 and 1.
    #[error("the expected proportion must lie between 0 and 1")]
    Expected,
}

/// The least number to draw out of `population`; never more than the population.
pub fn sample_size(population: u64, precision: Precision) -> Result<u64, SizeError> {
    let Precision { confidence, margin, expected } = precision;
    if !(margin > 0.0 && margin < 1.0) {
        return Err(SizeError::Margin);
    }
    if !(expected > 0.0 && expected < 1.0) {
        return Err(SizeError::Expected);
    }
    if population == 0 {
        return Ok(0);
    }
    let z = confidence.z();
    let unlimited = z * z * expected * (1.0 - expected) / (margin * margin);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a population beyond 2^53 does not occur and would not matter"
    )]
    let population_f = population as f64;
    let corrected = unlimited / (1.0 + (unlimited - 1.0) / population_f);
    // an exact whole number must not be rounded up by the last digit of a double
    let rounded = (corrected - 1e-9).ceil().max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1, and capped by the population"
    )]
    Ok((rounded as u64).min(population))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn usual_sizes_at_95_and_five_points() {
        // n0 = 1.959964^2 x 0.25 / 0.0025 = 384.146; N = 100: 384.146 / (1 + 383.146 / 100) = 79.51 -> 80
        for (population, size) in [
            (1, 1),
            (10, 10),
            (50, 45),
            (100, 80),
            (500, 218),
            (1_000, 278),
            (10_000, 370),
            (1_000_000_000, 385),
        ] {
            let precision = Precision::new(Confidence::NINETY_FIVE, 0.05);
            assert_eq!(sample_size(population, precision), Ok(size), "{population}");
        }
        assert_eq!(sample_size(0, Precision::new(Confidence::NINETY_FIVE, 0.05)), Ok(0));
    }

    #[test]
    fn other_precision() {
        // 90 %, 10 points, N = 200: n0 = 1.644854^2 x 25 = 67.64; 67.64 / (1 + 66.64 / 200) = 50.74 -> 51
        let ninety = Confidence::new(0.9).unwrap();
        assert_eq!(sample_size(200, Precision::new(ninety, 0.1)), Ok(51));
        // p = 0.2, 95 %, 5 points, N = 300: n0 = 245.85; 245.85 / (1 + 244.85 / 300) = 135.36 -> 136
        let known = Precision { confidence: Confidence::NINETY_FIVE, margin: 0.05, expected: 0.2 };
        assert_eq!(sample_size(300, known), Ok(136));
    }

    #[test]
    fn refuses_impossible_precision() {
        let with = |margin, expected| Precision { confidence: Confidence::NINETY_FIVE, margin, expected };
        assert_eq!(sample_size(10, with(0.0, 0.5)), Err(SizeError::Margin));
        assert_eq!(sample_size(10, with(5.0, 0.5)), Err(SizeError::Margin));
        assert_eq!(sample_size(10, with(0.1, 1.0)), Err(SizeError::Expected));
    }

    proptest! {
        #[test]
        fn never_above_the_population_and_never_less_for_more_people(population in 1_u64..100_000, more in 0_u64..1_000, margin in 0.01_f64..0.5) {
            let precision = Precision::new(Confidence::NINETY_FIVE, margin);
            let size = sample_size(population, precision).unwrap();
            prop_assert!(size >= 1 && size <= population);
            prop_assert!(sample_size(population + more, precision).unwrap() >= size);
        }
    }
}
