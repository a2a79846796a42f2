//! Questions as data: forms as XLSForm says them, filling them in, and what was answered. Knows nothing of inspections.
//!
//! | module | subject |
//! | --- | --- |
//! | [`form`] | a form as an XLSForm workbook says it |
//! | [`workbook`] | sheets of cells, from `.xlsx`, `.csv` and Markdown |
//! | [`reading`] | a form from a workbook, with a place for each fault |
//! | [`writing`] | a form as a workbook again, or as JSON |
//! | [`versions`] | what changed between two versions of a form |
//! | [`expression`] | the expressions of XLSForm: reading and evaluating them |
//! | [`answering`] | one respondent filling in a form: relevance, calculations, pages, faults |
//! | [`xform`] | a form as ODK XForm XML, submissions of its clients |
//!
//! To add a kind of question: a variant of [`form::Kind`] with its written name; the compiler names the places in
//! [`reading`], [`answering`] and [`xform`] that have to know it. Nothing here prints sentences for respondents: what
//! is wrong with an answer is a code, which the pages put into words. Faults in a form are sentences, because the
//! reader is the person who writes the workbook.

pub mod answering;
pub mod expression;
pub mod form;
pub mod reading;
pub mod versions;
pub mod workbook;
pub mod writing;
pub mod xform;
