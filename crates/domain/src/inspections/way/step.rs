//! The steps of the main job, the word of each, and whom it waits for.

use serde::{Deserialize, Serialize};

use crate::access::Action;

/// The steps of the main job, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Send the notification to the five addressees.
    Notify,
    /// Invite the coordinator and the participation lead, who accept.
    InvitePartnership,
    /// The partnership submits the pre-inspection return.
    SubmitReturn,
    /// The team accepts the return.
    AcceptReturn,
    /// The partnership answers the document requests.
    UploadDocuments,
    /// The staff survey opens.
    OpenSurvey,
    /// The staff survey closes.
    CloseSurvey,
    /// The sample of records is drawn.
    DrawSample,
    /// The drawn records are read.
    ReadRecords,
    /// Sessions are noted.
    NoteSessions,
    /// Evidence is recorded and tagged.
    RecordEvidence,
    /// Findings are written on the evidence.
    WriteFindings,
    /// Each inspector grades alone.
    GradeAlone,
    /// The agreed grades are recorded.
    AgreeGrades,
    /// The panel confirms or changes.
    DecideOnPanel,
    /// The report is written.
    WriteReport,
    /// The draft goes to the partnership.
    SendDraft,
    /// The points of factual accuracy are answered.
    AnswerPoints,
    /// The embargoed copy goes to the partnership.
    SendEmbargoed,
    /// The minute of publication is set.
    SetPublication,
    /// The report is published at that minute.
    Publish,
    /// The partnership submits its action plan.
    SubmitActionPlan,
    /// The link inspector reviews the action plan.
    ReviewActionPlan,
}

impl Step {
    /// All steps in order.
    pub const ALL: &'static [Step] = &[
        Self::Notify,
        Self::InvitePartnership,
        Self::SubmitReturn,
        Self::AcceptReturn,
        Self::UploadDocuments,
        Self::OpenSurvey,
        Self::CloseSurvey,
        Self::DrawSample,
        Self::ReadRecords,
        Self::NoteSessions,
        Self::RecordEvidence,
        Self::WriteFindings,
        Self::GradeAlone,
        Self::AgreeGrades,
        Self::DecideOnPanel,
        Self::WriteReport,
        Self::SendDraft,
        Self::AnswerPoints,
        Self::SendEmbargoed,
        Self::SetPublication,
        Self::Publish,
        Self::SubmitActionPlan,
        Self::ReviewActionPlan,
    ];

    /// The word in addresses, on the command line and in keys of translations (`step-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Notify => "notify",
            Self::InvitePartnership => "invite-partnership",
            Self::SubmitReturn => "submit-return",
            Self::AcceptReturn => "accept-return",
            Self::UploadDocuments => "upload-documents",
            Self::OpenSurvey => "open-survey",
            Self::CloseSurvey => "close-survey",
            Self::DrawSample => "draw-sample",
            Self::ReadRecords => "read-records",
            Self::NoteSessions => "note-sessions",
            Self::RecordEvidence => "record-evidence",
            Self::WriteFindings => "write-findings",
            Self::GradeAlone => "grade-alone",
            Self::AgreeGrades => "agree-grades",
            Self::DecideOnPanel => "decide-on-panel",
            Self::WriteReport => "write-report",
            Self::SendDraft => "send-draft",
            Self::AnswerPoints => "answer-points",
            Self::SendEmbargoed => "send-embargoed",
            Self::SetPublication => "set-publication",
            Self::Publish => "publish",
            Self::SubmitActionPlan => "submit-action-plan",
            Self::ReviewActionPlan => "review-action-plan",
        }
    }

    /// The action of the policy that doing the step takes: who may do it is whom it waits for.
    #[expect(clippy::match_same_arms, reason = "in the order of the steps")]
    pub fn action(self) -> Action {
        match self {
            Self::Notify => Action::Notify,
            Self::InvitePartnership => Action::InvitePartnership,
            Self::SubmitReturn => Action::SubmitReturn,
            Self::AcceptReturn => Action::DecideReturn,
            Self::UploadDocuments => Action::UploadDocument,
            Self::OpenSurvey | Self::CloseSurvey => Action::RunSurvey,
            Self::DrawSample => Action::DrawSample,
            Self::ReadRecords => Action::ReadRecord,
            Self::NoteSessions => Action::NoteSession,
            Self::RecordEvidence => Action::RecordEvidence,
            Self::WriteFindings => Action::WriteFinding,
            Self::GradeAlone => Action::GradeAlone,
            Self::AgreeGrades => Action::AgreeGrade,
            Self::DecideOnPanel => Action::DecideOnPanel,
            Self::WriteReport => Action::WriteReport,
            Self::SendDraft => Action::SendDraft,
            Self::AnswerPoints => Action::AnswerPoint,
            Self::SendEmbargoed => Action::SendEmbargoed,
            Self::SetPublication => Action::SetPublication,
            Self::Publish => Action::SetPublication,
            Self::SubmitActionPlan => Action::SubmitActionPlan,
            Self::ReviewActionPlan => Action::ReviewActionPlan,
        }
    }
}
