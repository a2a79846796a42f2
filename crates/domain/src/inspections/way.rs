//! The way through an inspection: which step may be done now, and if not, why not.
//!
//! One pure function, [`offer`], over the facts of an inspection. The verb asks it before it writes, the page
//! before it shows a button, the command line before it runs: all give the same reasons. To add a step, add it
//! to [`Step`], say in [`offer`] what it waits for, and word its reasons in `locales/`.

mod progress;
mod step;

use jiff::Timestamp;
pub use progress::{ActionPlanState, IndicatorProgress, Progress, ReportState, ReturnState, SurveyState};
use serde::{Deserialize, Serialize};
pub use step::Step;

use crate::reasons::Reason;

/// Whether a step may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// It may be done now.
    Ready,
    /// It has been done.
    Done,
    /// It may not be done yet, and why.
    NotYet(Vec<Reason>),
}

impl Offer {
    /// Whether it may be done now.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready)
    }
}

/// Whether the time of a step is over: it has no end of its own, and what comes after it has begun.
pub fn is_over(step: Step, p: &Progress) -> bool {
    match step {
        Step::NoteSessions | Step::RecordEvidence | Step::WriteFindings => {
            p.report >= ReportState::WithPartnership
        }
        Step::WriteReport => p.report > ReportState::WithPartnership,
        _ => false,
    }
}

/// Whether `step` may be done, given the facts. `now` matters to publication alone.
#[expect(clippy::match_same_arms, reason = "in the order of the steps")]
pub fn offer(step: Step, p: &Progress, now: Timestamp) -> Offer {
    let mut waits = Waits::default();
    let notified = p.notified_on.is_some();
    if step != Step::Notify {
        waits.unless(notified, "wait-notified");
    }
    let with_partnership = p.report >= ReportState::WithPartnership;
    let done = match step {
        Step::Notify => notified,
        Step::InvitePartnership => p.coordinator && p.participation_lead,
        Step::SubmitReturn => {
            waits.unless(p.coordinator, "wait-coordinator");
            matches!(p.pre_inspection_return, ReturnState::Submitted | ReturnState::Accepted)
        }
        Step::AcceptReturn => {
            waits.unless(p.pre_inspection_return == ReturnState::Submitted, "wait-return-submitted");
            p.pre_inspection_return == ReturnState::Accepted
        }
        Step::UploadDocuments => {
            waits.unless(p.coordinator, "wait-coordinator");
            waits.unless(p.requests > 0, "wait-requests");
            p.requests > 0 && p.requests_open == 0
        }
        Step::OpenSurvey => {
            waits.unless(p.coordinator, "wait-coordinator");
            p.staff_survey != SurveyState::Planned
        }
        Step::CloseSurvey => {
            waits.unless(p.staff_survey == SurveyState::Open, "wait-survey-open");
            p.staff_survey == SurveyState::Closed
        }
        Step::DrawSample => {
            waits.unless(p.pre_inspection_return == ReturnState::Accepted, "wait-return-accepted");
            p.sample > 0
        }
        Step::ReadRecords => {
            waits.unless(p.sample > 0, "wait-sample");
            p.sample > 0 && p.records_read >= p.sample
        }
        Step::NoteSessions => {
            waits.unless(!is_over(step, p), "wait-draft-sent");
            false
        }
        Step::RecordEvidence => {
            waits.unless(!is_over(step, p), "wait-draft-sent");
            false
        }
        Step::WriteFindings => {
            waits.unless(p.evidence > 0, "wait-evidence");
            waits.unless(!is_over(step, p), "wait-draft-sent");
            false
        }
        Step::GradeAlone => {
            waits.unless(
                !p.indicators.is_empty() && p.indicators.iter().any(|i| i.findings > 0),
                "wait-findings-any",
            );
            waits.unless(p.indicators.iter().any(|i| i.agreed.is_none()), "wait-all-agreed");
            !p.indicators.is_empty() && p.indicators.iter().all(|i| i.agreed.is_some())
        }
        Step::AgreeGrades => {
            for i in p.indicators.iter().filter(|i| i.agreed.is_none()) {
                waits.lacking(agree_refusals(i, p.graders));
            }
            waits.unless(p.indicators.iter().all(|i| i.confirmed.is_none()), "wait-panel-decided");
            !p.indicators.is_empty() && p.indicators.iter().all(|i| i.agreed.is_some())
        }
        Step::DecideOnPanel => {
            for i in p.indicators.iter().filter(|i| i.agreed.is_none()) {
                waits.add(Reason::new("wait-agreed").with("indicator", &i.indicator));
            }
            if p.findings_thin > 0 {
                waits.add(Reason::new("wait-findings-thin").with("count", p.findings_thin));
            }
            !p.indicators.is_empty() && p.indicators.iter().all(|i| i.confirmed.is_some())
        }
        Step::WriteReport => {
            waits.unless(p.indicators.iter().any(|i| i.findings > 0), "wait-findings-any");
            waits.unless(!is_over(step, p), "wait-report-closed");
            false
        }
        Step::SendDraft => {
            for i in p.indicators.iter().filter(|i| i.confirmed.is_none()) {
                waits.add(Reason::new("wait-confirmed").with("indicator", &i.indicator));
            }
            if p.sections_empty > 0 {
                waits.add(Reason::new("wait-sections").with("count", p.sections_empty));
            }
            waits.unless(p.coordinator, "wait-coordinator");
            with_partnership
        }
        Step::AnswerPoints => {
            waits.unless(with_partnership, "wait-draft");
            waits.unless(p.points_open > 0 || p.accuracy_closed, "wait-points");
            p.accuracy_closed && p.points_open == 0
        }
        Step::SendEmbargoed => {
            waits.unless(with_partnership, "wait-draft");
            waits.unless(p.accuracy_closed, "wait-accuracy-closed");
            if p.points_open > 0 {
                waits.add(Reason::new("wait-points-open").with("count", p.points_open));
            }
            waits.unless(p.recommendations > 0, "wait-recommendations");
            p.report >= ReportState::Embargoed
        }
        Step::SetPublication => {
            waits.unless(p.report >= ReportState::Embargoed, "wait-embargoed");
            p.report >= ReportState::Scheduled
        }
        Step::Publish => {
            match p.publish_at {
                Some(at) if p.report >= ReportState::Scheduled => {
                    if at > now {
                        waits.add(Reason::new("wait-minute").with("at", at));
                    }
                }
                _ => waits.add(Reason::new("wait-scheduled")),
            }
            p.report == ReportState::Published
        }
        Step::SubmitActionPlan => {
            waits.unless(p.report == ReportState::Published, "wait-published");
            if p.recommendations_unanswered > 0 {
                waits.add(
                    Reason::new("wait-recommendations-unanswered")
                        .with("count", p.recommendations_unanswered),
                );
            }
            matches!(p.action_plan, ActionPlanState::Submitted | ActionPlanState::Accepted)
        }
        Step::ReviewActionPlan => {
            waits.unless(p.action_plan == ActionPlanState::Submitted, "wait-action-plan");
            p.action_plan == ActionPlanState::Accepted
        }
    };
    if done {
        Offer::Done
    } else if waits.0.is_empty() {
        Offer::Ready
    } else {
        Offer::NotYet(waits.0)
    }
}

/// Why the grade of one indicator cannot be agreed yet: findings come first, and every grader grades alone before.
pub fn agree_refusals(indicator: &IndicatorProgress, graders: u32) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if indicator.findings == 0 {
        reasons.push(Reason::new("wait-findings").with("indicator", &indicator.indicator));
    }
    if indicator.grades_alone < graders {
        reasons.push(
            Reason::new("wait-grades-alone")
                .with("indicator", &indicator.indicator)
                .with("missing", graders - indicator.grades_alone),
        );
    }
    reasons
}

#[derive(Default)]
struct Waits(Vec<Reason>);

impl Waits {
    fn unless(&mut self, holds: bool, key: &str) {
        if !holds {
            self.add(Reason::new(key));
        }
    }
    fn add(&mut self, reason: Reason) {
        if !self.0.contains(&reason) {
            self.0.push(reason);
        }
    }
    fn lacking(&mut self, reasons: Vec<Reason>) {
        for reason in reasons {
            self.add(reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    fn notified() -> Progress {
        Progress { notified_on: Some(jiff::civil::date(2026, 1, 5)), ..Progress::default() }
    }

    fn keys(offer: &Offer) -> Vec<&str> {
        match offer {
            Offer::NotYet(reasons) => reasons.iter().map(|r| r.key.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn nothing_but_the_notification_is_offered_on_the_first_day() {
        let fresh = Progress::default();
        for step in Step::ALL {
            let o = offer(*step, &fresh, now());
            assert_eq!(o.is_ready(), *step == Step::Notify, "{step:?}: {o:?}");
        }
    }

    #[test]
    fn the_agreed_grade_waits_for_every_grader() {
        let mut p = Progress {
            graders: 3,
            indicators: vec![IndicatorProgress {
                indicator: "2.1".into(),
                findings: 1,
                grades_alone: 2,
                ..IndicatorProgress::default()
            }],
            ..notified()
        };
        assert_eq!(keys(&offer(Step::AgreeGrades, &p, now())), ["wait-grades-alone"]);
        p.indicators[0].grades_alone = 3;
        assert_eq!(offer(Step::AgreeGrades, &p, now()), Offer::Ready);
        p.indicators[0].agreed = Some(4);
        assert_eq!(offer(Step::AgreeGrades, &p, now()), Offer::Done);
    }

    #[test]
    fn publication_waits_for_its_minute() {
        let mut p = Progress { report: ReportState::Scheduled, publish_at: Some(now()), ..notified() };
        assert_eq!(offer(Step::Publish, &p, now()), Offer::Ready);
        p.publish_at = Some("2026-11-23T10:00:01Z".parse().unwrap());
        assert_eq!(keys(&offer(Step::Publish, &p, now())), ["wait-minute"]);
        p.report = ReportState::Embargoed;
        assert_eq!(keys(&offer(Step::Publish, &p, now())), ["wait-scheduled"]);
    }

    #[test]
    fn the_embargoed_copy_waits_for_every_point() {
        let p = Progress {
            report: ReportState::WithPartnership,
            accuracy_closed: true,
            points_open: 2,
            recommendations: 1,
            ..notified()
        };
        assert_eq!(keys(&offer(Step::SendEmbargoed, &p, now())), ["wait-points-open"]);
    }

    #[test]
    fn words_are_distinct() {
        let mut words: Vec<_> = Step::ALL.iter().map(|s| s.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Step::ALL.len());
    }
}
