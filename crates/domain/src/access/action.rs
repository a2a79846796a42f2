//! What can be done in an inspection. One action per verb of the field, and one per thing that can be seen.

use serde::{Deserialize, Serialize};

/// Whether an action only looks or also writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Looks.
    See,
    /// Writes.
    Do,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $kind:ident;)*) => {
        /// An action in one inspection.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// All actions, in the order of the matrix.
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];

            /// The word of the matrix and of the audit trail.
            pub fn word(self) -> &'static str {
                match self { $(Action::$name => $word,)* }
            }

            /// Whether it looks or writes.
            pub fn kind(self) -> Kind {
                match self { $(Action::$name => Kind::$kind,)* }
            }
        }
    };
}

actions! {
    /// Declare an interest, or that there is none. The one thing offered before the declaration.
    DeclareInterest = "declare-interest", Do;
    /// See that the inspection exists, its start page and its plan.
    SeeInspection = "see-inspection", See;
    /// See who takes part, on both sides.
    SeePeople = "see-people", See;
    /// Decide whether somebody with a declared interest may take part.
    DecideInterest = "decide-interest", Do;
    /// Add people to the team, end a role.
    ManageTeam = "manage-team", Do;
    /// Invite the partnership's people.
    InvitePartnership = "invite-partnership", Do;
    /// Send the notification.
    Notify = "notify", Do;
    /// Read the letters.
    SeeLetters = "see-letters", See;
    /// Move a step of the plan.
    MoveStep = "move-step", Do;
    /// Say that a step has been done.
    FinishStep = "finish-step", Do;
    /// Change to a newer version of the programme.
    ChangeProgrammeVersion = "change-programme-version", Do;
    /// See what was asked of the partnership and what has come.
    SeeReturns = "see-returns", See;
    /// Submit the pre-inspection return.
    SubmitReturn = "submit-return", Do;
    /// Accept a return or send it back.
    DecideReturn = "decide-return", Do;
    /// Ask for a document.
    RequestDocument = "request-document", Do;
    /// Upload a document against a request, or say that it is not held.
    UploadDocument = "upload-document", Do;
    /// Hold a request: see it, and say that one works on it.
    HoldRequest = "hold-request", Do;
    /// Hand a request to a colleague by a link.
    DelegateRequest = "delegate-request", Do;
    /// See what the area has been asked for, by which programme, in how many hours.
    SeeBurden = "see-burden", See;
    /// Write and submit the position statement.
    WritePositionStatement = "write-position-statement", Do;
    /// Accept the position statement or send it back.
    DecidePositionStatement = "decide-position-statement", Do;
    /// See surveys, their links and how many have answered.
    SeeSurveys = "see-surveys", See;
    /// Open or close a survey.
    RunSurvey = "run-survey", Do;
    /// Say how many people there are whom a survey asks.
    CountPeople = "count-people", Do;
    /// See the results of a closed survey, small numbers suppressed.
    SeeSurveyResults = "see-survey-results", See;
    /// Read the free texts of a survey; while it is open, only those in which a cue was found.
    ReadSurveyTexts = "read-survey-texts", See;
    /// Mark a free text as read, tag it.
    MarkSurveyText = "mark-survey-text", Do;
    /// See who asks to be contacted after a survey, and say that it was done.
    AnswerContacts = "answer-contacts", Do;
    /// Key answers that came on paper.
    KeyPaperAnswers = "key-paper-answers", Do;
    /// Take the raw answers of a closed survey out, answer by answer.
    ExportAnswers = "export-answers", See;
    /// See the team's notes of sessions.
    SeeSessions = "see-sessions", See;
    /// Note a session.
    NoteSession = "note-session", Do;
    /// Fill in conversation guides and interviewer-asked surveys on a device that is away from the network.
    UseDevice = "use-device", Do;
    /// Ask which label belongs to a key of the partnership's own.
    FindLabel = "find-label", Do;
    /// Draw the sample.
    DrawSample = "draw-sample", Do;
    /// See which records were drawn (labels only).
    SeeSample = "see-sample", See;
    /// See the list that the sample was drawn from: each label with its part.
    SeeFrame = "see-frame", See;
    /// Read a record with the tool.
    ReadRecord = "read-record", Do;
    /// See who reads which records when, and who is trained.
    SeeReadingPlan = "see-reading-plan", See;
    /// Name local people for the training, say who attended.
    NameReaders = "name-readers", Do;
    /// Choose local readers, form pairs, give records out, set days and hours, draw what is read twice, entitle to health
    /// records.
    PlanReading = "plan-reading", Do;
    /// See the readings of all readers.
    SeeReadings = "see-readings", See;
    /// Settle which answer holds where readings differ.
    ModerateReadings = "moderate-readings", Do;
    /// See the evidence.
    SeeEvidence = "see-evidence", See;
    /// Record evidence and tag it.
    RecordEvidence = "record-evidence", Do;
    /// See findings and agreed grades.
    SeeJudgement = "see-judgement", See;
    /// Write a finding.
    WriteFinding = "write-finding", Do;
    /// Grade an indicator alone.
    GradeAlone = "grade-alone", Do;
    /// Record the agreed grade.
    AgreeGrade = "agree-grade", Do;
    /// Confirm or change a grade on the panel.
    DecideOnPanel = "decide-on-panel", Do;
    /// Read the report as it is written.
    SeeReport = "see-report", See;
    /// Write the report.
    WriteReport = "write-report", Do;
    /// Send the draft to the partnership.
    SendDraft = "send-draft", Do;
    /// Read the draft that was sent to the partnership.
    SeeDraft = "see-draft", See;
    /// Raise a point of factual accuracy.
    RaisePoint = "raise-point", Do;
    /// Answer a point of factual accuracy.
    AnswerPoint = "answer-point", Do;
    /// Send the embargoed copy.
    SendEmbargoed = "send-embargoed", Do;
    /// Read the embargoed copy.
    SeeEmbargoed = "see-embargoed", See;
    /// Set the minute of publication.
    SetPublication = "set-publication", Do;
    /// Make a recommendation.
    Recommend = "recommend", Do;
    /// See recommendations and the action plan.
    SeeActionPlan = "see-action-plan", See;
    /// Write and submit the action plan.
    SubmitActionPlan = "submit-action-plan", Do;
    /// Review the action plan.
    ReviewActionPlan = "review-action-plan", Do;
    /// See what personal material is destroyed when, and the certificate.
    SeeDisposal = "see-disposal", See;
    /// Put off the day on which personal material is destroyed.
    PostponeDisposal = "postpone-disposal", Do;
    /// Raise a concern, and see the own ones without their texts.
    RaiseConcern = "raise-concern", Do;
    /// See which concerns there are and how they stand, and read them with a reason.
    SeeConcerns = "see-concerns", See;
    /// Decide about a concern and hand it over.
    DecideConcern = "decide-concern", Do;
    /// Receive a concern for the partnership: acknowledge it, say what became of it.
    ReceiveConcern = "receive-concern", Do;
    /// Read messages of the public channel, answer them, decide about them.
    AnswerMessages = "answer-messages", Do;
    /// See which volunteers take part in what, and what changed because of what people said.
    SeeVolunteers = "see-volunteers", See;
    /// See how many volunteers take part, in which sessions, and what is public of what changed.
    SeeTakingPart = "see-taking-part", See;
    /// Bring volunteers into the inspection, plan sessions with them.
    PlaceVolunteers = "place-volunteers", Do;
    /// Write, publish and take back what was said and what was done.
    TellWhatChanged = "tell-what-changed", Do;
    /// Read the drafts of the children's version of the report.
    SeeChildrensVersion = "see-childrens-version", See;
    /// Write such a draft, answer what volunteers say about it.
    WriteChildrensVersion = "write-childrens-version", Do;
    /// Say something about such a draft.
    CommentChildrensVersion = "comment-childrens-version", Do;
    /// Read the audit trail of the inspection.
    SeeAudit = "see-audit", See;
}

impl Action {
    /// Whether it brings in what is personal and is destroyed on the day of disposal. Once that has begun it may not be done
    /// any more: nothing would destroy what comes after.
    pub fn brings_material(self) -> bool {
        matches!(
            self,
            Self::SubmitReturn
                | Self::UploadDocument
                | Self::WritePositionStatement
                | Self::DelegateRequest
                | Self::KeyPaperAnswers
                | Self::NoteSession
                | Self::UseDevice
                | Self::ReadRecord
                | Self::NameReaders
        )
    }
}
