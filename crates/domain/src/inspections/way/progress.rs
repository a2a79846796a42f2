//! The facts on which the offers rest: where return, survey, report and action plan stand, and counts.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where the pre-inspection return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// Nothing accepted by the checks has come.
    #[default]
    Awaited,
    /// A checked return waits for the team.
    Submitted,
    /// Sent back with a reason.
    SentBack,
    /// Accepted; the sample may be drawn.
    Accepted,
}

/// Where the staff survey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyState {
    /// Not yet open.
    #[default]
    Planned,
    /// People can answer.
    Open,
    /// Closed; results can be seen.
    Closed,
}

/// Where the report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Being written by the team.
    #[default]
    Writing,
    /// The draft is with the partnership for factual accuracy.
    WithPartnership,
    /// The partnership has the embargoed copy.
    Embargoed,
    /// The minute of publication is set.
    Scheduled,
    /// Published.
    Published,
}

/// Where the action plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionPlanState {
    /// Not yet submitted.
    #[default]
    Awaited,
    /// Waits for the link inspector.
    Submitted,
    /// Sent back with a reason.
    SentBack,
    /// Accepted.
    Accepted,
}

/// Judgement on one evaluated indicator, as counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IndicatorProgress {
    /// Number of the indicator, for example `2.1`.
    pub indicator: String,
    /// Pieces of evidence tagged to it.
    pub evidence: u32,
    /// Kinds of evidence tagged to it.
    pub kinds: u32,
    /// Findings written.
    pub findings: u32,
    /// Inspectors who have graded it alone.
    pub grades_alone: u32,
    /// The agreed level, if recorded.
    pub agreed: Option<i64>,
    /// The level after the panel, if it has decided.
    pub confirmed: Option<i64>,
}

/// The facts that the offers rest on, counted by the store in one go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Day of the notification.
    pub notified_on: Option<Date>,
    /// Whether a coordinator has accepted the invitation.
    pub coordinator: bool,
    /// Whether a participation lead has accepted the invitation.
    pub participation_lead: bool,
    /// Inspectors who grade (lead, depute, inspectors, associate assessors with live roles).
    pub graders: u32,
    /// The pre-inspection return.
    pub pre_inspection_return: ReturnState,
    /// Document requests in all.
    pub requests: u32,
    /// Document requests that are neither answered nor stated as not held.
    pub requests_open: u32,
    /// The staff survey.
    pub staff_survey: SurveyState,
    /// Records in the drawn sample; 0 when none is drawn.
    pub sample: u32,
    /// Records of the sample whose reading is finished.
    pub records_read: u32,
    /// Sessions noted.
    pub sessions: u32,
    /// Pieces of evidence.
    pub evidence: u32,
    /// Evaluated indicators.
    pub indicators: Vec<IndicatorProgress>,
    /// Findings without evidence of two kinds and without a stated reason.
    pub findings_thin: u32,
    /// Sections of the report template that are still empty.
    pub sections_empty: u32,
    /// The report.
    pub report: ReportState,
    /// Whether the partnership has closed its round of factual accuracy.
    pub accuracy_closed: bool,
    /// Points of factual accuracy without an answer.
    pub points_open: u32,
    /// The set minute.
    pub publish_at: Option<Timestamp>,
    /// Recommendations made.
    pub recommendations: u32,
    /// Recommendations without an action in the plan.
    pub recommendations_unanswered: u32,
    /// Day the action plan is due.
    pub action_plan_due: Option<Date>,
    /// The action plan.
    pub action_plan: ActionPlanState,
}
