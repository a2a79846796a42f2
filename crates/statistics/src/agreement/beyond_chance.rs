//! Any number of readers, with readings missing: Fleiss' kappa, and Gwet's AC1 and AC2.
//!
//! Both are `(p − e) ÷ (1 − e)`. The agreement `p` is the average over the units that were read at least twice; the
//! agreement by chance `e` is worked out from how usual each category is, `π_k`: the average over all units of the part of
//! their readings that is of category `k`.
//!
//! Their standard errors are Gwet's (2008, *British Journal of Mathematical and Statistical Psychology* 61; with missing
//! readings and weights in his *Handbook of Inter-Rater Reliability*, 4th ed. 2014, chapter 5): of each unit what the
//! coefficient would be by it alone, corrected for what it adds to `e`. Intervals are by Student's distribution.

use super::tally::{Pattern, Tally};
use super::weights::Weights;
use super::{Estimate, NoRange, Range, Undefined, float};
use crate::normal::Confidence;

/// Fleiss' kappa (1971, *Psychological Bulletin* 76): `e = Σ π_k²`. For readers who change from unit to unit; where all
/// units have as many readings, it is as he printed it.
///
/// # Errors
/// No unit was read twice, or only one category was chosen.
pub fn fleiss(tally: &Tally, confidence: Confidence) -> Result<Estimate, Undefined> {
    if tally.read_twice() > 0 && tally.one_category() {
        return Err(Undefined::OneCategory);
    }
    let usual = usual(tally);
    coefficient(tally, Weights::Unweighted, &usual, &usual, confidence)
}

/// Gwet's AC1 (unweighted; 2008, see above) or AC2 (with weights `w`; 2014): `e = Σ w ÷ (q (q − 1)) × Σ π_k (1 − π_k)` on
/// a scale of `q` categories. It stays near the percent agreement where one category is much more usual than the
/// others; all readings of one category are full agreement for it.
///
/// # Errors
/// No unit was read twice, or the scale has one category only.
pub fn gwet(tally: &Tally, weights: Weights, confidence: Confidence) -> Result<Estimate, Undefined> {
    let categories = tally.scale().categories();
    if tally.read_twice() > 0 && categories < 2 {
        return Err(Undefined::OneCategory);
    }
    let all: f64 = (0..categories)
        .flat_map(|a| (0..categories).map(move |b| (a, b)))
        .map(|(a, b)| weights.agreement(tally.scale(), a, b))
        .sum();
    let q = float(categories as u64);
    let usual = usual(tally);
    let met: Vec<f64> = usual.iter().map(|share| all / (q * (q - 1.0)) * (1.0 - share)).collect();
    coefficient(tally, weights, &usual, &met, confidence)
}

/// How usual each category is.
fn usual(tally: &Tally) -> Vec<f64> {
    let mut usual = vec![0.0; tally.scale().categories()];
    let units = float(tally.units());
    for (pattern, times) in tally.patterns() {
        let readings = f64::from(pattern.readings());
        for &(category, chosen) in pattern.chosen() {
            usual[category] += f64::from(chosen) / readings * float(times) / units;
        }
    }
    usual
}

/// The coefficient whose agreement by chance is `Σ usual_k met_k`: a reading of category `k` meets so much by chance.
fn coefficient(
    tally: &Tally,
    weights: Weights,
    usual: &[f64],
    met: &[f64],
    confidence: Confidence,
) -> Result<Estimate, Undefined> {
    let (units, twice) = (tally.units(), tally.read_twice());
    if twice == 0 {
        return Err(Undefined::NothingReadTwice);
    }
    let chance: f64 = usual.iter().zip(met).map(|(share, met)| share * met).sum();
    let agreements: Vec<Option<f64>> =
        tally.patterns().map(|(pattern, _)| alike(tally, pattern, weights)).collect();
    let observed: f64 =
        tally.patterns().zip(&agreements).filter_map(|((_, times), own)| Some((*own)? * float(times))).sum();
    let value = (observed / float(twice) - chance) / (1.0 - chance);
    let mut squares = 0.0;
    for ((pattern, times), own) in tally.patterns().zip(&agreements) {
        let alone = own.map_or(0.0, |own| float(units) / float(twice) * (own - chance) / (1.0 - chance));
        let readings = f64::from(pattern.readings());
        let own_chance: f64 = pattern
            .chosen()
            .iter()
            .map(|&(category, chosen)| f64::from(chosen) / readings * met[category])
            .sum();
        let corrected = alone - 2.0 * (1.0 - value) * (own_chance - chance) / (1.0 - chance);
        squares += float(times) * (corrected - value).powi(2);
    }
    // How far one unit may be from others of which none was read twice, nobody knows.
    let range = if twice < 2 {
        Range::None(NoRange::OneUnit)
    } else {
        Range::from_units(value, squares / (float(units) * float(units - 1)), units, confidence)
    };
    Ok(Estimate { value, units: twice, range })
}

/// The weighted agreement within a unit; `None` with fewer than two readings.
fn alike(tally: &Tally, pattern: &Pattern, weights: Weights) -> Option<f64> {
    let readings = f64::from(pattern.readings());
    if readings < 2.0 {
        return None;
    }
    let mut sum = 0.0;
    for &(a, of_a) in pattern.chosen() {
        let near: f64 = pattern
            .chosen()
            .iter()
            .map(|&(b, of_b)| f64::from(of_b) * weights.agreement(tally.scale(), a, b))
            .sum();
        sum += f64::from(of_a) * (near - 1.0);
    }
    Some(sum / (readings * (readings - 1.0)))
}

#[cfg(test)]
mod tests;
