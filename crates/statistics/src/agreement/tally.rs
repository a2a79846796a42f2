//! How often each category was chosen in each unit, whoever chose it.

use std::collections::BTreeMap;

use super::readings::Scale;
use super::{Estimate, Range, Undefined, float};
use crate::intervals::score;
use crate::normal::Confidence;

/// How often each category was chosen in a unit: those that were chosen, in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern(Vec<(usize, u32)>);

impl Pattern {
    /// Category and how often.
    pub(super) fn chosen(&self) -> &[(usize, u32)] {
        &self.0
    }

    /// How often the unit was read.
    pub(super) fn readings(&self) -> u32 {
        self.0.iter().map(|(_, times)| times).sum()
    }

    /// Pairs of its readings that are equal, of all its pairs; `None` with fewer than two readings.
    fn alike(&self) -> Option<f64> {
        let pairs = |times: u32| f64::from(times) * (f64::from(times) - 1.0);
        let all = pairs(self.readings());
        (all > 0.0).then(|| self.0.iter().map(|&(_, times)| pairs(times)).sum::<f64>() / all)
    }
}

/// The units of one item. Units that were read alike stand together, so that a coefficient is worked out once for all
/// of them: a hundred records read by two on a scale of four have at most ten patterns.
///
/// Neither the order of the units nor that of the readers changes a tally, nor anything worked out from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    scale: Scale,
    patterns: Vec<Pattern>,
    times: Vec<u64>,
}

impl Tally {
    /// Counts the readings of each unit, which must be on the scale. Units that nobody read are left out.
    pub(super) fn new<Unit: Iterator<Item = usize>>(scale: Scale, units: impl Iterator<Item = Unit>) -> Self {
        let mut patterns: BTreeMap<Pattern, u64> = BTreeMap::new();
        for unit in units {
            let mut chosen: BTreeMap<usize, u32> = BTreeMap::new();
            for category in unit {
                *chosen.entry(category).or_default() += 1;
            }
            if !chosen.is_empty() {
                *patterns.entry(Pattern(chosen.into_iter().collect())).or_default() += 1;
            }
        }
        let (patterns, times) = patterns.into_iter().unzip();
        Self { scale, patterns, times }
    }

    /// The scale.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// How many units were read.
    pub fn units(&self) -> u64 {
        self.times.iter().sum()
    }

    /// How many units were read at least twice.
    pub fn read_twice(&self) -> u64 {
        self.patterns().filter(|(pattern, _)| pattern.readings() > 1).map(|(_, times)| times).sum()
    }

    /// How many readings there are of each category, in all units.
    pub fn readings(&self) -> Vec<u64> {
        let mut readings = vec![0; self.scale.categories()];
        for (pattern, times) in self.patterns() {
            for &(category, chosen) in pattern.chosen() {
                readings[category] += times * u64::from(chosen);
            }
        }
        readings
    }

    /// Krippendorff's coincidences: for each two categories (the lesser first) how often they met in a unit, each unit
    /// counting with as many as it has readings. Two different ones are counted in both orders, as in the symmetrical
    /// table. Categories that never met are left out.
    pub fn coincidences(&self) -> BTreeMap<(usize, usize), f64> {
        let mut met = BTreeMap::new();
        for (pattern, times) in self.patterns().filter(|(pattern, _)| pattern.readings() > 1) {
            let share = float(times) / (f64::from(pattern.readings()) - 1.0);
            for (place, &(a, of_a)) in pattern.chosen().iter().enumerate() {
                if of_a > 1 {
                    *met.entry((a, a)).or_default() += f64::from(of_a) * (f64::from(of_a) - 1.0) * share;
                }
                for &(b, of_b) in &pattern.chosen()[place + 1..] {
                    *met.entry((a, b)).or_default() += 2.0 * f64::from(of_a) * f64::from(of_b) * share;
                }
            }
        }
        met
    }

    /// The share of agreement: of all pairs of readings of a unit those that are equal, on average over the units that were
    /// read at least twice. The interval is a score interval.
    ///
    /// # Errors
    /// No unit was read twice.
    pub fn percent(&self, confidence: Confidence) -> Result<Estimate, Undefined> {
        let units = self.read_twice();
        if units == 0 {
            return Err(Undefined::NothingReadTwice);
        }
        let alike = self.patterns().filter_map(|(pattern, times)| Some(pattern.alike()? * float(times)));
        let value = alike.sum::<f64>() / float(units);
        Ok(Estimate { value, units, range: Range::by_score(score(value, float(units), confidence)) })
    }

    /// The different patterns, each with how many units have it (none, maybe, in a sample of the units).
    pub(super) fn patterns(&self) -> impl Iterator<Item = (&Pattern, u64)> {
        self.patterns.iter().zip(self.times.iter().copied())
    }

    /// Whether at most one category was chosen at all.
    pub(super) fn one_category(&self) -> bool {
        let mut chosen = self
            .patterns()
            .filter(|(_, times)| *times > 0)
            .flat_map(|(pattern, _)| pattern.chosen().iter().map(|(category, _)| category));
        chosen.next().is_none_or(|first| chosen.all(|other| other == first))
    }

    /// Only the units that were read at least twice.
    pub(super) fn only_read_twice(mut self) -> Self {
        let twice: Vec<bool> = self.patterns.iter().map(|pattern| pattern.readings() > 1).collect();
        let mut keep = twice.iter();
        self.times.retain(|_| *keep.next().unwrap_or(&false));
        let mut keep = twice.iter();
        self.patterns.retain(|_| *keep.next().unwrap_or(&false));
        self
    }

    /// How many units have each pattern, to be overwritten by a sample of the units.
    pub(super) fn times_mut(&mut self) -> &mut [u64] {
        &mut self.times
    }
}
