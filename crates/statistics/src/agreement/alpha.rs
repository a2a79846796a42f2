//! How far any number of readers agree, with readings missing: Krippendorff's alpha.
//!
//! Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011): disagreement within units against that of all
//! readings in units that were read at least twice, `α = 1 − (n − 1) Σ o·δ² ÷ Σ n_c·n_k·δ²`, where each unit counts its
//! pairs of readings divided by one less than its readings.
//!
//! Where a difference δ is one of two numbers, the sum over all pairs of readings is `n Σ x² − (Σ x)²`, so no table of
//! categories has to be gone through. That holds for ranks too: the ordinal δ of the paper is the difference of the middle
//! ranks.

use super::tally::{Pattern, Tally};
use super::{Undefined, float};

/// How far apart two readings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Equal or not: for names.
    Nominal,
    /// By how many readings lie between them: for ranks such as grades.
    Ordinal,
    /// By the square of their difference: for measures.
    Interval,
    /// By the square of their difference divided by their sum: for amounts from 0.
    Ratio,
}

/// Krippendorff's alpha. Its interval is by drawing units again: [`super::resampling`].
///
/// # Errors
/// No unit was read twice, those that were have one category only, or ratios of numbers below 0.
pub fn krippendorff(tally: &Tally, level: Level) -> Result<f64, Undefined> {
    let mut times = vec![0_u64; tally.scale().categories()];
    for (pattern, units) in tally.patterns().filter(|(pattern, _)| pattern.readings() > 1) {
        for &(category, chosen) in pattern.chosen() {
            times[category] += units * u64::from(chosen);
        }
    }
    let total: u64 = times.iter().sum();
    if total == 0 {
        return Err(Undefined::NothingReadTwice);
    }
    if times.contains(&total) {
        return Err(Undefined::OneCategory);
    }
    let all = || times.iter().enumerate().map(|(category, &chosen)| (category, float(chosen)));
    let differences = Differences::new(level, tally.scale().numbers(), &times)?;
    let observed: f64 = tally
        .patterns()
        .filter(|(pattern, units)| pattern.chosen().len() > 1 && *units > 0)
        .map(|(pattern, units)| {
            let own = |pattern: &Pattern| {
                differences
                    .among(pattern.chosen().iter().map(|&(category, chosen)| (category, f64::from(chosen))))
            };
            float(units) * own(pattern) / (f64::from(pattern.readings()) - 1.0)
        })
        .sum();
    Ok(1.0 - float(total - 1) * observed / differences.among(all()))
}

/// The squared differences of a level.
enum Differences {
    Nominal,
    /// The numbers of the categories.
    Numbers(Vec<f64>),
    Ratios(Vec<f64>),
}

impl Differences {
    fn new(level: Level, numbers: &[f64], times: &[u64]) -> Result<Self, Undefined> {
        Ok(match level {
            Level::Nominal => Self::Nominal,
            Level::Ordinal => {
                let mut below = 0.0;
                let middle = |&times: &u64| {
                    let rank = below + float(times) / 2.0;
                    below += float(times);
                    rank
                };
                Self::Numbers(times.iter().map(middle).collect())
            }
            Level::Interval => {
                // in parts of the range: alpha does not ask for the unit, and no digits are lost when they are squared
                let used =
                    || numbers.iter().zip(times).filter(|(_, times)| **times > 0).map(|(number, _)| *number);
                let least = used().next().unwrap_or(0.0);
                let span = used().next_back().map_or(1.0, |most| most - least);
                Self::Numbers(numbers.iter().map(|number| (number - least) / span).collect())
            }
            Level::Ratio if numbers.first().is_some_and(|&least| least < 0.0) => {
                return Err(Undefined::BelowZero);
            }
            Level::Ratio => Self::Ratios(numbers.to_vec()),
        })
    }

    /// The sum of the squared differences over all pairs of these readings, each pair once.
    fn among(&self, chosen: impl Iterator<Item = (usize, f64)> + Clone) -> f64 {
        match self {
            Self::Nominal => {
                let (all, same) =
                    chosen.fold((0.0, 0.0), |(all, same), (_, times)| (all + times, same + times * times));
                (all * all - same) / 2.0
            }
            Self::Numbers(numbers) => {
                let (mut all, mut sum, mut squares) = (0.0, 0.0, 0.0);
                for (category, times) in chosen {
                    let number = numbers[category];
                    all += times;
                    sum += times * number;
                    squares += times * number * number;
                }
                all * squares - sum * sum
            }
            Self::Ratios(numbers) => {
                let mut sum = 0.0;
                for (place, (a, of_a)) in chosen.clone().enumerate() {
                    for (b, of_b) in chosen.clone().skip(place + 1) {
                        // different and not below 0, so their sum is above 0
                        let ratio = (numbers[a] - numbers[b]) / (numbers[a] + numbers[b]);
                        sum += of_a * of_b * ratio * ratio;
                    }
                }
                sum
            }
        }
    }
}

#[cfg(test)]
mod tests;
