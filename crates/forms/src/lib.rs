//! Questions as data: instruments, answers and their checks. Knows nothing of inspections.
//!
//! | module | subject |
//! | --- | --- |
//! | [`instrument`] | what is asked: questions, choices, when a question is relevant |
//! | [`parse`] | an instrument from TOML, with a line for each fault |
//! | [`tree`] (private) | TOML as a tree in which each value knows its line |
//! | [`answers`] | what was answered; a submitted form turned into answers and problems |
//! | [`tally`] | how often each choice or level was given |
//! | [`form`] | a form as an XLSForm workbook says it |
//! | [`workbook`] | sheets of cells, from `.xlsx`, `.csv` and Markdown |
//! | [`reading`] | a form from a workbook, with a place for each fault |
//! | [`xform`] | a form as ODK XForm XML, submissions of its clients |
//! | [`writing`] | a form as a workbook again, or as JSON |
//! | [`versions`] | what changed between two versions of a form |
//! | [`answering`] | one respondent filling in a form: relevance, calculations, pages, faults |
//! | [`expression`] | the expressions of XLSForm: reading and evaluating them |
//! | [`workbook`] | sheets of cells, from `.xlsx`, `.csv` and Markdown |
//! | [`reading`] | a form from a workbook, with a place for each fault |
//! | [`xform`] | a form as ODK XForm XML |
//!
//! To add a kind of question: a variant of [`QuestionKind`] with its written name, its own properties in
//! [`parse`], a variant of [`Answer`] with its reading in [`answers`], and its levels in
//! [`Question::levels`]; the compiler names the rest. Nothing here prints sentences for respondents: problems
//! are codes which the pages put into words. Faults in an instrument are sentences, because the reader is the
//! person who edits the TOML.

pub mod answering;
pub mod answers;
pub mod expression;
pub mod form;
pub mod instrument;
pub mod parse;
pub mod reading;
pub mod tally;
mod tree;
pub mod versions;
pub mod workbook;
pub mod writing;
pub mod xform;

pub use answers::{Answer, Answers, Problem, ProblemCode, Submission};
pub use instrument::{Choice, Instrument, Question, QuestionKind, Relevant, Section};
pub use parse::Fault;
pub use tally::{LevelCount, QuestionTally, tally};
