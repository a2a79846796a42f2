//! How many of a sample fall to each stratum.
//!
//! | rule | places of a stratum |
//! | --- | --- |
//! | [`By::Proportional`] | as its part of the population: largest remainders |
//! | [`By::Equal`] | as many as every other, as far as it has them |
//! | [`By::Neyman`] | so that a share over all is told as sharply as the size allows |
//!
//! Each rule keeps three promises: the places add up to the size that was asked for, no stratum gets more than it has,
//! and none gets fewer than the minimum (or all it has, where that is less). No rule takes a decision by chance, so
//! an allocation can be worked out again; where two strata have the same claim, the larger comes first, then the
//! earlier.

/// By what the places are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// In proportion to the sizes of the strata, by the largest remainder (Hamilton's method; Balinski and Young 1982,
    /// *Fair Representation*): each gets the whole part of `places × size ÷ population`, the places left go to the largest
    /// remainders. Strata whose part is below the minimum get the minimum, and the rest is shared out by the same rule
    /// among the others.
    Proportional,
    /// Place by place to the stratum with the fewest so far, the minimum first.
    Equal,
    /// By size and spread (Neyman 1934, *Journal of the Royal Statistical Society* 97), in whole numbers: place by place
    /// to the stratum with the greatest `N² p(1 − p) ÷ (n(n + 1))`, where `n` is what it has so far; one without a place
    /// comes before all others. Among all whole-numbered allocations within the bounds this one has the least variance
    /// (Wright 2017, *Statistics and Probability Letters* 129).
    Neyman,
}

/// A rule of allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// By what.
    pub by: By,
    /// Fewest places of a stratum; a stratum with fewer ids gives all it has.
    pub minimum: usize,
}

/// What a rule has to know of a stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// How many ids it has.
    pub population: usize,
    /// The share expected in it, strictly between 0 and 1; 0.5 when nothing is known. Only [`By::Neyman`] looks at it.
    pub expected: f64,
}

/// Why places cannot be shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    /// More was asked for than there is.
    #[error("asked for {asked} out of {population}")]
    TooFew {
        /// Places asked for.
        asked: usize,
        /// How many ids there are.
        population: usize,
    },
    /// The minimum of each stratum takes more places than there are.
    #[error("the minimum of the strata takes {needed} places, and there are {asked}")]
    MinimumTooLarge {
        /// Places that the minimum takes.
        needed: usize,
        /// Places asked for.
        asked: usize,
    },
    /// The expected share of the stratum at this place, counted from 0, is not strictly between 0 and 1.
    #[error("the share expected in stratum {0} must lie between 0 and 1")]
    Expected(usize),
}

/// Shares `total` places out over strata. The places come back in the order of the strata.
///
/// # Errors
/// More places than ids, a minimum that takes more than there are, an expected share that is none.
pub fn allocate(strata: &[Size], total: usize, rule: Rule) -> Result<Vec<usize>, AllocationError> {
    let population: usize = strata.iter().map(|stratum| stratum.population).sum();
    if total > population {
        return Err(AllocationError::TooFew { asked: total, population });
    }
    if let Some(place) = strata.iter().position(|s| !(s.expected > 0.0 && s.expected < 1.0)) {
        return Err(AllocationError::Expected(place));
    }
    let floors: Vec<usize> = strata.iter().map(|stratum| rule.minimum.min(stratum.population)).collect();
    let needed: usize = floors.iter().sum();
    if needed > total {
        return Err(AllocationError::MinimumTooLarge { needed, asked: total });
    }
    Ok(match rule.by {
        By::Proportional => proportional(strata, total, floors),
        By::Equal => place_by_place(strata, total, floors, |_, so_far| 1.0 / (so_far + 1.0)),
        By::Neyman => place_by_place(strata, total, floors, |stratum, so_far| {
            let size = float(stratum.population);
            size * size * stratum.expected * (1.0 - stratum.expected) / (so_far * (so_far + 1.0))
        }),
    })
}

/// Gives the strata below their floor that floor, until the part of each other is at least its own; then largest
/// remainders. What a floor takes only makes the other parts smaller, so none of them outgrows its stratum.
fn proportional(strata: &[Size], total: usize, mut places: Vec<usize>) -> Vec<usize> {
    let mut free: Vec<usize> = (0..strata.len()).filter(|&at| strata[at].population > 0).collect();
    let (mut left, mut population);
    loop {
        left = total - (0..strata.len()).filter(|at| !free.contains(at)).map(|at| places[at]).sum::<usize>();
        population = free.iter().map(|&at| strata[at].population).sum::<usize>();
        let before = free.len();
        free.retain(|&at| product(strata[at].population, left) >= product(places[at], population));
        if free.len() == before {
            break;
        }
    }
    let mut remainders = Vec::with_capacity(free.len());
    let mut given = 0;
    for &at in &free {
        let (size, whole) = (strata[at].population, population as u128);
        // at most `left`, so the conversion cannot fail
        places[at] = usize::try_from(product(size, left) / whole).unwrap_or(left);
        given += places[at];
        remainders.push((product(size, left) % whole, size, at));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    for &(_, _, at) in remainders.iter().take(left - given) {
        places[at] += 1;
    }
    places
}

/// From the floors on, gives each next place to the stratum with the greatest claim that is not yet full.
fn place_by_place(
    strata: &[Size],
    total: usize,
    mut places: Vec<usize>,
    claim: impl Fn(&Size, f64) -> f64,
) -> Vec<usize> {
    for _ in places.iter().sum::<usize>()..total {
        let mut first: Option<(f64, usize)> = None;
        for (at, stratum) in strata.iter().enumerate().filter(|(at, s)| places[*at] < s.population) {
            let own = claim(stratum, float(places[at]));
            let before = first.is_none_or(|(other, best)| {
                own > other || (own >= other && stratum.population > strata[best].population)
            });
            if before {
                first = Some((own, at));
            }
        }
        // there is always one: the total is at most the population
        if let Some((_, at)) = first {
            places[at] += 1;
        }
    }
    places
}

fn product(a: usize, b: usize) -> u128 {
    a as u128 * b as u128
}

#[expect(clippy::cast_precision_loss, reason = "strata of 2^53 do not occur")]
fn float(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests;
