//! The way of a volunteer, as one table: [`moves`] says what may follow what, [`may_move`] what has to be there first.
//!
//! The order (interest, talk, check, training, welcome) is ours; that volunteers are trained and supported is published.
//! The check is that of the Protecting Vulnerable Groups scheme: whether it was passed and the day, and nothing of what
//! it said.

use crate::evidence::worded;
use crate::reasons::{FieldProblem, Reason};

worded! {
    /// Where a volunteer stands.
    Stage {
        /// Has written to us.
        Interested = "interested",
        /// Somebody has spoken with them.
        SpokenTo = "spoken-to",
        /// The check of the Protecting Vulnerable Groups scheme is under way.
        Checks = "checks",
        /// Is being trained.
        Training = "training",
        /// Takes part: has an account and pages of their own.
        Welcomed = "welcomed",
        /// Has asked for a break, or waits; goes on where they stopped.
        Paused = "paused",
        /// Does not want to take part any more. What they wrote is gone.
        Withdrawn = "withdrawn",
        /// Was not taken on.
        NotTakenOn = "not-taken-on",
    }
}

worded! {
    /// Why somebody was not taken on. A word and no text: nobody's story is written down for it.
    WhyNot {
        /// There is no place now.
        NoPlace = "no-place",
        /// The check does not allow it.
        Check = "check",
        /// The days do not fit.
        Days = "days",
        /// Another way of taking part suits better.
        AnotherWay = "another-way",
    }
}

/// Where somebody may go from a stage. `before` is where they stood before the pause or the "no": it leads back there.
pub fn moves(stage: Stage, before: Option<Stage>) -> Vec<Stage> {
    use Stage as S;
    let mut to = match stage {
        S::Interested => vec![S::SpokenTo],
        S::SpokenTo => vec![S::Checks, S::Interested],
        S::Checks => vec![S::Training, S::SpokenTo],
        S::Training => vec![S::Welcomed, S::Checks],
        S::Paused | S::NotTakenOn => before.into_iter().collect(),
        S::Welcomed | S::Withdrawn => Vec::new(),
    };
    match stage {
        S::Interested | S::SpokenTo | S::Checks | S::Training => {
            to.extend([S::Paused, S::Withdrawn, S::NotTakenOn]);
        }
        S::Welcomed => to.extend([S::Paused, S::Withdrawn]),
        S::Paused if before == Some(S::Welcomed) => to.push(S::Withdrawn),
        S::Paused => to.extend([S::Withdrawn, S::NotTakenOn]),
        // Taking a "no" back, or wanting to be forgotten.
        S::NotTakenOn => to.push(S::Withdrawn),
        S::Withdrawn => {}
    }
    to
}

/// What stands before a stage after a move: kept as long as it leads back.
pub fn before_after(from: Stage, before: Option<Stage>, to: Stage) -> Option<Stage> {
    match (from, to) {
        (Stage::Paused, Stage::NotTakenOn) => before,
        (_, Stage::Paused | Stage::NotTakenOn) => Some(from),
        _ => None,
    }
}

/// What is known of somebody when they are to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether the check was passed, on a day that is noted.
    pub check_passed: bool,
    /// Whether every topic of the training is done.
    pub trained: bool,
    /// Whether a member of staff supports them.
    pub supported: bool,
    /// Whether a reason was given for not taking them on.
    pub reason: bool,
}

/// Whether a move may be made.
///
/// # Errors
/// Every reason why not, at the field of the form that moves.
pub fn may_move(
    from: Stage,
    before: Option<Stage>,
    to: Stage,
    facts: Facts,
) -> Result<(), Vec<FieldProblem>> {
    let at = |field: &str, key: &str| FieldProblem::new(field, Reason::new(key));
    if !moves(from, before).contains(&to) {
        return Err(vec![at("to", "volunteer-no-such-move")]);
    }
    // Back is always free: what is missing is asked for on the way forward.
    let forward = matches!((from, to), (Stage::Checks, Stage::Training) | (Stage::Training, Stage::Welcomed));
    let mut problems = Vec::new();
    if forward && !facts.check_passed {
        problems.push(at("to", "volunteer-check-missing"));
    }
    if forward && to == Stage::Welcomed {
        if !facts.trained {
            problems.push(at("to", "volunteer-training-missing"));
        }
        if !facts.supported {
            problems.push(at("to", "volunteer-supporter-missing"));
        }
    }
    if to == Stage::NotTakenOn && !facts.reason {
        problems.push(at("reason", "problem-choose"));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Whether somebody may meet young people now: they are welcomed, and the check that was passed still stands. A result can
/// be taken back after the welcome.
pub fn may_meet(stage: Stage, facts: Facts) -> bool {
    stage == Stage::Welcomed && facts.check_passed
}

/// What the participation lead does next for somebody, as the key of a sentence; `None` when nothing waits.
pub fn next(stage: Stage, facts: Facts) -> Option<&'static str> {
    match stage {
        Stage::Interested => Some("volunteer-next-speak"),
        Stage::SpokenTo => Some("volunteer-next-check"),
        Stage::Checks if facts.check_passed => Some("volunteer-next-train"),
        Stage::Checks => Some("volunteer-next-check-result"),
        Stage::Training if facts.trained && facts.supported => Some("volunteer-next-welcome"),
        Stage::Training if facts.trained => Some("volunteer-next-supporter"),
        Stage::Training => Some("volunteer-next-training"),
        Stage::Welcomed if !facts.check_passed => Some("volunteer-next-check-failed"),
        Stage::Welcomed if !facts.trained => Some("volunteer-next-training"),
        Stage::Welcomed if !facts.supported => Some("volunteer-next-supporter"),
        Stage::Welcomed | Stage::Paused | Stage::Withdrawn | Stage::NotTakenOn => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: Facts = Facts { check_passed: true, trained: true, supported: true, reason: true };

    #[test]
    fn what_may_follow_what() {
        let mut table = String::new();
        for stage in Stage::ALL {
            let before = matches!(stage, Stage::Paused | Stage::NotTakenOn).then_some(Stage::Checks);
            let words: Vec<&str> = moves(*stage, before).into_iter().map(Stage::word).collect();
            table.push_str(&[stage.word(), ": ", &words.join(" "), "\n"].concat());
        }
        assert_eq!(
            table,
            "interested: spoken-to paused withdrawn not-taken-on\n\
             spoken-to: checks interested paused withdrawn not-taken-on\n\
             checks: training spoken-to paused withdrawn not-taken-on\n\
             training: welcomed checks paused withdrawn not-taken-on\n\
             welcomed: paused withdrawn\n\
             paused: checks withdrawn not-taken-on\n\
             withdrawn: \n\
             not-taken-on: checks withdrawn\n"
        );
        assert_eq!(moves(Stage::Paused, Some(Stage::Welcomed)), [Stage::Welcomed, Stage::Withdrawn]);
    }

    #[test]
    fn what_has_to_be_there_first() {
        let missing = |from, to, facts| {
            may_move(from, None, to, facts).unwrap_err().into_iter().map(|p| p.reason.key).collect::<Vec<_>>()
        };
        let none = Facts::default();
        assert!(may_move(Stage::SpokenTo, None, Stage::Checks, none).is_ok());
        assert_eq!(missing(Stage::Checks, Stage::Training, none), ["volunteer-check-missing"]);
        assert_eq!(
            missing(Stage::Training, Stage::Welcomed, none),
            ["volunteer-check-missing", "volunteer-training-missing", "volunteer-supporter-missing"]
        );
        assert_eq!(missing(Stage::Interested, Stage::NotTakenOn, none), ["problem-choose"]);
        assert_eq!(missing(Stage::Interested, Stage::Welcomed, ALL), ["volunteer-no-such-move"]);
        assert!(may_move(Stage::Training, None, Stage::Welcomed, ALL).is_ok());
        assert!(may_move(Stage::Training, None, Stage::Checks, none).is_ok(), "back is free");
    }

    #[test]
    fn a_check_that_was_taken_back_after_the_welcome_waits_for_somebody_and_keeps_from_young_people() {
        assert_eq!(next(Stage::Welcomed, ALL), None);
        assert!(may_meet(Stage::Welcomed, ALL));
        let failed = Facts { check_passed: false, ..ALL };
        assert_eq!(next(Stage::Welcomed, failed), Some("volunteer-next-check-failed"));
        assert!(!may_meet(Stage::Welcomed, failed));
        assert_eq!(next(Stage::Welcomed, Facts { trained: false, ..ALL }), Some("volunteer-next-training"));
        assert!(Stage::ALL.iter().filter(|s| may_meet(**s, ALL)).eq([&Stage::Welcomed]), "nobody else");
    }

    #[test]
    fn a_pause_leads_back_to_where_it_began() {
        let before = before_after(Stage::Training, None, Stage::Paused);
        assert_eq!(moves(Stage::Paused, before)[0], Stage::Training);
        let no = before_after(Stage::Paused, before, Stage::NotTakenOn);
        assert_eq!(moves(Stage::NotTakenOn, no)[0], Stage::Training);
        assert_eq!(before_after(Stage::NotTakenOn, no, Stage::Training), None);
    }

    proptest! {
        #[test]
        fn nobody_is_welcomed_without_check_training_and_supporter(
            steps in proptest::collection::vec((0..Stage::ALL.len(), any::<[bool; 4]>()), 0..40)
        ) {
            let (mut stage, mut before) = (Stage::Interested, None);
            for (to, [check_passed, trained, supported, reason]) in steps {
                let to = Stage::ALL[to];
                let facts = Facts { check_passed, trained, supported, reason };
                if may_move(stage, before, to, facts).is_ok() {
                    prop_assert!(stage != Stage::Withdrawn, "who has withdrawn is left alone");
                    if to == Stage::Welcomed && stage == Stage::Training {
                        prop_assert!(check_passed && trained && supported);
                    }
                    before = before_after(stage, before, to);
                    stage = to;
                }
                let waits = matches!(stage, Stage::Paused | Stage::NotTakenOn);
                prop_assert_eq!(waits, before.is_some(), "there is a way back from what is not for good");
            }
        }
    }
}
