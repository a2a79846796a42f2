//! A column of the table.

use super::missing::Missing;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Name for programs, as the instrument has it. Formats with narrower rules get one made from it
    /// ([`Names`](crate::names::Names)).
    pub name: String,
    /// Short label for people.
    pub label: String,
    /// What its cells hold.
    pub kind: Kind,
    /// The question as it was put, in full.
    pub question: Option<String>,
    /// Who was asked: the condition in words or as the instrument states it. None means everybody.
    pub asked_when: Option<String>,
    /// The reasons for which a cell may have no value; a cell with another is a fault. At most three for texts, because
    /// SPSS holds no more.
    pub missing: Vec<Missing>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One of several categories.
    Category {
        /// The categories, at least one, in the order in which they were offered.
        categories: Vec<Category>,
        /// Whether their order means more or less.
        ordered: bool,
    },
    /// Whether one choice of a question with several answers was picked.
    Chosen {
        /// Name of that question: the columns with the same name here belong together.
        of: String,
    },
    /// A whole number of at most 15 digits, which every format holds exactly.
    Whole,
    /// A number with decimal places.
    Decimal {
        /// How many places are shown; more are kept.
        places: u8,
    },
    /// Text.
    Text,
    /// A day.
    Date,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// What the instrument calls it; what stands in CSV, JSON and the data package.
    pub code: String,
    /// What stands for it in SPSS, which counts with numbers. Not below 0: those are for what is missing.
    pub number: i32,
    /// The words that people chose.
    pub label: String,
}

impl Category {
    /// Categories from pairs of code and label. When all codes are different numbers from 0 on, they are the
    /// numbers; otherwise the categories are counted from 1.
    pub fn list<C: Into<String>, L: Into<String>>(pairs: impl IntoIterator<Item = (C, L)>) -> Vec<Self> {
        let mut list: Vec<Self> = (1..)
            .zip(pairs)
            .map(|(number, (code, label))| Self { code: code.into(), number, label: label.into() })
            .collect();
        let numbers: Option<Vec<i32>> = list.iter().map(|category| plain_number(&category.code)).collect();
        if let Some(numbers) = numbers {
            for (category, number) in list.iter_mut().zip(numbers) {
                category.number = number;
            }
        }
        list
    }
}

/// The number that a code is, when it is written in the only way: `7`, not `07` or `+7`.
fn plain_number(code: &str) -> Option<i32> {
    let number: i32 = code.parse().ok()?;
    (number >= 0 && number.to_string() == code).then_some(number)
}

impl Variable {
    /// A column of which only name, label and kind are known; nothing may be missing in it.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            question: None,
            asked_when: None,
            missing: Vec::new(),
        }
    }

    /// The same with the question as it was put.
    #[must_use]
    pub fn asked(mut self, question: impl Into<String>) -> Self {
        self.question = Some(question.into());
        self
    }

    /// The same with the reasons for which a cell may have no value.
    #[must_use]
    pub fn may_miss(mut self, missing: &[Missing]) -> Self {
        self.missing = missing.to_vec();
        self
    }

    /// The same with the condition under which it was asked.
    #[must_use]
    pub fn asked_when(mut self, condition: impl Into<String>) -> Self {
        self.asked_when = Some(condition.into());
        self
    }

    /// The categories; none for other kinds.
    pub fn categories(&self) -> &[Category] {
        match &self.kind {
            Kind::Category { categories, .. } => categories,
            _ => &[],
        }
    }

    /// The reasons that it declares, each once, in the order of [`Missing::ALL`].
    pub(crate) fn reasons(&self) -> impl Iterator<Item = Missing> {
        Missing::ALL.into_iter().filter(|missing| self.missing.contains(missing))
    }
}

impl Kind {
    /// The kind as a word for programs, as in the column `kind` of a codebook.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Category { ordered: false, .. } => "category",
            Self::Category { ordered: true, .. } => "ordered-category",
            Self::Chosen { .. } => "chosen",
            Self::Whole => "whole-number",
            Self::Decimal { .. } => "decimal",
            Self::Text => "text",
            Self::Date => "date",
        }
    }
}
