//! Passkeys, and the ceremonies under way in which one is made or used.

use jiff::Timestamp;
use keyline_domain::ids::{CeremonyId, PasskeyId, PersonId};

use crate::error::Result;
use crate::rows::{json, read, read_optional, time};
use crate::{Source, Tx};

/// A passkey of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Passkey {
    /// Id.
    pub id: PasskeyId,
    /// Whose it is.
    pub person: PersonId,
    /// Id of the credential, as the authenticator names it.
    pub credential_id: String,
    /// The credential, as the WebAuthn library writes it.
    pub credential: serde_json::Value,
    /// Name that the person gave.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

row! { struct PasskeyRow {
    id: String, person_id: String, credential_id: String, credential: String, name: String, created_at: String,
    last_used_at: Option<String>,
} }

impl PasskeyRow {
    fn passkey(self) -> Result<Passkey> {
        let t = "passkey";
        Ok(Passkey {
            id: read(t, "id", &self.id, &self.id)?,
            person: read(t, "person_id", &self.id, &self.person_id)?,
            credential: json(t, "credential", &self.id, &self.credential)?,
            created_at: read(t, "created_at", &self.id, &self.created_at)?,
            last_used_at: read_optional(t, "last_used_at", &self.id, self.last_used_at.as_deref())?,
            credential_id: self.credential_id,
            name: self.name,
        })
    }
}

/// Adds a passkey.
pub async fn add(tx: &mut Tx, p: &Passkey) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO passkey (id, person_id, credential_id, credential, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        p.id.to_string(),
        p.person.to_string(),
        &p.credential_id,
        p.credential.to_string(),
        &p.name,
        time(p.created_at)
    )
    .map(|_| ())
}

/// The passkeys of a person, oldest first.
pub async fn list_of(source: &mut impl Source, person: PersonId) -> Result<Vec<Passkey>> {
    fetch_all!(
        source,
        PasskeyRow,
        "SELECT * FROM passkey WHERE person_id = $1 ORDER BY created_at, id",
        person.to_string()
    )?
    .into_iter()
    .map(PasskeyRow::passkey)
    .collect()
}

/// Notes that a passkey was used, with its new counter.
pub async fn used(tx: &mut Tx, id: PasskeyId, credential: &serde_json::Value, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE passkey SET credential = $1, last_used_at = $2 WHERE id = $3",
        credential.to_string(),
        time(at),
        id.to_string()
    )
    .map(|_| ())
}

/// Removes a passkey of a person; says whether there was one.
pub async fn remove(tx: &mut Tx, person: PersonId, id: PasskeyId) -> Result<bool> {
    let touched = execute!(
        tx,
        "DELETE FROM passkey WHERE id = $1 AND person_id = $2",
        id.to_string(),
        person.to_string()
    )?;
    Ok(touched > 0)
}

/// Keeps the state of a ceremony, and clears those that nobody finished.
pub async fn begin_ceremony(
    tx: &mut Tx,
    id: CeremonyId,
    person: Option<PersonId>,
    state: &serde_json::Value,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(tx, "DELETE FROM ceremony WHERE expires_at < $1", time(now))?;
    execute!(
        tx,
        "INSERT INTO ceremony (id, person_id, state, expires_at) VALUES ($1, $2, $3, $4)",
        id.to_string(),
        person.map(|p| p.to_string()),
        state.to_string(),
        time(expires_at)
    )
    .map(|_| ())
}

/// Takes the state of a ceremony out: it can be finished once.
pub async fn take_ceremony(
    tx: &mut Tx,
    id: CeremonyId,
    now: Timestamp,
) -> Result<Option<(Option<PersonId>, serde_json::Value)>> {
    let row = fetch_optional!(
        tx,
        (Option<String>, String),
        "DELETE FROM ceremony WHERE id = $1 AND expires_at > $2 RETURNING person_id, state",
        id.to_string(),
        time(now)
    )?;
    row.map(|(person, state)| {
        let id = id.to_string();
        Ok((
            read_optional("ceremony", "person_id", &id, person.as_deref())?,
            json("ceremony", "state", &id, &state)?,
        ))
    })
    .transpose()
}
