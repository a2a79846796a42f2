//! A programme version: what one kind of inspection is, as its methodology officers wrote it down.

use std::collections::BTreeMap;

use crate::concerns::clocks::Rules;
use crate::voices::cues::Cues;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::collecting::{
    DocumentRequest, InstrumentRef, PositionStatement, PreInspectionReturn, SessionKind,
};
use super::informing::Information;
use super::reporting::ReportTemplate;
use super::sourced::{Provenance, SourceNote, Sourced};
use super::texts::Texts;
use super::timeline::{StepTemplate, TimelineTemplate};

/// One version of a programme, read from `programmes/<id>/<version>/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Programme {
    /// Name of the folder of all its versions.
    pub id: String,
    /// Name of the folder of this version.
    pub version: String,
    /// The version this one follows.
    pub supersedes: Option<String>,
    /// Key of the quality framework.
    pub framework: String,
    /// Full title.
    pub title: Sourced<String>,
    /// Title for lists and headings.
    pub short_title: Sourced<String>,
    /// What the inspections are to find out, and who asked for them.
    pub remit: Sourced<String>,
    /// The power under which they are done.
    pub legal_basis: Sourced<String>,
    /// Whom they are about.
    pub population: Sourced<PopulationRule>,
    /// How far back they look, in years.
    pub retrospective_years: Sourced<u16>,
    /// How many areas the programme means to inspect.
    pub extent: Sourced<String>,
    /// Working days the partnership has to name points of factual accuracy in a draft.
    pub factual_accuracy_working_days: Sourced<u16>,
    /// Weeks after publication in which the action plan is due.
    pub action_plan_weeks: Sourced<u16>,
    /// How records are read on the partnership's premises.
    pub record_reading: Sourced<ReadingRule>,
    /// Who inspects.
    pub scrutiny_bodies: Vec<ScrutinyBody>,
    /// To whom the notification letter goes.
    pub addressees: Vec<Addressee>,
    /// What holds for everything the team does.
    pub principles: Vec<Principle>,
    /// The questions the report answers.
    pub lines_of_enquiry: Vec<LineOfEnquiry>,
    /// Numbers of the indicators that are graded.
    pub evaluated_indicators: Vec<Sourced<String>>,
    /// Keys of the rights lenses.
    pub lenses: Vec<Sourced<String>>,
    /// Phases and steps.
    pub timeline: TimelineTemplate,
    /// Where the length of the timeline comes from.
    pub length_provenance: Provenance,
    /// Days after publication on which the personal material is destroyed; none when the programme sets none.
    pub disposal_days: Option<Sourced<u16>>,
    /// Where each step comes from, by its key.
    pub step_provenance: BTreeMap<String, Provenance>,
    /// The list of children and young people that the partnership sends in.
    pub pre_inspection_return: PreInspectionReturn,
    /// Key of the step at which requested documents are due.
    pub document_return_step: String,
    /// The documents asked for.
    pub document_requests: Vec<DocumentRequest>,
    /// What the partnership writes about itself; `None` when the programme asks for nothing of the kind.
    pub position_statement: Option<PositionStatement>,
    /// The kinds of meeting with people.
    pub session_kinds: Vec<SessionKind>,
    /// Surveys, reading tools and guides.
    pub instruments: Vec<InstrumentRef>,
    /// Words in free texts that put an answer in front of a person at once.
    pub cues: Cues,
    /// The parts of the report.
    pub report: ReportTemplate,
    /// How long the steps of a concern may take, and how long messages are kept.
    pub concerns: Rules,
    /// Letters, introductions and public text.
    pub texts: Texts,
    /// The pages by which the public is told about the programme.
    pub information: Information,
    /// The sources named anywhere in the folder.
    pub sources: Vec<SourceNote>,
    /// BLAKE3 over all files of the folder.
    pub digest: String,
}

impl Programme {
    /// What an inspection stores, so that it can always say which text it was run with.
    pub fn pin(&self) -> ProgrammePin {
        ProgrammePin { id: self.id.clone(), version: self.version.clone(), digest: self.digest.clone() }
    }

    /// Numbers of the evaluated indicators, in order.
    pub fn indicators_evaluated(&self) -> Vec<String> {
        self.evaluated_indicators.iter().map(|i| i.value.clone()).collect()
    }

    /// The step with this key.
    pub fn step(&self, key: &str) -> Option<&StepTemplate> {
        self.timeline.steps.iter().find(|step| step.key == key)
    }

    /// The line of enquiry with this key.
    pub fn line_of_enquiry(&self, key: &str) -> Option<&LineOfEnquiry> {
        self.lines_of_enquiry.iter().find(|line| line.key == key)
    }

    /// Whether the indicator with this number is graded.
    pub fn evaluates(&self, number: &str) -> bool {
        self.evaluated_indicators.iter().any(|indicator| indicator.value == number)
    }

    /// The instrument with this key.
    pub fn instrument(&self, key: &str) -> Option<&InstrumentRef> {
        self.instruments.iter().find(|instrument| instrument.key == key)
    }

    /// The document request with this key.
    pub fn document_request(&self, key: &str) -> Option<&DocumentRequest> {
        self.document_requests.iter().find(|request| request.key == key)
    }

    /// The kind of session with this key.
    pub fn session_kind(&self, key: &str) -> Option<&SessionKind> {
        self.session_kinds.iter().find(|kind| kind.key == key)
    }

    /// A source named by a [`Provenance`] of this programme.
    pub fn source(&self, key: &str) -> Option<&SourceNote> {
        self.sources.iter().find(|source| source.key == key)
    }
}

/// The programme version an inspection was opened with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProgrammePin {
    /// The programme.
    pub id: String,
    /// Its version.
    pub version: String,
    /// What the files of that version said.
    pub digest: String,
}

/// Whom an inspection is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PopulationRule {
    /// The rule in words.
    pub text: String,
    /// Age below which a person counts, at the time services were involved.
    pub under_age: u16,
    /// Who counts under the rule, one sentence each.
    pub includes: Vec<String>,
    /// Who does not, one sentence each.
    pub excludes: Vec<String>,
}

/// How records are read: days, hours, and how many local people take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingRule {
    /// Consecutive working days.
    pub days: u16,
    /// From when on each day a record may be opened.
    pub opens: Time,
    /// Until when.
    pub closes: Time,
    /// When the reading of a record begins, each day, in order.
    pub slots: Vec<Time>,
    /// Most local people who are trained, those who read among them.
    pub local_trained: u16,
    /// Most local people who read.
    pub local_reading: u16,
}

/// A body that takes part in the inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScrutinyBody {
    /// Stable key, for example `care-inspectorate`.
    pub key: String,
    /// Name as the source prints it.
    pub name: String,
    /// What it does in the inspection.
    pub part: ScrutinyPart,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// The part a body has in an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScrutinyPart {
    /// Leads the inspection.
    Lead,
    /// Inspects as a partner.
    Partner,
    /// Takes part as people with experience of care.
    Volunteers,
    /// Is invited at times.
    AtTimes,
}

/// Somebody to whom the notification letter is addressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Addressee {
    /// Stable key, for example `council-chief-executive`.
    pub key: String,
    /// The office held.
    pub title: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A principle of the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Principle {
    /// Stable key.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// What it asks of the team.
    pub text: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A question that the report answers, written as the statement to be tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineOfEnquiry {
    /// Stable key, for example `supported-at-home`.
    pub key: String,
    /// Short title for columns and tags.
    pub title: String,
    /// The statement.
    pub text: String,
    /// Indicators that most often carry evidence for it. May be empty.
    pub indicators: Vec<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}
