//! An interval for a coefficient by drawing units again (the bootstrap).
//!
//! From the units that were read at least twice as many are drawn, each from all of them, and the coefficient is worked
//! out from those; and so for many rounds. The interval lies between percentiles of the rounds: with `R` rounds and a
//! doubt `a`, the `k`-th from below and from above, `k = ⌊(R + 1) a ÷ 2⌋` (Efron and Tibshirani 1993, *An
//! Introduction to the Bootstrap*, 12.5 and 13.3). Whole units are drawn, since the readings of one unit belong together.
//!
//! A unit is drawn as a number below the number of units (step 4 of [`crate::sample`]) among the units in the order of
//! their tally, so that the same generator gives the same interval however the units were ordered.

use rand_chacha::rand_core::RngCore;

use super::tally::Tally;
use super::{Estimate, How, NoRange, Range, Undefined};
use crate::normal::Confidence;
use crate::sample::below;

/// How an interval by drawing again is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// How many rounds; 1,000 by custom.
    pub rounds: u32,
    /// How sure the interval is to be.
    pub confidence: Confidence,
}

impl Resampling {
    /// 1,000 rounds, 95 in 100.
    pub const USUAL: Self = Self { rounds: 1_000, confidence: Confidence::NINETY_FIVE };
}

/// A coefficient with its interval by drawing again. Rounds in which it is undefined (only one category was drawn) are left
/// out, and counted.
///
/// # Errors
/// The coefficient of the units themselves is undefined.
pub fn estimate(
    tally: &Tally,
    resampling: Resampling,
    generator: &mut impl RngCore,
    coefficient: impl Fn(&Tally) -> Result<f64, Undefined>,
) -> Result<Estimate, Undefined> {
    let value = coefficient(tally)?;
    let twice = tally.clone().only_read_twice();
    let units = twice.units();
    let range = if units < 2 {
        Range::None(NoRange::OneUnit)
    } else {
        range(twice, resampling, generator, coefficient)
    };
    Ok(Estimate { value, units, range })
}

fn range(
    mut tally: Tally,
    Resampling { rounds, confidence }: Resampling,
    generator: &mut impl RngCore,
    coefficient: impl Fn(&Tally) -> Result<f64, Undefined>,
) -> Range {
    let pattern_of: Vec<usize> =
        tally.times_mut().iter().enumerate().flat_map(|(at, &n)| (0..n).map(move |_| at)).collect();
    let mut found = Vec::new();
    for _ in 0..rounds {
        let times = tally.times_mut();
        times.fill(0);
        for _ in 0..pattern_of.len() {
            times[pattern_of[below(generator, pattern_of.len())]] += 1;
        }
        found.extend(coefficient(&tally));
    }
    let undefined = rounds - u32::try_from(found.len()).unwrap_or(rounds);
    let beyond = (1.0 - confidence.value()) / 2.0;
    if f64::from(undefined) > f64::from(rounds) * beyond {
        return Range::None(NoRange::OftenUndefined { rounds, undefined });
    }
    found.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (found.first(), found.last()) else {
        return Range::None(NoRange::TooFewRounds);
    };
    if most - least < 1e-12 {
        return Range::None(NoRange::NoDifference);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and half the rounds"
    )]
    let place = ((f64::from(rounds - undefined) + 1.0) * beyond + 1e-9).floor() as usize;
    match place.checked_sub(1) {
        None => Range::None(NoRange::TooFewRounds),
        Some(place) => Range::Between {
            low: found[place],
            high: found[found.len() - 1 - place],
            how: How::Bootstrap { rounds, undefined },
        },
    }
}

#[cfg(test)]
mod tests;
