//! How sure a proportion is.

use crate::normal::Confidence;

/// A range of proportions, both ends between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The score interval of a proportion without continuity correction (Wilson 1927, *Journal of the American
/// Statistical Association* 22; recommended by Newcombe 1998 as method 3):
/// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)`.
///
/// `None` when nobody was asked or when `part` exceeds `whole`.
pub fn wilson(part: u64, whole: u64, confidence: Confidence) -> Option<Interval> {
    if whole == 0 || part > whole {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 do not occur")]
    let (part, n) = (part as f64, whole as f64);
    score(part / n, n, confidence)
}

/// The same for a proportion that is an average of shares: `p` over `n` trials.
///
/// `None` without trials, or when `p` is no proportion.
pub fn score(p: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    if !(n > 0.0 && (0.0..=1.0).contains(&p)) {
        return None;
    }
    let z = confidence.z();
    let square = z * z / n;
    let centre = p + square / 2.0;
    let reach = (z * z * p * (1.0 - p) / n + square * square / 4.0).sqrt();
    // the ends at none and at all are exactly 0 and 1; rounding must not say otherwise
    let low = if p <= 0.0 { 0.0 } else { ((centre - reach) / (1.0 + square)).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { ((centre + reach) / (1.0 + square)).min(1.0) };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_newcombe_1998() {
        // Statistics in Medicine 17, table I, method 3
        for (part, whole, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = wilson(part, whole, Confidence::NINETY_FIVE).unwrap();
            assert!(
                (found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5,
                "{part}/{whole}: {found:?}"
            );
        }
    }

    #[test]
    fn nothing_from_nobody() {
        assert_eq!(wilson(0, 0, Confidence::NINETY_FIVE), None);
        assert_eq!(wilson(3, 2, Confidence::NINETY_FIVE), None);
        for (p, n) in [(0.5, 0.0), (1.1, 5.0), (f64::NAN, 5.0), (0.5, f64::NAN)] {
            assert_eq!(score(p, n, Confidence::NINETY_FIVE), None);
        }
    }

    proptest! {
        #[test]
        fn holds_the_proportion_and_mirrors(whole in 1_u64..5_000, part in 0_u64..5_000) {
            let part = part.min(whole);
            let found = wilson(part, whole, Confidence::NINETY_FIVE).unwrap();
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let p = part as f64 / whole as f64;
            prop_assert!(0.0 <= found.low && found.low <= p && p <= found.high && found.high <= 1.0);
            let mirrored = wilson(whole - part, whole, Confidence::NINETY_FIVE).unwrap();
            prop_assert!((mirrored.low - (1.0 - found.high)).abs() < 1e-12);
        }
    }
}
