//! How sure a proportion is when the people asked are a good part of all there are.
//!
//! An area has a few dozen children on orders at home. An interval that takes them for a drop in an ocean is far too
//! wide; and when all of them have answered there is nothing left to be unsure of.
//!
//! [`proportion`] inverts the test: it keeps every number of people in the population that would not be rejected by either
//! one-sided hypergeometric test at half the remaining doubt (Buonaccorsi 1987, *The American Statistician* 41; Wright 1991,
//! *Exact Confidence Bounds when Sampling from Small Finite Universes*). There is a second custom in the field, which
//! names at each end the first number that *is* rejected; its intervals are wider by one person at each end. Which one was
//! used is said with the result.
//!
//! [`wilson`] is the approximation by formula: the score interval with the variance shrunk by (N − n) ÷ (N − 1).

use crate::intervals::Interval;
use crate::normal::Confidence;

/// How the people who answered came to be those who did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// They were drawn at random, and nearly all who were drawn answered.
    Random,
    /// They chose to answer.
    SelfSelected,
}

/// How the ends of an interval were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// The numbers that no one-sided hypergeometric test rejects, both ends among them.
    TestInversion,
    /// From the intervals of the strata by test inversion, each with its weight: see [`crate::stratified`].
    Recovered,
}

/// What has to be said beside an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// Those who answered chose to. The interval would hold if they were a random part of all, which nobody knows: who
    /// answers may differ from who does not. The response rate belongs beside it.
    NotARandomSample {
        /// How many answered.
        answered: u64,
        /// Of how many.
        of: u64,
    },
}

/// Why there is no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoInterval {
    /// Everybody answered: the count is the truth and not an estimate.
    Census,
    /// Nobody answered.
    NobodyAnswered,
    /// More people than answered, or more answers than people.
    Impossible,
}

/// An interval of a proportion, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Certainty {
    /// No interval.
    None(NoInterval),
    /// Between two proportions, both between 0 and 1.
    Between {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// How the ends were found.
        convention: Convention,
        /// What has to be said with it.
        caution: Option<Caution>,
    },
}

/// The interval of the proportion in a population of `population` people, of whom `answered` were heard and `part` of those
/// said so.
pub fn proportion(
    part: u64,
    answered: u64,
    population: u64,
    selection: Selection,
    confidence: Confidence,
) -> Certainty {
    if part > answered || answered > population {
        return Certainty::None(NoInterval::Impossible);
    }
    if answered == 0 {
        return Certainty::None(NoInterval::NobodyAnswered);
    }
    if answered == population {
        return Certainty::None(NoInterval::Census);
    }
    let (low, high) = counts(part, answered, population, confidence);
    Certainty::Between {
        low: share(low, population),
        high: share(high, population),
        convention: Convention::TestInversion,
        caution: match selection {
            Selection::Random => None,
            Selection::SelfSelected => Some(Caution::NotARandomSample { answered, of: population }),
        },
    }
}

/// The score interval with the finite-population correction: [`crate::intervals::wilson`] with `n (N − 1) ÷ (N − n)`
/// people in place of n, and never beyond what is possible, since those who answered are counted already.
///
/// `None` where there is no interval: see [`NoInterval`].
pub fn wilson(part: u64, answered: u64, population: u64, confidence: Confidence) -> Option<Interval> {
    if answered == 0 || part > answered || answered >= population {
        return None;
    }
    let p = share(part, answered);
    let as_if = float(answered) * float(population - 1) / float(population - answered);
    let z = confidence.z();
    let square = z * z / as_if;
    let centre = p + square / 2.0;
    let reach = (square * p * (1.0 - p) + square * square / 4.0).sqrt();
    Some(Interval {
        low: ((centre - reach) / (1.0 + square)).max(share(part, population)),
        high: ((centre + reach) / (1.0 + square)).min(share(population - (answered - part), population)),
    })
}

/// The least and the greatest number in the population that neither test rejects.
fn counts(part: u64, answered: u64, population: u64, confidence: Confidence) -> (u64, u64) {
    let doubt = (1.0 - confidence.value()) / 2.0;
    let (least, most) = (part, population - (answered - part));
    // many of those heard said so: less and less likely the fewer there are
    let low = first(least, most, |total| at_least(part, answered, total, population) > doubt);
    // few of those heard said so: the same seen from the others
    let others = first(answered - part, population - part, |total| {
        at_least(answered - part, answered, total, population) > doubt
    });
    (low, population - others)
}

/// The first number from `from` to `to` for which the test holds; it holds from there on, and for `to`.
fn first(from: u64, to: u64, test: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if test(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The probability that `part` or more are among `answered` drawn from `population`, of whom `total` say so.
fn at_least(part: u64, answered: u64, total: u64, population: u64) -> f64 {
    let most = answered.min(total);
    let least = (answered + total).saturating_sub(population);
    if part <= least {
        return 1.0;
    }
    if part > most {
        return 0.0;
    }
    let mean = float(answered) * float(total) / float(population);
    let step_up = |k: u64| {
        float(total - k) / float(k + 1) * (float(answered - k) / float(population + k + 1 - total - answered))
    };
    // sums the side of the tail, whose terms only shrink
    if float(part) > mean {
        let mut term = probability(part, answered, total, population);
        let mut sum = term;
        for k in part..most {
            term *= step_up(k);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        sum
    } else {
        let mut term = probability(part - 1, answered, total, population);
        let mut sum = term;
        for k in (least..part - 1).rev() {
            term /= step_up(k);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        1.0 - sum
    }
}

/// The hypergeometric probability of exactly `part`.
pub(crate) fn probability(part: u64, answered: u64, total: u64, population: u64) -> f64 {
    let choose = |of: u64, take: u64| {
        libm::lgamma(float(of) + 1.0) - libm::lgamma(float(take) + 1.0) - libm::lgamma(float(of - take) + 1.0)
    };
    (choose(total, part) + choose(population - total, answered - part) - choose(population, answered)).exp()
}

fn share(part: u64, whole: u64) -> f64 {
    float(part) / float(whole)
}

#[expect(clippy::cast_precision_loss, reason = "counts of people beyond 2^53 do not occur")]
fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
