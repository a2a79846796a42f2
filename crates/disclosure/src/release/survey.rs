//! What goes in: how the respondents divide, and how each part of them answered.
//!
//! Not tables, but the counts from which every table of the release is added up. So tables cannot contradict each
//! other, and which tables share which people is known without being told.

/// A survey as counted, before anything is hidden.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// By what results may be divided: role, service. A grouping is never among the questions as well.
    pub groupings: Vec<Grouping>,
    /// Every combination of levels that has respondents.
    pub strata: Vec<Stratum>,
    /// The questions with closed answers. One that decides whether another is asked stands before it.
    pub questions: Vec<Question>,
}

/// A way in which respondents divide into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping {
    /// How many groups. A respondent who belongs to none has a level of their own ("not given").
    pub levels: usize,
    /// When nobody and everybody may be shown of these groups; the rule's own when `None`.
    pub extremes: Option<Extremes>,
}

/// The respondents who have the same level in every grouping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    /// The level in each grouping, numbered from 0.
    pub levels: Vec<usize>,
    /// How many respondents.
    pub people: u64,
}

/// A question with a closed list of answers, of which each respondent gives one. A question with several answers goes
/// in as one question "answered or not" and, for each choice, one question "yes or no" that is asked of those who
/// answered, with [`Question::least`] for those who chose nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// For each answer, the count in each stratum.
    pub counts: Vec<Vec<u64>>,
    /// Which of the answers means that the respondent was asked and said nothing.
    pub silence: Option<usize>,
    /// Which of the answers is the lack of one ("not chosen"), so that it tells nothing when all have it.
    pub lack: Option<usize>,
    /// The groupings by which it is shown.
    pub by: Vec<usize>,
    /// Who was asked.
    pub asked: Asked,
    /// For each answer and stratum, how many could not have answered otherwise; empty for "everybody could".
    pub least: Vec<Vec<u64>>,
}

/// Who is asked a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Asked {
    /// All.
    #[default]
    Everyone,
    /// Those who gave one of these answers to an earlier question.
    When {
        /// The earlier question.
        question: usize,
        /// Its answers.
        answers: Vec<usize>,
    },
    /// The people of some groups: head teachers, say.
    Groups {
        /// The grouping.
        grouping: usize,
        /// Its levels.
        levels: Vec<usize>,
    },
    /// By a condition on several answers. Counts of such a question give away how answers combine, which no table
    /// shows, so it is withheld.
    Compound,
}

/// From how many respondents on it may be said that nobody, or that everybody, gave an answer.
///
/// Such a row says something of each of its people (group disclosure). No figure is published for anonymous surveys. The
/// nearest is the scale by which schools of Utah report results (State Board of Education, *Statistical Method for
/// Protecting PII*): shares near nothing and near all are coarsened to within one point from 300 people, two from 100,
/// five from 40, and more below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extremes {
    /// The least number of respondents of which an answer that nobody gave is shown as 0.
    pub none_from: u64,
    /// The least number of respondents of which it is shown that all gave one answer; never when `None`.
    pub all_from: Option<u64>,
}

impl Extremes {
    /// For groups whose people know each other: no answer is shown to be that of all, and an empty answer only of
    /// twenty people or more.
    pub const GROUP: Self = Self { none_from: 20, all_from: None };
    /// For all respondents of a survey, of whom it is not public who took part.
    pub const WHOLE: Self = Self { none_from: 40, all_from: Some(300) };
    /// Where nothing is told by nobody and everybody.
    pub const OPEN: Self = Self { none_from: 0, all_from: Some(0) };
}

/// Whether a count of people who were asked and said nothing is guarded like an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Silence {
    /// Yes. Where few said nothing, neither their number nor the number of those who answered is shown.
    #[default]
    Guarded,
    /// No: it is shown even where it is small.
    Open,
}

/// Why counts are not a survey. Numbers count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurveyFault {
    /// A stratum names a level for each grouping, below its number of levels, and no combination twice.
    #[error("stratum {0} does not fit the groupings, or stands there twice")]
    Stratum(usize),
    /// Counts, and the least of them, have one row for each answer with one place for each stratum; `least` is no greater.
    #[error("the counts of question {0} have the wrong shape")]
    Shape(usize),
    /// In a stratum, the answers of those who were asked do not add up to them.
    #[error("the answers to question {question} in stratum {stratum} are not as many as were asked")]
    Sum {
        /// The question.
        question: usize,
        /// The stratum.
        stratum: usize,
    },
    /// It names a grouping, answer or earlier question that is not there.
    #[error("question {0} refers to something that is not there")]
    Reference(usize),
    /// A total exceeds what a count can hold.
    #[error("the total is too large")]
    TooLarge,
    /// Two surveys that are to be compared have different groupings or questions.
    #[error("the earlier survey has other groupings or questions")]
    Different,
}

impl Survey {
    /// All respondents.
    pub fn people(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.people).sum()
    }

    /// Checks shapes, references and sums.
    pub(super) fn check(&self) -> Result<(), SurveyFault> {
        self.strata
            .iter()
            .try_fold(0_u64, |sum, stratum| sum.checked_add(stratum.people))
            .filter(|&sum| sum <= u64::MAX / 64)
            .ok_or(SurveyFault::TooLarge)?;
        let mut seen = std::collections::BTreeSet::new();
        for (number, stratum) in self.strata.iter().enumerate() {
            let fits = stratum.levels.len() == self.groupings.len()
                && stratum.levels.iter().zip(&self.groupings).all(|(&level, g)| level < g.levels);
            if !fits || !seen.insert(&stratum.levels) {
                return Err(SurveyFault::Stratum(number));
            }
        }
        (0..self.questions.len()).try_for_each(|number| self.check_question(number))
    }

    fn check_question(&self, number: usize) -> Result<(), SurveyFault> {
        let question = &self.questions[number];
        let wide = |rows: &[Vec<u64>]| {
            rows.len() == question.counts.len() && rows.iter().all(|row| row.len() == self.strata.len())
        };
        let least_fits = question.least.is_empty()
            || wide(&question.least)
                && question.least.iter().flatten().zip(question.counts.iter().flatten()).all(|(l, n)| l <= n);
        if question.counts.is_empty() || !wide(&question.counts) || !least_fits {
            return Err(SurveyFault::Shape(number));
        }
        let answers = question.counts.len();
        let known = match &question.asked {
            Asked::Everyone | Asked::Compound => true,
            Asked::When { question: parent, answers } => {
                *parent < number
                    && self.questions[*parent].asked != Asked::Compound
                    && answers.iter().all(|&a| a < self.questions[*parent].counts.len())
            }
            Asked::Groups { grouping, levels } => {
                self.groupings.get(*grouping).is_some_and(|g| levels.iter().all(|&level| level < g.levels))
            }
        };
        if !known
            || question.silence.is_some_and(|s| s >= answers)
            || question.lack.is_some_and(|l| l >= answers)
            || question.by.iter().any(|&g| g >= self.groupings.len())
        {
            return Err(SurveyFault::Reference(number));
        }
        for stratum in 0..self.strata.len() {
            let sum = question.counts.iter().try_fold(0_u64, |sum, row| sum.checked_add(row[stratum]));
            let fits = match (sum, self.asked(number, stratum)) {
                (Some(sum), Some(asked)) => sum == asked,
                (Some(sum), None) => sum <= self.strata[stratum].people,
                (None, _) => false,
            };
            if !fits {
                return Err(SurveyFault::Sum { question: number, stratum });
            }
        }
        Ok(())
    }

    /// How many of a stratum were asked; `None` when only the counts themselves can tell.
    fn asked(&self, number: usize, stratum: usize) -> Option<u64> {
        let of = &self.strata[stratum];
        match &self.questions[number].asked {
            Asked::Everyone => Some(of.people),
            Asked::Compound => None,
            Asked::When { question, answers } => Some(
                self.questions[*question]
                    .counts
                    .iter()
                    .enumerate()
                    .filter(|(answer, _)| answers.contains(answer))
                    .map(|(_, row)| row[stratum])
                    .sum(),
            ),
            Asked::Groups { grouping, levels } => {
                Some(if levels.contains(&of.levels[*grouping]) { of.people } else { 0 })
            }
        }
    }
}
