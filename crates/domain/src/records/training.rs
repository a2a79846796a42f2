//! The training list: local people who learn to read records, and those of them who read.
//!
//! Source: up to fifteen people of the partnership are trained, usually six of them read, each paired with an inspector.
//! The numbers come with the programme ([`ReadingRule`]).

use serde::{Deserialize, Serialize};

use crate::programmes::ReadingRule;
use crate::reasons::{FieldProblem, Reason};

/// Longest text of a field, in characters.
const LONGEST: usize = 200;

/// Somebody as the partnership names them. The address is that of the account with which they read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Name.
    pub name: String,
    /// Designation.
    pub designation: String,
    /// Service or organisation.
    pub organisation: String,
    /// Address of the account, when there is one already; may be empty.
    pub email: String,
}

impl Named {
    /// The same without blanks around.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let trim = |text: &str| text.trim().to_owned();
        Self {
            name: trim(&self.name),
            designation: trim(&self.designation),
            organisation: trim(&self.organisation),
            email: trim(&self.email).to_lowercase(),
        }
    }

    /// What is missing or too long.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        for (field, text, needed) in [
            ("name", &self.name, true),
            ("designation", &self.designation, true),
            ("organisation", &self.organisation, true),
            ("email", &self.email, false),
        ] {
            if needed && text.is_empty() {
                found.push(FieldProblem::new(field, Reason::new("reading-problem-needed")));
            } else if text.chars().count() > LONGEST {
                found.push(FieldProblem::new(
                    field,
                    Reason::new("reading-problem-long").with("most", LONGEST),
                ));
            } else if field == "email" && !text.is_empty() && !text.contains('@') {
                found.push(FieldProblem::new(field, Reason::new("problem-email")));
            }
        }
        found
    }
}

/// Why nobody more can be named; none while there is room. `named` counts who is on the list.
pub fn full(rule: &ReadingRule, named: usize) -> Option<Reason> {
    (named >= usize::from(rule.local_trained))
        .then(|| Reason::new("reading-training-full").with("most", rule.local_trained))
}

/// Why nobody more can be chosen to read; none while there is room. `chosen` counts who is chosen.
pub fn enough(rule: &ReadingRule, chosen: usize) -> Option<Reason> {
    (chosen >= usize::from(rule.local_reading))
        .then(|| Reason::new("reading-chosen-full").with("most", rule.local_reading))
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn the_list_ends_at_the_numbers_of_the_programme() {
        let rule = ReadingRule {
            days: 3,
            opens: time(8, 30, 0, 0),
            closes: time(17, 30, 0, 0),
            slots: vec![time(9, 0, 0, 0)],
            local_trained: 15,
            local_reading: 6,
        };
        assert_eq!((full(&rule, 14), enough(&rule, 5)), (None, None));
        assert_eq!(full(&rule, 15).unwrap().values[0].1, "15");
        assert_eq!(enough(&rule, 6).unwrap().values[0].1, "6");
    }

    #[test]
    fn a_place_needs_all_but_the_address() {
        let named = Named { name: " A ".into(), email: " A@B.test ".into(), ..Named::default() }.trimmed();
        assert_eq!((named.name.as_str(), named.email.as_str()), ("A", "a@b.test"));
        let fields: Vec<String> = named.problems().into_iter().map(|p| p.field).collect();
        assert_eq!(fields, ["designation", "organisation"]);
        let long = Named { name: "x".repeat(201), email: "nowhere".into(), ..named };
        let fields: Vec<String> = long.problems().into_iter().map(|p| p.field).collect();
        assert_eq!(fields, ["name", "designation", "organisation", "email"]);
    }
}
