//! Chance: `random`, `uuid` and the shuffling of choices.
//!
//! Shuffling with a seed follows the ODK XForms specification (the "inside-out" Fisher-Yates shuffle over a
//! Park-Miller generator), so that every client puts the choices into the same order.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Function;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::Value;

/// Randomness for expressions, from a seed that is handed in. Each draw has a stream of its own, so that it can be
/// shared.
#[derive(Debug)]
pub struct Chance {
    seed: [u8; 32],
    drawn: AtomicU64,
}

impl Chance {
    /// From a seed, which decides everything.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }

    /// From a short seed, for repeatable runs.
    pub fn from_number(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self::new(bytes)
    }

    fn generator(&self) -> ChaCha8Rng {
        let mut generator = ChaCha8Rng::from_seed(self.seed);
        generator.set_stream(self.drawn.fetch_add(1, Ordering::Relaxed));
        generator
    }

    /// A number from 0 up to but not including 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub fn number(&self) -> f64 {
        (self.generator().next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.generator().fill_bytes(&mut bytes);
        bytes
    }
}

impl Clone for Chance {
    fn clone(&self) -> Self {
        Self { seed: self.seed, drawn: AtomicU64::new(self.drawn.load(Ordering::Relaxed)) }
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The longest text of `uuid(length)`.
const LONGEST_UUID: usize = 1_000;

pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    let chance = &evaluator.surroundings.chance;
    match (function, arguments) {
        (Function::Random, _) => Ok(Value::Number(chance.number())),
        (Function::Uuid, [length]) => {
            let length = evaluator.number(length, focus)?;
            if length.is_nan() || length < 1.0 {
                return Ok(Value::EMPTY);
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative; saturates"
            )]
            let length = (length as usize).min(LONGEST_UUID);
            let mut bytes = vec![0; length];
            chance.generator().fill_bytes(&mut bytes);
            let text: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 64)])).collect();
            Ok(Value::Text(text.into()))
        }
        _ => Ok(Value::Text(uuid(chance.bytes()).into())),
    }
}

/// A random UUID (version 4, RFC 9562) from random bytes.
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.extend([hex(byte >> 4), hex(byte & 15)]);
    }
    text
}

/// A figure of a hexadecimal number.
pub(super) fn hex(four_bits: u8) -> char {
    char::from_digit(u32::from(four_bits), 16).unwrap_or('0')
}

/// The generator of Park and Miller (1988): multiplier 16807, modulus 2^31 - 1.
struct ParkMiller(i64);

const MODULUS: i64 = 2_147_483_647;

impl ParkMiller {
    /// The seed is taken modulo the modulus and moved into its range, as Java's and the web's clients do.
    fn new(seed: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "saturates; what is not a number is 0")]
        let seed = seed as i64 % MODULUS;
        Self(if seed <= 0 { seed + MODULUS - 1 } else { seed })
    }

    /// The next number, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "below 2^31")]
    fn next(&mut self) -> f64 {
        self.0 = self.0 * 16_807 % MODULUS;
        (self.0 - 1) as f64 / (MODULUS - 1) as f64
    }
}

/// Shuffles, in a fixed way when there is a seed.
pub(crate) fn shuffle<T: Copy>(items: &[T], seed: Option<f64>, chance: &Chance) -> Vec<T> {
    let mut seeded = seed.map(ParkMiller::new);
    let mut shuffled: Vec<T> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let drawn = seeded.as_mut().map_or_else(|| chance.number(), ParkMiller::next);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "between 0 and the index"
        )]
        let place = ((drawn * (index + 1) as f64) as usize).min(index);
        if place == index {
            shuffled.push(*item);
        } else {
            shuffled.push(shuffled[place]);
            shuffled[place] = *item;
        }
    }
    shuffled
}

#[cfg(test)]
mod tests {
    use super::{Chance, shuffle};

    /// What clients of ODK on the web make of six letters with these seeds.
    #[test]
    fn a_seed_gives_the_order_that_other_clients_give() {
        let chance = Chance::from_number(0);
        for (seed, expected) in
            [(42.0, "AFCBDE"), (-42.0, "EDAFBC"), (1.0, "BFEACD"), (11_111_111.0, "ACDBFE")]
        {
            let letters: Vec<char> = "ABCDEF".chars().collect();
            let shuffled: String = shuffle(&letters, Some(seed), &chance).into_iter().collect();
            assert_eq!(shuffled, expected, "seed {seed}");
        }
    }

    #[test]
    fn every_seed_is_taken() {
        let chance = Chance::from_number(0);
        for seed in [0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 2_147_483_647.0, -2_147_483_647.0, 0.5]
        {
            let mut shuffled = shuffle(&[1, 2, 3, 4], Some(seed), &chance);
            shuffled.sort_unstable();
            assert_eq!(shuffled, [1, 2, 3, 4], "seed {seed}");
        }
    }
}
