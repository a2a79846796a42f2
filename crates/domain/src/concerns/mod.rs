//! Concerns: the duty to pass on that somebody may be unsafe.
//!
//! The field's procedure, as published: anyone of the team who has cause to believe that a child or an adult is at risk
//! fills in a form; the inspection lead decides whether it goes to the local lead of the partnership, who acts under the
//! inter-agency procedures. The published text names no time limits and no rule for closing; those are data of the
//! programme ([`clocks`]) and marked there as not confirmed.
//!
//! Names of people belong here and nowhere else in the product. To add a kind: a line in [`Kind`], the word in the
//! table's CHECK, and `concern-kind-…` in the locales.

pub mod clocks;
pub mod way;

use crate::evidence::worded;
use crate::reasons::{FieldProblem, Reason};

/// Most characters of one field.
pub const TEXT_LIMIT: usize = 20_000;
/// Most characters of a text that is carried over from another page, as a whole message with all that was added to it: no
/// concern is held up by the length of what somebody else wrote.
pub const CARRIED_LIMIT: usize = 1_000_000;
/// Most characters of whom to call in an area.
pub const CONTACTS_LIMIT: usize = 1_000;
/// Most characters of a designation or a reference number.
pub const SHORT_LIMIT: usize = 200;

worded! {
    /// Which of the three forms was filled in. All go the same way.
    Kind {
        /// A child or an adult may be at risk of harm.
        Safety = "safety",
        /// A serious concern about how somebody works.
        Practice = "practice",
        /// A request that managers review what was done for a child.
        Review = "review",
    }
}

worded! {
    /// From where in the product it was raised.
    Source {
        /// Without anything before it.
        Itself = "itself",
        /// A note of a session.
        Note = "note",
        /// A free text of a survey.
        SurveyText = "survey-text",
        /// The reading of a record.
        Reading = "reading",
        /// A message of the public channel.
        Message = "message",
        /// Another page.
        Page = "page",
        /// A device that was away from the network.
        Device = "device",
    }
}

impl Source {
    /// The source that an address of the product stands for.
    pub fn of_path(path: &str) -> Self {
        let holds = |part: &str| path.contains(part);
        match () {
            () if path.is_empty() => Self::Itself,
            () if holds("/voices/sessions") => Self::Note,
            () if holds("/texts") => Self::SurveyText,
            () if holds("/records/readings") => Self::Reading,
            () if holds("/messages") => Self::Message,
            () => Self::Page,
        }
    }
}

worded! {
    /// How it was handed to the local lead.
    Means {
        /// The local lead reads it in the product, under a key of their own.
        Product = "product",
        /// On the telephone.
        Telephone = "telephone",
        /// Face to face.
        InPerson = "in-person",
        /// By the partnership's own secure mail.
        SecureMail = "secure-mail",
    }
}

worded! {
    /// What became of it. A concern cannot be closed without one.
    Outcome {
        /// The services have acted, or are acting, to make somebody safe.
        Acted = "acted",
        /// It was known to the services already, and what they do is enough.
        KnownAlready = "known-already",
        /// The services looked into it and found no risk.
        NoRiskFound = "no-risk-found",
        /// The lead decided that it is not a concern.
        NotAConcern = "not-a-concern",
    }
}

impl Outcome {
    /// What somebody can say who closes a concern that was passed on.
    pub const OF_THE_SERVICES: [Self; 3] = [Self::Acted, Self::KnownAlready, Self::NoRiskFound];
}

/// What somebody wrote who raises a concern. All of it is sealed.
#[derive(Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Written {
    /// What was seen or heard.
    pub seen: String,
    /// By whom: a designation.
    pub by_whom: String,
    /// Whom it is about, and how they can be found.
    pub about: String,
    /// What was done at once.
    pub done: String,
    /// The text beside which it was raised, if any.
    #[serde(default)]
    pub from: String,
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Written(…)")
    }
}

impl Written {
    /// Every fault, each at its field. As little as can be is asked for: whoever raises a concern must not be held up.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.seen.trim().is_empty() {
            problems.push(FieldProblem::new("seen", Reason::new("problem-required")));
        }
        if self.by_whom.trim().is_empty() {
            problems.push(FieldProblem::new("by_whom", Reason::new("problem-required")));
        }
        let fields = [
            ("seen", &self.seen, CARRIED_LIMIT),
            ("by_whom", &self.by_whom, SHORT_LIMIT),
            ("about", &self.about, TEXT_LIMIT),
            ("done", &self.done, TEXT_LIMIT),
            ("from", &self.from, CARRIED_LIMIT),
        ];
        for (field, text, limit) in fields {
            problems.extend(too_long(field, text, limit));
        }
        problems
    }
}

/// A required text of a step.
pub fn required(field: &str, text: &str, limit: usize) -> Option<FieldProblem> {
    if text.trim().is_empty() {
        return Some(FieldProblem::new(field, Reason::new("problem-required")));
    }
    too_long(field, text, limit)
}

/// A text that is too long.
pub fn too_long(field: &str, text: &str, limit: usize) -> Option<FieldProblem> {
    let over = text.chars().count().saturating_sub(limit);
    (over > 0).then(|| {
        FieldProblem::new(field, Reason::new("answer-too-long").with("limit", limit).with("over", over))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_little_as_can_be_is_asked_for() {
        let fields =
            |written: &Written| -> Vec<String> { written.problems().into_iter().map(|p| p.field).collect() };
        assert_eq!(fields(&Written::default()), ["seen", "by_whom"]);
        let enough = Written { seen: "x".into(), by_whom: "teacher".into(), ..Written::default() };
        assert!(enough.problems().is_empty());
        let carried = "x".repeat(TEXT_LIMIT * 2);
        let carried = Written { seen: carried.clone(), from: carried, ..enough.clone() };
        assert!(carried.problems().is_empty(), "a long message can become a concern");
        let long = Written { done: "x".repeat(TEXT_LIMIT + 1), ..enough };
        assert_eq!(fields(&long), ["done"]);
        assert_eq!(format!("{long:?}"), "Written(…)", "what was written never reaches a log");
    }
}
