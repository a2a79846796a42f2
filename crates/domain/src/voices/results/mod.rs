//! The results of a survey as they may be shown: made once when the survey is over, the same for screen, picture, file
//! and program.
//!
//! | module | subject |
//! | --- | --- |
//! | `routing` | who is asked a question |
//! | `counting` | answers counted by groups |
//! | `range` | how sure a share is |
//! | `comparing` | other areas and earlier rounds, as far as they were asked alike |
//! | this one | what comes out of the rules of disclosure, with the names of the form |
//!
//! The rules themselves are in `keyline-disclosure`, which knows nothing of forms; `docs/disclosure.md` says in plain
//! words what they promise.

mod comparing;
mod counting;
mod range;
mod routing;

pub use comparing::{Round, share_together};
pub use counting::{Counted, Table, counted, grouping};
pub use range::{CONFIDENCE, Range, range};
pub use routing::{Routing, routings};

use keyline_disclosure::release::released::{Line, Question as ReleasedQuestion, Reason};
use keyline_disclosure::release::survey::Survey;
use keyline_disclosure::release::{Rule, release};
use keyline_disclosure::suppression::Cell;
use keyline_disclosure::threshold::Threshold;
use keyline_forms::form::Form;
use keyline_statistics::proportions::whole_percent;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The results of a survey as they may be shown. `None` is a number that is hidden to protect people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// How many answered the survey.
    pub people: Option<u64>,
    /// The smallest number that is shown.
    pub smallest: u32,
    /// The groups by which results are divided; groups of too few are joined.
    pub groupings: Vec<GroupingShown>,
    /// The questions, in the order of the form; one of several choices comes as a part for each choice.
    pub questions: Vec<QuestionShown>,
}

/// Groups by one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupingShown {
    /// Name of the question.
    pub question: String,
    /// The groups. The value of those who said no group is empty.
    pub groups: Vec<GroupShown>,
}

/// One group, or several that were joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupShown {
    /// The choices of its people.
    pub values: Vec<String>,
    /// How many answered the survey.
    pub people: u64,
}

/// A question, or one choice of a question with several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionShown {
    /// Name of the question.
    pub question: String,
    /// The choice, when it is one of several; then the answers are "chosen" and "not chosen".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// The values of its answers, in order.
    pub answers: Vec<String>,
    /// Everybody, unless it is withheld.
    pub whole: Option<Row>,
    /// By each grouping (by its place in [`Results::groupings`]): a row for each group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<(usize, Vec<Row>)>,
    /// Why it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
}

/// Why nothing of a question is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// Something of it could be worked out about few people.
    Protected,
    /// Whether it was asked hangs on several answers, so its numbers would tell how answers combine.
    Routing,
}

/// The numbers of one group of people, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// How many were asked.
    pub asked: Option<u64>,
    /// How many answered.
    pub answered: Option<u64>,
    /// How many gave each answer.
    pub counts: Vec<Option<u64>>,
}

/// Of whom a share is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Of those who answered the question.
    Answered(u64),
    /// Of those who were asked: how many of them said nothing is hidden, because they are few.
    Asked(u64),
}

impl Base {
    /// How many they are.
    pub fn people(self) -> u64 {
        match self {
            Self::Answered(people) | Self::Asked(people) => people,
        }
    }
}

impl Results {
    /// Whole percent of all `people` of whom the survey asks who answered it; none when that is hidden, or when there are
    /// fewer people than answers.
    pub fn response(&self, people: u64) -> Option<u8> {
        whole_percent(self.people?, people)
    }
}

impl Row {
    /// Of whom shares are taken; `None` when that is hidden or nobody.
    pub fn base(&self) -> Option<Base> {
        let some = |people: &u64| *people > 0;
        let asked = || self.asked.filter(some).map(Base::Asked);
        self.answered.filter(some).map(Base::Answered).or_else(asked)
    }

    /// Whole percent of the base who gave an answer; `None` when the count or the base is hidden.
    pub fn percent(&self, answer: usize) -> Option<u8> {
        let count = self.counts.get(answer).copied().flatten()?;
        whole_percent(count, self.base()?.people())
    }
}

/// The answer "chosen" of one of several choices.
pub const CHOSEN: &str = "chosen";
/// The answer "not chosen".
pub const NOT_CHOSEN: &str = "not-chosen";

/// Works out the results of all answers to a survey.
///
/// # Errors
/// A sentence when the counts contradict each other, which is a fault of this program.
pub fn results<'a>(
    form: &Form,
    answers: impl Iterator<Item = &'a Value>,
    smallest: u32,
) -> Result<Results, String> {
    let mut counted = counted(form, answers);
    let threshold = Threshold::new(u64::from(smallest)).map_err(|error| error.to_string())?;
    let rule = Rule::new(threshold);
    divide(&mut counted, &rule)?;
    let released = release(&counted.survey, &rule).map_err(|error| error.to_string())?;
    let values = |question: &str| -> Vec<String> {
        form.question(question)
            .and_then(|question| form.list(question.list()?))
            .map(|list| list.choices.iter().map(|choice| choice.name.clone()).collect())
            .unwrap_or_default()
    };
    // That nobody left a group out is no group.
    let there: Vec<Vec<bool>> = released
        .groupings()
        .iter()
        .map(|groups| groups.iter().map(|group| group.people() > 0).collect())
        .collect();
    let groupings = released
        .groupings()
        .iter()
        .zip(&counted.groupings)
        .map(|(groups, question)| {
            let choices = values(question);
            let shown = groups.iter().filter(|group| group.people() > 0).map(|group| GroupShown {
                values: group
                    .levels()
                    .iter()
                    .map(|level| choices.get(*level).cloned().unwrap_or_default())
                    .collect(),
                people: group.people(),
            });
            GroupingShown { question: question.clone(), groups: shown.collect() }
        })
        .collect();
    let questions = released
        .questions()
        .iter()
        .zip(&counted.tables)
        .filter_map(|(question, table)| {
            let (choice, answers) = match table {
                Table::One { question } => (None, values(question)),
                Table::Answered { .. } => return None,
                Table::Chosen { choice, .. } => {
                    (Some(choice.clone()), vec![CHOSEN.to_owned(), NOT_CHOSEN.to_owned()])
                }
            };
            let name = table.question().to_owned();
            let row = |line: &Line| row(line, answers.len());
            Some(match question {
                ReleasedQuestion::Withheld(reason) => QuestionShown {
                    question: name,
                    choice,
                    answers,
                    whole: None,
                    by: Vec::new(),
                    withheld: Some(match reason {
                        Reason::Guarded => Withheld::Protected,
                        Reason::Compound => Withheld::Routing,
                    }),
                },
                ReleasedQuestion::Shown { whole, by } => QuestionShown {
                    question: name,
                    choice,
                    whole: Some(row(whole)),
                    by: by
                        .iter()
                        .map(|(grouping, lines)| {
                            let kept = lines.iter().zip(&there[*grouping]).filter(|(_, there)| **there);
                            (*grouping, kept.map(|(line, _)| row(line)).collect())
                        })
                        .collect(),
                    answers,
                    withheld: None,
                },
            })
        })
        .collect();
    Ok(Results { people: released.people().count(), smallest, groupings, questions })
}

/// Decides by which groups each question is shown. What everybody answered comes first: a division that would cost a
/// number of the whole is left out, the later groupings before the earlier.
fn divide(counted: &mut Counted, rule: &Rule) -> Result<(), String> {
    let groupings = counted.groupings.len();
    let undivided = shown_of_whole(&counted.survey, rule, &[])?;
    let mut chosen: Vec<Option<Vec<usize>>> = vec![None; undivided.len()];
    for division in divisions(groupings) {
        if chosen.iter().all(Option::is_some) {
            break;
        }
        let divided = shown_of_whole(&counted.survey, rule, &division)?;
        for (question, shown) in divided.iter().enumerate() {
            if chosen[question].is_none() && *shown >= undivided[question] {
                chosen[question] = Some(division.clone());
            }
        }
    }
    for (question, division) in counted.survey.questions.iter_mut().zip(chosen) {
        question.by = division.unwrap_or_default();
    }
    Ok(())
}

/// Sets of groupings, the fullest first, of equal ones that with the earlier groupings.
fn divisions(groupings: usize) -> Vec<Vec<usize>> {
    // Forms have two or three; with more, each is tried alone.
    let mut sets: Vec<Vec<usize>> = match groupings {
        0 => Vec::new(),
        1..=4 => (1_u32..1 << groupings)
            .map(|bits| (0..groupings).filter(|at| bits >> at & 1 == 1).collect())
            .collect(),
        _ => (0..groupings).map(|at| vec![at]).collect(),
    };
    sets.sort_by_key(|set| (std::cmp::Reverse(set.len()), set.clone()));
    sets
}

/// How many numbers of the whole each question shows, when all are divided by these groupings.
fn shown_of_whole(survey: &Survey, rule: &Rule, by: &[usize]) -> Result<Vec<usize>, String> {
    let mut survey = survey.clone();
    for question in &mut survey.questions {
        question.by = by.to_vec();
    }
    let released = release(&survey, rule).map_err(|error| error.to_string())?;
    let shown = |question: &ReleasedQuestion| match question {
        ReleasedQuestion::Withheld(_) => 0,
        ReleasedQuestion::Shown { whole, .. } => {
            let cells = whole.cells().iter().filter(|cell| cell.count().is_some()).count();
            cells + 1 + usize::from(whole.answered().count().is_some())
        }
    };
    let mut counts: Vec<usize> = released.questions().iter().map(shown).collect();
    counts.resize(survey.questions.len(), 0);
    Ok(counts)
}

/// The last cell of a question of one choice is that nothing was said: it is in `asked` and `answered`.
fn row(line: &Line, answers: usize) -> Row {
    Row {
        asked: line.asked().count(),
        answered: line.answered().count(),
        counts: line.cells().iter().take(answers).map(|cell: &Cell| cell.count()).collect(),
    }
}

#[cfg(test)]
mod tests;
