//! The z value of a two-sided confidence.

/// How sure a statement is to be, above 0 and below 1; 0.95 by custom.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 in 100.
    pub const NINETY_FIVE: Self = Self(0.95);

    /// `None` unless the value lies strictly between 0 and 1.
    pub fn new(value: f64) -> Option<Self> {
        (value > 0.0 && value < 1.0).then_some(Self(value))
    }

    /// The share, 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }

    /// The z for which a standard normal value lies between −z and z with this probability: 1.959964 for 0.95.
    /// Found by halving on `erf(z ÷ √2)`, which rises with z; exact to the last digits of a double.
    pub fn z(self) -> f64 {
        let (mut low, mut high) = (0.0_f64, 10.0_f64);
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if libm::erf(middle / std::f64::consts::SQRT_2) < self.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z_of_the_usual_confidences() {
        // Fisher and Yates' table of the normal deviate
        for (confidence, z) in
            [(0.5, 0.674_490), (0.9, 1.644_854), (0.95, 1.959_964), (0.99, 2.575_829), (0.999, 3.290_527)]
        {
            let found = Confidence::new(confidence).unwrap().z();
            assert!((found - z).abs() < 1e-6, "{confidence}: {found}");
        }
    }

    #[test]
    fn refuses_what_is_no_confidence() {
        for wrong in [0.0, 1.0, 95.0, -0.1, f64::NAN] {
            assert_eq!(Confidence::new(wrong), None);
        }
    }
}
