//! Two readers: how often they agree, and Cohen's kappa.

use std::collections::BTreeMap;

use super::readings::Scale;
use super::weights::Weights;
use super::{Estimate, NoRange, Range, Undefined, float};
use crate::intervals::score;
use crate::normal::Confidence;

/// The table of two readers: how many units the first put in one category and the second in another.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    scale: Scale,
    cells: BTreeMap<(usize, usize), u64>,
}

impl Pair {
    /// Counts the units, of each the category of the first reader and that of the second, which must be on the scale.
    pub(super) fn new(scale: Scale, units: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut cells = BTreeMap::new();
        for unit in units {
            *cells.entry(unit).or_default() += 1;
        }
        Self { scale, cells }
    }

    /// How many units both read.
    pub fn units(&self) -> u64 {
        self.cells.values().sum()
    }

    /// The cells of the table that are not 0: category of the first reader, of the second, and how many units.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, u64)> {
        self.cells.iter().map(|(&(first, second), &units)| (first, second, units))
    }

    /// The share of units on which both agree, with its score interval.
    ///
    /// # Errors
    /// No unit was read by both.
    pub fn percent(&self, confidence: Confidence) -> Result<Estimate, Undefined> {
        let units = self.units();
        if units == 0 {
            return Err(Undefined::NothingReadTwice);
        }
        let alike: u64 = self.cells().filter(|(first, second, _)| first == second).map(|cell| cell.2).sum();
        let value = float(alike) / float(units);
        Ok(Estimate { value, units, range: Range::by_score(score(value, float(units), confidence)) })
    }

    /// Cohen's kappa: `(p − e) ÷ (1 − e)`, where `p` is the weighted agreement and `e` what it would be if each reader
    /// chose by chance as often as they did ([`Weights`] names the papers). Its interval is by the large-sample standard
    /// error (Fleiss, Cohen and Everitt 1969, *Psychological Bulletin* 72) and the normal distribution: rough below
    /// some 30 units.
    ///
    /// # Errors
    /// No unit was read by both, or both chose one and the same category throughout.
    pub fn kappa(&self, weights: Weights, confidence: Confidence) -> Result<Estimate, Undefined> {
        let units = self.units();
        if units == 0 {
            return Err(Undefined::NothingReadTwice);
        }
        let (first, second) = (self.margin(|cell| cell.0), self.margin(|cell| cell.1));
        if first.len() == 1 && first.keys().eq(second.keys()) {
            return Err(Undefined::OneCategory);
        }
        let weight = |a, b| weights.agreement(&self.scale, a, b);
        // the agreement that each category of one reader meets in the other by chance
        let met = |own: &BTreeMap<usize, f64>, others: &BTreeMap<usize, f64>| -> BTreeMap<usize, f64> {
            let with = |category| others.iter().map(|(&other, share)| share * weight(category, other)).sum();
            own.keys().map(|&category| (category, with(category))).collect()
        };
        let (of_first, of_second) = (met(&first, &second), met(&second, &first));
        let expected: f64 = first.iter().map(|(a, share)| share * of_first[a]).sum();
        let share = |count: u64| float(count) / float(units);
        let observed: f64 = self.cells().map(|(a, b, count)| share(count) * weight(a, b)).sum();
        let value = (observed - expected) / (1.0 - expected);
        let squares: f64 = self
            .cells()
            .map(|(a, b, count)| {
                let cell = weight(a, b) - (of_first[&a] + of_second[&b]) * (1.0 - value);
                share(count) * cell * cell
            })
            .sum();
        let spread = squares - (value - expected * (1.0 - value)).powi(2);
        let variance = spread / (float(units) * (1.0 - expected).powi(2));
        let range = if units < 2 {
            Range::None(NoRange::OneUnit)
        // What rounding leaves of two equal numbers is measured by their size.
        } else if spread < 1e-12 * squares.max(1e-12) {
            Range::None(NoRange::NoDifference)
        } else {
            Range::around(value, variance.sqrt(), confidence.z())
        };
        Ok(Estimate { value, units, range })
    }

    /// The categories that one of the readers chose, with their shares.
    fn margin(&self, reader: impl Fn((usize, usize)) -> usize) -> BTreeMap<usize, f64> {
        let mut margin = BTreeMap::new();
        for (&cell, &count) in &self.cells {
            *margin.entry(reader(cell)).or_insert(0) += count;
        }
        let units = float(self.units());
        margin.into_iter().map(|(category, count)| (category, float(count) / units)).collect()
    }
}

#[cfg(test)]
mod tests;
