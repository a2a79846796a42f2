//! The roles a person can have in one inspection, as published guidance and reports name them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// On which side of the table a role sits. What the partnership sees must have been released to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The inspection team: written material is shared inside it only.
    Team,
    /// The quality and consistency panel and those who oversee.
    Oversight,
    /// The partnership that is inspected.
    Partnership,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $side:ident;)*) => {
        /// A role in one inspection.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// All roles, in the order of the matrix.
            pub const ALL: &'static [Role] = &[$(Role::$name,)*];

            /// The word in the database, in addresses and in the keys of translations (`role-…`).
            pub fn word(self) -> &'static str {
                match self { $(Role::$name => $word,)* }
            }

            /// On which side the role sits.
            pub fn side(self) -> Side {
                match self { $(Role::$name => Side::$side,)* }
            }
        }

        impl FromStr for Role {
            type Err = UnknownRole;
            fn from_str(word: &str) -> Result<Self, UnknownRole> {
                match word { $($word => Ok(Role::$name),)* other => Err(UnknownRole(other.to_owned())) }
            }
        }
    };
}

roles! {
    /// Runs the inspection.
    Lead = "lead", Team;
    /// Stands in for the lead.
    Depute = "depute", Team;
    /// Inspector of one of the scrutiny bodies.
    Inspector = "inspector", Team;
    /// Works in another area and joins the team at times.
    AssociateAssessor = "associate-assessor", Team;
    /// Care-experienced person of 18 to 26 who meets young people for the team.
    YoungInspectionVolunteer = "young-inspection-volunteer", Team;
    /// Leads engagement with children and families, supports the volunteers.
    InvolvementAdviser = "involvement-adviser", Team;
    /// The timetable, letters, rooms.
    StrategicSupportOfficer = "strategic-support-officer", Team;
    /// Oversees the inspection.
    ServiceManager = "service-manager", Oversight;
    /// Chairs the quality and consistency panel (the chief inspector).
    PanelChair = "panel-chair", Oversight;
    /// Member of the quality and consistency panel.
    PanelMember = "panel-member", Oversight;
    /// Standing contact of the area; follows the action plan.
    LinkInspector = "link-inspector", Oversight;
    /// The partnership's key contact.
    InspectionCoordinator = "inspection-coordinator", Partnership;
    /// Brings children and young people to the inspection, for the partnership.
    ParticipationLead = "participation-lead", Partnership;
    /// Receives concerns for the partnership.
    LocalLeadForConcerns = "local-lead-for-concerns", Partnership;
    /// Reads records beside an inspector, for the partnership.
    RecordReader = "record-reader", Partnership;
    /// Chief officer of the partnership.
    ChiefOfficer = "chief-officer", Partnership;
}

/// A word that is not a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role")]
pub struct UnknownRole(pub String);

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(role.word().parse::<Role>().unwrap(), *role);
        }
        assert!("boss".parse::<Role>().is_err());
    }
}
