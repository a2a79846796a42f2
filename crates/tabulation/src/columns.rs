//! The columns: a code for each respondent and question.
//!
//! | code | means |
//! | --- | --- |
//! | 0 | not asked |
//! | 1 | asked, and no answer |
//! | 2 and up | the answers in the order of the list |
//!
//! A question with several answers has a column of codes too, in which 2 means that something was chosen, and for each
//! choice one bit for each respondent.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::rows::Rows;

/// The code of "not asked".
pub const NOT_ASKED: u16 = 0;
/// The code of "asked, and no answer".
pub const NO_ANSWER: u16 = 1;
/// The code of the first answer.
pub const FIRST: u16 = 2;
/// The most answers a list may have.
pub const MOST_ANSWERS: u16 = u16::MAX - FIRST;

/// What a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One of so many answers.
    One(u16),
    /// Any of so many choices.
    Several(u16),
}

/// What a respondent answered to a question. Answers and choices are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Was not asked.
    NotAsked,
    /// Was asked, and gave no answer.
    None,
    /// One answer.
    One(u16),
    /// At least one choice.
    Several(Vec<u16>),
}

/// Why a respondent does not fit. Columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// There are more or fewer answers than columns.
    #[error("{found} answers for {columns} columns")]
    Length {
        /// How many answers there are.
        found: usize,
        /// How many there should be.
        columns: usize,
    },
    /// It is not on the list, is empty, or one answer where several can be given or the other way round.
    #[error("the answer in column {0} does not fit its question")]
    Answer(usize),
    /// There are as many respondents as can be held.
    #[error("no more than {most} respondents", most = u32::MAX)]
    Full,
}

/// The codes of one column: bytes where they fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Codes {
    Byte(Vec<u8>),
    Wide(Vec<u16>),
}

impl Codes {
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::One(answers) if answers > u16::from(u8::MAX) - 1 => Self::Wide(Vec::new()),
            Kind::One(_) | Kind::Several(_) => Self::Byte(Vec::new()),
        }
    }

    pub(crate) fn get(&self, row: usize) -> u16 {
        match self {
            Self::Byte(codes) => u16::from(codes[row]),
            Self::Wide(codes) => codes[row],
        }
    }

    fn push(&mut self, code: u16) {
        match self {
            // a column of bytes has no greater codes
            Self::Byte(codes) => codes.push(u8::try_from(code).unwrap_or(u8::MAX)),
            Self::Wide(codes) => codes.push(code),
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        match self {
            Self::Byte(codes) => codes.swap(a, b),
            Self::Wide(codes) => codes.swap(a, b),
        }
    }

    fn arrange(&mut self, order: &[u32]) {
        fn arranged<T: Copy>(codes: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&row| codes[row as usize]).collect()
        }
        match self {
            Self::Byte(codes) => *codes = arranged(codes, order),
            Self::Wide(codes) => *codes = arranged(codes, order),
        }
    }

    pub(crate) fn greatest(&self) -> u16 {
        match self {
            Self::Byte(codes) => codes.iter().copied().max().map_or(0, u16::from),
            Self::Wide(codes) => codes.iter().copied().max().unwrap_or(0),
        }
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) kind: Kind,
    pub(crate) codes: Codes,
    pub(crate) choices: Vec<Rows>,
}

impl Column {
    pub(crate) fn new(kind: Kind) -> Self {
        let choices = match kind {
            Kind::One(_) => 0,
            Kind::Several(choices) => usize::from(choices),
        };
        Self { kind, codes: Codes::new(kind), choices: vec![Rows::default(); choices] }
    }

    /// How many different codes there may be.
    pub(crate) fn width(&self) -> usize {
        usize::from(FIRST)
            + match self.kind {
                Kind::One(answers) => usize::from(answers.min(MOST_ANSWERS)),
                Kind::Several(_) => 1,
            }
    }

    fn takes(&self, answer: &Answer) -> bool {
        match (self.kind, answer) {
            (_, Answer::NotAsked | Answer::None) => true,
            (Kind::One(answers), Answer::One(given)) => *given < answers.min(MOST_ANSWERS),
            (Kind::Several(choices), Answer::Several(given)) => {
                !given.is_empty() && given.iter().all(|&choice| choice < choices)
            }
            _ => false,
        }
    }

    fn push(&mut self, answer: &Answer) {
        self.codes.push(match answer {
            Answer::NotAsked => NOT_ASKED,
            Answer::None => NO_ANSWER,
            Answer::One(given) => FIRST + given,
            Answer::Several(_) => FIRST,
        });
        for (choice, rows) in self.choices.iter_mut().enumerate() {
            let chosen =
                matches!(answer, Answer::Several(given) if given.iter().any(|&g| usize::from(g) == choice));
            rows.push(chosen);
        }
    }
}

/// The answers of all respondents, by question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub(crate) len: usize,
    pub(crate) columns: Vec<Column>,
}

impl Columns {
    /// Without respondents.
    pub fn new(kinds: &[Kind]) -> Self {
        Self { len: 0, columns: kinds.iter().map(|&kind| Column::new(kind)).collect() }
    }

    /// How many respondents there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What each question takes.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> + '_ {
        self.columns.iter().map(|column| column.kind)
    }

    /// Adds a respondent at the end. The order then tells who came when, until [`Columns::shuffle`].
    pub fn push(&mut self, answers: &[Answer]) -> Result<(), RowFault> {
        if answers.len() != self.columns.len() {
            return Err(RowFault::Length { found: answers.len(), columns: self.columns.len() });
        }
        if u32::try_from(self.len).map_or(true, |len| len == u32::MAX) {
            return Err(RowFault::Full);
        }
        if let Some(wrong) =
            self.columns.iter().zip(answers).position(|(column, answer)| !column.takes(answer))
        {
            return Err(RowFault::Answer(wrong));
        }
        for (column, answer) in self.columns.iter_mut().zip(answers) {
            column.push(answer);
        }
        self.len += 1;
        Ok(())
    }

    /// Adds a respondent in a random place, whose former holder moves to the end. Added like this from the first to the
    /// last, respondents stand in an order of which all are equally likely (Fisher and Yates, inside out).
    /// `random` must be a fresh random number for each; that the remainder favours small places by one part in 2³² is of
    /// no account.
    pub fn push_anywhere(&mut self, answers: &[Answer], random: u64) -> Result<(), RowFault> {
        self.push(answers)?;
        let last = self.len - 1;
        let place = below(random, self.len);
        for column in &mut self.columns {
            column.codes.swap(place, last);
            for rows in &mut column.choices {
                rows.swap(place, last);
            }
        }
        Ok(())
    }

    /// Puts the respondents in a random order. `seed` must be random and is not to be kept.
    pub fn shuffle(&mut self, seed: [u8; 32]) {
        let mut generator = ChaCha20Rng::from_seed(seed);
        let mut order: Vec<u32> = (0..u32::try_from(self.len).unwrap_or(u32::MAX)).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, below(generator.next_u64(), last + 1));
        }
        for column in &mut self.columns {
            column.codes.arrange(&order);
            for rows in &mut column.choices {
                *rows = Rows::where_true(self.len, |row| rows.contains(order[row] as usize));
            }
        }
    }

    /// What a respondent answered, by column; `None` where there is no such respondent.
    pub fn row(&self, row: usize) -> Option<Vec<Answer>> {
        (row < self.len).then(|| {
            self.columns
                .iter()
                .map(|column| match (column.codes.get(row), column.kind) {
                    (NOT_ASKED, _) => Answer::NotAsked,
                    (NO_ANSWER, _) => Answer::None,
                    (code, Kind::One(_)) => Answer::One(code - FIRST),
                    (_, Kind::Several(choices)) => Answer::Several(
                        (0..choices)
                            .filter(|&choice| column.choices[usize::from(choice)].contains(row))
                            .collect(),
                    ),
                })
                .collect()
        })
    }
}

/// A place below `len` from a random number; 0 when there is none.
fn below(random: u64, len: usize) -> usize {
    let product = u128::from(random) * len as u128;
    usize::try_from(product >> 64).unwrap_or(0)
}
