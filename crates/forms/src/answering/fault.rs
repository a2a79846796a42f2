//! What is wrong with an answer: a code that pages put into words, and the form's own words where it has some.

use crate::form::Kind;

use super::kinds::Scale;

/// What is wrong with the answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerFault {
    /// The path of the question, for example `children[1]/age`.
    pub question: String,
    /// What is wrong.
    pub code: Code,
    /// What the form says about it in the language of the respondent, with references filled in.
    pub message: Option<String>,
}

/// The ways in which an answer can be wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Code {
    /// It must be answered and is not.
    Required,
    /// It does not meet the constraint.
    Constraint,
    /// It is not what such a question asks for.
    Type {
        /// What it asks for.
        expected: Kind,
    },
    /// A choice that is not offered.
    NotOffered,
    /// Several choices where one is asked for.
    MoreThanOne,
    /// A choice twice, or an order of choices in which some are missing.
    NotAnOrder,
    /// A number that the range does not have.
    OutOfRange(Scale),
    /// More characters than there may be.
    TooLong {
        /// The most characters.
        limit: usize,
        /// How many there are.
        length: usize,
    },
    /// More entries of a repeat than there may be.
    TooManyEntries {
        /// The most entries.
        limit: usize,
    },
    /// The form's own rule cannot be worked out, with the reason for whoever writes the form.
    CannotWorkOut(String),
}

impl Code {
    /// Its name, for translation files and JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Constraint => "constraint",
            Self::Type { .. } => "type",
            Self::NotOffered => "not-offered",
            Self::MoreThanOne => "more-than-one",
            Self::NotAnOrder => "not-an-order",
            Self::OutOfRange(_) => "out-of-range",
            Self::TooLong { .. } => "too-long",
            Self::TooManyEntries { .. } => "too-many-entries",
            Self::CannotWorkOut(_) => "cannot-work-out",
        }
    }

    /// What is wrong in plain English, for the command line and logs of tests.
    pub fn in_english(&self) -> String {
        match self {
            Self::Required => "an answer is required".to_owned(),
            Self::Constraint => "the answer does not meet the constraint".to_owned(),
            Self::Type { expected } => format!("the answer is not a value of the type {}", expected.name()),
            Self::NotOffered => "this choice is not offered".to_owned(),
            Self::MoreThanOne => "one choice is asked for, and there are several".to_owned(),
            Self::NotAnOrder => "each choice must be given exactly once".to_owned(),
            Self::OutOfRange(scale) => {
                format!("the range goes from {} to {} in steps of {}", scale.start, scale.end, scale.step)
            }
            Self::TooLong { limit, length } => format!("{length} characters, and there may be {limit}"),
            Self::TooManyEntries { limit } => format!("there may be {limit} entries"),
            Self::CannotWorkOut(reason) => format!("a rule of the form cannot be worked out: {reason}"),
        }
    }
}
