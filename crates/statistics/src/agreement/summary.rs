//! All that can be said of the agreement on one item.

use std::collections::BTreeMap;

use rand_chacha::rand_core::RngCore;

use super::alpha::{Level, krippendorff};
use super::beyond_chance::{fleiss, gwet};
use super::pairs::Pair;
use super::readings::Readings;
use super::resampling::{self, Resampling};
use super::weights::Weights;
use super::{Estimate, Undefined};

/// A coefficient, or why there is none.
pub type Coefficient = Result<Estimate, Undefined>;

/// The agreement on one item over all readers, and of each two.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// How many units somebody read.
    pub units: u64,
    /// How many were read at least twice.
    pub read_twice: u64,
    /// How many readings there are of each category.
    pub readings: Vec<u64>,
    /// How often two categories met: see [`super::tally::Tally::coincidences`].
    pub coincidences: BTreeMap<(usize, usize), f64>,
    /// The share of equal pairs of readings.
    pub percent: Coefficient,
    /// Fleiss' kappa.
    pub fleiss: Coefficient,
    /// Krippendorff's alpha of the level, with an interval by drawing units again.
    pub alpha: Coefficient,
    /// Gwet's coefficient for all weights that suit the level; unweighted it is called AC1, otherwise AC2.
    pub gwet: Vec<(Weights, Coefficient)>,
    /// Each two readers.
    pub pairs: Vec<PairAgreement>,
}

/// The agreement of two readers on one item.
#[derive(Debug, Clone, PartialEq)]
pub struct PairAgreement {
    /// The readers, by their columns.
    pub readers: (usize, usize),
    /// Their table.
    pub table: Pair,
    /// The share of units on which they agree.
    pub percent: Coefficient,
    /// Cohen's kappa for all weights that suit the level.
    pub kappa: Vec<(Weights, Coefficient)>,
}

/// The weights that make sense on a level: names are near to no other.
pub fn weights_of(level: Level) -> &'static [Weights] {
    match level {
        Level::Nominal => &[Weights::Unweighted],
        Level::Ordinal | Level::Interval | Level::Ratio => {
            &[Weights::Unweighted, Weights::Linear, Weights::Quadratic]
        }
    }
}

/// Works out everything for one item. The generator is used for the interval of alpha only.
pub fn agreement(
    readings: &Readings,
    level: Level,
    resampling: Resampling,
    generator: &mut impl RngCore,
) -> Agreement {
    let tally = readings.tally();
    let confidence = resampling.confidence;
    let weights = weights_of(level);
    let readers = readings.readers();
    let pairs = (0..readers)
        .flat_map(|first| (first + 1..readers).map(move |second| (first, second)))
        .map(|(first, second)| {
            let table = readings.pair(first, second);
            PairAgreement {
                readers: (first, second),
                percent: table.percent(confidence),
                kappa: weights.iter().map(|&weights| (weights, table.kappa(weights, confidence))).collect(),
                table,
            }
        })
        .collect();
    Agreement {
        units: tally.units(),
        read_twice: tally.read_twice(),
        readings: tally.readings(),
        coincidences: tally.coincidences(),
        percent: tally.percent(confidence),
        fleiss: fleiss(&tally, confidence),
        alpha: resampling::estimate(&tally, resampling, generator, |tally| krippendorff(tally, level)),
        gwet: weights.iter().map(|&weights| (weights, gwet(&tally, weights, confidence))).collect(),
        pairs,
    }
}

#[cfg(test)]
mod tests;
