//! A sample from strata: a cohort in named parts, those who are left out, and how many fall to each part.
//!
//! The order of things is fixed, since another order would give another sample:
//!
//! 1. [`Frame::new`] sorts the strata by name and refuses an id that stands twice.
//! 2. [`Frame::without`] takes out whom the method excludes. Nobody is taken out after the draw: whoever was drawn and
//!    cannot be used is replaced by the next of the same stratum.
//! 3. [`allocate`] shares the places out over what is left of each stratum.
//! 4. The stratum at place 0, 1, 2 … of that order draws with stream 1, 2, 3 … as [`super`] describes. A stratum that
//!    is empty, or became so by exclusions, keeps its place and its stream, so a stratum's draw depends on its own ids
//!    only.

use std::collections::BTreeSet;

use super::allocation::{AllocationError, Rule, Size, allocate};
use super::{Sample, Seed, shuffled};
use crate::normal::Confidence;
use crate::sample_size::{Drawn, Margin, SizeError, margin};

/// A named part of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum<Id> {
    /// Its name; distinct within one frame.
    pub name: String,
    /// Its ids; distinct within one frame.
    pub population: Vec<Id>,
    /// The share expected in it, strictly between 0 and 1: 0.5 when nothing is known.
    pub expected: f64,
}

impl<Id> Stratum<Id> {
    /// With nothing known of the share.
    pub fn new(name: impl Into<String>, population: Vec<Id>) -> Self {
        Self { name: name.into(), population, expected: 0.5 }
    }
}

/// Why nothing can be drawn from strata.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// There is nobody, or nobody is left after the exclusions.
    #[error("there is nobody to draw from")]
    Empty,
    /// Two strata have one name.
    #[error("two strata are named {0:?}")]
    RepeatedStratum(String),
    /// An id occurs twice: it would have twice the chance. The name is that of the stratum with the second occurrence.
    #[error("an id of stratum {0:?} occurs more than once")]
    Repeated(String),
    /// An exclusion names nobody of the population, so it is likely a slip. The number is its place, from 0.
    #[error("exclusion {0} is not in the population")]
    UnknownExclusion(usize),
    /// The places cannot be shared out.
    #[error(transparent)]
    Allocation(#[from] AllocationError),
    /// No size reaches the margin, or the margin makes no sense.
    #[error(transparent)]
    Size(#[from] SizeError),
}

/// A population in strata, sorted by name, from which a sample can be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame<Id> {
    strata: Vec<Stratum<Id>>,
    excluded: Vec<usize>,
}

/// What was drawn from one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumSample<Id> {
    /// The stratum's name.
    pub name: String,
    /// How many ids it has, without the excluded ones.
    pub population: usize,
    /// How many ids were excluded.
    pub excluded: usize,
    /// What was drawn.
    pub sample: Sample<Id>,
}

impl<Id> StratumSample<Id> {
    /// For how many of its stratum each of the drawn stands; `None` when none was drawn.
    pub fn weight(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "strata of 2^53 do not occur")]
        let (population, drawn) = (self.population as f64, self.sample.drawn.len() as f64);
        (drawn > 0.0).then(|| population / drawn)
    }
}

impl<Id: Ord + Clone> Frame<Id> {
    /// Sorts the strata.
    ///
    /// # Errors
    /// Nobody in any stratum, two strata of one name, an id that occurs twice.
    pub fn new(mut strata: Vec<Stratum<Id>>) -> Result<Self, FrameError> {
        strata.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(pair) = strata.windows(2).find(|pair| pair[0].name == pair[1].name) {
            return Err(FrameError::RepeatedStratum(pair[0].name.clone()));
        }
        let mut seen = BTreeSet::new();
        for stratum in &strata {
            if !stratum.population.iter().all(|id| seen.insert(id)) {
                return Err(FrameError::Repeated(stratum.name.clone()));
            }
        }
        let excluded = vec![0; strata.len()];
        Self { strata, excluded }.unless_empty()
    }

    /// Takes out ids; one that is named twice is taken out once.
    ///
    /// # Errors
    /// An exclusion that is not in the population, or nobody left.
    pub fn without(mut self, exclusions: &[Id]) -> Result<Self, FrameError> {
        let all: BTreeSet<&Id> = self.strata.iter().flat_map(|stratum| &stratum.population).collect();
        if let Some(place) = exclusions.iter().position(|id| !all.contains(id)) {
            return Err(FrameError::UnknownExclusion(place));
        }
        let out: BTreeSet<&Id> = exclusions.iter().collect();
        for (stratum, excluded) in self.strata.iter_mut().zip(&mut self.excluded) {
            let before = stratum.population.len();
            stratum.population.retain(|id| !out.contains(id));
            *excluded += before - stratum.population.len();
        }
        self.unless_empty()
    }

    fn unless_empty(self) -> Result<Self, FrameError> {
        if self.population() == 0 { Err(FrameError::Empty) } else { Ok(self) }
    }

    /// How many ids can be drawn.
    pub fn population(&self) -> usize {
        self.strata.iter().map(|stratum| stratum.population.len()).sum()
    }

    /// The strata in the order of the draw, without the excluded ids.
    pub fn strata(&self) -> &[Stratum<Id>] {
        &self.strata
    }

    /// How many places each stratum gets of so many, in the order of [`Frame::strata`].
    ///
    /// # Errors
    /// See [`allocate`].
    pub fn allocate(&self, size: usize, rule: Rule) -> Result<Vec<usize>, AllocationError> {
        let sizes: Vec<Size> = self
            .strata
            .iter()
            .map(|stratum| Size { population: stratum.population.len(), expected: stratum.expected })
            .collect();
        allocate(&sizes, size, rule)
    }

    /// The margin that a size buys for a share over all strata.
    ///
    /// # Errors
    /// A size that cannot be shared out, or a stratum with nobody drawn: nothing is told of it.
    pub fn margin(&self, size: usize, rule: Rule, confidence: Confidence) -> Result<Margin, FrameError> {
        let places = self.allocate(size, rule)?;
        let drawn: Vec<Drawn> = self
            .strata
            .iter()
            .zip(places)
            .map(|(stratum, size)| Drawn {
                population: stratum.population.len() as u64,
                size: size as u64,
                expected: stratum.expected,
            })
            .collect();
        Ok(margin(&drawn, confidence)?)
    }

    /// A size that keeps a share over all strata within the margin, while one fewer would not. Found by halving between
    /// nobody and everybody.
    ///
    /// # Errors
    /// A margin that is not strictly between 0 and 1, an expected share that is none.
    pub fn size_for(&self, wanted: f64, rule: Rule, confidence: Confidence) -> Result<usize, FrameError> {
        if !(wanted > 0.0 && wanted < 1.0) {
            return Err(SizeError::Margin.into());
        }
        // a census always keeps it, unless the strata themselves are at fault
        let (mut misses, mut keeps) = (0, self.population());
        self.margin(keeps, rule, confidence)?;
        while keeps - misses > 1 {
            let middle = misses + (keeps - misses) / 2;
            // too few for the minimum, or for each stratum to be heard at all, is too few
            match self.margin(middle, rule, confidence) {
                Ok(Margin::Within(found)) if found > wanted => misses = middle,
                Ok(_) => keeps = middle,
                Err(_) => misses = middle,
            }
        }
        Ok(keeps)
    }

    /// Draws `size` ids shared out by the rule, with up to `reserve` replacements in each stratum, in the order in which
    /// they are to be used. A longer reserve changes neither the sample nor the replacements before.
    ///
    /// # Errors
    /// See [`allocate`].
    pub fn draw(
        self,
        seed: Seed,
        size: usize,
        rule: Rule,
        reserve: usize,
    ) -> Result<Vec<StratumSample<Id>>, FrameError> {
        let places = self.allocate(size, rule)?;
        Ok((1..)
            .zip(self.strata)
            .zip(self.excluded)
            .zip(places)
            .map(|(((stream, Stratum { name, mut population, .. }), excluded), places)| {
                let people = population.len();
                population.sort_unstable();
                let sample = shuffled(seed, stream, population, places, reserve);
                StratumSample { name, population: people, excluded, sample }
            })
            .collect())
    }
}

#[cfg(test)]
mod tests;
