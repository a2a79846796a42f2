//! A random sample that anyone can draw again.
//!
//! The method, in full, so that somebody with another tool can check a sample:
//!
//! 1. Sort the population ids ascending (text: by Unicode code points). Ids must be distinct.
//! 2. The generator is ChaCha20 (Bernstein 2008; 20 rounds, 64-bit block counter from 0, 64-bit nonce = the stream
//!    number, 0 for a plain sample). The key is the seed: 32 bytes as given, or a whole number as 8 bytes little
//!    endian followed by 24 zero bytes.
//! 3. The key stream is read as 64-bit little-endian words, in order.
//! 4. A number below `n` is made from the next word `w`: when `w` is at least the largest multiple of `n` that is
//!    at most 2⁶⁴ − 1, take the next word instead; otherwise the number is `w mod n`.
//! 5. Partial Fisher-Yates shuffle (Durstenfeld 1964, Algorithm 235): for position `i` = 0, 1, 2 … draw `j` = `i` + a
//!    number below `N − i` and swap positions `i` and `j`.
//! 6. The first `size` positions are the sample in order of drawing, the next `reserve` positions the replacements
//!    in the order in which they are to be used. A longer reserve never changes the sample.
//!
//! A sample from strata shares its places out by [`proportional_allocation`] and draws within each stratum as above;
//! strata are sorted by name and the stratum at place 0, 1, 2 … uses stream 1, 2, 3 …, so a stratum's draw does not
//! depend on the size of another's.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Where the randomness of a draw comes from; to be recorded with the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// The 32 bytes of the key.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn generator(self, stream: u64) -> ChaCha20Rng {
        let mut generator = ChaCha20Rng::from_seed(self.0);
        generator.set_stream(stream);
        generator
    }
}

impl From<[u8; 32]> for Seed {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl From<u64> for Seed {
    fn from(number: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&number.to_le_bytes());
        Self(bytes)
    }
}

/// Why a sample cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// More was asked for than there is.
    #[error("asked for {asked} out of {population}")]
    TooFew {
        /// Sample size asked for, without the reserve.
        asked: usize,
        /// How many ids there are.
        population: usize,
    },
    /// An id occurs twice: it would have twice the chance. The number is its place in sorted order.
    #[error("the id at place {place} of the sorted population occurs more than once")]
    Repeated {
        /// Place of the second occurrence, from 0.
        place: usize,
    },
    /// Two strata have one name.
    #[error("two strata are named {0:?}")]
    RepeatedStratum(String),
}

/// A sample with its replacements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<Id> {
    /// The ids drawn, in order of drawing.
    pub drawn: Vec<Id>,
    /// Ids to use, in this order, when one of [`Sample::drawn`] cannot be used.
    pub reserve: Vec<Id>,
}

/// Draws `size` ids without replacement, and up to `reserve` replacements (fewer when the population ends).
/// The order in which the ids are handed in makes no difference.
pub fn draw<Id: Ord>(
    seed: Seed,
    population: Vec<Id>,
    size: usize,
    reserve: usize,
) -> Result<Sample<Id>, SampleError> {
    draw_stream(seed, 0, population, size, reserve)
}

fn draw_stream<Id: Ord>(
    seed: Seed,
    stream: u64,
    mut ids: Vec<Id>,
    size: usize,
    reserve: usize,
) -> Result<Sample<Id>, SampleError> {
    if size > ids.len() {
        return Err(SampleError::TooFew { asked: size, population: ids.len() });
    }
    ids.sort_unstable();
    if let Some(before) = ids.windows(2).position(|pair| pair[0] == pair[1]) {
        return Err(SampleError::Repeated { place: before + 1 });
    }
    let mut generator = seed.generator(stream);
    let wanted = size.saturating_add(reserve).min(ids.len());
    for place in 0..wanted {
        let other = place + below(&mut generator, ids.len() - place);
        ids.swap(place, other);
    }
    ids.truncate(wanted);
    let reserve = ids.split_off(size);
    Ok(Sample { drawn: ids, reserve })
}

/// A number below `bound` (which is at least 1), each equally likely: step 4 of the method.
fn below(generator: &mut impl RngCore, bound: usize) -> usize {
    let bound = bound as u64;
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let word = generator.next_u64();
        if word < limit {
            // below a usize, so the conversion cannot fail
            return usize::try_from(word % bound).unwrap_or(0);
        }
    }
}

/// A named part of the population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum<Id> {
    /// Its name; distinct within one draw.
    pub name: String,
    /// Its ids.
    pub population: Vec<Id>,
}

/// What was drawn from one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumSample<Id> {
    /// The stratum's name.
    pub name: String,
    /// How many ids it has.
    pub population: usize,
    /// What was drawn.
    pub sample: Sample<Id>,
}

/// Draws `size` ids in proportion to the sizes of the strata, with up to `reserve` replacements in each stratum.
/// Strata come back sorted by name.
pub fn draw_stratified<Id: Ord>(
    seed: Seed,
    mut strata: Vec<Stratum<Id>>,
    size: usize,
    reserve: usize,
) -> Result<Vec<StratumSample<Id>>, SampleError> {
    strata.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(pair) = strata.windows(2).find(|pair| pair[0].name == pair[1].name) {
        return Err(SampleError::RepeatedStratum(pair[0].name.clone()));
    }
    let sizes: Vec<usize> = strata.iter().map(|stratum| stratum.population.len()).collect();
    let places = proportional_allocation(&sizes, size)?;
    (1..)
        .zip(strata)
        .zip(places)
        .map(|((stream, Stratum { name, population }), places)| {
            let people = population.len();
            let sample = draw_stream(seed, stream, population, places, reserve)?;
            Ok(StratumSample { name, population: people, sample })
        })
        .collect()
}

/// Shares `total` places out over strata in proportion to their sizes by the largest remainder (Hamilton's method;
/// Balinski and Young 1982): each gets the whole part of `total × size ÷ population`, the places left go to the
/// largest remainders; equal remainders to the larger stratum, then to the earlier one. No stratum gets more places
/// than it has ids.
pub fn proportional_allocation(sizes: &[usize], total: usize) -> Result<Vec<usize>, SampleError> {
    let population: usize = sizes.iter().sum();
    if total > population {
        return Err(SampleError::TooFew { asked: total, population });
    }
    if population == 0 {
        return Ok(vec![0; sizes.len()]);
    }
    let share = |size: usize| (size as u128 * total as u128, population as u128);
    let mut places: Vec<usize> = Vec::with_capacity(sizes.len());
    let mut remainders = Vec::with_capacity(sizes.len());
    for (place, &size) in sizes.iter().enumerate() {
        let (product, population) = share(size);
        // at most `total`, so the conversion cannot fail
        places.push(usize::try_from(product / population).unwrap_or(total));
        remainders.push((product % population, size, place));
    }
    let left = total - places.iter().sum::<usize>();
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    for &(_, _, place) in remainders.iter().take(left) {
        places[place] += 1;
    }
    Ok(places)
}

#[cfg(test)]
mod tests;
