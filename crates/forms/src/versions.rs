//! What changed between two versions of a form, and what that means for comparing the answers to both.
//!
//! Questions are told apart by name and by the groups and repeats around them. The differences are data; [`Change::said`]
//! puts each into a sentence of plain English for logs and the command line, pages have their own words.

mod compare;

use crate::form::{Form, Kind};

pub use compare::differences;

/// What a change means for comparing answers to one version with answers to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// The answers can be compared.
    Comparable,
    /// Other words were read, or others were asked: compare with care, and say so beside the numbers.
    WithCare,
    /// The answers cannot be compared.
    NotComparable,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A question, note or calculation that was not there before.
    Added,
    /// One that is not there any more.
    Removed,
    /// It stands in another place of the form; respondents come to it after other questions.
    Moved {
        /// After which question it stood; `None` at the beginning.
        was_after: Option<String>,
        /// After which question it stands.
        is_after: Option<String>,
    },
    /// Another sort of answer is asked for.
    Kind {
        /// What was asked for.
        was: Kind,
        /// What is asked for.
        is: Kind,
    },
    /// It reads otherwise.
    Wording {
        /// `label`, `hint` ..., the XLSForm column.
        column: &'static str,
        /// The language; blank for a form with unnamed texts.
        language: String,
        /// As it read; blank when there was no such text.
        was: String,
        /// As it reads; blank when there is no such text.
        is: String,
        /// Whether only a translation came or went, and the text stood in another language before and after.
        translation: bool,
    },
    /// A choice was added to its list.
    ChoiceAdded(String),
    /// A choice was taken out of its list.
    ChoiceRemoved(String),
    /// A choice reads otherwise.
    ChoiceWording {
        /// The value of the choice.
        choice: String,
        /// The language.
        language: String,
        /// As it read.
        was: String,
        /// As it reads.
        is: String,
        /// Whether only a translation came or went.
        translation: bool,
    },
    /// The choices stand in another order.
    ChoiceOrder,
    /// A rule changed: when it is asked, what is accepted, how it is worked out.
    Logic {
        /// The XLSForm column, for example `relevant`.
        column: &'static str,
        /// As it was; blank when there was none.
        was: String,
        /// As it is; blank when there is none.
        is: String,
    },
    /// How it is shown changed.
    Appearance {
        /// As it was.
        was: String,
        /// As it is.
        is: String,
    },
}

impl Change {
    /// What it means for comparing answers.
    pub fn meaning(&self) -> Meaning {
        match self {
            Self::Added | Self::Removed | Self::Logic { column: "calculation", .. } => Meaning::NotComparable,
            Self::Kind { was, is } if changes_values(*was, *is) => Meaning::NotComparable,
            // what was answered before could not have been this, or cannot be any more; others were asked
            Self::ChoiceAdded(_)
            | Self::ChoiceRemoved(_)
            | Self::Kind { .. }
            | Self::Logic {
                column: "relevant" | "constraint" | "choice_filter" | "repeat_count" | "parameters",
                ..
            } => Meaning::WithCare,
            Self::Wording { column: "label" | "hint", was, is, translation, .. }
            | Self::ChoiceWording { was, is, translation, .. } => {
                if *translation || same_words(was, is) {
                    Meaning::Comparable
                } else {
                    Meaning::WithCare
                }
            }
            Self::Wording { .. }
            | Self::Logic { .. }
            | Self::Moved { .. }
            | Self::ChoiceOrder
            | Self::Appearance { .. } => Meaning::Comparable,
        }
    }

    /// A sentence in plain English.
    pub fn said(&self) -> String {
        let place = |after: &Option<String>| match after {
            Some(name) => format!("after “{name}”"),
            None => "at the beginning".to_owned(),
        };
        let in_language =
            |language: &str| if language.is_empty() { String::new() } else { format!(" in {language}") };
        let turned = |was: &str, is: &str| match (was.is_empty(), is.is_empty()) {
            (true, _) => format!("is new: “{is}”"),
            (_, true) => format!("was taken away: “{was}”"),
            _ => format!("was “{was}” and is “{is}”"),
        };
        match self {
            Self::Added => "is new".to_owned(),
            Self::Removed => "was taken out".to_owned(),
            Self::Moved { was_after, is_after } => {
                format!("stood {} and stands {}", place(was_after), place(is_after))
            }
            Self::Kind { was, is } => {
                format!("was of the type {} and is of the type {}", was.name(), is.name())
            }
            Self::Wording { column, language, was, is, .. } => {
                format!("{column}{} {}", in_language(language), turned(was, is))
            }
            Self::ChoiceAdded(choice) => format!("the choice “{choice}” is new"),
            Self::ChoiceRemoved(choice) => format!("the choice “{choice}” was taken out"),
            Self::ChoiceWording { choice, language, was, is, .. } => {
                format!("the choice “{choice}”{} {}", in_language(language), turned(was, is))
            }
            Self::ChoiceOrder => "the choices stand in another order".to_owned(),
            Self::Logic { column, was, is } => format!("{column} {}", turned(was, is)),
            Self::Appearance { was, is } => format!("appearance {}", turned(was, is)),
        }
    }
}

/// Whether answers of one kind do not mean what answers of the other mean.
fn changes_values(was: Kind, is: Kind) -> bool {
    let number = |kind| matches!(kind, Kind::Integer | Kind::Decimal | Kind::Range);
    let choice = |kind| matches!(kind, Kind::SelectOne | Kind::SelectOneExternal);
    let tick = |kind| matches!(kind, Kind::Acknowledge | Kind::Trigger);
    !(number(was) && number(is) || choice(was) && choice(is) || tick(was) && tick(is))
}

/// Whether two texts differ in spaces, capitals and marks only.
fn same_words(was: &str, is: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    words(was) == words(is)
}

/// What changed in one question, group or repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its name with those of the groups and repeats around it: `home/rooms`.
    pub path: String,
    /// Its name.
    pub name: String,
    /// What changed, in the order of a reader's interest. Never empty.
    pub changes: Vec<Change>,
}

impl Difference {
    /// What the changes together mean for comparing answers.
    pub fn meaning(&self) -> Meaning {
        self.changes.iter().map(Change::meaning).max().unwrap_or(Meaning::Comparable)
    }
}

/// What a change of the whole form means: the worst of its differences.
pub fn meaning(differences: &[Difference]) -> Meaning {
    differences.iter().map(Difference::meaning).max().unwrap_or(Meaning::Comparable)
}

/// The differences as lines of plain English, the most serious first.
pub fn readable(was: &Form, is: &Form) -> Vec<String> {
    let mut found = differences(was, is);
    found.sort_by_key(|difference| std::cmp::Reverse(difference.meaning()));
    let said = |difference: &Difference| {
        let changes: Vec<String> = difference.changes.iter().map(Change::said).collect();
        let meaning = match difference.meaning() {
            Meaning::Comparable => "answers can be compared",
            Meaning::WithCare => "compare answers with care",
            Meaning::NotComparable => "answers cannot be compared",
        };
        format!("“{}” {} ({meaning})", difference.path, changes.join("; "))
    };
    found.iter().map(said).collect()
}
