//! The t value of a two-sided confidence: for means of few.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use crate::normal::Confidence;

/// The t for which a value of Student's distribution with so many degrees of freedom lies between −t and t with this
/// probability: 2.262157 for 0.95 and 9. With no degree of freedom there is no bound: infinity.
///
/// Found by halving on the probability between −t and t, which for whole degrees `ν` is a finite sum of powers of the
/// cosine of `θ = arctan(t ÷ √ν)` (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
pub fn t(confidence: Confidence, degrees: u64) -> f64 {
    if degrees == 0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0_f64, FRAC_PI_2);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if within(middle, degrees) < confidence.value() {
            low = middle;
        } else {
            high = middle;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "degrees of freedom stay far below 2^53")]
    let root = (degrees as f64).sqrt();
    root * f64::midpoint(low, high).tan()
}

/// The probability between −t and t at the angle `θ`.
fn within(angle: f64, degrees: u64) -> f64 {
    let (sine, cosine) = angle.sin_cos();
    let square = cosine * cosine;
    let odd = degrees % 2 == 1;
    let (mut term, mut sum) = if odd { (cosine, 0.0) } else { (1.0, 0.0) };
    // from cos¹ or cos⁰ up to cos^(ν − 2), each term the one before times (k ÷ (k + 1)) cos²
    let mut k = if odd { 2.0 } else { 1.0 };
    for _ in 0..degrees / 2 {
        sum += term;
        term *= k / (k + 1.0) * square;
        k += 2.0;
    }
    if odd { FRAC_2_PI * (angle + sine * sum) } else { sine * sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_of_the_usual_confidences() {
        // scipy.stats.t.ppf((1 + confidence) / 2, degrees), SciPy 1.12
        for (degrees, ninety, ninety_five, ninety_nine) in [
            (1, 6.313_751_515, 12.706_204_736, 63.656_741_163),
            (2, 2.919_985_580, 4.302_652_730, 9.924_843_201),
            (3, 2.353_363_435, 3.182_446_305, 5.840_909_300),
            (9, 1.833_112_933, 2.262_157_163, 3.249_835_544),
            (10, 1.812_461_123, 2.228_138_852, 3.169_272_667),
            (99, 1.660_391_156, 1.984_216_952, 2.626_405_456),
        ] {
            for (confidence, wanted) in [(0.9, ninety), (0.95, ninety_five), (0.99, ninety_nine)] {
                let found = t(Confidence::new(confidence).unwrap(), degrees);
                assert!((found - wanted).abs() < 1e-8 * wanted, "{degrees} {confidence}: {found}");
            }
        }
    }

    #[test]
    fn of_many_it_is_the_normal_distribution_and_of_none_it_knows_nothing() {
        let many = t(Confidence::NINETY_FIVE, 100_000);
        assert!((many - Confidence::NINETY_FIVE.z()).abs() < 1e-4, "{many}");
        assert_eq!(t(Confidence::NINETY_FIVE, 0).partial_cmp(&f64::MAX), Some(std::cmp::Ordering::Greater));
    }
}
