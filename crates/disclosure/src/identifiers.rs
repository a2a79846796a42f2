//! Identifiers of people in free text: CHI and NHS numbers, dates of birth, postcodes, National Insurance numbers,
//! e-mail addresses, telephone numbers, and names.
//!
//! A text is read once, from left to right. Only few letters can begin an identifier: a digit, an `@`, a capital; at each of them
//! the finders of its kind look at what stands around, and propose hits with a [`Strength`] and a reason ([`Because`]).
//! Where hits overlap, [`scan_text`] keeps the strongest. A page can refuse on [`Strength::Strong`], ask on
//! [`Strength::Likely`] and show [`Strength::Weak`] only to somebody who reviews a text before it leaves. Nothing found does
//! not mean that nobody can be recognised.
//!
//! | module | subject |
//! | --- | --- |
//! | `folding` | digits of all scripts, accents, dashes and invisible marks become one form, with the way back |
//! | `numerals` | groups of digits, and who looks at them: `numbers`, `dates`, `postcodes`, telephone numbers in `contact` |
//! | `people` | names: words before them, the list of names, words that are names and something else |
//! | `around` | cues before a place, and whether something stands by itself |
//! | `because` | the reasons |
//! | [`places`] | where a hit is, counted in characters |
//!
//! Known traps, each with a test: place names and months that are forenames (Angus, Lewis, April), school stages
//! that look like outward postcodes (S3), reference numbers whose last digit happens to be right (one in eleven).
//!
//! `cargo bench -p keyline-disclosure --bench identifiers` says how fast it is: no finder may look further than a fixed
//! distance from where it begins, and what every capitalised word needs must be a look into a table.

mod around;
mod because;
pub(crate) mod contact;
pub(crate) mod dates;
mod folding;
pub(crate) mod numbers;
mod numerals;
pub(crate) mod people;
pub mod places;
pub(crate) mod postcodes;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use regex::Regex;

pub use because::Because;
use folding::Folded;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Community Health Index number: ten digits that begin with the date of birth.
    ChiNumber,
    /// Ten digits that pass the check of an NHS number but do not begin with a date.
    NhsNumber,
    /// National Insurance number.
    NationalInsuranceNumber,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Full postcode: about fifteen addresses.
    Postcode,
    /// Date of birth; with [`Strength::Weak`] any full date.
    DateOfBirth,
    /// Name of a person.
    PersonName,
    /// First half of a postcode: a district.
    PostcodeDistrict,
    /// Address of a home. Found by the header of a column only.
    Address,
}

impl Kind {
    /// Its name in data: `chi-number`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChiNumber => "chi-number",
            Self::NhsNumber => "nhs-number",
            Self::NationalInsuranceNumber => "national-insurance-number",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Postcode => "postcode",
            Self::DateOfBirth => "date-of-birth",
            Self::PersonName => "person-name",
            Self::PostcodeDistrict => "postcode-district",
            Self::Address => "address",
        }
    }
}

/// How sure a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// May well be something else.
    Weak,
    /// More often right than wrong.
    Likely,
    /// Hardly anything else.
    Strong,
}

impl Strength {
    /// Its name in data: `likely`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Likely => "likely",
            Self::Strong => "strong",
        }
    }
}

/// An identifier in a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Where, in bytes of the text; always at character boundaries.
    pub range: Range<usize>,
    /// How sure.
    pub strength: Strength,
    /// Why.
    pub because: Because,
    /// The identifier itself: for the person who wrote it, not for logs. [`Hit::masked`] is for everyone else.
    pub matched: String,
}

impl Hit {
    /// The identifier with all but its first letter or digit hidden.
    pub fn masked(&self) -> String {
        mask(&self.matched)
    }
}

/// Shows the masked form, so that a stray debug line does not leak what was found.
impl fmt::Debug for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hit")
            .field("kind", &self.kind)
            .field("range", &self.range)
            .field("strength", &self.strength)
            .field("because", &self.because)
            .field("masked", &self.masked())
            .finish_non_exhaustive()
    }
}

/// Replaces every letter and digit but the first by a dot, so that the writer recognises the place and nobody else
/// learns the content.
pub fn mask(text: &str) -> String {
    let mut first = true;
    text.chars()
        .map(|c| match c.is_alphanumeric() {
            true if first => {
                first = false;
                c
            }
            true => '•',
            false => c,
        })
        .collect()
}

/// What a finder proposes, with its place in the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    kind: Kind,
    strength: Strength,
    because: Because,
    range: Range<usize>,
}

/// All identifiers in a text, in order of place and not overlapping.
pub fn scan_text(text: &str) -> Vec<Hit> {
    let folded = Folded::new(text);
    let hit = |found: Found| {
        let range = folded.place(&found.range);
        let matched = text[range.clone()].to_owned();
        Hit { kind: found.kind, range, strength: found.strength, because: found.because, matched }
    };
    strongest(propose(folded.text())).into_values().map(hit).collect()
}

/// What a byte can begin.
#[derive(Clone, Copy)]
enum Class {
    Nothing,
    Number,
    Name,
    Email,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Nothing; 256];
    let mut byte = b'0';
    while byte <= b'Z' {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => Class::Number,
            b'A'..=b'Z' => Class::Name,
            b'@' => Class::Email,
            _ => Class::Nothing,
        };
        byte += 1;
    }
    classes
};

/// The one pass over a folded text.
fn propose(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match CLASSES[usize::from(byte)] {
            Class::Nothing => at + 1,
            Class::Number => numerals::find(text, at, &mut found),
            Class::Name => people::find(text, at, &mut found),
            Class::Email => contact::email(text, at, &mut found),
        };
    }
    found
}

/// The strongest of those that overlap, by place.
fn strongest(mut found: Vec<Found>) -> BTreeMap<usize, Found> {
    found.sort_by(|a, b| {
        b.strength
            .cmp(&a.strength)
            .then(b.range.len().cmp(&a.range.len()))
            .then(a.kind.cmp(&b.kind))
            .then(a.range.start.cmp(&b.range.start))
    });
    // by place, so that a long text full of dates does not compare each with each
    let mut kept: BTreeMap<usize, Found> = BTreeMap::new();
    for hit in found {
        let free = kept
            .range(..hit.range.end)
            .next_back()
            .is_none_or(|(_, other)| other.range.end <= hit.range.start);
        if free {
            kept.insert(hit.range.start, hit);
        }
    }
    kept
}

/// Compiles a pattern written in this crate.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are constants that the tests compile")
}

#[cfg(test)]
mod tests;
