//! What was answered, and a submitted form turned into answers.
//!
//! A form is a stranger's text: fields that the instrument does not know are dropped, hidden questions are
//! neither required nor kept, and each question yields an answer or a [`Problem`]. What was typed is kept
//! beside it, so that the page can show it again unchanged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::instrument::{Instrument, Question, QuestionKind};

/// The most characters of a free text whose question sets no `max`.
pub const TEXT_LIMIT: usize = 4_000;

/// One answer. The JSON (`{"kind": "choice", "value": "other"}`) is stored and must stay readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Answer {
    /// The value of the choice.
    Choice(String),
    /// The values of the choices, in the order of the instrument.
    Choices(Vec<String>),
    /// The value of the level.
    Scale(String),
    /// A whole number.
    WholeNumber(i64),
    /// A text, trimmed, lines separated by `\n`.
    Text(String),
    /// Yes is true.
    YesNo(bool),
}

impl Answer {
    /// Whether a condition on this value holds.
    fn is(&self, value: &str) -> bool {
        match self {
            Self::Choice(given) | Self::Scale(given) | Self::Text(given) => given == value,
            Self::Choices(given) => given.iter().any(|one| one == value),
            Self::WholeNumber(given) => value.parse() == Ok(*given),
            Self::YesNo(given) => value == yes_or_no(*given),
        }
    }

    /// The values as a form carries them: one, or one for each choice made.
    pub fn values(&self) -> Vec<String> {
        match self {
            Self::Choice(given) | Self::Scale(given) | Self::Text(given) => vec![given.clone()],
            Self::Choices(given) => given.clone(),
            Self::WholeNumber(given) => vec![given.to_string()],
            Self::YesNo(given) => vec![yes_or_no(*given).to_owned()],
        }
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// The answers of one respondent by question key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

/// A submitted form after reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// The answers that could be read.
    pub answers: Answers,
    /// What stands in the way, in the order of the questions. Empty means that the submission is accepted.
    pub problems: Vec<Problem>,
    /// What was typed for each known question, unchanged, to be shown again.
    pub typed: BTreeMap<String, Vec<String>>,
}

impl Submission {
    /// Whether nothing stands in the way.
    pub fn accepted(&self) -> bool {
        self.problems.is_empty()
    }
}

/// What is wrong with the answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Key of the question.
    pub question: String,
    /// What is wrong.
    pub code: ProblemCode,
}

/// The ways in which an answer can be wrong; put into words by the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemCode {
    /// Required and not answered.
    Missing,
    /// A value that was not offered.
    NotOffered,
    /// Several values where one is asked for.
    MoreThanOne,
    /// Not a whole number.
    NotAWholeNumber,
    /// Below the lowest number.
    BelowMin {
        /// The lowest number.
        min: i64,
    },
    /// Above the highest number.
    AboveMax {
        /// The highest number.
        max: i64,
    },
    /// More characters than the limit.
    TooLong {
        /// The limit in characters.
        limit: usize,
        /// How many there are.
        length: usize,
    },
}

impl Answers {
    /// Reads a submitted form. Pairs of one name may repeat (checkboxes).
    pub fn from_form(instrument: &Instrument, pairs: impl Iterator<Item = (String, String)>) -> Submission {
        let mut submission = Submission::default();
        for (name, value) in pairs {
            if instrument.question(&name).is_some_and(Question::asks) {
                submission.typed.entry(name).or_default().push(value);
            }
        }
        for question in instrument.questions.iter().filter(|question| question.asks()) {
            if !submission.answers.makes_relevant(question) {
                continue;
            }
            let typed = submission.typed.get(&question.key).map_or(&[][..], Vec::as_slice);
            let read = match read(question, typed) {
                Ok(None) if question.required => Err(ProblemCode::Missing),
                read => read,
            };
            match read {
                Ok(Some(answer)) => submission.answers.insert(&question.key, answer),
                Ok(None) => {}
                Err(code) => submission.problems.push(Problem { question: question.key.clone(), code }),
            }
        }
        submission
    }

    /// The pairs that a form with these answers would carry, in the order of the instrument.
    pub fn to_form(&self, instrument: &Instrument) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for question in &instrument.questions {
            let values = self.get(&question.key).map(Answer::values).unwrap_or_default();
            pairs.extend(values.into_iter().map(|value| (question.key.clone(), value)));
        }
        pairs
    }

    /// Whether these answers make the question relevant, that is: asked.
    pub fn makes_relevant(&self, question: &Question) -> bool {
        question.relevant.as_ref().is_none_or(|condition| {
            self.get(&condition.question).is_some_and(|answer| answer.is(&condition.is))
        })
    }

    /// The answer to a question.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Sets an answer, replacing an earlier one. Nothing is checked: forms go through
    /// [`Answers::from_form`].
    pub fn insert(&mut self, question: &str, answer: Answer) {
        self.0.insert(question.to_owned(), answer);
    }

    /// Question keys and answers, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(key, answer)| (key.as_str(), answer))
    }

    /// How many questions were answered.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The answer in what was typed; `None` when everything is blank.
fn read(question: &Question, typed: &[String]) -> Result<Option<Answer>, ProblemCode> {
    let mut given: Vec<&str> =
        typed.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    if question.kind == QuestionKind::Choices {
        let offered = question.levels();
        if given.iter().any(|value| !offered.iter().any(|level| level == value)) {
            return Err(ProblemCode::NotOffered);
        }
        let chosen: Vec<String> =
            offered.into_iter().filter(|level| given.contains(&level.as_str())).collect();
        return Ok(Some(chosen).filter(|chosen| !chosen.is_empty()).map(Answer::Choices));
    }
    // A browser may send one answer twice (a double field after going back); only a contradiction is wrong.
    given.dedup();
    let value = match given[..] {
        [] => return Ok(None),
        [value] => value,
        _ => return Err(ProblemCode::MoreThanOne),
    };
    match question.kind {
        QuestionKind::Choice => offered(question, value).map(|value| Some(Answer::Choice(value))),
        QuestionKind::Scale => offered(question, value).map(|value| Some(Answer::Scale(value))),
        QuestionKind::YesNo => offered(question, value).map(|value| Some(Answer::YesNo(value == "yes"))),
        QuestionKind::WholeNumber => {
            whole_number(question, value).map(|value| Some(Answer::WholeNumber(value)))
        }
        QuestionKind::Text => text(question, value),
        QuestionKind::Choices | QuestionKind::Note => Ok(None),
    }
}

fn offered(question: &Question, value: &str) -> Result<String, ProblemCode> {
    question.levels().into_iter().find(|level| level == value).ok_or(ProblemCode::NotOffered)
}

fn whole_number(question: &Question, value: &str) -> Result<i64, ProblemCode> {
    let number: i64 = value.parse().map_err(|_| ProblemCode::NotAWholeNumber)?;
    match (question.min, question.max) {
        (Some(min), _) if number < min => Err(ProblemCode::BelowMin { min }),
        (_, Some(max)) if number > max => Err(ProblemCode::AboveMax { max }),
        _ => Ok(number),
    }
}

fn text(question: &Question, value: &str) -> Result<Option<Answer>, ProblemCode> {
    // Forms send CR LF; other control characters cannot be typed, and PostgreSQL does not store NUL.
    let clean: String = value
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control())
        .collect();
    let clean = clean.trim();
    let limit = question.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(TEXT_LIMIT);
    let length = clean.chars().count();
    if length > limit {
        return Err(ProblemCode::TooLong { limit, length });
    }
    Ok(Some(clean.to_owned()).filter(|clean| !clean.is_empty()).map(Answer::Text))
}
