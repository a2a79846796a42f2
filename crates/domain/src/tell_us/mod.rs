//! Tell us: a public channel for people with experience of services.
//!
//! Whoever writes may leave a name or none. Somebody without a name takes a [`receipt`] along to come back with. What is
//! promised, and which test keeps each promise, stands in `docs/privacy/tell-us.md`.

pub mod receipt;

use crate::concerns::too_long;
use crate::evidence::worded;
use crate::reasons::{FieldProblem, Reason};

pub use crate::concerns::clocks::Triage;

/// Most characters of a message.
pub const TEXT_LIMIT: usize = 20_000;

worded! {
    /// What somebody wants.
    Wish {
        /// To say something.
        Message = "message",
        /// To talk with somebody.
        Conversation = "conversation",
    }
}

worded! {
    /// How somebody would like to talk.
    Talk {
        /// Face to face.
        InPerson = "in-person",
        /// On the telephone.
        Phone = "phone",
        /// By video.
        Video = "video",
    }
}

worded! {
    /// With whom somebody would like to talk.
    With {
        /// An inspector.
        Inspector = "inspector",
        /// A young inspection volunteer.
        Volunteer = "volunteer",
        /// Either.
        Either = "either",
    }
}

worded! {
    /// Where a message stands.
    State {
        /// To be read and decided about.
        New = "new",
        /// Decided about.
        Decided = "decided",
        /// Deleted: nothing of it is left but that it was there.
        Gone = "gone",
    }
}

/// What somebody sends. All of it is sealed.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Said {
    /// Message or conversation.
    pub wish: Wish,
    /// What they say.
    pub text: String,
    /// How to talk, when they want to.
    pub talk: Option<Talk>,
    /// With whom.
    pub with: Option<With>,
    /// Who should be there as well.
    #[serde(default)]
    pub supporter: String,
    /// Name and how to be reached; empty for somebody without a name.
    #[serde(default)]
    pub contact: String,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said(…)")
    }
}

impl Said {
    /// Every fault, each at its field.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.text.trim().is_empty() {
            problems.push(FieldProblem::new("text", Reason::new("problem-required")));
        }
        if self.wish == Wish::Conversation && self.talk.is_none() {
            problems.push(FieldProblem::new("talk", Reason::new("problem-choose")));
        }
        for (field, text, limit) in [
            ("text", &self.text, TEXT_LIMIT),
            ("supporter", &self.supporter, 500),
            ("contact", &self.contact, 500),
        ] {
            problems.extend(too_long(field, text, limit));
            if receipt::stands_in(text) {
                problems.push(FieldProblem::new(field, Reason::new("tell-us-receipt-in-text")));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_refused_inside_a_message() {
        let words = receipt::Receipt::of_entropy([7; 10]).to_string();
        let mut said = Said {
            wish: Wish::Message,
            text: format!("My words are {words}, thank you"),
            talk: None,
            with: None,
            supporter: String::new(),
            contact: String::new(),
        };
        assert_eq!(said.problems().len(), 1);
        said.text = "We were not told when the meeting was".into();
        assert!(said.problems().is_empty());
        said.wish = Wish::Conversation;
        assert_eq!(said.problems()[0].field, "talk");
    }
}
