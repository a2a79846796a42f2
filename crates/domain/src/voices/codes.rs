//! Codes that open a survey once, printed on sheets and handed out.
//!
//! A code is eleven random letters and one that checks them, in an alphabet without letters that look alike
//! (Crockford's base 32: no I, L, O, U). Eleven letters carry 55 bits: whoever tries a million codes a second against
//! a survey of a thousand needs about a year for the first hit, and each try is slowed anyway. The check letter tells
//! a slip of the pen from a code that is not known, so that a person is told the right thing.

use std::fmt;

use crate::ids::Randomness;

pub(super) const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM: usize = 11;

/// A code in its written form without gaps, for example `7QK2M9X4TRWB`. Not printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// Too long, too short, or with other signs.
    #[error("a code has twelve letters and digits")]
    Shape,
    /// The check letter does not fit: one letter is wrong, or two stand the wrong way round.
    #[error("a letter of the code is wrong")]
    Slip,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// A new code.
    pub fn random(random: &dyn Randomness) -> Self {
        let mut bytes = [0_u8; RANDOM];
        random.fill(&mut bytes);
        // 256 is a multiple of 32, so each letter is equally likely.
        let mut digits: Vec<u8> = bytes.iter().map(|byte| byte % 32).collect();
        digits.push(check(&digits));
        Self(digits.iter().map(|digit| char::from(LETTERS[usize::from(*digit)])).collect())
    }

    /// Reads what somebody typed: case, gaps and dashes do not matter, and letters that look alike are taken for the
    /// digits they look like.
    ///
    /// # Errors
    /// [`NotACode`] says whether it has the wrong shape or a slip of the pen.
    pub fn read(typed: &str) -> Result<Self, NotACode> {
        let mut digits = Vec::with_capacity(RANDOM + 1);
        for sign in typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–' | '.')) {
            digits.push(digit_of(sign).ok_or(NotACode::Shape)?);
            if digits.len() > RANDOM + 1 {
                return Err(NotACode::Shape);
            }
        }
        let (last, random) = digits.split_last().ok_or(NotACode::Shape)?;
        if random.len() != RANDOM {
            return Err(NotACode::Shape);
        }
        if check(random) != *last {
            return Err(NotACode::Slip);
        }
        Ok(Self(digits.iter().map(|digit| char::from(LETTERS[usize::from(*digit)])).collect()))
    }

    /// The code without gaps, as it stands in links.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The code in three groups of four, as it is printed.
    pub fn printed(&self) -> String {
        self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }
}

/// The digit of a letter as somebody typed it; letters that look alike are taken for the digits they look like.
pub(super) fn digit_of(sign: char) -> Option<u8> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    let sign = u8::try_from(sign).ok()?;
    LETTERS.iter().position(|letter| *letter == sign).and_then(|digit| u8::try_from(digit).ok())
}

/// A sum over the field of 32 elements with a different weight for each place (powers of a primitive element), so that
/// any one wrong letter and any two exchanged letters change it.
fn check(digits: &[u8]) -> u8 {
    let mut weight = 1;
    digits.iter().fold(0, |sum, digit| {
        weight = times(weight, 2);
        sum ^ times(weight, *digit)
    })
}

/// Multiplication in GF(2⁵) modulo x⁵ + x² + 1, in which x is primitive: its first 31 powers are all different.
fn times(a: u8, b: u8) -> u8 {
    let (mut a, mut product) = (a, 0);
    for bit in 0..5 {
        if b >> bit & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 0b10_0000 != 0 {
            a ^= 0b10_0101;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Given(Vec<u8>);
    impl Randomness for Given {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0[..bytes.len()]);
        }
    }

    #[test]
    fn what_people_type_is_understood() {
        let code = Code::random(&Given((1..=11).collect()));
        let printed = code.printed();
        assert_eq!(printed.len(), 14);
        for typed in
            [printed.clone(), printed.to_lowercase(), printed.replace(' ', "-"), format!(" {printed} ")]
        {
            assert_eq!(Code::read(&typed), Ok(code.clone()), "{typed}");
        }
        assert_eq!(Code::read(&printed.replace('1', "l")), Ok(code));
        for typed in ["", "ABC", "????????????", "0000000000000", "0000 0000 000é"] {
            assert_eq!(Code::read(typed), Err(NotACode::Shape), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_letter_and_two_exchanged_ones_are_noticed(
            bytes in prop::collection::vec(any::<u8>(), 11), at in 0_usize..12, other in 0_usize..12, letter in 0_usize..32
        ) {
            let code = Code::random(&Given(bytes)).plain().to_owned();
            let mut wrong: Vec<char> = code.chars().collect();
            wrong[at] = char::from(LETTERS[letter]);
            let wrong: String = wrong.into_iter().collect();
            if wrong == code {
                prop_assert!(Code::read(&wrong).is_ok());
            } else {
                prop_assert_eq!(Code::read(&wrong), Err(NotACode::Slip));
            }
            let mut exchanged: Vec<char> = code.chars().collect();
            exchanged.swap(at, other);
            let exchanged: String = exchanged.into_iter().collect();
            if exchanged != code {
                prop_assert_eq!(Code::read(&exchanged), Err(NotACode::Slip));
            }
        }
    }
}
