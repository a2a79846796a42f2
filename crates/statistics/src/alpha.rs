//! How far any number of readers agree, with judgements missing: Krippendorff's alpha.
//!
//! Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011): coincidences `o` within units, values `n` over
//! all units that at least two readers judged, `α = 1 − (n − 1) Σ o·δ² ÷ Σ n_c·n_k·δ²`.

use std::collections::BTreeMap;

use crate::agreement::{AgreementError, count};

/// How far apart two values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Equal or not.
    Nominal,
    /// By how many judgements lie between them: for ranks such as grades.
    Ordinal,
    /// By the square of their difference: for measures.
    Interval,
}

/// Alpha over units; each unit holds the value of each reader, `None` where one did not judge. Units with fewer than
/// two values say nothing about agreement and are left out.
pub fn krippendorff_alpha<Unit: AsRef<[Option<i32>]>>(
    units: &[Unit],
    level: Level,
) -> Result<f64, AgreementError> {
    let judged: Vec<Vec<i32>> = units
        .iter()
        .map(|unit| unit.as_ref().iter().flatten().copied().collect::<Vec<i32>>())
        .filter(|values| values.len() >= 2)
        .collect();
    let mut times: BTreeMap<i32, usize> = BTreeMap::new();
    for &value in judged.iter().flatten() {
        *times.entry(value).or_default() += 1;
    }
    let total: usize = times.values().sum();
    if total == 0 {
        return Err(AgreementError::NothingToCompare);
    }
    // ordered pairs would count each difference twice, above and below the line alike: unordered ones do
    let mut observed = 0.0;
    for values in &judged {
        let share = count(values.len() - 1);
        for (place, &a) in values.iter().enumerate() {
            for &b in &values[place + 1..] {
                observed += difference(level, &times, a, b) / share;
            }
        }
    }
    let mut expected = 0.0;
    for (&a, &times_a) in &times {
        for (&b, &times_b) in times.range(a..).skip(1) {
            expected += count(times_a) * count(times_b) * difference(level, &times, a, b);
        }
    }
    if expected == 0.0 {
        return Err(AgreementError::NoVariation);
    }
    Ok(1.0 - count(total - 1) * observed / expected)
}

/// The squared difference δ² of two values that both occur.
fn difference(level: Level, times: &BTreeMap<i32, usize>, a: i32, b: i32) -> f64 {
    let (low, high) = (a.min(b), a.max(b));
    if low == high {
        return 0.0;
    }
    match level {
        Level::Nominal => 1.0,
        Level::Ordinal => {
            let between: usize = times.range(low..=high).map(|(_, &n)| n).sum();
            let ends = times.get(&low).copied().unwrap_or(0) + times.get(&high).copied().unwrap_or(0);
            let steps = count(between) - count(ends) / 2.0;
            steps * steps
        }
        Level::Interval => {
            let steps = f64::from(high) - f64::from(low);
            steps * steps
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Readers as rows of digits, `*` where one did not judge, turned into units.
    fn units(readers: &[&str]) -> Vec<Vec<Option<i32>>> {
        let rows: Vec<Vec<Option<i32>>> =
            readers.iter().map(|row| row.split(' ').map(|value| value.parse().ok()).collect()).collect();
        (0..rows[0].len()).map(|unit| rows.iter().map(|row| row[unit]).collect()).collect()
    }

    fn three_places(units: &[Vec<Option<i32>>], level: Level) -> f64 {
        (krippendorff_alpha(units, level).unwrap() * 1_000.0).round() / 1_000.0
    }

    #[test]
    fn four_readers_of_krippendorff_2011() {
        let units = units(&[
            "1 2 3 3 2 1 4 1 2 * * *",
            "1 2 3 3 2 2 4 1 2 5 * 3",
            "* 3 3 3 2 3 4 2 2 5 1 *",
            "1 2 3 3 2 4 4 1 2 5 1 *",
        ]);
        let found =
            [Level::Nominal, Level::Ordinal, Level::Interval].map(|level| three_places(&units, level));
        assert_eq!(found.map(|alpha| format!("{alpha:.3}")), ["0.743", "0.815", "0.849"]);
    }

    #[test]
    fn three_readers_with_much_missing() {
        // the example in general use (encyclopaedia article on the coefficient): 0.691 nominal, 0.811 interval
        let units = units(&[
            "* * * * * 3 4 1 2 1 1 3 3 * 3",
            "1 * 2 1 3 3 4 3 * * * * * * *",
            "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
        ]);
        let found = [Level::Nominal, Level::Interval].map(|level| three_places(&units, level));
        assert_eq!(found.map(|alpha| format!("{alpha:.3}")), ["0.691", "0.811"]);
    }

    #[test]
    fn undefined_is_said() {
        assert_eq!(
            krippendorff_alpha(&[vec![Some(1), None], vec![None, Some(2)]], Level::Nominal),
            Err(AgreementError::NothingToCompare)
        );
        assert_eq!(
            krippendorff_alpha(&[vec![Some(1), Some(1)], vec![Some(1), Some(1)]], Level::Nominal),
            Err(AgreementError::NoVariation)
        );
    }

    proptest! {
        #[test]
        fn equal_judgements_are_one_and_readers_may_change_places(
            units in prop::collection::vec(prop::collection::vec(prop::option::of(1_i32..7), 3), 1..20),
        ) {
            let turned: Vec<Vec<_>> = units.iter().map(|unit| unit.iter().rev().copied().collect()).collect();
            for level in [Level::Nominal, Level::Ordinal, Level::Interval] {
                if let Ok(alpha) = krippendorff_alpha(&units, level) {
                    prop_assert!(alpha <= 1.0 + 1e-12);
                    prop_assert!((alpha - krippendorff_alpha(&turned, level).unwrap()).abs() < 1e-9);
                }
                let same: Vec<Vec<_>> = units.iter().map(|unit| vec![unit[0]; 3]).collect();
                if let Ok(alpha) = krippendorff_alpha(&same, level) {
                    prop_assert!((alpha - 1.0).abs() < 1e-12);
                }
            }
        }
    }
}
