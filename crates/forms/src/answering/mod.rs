//! One respondent filling in a form: what is asked, what follows from the answers, what is wrong with them.
//!
//! | file | subject |
//! | --- | --- |
//! | [`compiled`] | [`Compiled`]: a form with every expression read, shared between respondents; [`check`] |
//! | `rules` | the rules of each row |
//! | `order` | what is worked out from what, in which order; circles |
//! | [`layout`] | where answers stand in JSON and how questions are called in pages |
//! | [`filling`] | [`Filling`]: answers and what follows from them |
//! | [`entries`], `defaults` | entries of repeats; what answers are at the start |
//! | [`kinds`] | values by kind of question: reading what was typed, JSON |
//! | [`choices`] | which choices are offered |
//! | `words` | texts in the respondent's language, with answers filled in |
//! | `check` | what is wrong with the answers as they stand |
//! | [`fault`] | the codes of what can be wrong |
//! | [`outcome`] | answers from and to JSON |
//! | [`pages`] | one question or one group a page: which, in which order, what stands on them |
//! | [`taking`] | reading what a page sent |
//! | [`summary`] | all answers in words, to check before sending |
//!
//! Nothing here reads a clock or makes up randomness: both come in [`crate::expression::Surroundings`].

mod check;
pub mod choices;
pub mod compiled;
mod defaults;
pub mod entries;
pub mod fault;
pub mod filling;
pub mod kinds;
pub mod layout;
mod order;
pub mod outcome;
pub mod pages;
mod rules;
pub mod summary;
pub mod taking;
mod words;

pub use choices::Offered;
pub use compiled::{Compiled, check, choices_elsewhere};
pub use fault::{AnswerFault, Code};
pub use filling::Filling;
pub use layout::Layout;
pub use outcome::{Walker, for_each_answered};
pub use pages::{Asked, Heading, Page, PageKind, PageView};
pub use summary::SummaryLine;
pub use taking::Taken;
pub use words::language_of;
