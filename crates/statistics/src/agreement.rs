//! How far readers who judged the same things agree.
//!
//! | module | subject |
//! | --- | --- |
//! | [`readings`] | what was read: units, readers, a scale, and what is missing |
//! | [`tally`] | the same without the readers: how often each category was chosen in each unit; percent agreement |
//! | [`weights`] | how much a near miss counts |
//! | [`pairs`] | two readers: percent agreement and Cohen's kappa |
//! | [`beyond_chance`] | any number of readers: Fleiss' kappa, Gwet's AC1 and AC2 |
//! | [`alpha`] | any number of readers: Krippendorff's alpha |
//! | [`resampling`] | an interval for any of them, by drawing units again |
//! | [`summary`] | all of them for one item, over all readers and for each two |
//!
//! No coefficient says it all. Where nearly all readings are of one category, kappa and alpha are near 0 however often
//! readers agree (Feinstein and Cicchetti 1990, *Journal of Clinical Epidemiology* 43). So percent agreement, a
//! coefficient with its weights, AC1 and the counts belong together.
//!
//! A reading that is missing is not a category. A unit that fewer than two read says nothing of agreement; Fleiss' kappa,
//! AC1 and AC2 still learn from it how usual a category is (Gwet 2014, *Handbook of Inter-Rater Reliability*, 4th ed.).
//!
//! A coefficient that does not exist is an [`Undefined`] that says why, an interval that does not is a [`NoRange`]; nothing
//! here is ever NaN.

pub mod alpha;
pub mod beyond_chance;
pub mod pairs;
pub mod readings;
pub mod resampling;
pub mod summary;
pub mod tally;
pub mod weights;

#[cfg(test)]
mod examples;

use crate::intervals::Interval;
use crate::normal::Confidence;
use crate::student;

/// Why a coefficient does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// No unit has two readings.
    #[error("no unit was read twice")]
    NothingReadTwice,
    /// Only one category was ever chosen, or the scale has one only. Agreement by chance is certain, and nothing can
    /// exceed it.
    #[error("everyone chose the same category throughout: not defined")]
    OneCategory,
    /// Ratios were asked for, and the scale has a number below 0.
    #[error("a ratio scale has no numbers below 0")]
    BelowZero,
}

/// A coefficient with what is known of its accuracy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The coefficient: 1 when all agree, 0 for agreement as by chance (percent agreement: for none), and below 0 for less
    /// than that: with two readings of every unit down to −1, with readings missing lower still.
    pub value: f64,
    /// How many units were read at least twice.
    pub units: u64,
    /// The interval.
    pub range: Range,
}

/// The interval of a coefficient, or why there is none. Units are taken for a random part of very many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// Between two values of the coefficient; cut where no coefficient can be.
    Between {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// How the ends were found.
        how: How,
    },
    /// No interval.
    None(NoRange),
}

/// How the ends of an interval were found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// The score interval of a proportion ([`crate::intervals::score`]) with the units as trials. A unit with more than two
    /// readings can agree in part, which varies less than all or nothing: then the interval is rather too wide.
    Score,
    /// The coefficient and so many standard errors.
    StandardError {
        /// The standard error.
        error: f64,
        /// How many of them to either side.
        times: f64,
    },
    /// Percentiles of the coefficient over samples drawn from the units.
    Bootstrap {
        /// How many samples.
        rounds: u32,
        /// In how many of them the coefficient did not exist. They were left out.
        undefined: u32,
    },
}

/// Why a coefficient has no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRange {
    /// Only one unit.
    OneUnit,
    /// All units speak alike (everybody agreed everywhere, for example), so they do not show how far chance goes. That is
    /// not certainty.
    NoDifference,
    /// In so many of the samples did the coefficient not exist that an end of the interval could be among them.
    OftenUndefined {
        /// How many samples.
        rounds: u32,
        /// In how many of them.
        undefined: u32,
    },
    /// Too few samples for so high a confidence.
    TooFewRounds,
}

impl Range {
    /// So many standard errors to either side, cut at 1 and at −1, or at the coefficient itself where that is lower.
    fn around(value: f64, error: f64, times: f64) -> Self {
        Self::Between {
            // With readings missing a coefficient itself may lie below -1.
            low: (value - times * error).max(value.min(-1.0)),
            high: (value + times * error).min(1.0),
            how: How::StandardError { error, times },
        }
    }

    /// By Student's distribution from the variance of a coefficient over so many units, with one degree of freedom fewer
    /// (as Gwet 2014 does).
    fn from_units(value: f64, variance: f64, units: u64, confidence: Confidence) -> Self {
        if units < 2 {
            return Self::None(NoRange::OneUnit);
        }
        // what rounding leaves of equal numbers is no difference
        if variance < 1e-24 {
            return Self::None(NoRange::NoDifference);
        }
        Self::around(value, variance.sqrt(), student::t(confidence, units - 1))
    }

    fn by_score(interval: Option<Interval>) -> Self {
        interval.map_or(Self::None(NoRange::OneUnit), |Interval { low, high }| Self::Between {
            low,
            high,
            how: How::Score,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of judgements stay far below 2^53")]
fn float(number: u64) -> f64 {
    number as f64
}
