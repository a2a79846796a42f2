//! The one policy: (standing, action) -> a grant, or why not.
//!
//! Source: published guidance on who may see what (written material is shared inside the team only; staff
//! survey analysis goes to the partnership in aggregate; draft and embargoed report go to the partnership).
//! Where it is silent the narrower reading is taken.

use std::fmt::Write as _;

use super::{Action, Actor, Duty, Kind, Person, Role, ServiceAction, Side, duty_permits};
use crate::ids::{InspectionId, PersonId};

/// What a person is in one inspection: the live roles and where the declaration of interest stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The inspection.
    pub inspection: InspectionId,
    /// Live roles. Empty: the compartment is closed.
    pub roles: Vec<Role>,
    /// Scrutiny body of an inspector, key of the programme's list.
    pub body: Option<String>,
    /// Whether the inspection has opened to this member of the team: declared without interest, or cleared by the lead.
    pub declared: bool,
}

/// Proof that the policy allowed one action in one inspection. Made by [`decide`] alone; reading a
/// compartment's rows takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    inspection: InspectionId,
    action: Action,
    person: Option<Person>,
    roles: Vec<Role>,
    body: Option<String>,
}

impl Grant {
    /// The inspection it opens.
    pub fn inspection(&self) -> InspectionId {
        self.inspection
    }
    /// What it allows.
    pub fn action(&self) -> Action {
        self.action
    }
    /// Who acts; `None` for the clock and the console.
    pub fn person(&self) -> Option<&Person> {
        self.person.as_ref()
    }
    /// Id of who acts.
    pub fn person_id(&self) -> Option<PersonId> {
        self.person.as_ref().map(|p| p.id)
    }
    /// The roles of who acts, in this inspection.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }
    /// Scrutiny body of who acts.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }
    /// Whether the same person may also do something else here: for showing or leaving out a link.
    pub fn permits(&self, action: Action) -> bool {
        self.person.is_none() || self.roles.iter().any(|role| permits(*role, action))
    }
    /// Whether who acts belongs to the team or its oversight.
    pub fn inside(&self) -> bool {
        self.person.is_none() || self.roles.iter().any(|r| r.side() != Side::Partnership)
    }
}

/// Why an action is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Not to be seen at all: answered like something that does not exist.
    #[error("not found")]
    Hidden,
    /// The team member has not declared yet whether there is a conflict of interest.
    #[error("declare your interest first")]
    DeclareFirst,
}

/// Decides about an action of an actor in one inspection. `standing` is the actor's own, loaded for that inspection.
///
/// # Errors
/// [`Denied::Hidden`] when the actor has no live role there or none that permits it;
/// [`Denied::DeclareFirst`] when only the declaration of interest is missing.
pub fn decide(
    actor: &Actor,
    action: Action,
    inspection: InspectionId,
    standing: Option<&Standing>,
) -> Result<Grant, Denied> {
    let grant = |person: Option<&Person>, roles: &[Role], body: Option<&String>| Grant {
        inspection,
        action,
        person: person.cloned(),
        roles: roles.to_vec(),
        body: body.cloned(),
    };
    match actor {
        Actor::Public => Err(Denied::Hidden),
        // What the clock does was set by a person who was allowed to; the console holds the key of the house already.
        Actor::Clock | Actor::Console => Ok(grant(None, &[], None)),
        Actor::Person(person) => {
            let standing = standing.filter(|s| s.inspection == inspection).ok_or(Denied::Hidden)?;
            if !standing.roles.iter().any(|role| permits(*role, action)) {
                return Err(Denied::Hidden);
            }
            let team = standing.roles.iter().any(|r| r.side() != Side::Partnership);
            // The duty to pass on that somebody may be unsafe waits for no declaration.
            let waits = !matches!(action, Action::DeclareInterest | Action::RaiseConcern);
            if team && !standing.declared && waits {
                return Err(Denied::DeclareFirst);
            }
            Ok(grant(Some(person), &standing.roles, standing.body.as_ref()))
        }
    }
}

/// Whether a role permits an action. The `match` is the policy: a new action does not compile until it is answered.
#[expect(
    clippy::match_same_arms,
    reason = "each action answers for itself: who changes one must not change another"
)]
pub fn permits(role: Role, action: Action) -> bool {
    use Action as A;
    use Role as R;
    let team = role.side() == Side::Team;
    let oversight = role.side() == Side::Oversight;
    let partnership = role.side() == Side::Partnership;
    let leads = matches!(role, R::Lead | R::Depute);
    let inspects = leads || matches!(role, R::Inspector | R::AssociateAssessor);
    let panel = matches!(role, R::PanelChair | R::PanelMember);
    match action {
        A::DeclareInterest => team || oversight,
        A::SeeInspection => true,
        // A volunteer needs no list of names of the partnership, nor what colleagues have declared.
        A::SeePeople => role != R::YoungInspectionVolunteer,
        A::DecideInterest | A::ManageTeam => leads || role == R::ServiceManager,
        A::InvitePartnership | A::Notify | A::MoveStep | A::FinishStep => {
            leads || role == R::StrategicSupportOfficer
        }
        // They hold names and addresses of the partnership, which a volunteer needs for nothing.
        A::SeeLetters => {
            team && role != R::YoungInspectionVolunteer
                || oversight
                || matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::ChangeProgrammeVersion => leads,
        A::SeeReturns => {
            inspects
                || matches!(role, R::StrategicSupportOfficer | R::ServiceManager)
                || matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::SubmitReturn | A::UploadDocument => role == R::InspectionCoordinator,
        // Which request it is, the verb asks: the coordinator's own, or one that the person holds.
        A::HoldRequest => partnership,
        A::DelegateRequest | A::WritePositionStatement => role == R::InspectionCoordinator,
        A::DecidePositionStatement => leads,
        A::SeeBurden => leads || matches!(role, R::ServiceManager | R::InspectionCoordinator),
        A::DecideReturn | A::RequestDocument => leads || role == R::StrategicSupportOfficer,
        A::SeeSurveys => {
            inspects
                || matches!(
                    role,
                    R::InvolvementAdviser
                        | R::StrategicSupportOfficer
                        | R::ServiceManager
                        | R::InspectionCoordinator
                        | R::ParticipationLead
                )
        }
        A::RunSurvey => leads || matches!(role, R::InvolvementAdviser | R::StrategicSupportOfficer),
        A::CountPeople => {
            leads
                || matches!(role, R::InvolvementAdviser | R::StrategicSupportOfficer)
                || matches!(role, R::InspectionCoordinator | R::ParticipationLead)
        }
        A::SeeSurveyResults => {
            inspects
                || role == R::InvolvementAdviser
                || role == R::ServiceManager
                || panel
                || matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::ReadSurveyTexts | A::MarkSurveyText => inspects || role == R::InvolvementAdviser,
        // The involvement adviser leads engagement; lead and depute see that nobody waits when the adviser is away.
        A::AnswerContacts => leads || role == R::InvolvementAdviser,
        A::KeyPaperAnswers => leads || matches!(role, R::InvolvementAdviser | R::StrategicSupportOfficer),
        A::ExportAnswers => leads || role == R::InvolvementAdviser,
        A::SeeSessions => inspects || matches!(role, R::InvolvementAdviser | R::ServiceManager),
        // A volunteer sees the own write-ups, which the page asks for by person.
        A::NoteSession => inspects || matches!(role, R::YoungInspectionVolunteer | R::InvolvementAdviser),
        // Whoever talks with people; which forms the device is given is decided form by form.
        A::UseDevice => inspects || matches!(role, R::YoungInspectionVolunteer | R::InvolvementAdviser),
        // The key is the partnership's: the team must not learn which child a label stands for.
        A::FindLabel => role == R::InspectionCoordinator,
        A::DrawSample => leads,
        // Whoever sent the list, or may see its rows.
        A::SeeFrame => inspects || matches!(role, R::ServiceManager | R::InspectionCoordinator),
        A::SeeSample => {
            inspects || matches!(role, R::ServiceManager | R::InspectionCoordinator | R::RecordReader)
        }
        A::ReadRecord => inspects || role == R::RecordReader,
        A::SeeReadingPlan => {
            inspects
                || matches!(role, R::StrategicSupportOfficer | R::ServiceManager)
                || matches!(role, R::InspectionCoordinator | R::RecordReader)
        }
        // The partnership names its own people; the officer keeps the list with it.
        A::NameReaders => leads || matches!(role, R::StrategicSupportOfficer | R::InspectionCoordinator),
        A::PlanReading | A::ModerateReadings => leads,
        A::SeeReadings => inspects || role == R::ServiceManager,
        A::SeeEvidence => inspects || matches!(role, R::InvolvementAdviser | R::ServiceManager) || panel,
        A::RecordEvidence => inspects || role == R::InvolvementAdviser,
        A::SeeJudgement => inspects || role == R::ServiceManager || panel,
        A::WriteFinding | A::GradeAlone => inspects,
        A::AgreeGrade => leads,
        A::DecideOnPanel => role == R::PanelChair,
        A::SeeReport => inspects || role == R::ServiceManager || panel || role == R::LinkInspector,
        A::WriteReport | A::SendDraft | A::SendEmbargoed | A::Recommend => leads,
        A::SeeDraft => {
            inspects
                || role == R::ServiceManager
                || panel
                || matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::RaisePoint => matches!(role, R::InspectionCoordinator | R::ChiefOfficer),
        A::AnswerPoint => leads,
        A::SeeEmbargoed => {
            inspects
                || role == R::ServiceManager
                || panel
                || role == R::LinkInspector
                || matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::SetPublication => leads || role == R::ServiceManager,
        A::SeeActionPlan => {
            inspects || oversight || partnership && matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::SubmitActionPlan => matches!(role, R::InspectionCoordinator | R::ChiefOfficer),
        A::ReviewActionPlan => role == R::LinkInspector,
        // The partnership's own material: its coordinator and its chief officer see what becomes of it.
        A::SeeDisposal => {
            leads
                || matches!(role, R::StrategicSupportOfficer | R::ServiceManager)
                || matches!(role, R::InspectionCoordinator | R::ChiefOfficer)
        }
        A::PostponeDisposal => leads,
        A::RaiseConcern => true,
        // The procedure names lead and depute; the service manager steps in when a clock has run out or both are away.
        A::SeeConcerns | A::DecideConcern => leads || role == R::ServiceManager,
        A::ReceiveConcern => role == R::LocalLeadForConcerns,
        A::AnswerMessages => leads || role == R::InvolvementAdviser,
        // The involvement adviser supports the volunteers; lead and depute plan with them.
        A::SeeVolunteers => leads || matches!(role, R::InvolvementAdviser | R::ServiceManager),
        // The partnership's participation lead hears that young people take part and what is public of it, by number and
        // not by name.
        A::SeeTakingPart => {
            leads || matches!(role, R::InvolvementAdviser | R::ServiceManager | R::ParticipationLead)
        }
        A::PlaceVolunteers | A::TellWhatChanged => leads || role == R::InvolvementAdviser,
        A::SeeChildrensVersion => {
            inspects
                || role == R::ServiceManager
                || matches!(role, R::InvolvementAdviser | R::YoungInspectionVolunteer)
        }
        A::WriteChildrensVersion => leads || role == R::InvolvementAdviser,
        A::CommentChildrensVersion => role == R::YoungInspectionVolunteer,
        A::SeeAudit => leads || role == R::ServiceManager,
    }
}

/// The policy as a table that a person can read: a row per action, a column per role.
pub fn matrix() -> String {
    let mut out = String::from(
        "# Who may do what in an inspection. Printed from the policy:\n\
         # cargo run -p keyline-domain --example matrix > docs/access-matrix.txt\n\
         # x = permitted, . = not found. Without a live role in the inspection everything is not found.\n\n",
    );
    for (n, role) in Role::ALL.iter().enumerate() {
        let _ = writeln!(out, "{:>2} {}", n + 1, role.word());
    }
    let _ = write!(out, "\n{:<26}", "action");
    for n in 1..=Role::ALL.len() {
        let _ = write!(out, "{n:>3}");
    }
    out.push('\n');
    for action in Action::ALL {
        let mark = match action.kind() {
            Kind::See => ' ',
            Kind::Do => '*',
        };
        let _ = write!(out, "{:<25}{mark}", action.word());
        for role in Role::ALL {
            out.push_str(if permits(*role, *action) { "  x" } else { "  ." });
        }
        out.push('\n');
    }
    out.push_str("\n* writes\n");
    service_matrix(&mut out);
    out
}

fn service_matrix(out: &mut String) {
    out.push_str(
        "\nFor the service as a whole, by duty (given by an administrator; opens no inspection)\n\n",
    );
    for (n, duty) in Duty::ALL.iter().enumerate() {
        let _ = writeln!(out, "{:>2} {}", n + 1, duty.word());
    }
    let _ = write!(out, "\n{:<26}", "action");
    for n in 1..=Duty::ALL.len() {
        let _ = write!(out, "{n:>3}");
    }
    out.push('\n');
    for action in ServiceAction::ALL {
        let _ = write!(out, "{:<25}{}", action.word(), if action.writes() { '*' } else { ' ' });
        for duty in Duty::ALL {
            out.push_str(if duty_permits(*duty, *action) { "  x" } else { "  ." });
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture() -> (Actor, InspectionId) {
        let person = Person {
            id: format!("per_{:032x}", 1).parse().unwrap(),
            name: "Fictional Person".into(),
            administrator: true,
        };
        (Actor::Person(person), format!("ins_{:032x}", 2).parse().unwrap())
    }

    fn standing(inspection: InspectionId, roles: &[Role], declared: bool) -> Standing {
        Standing { inspection, roles: roles.to_vec(), body: None, declared }
    }

    #[test]
    fn the_matrix_is_the_one_that_was_reviewed() {
        let kept = include_str!("../../../../docs/access-matrix.txt");
        assert_eq!(matrix(), kept, "print it anew and read the difference");
    }

    #[test]
    fn an_administrator_without_a_role_finds_nothing() {
        let (actor, inspection) = fixture();
        for action in Action::ALL {
            assert_eq!(decide(&actor, *action, inspection, None), Err(Denied::Hidden));
            let none = standing(inspection, &[], true);
            assert_eq!(decide(&actor, *action, inspection, Some(&none)), Err(Denied::Hidden));
        }
    }

    #[test]
    fn a_standing_opens_its_own_inspection_only() {
        let (actor, inspection) = fixture();
        let other: InspectionId = format!("ins_{:032x}", 3).parse().unwrap();
        let there = standing(other, &[Role::Lead], true);
        assert_eq!(decide(&actor, Action::SeeInspection, inspection, Some(&there)), Err(Denied::Hidden));
    }

    #[test]
    fn the_team_declares_first_and_the_partnership_need_not() {
        let (actor, inspection) = fixture();
        let lead = standing(inspection, &[Role::Lead], false);
        assert_eq!(decide(&actor, Action::SeeInspection, inspection, Some(&lead)), Err(Denied::DeclareFirst));
        assert!(decide(&actor, Action::DeclareInterest, inspection, Some(&lead)).is_ok());
        let coordinator = standing(inspection, &[Role::InspectionCoordinator], false);
        assert!(decide(&actor, Action::SeeReturns, inspection, Some(&coordinator)).is_ok());
    }

    #[test]
    fn a_volunteer_alone_sees_neither_the_people_nor_the_letters() {
        for action in [Action::SeePeople, Action::SeeLetters, Action::SeeVolunteers] {
            assert!(!permits(Role::YoungInspectionVolunteer, action), "{}", action.word());
        }
        assert!(permits(Role::YoungInspectionVolunteer, Action::CommentChildrensVersion));
        assert!(permits(Role::Inspector, Action::SeePeople) && permits(Role::Inspector, Action::SeeLetters));
    }

    #[test]
    fn the_partnership_never_sees_inside() {
        for role in Role::ALL.iter().filter(|r| r.side() == Side::Partnership) {
            for action in [
                Action::SeeEvidence,
                Action::SeeJudgement,
                Action::SeeReport,
                Action::SeeSessions,
                Action::SeeReadings,
                Action::SeeAudit,
                Action::SeeVolunteers,
                Action::AgreeGrade,
            ] {
                assert!(!permits(*role, action), "{role} must not {}", action.word());
            }
        }
    }

    #[test]
    fn the_public_finds_no_inspection() {
        let (_, inspection) = fixture();
        assert_eq!(decide(&Actor::Public, Action::SeeInspection, inspection, None), Err(Denied::Hidden));
    }
}
