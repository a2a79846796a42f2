//! Passwords of devices that fill forms in away from the network.
//!
//! A device does not get its owner's password: it gets one of its own, made by the program, good for the forms of one
//! inspection and ended at any time. Twenty random letters of the alphabet of [`super::codes`] carry 100 bits, so that a
//! keyed hash of it can be kept and looked for, and no guess ever hits.

use std::fmt;

use super::codes::{LETTERS, digit_of};
use crate::ids::Randomness;

const LENGTH: usize = 20;

/// Most devices that one person may have in one inspection at a time (our own number: a phone, a tablet, and spare ones).
pub const MOST_DEVICES: usize = 10;

/// Most characters of the name that a person gives a device.
pub const LONGEST_NAME: usize = 60;

/// The password of a device. Not printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct DevicePassword(String);

impl fmt::Debug for DevicePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DevicePassword(…)")
    }
}

impl DevicePassword {
    /// A new password.
    pub fn random(random: &dyn Randomness) -> Self {
        let mut bytes = [0_u8; LENGTH];
        random.fill(&mut bytes);
        // 256 is a multiple of 32, so each letter is equally likely.
        Self(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
    }

    /// Reads what somebody typed: case, gaps and dashes do not matter. `None` for what cannot be one.
    pub fn read(typed: &str) -> Option<Self> {
        let mut letters = String::with_capacity(LENGTH);
        for sign in typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            if letters.len() == LENGTH {
                return None;
            }
            letters.push(char::from(LETTERS[usize::from(digit_of(sign)?)]));
        }
        (letters.len() == LENGTH).then_some(Self(letters))
    }

    /// The password without gaps, as it is hashed.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The password as it is shown: small letters, which a phone types without another key, in groups of four.
    pub fn shown(&self) -> String {
        let groups: Vec<_> = self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        groups.join("-").to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Randomness for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (byte, value) in bytes.iter_mut().zip(0_u8..) {
                *byte = value.wrapping_mul(37);
            }
        }
    }

    #[test]
    fn a_password_is_read_however_it_is_typed() {
        let password = DevicePassword::random(&Counting);
        let shown = password.shown();
        assert_eq!((shown.len(), shown.matches('-').count()), (24, 4), "{shown}");
        for typed in [shown.clone(), shown.to_uppercase(), shown.replace('-', ""), shown.replace('-', " ")] {
            assert_eq!(DevicePassword::read(&typed), Some(password.clone()), "{typed}");
        }
        assert_eq!(format!("{password:?}"), "DevicePassword(…)");
    }

    #[test]
    fn what_cannot_be_a_password_is_none() {
        let shown = DevicePassword::random(&Counting).shown();
        for typed in ["", "short", "ü", &shown[1..], &format!("{shown}x"), &shown.replace('-', "é")] {
            assert_eq!(DevicePassword::read(typed), None, "{typed}");
        }
    }
}
