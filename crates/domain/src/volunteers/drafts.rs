//! Drafts of the children's version of a report: written by the team, read by volunteers, who say what they think.
//!
//! A draft does not change once it was shown: what somebody said about the third paragraph stays about that paragraph. A
//! better text is the next draft.

use crate::concerns::required;
use crate::evidence::worded;
use crate::reasons::{FieldProblem, Reason};

/// Most characters of a draft.
pub const DRAFT_LIMIT: usize = 20_000;
/// Most characters of a comment or an answer.
pub const COMMENT_LIMIT: usize = 2_000;

worded! {
    /// What was done about a comment.
    Outcome {
        /// The text is changed.
        Changed = "changed",
        /// The text stays; the answer says why.
        Kept = "kept",
        /// It was praise.
        Thanks = "thanks",
    }
}

/// The paragraphs of a draft: what blank lines divide.
pub fn paragraphs(body: &str) -> Vec<&str> {
    body.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// The faults of a draft.
pub fn draft_problems(title: &str, body: &str) -> Vec<FieldProblem> {
    [required("title", title, 150), required("body", body, DRAFT_LIMIT)].into_iter().flatten().collect()
}

/// The faults of a comment. `place`: number of a paragraph from 1; `None`: the whole.
pub fn comment_problems(body: &str, place: Option<u32>, text: &str) -> Vec<FieldProblem> {
    let mut problems: Vec<_> = required("text", text, COMMENT_LIMIT).into_iter().collect();
    let last = u32::try_from(paragraphs(body).len()).unwrap_or(u32::MAX);
    if place.is_some_and(|n| !(1..=last).contains(&n)) {
        problems.push(FieldProblem::new("place", Reason::new("problem-choose")));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_what_blank_lines_divide() {
        assert_eq!(paragraphs("One.\n\n\n\nTwo\nstill two.\n\n  \n\n"), ["One.", "Two\nstill two."]);
        assert!(paragraphs(" \n\n ").is_empty());
    }

    #[test]
    fn a_comment_is_about_a_paragraph_that_is_there_or_about_the_whole() {
        let body = "One.\n\nTwo.";
        for (place, good) in
            [(None, true), (Some(1), true), (Some(2), true), (Some(3), false), (Some(0), false)]
        {
            assert_eq!(comment_problems(body, place, "Say it shorter").is_empty(), good, "{place:?}");
        }
        assert_eq!(comment_problems(body, None, " ")[0].field, "text");
        assert_eq!(draft_problems("", "").len(), 2);
    }
}
