//! Where a request for a document stands, and what may be done with it there.

use serde::{Deserialize, Serialize};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nothing has come.
    Asked,
    /// The partnership has said that it works on it.
    InProgress,
    /// Documents have come and wait for the team.
    Submitted,
    /// The team wants something else, and said what.
    SentBack,
    /// The team has what it needs.
    Accepted,
    /// The partnership does not hold it, and said why.
    NotHeld,
    /// The team does not ask for it any more, and said why.
    Withdrawn,
}

/// What is done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The team changes what it asks for.
    Change,
    /// The team withdraws it.
    Withdraw,
    /// The partnership says that it works on it.
    Begin,
    /// Documents come, new ones or those of an earlier inspection.
    Send,
    /// The partnership takes a document back, or one turns out to carry something malicious.
    TakeBack,
    /// The last document that could be opened is gone.
    LoseAll,
    /// The partnership says that it holds nothing.
    SayNotHeld,
    /// The team accepts.
    Accept,
    /// The team sends it back.
    SendBack,
}

impl RequestState {
    /// All states, in the order of the way.
    pub const ALL: [Self; 7] = [
        Self::Asked,
        Self::InProgress,
        Self::Submitted,
        Self::SentBack,
        Self::Accepted,
        Self::NotHeld,
        Self::Withdrawn,
    ];

    /// The word of the database, of the audit trail and of translation keys (`returns-request-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::InProgress => "in_progress",
            Self::Submitted => "submitted",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
            Self::NotHeld => "not_held",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the partnership still has to answer.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::InProgress | Self::SentBack)
    }

    /// Where a request stands after an act.
    ///
    /// # Errors
    /// The key of the sentence that says why it cannot be done now.
    pub fn after(self, act: Act) -> Result<Self, &'static str> {
        use RequestState as S;
        match (self, act) {
            (S::Withdrawn, _) => Err("returns-request-is-withdrawn"),
            (S::Accepted, Act::Accept | Act::SendBack) => Err("returns-nothing-to-decide"),
            (S::Accepted, _) => Err("returns-request-closed"),
            (S::Submitted, Act::LoseAll) => Ok(S::Asked),
            (S::Asked | S::InProgress | S::SentBack, Act::Change) | (_, Act::TakeBack | Act::LoseAll) => {
                Ok(self)
            }
            (_, Act::Change) => Err("returns-request-answered"),
            (_, Act::Withdraw) => Ok(S::Withdrawn),
            (S::Asked | S::SentBack, Act::Begin) => Ok(S::InProgress),
            (_, Act::Begin) => Err("returns-begun-already"),
            (_, Act::Send) => Ok(S::Submitted),
            (S::Submitted, Act::SayNotHeld) => Err("returns-documents-have-come"),
            (_, Act::SayNotHeld) => Ok(S::NotHeld),
            (S::Submitted, Act::Accept) => Ok(S::Accepted),
            // That something is not held needs no acceptance; it can be sent back.
            (S::Submitted | S::NotHeld, Act::SendBack) => Ok(S::SentBack),
            (_, Act::Accept | Act::SendBack) => Err("returns-nothing-to-decide"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_done_where() {
        use RequestState as S;
        // A column per act, in the order of `acts`: where the request stands after it, or "-" when it is refused.
        let table = [
            (
                S::Asked,
                ["asked", "withdrawn", "in_progress", "submitted", "asked", "asked", "not_held", "-", "-"],
            ),
            (
                S::InProgress,
                [
                    "in_progress",
                    "withdrawn",
                    "-",
                    "submitted",
                    "in_progress",
                    "in_progress",
                    "not_held",
                    "-",
                    "-",
                ],
            ),
            (
                S::Submitted,
                ["-", "withdrawn", "-", "submitted", "submitted", "asked", "-", "accepted", "sent_back"],
            ),
            (
                S::SentBack,
                [
                    "sent_back",
                    "withdrawn",
                    "in_progress",
                    "submitted",
                    "sent_back",
                    "sent_back",
                    "not_held",
                    "-",
                    "-",
                ],
            ),
            (S::Accepted, ["-", "-", "-", "-", "-", "-", "-", "-", "-"]),
            (
                S::NotHeld,
                ["-", "withdrawn", "-", "submitted", "not_held", "not_held", "not_held", "-", "sent_back"],
            ),
            (S::Withdrawn, ["-", "-", "-", "-", "-", "-", "-", "-", "-"]),
        ];
        let acts = [
            Act::Change,
            Act::Withdraw,
            Act::Begin,
            Act::Send,
            Act::TakeBack,
            Act::LoseAll,
            Act::SayNotHeld,
            Act::Accept,
            Act::SendBack,
        ];
        for (state, row) in table {
            for (act, wanted) in acts.into_iter().zip(row) {
                let found = state.after(act).map_or("-", RequestState::word);
                assert_eq!(found, wanted, "{state:?} after {act:?}");
            }
        }
        assert_eq!(table.map(|(state, _)| state), RequestState::ALL);
    }

    #[test]
    fn words_are_those_that_are_stored() {
        for state in RequestState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.word());
        }
    }
}
