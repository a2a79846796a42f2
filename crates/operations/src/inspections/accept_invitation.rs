//! Accepting an invitation: with the account of the person who is signed in, or with one made on the spot.

use keyline_domain::access::Actor;
use keyline_domain::ids::secret_hash;
use keyline_store::inspections::invitations::{self, Invitation};
use keyline_store::inspections::{self, members};
use keyline_store::sign_in::Means;
use keyline_store::{Source, audit, people};
use serde_json::json;

use super::team::may_have;
use crate::access::accounts::{NewAccount, add_account};
use crate::access::sessions::open_session;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What an invitation says to whoever holds its link.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The invitation.
    pub invitation: Invitation,
    /// To what.
    pub inspection: inspections::Inspection,
    /// Whether there is an account with the invited address: its owner signs in before accepting.
    pub has_account: bool,
}

/// The invitation behind a token that can still be accepted.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown token; [`Refused::NotNow`] when it was used, withdrawn or is too old.
pub async fn offered(cx: &Cx, source: &mut impl Source, token: &str) -> Result<Offered> {
    let invitation = invitations::find_by_token(source, &secret_hash(token)).await?.ok_or(Refused::Hidden)?;
    if invitation.accepted_at.is_some() {
        return Err(Refused::reason("invitation-accepted"));
    }
    if invitation.withdrawn_at.is_some() {
        return Err(Refused::reason("invitation-withdrawn"));
    }
    if !invitation.is_live(cx.now()) {
        return Err(Refused::reason("invitation-expired"));
    }
    let inspection = inspections::invited_to(source, &invitation).await?;
    let has_account = people::find_by_email(source, &invitation.email).await?.is_some();
    Ok(Offered { invitation, inspection, has_account })
}

/// An acceptance. Designation and organisation are wanted when there is no account yet.
#[derive(Debug, Clone)]
pub struct AcceptInvitation {
    /// Token of the link.
    pub token: String,
    /// Name, as the person writes it.
    pub name: String,
    /// Shown in notes instead of the name.
    pub designation: String,
    /// Council, board, scrutiny body.
    pub organisation: String,
    /// Family of browser and system, for the person's own list of sessions.
    pub device: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// Reference of the inspection, as it stands in addresses.
    pub reference: String,
    /// Token of the session that was opened; `None` for somebody who was signed in.
    pub session: Option<String>,
}

/// Accepts an invitation: the role is given to the person who is signed in, or to a new account, which is signed in. The
/// link proves the address, so the new account bears the invited one. Audit entry `invitation.accepted`.
///
/// # Errors
/// As [`offered`]; [`Refused::NotNow`] when there is an account with the invited address and nobody is signed in (a link
/// must not go round its password); [`Refused::Fields`] for a missing name, designation or organisation, or for a person
/// who has the role already or stands on the other side.
pub async fn accept_invitation(cx: &Cx, actor: &Actor, input: AcceptInvitation) -> Result<Accepted> {
    let mut tx = cx.db.begin().await?;
    let Offered { invitation, inspection, has_account } = offered(cx, &mut tx, &input.token).await?;
    let now = cx.now();
    let (person, session) = match actor.person() {
        Some(person) => (person.clone(), None),
        None if has_account => return Err(Refused::reason("invitation-sign-in")),
        None => {
            let account = NewAccount {
                email: invitation.email.clone(),
                name: input.name,
                designation: input.designation,
                organisation: input.organisation,
                administrator: false,
            };
            let id = add_account(cx, &mut tx, actor, account).await?;
            let person = people::find(&mut tx, id).await?.ok_or(Refused::Hidden)?.person();
            let session = open_session(cx, &mut tx, &person, Means::Link, &input.device).await?;
            (person, Some(session))
        }
    };
    may_have(&mut tx, invitation.inspection, person.id, invitation.role, "main-content").await?;
    if !invitations::accept(&mut tx, invitation.id, person.id, now).await? {
        return Err(Refused::reason("invitation-accepted"));
    }
    let body = invitation.body.as_deref();
    members::add(&mut tx, invitation.inspection, person.id, invitation.role, body, now).await?;
    audit::add(
        &mut tx,
        now,
        Some(invitation.inspection),
        &Actor::Person(person.clone()),
        "invitation.accepted",
        &invitation.id.to_string(),
        &json!({ "person": person.id, "role": invitation.role }),
    )
    .await?;
    tx.commit().await?;
    Ok(Accepted { reference: inspection.reference, session })
}
