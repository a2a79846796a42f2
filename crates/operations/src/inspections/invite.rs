//! Invitations: offering a role by a link that expires, renewing and withdrawing it.

use jiff::{SignedDuration, Timestamp};
use keyline_domain::access::{Action, Actor, Role, Side};
use keyline_domain::ids::{InspectionId, InvitationId, secret, secret_hash};
use keyline_domain::inspections::way::Progress;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::inspections::invitations::{self, Invitation};
use keyline_store::people;
use serde_json::json;

use super::team::{checked_body, may_have, role_action};
use crate::access::accounts::is_address;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct Invite {
    /// To which inspection.
    pub inspection: InspectionId,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Scrutiny body, key of the programme; wanted of inspectors.
    pub body: Option<String>,
}

/// An invitation that was made. The link is in the hands of the caller alone: its hash is what is kept.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Id.
    pub id: InvitationId,
    /// The link.
    pub link: String,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// Why the partnership's people cannot be invited yet; nothing once the notification has been sent. Apart from the step
/// of the way, which is done as soon as the two contacts have accepted: further people are invited after that.
pub fn invitation_waits(progress: &Progress) -> Vec<Reason> {
    if progress.notified_on.is_some() { Vec::new() } else { vec![Reason::new("wait-notified")] }
}

/// Invites somebody by a link that expires. The partnership's people are invited once the notification has been sent.
/// Audit entry `invitation.made`.
///
/// # Errors
/// [`Refused::Fields`] for a bad address, a missing name or body, somebody who has the role, stands on the other side or
/// is invited to it already; [`Refused::NotNow`] for the partnership's people before the notification.
pub async fn invite(cx: &Cx, actor: &Actor, input: Invite) -> Result<Invited> {
    let mut work = cx.work(actor, input.inspection, role_action(input.role)).await?;
    if input.role.side() == Side::Partnership {
        let waits = invitation_waits(&work.progress().await?);
        if !waits.is_empty() {
            return Err(Refused::NotNow(waits));
        }
    }
    let email = input.email.trim().to_lowercase();
    let name = input.name.trim();
    let mut problems = Vec::new();
    if !is_address(&email) {
        problems.push(FieldProblem::new("email", Reason::new("problem-email")));
    }
    if name.is_empty() {
        problems.push(FieldProblem::new("name", Reason::new("problem-required")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let inspection = work.inspection().await?;
    let body = checked_body(cx.programme(&inspection)?, input.role, input.body.as_deref())?;
    if let Some(account) = people::find_by_email(&mut work.tx, &email).await? {
        may_have(&mut work.tx, inspection.id, account.id, input.role, "email").await?;
    }
    let grant = work.grant.clone();
    let invited = invitations::list(&mut work.tx, &grant).await?;
    if invited.iter().any(|i| i.is_live(work.now) && i.email == email && i.role == input.role) {
        return Err(Refused::field("email", "people-invited-already"));
    }
    let (token, expires_at) = fresh(cx, work.now);
    let invitation = Invitation {
        id: InvitationId::new(work.now, cx.random()),
        inspection: inspection.id,
        email,
        name: name.to_owned(),
        role: input.role,
        body,
        invited_by: String::new(),
        invited_at: work.now,
        expires_at,
        accepted_at: None,
        withdrawn_at: None,
    };
    let by = work.grant.person_id();
    invitations::add(&mut work.tx, &invitation, &secret_hash(&token), by).await?;
    let detail = json!({ "role": invitation.role, "expires_at": expires_at.to_string() });
    work.record("invitation.made", invitation.id, detail).await?;
    work.commit().await?;
    Ok(Invited { id: invitation.id, link: link(cx, &token), expires_at })
}

/// Withdraws an invitation: its link opens nothing any more. Audit entry `invitation.withdrawn`.
///
/// # Errors
/// [`Refused::Hidden`] for one of another inspection or of a role that the person may not offer;
/// [`Refused::NotNow`] when it was accepted.
pub async fn withdraw_invitation(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    id: InvitationId,
) -> Result<()> {
    let (mut work, _) = open(cx, actor, inspection, id).await?;
    let now = work.now;
    invitations::withdraw(&mut work.tx, id, now).await?;
    work.record("invitation.withdrawn", id, json!({})).await?;
    work.commit().await
}

/// Gives an invitation a new link and a new last day; the old link opens nothing any more. Audit entry
/// `invitation.renewed`.
///
/// # Errors
/// As [`withdraw_invitation`].
pub async fn renew_invitation(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    id: InvitationId,
) -> Result<Invited> {
    let (mut work, _) = open(cx, actor, inspection, id).await?;
    let (token, expires_at) = fresh(cx, work.now);
    invitations::renew(&mut work.tx, id, &secret_hash(&token), expires_at).await?;
    work.record("invitation.renewed", id, json!({ "expires_at": expires_at.to_string() })).await?;
    work.commit().await?;
    Ok(Invited { id, link: link(cx, &token), expires_at })
}

/// The invitation as somebody finds it who may offer its role.
async fn open(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    id: InvitationId,
) -> Result<(Work, Invitation)> {
    let mut work = cx.work(actor, inspection, Action::SeeInspection).await?;
    let grant = work.grant.clone();
    let found = invitations::list(&mut work.tx, &grant).await?.into_iter().find(|i| i.id == id);
    let invitation = found.filter(|i| grant.permits(role_action(i.role))).ok_or(Refused::Hidden)?;
    if invitation.accepted_at.is_some() {
        return Err(Refused::reason("invitation-accepted"));
    }
    Ok((work, invitation))
}

fn fresh(cx: &Cx, now: Timestamp) -> (String, Timestamp) {
    let life = SignedDuration::from_hours(24 * i64::from(cx.settings.invitation_days));
    (secret(cx.random()), now.checked_add(life).unwrap_or(now))
}

fn link(cx: &Cx, token: &str) -> String {
    format!("{}/invitation/{token}", cx.settings.public_address)
}
