//! What expressions take from outside the answers: the clock, chance, the language, what the device knows.

use std::collections::BTreeMap;

use super::calendar::CalendarNames;
use super::functions::Chance;

/// What expressions take from outside the answers. Everything is handed in, so that an evaluation can be repeated.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The moment on the respondent's clock.
    pub now: jiff::Zoned,
    /// Randomness.
    pub chance: Chance,
    /// The language of the respondent, as a name of the form's languages.
    pub language: String,
    /// The language for texts that are missing in that one.
    pub default_language: String,
    /// Names of days and months in that language.
    pub calendar: CalendarNames,
    /// What the device knows, by the names of its question types: `username`, `deviceid`, `email` ...
    pub properties: BTreeMap<String, String>,
    /// The answers of the submission before by name, for `${last-saved#name}`.
    pub last_saved: BTreeMap<String, String>,
}

impl Surroundings {
    /// A moment and randomness; everything else blank, calendar names English.
    pub fn new(now: jiff::Zoned, chance: Chance) -> Self {
        Self {
            now,
            chance,
            language: String::new(),
            default_language: String::new(),
            calendar: CalendarNames::default(),
            properties: BTreeMap::new(),
            last_saved: BTreeMap::new(),
        }
    }
}
