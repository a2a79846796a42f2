//! The frame of an inspection's pages: its name above the heading and the links to its rooms.

use keyline_domain::access::Action;
use keyline_store::inspections::Inspection;
use maud::Markup;

use crate::components::{Layout, section_nav};
use crate::frame::{Scope, Visitor};

/// A room of an inspection, in the order of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// What needs doing.
    Overview,
    /// The dated plan.
    Plan,
    /// People and letters.
    People,
    /// What the partnership sends.
    Returns,
    /// The own requests, for people of the partnership who see nothing else of the returns.
    Mine,
    /// Surveys and sessions.
    Voices,
    /// Sample and readings.
    Records,
    /// Evidence.
    Evidence,
    /// Findings and grades.
    Judgement,
    /// The report and its editions.
    Report,
    /// Recommendations and the action plan.
    Improvement,
    /// What is destroyed when.
    Disposal,
    /// Concerns.
    Concerns,
    /// Messages of the public channel.
    Messages,
    /// Volunteers, and what changed because of what people said.
    Volunteers,
    /// Drafts of the children's version of the report.
    ChildrensVersion,
    /// The audit trail.
    Audit,
}

// Each room with its address, the key of its name and the actions that show it: one of them is enough.
const ROOMS: &[(Room, &str, &str, &[Action])] = &[
    (Room::Overview, "", "room-overview", &[Action::SeeInspection]),
    (Room::Plan, "plan", "room-plan", &[Action::SeeInspection]),
    (Room::People, "people", "room-people", &[Action::SeePeople]),
    (Room::Returns, "returns", "room-returns", &[Action::SeeReturns]),
    (Room::Mine, "returns/mine", "mine-title", &[Action::HoldRequest]),
    (Room::Voices, "voices", "room-voices", &[Action::SeeSurveys, Action::SeeSessions, Action::NoteSession]),
    (
        Room::Records,
        "records",
        "room-records",
        &[Action::SeeSample, Action::ReadRecord, Action::SeeReadingPlan],
    ),
    (Room::Evidence, "evidence", "room-evidence", &[Action::SeeEvidence]),
    (Room::Judgement, "judgement", "room-judgement", &[Action::SeeJudgement]),
    (Room::Report, "report", "room-report", &[Action::SeeReport, Action::SeeDraft, Action::SeeEmbargoed]),
    (Room::ChildrensVersion, "childrens-version", "room-childrens-version", &[Action::SeeChildrensVersion]),
    (Room::Improvement, "improvement", "room-improvement", &[Action::SeeActionPlan]),
    (Room::Disposal, "disposal", "room-disposal", &[Action::SeeDisposal]),
    (Room::Concerns, "concerns", "room-concerns", &[Action::SeeConcerns, Action::ReceiveConcern]),
    (Room::Messages, "messages", "room-messages", &[Action::AnswerMessages]),
    (Room::Volunteers, "volunteers", "room-volunteers", &[Action::SeeTakingPart]),
    (Room::Audit, "audit", "room-audit", &[Action::SeeAudit]),
];

/// A layout of a page in a room of an inspection. Rooms that the person may not enter are not named.
pub fn frame<'a>(
    visitor: &'a Visitor,
    scope: &Scope,
    inspection: &Inspection,
    room: Room,
    title: impl Into<String>,
    body: Markup,
) -> Layout<'a> {
    let w = visitor.words();
    let links: Vec<(String, String, bool)> = ROOMS
        .iter()
        .filter(|(_, _, _, actions)| actions.iter().any(|a| scope.grant.permits(*a)))
        .filter(|(r, ..)| *r != Room::Mine || !scope.grant.permits(Action::SeeReturns))
        .map(|(r, path, key, _)| (scope.href(path), w.t(key), *r == room))
        .collect();
    let mut layout = visitor.layout(title, body);
    layout.above = Some(dated_name(visitor, inspection));
    layout.rooms = Some(section_nav(&w.t("rooms-of-inspection"), &links));
    layout
}

/// The name of an inspection as people say it: the area and the programme.
pub(crate) fn name(visitor: &Visitor, inspection: &Inspection) -> String {
    let library = &visitor.cx().library;
    let area = library.council(&inspection.area).map_or(inspection.area.as_str(), |c| c.name.as_str());
    let programme = library
        .programme(&inspection.programme, &inspection.programme_version)
        .map_or(inspection.programme.as_str(), |p| p.short_title.value.as_str());
    format!("{area}: {programme}")
}

/// The name with the day that tells it from others of the same area.
pub(crate) fn dated_name(visitor: &Visitor, inspection: &Inspection) -> String {
    let w = visitor.words();
    let name = name(visitor, inspection);
    let (key, day) = match inspection.notified_on {
        Some(day) => ("inspection-notified", day),
        None => ("inspection-planned", inspection.starts_on),
    };
    w.with(key, &[("name", &name), ("day", &w.date(day))])
}
