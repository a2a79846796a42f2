//! The care keys of people.

use jiff::Timestamp;
use keyline_domain::access::Role;
use keyline_domain::ids::{InspectionId, PersonId};

use super::seals::PublicKey;
use crate::error::Result;
use crate::rows::{read, time};
use crate::{Source, Tx};

/// A care key as it is stored.
#[derive(Debug, Clone)]
pub struct CareKey {
    /// Whose.
    pub person: PersonId,
    /// To what is sealed.
    pub public: PublicKey,
    /// Salt of the passphrase.
    pub salt: Vec<u8>,
    /// The secret, sealed under the passphrase.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub made_at: Timestamp,
}

row! { struct KeyRow { person_id: String, public: Vec<u8>, salt: Vec<u8>, sealed: Vec<u8>, made_at: String } }

/// The key of a person.
pub async fn find(source: &mut impl Source, person: PersonId) -> Result<Option<CareKey>> {
    fetch_optional!(
        source,
        KeyRow,
        "SELECT person_id, public, salt, sealed, made_at FROM care_key WHERE person_id = $1",
        person.to_string()
    )?
    .map(|row| {
        Ok(CareKey {
            person,
            public: PublicKey::read(&row.public)?,
            made_at: read("care_key", "made_at", &row.person_id, &row.made_at)?,
            salt: row.salt,
            sealed: row.sealed,
        })
    })
    .transpose()
}

/// Keeps a key in place of the one before.
pub async fn save(tx: &mut Tx, key: &CareKey) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO care_key (person_id, public, salt, sealed, made_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (person_id) DO UPDATE SET public = excluded.public, salt = excluded.salt,
           sealed = excluded.sealed, made_at = excluded.made_at",
        key.person.to_string(),
        key.public.bytes(),
        &key.salt,
        &key.sealed,
        time(key.made_at)
    )
    .map(|_| ())
}

/// The people with one of these roles in an inspection whose account is live, each with the public key if there is one,
/// in the order of the roles.
pub async fn holders(
    source: &mut impl Source,
    inspection: InspectionId,
    roles: &[Role],
) -> Result<Vec<(PersonId, Role, Option<PublicKey>)>> {
    let mut found = Vec::new();
    for role in roles {
        let rows = fetch_all!(
            source,
            (String, Option<Vec<u8>>),
            "SELECT m.person_id, k.public FROM membership m
             JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
             LEFT JOIN care_key k ON k.person_id = m.person_id
             WHERE m.inspection_id = $1 AND m.role = $2 AND m.ended_at IS NULL ORDER BY m.since, m.person_id",
            inspection.to_string(),
            role.word()
        )?;
        for (person, public) in rows {
            let public = public.map(|bytes| PublicKey::read(&bytes)).transpose()?;
            found.push((read("membership", "person_id", &person, &person)?, *role, public));
        }
    }
    Ok(found)
}

/// Says that a person is away, or is back.
pub async fn set_away(tx: &mut Tx, person: PersonId, until: Option<Timestamp>) -> Result<()> {
    let id = person.to_string();
    match until {
        Some(until) => execute!(
            tx,
            "INSERT INTO care_away (person_id, until_at) VALUES ($1, $2)
             ON CONFLICT (person_id) DO UPDATE SET until_at = excluded.until_at",
            &id,
            time(until)
        ),
        None => execute!(tx, "DELETE FROM care_away WHERE person_id = $1", &id),
    }
    .map(|_| ())
}

/// Until when a person is away, if so at `now`.
pub async fn away(source: &mut impl Source, person: PersonId, now: Timestamp) -> Result<Option<Timestamp>> {
    let id = person.to_string();
    fetch_optional!(
        source,
        (String,),
        "SELECT until_at FROM care_away WHERE person_id = $1 AND until_at > $2",
        &id,
        time(now)
    )?
    .map(|(until,)| read("care_away", "until_at", &id, &until))
    .transpose()
}
