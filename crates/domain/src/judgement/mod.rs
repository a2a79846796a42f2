//! Judgement: findings on evidence, grades given alone, the agreed grade, the panel; and from there to the report.
//!
//! Three rules are kept here and asked by the verbs and the pages alike: a finding rests on evidence of two kinds or
//! says why one is enough ([`findings`]); nobody sees another's grade before the own is given and all have graded
//! ([`grades`]); who agreed or gave a grade does not confirm it ([`panel`]).

pub mod figures;
pub mod findings;
pub mod grades;
pub mod panel;
pub mod places;
pub mod report;
