//! What comes out: what may be shown, and nothing else.

use crate::suppression::Cell;

/// The results of a survey as they may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    pub(super) people: Cell,
    pub(super) groupings: Vec<Vec<Group>>,
    pub(super) questions: Vec<Question>,
}

/// Groups of respondents that are shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub(super) levels: Vec<usize>,
    pub(super) people: u64,
}

impl Group {
    /// The levels of the grouping, ascending; more than one where each alone has too few respondents.
    pub fn levels(&self) -> &[usize] {
        &self.levels
    }

    /// How many respondents they have together.
    pub fn people(&self) -> u64 {
        self.people
    }
}

/// A question as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Its tables, with some counts hidden.
    Shown {
        /// All respondents.
        whole: Line,
        /// By grouping: a line for each of its groups. Empty where all its groups had to be put together.
        by: Vec<(usize, Vec<Line>)>,
    },
    /// Nothing of it.
    Withheld(Reason),
}

/// Why nothing is shown of a question. It does not say whether few answered or all alike, since that would tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Whatever part of it were shown, a small number or the answer of everybody could be worked out.
    Guarded,
    /// It is asked under a condition on several answers, and its numbers would tell how those combine.
    Compound,
}

/// The answers of some people to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub(super) asked: Cell,
    pub(super) answered: Cell,
    pub(super) cells: Vec<Cell>,
}

impl Line {
    /// How many were asked.
    pub fn asked(&self) -> Cell {
        self.asked
    }

    /// How many of them answered.
    pub fn answered(&self) -> Cell {
        self.answered
    }

    /// How many gave each answer, silence included.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Whether nothing of the line is shown but, perhaps, how many were asked.
    pub fn is_withheld(&self) -> bool {
        self.answered == Cell::Suppressed && self.cells.iter().all(|&cell| cell == Cell::Suppressed)
    }

    /// The part and the base of the share of an answer among those who answered. `None` where either is hidden.
    pub fn share(&self, answer: usize) -> Option<(u64, u64)> {
        basis(self.cells.get(answer)?.count()?, self.answered.count()?)
    }

    /// The part and the base of the share of an answer among all who were asked: for a line whose number of answers is
    /// hidden, because few said nothing. `None` where either is hidden.
    pub fn share_of_asked(&self, answer: usize) -> Option<(u64, u64)> {
        basis(self.cells.get(answer)?.count()?, self.asked.count()?)
    }
}

fn basis(part: u64, base: u64) -> Option<(u64, u64)> {
    (base > 0 && part <= base).then_some((part, base))
}

impl Released {
    /// How many respondents there are; hidden when fewer than the threshold, and then nothing else is shown.
    pub fn people(&self) -> Cell {
        self.people
    }

    /// The groups of each grouping; none when nothing is shown.
    pub fn groupings(&self) -> &[Vec<Group>] {
        &self.groupings
    }

    /// The questions in the order in which they were given; none when nothing is shown.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }
}
