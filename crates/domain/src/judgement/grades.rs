//! Grades: each inspector alone, then one agreed grade.
//!
//! A grade that has seen the others is not given alone. So others' grades open to a grader only when the own is
//! there, and to everybody only when all graders have given theirs; until then there is a count and nothing more. A
//! grade may be changed until one is agreed; what was given alone is kept beside a later change.

use crate::inspections::way::{IndicatorProgress, agree_refusals};
use crate::reasons::Reason;

/// Who wants to see the grades of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// Whether the viewer grades in this inspection.
    pub grader: bool,
    /// Whether the viewer's own grade of the indicator is there.
    pub own: bool,
}

/// How far grading of one indicator has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many grade.
    pub graders: u32,
    /// How many of them have.
    pub graded: u32,
    /// Whether the grade has been agreed.
    pub agreed: bool,
}

impl Count {
    /// Whether everybody who grades has.
    pub fn complete(self) -> bool {
        self.graders > 0 && self.graded >= self.graders
    }
}

/// Whether the grades given alone may be shown, or why not. Once a grade is agreed nobody can grade alone any more,
/// so there is nothing left to protect.
///
/// # Errors
/// The reason, for the page.
pub fn may_see_others(viewer: Viewer, count: Count) -> Result<(), Reason> {
    if count.agreed {
        return Ok(());
    }
    if viewer.grader && !viewer.own {
        return Err(Reason::new("judgement-own-first"));
    }
    if !count.complete() {
        return Err(Reason::new("judgement-not-all-graded")
            .with("graded", count.graded)
            .with("graders", count.graders));
    }
    Ok(())
}

/// Why an indicator cannot be graded alone: there is no finding to grade on, or its grade has been agreed.
pub fn grade_refusals(indicator: &IndicatorProgress) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if indicator.findings == 0 {
        reasons.push(Reason::new("wait-findings").with("indicator", &indicator.indicator));
    }
    if indicator.agreed.is_some() {
        reasons.push(Reason::new("judgement-agreed-already").with("indicator", &indicator.indicator));
    }
    reasons
}

/// Why the grade of one indicator cannot be agreed, or agreed anew: as [`agree_refusals`], and not after the panel.
/// A grade that was agreed may be agreed anew although somebody has joined the team since.
pub fn agreeing_refusals(indicator: &IndicatorProgress, graders: u32) -> Vec<Reason> {
    if indicator.confirmed.is_some() {
        return vec![Reason::new("judgement-decided").with("indicator", &indicator.indicator)];
    }
    let graders = if indicator.agreed.is_some() { 0 } else { graders };
    agree_refusals(indicator, graders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_sees_a_grade_early() {
        // (grader, own, graded of 3, agreed) -> key of the reason, or none.
        let table = [
            ((true, false, 0, false), Some("judgement-own-first")),
            ((true, false, 2, false), Some("judgement-own-first")),
            ((true, true, 2, false), Some("judgement-not-all-graded")),
            ((true, true, 3, false), None),
            // The count may be complete while the viewer joined later: the own grade still comes first.
            ((true, false, 3, false), Some("judgement-own-first")),
            ((false, false, 0, false), Some("judgement-not-all-graded")),
            ((false, false, 2, false), Some("judgement-not-all-graded")),
            ((false, false, 3, false), None),
            ((true, false, 3, true), None),
        ];
        for ((grader, own, graded, agreed), expected) in table {
            let found = may_see_others(Viewer { grader, own }, Count { graders: 3, graded, agreed });
            assert_eq!(found.err().map(|r| r.key).as_deref(), expected, "{grader} {own} {graded} {agreed}");
        }
        // Without graders nothing is complete.
        let nobody = Count { graders: 0, graded: 0, agreed: false };
        assert!(may_see_others(Viewer { grader: false, own: false }, nobody).is_err());
    }

    #[test]
    fn agreeing_waits_and_closes() {
        let mut i = IndicatorProgress { indicator: "2.1".into(), ..IndicatorProgress::default() };
        let keys = |r: Vec<Reason>| r.into_iter().map(|r| r.key).collect::<Vec<_>>();
        assert_eq!(keys(agreeing_refusals(&i, 2)), ["wait-findings", "wait-grades-alone"]);
        assert_eq!(keys(grade_refusals(&i)), ["wait-findings"]);
        i.findings = 1;
        i.grades_alone = 2;
        assert!(agreeing_refusals(&i, 2).is_empty());
        i.agreed = Some(4);
        assert!(agreeing_refusals(&i, 3).is_empty(), "somebody joined after the grade was agreed");
        assert_eq!(keys(grade_refusals(&i)), ["judgement-agreed-already"]);
        i.confirmed = Some(4);
        assert_eq!(keys(agreeing_refusals(&i, 2)), ["judgement-decided"]);
    }
}
