//! The quality and consistency panel: it confirms or changes an agreed grade (published guidance: the panel tests
//! that evaluations are robust and adjusts them if needed).

use crate::ids::PersonId;
use crate::inspections::way::IndicatorProgress;
use crate::reasons::{FieldProblem, Reason};

/// The agreed grade before the panel, and who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Agreed level.
    pub level: i64,
    /// Who recorded it.
    pub agreed_by: PersonId,
    /// Who graded the indicator alone.
    pub graded_by: Vec<PersonId>,
}

/// Why the panel cannot decide on an indicator. Who agreed or gave a grade does not confirm it.
pub fn refusals(indicator: &IndicatorProgress, before: Option<&Before>, decided_by: PersonId) -> Vec<Reason> {
    let about = |key: &str| Reason::new(key).with("indicator", &indicator.indicator);
    let mut reasons = Vec::new();
    if indicator.confirmed.is_some() {
        reasons.push(about("judgement-decided"));
    }
    if indicator.findings == 0 {
        reasons.push(about("wait-findings"));
    }
    match before {
        None => reasons.push(about("wait-agreed")),
        Some(before) if before.agreed_by == decided_by || before.graded_by.contains(&decided_by) => {
            reasons.push(Reason::new("judgement-own-grade"));
        }
        Some(_) => {}
    }
    reasons
}

/// What is wrong with a decision: a change wants its reason.
pub fn problems(from: i64, to: i64, reason: &str) -> Vec<FieldProblem> {
    if from != to && reason.trim().is_empty() {
        vec![FieldProblem::new("reason", Reason::new("judgement-change-reason"))]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u8) -> PersonId {
        format!("per_{n:032x}").parse().unwrap()
    }

    #[test]
    fn who_agreed_or_graded_does_not_confirm() {
        let agreed = IndicatorProgress {
            indicator: "2.1".into(),
            findings: 1,
            agreed: Some(4),
            ..IndicatorProgress::default()
        };
        let before = Before { level: 4, agreed_by: person(1), graded_by: vec![person(1), person(2)] };
        let keys = |i: &IndicatorProgress, b: Option<&Before>, by: u8| -> Vec<String> {
            refusals(i, b, person(by)).into_iter().map(|r| r.key).collect()
        };
        assert!(keys(&agreed, Some(&before), 3).is_empty());
        assert_eq!(keys(&agreed, Some(&before), 1), ["judgement-own-grade"]);
        assert_eq!(keys(&agreed, Some(&before), 2), ["judgement-own-grade"]);
        assert_eq!(keys(&agreed, None, 3), ["wait-agreed"]);
        let decided = IndicatorProgress { confirmed: Some(4), ..agreed };
        assert_eq!(keys(&decided, Some(&before), 3), ["judgement-decided"]);
    }

    #[test]
    fn a_change_wants_its_reason() {
        assert!(problems(4, 4, "").is_empty());
        assert!(problems(4, 3, "Records were weak.").is_empty());
        assert_eq!(problems(4, 3, " ").len(), 1);
    }
}
