//! Who takes part: adding a member with an account, ending a role.

use keyline_domain::access::{Action, Actor, Role, Side};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::programmes::Programme;
use keyline_domain::reasons::Reason;
use keyline_store::inspections::members;
use keyline_store::{Source, people};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A new member of the team who has an account.
#[derive(Debug, Clone)]
pub struct AddMember {
    /// Where.
    pub inspection: InspectionId,
    /// Address of the account.
    pub email: String,
    /// As what; a role of the team or of its oversight.
    pub role: Role,
    /// Scrutiny body, key of the programme; wanted of inspectors.
    pub body: Option<String>,
}

/// Adds a member to the team. The inspection opens to the person after the declaration of interest. Audit entry
/// `member.added`.
///
/// # Errors
/// [`Refused::Fields`] for an address without an account (such a person is invited instead), a role of the partnership,
/// an unknown scrutiny body, or somebody who has the role already or stands on the other side.
pub async fn add_member(cx: &Cx, actor: &Actor, input: AddMember) -> Result<PersonId> {
    let mut work = cx.work(actor, input.inspection, Action::ManageTeam).await?;
    if input.role.side() == Side::Partnership {
        return Err(Refused::field("role", "people-role-not-team"));
    }
    let inspection = work.inspection().await?;
    let body = checked_body(cx.programme(&inspection)?, input.role, input.body.as_deref())?;
    let account = people::find_by_email(&mut work.tx, &input.email)
        .await?
        .filter(|account| account.disabled_at.is_none())
        .ok_or_else(|| Refused::field("email", "people-no-account"))?;
    may_have(&mut work.tx, inspection.id, account.id, input.role, "email").await?;
    members::add(&mut work.tx, inspection.id, account.id, input.role, body.as_deref(), work.now).await?;
    work.record("member.added", account.id, json!({ "role": input.role, "body": body })).await?;
    work.commit().await?;
    Ok(account.id)
}

/// A role to be ended.
#[derive(Debug, Clone)]
pub struct EndRole {
    /// Where.
    pub inspection: InspectionId,
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub role: Role,
}

/// The action of the policy that giving, offering or ending a role takes.
pub fn role_action(role: Role) -> Action {
    match role.side() {
        Side::Team | Side::Oversight => Action::ManageTeam,
        Side::Partnership => Action::InvitePartnership,
    }
}

/// Ends a role. What the person wrote stays. Audit entry `role.ended`.
///
/// # Errors
/// [`Refused::Hidden`] when the person does not have it; [`Refused::NotNow`] for the only lead.
pub async fn end_role(cx: &Cx, actor: &Actor, input: EndRole) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, role_action(input.role)).await?;
    let grant = work.grant.clone();
    let leads = members::list(&mut work.tx, &grant).await?.iter().filter(|m| m.role == Role::Lead).count();
    if input.role == Role::Lead && leads < 2 {
        return Err(Refused::reason("people-last-lead"));
    }
    let (inspection, now) = (work.inspection_id(), work.now);
    if !members::end(&mut work.tx, inspection, input.person, input.role, now).await? {
        return Err(Refused::Hidden);
    }
    work.record("role.ended", input.person, json!({ "role": input.role })).await?;
    work.commit().await
}

/// Nobody has a role twice, and nobody stands on both sides of the table: what is written inside the team would lie open
/// to the partnership.
pub(crate) async fn may_have(
    source: &mut impl Source,
    inspection: InspectionId,
    person: PersonId,
    role: Role,
    field: &str,
) -> Result<()> {
    let inside = |r: Role| r.side() != Side::Partnership;
    let roles = members::standing(source, inspection, person).await?.map_or_else(Vec::new, |s| s.roles);
    if roles.contains(&role) {
        return Err(Refused::field(field, "people-has-role"));
    }
    if roles.iter().any(|r| inside(*r) != inside(role)) {
        return Err(Refused::field(field, "people-both-sides"));
    }
    Ok(())
}

/// The scrutiny body of a role: one of the programme's, and wanted of those who inspect for one.
pub(super) fn checked_body(programme: &Programme, role: Role, body: Option<&str>) -> Result<Option<String>> {
    let body = body.map(str::trim).filter(|b| !b.is_empty());
    match body {
        Some(key) if role.side() != Side::Partnership => programme
            .scrutiny_bodies
            .iter()
            .find(|b| b.key == key)
            .map(|b| Some(b.key.clone()))
            .ok_or_else(|| Refused::field("body", "problem-choose")),
        None if role == Role::Inspector => {
            Err(Refused::Fields(vec![keyline_domain::reasons::FieldProblem::new(
                "body",
                Reason::new("people-body-wanted"),
            )]))
        }
        _ => Ok(None),
    }
}
