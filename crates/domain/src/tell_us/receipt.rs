//! A receipt: eight words that can be spoken, with which somebody without a name comes back.
//!
//! Seven words of a list of 2,048 carry 77 random bits; the eighth is made of them, so that a slip of the hand is found
//! before anything is looked up. The list is that of BIP 39: everyday English words that differ in their first four
//! letters, so four letters of each are enough. What is stored is made of the receipt by one-way functions
//! ([`Receipt::place`]); the receipt itself is shown once and kept nowhere.

use std::fmt;

use bip39::Language;

use crate::ids::Randomness;

/// Words of a receipt.
pub const WORDS: usize = 8;
const BITS: usize = 11;

/// A receipt. It is never stored and never written to a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt([u16; WORDS - 1]);

/// What is wrong with the words that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// Not eight words.
    Count(usize),
    /// The word at this place (from 1) is not in the list.
    Unknown(usize),
    /// The words are in the list, and do not belong together.
    Check,
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(…)")
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = Language::English.word_list();
        for number in self.0 {
            write!(f, "{} ", list[usize::from(number)])?;
        }
        f.write_str(list[usize::from(self.check())])
    }
}

impl Receipt {
    /// A new one.
    pub fn make(random: &dyn Randomness) -> Self {
        let mut bytes = [0; 10];
        random.fill(&mut bytes);
        Self::of_entropy(bytes)
    }

    /// The receipt of eighty random bits, of which the first 77 are used.
    pub fn of_entropy(bytes: [u8; 10]) -> Self {
        let mut numbers = [0_u16; WORDS - 1];
        for (place, number) in numbers.iter_mut().enumerate() {
            for bit in place * BITS..(place + 1) * BITS {
                *number = *number << 1 | u16::from(bytes[bit / 8] >> (7 - bit % 8) & 1);
            }
        }
        Self(numbers)
    }

    /// Reads what somebody typed: in capitals or not, with any marks between, four letters of a word or all.
    ///
    /// # Errors
    /// What is wrong, without repeating a word.
    pub fn read(text: &str) -> Result<Self, Slip> {
        let words: Vec<String> = words_of(text).collect();
        if words.len() != WORDS {
            return Err(Slip::Count(words.len()));
        }
        let mut numbers = [0_u16; WORDS];
        for (place, word) in words.iter().enumerate() {
            numbers[place] = number_of(word).ok_or(Slip::Unknown(place + 1))?;
        }
        let [secret @ .., check] = numbers;
        let receipt = Self(secret);
        if receipt.check() == check { Ok(receipt) } else { Err(Slip::Check) }
    }

    /// Where what belongs to it is found in the database: nobody can go from there to the receipt.
    pub fn place(&self) -> String {
        blake3::Hash::from_bytes(blake3::derive_key(
            "keyline 2026 tell us: place of a receipt",
            &self.bytes(),
        ))
        .to_hex()
        .to_string()
    }

    /// What the key pair of whoever holds the receipt is made of.
    pub fn seed(&self) -> [u8; 32] {
        blake3::derive_key("keyline 2026 tell us: key of a receipt", &self.bytes())
    }

    fn bytes(&self) -> [u8; 14] {
        let mut bytes = [0; 14];
        for (place, number) in self.0.iter().enumerate() {
            bytes[place * 2..place * 2 + 2].copy_from_slice(&number.to_be_bytes());
        }
        bytes
    }

    fn check(&self) -> u16 {
        let hash = blake3::derive_key("keyline 2026 tell us: check word of a receipt", &self.bytes());
        u16::from_be_bytes([hash[0], hash[1]]) >> (16 - BITS)
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn number_of(word: &str) -> Option<u16> {
    let list = Language::English.word_list();
    let found = list.binary_search(&word).ok().or_else(|| {
        // Four letters tell a word from all others.
        (word.chars().count() >= 4).then(|| list.iter().position(|known| known.starts_with(word)))?
    });
    found.and_then(|n| u16::try_from(n).ok())
}

/// Words of the list that people use in every sentence. A receipt of chance hardly ever has four of them within seven words;
/// prose hardly ever has seven words of the list in a row without. `theme` and `thank` stand for `them` and `than`, which
/// are their first four letters.
const EVERYDAY: &[&str] = &[
    "about", "again", "all", "also", "always", "any", "ask", "because", "before", "can", "come", "day",
    "family", "feel", "first", "give", "good", "have", "help", "home", "into", "just", "keep", "know",
    "like", "live", "make", "more", "much", "must", "need", "never", "next", "now", "off", "old", "once",
    "one", "only", "other", "over", "own", "people", "please", "same", "say", "school", "someone", "still",
    "such", "talk", "tell", "thank", "that", "theme", "then", "there", "they", "this", "time", "today",
    "try", "two", "until", "use", "very", "wait", "want", "way", "what", "when", "where", "will", "work",
    "year", "you",
];
/// So many of them among seven words of the list make it prose.
const PROSE: usize = 4;

/// Whether a receipt stands somewhere in a text, or the seven words of one that carry everything: whatever stands between
/// the words, as long as it is no word.
pub fn stands_in(text: &str) -> bool {
    let list = Language::English.word_list();
    let numbers: Vec<Option<u16>> = words_of(text).map(|word| number_of(&word)).collect();
    let seven = numbers.windows(WORDS - 1).any(|seven| {
        let everyday = |n: &u16| EVERYDAY.contains(&list[usize::from(*n)]);
        seven.iter().all(Option::is_some) && seven.iter().flatten().filter(|n| everyday(n)).count() < PROSE
    });
    seven
        || numbers.windows(WORDS).any(|eight| {
            let Some(all) = eight.iter().copied().collect::<Option<Vec<u16>>>() else { return false };
            let Ok([secret @ .., check]) = <[u16; WORDS]>::try_from(all) else { return false };
            Receipt(secret).check() == check
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_list_is_as_long_as_the_bits_say() {
        let list = Language::English.word_list();
        assert_eq!(list.len(), 1 << BITS);
        assert!(list.is_sorted(), "a word is looked for by halves");
        const { assert!((WORDS - 1) * BITS >= 77) };
    }

    proptest! {
        #[test]
        fn a_receipt_reads_back_however_it_is_written(bytes: [u8; 10]) {
            let receipt = Receipt::of_entropy(bytes);
            let words = receipt.to_string();
            prop_assert_eq!(&Receipt::read(&words).unwrap(), &receipt);
            prop_assert_eq!(&Receipt::read(&words.to_uppercase().replace(' ', ", ")).unwrap(), &receipt);
            let short: Vec<String> = words.split(' ').map(|w| w.chars().take(4).collect()).collect();
            prop_assert_eq!(&Receipt::read(&short.join("-")).unwrap(), &receipt);
            let said = format!("I say: {words}.");
            prop_assert!(stands_in(&said));
            let shown = format!("{receipt:?}");
            prop_assert_eq!(shown, "Receipt(…)");
                    }

        #[test]
        fn two_receipts_have_two_places_and_keys(one: [u8; 10], other: [u8; 10]) {
            let (one, other) = (Receipt::of_entropy(one), Receipt::of_entropy(other));
            prop_assert_eq!(one == other, one.place() == other.place());
            prop_assert_eq!(one == other, one.seed() == other.seed());
            let (place, seed) = (one.place(), blake3::Hash::from_bytes(one.seed()).to_hex().to_string());
            prop_assert_ne!(place, seed);
        }
    }

    #[test]
    fn seven_words_of_a_receipt_are_found_whatever_stands_between() {
        let list = Language::English.word_list();
        assert!(EVERYDAY.iter().all(|word| list.contains(word)));
        let mut missed = 0;
        for seed in 0..2_000_u32 {
            let mut entropy = [0; 10];
            entropy.copy_from_slice(&blake3::hash(&seed.to_be_bytes()).as_bytes()[..10]);
            let words = Receipt::of_entropy(entropy).to_string();
            let all: Vec<&str> = words.split(' ').collect();
            let numbered = |words: &[&str]| {
                let lines = words.iter().enumerate().map(|(n, word)| format!("{}) {word}", n + 1));
                lines.collect::<Vec<_>>().join("; ")
            };
            assert!(stands_in(&format!("These are mine: {}", numbered(&all))), "all eight, always");
            // Without the first, and without the last, which is made of the others.
            missed += u32::from(!stands_in(&numbered(&all[1..])));
            missed += u32::from(!stands_in(&all[..WORDS - 1].join(" ")));
        }
        assert!(missed <= 2, "{missed} of 4,000");
    }

    #[test]
    fn prose_is_no_receipt() {
        for said in [
            "You can say that they have good people there when you want to talk.",
            "They only have one good family doctor there.",
            "They say you can just talk about any time you want.",
            "This year they will only come one day, then never again.",
            "When you need help they make you wait all day.",
            "All children need more time, good food, space and somebody who listens.",
            "My mum asked for help three times. Nobody rang back until the school did, and then it was all very fast.",
            "First they say yes. Then they say no. What can you do? You just wait.",
            "Please tell them that people like you must keep what they say they will do.",
            "My worker is kind. She brings my little brother home from school on Friday and we have pizza.",
            "Dad was angry, mum was sad, baby was sick: what should I do?",
            "I want one person who will stay. I had six social workers in two years, one left before I knew her name.",
            "01632 960 000, please call after four, ask for my aunt. Do not leave a message at the door.",
            "We could not hear, because the room was loud and the window was open. Next time use a small room.",
        ] {
            assert!(!stands_in(said), "{said}");
        }
    }

    #[test]
    fn a_slip_is_found_before_anything_is_looked_up() {
        let receipt = Receipt::of_entropy([200; 10]);
        let words: Vec<String> = receipt.to_string().split(' ').map(str::to_owned).collect();
        assert_eq!(Receipt::read("only three words"), Err(Slip::Count(3)));
        let mut unknown = words.clone();
        unknown[2] = "zzzz".into();
        assert_eq!(Receipt::read(&unknown.join(" ")), Err(Slip::Unknown(3)));
        // One word replaced by every other of the list: one in 2,048 passes by chance, no more than a handful.
        let list = Language::English.word_list();
        let passed = list
            .iter()
            .filter(|word| {
                let mut slipped = words.clone();
                slipped[4] = (**word).to_owned();
                slipped[4] != words[4] && Receipt::read(&slipped.join(" ")).is_ok()
            })
            .count();
        assert!(passed <= 6, "{passed} of {} slips were not found", list.len());
    }
}
