//! Worlds to begin a test in: named states of a fictional inspection.

use jiff::civil::date;
use keyline_domain::access::{Action, Actor, Role};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_operations::access::accounts::{NewAccount, make_account};
use keyline_operations::inspections::{DeclareInterest, FirstMember, SetUp, declare_interest, set_up};
use keyline_store::inspections::{self, members};

use crate::app::TestApp;

/// The current version of the programme that the worlds use.
pub const PROGRAMME: &str = "supervision-orders-at-home";

/// One inspection with its people, and somebody who has nothing to do with it.
#[derive(Debug, Clone)]
pub struct World {
    /// The inspection.
    pub inspection: InspectionId,
    /// As it stands in addresses.
    pub reference: String,
    /// Inspection lead, of the Care Inspectorate.
    pub lead: PersonId,
    /// Depute.
    pub depute: PersonId,
    /// Inspectors of three further bodies.
    pub inspectors: Vec<PersonId>,
    /// Young inspection volunteer.
    pub volunteer: PersonId,
    /// Involvement adviser.
    pub adviser: PersonId,
    /// Strategic support officer.
    pub officer: PersonId,
    /// Service manager.
    pub manager: PersonId,
    /// Panel chair.
    pub chair: PersonId,
    /// Panel member.
    pub panel_member: PersonId,
    /// Link inspector.
    pub link: PersonId,
    /// Inspection coordinator of the partnership.
    pub coordinator: PersonId,
    /// Participation lead of the partnership.
    pub participation: PersonId,
    /// Local lead for concerns.
    pub concerns_lead: PersonId,
    /// Local record reader.
    pub reader: PersonId,
    /// Chief officer of the partnership.
    pub chief: PersonId,
    /// Lead of another inspection.
    pub stranger: PersonId,
    /// Administrator of the service.
    pub administrator: PersonId,
}

/// Makes a fictional account.
pub async fn person(app: &TestApp, slug: &str, administrator: bool) -> PersonId {
    make_account(
        &app.cx,
        &Actor::Console,
        NewAccount {
            email: format!("{slug}@fictional.test"),
            name: format!("Fictional {slug}"),
            designation: slug.replace('-', " "),
            organisation: "Fictional body".into(),
            administrator,
        },
    )
    .await
    .expect("an account is made")
}

impl World {
    /// An inspection of Strathmarnock that is set up; team and oversight have declared that they have no interest;
    /// the partnership's people have their roles. The notification has not been sent.
    pub async fn planned(app: &TestApp) -> Self {
        Self::in_area(app, "strathmarnock", "").await
    }

    /// The planned world after the notification, dated today; the rest of what the notification does is not done.
    pub async fn notified(app: &TestApp) -> Self {
        let world = Self::planned(app).await;
        let grant = app
            .cx
            .grant(&Actor::Console, world.inspection, Action::SeeInspection)
            .await
            .expect("the console may see everything");
        let mut tx = app.cx.db.begin().await.expect("a transaction");
        let mut row = inspections::get(&mut tx, &grant).await.expect("readable");
        row.notified_on = Some(app.cx.today());
        inspections::save(&mut tx, &row).await.expect("saved");
        tx.commit().await.expect("committed");
        world
    }

    /// The same in any area, with a mark in the people's addresses so that two worlds can stand side by side.
    pub async fn in_area(app: &TestApp, area: &str, mark: &str) -> Self {
        let named = async |slug: &str| person(app, &format!("{mark}{slug}"), false).await;
        let lead = named("lead").await;
        let depute = named("depute").await;
        let inspectors = vec![
            named("inspector-health").await,
            named("inspector-education").await,
            named("inspector-police").await,
        ];
        let (volunteer, adviser, officer) =
            (named("volunteer").await, named("adviser").await, named("support-officer").await);
        let (manager, chair, panel_member, link) = (
            named("service-manager").await,
            named("panel-chair").await,
            named("panel-member").await,
            named("link-inspector").await,
        );
        let (coordinator, participation, concerns_lead, reader, chief) = (
            named("coordinator").await,
            named("participation-lead").await,
            named("concerns-lead").await,
            named("record-reader").await,
            named("chief-officer").await,
        );
        let stranger = named("stranger").await;
        let administrator = person(app, &format!("{mark}administrator"), true).await;

        let programme = app.cx.library.latest(PROGRAMME).expect("the programme ships");
        let bodies: Vec<String> = programme.scrutiny_bodies.iter().map(|b| b.key.clone()).collect();
        let body = |n: usize| bodies.get(n).cloned();
        let member = |person, role, body| FirstMember { person, role, body };
        let mut team = vec![
            member(lead, Role::Lead, body(0)),
            member(depute, Role::Depute, body(0)),
            member(volunteer, Role::YoungInspectionVolunteer, None),
            member(adviser, Role::InvolvementAdviser, None),
            member(officer, Role::StrategicSupportOfficer, None),
            member(manager, Role::ServiceManager, None),
            member(chair, Role::PanelChair, None),
            member(panel_member, Role::PanelMember, None),
            member(link, Role::LinkInspector, None),
        ];
        for (n, inspector) in inspectors.iter().enumerate() {
            team.push(member(*inspector, Role::Inspector, body(n + 1)));
        }
        let input = SetUp {
            programme: PROGRAMME.into(),
            version: None,
            area: area.into(),
            starts_on: date(2026, 1, 12),
            team: team.clone(),
        };
        let inspection = set_up(&app.cx, &Actor::Console, input).await.expect("an inspection is set up");
        for m in &team {
            let actor = app.actor(m.person).await;
            let none = DeclareInterest { inspection, has_interest: false, statement: String::new() };
            declare_interest(&app.cx, &actor, none).await.expect("declared");
        }
        let mut tx = app.cx.db.begin().await.expect("a transaction");
        for (person, role) in [
            (coordinator, Role::InspectionCoordinator),
            (participation, Role::ParticipationLead),
            (concerns_lead, Role::LocalLeadForConcerns),
            (reader, Role::RecordReader),
            (chief, Role::ChiefOfficer),
        ] {
            members::add(&mut tx, inspection, person, role, None, app.cx.now())
                .await
                .expect("a role is given");
        }
        tx.commit().await.expect("committed");
        Self {
            inspection,
            reference: format!("{area}-2026"),
            lead,
            depute,
            inspectors,
            volunteer,
            adviser,
            officer,
            manager,
            chair,
            panel_member,
            link,
            coordinator,
            participation,
            concerns_lead,
            reader,
            chief,
            stranger,
            administrator,
        }
    }

    /// The address of a page of the inspection.
    pub fn href(&self, rest: &str) -> String {
        if rest.is_empty() {
            format!("/inspections/{}", self.reference)
        } else {
            format!("/inspections/{}/{rest}", self.reference)
        }
    }

    /// One person per role, for walking through all of them.
    pub fn everybody(&self) -> Vec<(Role, PersonId)> {
        vec![
            (Role::Lead, self.lead),
            (Role::Depute, self.depute),
            (Role::Inspector, self.inspectors[0]),
            (Role::YoungInspectionVolunteer, self.volunteer),
            (Role::InvolvementAdviser, self.adviser),
            (Role::StrategicSupportOfficer, self.officer),
            (Role::ServiceManager, self.manager),
            (Role::PanelChair, self.chair),
            (Role::PanelMember, self.panel_member),
            (Role::LinkInspector, self.link),
            (Role::InspectionCoordinator, self.coordinator),
            (Role::ParticipationLead, self.participation),
            (Role::LocalLeadForConcerns, self.concerns_lead),
            (Role::RecordReader, self.reader),
            (Role::ChiefOfficer, self.chief),
        ]
    }
}
