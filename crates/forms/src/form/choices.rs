//! Lists of choices, and where a question takes its choices from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::place::Place;
use super::text::{Media, Text};

/// A named list of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceList {
    /// The name that questions call it by (`list_name`).
    pub name: String,
    /// The choices in order.
    pub choices: Vec<Choice>,
}

impl ChoiceList {
    /// The choice of that name; the first, when the form allows duplicates.
    pub fn choice(&self, name: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.name == name)
    }
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value that is stored.
    pub name: String,
    /// The text that is shown.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// Pictures and sounds beside the text.
    #[serde(default, skip_serializing_if = "Media::is_empty")]
    pub media: Media,
    /// Further columns under their names, for choice filters and geometry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// Whether it was added because a question says `or_other`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generated: bool,
    /// Where it was read.
    #[serde(default)]
    pub place: Place,
}

/// Where a question takes its choices from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from", content = "name")]
pub enum ChoicesFrom {
    /// A list of the sheet `choices`.
    List(String),
    /// A list of the sheet `external_choices`.
    ExternalList(String),
    /// A file that goes with the form, for example `schools.csv`.
    File(String),
    /// The answers to a question in a repeat, written `${name}`.
    Answers(String),
}

impl ChoicesFrom {
    /// What is written after the type of a question.
    pub fn name(&self) -> &str {
        match self {
            Self::List(name) | Self::ExternalList(name) | Self::File(name) | Self::Answers(name) => name,
        }
    }

    /// The name by which expressions know the list: of a file, its name without the ending. Answers are no list.
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::List(name) | Self::ExternalList(name) => Some(name),
            Self::File(file) => Some(file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem)),
            Self::Answers(_) => None,
        }
    }
}
