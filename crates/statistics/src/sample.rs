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
//! A sample from strata is drawn within each stratum as above, with a stream of its own: see [`strata`], and
//! [`allocation`] for how many fall to each. `docs/sampling.md` says the same for people who redraw a sample, with a
//! program in Python that does.

pub mod allocation;
pub mod strata;

use std::fmt;
use std::str::FromStr;

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

    /// The generator that step 2 of the method describes. Streams of one seed have nothing to do with each other.
    pub fn generator(self, stream: u64) -> ChaCha20Rng {
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

/// A text that is no seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seed is a whole number below 2 to the power of 64, or 64 hexadecimal digits")]
pub struct NotASeed;

impl FromStr for Seed {
    type Err = NotASeed;

    /// A whole number, or the 32 bytes as 64 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, NotASeed> {
        if text.len() != 64 {
            // A longer one is a key that lost digits, even where zeros before a number would make it one.
            let number = Some(text).filter(|text| text.len() <= 20).and_then(|text| text.parse::<u64>().ok());
            return number.map(Self::from).ok_or(NotASeed);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).ok_or(NotASeed);
            *byte = u8::try_from(digit(0)? * 16 + digit(1)?).map_err(|_| NotASeed)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Seed {
    /// 64 hexadecimal digits.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
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
    let mut ids = population;
    if size > ids.len() {
        return Err(SampleError::TooFew { asked: size, population: ids.len() });
    }
    ids.sort_unstable();
    if let Some(before) = ids.windows(2).position(|pair| pair[0] == pair[1]) {
        return Err(SampleError::Repeated { place: before + 1 });
    }
    Ok(shuffled(seed, 0, ids, size, reserve))
}

/// Steps 5 and 6 of the method on sorted, distinct ids, of which there are at least `size`.
fn shuffled<Id>(seed: Seed, stream: u64, mut ids: Vec<Id>, size: usize, reserve: usize) -> Sample<Id> {
    let mut generator = seed.generator(stream);
    let wanted = size.saturating_add(reserve).min(ids.len());
    for place in 0..wanted {
        let other = place + below(&mut generator, ids.len() - place);
        ids.swap(place, other);
    }
    ids.truncate(wanted);
    let reserve = ids.split_off(size);
    Sample { drawn: ids, reserve }
}

/// A number below `bound` (which is at least 1), each equally likely: step 4 of the method.
pub(crate) fn below(generator: &mut impl RngCore, bound: usize) -> usize {
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

#[cfg(test)]
mod tests;
