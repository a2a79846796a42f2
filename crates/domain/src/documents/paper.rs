//! Pieces of documents that are printed and filled in by hand: questions with room for the answer, cards to cut out.
//!
//! They hold what is said and how much room there is; how large a box is drawn is decided where the document is set.
//! Nothing here is a sentence of its own: instructions come in the language of the document.

use serde::{Deserialize, Serialize};

use super::Block;

/// A question with room for its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperQuestion {
    /// Its number, for example `3`; empty for none.
    pub number: String,
    /// The question.
    pub text: String,
    /// A line of explanation; empty for none.
    pub hint: String,
    /// When it is to be answered, in words; empty for always.
    pub condition: String,
    /// What to do, in words: "Tick one box." Boxes alone do not say how many may be ticked.
    pub instruction: String,
    /// Name of a [symbol](super::symbols) beside the question; empty for none.
    pub symbol: String,
    /// Where the answer goes.
    pub room: Room,
}

/// Where an answer goes on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "room", rename_all = "snake_case")]
pub enum Room {
    /// A box beside each choice, to tick or to write a number in.
    Boxes {
        /// The choices in order.
        choices: Vec<PaperChoice>,
    },
    /// Lines to write on.
    Lines {
        /// How many, 1 to [`Room::MOST_LINES`].
        count: u8,
    },
    /// Boxes for one digit each, in groups: the day, the month and the year of a date; the digits of a number.
    Digits {
        /// The groups in the order in which they are written.
        groups: Vec<DigitGroup>,
    },
}

impl Room {
    /// The most lines of one answer: they fit on a page with the question.
    pub const MOST_LINES: u8 = 20;
    /// The most digits of one answer: they fit on a line.
    pub const MOST_DIGITS: u8 = 14;

    /// A box beside each choice.
    pub fn boxes(choices: impl IntoIterator<Item = PaperChoice>) -> Self {
        Self::Boxes { choices: choices.into_iter().collect() }
    }

    /// Boxes for digits: what stands below a group (empty for nothing), and how many digits it has.
    pub fn digits(groups: impl IntoIterator<Item = (String, u8)>) -> Self {
        Self::Digits {
            groups: groups.into_iter().map(|(label, count)| DigitGroup { label, count }).collect(),
        }
    }
}

impl Default for Room {
    fn default() -> Self {
        Self::Lines { count: 1 }
    }
}

/// A choice with a box beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperChoice {
    /// What is chosen.
    pub text: String,
    /// Name of a [symbol](super::symbols) between box and text; empty for none.
    pub symbol: String,
}

/// Boxes for the digits of one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitGroup {
    /// What stands below them, for example "Day"; empty for nothing.
    pub label: String,
    /// How many digits.
    pub count: u8,
}

/// How large cards are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardSize {
    /// Ten on a page of A4, to be cut out. In a document of the kind [`Sheet`](super::DocumentKind::Sheet).
    Tenth,
    /// As wide as the page, to be read from where one stands.
    Whole,
}

/// How many cards of [`CardSize::Tenth`] stand on a page.
pub const CARDS_PER_PAGE: usize = 10;

/// A card that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it is for.
    pub title: String,
    /// One line of explanation; empty for none.
    pub explanation: String,
    /// The address as it is typed by hand, without `https://`.
    pub address: String,
    /// The address as a link, for those who read it on a screen; empty for none.
    pub href: String,
    /// A code that is typed there, as it is printed; empty for none.
    pub code: String,
    /// The same address as a picture for cameras: stand-alone SVG, square.
    pub qr_svg: String,
    /// What the picture is, for those who do not see it.
    pub qr_alt: String,
}

impl PaperQuestion {
    /// What it says, piece by piece.
    pub(super) fn plain(&self, out: &mut Vec<String>) {
        let asked =
            if self.number.is_empty() { self.text.clone() } else { format!("{} {}", self.number, self.text) };
        out.push(asked);
        out.extend(
            [&self.condition, &self.hint, &self.instruction].into_iter().filter(|s| !s.is_empty()).cloned(),
        );
        match &self.room {
            Room::Boxes { choices } => out.extend(choices.iter().map(|choice| choice.text.clone())),
            Room::Lines { .. } => {}
            Room::Digits { groups } => {
                out.extend(
                    groups.iter().map(|group| &group.label).filter(|label| !label.is_empty()).cloned(),
                );
            }
        }
    }
}

impl Card {
    /// What it says, piece by piece.
    pub(super) fn plain(&self, out: &mut Vec<String>) {
        let pieces = [&self.title, &self.explanation, &self.address, &self.code, &self.qr_alt];
        out.extend(pieces.into_iter().filter(|s| !s.is_empty()).cloned());
    }
}

impl Block {
    /// A question with room for its answer.
    pub fn question(question: PaperQuestion) -> Self {
        Self::Question { question: Box::new(question) }
    }
}
