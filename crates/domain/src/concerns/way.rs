//! The way of a concern: raised, decided by the lead, handed to the local lead, acknowledged, closed with an outcome.
//!
//! One function, [`after`], says what may follow what. There is no other way to the end than an outcome.

use crate::access::Role;
use crate::concerns::clocks::Step;
use crate::evidence::worded;
use crate::reasons::Reason;

worded! {
    /// Where a concern stands.
    Stage {
        /// The lead decides.
        Raised = "raised",
        /// Whoever raised it is asked for more.
        Asked = "asked",
        /// It is to be handed to the local lead.
        PassedOn = "passed-on",
        /// The local lead is to acknowledge it.
        HandedOver = "handed-over",
        /// The local lead acts; an outcome is to come.
        Acknowledged = "acknowledged",
        /// It has an outcome.
        Closed = "closed",
    }
}

worded! {
    /// What was done with a concern.
    Act {
        /// Raised.
        Raise = "raise",
        /// Asked for more.
        AskMore = "ask-more",
        /// More was said.
        Answer = "answer",
        /// Decided: it goes to the local lead.
        PassOn = "pass-on",
        /// Decided: it is not a concern.
        NotAConcern = "not-a-concern",
        /// Handed to the local lead.
        HandOver = "hand-over",
        /// The local lead has it and gave a reference number.
        Acknowledge = "acknowledge",
        /// What became of it.
        Close = "close",
    }
}

/// Where a concern stands after an act.
///
/// # Errors
/// The sentence why this cannot be done where it stands.
pub fn after(stage: Stage, act: Act) -> Result<Stage, Reason> {
    use Stage as S;
    match (stage, act) {
        (S::Raised | S::Asked, Act::PassOn) => Ok(S::PassedOn),
        (S::Raised | S::Asked, Act::NotAConcern) | (S::Acknowledged, Act::Close) => Ok(S::Closed),
        (S::Raised, Act::AskMore) => Ok(S::Asked),
        (S::Asked, Act::Answer) => Ok(S::Raised),
        (S::PassedOn, Act::HandOver) => Ok(S::HandedOver),
        (S::HandedOver, Act::Acknowledge) => Ok(S::Acknowledged),
        (S::Closed, _) => Err(Reason::new("concern-closed-already")),
        _ => Err(Reason::new("concern-not-now")),
    }
}

/// Who has to act, or is told when the clock has run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// Whoever raised it.
    Raiser,
    /// Everybody who has this role in the inspection.
    Of(Role),
}

impl Stage {
    /// The step for which a clock runs.
    pub fn step(self) -> Option<Step> {
        match self {
            Self::Raised => Some(Step::Decide),
            Self::Asked => Some(Step::Answer),
            Self::PassedOn => Some(Step::HandOver),
            Self::HandedOver => Some(Step::Acknowledge),
            Self::Acknowledged => Some(Step::Outcome),
            Self::Closed => None,
        }
    }

    /// Who acts, and who is told one after the other each time the clock runs out: it ends with the service manager.
    pub fn ladder(self) -> &'static [Rung] {
        const TEAM: &[Rung] = &[Rung::Of(Role::Lead), Rung::Of(Role::Depute), Rung::Of(Role::ServiceManager)];
        const RAISER: &[Rung] =
            &[Rung::Raiser, Rung::Of(Role::Lead), Rung::Of(Role::Depute), Rung::Of(Role::ServiceManager)];
        const PARTNERSHIP: &[Rung] = &[
            Rung::Of(Role::LocalLeadForConcerns),
            Rung::Of(Role::Lead),
            Rung::Of(Role::Depute),
            Rung::Of(Role::ServiceManager),
        ];
        match self {
            Self::Raised | Self::PassedOn => TEAM,
            Self::Asked => RAISER,
            Self::HandedOver | Self::Acknowledged => PARTNERSHIP,
            Self::Closed => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_may_follow_what() {
        let mut table = String::new();
        for stage in Stage::ALL {
            for act in Act::ALL {
                if let Ok(next) = after(*stage, *act) {
                    table.push_str(&[stage.word(), " ", act.word(), " ", next.word(), "\n"].concat());
                }
            }
        }
        assert_eq!(
            table,
            "raised ask-more asked\nraised pass-on passed-on\nraised not-a-concern closed\n\
             asked answer raised\nasked pass-on passed-on\nasked not-a-concern closed\n\
             passed-on hand-over handed-over\nhanded-over acknowledge acknowledged\nacknowledged close closed\n"
        );
    }

    proptest! {
        #[test]
        fn closed_is_reached_by_an_outcome_alone(acts in proptest::collection::vec(0..Act::ALL.len(), 0..30)) {
            let mut stage = Stage::Raised;
            for act in acts.into_iter().map(|n| Act::ALL[n]) {
                if let Ok(next) = after(stage, act) {
                    if next == Stage::Closed {
                        prop_assert!(matches!(act, Act::Close | Act::NotAConcern));
                    }
                    prop_assert!(stage != Stage::Closed);
                    stage = next;
                }
                prop_assert_eq!(stage.step().is_none(), stage == Stage::Closed, "a clock runs until the outcome");
                prop_assert!(
                    stage == Stage::Closed || stage.ladder().last() == Some(&Rung::Of(Role::ServiceManager))
                );
            }
        }
    }
}
