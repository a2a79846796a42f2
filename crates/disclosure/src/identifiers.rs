//! Identifiers of people in free text: CHI and NHS numbers, dates of birth, postcodes, National Insurance numbers,
//! e-mail addresses, telephone numbers, and names where the words around them give them away.
//!
//! Each finder proposes hits with a [`Strength`]; where hits overlap, [`scan_text`] keeps the strongest. A page can
//! refuse on [`Strength::Strong`], ask on [`Strength::Likely`] and show [`Strength::Weak`] only to somebody who
//! reviews a text before it leaves. Nothing found does not mean that nobody can be recognised.
//!
//! Known traps, each with a test: place names and months that are forenames (Angus, Lewis, April), school stages
//! that look like outward postcodes (S3), reference numbers whose last digit happens to be right (one in eleven).

pub(crate) mod contact;
pub(crate) mod dates;
pub(crate) mod numbers;
pub(crate) mod people;
pub(crate) mod postcodes;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use regex::Regex;

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

/// An identifier in a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Where, in bytes of the text; always at character boundaries.
    pub range: Range<usize>,
    /// How sure.
    pub strength: Strength,
    /// The identifier itself: for the person who wrote it, not for logs. [`Hit::masked`] is for everyone else.
    pub matched: String,
}

impl Hit {
    pub(crate) fn new(kind: Kind, strength: Strength, text: &str, range: Range<usize>) -> Self {
        Self { kind, strength, matched: text[range.clone()].to_owned(), range }
    }

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

/// All identifiers in a text, in order of place and not overlapping.
pub fn scan_text(text: &str) -> Vec<Hit> {
    let mut found = Vec::new();
    numbers::find(text, &mut found);
    contact::find(text, &mut found);
    postcodes::find(text, &mut found);
    dates::find(text, &mut found);
    people::find(text, &mut found);
    found.sort_by(|a, b| {
        b.strength
            .cmp(&a.strength)
            .then(b.range.len().cmp(&a.range.len()))
            .then(a.kind.cmp(&b.kind))
            .then(a.range.start.cmp(&b.range.start))
    });
    // by place, so that a long text full of dates does not compare each with each
    let mut kept: BTreeMap<usize, Hit> = BTreeMap::new();
    for hit in found {
        let free = kept
            .range(..hit.range.end)
            .next_back()
            .is_none_or(|(_, other)| other.range.end <= hit.range.start);
        if free {
            kept.insert(hit.range.start, hit);
        }
    }
    kept.into_values().collect()
}

/// Compiles a pattern written in this crate.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are constants that the tests compile")
}

/// The text just before a place, in lower case: where "born" or "CHI" would stand.
pub(crate) fn before(text: &str, start: usize) -> String {
    let reversed: Vec<char> = text[..start].chars().rev().take(30).take_while(|&c| c != '\n').collect();
    reversed.into_iter().rev().flat_map(char::to_lowercase).collect()
}

/// Whether a match stands by itself, not inside a longer word or number. An underscore may touch it.
pub(crate) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    outside(text[..range.start].chars().next_back()) && outside(text[range.end..].chars().next())
}

/// All matches that stand alone, also those that begin within a match that does not.
pub(crate) fn matches_alone<'t>(pattern: &Regex, text: &'t str) -> Vec<regex::Captures<'t>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(text, from) {
        let range = captures.get_match().range();
        if stands_alone(text, &range) {
            from = range.end.max(from + 1);
            found.push(captures);
        } else {
            // patterns match at least one character, and step over all its bytes
            from = range.start + text[range.start..].chars().next().map_or(1, char::len_utf8);
        }
        if from > text.len() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests;
