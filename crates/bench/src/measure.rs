//! What was measured, and how good that is.

use std::fmt;

/// One line of the output. The goal is reached when the ratio is at least the goal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    ratio: f64,
    goal: f64,
}

impl Measure {
    /// A rate against another that was measured in the same run: the ratio is the share of it that is reached.
    pub(crate) fn rate(name: &'static str, value: f64, unit: &'static str, against: f64, goal: f64) -> Self {
        Self { name, value, unit, ratio: value / against, goal }
    }

    /// The rate that others are compared with.
    pub(crate) fn yardstick(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self { name, value, unit, ratio: 1.0, goal: 1.0 }
    }

    /// How many there were, for the measures beside it.
    pub(crate) fn count(name: &'static str, value: usize, unit: &'static str) -> Self {
        Self::yardstick(name, f64::from(u32::try_from(value).unwrap_or(u32::MAX)), unit)
    }

    /// Something of which there must be none.
    pub(crate) fn none(name: &'static str, value: usize, unit: &'static str) -> Self {
        Self { ratio: if value == 0 { 1.0 } else { 0.0 }, ..Self::count(name, value, unit) }
    }

    /// A rate that must be reached.
    pub(crate) fn at_least(name: &'static str, value: f64, unit: &'static str, wanted: f64) -> Self {
        Self { name, value, unit, ratio: value / wanted, goal: 1.0 }
    }

    /// What was measured.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// Something that must stay below a limit: the ratio says how many times it would fit.
    pub(crate) fn within(name: &'static str, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { name, value, unit, ratio: limit / value, goal: 1.0 }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, unit, ratio, goal } = self;
        write!(f, "{name} value {value:.1} {unit} ratio {ratio:.2} goal {goal}")
    }
}

/// The middle of some numbers; a single odd round does not move it. Zero when there are none.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        n if n % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_ratio_is_always_better() {
        let rate = Measure::rate("report-page", 600.0, "requests/s", 1000.0, 0.5);
        assert_eq!(rate.to_string(), "report-page value 600.0 requests/s ratio 0.60 goal 0.5");
        let fast = Measure::within("first-answer", 100.0, "ms", 300.0);
        assert_eq!(fast.to_string(), "first-answer value 100.0 ms ratio 3.00 goal 1");
        assert_eq!(
            Measure::none("lost", 0, "answers").to_string(),
            "lost value 0.0 answers ratio 1.00 goal 1"
        );
        assert_eq!(
            Measure::none("lost", 2, "answers").to_string(),
            "lost value 2.0 answers ratio 0.00 goal 1"
        );
        let slow = Measure::within("first-answer", 600.0, "ms", 300.0);
        assert!(slow.ratio < slow.goal);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 2.0, 100.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).abs() < f64::EPSILON);
    }
}
