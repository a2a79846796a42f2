//! Invitations to take part. The link's token is stored as a hash.

use jiff::Timestamp;
use keyline_domain::access::{Grant, Role};
use keyline_domain::ids::{InspectionId, InvitationId, PersonId};

use crate::error::Result;
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// To which inspection.
    pub inspection: InspectionId,
    /// Address of the invited person, in lower case.
    pub email: String,
    /// Name of the invited person.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Scrutiny body, key of the programme.
    pub body: Option<String>,
    /// Who invites, by name; empty when nobody in person.
    pub invited_by: String,
    /// When.
    pub invited_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

impl Invitation {
    /// Whether it can be accepted now.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.accepted_at.is_none() && self.withdrawn_at.is_none() && self.expires_at > now
    }
}

row! { struct InvitationRow {
    id: String, inspection_id: String, email: String, name: String, role: String, body: Option<String>,
    inviter: Option<String>, invited_at: String, expires_at: String, accepted_at: Option<String>,
    withdrawn_at: Option<String>,
} }

impl InvitationRow {
    fn invitation(self) -> Result<Invitation> {
        let t = "invitation";
        Ok(Invitation {
            id: read(t, "id", &self.id, &self.id)?,
            inspection: read(t, "inspection_id", &self.id, &self.inspection_id)?,
            role: read(t, "role", &self.id, &self.role)?,
            invited_at: read(t, "invited_at", &self.id, &self.invited_at)?,
            expires_at: read(t, "expires_at", &self.id, &self.expires_at)?,
            accepted_at: read_optional(t, "accepted_at", &self.id, self.accepted_at.as_deref())?,
            withdrawn_at: read_optional(t, "withdrawn_at", &self.id, self.withdrawn_at.as_deref())?,
            email: self.email,
            name: self.name,
            body: self.body,
            invited_by: self.inviter.unwrap_or_default(),
        })
    }
}

/// Adds an invitation with the hash of its token.
pub async fn add(tx: &mut Tx, i: &Invitation, token_hash: &str, by: Option<PersonId>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO invitation (id, inspection_id, email, name, role, body, token_hash, invited_by, invited_at,
           expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        i.id.to_string(),
        i.inspection.to_string(),
        &i.email,
        &i.name,
        i.role.word(),
        i.body.as_deref(),
        token_hash,
        by.map(|p| p.to_string()),
        time(i.invited_at),
        time(i.expires_at)
    )
    .map(|_| ())
}

/// The invitations of the inspection, newest first.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Invitation>> {
    fetch_all!(
        source,
        InvitationRow,
        "SELECT i.id, i.inspection_id, i.email, i.name, i.role, i.body, p.name AS inviter, i.invited_at, i.expires_at,
           i.accepted_at, i.withdrawn_at
         FROM invitation i LEFT JOIN person p ON p.id = i.invited_by
         WHERE i.inspection_id = $1 ORDER BY i.invited_at DESC, i.id DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(InvitationRow::invitation)
    .collect()
}

/// The invitation behind a token, whoever holds it and whether or not it can still be accepted.
pub async fn find_by_token(source: &mut impl Source, token_hash: &str) -> Result<Option<Invitation>> {
    fetch_optional!(
        source,
        InvitationRow,
        "SELECT i.id, i.inspection_id, i.email, i.name, i.role, i.body, p.name AS inviter, i.invited_at, i.expires_at,
           i.accepted_at, i.withdrawn_at
         FROM invitation i LEFT JOIN person p ON p.id = i.invited_by WHERE i.token_hash = $1",
        token_hash
    )?
    .map(InvitationRow::invitation)
    .transpose()
}

/// Withdraws an invitation that was not accepted.
pub async fn withdraw(tx: &mut Tx, id: InvitationId, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE invitation SET withdrawn_at = $1 WHERE id = $2 AND accepted_at IS NULL",
        time(at),
        id.to_string()
    )
    .map(|_| ())
}

/// Gives an invitation that was not accepted a new token and a new last day.
pub async fn renew(tx: &mut Tx, id: InvitationId, token_hash: &str, expires_at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE invitation SET token_hash = $1, expires_at = $2, withdrawn_at = NULL
         WHERE id = $3 AND accepted_at IS NULL",
        token_hash,
        time(expires_at),
        id.to_string()
    )
    .map(|_| ())
}

/// Notes that an invitation was accepted; says whether it was still to be.
pub async fn accept(tx: &mut Tx, id: InvitationId, by: PersonId, at: Timestamp) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE invitation SET accepted_at = $1, accepted_by = $2
         WHERE id = $3 AND accepted_at IS NULL AND withdrawn_at IS NULL",
        time(at),
        by.to_string(),
        id.to_string()
    )?;
    Ok(touched == 1)
}
