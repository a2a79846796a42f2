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

    /// What is wrong with the contact, given whether they said that they may be contacted: nothing that was typed is
    /// dropped without a word, and nobody waits for a call that cannot come.
    pub fn contact_problem(&self, named: bool) -> Option<FieldProblem> {
        let given = !self.contact.trim().is_empty();
        let by_phone = self.wish == Wish::Conversation && self.talk == Some(Talk::Phone);
        let key = match (named, given) {
            (true, false) => "problem-required",
            (false, true) => "tell-us-contact-unwanted",
            (false, false) if by_phone => "tell-us-contact-for-phone",
            _ => return None,
        };
        Some(FieldProblem::new("contact", Reason::new(key)))
    }
}

/// Every fault of a decision about a message, each at its field: what it is, whether somebody is in immediate danger, and
/// what whoever wrote it is told.
pub fn decision_problems(triage: Option<Triage>, danger: bool, reply: &str) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    match triage {
        None => problems.push(FieldProblem::new("triage", Reason::new("problem-choose"))),
        Some(Triage::Complaint | Triage::Nothing) if reply.trim().is_empty() => {
            problems.push(FieldProblem::new("text", Reason::new("tell-us-reply-needed")));
        }
        Some(_) => {}
    }
    // Danger that leads nowhere would be the worst of answers.
    if danger && triage.is_some_and(|t| t != Triage::Concern) {
        problems.push(FieldProblem::new("danger", Reason::new("message-danger-is-concern")));
    }
    problems
}

/// A text as far as a limit lets it; when it is cut, `rest` says so at its end.
pub fn within(text: String, limit: usize, rest: &str) -> String {
    if text.chars().count() <= limit {
        return text;
    }
    let end = format!("\n\n{rest}");
    let kept = limit.saturating_sub(end.chars().count());
    text.chars().take(kept).chain(end.chars()).collect()
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

    #[test]
    fn a_contact_is_neither_dropped_nor_missing() {
        let said = |wish, talk, contact: &str| Said {
            wish,
            text: "Fictional".into(),
            talk,
            with: None,
            supporter: String::new(),
            contact: contact.into(),
        };
        let key = |said: &Said, named| said.contact_problem(named).map(|p| (p.field, p.reason.key));
        let at = |key: &str| Some(("contact".to_owned(), key.to_owned()));
        let message = said(Wish::Message, None, " ");
        assert_eq!(key(&message, false), None);
        assert_eq!(key(&message, true), at("problem-required"));
        let reachable = said(Wish::Message, None, "01632 960 000");
        assert_eq!((key(&reachable, true), key(&reachable, false)), (None, at("tell-us-contact-unwanted")));
        let call = said(Wish::Conversation, Some(Talk::Phone), "");
        assert_eq!(key(&call, false), at("tell-us-contact-for-phone"));
        assert_eq!(key(&said(Wish::Conversation, Some(Talk::InPerson), ""), false), None);
    }

    #[test]
    fn danger_is_a_concern() {
        let fields = |triage, danger, reply: &str| -> Vec<String> {
            decision_problems(triage, danger, reply).into_iter().map(|p| p.field).collect()
        };
        for triage in Triage::ALL {
            let concern = *triage == Triage::Concern;
            assert_eq!(fields(Some(*triage), true, "Heard").is_empty(), concern, "{triage:?}");
            assert!(fields(Some(*triage), false, "Heard").is_empty());
        }
        assert_eq!(fields(None, true, ""), ["triage"]);
        assert_eq!(fields(Some(Triage::Complaint), true, " "), ["text", "danger"]);
    }

    #[test]
    fn a_text_that_is_cut_says_so() {
        assert_eq!(within("ten letters".into(), 11, "more"), "ten letters");
        let cut = within("é".repeat(100), 20, "more");
        assert_eq!((cut.chars().count(), cut.ends_with("é\n\nmore")), (20, true));
    }
}
