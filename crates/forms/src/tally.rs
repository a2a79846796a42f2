//! How often each choice or level was given.
//!
//! Counts are raw: whether they may be shown is decided elsewhere (disclosure rules).

use crate::answers::{Answer, Answers};
use crate::instrument::{Instrument, Question, QuestionKind};

/// The counts of one question over all respondents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionTally {
    /// Key of the question.
    pub question: String,
    /// Its kind.
    pub kind: QuestionKind,
    /// Respondents to whom it was put, given their other answers.
    pub asked: usize,
    /// Respondents who answered it.
    pub answered: usize,
    /// Counts by choice or level in the order of the instrument, zeros included. Empty for numbers and texts.
    /// With `choices` a respondent counts once for each choice made, so the sum can exceed `answered`.
    pub counts: Vec<LevelCount>,
    /// Values that the instrument does not offer, for example from an earlier wording.
    pub elsewhere: usize,
}

/// How often one choice or level was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelCount {
    /// The value; its label stands in the instrument.
    pub value: String,
    /// How many respondents gave it.
    pub count: usize,
}

/// Counts the answers to each question; notes are left out.
pub fn tally<'a>(instrument: &Instrument, all: impl Iterator<Item = &'a Answers>) -> Vec<QuestionTally> {
    let mut tallies: Vec<(&Question, QuestionTally)> = instrument
        .questions
        .iter()
        .filter(|question| question.asks())
        .map(|question| (question, empty(question)))
        .collect();
    for answers in all {
        for (question, tally) in &mut tallies {
            if answers.makes_relevant(question) {
                tally.asked += 1;
                if let Some(answer) = answers.get(&question.key) {
                    tally.add(answer);
                }
            }
        }
    }
    tallies.into_iter().map(|(_, tally)| tally).collect()
}

fn empty(question: &Question) -> QuestionTally {
    QuestionTally {
        question: question.key.clone(),
        kind: question.kind,
        asked: 0,
        answered: 0,
        counts: question.levels().into_iter().map(|value| LevelCount { value, count: 0 }).collect(),
        elsewhere: 0,
    }
}

impl QuestionTally {
    fn add(&mut self, answer: &Answer) {
        self.answered += 1;
        if matches!(self.kind, QuestionKind::WholeNumber | QuestionKind::Text) {
            return;
        }
        for value in answer.values() {
            match self.counts.iter_mut().find(|level| level.value == value) {
                Some(level) => level.count += 1,
                None => self.elsewhere += 1,
            }
        }
    }
}
