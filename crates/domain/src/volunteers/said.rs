//! "You said, we did": what people said, and what was done because of it.
//!
//! It is public, so it never tells that few people said it: the source is named only when enough people did, and no
//! number is ever shown.

use jiff::civil::Date;

use crate::concerns::required;
use crate::evidence::worded;
use crate::reasons::{FieldProblem, Reason};
use crate::voices::threshold::SMALLEST_FAMILIES;

/// Most characters of what was said, and of what was done.
pub const TEXT_LIMIT: usize = 1_000;

worded! {
    /// By whom it was said.
    Heard {
        /// In a survey.
        Survey = "survey",
        /// In a group or a talk.
        Session = "session",
        /// By the young inspection volunteers.
        Volunteers = "volunteers",
        /// By the public page.
        TellUs = "tell-us",
    }
}

worded! {
    /// Where an entry stands.
    State {
        /// Being written.
        Draft = "draft",
        /// Public.
        Published = "published",
        /// Taken back, with a reason.
        TakenBack = "taken-back",
    }
}

worded! {
    /// What is done with an entry.
    Act {
        /// Make it public.
        Publish = "publish",
        /// Take it back, with a reason.
        TakeBack = "take-back",
        /// Work on it again.
        Rework = "rework",
    }
}

/// Where an entry stands after an act.
///
/// # Errors
/// The sentence why this cannot be done where it stands.
pub fn after(state: State, act: Act) -> Result<State, Reason> {
    match (state, act) {
        (State::Draft, Act::Publish) => Ok(State::Published),
        (State::Published, Act::TakeBack) => Ok(State::TakenBack),
        (State::TakenBack, Act::Rework) => Ok(State::Draft),
        _ => Err(Reason::new("said-not-now")),
    }
}

/// What somebody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// By whom it was said.
    pub heard: Heard,
    /// How many people said it. Never shown to the public.
    pub people: u32,
    /// What was said.
    pub said: String,
    /// What was done.
    pub done: String,
    /// Who did it: an office, never a name.
    pub by: String,
    /// When.
    pub done_on: Date,
}

/// By whom the public is told that it was said: `None` when so few said it that the source could point to them.
///
/// The volunteers are named whatever their number: they say it in that office, as a group, and have agreed to it.
pub fn shown(heard: Heard, people: u32) -> Option<Heard> {
    (heard == Heard::Volunteers || people >= SMALLEST_FAMILIES).then_some(heard)
}

/// The faults of an entry, each at its field. `began` is the day on which its inspection did: what was done before was not
/// done because of what people said to it.
pub fn problems(entry: &Entry, began: Date, today: Date) -> Vec<FieldProblem> {
    let mut problems: Vec<_> = [
        required("said", &entry.said, TEXT_LIMIT),
        required("did", &entry.done, TEXT_LIMIT),
        required("by", &entry.by, 150),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !(1..=100_000).contains(&entry.people) {
        problems.push(FieldProblem::new("people", Reason::new("said-people-number")));
    }
    if entry.done_on > today {
        problems.push(FieldProblem::new("done_on", Reason::new("volunteer-day-to-come")));
    } else if entry.done_on < began {
        problems.push(FieldProblem::new("done_on", Reason::new("said-before-inspection")));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_may_follow_what() {
        let mut table = String::new();
        for state in State::ALL {
            for act in Act::ALL {
                if let Ok(next) = after(*state, *act) {
                    table.push_str(&[state.word(), " ", act.word(), " ", next.word(), "\n"].concat());
                }
            }
        }
        assert_eq!(
            table,
            "draft publish published\npublished take-back taken-back\ntaken-back rework draft\n"
        );
    }

    #[test]
    fn few_people_are_never_pointed_to() {
        for (heard, people, named) in [
            (Heard::Survey, SMALLEST_FAMILIES, true),
            (Heard::Survey, SMALLEST_FAMILIES - 1, false),
            (Heard::Session, 1, false),
            (Heard::TellUs, 3, false),
            (Heard::TellUs, 40, true),
            (Heard::Volunteers, 2, true),
        ] {
            assert_eq!(shown(heard, people).is_some(), named, "{heard:?} {people}");
        }
    }

    #[test]
    fn each_fault_is_named_at_its_field() {
        let today = date(2026, 6, 1);
        let entry = Entry {
            heard: Heard::Session,
            people: 12,
            said: "Letters are hard to read.".into(),
            done: "Letters have a summary now.".into(),
            by: "the council's children's services".into(),
            done_on: today,
        };
        let began = date(2026, 3, 2);
        assert!(problems(&entry, began, today).is_empty());
        let early = Entry { done_on: date(2026, 3, 1), ..entry.clone() };
        assert_eq!(problems(&early, began, today)[0].reason.key, "said-before-inspection");
        let empty = Entry {
            people: 0,
            said: String::new(),
            done: String::new(),
            by: String::new(),
            done_on: date(2026, 6, 2),
            ..entry
        };
        let fields: Vec<_> = problems(&empty, began, today).into_iter().map(|p| p.field).collect();
        assert_eq!(fields, ["said", "did", "by", "people", "done_on"]);
    }
}
