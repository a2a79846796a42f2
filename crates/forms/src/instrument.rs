//! What is asked: an instrument, its sections and its questions.

use serde::{Deserialize, Serialize};

/// A set of questions put to one audience. Made by [`Instrument::parse`], which is the only guard of its
/// rules (unique keys, relevance that looks back, choices where they are needed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Stable key, for example `staff-survey`.
    pub key: String,
    /// Title shown to respondents.
    pub title: String,
    /// Key of those who answer, for example `staff`.
    pub audience: String,
    /// How long it takes to answer, in minutes, when known.
    pub minutes: Option<u16>,
    /// Where the questions come from.
    pub source: String,
    /// Whether the source was seen; false means that the wording is our own assumption.
    pub confirmed: bool,
    /// Headings that questions may belong to, in order.
    pub sections: Vec<Section>,
    /// The questions in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// A heading over some of the questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Stable key that questions name.
    pub key: String,
    /// Title shown to respondents.
    pub title: String,
}

/// One question, or a note that asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable key; also the name of the form field.
    pub key: String,
    /// Key of its section, if any.
    pub section: Option<String>,
    /// What sort of answer is asked for.
    pub kind: QuestionKind,
    /// The question as put to the respondent.
    pub label: String,
    /// A line of explanation under the label.
    pub hint: Option<String>,
    /// Whether it has to be answered when it is relevant.
    pub required: bool,
    /// The choices of a choice question, or the named levels of a scale, in order.
    pub choices: Vec<Choice>,
    /// Lowest number or lowest level.
    pub min: Option<i64>,
    /// Highest number, highest level, or the most characters of a text.
    pub max: Option<i64>,
    /// Codes of the indicators that the answer speaks to; opaque here.
    pub indicators: Vec<String>,
    /// Keys of the lines of enquiry that the answer speaks to; opaque here.
    pub lines: Vec<String>,
    /// Asked only when an earlier answer has this value.
    pub relevant: Option<Relevant>,
}

/// What sort of answer a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// One of the choices.
    Choice,
    /// Any number of the choices.
    Choices,
    /// One of ordered levels: named choices, or the whole numbers from `min` to `max`.
    Scale,
    /// A whole number.
    WholeNumber,
    /// Free text.
    Text,
    /// Yes or no.
    YesNo,
    /// Text to be read; nothing is asked.
    Note,
}

impl QuestionKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 7] =
        [Self::Choice, Self::Choices, Self::Scale, Self::WholeNumber, Self::Text, Self::YesNo, Self::Note];

    /// The name written in TOML and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Scale => "scale",
            Self::WholeNumber => "whole-number",
            Self::Text => "text",
            Self::YesNo => "yes-no",
            Self::Note => "note",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A choice that is offered, or a named level of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stored value.
    pub value: String,
    /// Text shown to the respondent.
    pub label: String,
}

/// The condition under which a question is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relevant {
    /// Key of an earlier question.
    pub question: String,
    /// The value that its answer must have (for `choices`: must include).
    pub is: String,
}

impl Instrument {
    /// The question of that key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The questions under that section, or with `None` those that stand before any section.
    pub fn questions_in<'a>(&'a self, section: Option<&'a str>) -> impl Iterator<Item = &'a Question> {
        self.questions.iter().filter(move |question| question.section.as_deref() == section)
    }
}

impl Question {
    /// The values that can be counted: the choices, the levels of a scale, `yes` and `no`. Empty for numbers,
    /// texts and notes.
    pub fn levels(&self) -> Vec<String> {
        match self.kind {
            QuestionKind::Choice | QuestionKind::Choices => {
                self.choices.iter().map(|choice| choice.value.clone()).collect()
            }
            QuestionKind::Scale if !self.choices.is_empty() => {
                self.choices.iter().map(|choice| choice.value.clone()).collect()
            }
            QuestionKind::Scale => match (self.min, self.max) {
                (Some(min), Some(max)) => (min..=max).map(|level| level.to_string()).collect(),
                _ => Vec::new(),
            },
            QuestionKind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
            QuestionKind::WholeNumber | QuestionKind::Text | QuestionKind::Note => Vec::new(),
        }
    }

    /// The label of a choice or named level, if the value has one.
    pub fn label_of(&self, value: &str) -> Option<&str> {
        self.choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.as_str())
    }

    /// Whether anything can be answered at all.
    pub fn asks(&self) -> bool {
        self.kind != QuestionKind::Note
    }
}
