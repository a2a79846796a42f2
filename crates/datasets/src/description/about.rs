//! Title, licence, sources, notes: what somebody must know who finds the file years later.

use jiff::civil::Date;

use super::missing::Words;

/// What a table is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct About {
    /// Short name for files and programs: small letters, digits and hyphens, such as `staff-survey-2026`.
    pub name: String,
    /// The title for people.
    pub title: String,
    /// What was asked of whom, and how.
    pub description: String,
    /// What others may do with the data; none means that nobody has decided yet.
    pub licence: Option<Licence>,
    /// Where the data come from.
    pub sources: Vec<Source>,
    /// What a reader must know before counting: response, suppression, changes of wording.
    pub notes: Vec<String>,
    /// Language of title, labels and questions as a BCP 47 tag, such as `en` or `gd`. Blank is `en`.
    pub language: String,
    /// The day on which the table was made. It is handed in, so that equal tables give equal files.
    pub made_on: Option<Date>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Whether the DDI description counts how often each category was chosen. A description travels further than the
    /// data, so the counts of a table that may not leave must not stand in it: off by default.
    pub with_frequencies: bool,
    /// The words for missing values and choices, in the language of the table.
    pub words: Words,
}

/// What others may do with the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Identifier by which programs know it, such as `OGL-UK-3.0`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Address of its text.
    pub address: Option<String>,
}

/// Where data come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Title of the source.
    pub title: String,
    /// Address, when it has one.
    pub address: Option<String>,
}

impl About {
    /// The language, `en` when none is given.
    pub fn language(&self) -> &str {
        if self.language.is_empty() { "en" } else { &self.language }
    }
}
