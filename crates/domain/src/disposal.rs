//! When the personal material of an inspection is destroyed, in which order, and what is kept.
//!
//! That personal records are disposed of is published for these inspections; period and order are ours. Keys go first: what
//! was kept under them says nothing any more from then on, in a backup neither.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::reasons::{FieldProblem, Reason};

/// Most days by which the day is put off at once. Whoever needs longer says why again.
pub const MOST_DAYS: i32 = 366;

/// What is destroyed, in this order. Each can be done again without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The key of the inspection, without which the hashes of the partnership's keys are noise.
    Keys,
    /// What people left who asked to be contacted.
    Contacts,
    /// Sealed answers to conversation guides that devices sent.
    DeviceAnswers,
    /// What people wrote in their own words in answers to surveys, and sheets of paper that were keyed but once.
    SurveyWords,
    /// What was noted of sessions with people. What the team made evidence of stays as evidence.
    SessionNotes,
    /// The list of children with the hashes of the partnership's keys.
    Cohort,
    /// What readers wrote in their own words about a record, and why one answer holds where two readings differ.
    ReadingNotes,
    /// Names on the training list of local readers.
    TrainingList,
    /// Colleagues who were handed a request by a link.
    Colleagues,
    /// Documents that the partnership sent, with their names and what was read from them.
    Documents,
}

impl Step {
    /// Every step in order.
    pub const ALL: [Self; 10] = [
        Self::Keys,
        Self::Contacts,
        Self::DeviceAnswers,
        Self::SurveyWords,
        Self::SessionNotes,
        Self::Cohort,
        Self::ReadingNotes,
        Self::TrainingList,
        Self::Colleagues,
        Self::Documents,
    ];

    /// The word of the database and of keys of translations (`disposal-step-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Contacts => "contacts",
            Self::DeviceAnswers => "device-answers",
            Self::SurveyWords => "survey-words",
            Self::SessionNotes => "session-notes",
            Self::Cohort => "cohort",
            Self::ReadingNotes => "reading-notes",
            Self::TrainingList => "training-list",
            Self::Colleagues => "colleagues",
            Self::Documents => "documents",
        }
    }
}

/// What is kept; each has a sentence that says why (`disposal-kept-…`).
pub const KEPT: [&str; 7] = ["report", "findings", "readings", "sample", "surveys", "people", "audit"];

/// The day on which the material is destroyed: so many days after publication, or the day to which it was put off.
pub fn due(published_on: Date, days: u16, put_off: Option<Date>) -> Date {
    let planned = published_on.saturating_add(jiff::Span::new().days(i64::from(days)));
    put_off.map_or(planned, |day| day.max(planned))
}

/// What is wrong with putting the day off.
pub fn postpone_problems(today: Date, due: Date, to: Option<Date>, reason: &str) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let last = due.max(today).saturating_add(jiff::Span::new().days(i64::from(MOST_DAYS)));
    match to {
        None => problems.push(FieldProblem::new("to", Reason::new("problem-date"))),
        Some(to) if to <= due || to <= today => {
            problems.push(FieldProblem::new("to", Reason::new("disposal-problem-earlier")));
        }
        Some(to) if to > last => {
            let reason = Reason::new("disposal-problem-later").with("most", MOST_DAYS);
            problems.push(FieldProblem::new("to", reason));
        }
        Some(_) => {}
    }
    if reason.trim().is_empty() {
        problems.push(FieldProblem::new("reason", Reason::new("problem-reason")));
    }
    problems
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_follows_publication_and_is_never_brought_forward() {
        assert_eq!(due(date(2026, 1, 1), 180, None), date(2026, 6, 30));
        assert_eq!(due(date(2026, 1, 1), 180, Some(date(2026, 9, 1))), date(2026, 9, 1));
        assert_eq!(due(date(2026, 1, 1), 180, Some(date(2026, 2, 1))), date(2026, 6, 30));
    }

    #[test]
    fn putting_it_off_needs_a_later_day_within_a_year_and_a_reason() {
        let (today, due) = (date(2026, 5, 1), date(2026, 6, 30));
        let fields = |to, reason| {
            let problems = postpone_problems(today, due, to, reason);
            problems.into_iter().map(|p| p.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(Some(date(2026, 8, 1)), "an open question"), Vec::<String>::new());
        assert_eq!(fields(Some(due), "x"), ["to"]);
        assert_eq!(fields(Some(date(2026, 5, 2)), "x"), ["to"]);
        assert_eq!(fields(Some(date(2027, 7, 2)), "x"), ["to"]);
        assert_eq!(fields(None, " "), ["to", "reason"]);
    }

    #[test]
    fn keys_go_first_and_files_last() {
        assert_eq!((Step::ALL[0], Step::ALL[9]), (Step::Keys, Step::Documents));
        assert!(Step::ALL.is_sorted());
    }
}
