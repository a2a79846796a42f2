//! Findings: what the team says about an indicator, and the evidence it rests on.
//!
//! No source states how many kinds of evidence a finding needs; practice always combines several
//! (triangulation). Two kinds or a recorded reason is this product's rule.

use std::collections::BTreeSet;

use crate::evidence::{Kind, TEXT_LIMIT, Tags, text_problem, worded};
use crate::ids::{EvidenceId, InspectionId};
use crate::inspections::way::IndicatorProgress;
use crate::programmes::Programme;
use crate::reasons::{FieldProblem, Reason};

worded! {
    /// Which way a finding points.
    FindingKind {
        /// Something that works well.
        Strength = "strength",
        /// Something that has to get better.
        AreaForImprovement = "area_for_improvement",
    }
}

/// Kinds of evidence from which a finding rests safely.
pub const KINDS_WANTED: usize = 2;

/// What somebody writes as a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFinding {
    /// Number of the indicator.
    pub indicator: String,
    /// Which way it points.
    pub kind: FindingKind,
    /// The finding.
    pub body: String,
    /// Why evidence of one kind is enough; empty when it is not claimed.
    pub single_kind_reason: String,
    /// The evidence it rests on.
    pub evidence: BTreeSet<EvidenceId>,
}

/// A piece of evidence that was chosen for a finding, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Id.
    pub id: EvidenceId,
    /// Inspection it belongs to.
    pub inspection: InspectionId,
    /// Title, for saying which one is meant.
    pub title: String,
    /// Kind.
    pub kind: Kind,
    /// Whether it has been withdrawn.
    pub withdrawn: bool,
    /// Its tags.
    pub tags: Tags,
}

/// Number of different kinds among evidence that still stands.
pub fn kinds(chosen: &[Chosen]) -> usize {
    chosen.iter().filter(|c| !c.withdrawn).map(|c| c.kind).collect::<BTreeSet<_>>().len()
}

/// What is wrong with a finding, field by field. `chosen` are the rows of its evidence that exist; an id without a
/// row, or with a row of another inspection, is answered alike, so that nothing is told of other compartments.
pub fn problems(
    written: &WrittenFinding,
    chosen: &[Chosen],
    inspection: InspectionId,
    programme: &Programme,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !programme.evaluates(&written.indicator) {
        problems.push(FieldProblem::new("indicator", Reason::new("judgement-not-evaluated")));
    }
    problems.extend(text_problem("body", &written.body, TEXT_LIMIT));
    if written.evidence.is_empty() {
        problems.push(FieldProblem::new("evidence", Reason::new("judgement-no-evidence")));
        return problems;
    }
    let own: Vec<_> = chosen.iter().filter(|c| c.inspection == inspection).collect();
    if written.evidence.iter().any(|id| !own.iter().any(|c| c.id == *id)) {
        problems.push(FieldProblem::new("evidence", Reason::new("judgement-evidence-unknown")));
    }
    let chosen: Vec<Chosen> = own.into_iter().filter(|c| written.evidence.contains(&c.id)).cloned().collect();
    if let Some(c) = chosen.iter().find(|c| c.withdrawn) {
        let reason = Reason::new("judgement-evidence-withdrawn").with("title", &c.title);
        problems.push(FieldProblem::new("evidence", reason));
    }
    if let Some(c) = chosen.iter().find(|c| !c.tags.reach(&written.indicator, programme)) {
        let reason = Reason::new("judgement-evidence-elsewhere")
            .with("title", &c.title)
            .with("indicator", &written.indicator);
        problems.push(FieldProblem::new("evidence", reason));
    }
    if kinds(&chosen) < KINDS_WANTED && written.single_kind_reason.trim().is_empty() {
        problems.push(FieldProblem::new("single_kind_reason", Reason::new("judgement-one-kind")));
    }
    problems
}

/// Why findings on an indicator can no longer be written, changed or withdrawn: the panel has decided on them.
pub fn closed(indicator: &IndicatorProgress) -> Vec<Reason> {
    match indicator.confirmed {
        Some(_) => vec![Reason::new("judgement-decided").with("indicator", &indicator.indicator)],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programmes::Library;
    use crate::programmes::tests::shipped_files;

    fn here() -> InspectionId {
        format!("ins_{:032x}", 1).parse().unwrap()
    }

    fn elsewhere() -> InspectionId {
        format!("ins_{:032x}", 2).parse().unwrap()
    }

    fn chosen(n: u8, kind: Kind, indicator: &str) -> Chosen {
        Chosen {
            id: format!("evi_{n:032x}").parse().unwrap(),
            inspection: here(),
            title: format!("Piece {n}"),
            kind,
            withdrawn: false,
            tags: Tags { indicators: [indicator.to_owned()].into(), ..Tags::default() },
        }
    }

    fn wrong(rows: &[Chosen], change: impl FnOnce(&mut WrittenFinding)) -> Vec<String> {
        let library = Library::parse(&shipped_files()).unwrap();
        let programme = library.latest("supervision-orders-at-home").unwrap();
        let mut written = WrittenFinding {
            indicator: "2.1".into(),
            kind: FindingKind::Strength,
            body: "Children were helped early.".into(),
            single_kind_reason: String::new(),
            evidence: rows.iter().map(|c| c.id).collect(),
        };
        change(&mut written);
        problems(&written, rows, here(), programme).into_iter().map(|p| p.reason.key).collect()
    }

    #[test]
    fn two_kinds_or_a_reason() {
        let survey = chosen(1, Kind::Survey, "2.1");
        let record = chosen(2, Kind::Record, "2.1");
        assert!(wrong(&[survey.clone(), record], |_| {}).is_empty());
        let more = [survey.clone(), chosen(3, Kind::Survey, "2.1")];
        assert_eq!(wrong(&more, |_| {}), ["judgement-one-kind"]);
        assert!(wrong(&more, |w| w.single_kind_reason = "Only staff can know.".into()).is_empty());
        assert_eq!(wrong(&more, |w| w.single_kind_reason = "  ".into()), ["judgement-one-kind"]);
        assert_eq!(wrong(&[], |_| {}), ["judgement-no-evidence"]);
    }

    #[test]
    fn evidence_is_of_this_inspection_and_still_stands_and_reaches_the_indicator() {
        let survey = chosen(1, Kind::Survey, "2.1");
        let mut record = chosen(2, Kind::Record, "2.1");
        record.inspection = elsewhere();
        let found = wrong(&[survey.clone(), record.clone()], |_| {});
        assert_eq!(found, ["judgement-evidence-unknown", "judgement-one-kind"]);
        record.inspection = here();
        record.withdrawn = true;
        let found = wrong(&[survey.clone(), record.clone()], |_| {});
        assert_eq!(found, ["judgement-evidence-withdrawn", "judgement-one-kind"]);
        record.withdrawn = false;
        record.tags.indicators = ["9.2".to_owned()].into();
        assert_eq!(wrong(&[survey.clone(), record.clone()], |_| {}), ["judgement-evidence-elsewhere"]);
        // A line of enquiry for which the programme names the indicator carries it too.
        let library = Library::parse(&shipped_files()).unwrap();
        let programme = library.latest("supervision-orders-at-home").unwrap();
        let line =
            programme.lines_of_enquiry.iter().find(|l| l.indicators.iter().any(|i| i == "2.1")).unwrap();
        record.tags = Tags { lines: [line.key.clone()].into(), ..Tags::default() };
        assert!(wrong(&[survey, record], |_| {}).is_empty());
    }

    #[test]
    fn only_evaluated_indicators_have_findings() {
        let rows = [chosen(1, Kind::Survey, "1.1"), chosen(2, Kind::Record, "1.1")];
        assert_eq!(wrong(&rows, |w| w.indicator = "1.1".into()), ["judgement-not-evaluated"]);
    }

    #[test]
    fn every_level_of_every_scale_is_found_again() {
        let library = Library::parse(&shipped_files()).unwrap();
        for framework in library.frameworks().iter() {
            let values: Vec<i64> =
                framework.scale.levels.iter().map(|l| framework.scale.value(&l.key).unwrap()).collect();
            assert!(values.windows(2).all(|w| w[0] > w[1]), "{}: best first", framework.id);
            for (level, value) in framework.scale.levels.iter().zip(values) {
                assert_eq!(framework.scale.level_of_value(value), Some(level));
            }
            assert_eq!(framework.scale.value("none-such"), None);
            assert_eq!(framework.scale.level_of_value(0), None);
        }
    }
}
