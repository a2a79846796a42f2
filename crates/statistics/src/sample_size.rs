//! How many to draw for a proportion with a stated margin, and the margin that a number buys.
//!
//! Cochran, *Sampling Techniques* (3rd ed. 1977), section 4.4: `n₀ = z² p (1 − p) ÷ e²`, and with the finite population
//! correction `n = n₀ ÷ (1 + (n₀ − 1) ÷ N)`, rounded up. The other way round, and for strata (section 5.3 with theorem
//! 3.2): `e² = z² Σ (N_h ÷ N)² p_h (1 − p_h) ÷ n_h × (N_h − n_h) ÷ (N_h − 1)`.
//!
//! A margin is what can be said before anything is read. What was found has an interval: [`crate::finite`] and
//! [`crate::stratified`].

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
    /// There is nobody of whom anything could be said.
    #[error("there is nobody in the population")]
    Nobody,
    /// Nobody is drawn from the part of the population at this place, counted from 0: nothing is told of it.
    #[error("nobody is drawn from part {0} of the population")]
    NobodyDrawn(usize),
    /// More are drawn from the part at this place than it has.
    #[error("more are drawn from part {0} of the population than it has")]
    MoreThanThere(usize),
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
    let corrected = unlimited / (1.0 + (unlimited - 1.0) / float(population));
    // an exact whole number must not be rounded up by the last digit of a double
    let rounded = (corrected - 1e-9).ceil().max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1, and capped by the population"
    )]
    Ok((rounded as u64).min(population))
}

/// How many are drawn from the population, or from one stratum of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// How many there are.
    pub population: u64,
    /// How many of them are drawn.
    pub size: u64,
    /// The proportion expected, strictly between 0 and 1; 0.5 gives the widest margin.
    pub expected: f64,
}

/// How far a proportion in the sample can be from that in the population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Margin {
    /// Not at all: all are drawn.
    Census,
    /// Half the width of the interval, as a share. Above 1 it promises nothing.
    Within(f64),
}

/// The margin that a sample buys, before anything is known of what it will say: of one population, or of several strata
/// that each count with their part of the whole.
///
/// # Errors
/// Nobody at all, an expected proportion that is none, a stratum with nobody drawn or with more than there are. Empty
/// strata are passed over.
pub fn margin(strata: &[Drawn], confidence: Confidence) -> Result<Margin, SizeError> {
    let whole: f64 = strata.iter().map(|stratum| float(stratum.population)).sum();
    if whole == 0.0 {
        return Err(SizeError::Nobody);
    }
    let mut variance = 0.0;
    for (place, &Drawn { population, size, expected }) in strata.iter().enumerate() {
        if !(expected > 0.0 && expected < 1.0) {
            return Err(SizeError::Expected);
        }
        if size > population {
            return Err(SizeError::MoreThanThere(place));
        }
        if size == population {
            continue;
        }
        if size == 0 {
            return Err(SizeError::NobodyDrawn(place));
        }
        let part = float(population) / whole;
        let left = float(population - size) / float(population - 1);
        variance += part * part * expected * (1.0 - expected) / float(size) * left;
    }
    Ok(if variance == 0.0 { Margin::Census } else { Margin::Within(confidence.z() * variance.sqrt()) })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a population beyond 2^53 does not occur and would not matter"
)]
fn float(number: u64) -> f64 {
    number as f64
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

    fn drawn(strata: &[(u64, u64, f64)]) -> Vec<Drawn> {
        strata.iter().map(|&(population, size, expected)| Drawn { population, size, expected }).collect()
    }

    fn within(strata: &[(u64, u64, f64)]) -> f64 {
        match margin(&drawn(strata), Confidence::NINETY_FIVE) {
            Ok(Margin::Within(margin)) => margin,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_margin_by_hand() {
        // 80 of 100: 1.959964 x sqrt(0.25 / 80 x 20 / 99) = 0.049246
        assert!((within(&[(100, 80, 0.5)]) - 0.049_246).abs() < 1e-6);
        // two strata of 60 and 40, 12 and 8 drawn, p = 0.3 and 0.5:
        // 0.36 x 0.21 / 12 x 48 / 59 + 0.16 x 0.25 / 8 x 32 / 39 = 0.00512542 + 0.00410256, its root 0.0960624
        assert!((within(&[(60, 12, 0.3), (40, 8, 0.5)]) - 1.959_964 * 0.096_062_4).abs() < 1e-6);
        // a stratum of which all are drawn adds nothing: 0.6 of the other's own margin
        let alone = within(&[(60, 12, 0.5)]);
        assert!((within(&[(60, 12, 0.5), (40, 40, 0.5), (0, 0, 0.5)]) - 0.6 * alone).abs() < 1e-12);
    }

    #[test]
    fn no_margin_without_doubt_or_without_people() {
        let of = |strata: &[(u64, u64, f64)]| margin(&drawn(strata), Confidence::NINETY_FIVE);
        assert_eq!(of(&[(1, 1, 0.5)]), Ok(Margin::Census));
        assert_eq!(of(&[(5, 5, 0.5), (1, 1, 0.2)]), Ok(Margin::Census));
        assert_eq!(of(&[]), Err(SizeError::Nobody));
        assert_eq!(of(&[(0, 0, 0.5)]), Err(SizeError::Nobody));
        assert_eq!(of(&[(5, 2, 0.5), (3, 0, 0.5)]), Err(SizeError::NobodyDrawn(1)));
        assert_eq!(of(&[(5, 6, 0.5)]), Err(SizeError::MoreThanThere(0)));
        assert_eq!(of(&[(5, 4, 1.0)]), Err(SizeError::Expected));
    }

    proptest! {
        #[test]
        fn the_size_for_a_margin_keeps_it_and_one_fewer_does_not(population in 1_u64..20_000, margin in 0.01_f64..0.4) {
            let size = sample_size(population, Precision::new(Confidence::NINETY_FIVE, margin)).unwrap();
            if size < population {
                prop_assert!(within(&[(population, size, 0.5)]) <= margin + 1e-9);
            }
            if size > 1 {
                prop_assert!(within(&[(population, size - 1, 0.5)]) > margin - 1e-9);
            }
        }

        #[test]
        fn never_above_the_population_and_never_less_for_more_people(population in 1_u64..100_000, more in 0_u64..1_000, margin in 0.01_f64..0.5) {
            let precision = Precision::new(Confidence::NINETY_FIVE, margin);
            let size = sample_size(population, precision).unwrap();
            prop_assert!(size >= 1 && size <= population);
            prop_assert!(sample_size(population + more, precision).unwrap() >= size);
        }
    }
}
