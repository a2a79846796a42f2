//! The people of the story, and the links that sign them in.

use std::collections::BTreeMap;
use std::io::Write;

use indicatif::ProgressBar;
use keyline_domain::access::{Actor, Person, Role};
use keyline_domain::ids::PersonId;
use keyline_operations::Cx;
use keyline_operations::access::accounts::{NewAccount, make_account};
use keyline_operations::access::sessions::make_link;
use keyline_store::people;

use crate::commands::in_words;
use crate::config::Config;

/// A person of the story: key, name, designation, organisation, role, scrutiny body.
pub(crate) struct Part {
    /// Name of the part in the story and in the list of links.
    pub(crate) key: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// Designation, as notes show it.
    pub(crate) designation: &'static str,
    /// Organisation.
    pub(crate) organisation: &'static str,
    /// Role in the inspections; `None` for those who work for the service as a whole.
    pub(crate) role: Option<Role>,
    /// Key of the scrutiny body in the programme.
    pub(crate) body: Option<&'static str>,
}

const fn part(
    key: &'static str,
    name: &'static str,
    designation: &'static str,
    organisation: &'static str,
    role: Option<Role>,
    body: Option<&'static str>,
) -> Part {
    Part { key, name, designation, organisation, role, body }
}

/// The part that manages accounts.
const ADMINISTRATOR: &str = "administrator";

/// Everybody of the story.
pub(crate) const PARTS: &[Part] = &[
    part(
        "lead",
        "Morag Sutherland",
        "Strategic inspector",
        "Care Inspectorate",
        Some(Role::Lead),
        Some("care-inspectorate"),
    ),
    part(
        "depute",
        "Iain Rafferty",
        "Strategic inspector",
        "Care Inspectorate",
        Some(Role::Depute),
        Some("care-inspectorate"),
    ),
    part(
        "inspector-health",
        "Shazia Anwar",
        "Inspector, health",
        "Healthcare Improvement Scotland",
        Some(Role::Inspector),
        Some("healthcare"),
    ),
    part(
        "inspector-education",
        "Catriona Bell",
        "HM Inspector",
        "Education Scotland",
        Some(Role::Inspector),
        Some("education"),
    ),
    part(
        "inspector-police",
        "Derek Oduya",
        "Lead inspector",
        "HMICS",
        Some(Role::Inspector),
        Some("constabulary"),
    ),
    part(
        "volunteer",
        "Jamie Kerr",
        "Young inspection volunteer",
        "Care Inspectorate",
        Some(Role::YoungInspectionVolunteer),
        None,
    ),
    part(
        "involvement-adviser",
        "Ruth Adeyemi",
        "Involvement adviser",
        "Care Inspectorate",
        Some(Role::InvolvementAdviser),
        None,
    ),
    part(
        "support-officer",
        "Neil Paterson",
        "Strategic support officer",
        "Care Inspectorate",
        Some(Role::StrategicSupportOfficer),
        None,
    ),
    part(
        "service-manager",
        "Fiona Laird",
        "Service manager",
        "Care Inspectorate",
        Some(Role::ServiceManager),
        None,
    ),
    part(
        "panel-chair",
        "Helen Strachan",
        "Chief inspector",
        "Care Inspectorate",
        Some(Role::PanelChair),
        None,
    ),
    part("panel-member", "Gordon Mackay", "Panel member", "HMICS", Some(Role::PanelMember), None),
    part(
        "link-inspector",
        "Aileen Forsyth",
        "Link inspector",
        "Care Inspectorate",
        Some(Role::LinkInspector),
        None,
    ),
    part(
        "coordinator",
        "Stuart Wemyss",
        "Inspection coordinator",
        "Strathmarnock Council",
        Some(Role::InspectionCoordinator),
        None,
    ),
    part(
        "participation-lead",
        "Leanne Docherty",
        "Participation officer",
        "Strathmarnock Council",
        Some(Role::ParticipationLead),
        None,
    ),
    part(
        "concerns-lead",
        "Anne McCrindle",
        "Senior manager, children's social work",
        "Strathmarnock Council",
        Some(Role::LocalLeadForConcerns),
        None,
    ),
    part(
        "record-reader",
        "Paul Gillespie",
        "Team leader",
        "Strathmarnock Council",
        Some(Role::RecordReader),
        None,
    ),
    part(
        "record-reader-2",
        "Eilidh Gunn",
        "Senior social worker",
        "Strathmarnock Council",
        Some(Role::RecordReader),
        None,
    ),
    part(
        "record-reader-3",
        "Thomas Okafor",
        "Education support manager",
        "Strathmarnock Council",
        Some(Role::RecordReader),
        None,
    ),
    part(
        "chief-officer",
        "Margaret Rennie",
        "Chief executive",
        "Strathmarnock Council",
        Some(Role::ChiefOfficer),
        None,
    ),
    part(ADMINISTRATOR, "Tom Inglis", "Administrator", "Care Inspectorate", None, None),
    part("methodology-officer", "Isla Farquhar", "Methodology officer", "Care Inspectorate", None, None),
    part("communications", "Callum Reid", "Communications officer", "Care Inspectorate", None, None),
];

/// The people by their part.
pub(crate) struct Cast(BTreeMap<&'static str, Person>);

impl Cast {
    /// The id of a part.
    pub(crate) fn id(&self, key: &str) -> PersonId {
        self.0[key].id
    }
    /// The actor of a part.
    pub(crate) fn actor(&self, key: &str) -> Actor {
        Actor::Person(self.0[key].clone())
    }
}

/// Makes the accounts that are not there yet.
pub(crate) async fn assemble(cx: &Cx, bar: &ProgressBar) -> anyhow::Result<Cast> {
    bar.set_message("people");
    let mut cast = BTreeMap::new();
    for p in PARTS {
        let email = format!("{}@strathmarnock.test", p.key);
        let mut reader = cx.db.read().await?;
        let known = people::find_by_email(&mut reader, &email).await?;
        drop(reader);
        let person = if let Some(account) = known {
            account.person()
        } else {
            let new = NewAccount {
                email,
                name: p.name.into(),
                designation: p.designation.into(),
                organisation: p.organisation.into(),
                administrator: p.key == ADMINISTRATOR,
            };
            let id = make_account(cx, &Actor::Console, new).await.map_err(in_words)?;
            Person { id, name: p.name.into(), administrator: p.key == ADMINISTRATOR }
        };
        cast.insert(p.key, person);
    }
    Ok(Cast(cast))
}

/// Prints one sign-in link per person. The links are made once and kept beside the data, so that a second run prints
/// the same ones.
pub(crate) async fn print_links(cx: &Cx, config: &Config, cast: &Cast) -> anyhow::Result<()> {
    let file = config.data.join("demo-links.txt");
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let prefix = format!("{}/sign-in/link/", config.address());
    let mut lines = Vec::new();
    for p in PARTS {
        let known = kept.lines().find_map(|line| {
            let (key, token) = line.split_once('\t')?;
            (key == p.key).then(|| token.to_owned())
        });
        let token = if let Some(token) = known {
            token
        } else {
            let link = make_link(cx, &Actor::Console, cast.id(p.key), true).await.map_err(in_words)?;
            link.rsplit('/').next().unwrap_or_default().to_owned()
        };
        lines.push((p, token));
    }
    let mut beside = std::fs::File::create(file.with_extension("new"))?;
    for (p, token) in &lines {
        writeln!(beside, "{}\t{token}", p.key)?;
    }
    beside.sync_all()?;
    std::fs::rename(file.with_extension("new"), &file)?;
    println!("\nOne sign-in link per person of the story (all of them made up):\n");
    for (p, token) in &lines {
        println!("  {:<20} {prefix}{token}   {}, {}", p.key, p.name, p.designation);
    }
    println!("  {:<20} {}/", "public", config.address());
    println!("  {:<20} {}\n", "care passphrase", super::CARE_PASSPHRASE);
    Ok(())
}
