//! Who does what for the service as a whole.

use jiff::Timestamp;
use keyline_domain::access::Duty;
use keyline_domain::ids::PersonId;

use crate::care::seals::PublicKey;
use crate::error::Result;
use crate::rows::{read, time};
use crate::{Source, Tx};

const TABLE: &str = "duty";

/// The duties of a person; none of somebody whose account has ended.
pub async fn of(source: &mut impl Source, person: PersonId) -> Result<Vec<Duty>> {
    let rows: Vec<(String,)> = fetch_all!(
        source,
        (String,),
        "SELECT d.duty FROM duty d JOIN person p ON p.id = d.person_id
         WHERE d.person_id = $1 AND p.disabled_at IS NULL ORDER BY d.duty",
        person.to_string()
    )?;
    rows.iter().map(|(duty,)| read(TABLE, "duty", &person.to_string(), duty)).collect()
}

/// Somebody with a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Which.
    pub duty: Duty,
    /// Since when.
    pub since: Timestamp,
    /// Whether they have a care key.
    pub has_key: bool,
}

row! { struct GivenRow { person_id: String, name: String, duty: String, since: String, keys: i64 } }

/// Every duty with who has it, by name; those whose account has ended among them.
pub async fn list(source: &mut impl Source) -> Result<Vec<Given>> {
    fetch_all!(
        source,
        GivenRow,
        "SELECT d.person_id, p.name, d.duty, d.since,
           (SELECT COUNT(*) FROM care_key k WHERE k.person_id = d.person_id) AS keys
         FROM duty d JOIN person p ON p.id = d.person_id ORDER BY p.name, d.duty"
    )?
    .into_iter()
    .map(|r| {
        let id = r.person_id;
        Ok(Given {
            person: read(TABLE, "person_id", &id, &id)?,
            name: r.name,
            duty: read(TABLE, "duty", &id, &r.duty)?,
            since: read(TABLE, "since", &id, &r.since)?,
            has_key: r.keys > 0,
        })
    })
    .collect()
}

/// Who has a duty, with the public key if there is one; nobody whose account has ended.
pub async fn holders(source: &mut impl Source, duty: Duty) -> Result<Vec<(PersonId, Option<PublicKey>)>> {
    fetch_all!(
        source,
        (String, Option<Vec<u8>>),
        "SELECT d.person_id, k.public FROM duty d
         JOIN person p ON p.id = d.person_id AND p.disabled_at IS NULL
         LEFT JOIN care_key k ON k.person_id = d.person_id
         WHERE d.duty = $1 ORDER BY d.since, d.person_id",
        duty.word()
    )?
    .into_iter()
    .map(|(id, public)| {
        let person = read(TABLE, "person_id", &id, &id)?;
        Ok((person, public.map(|bytes| PublicKey::read(&bytes)).transpose()?))
    })
    .collect()
}

/// Gives a duty or takes it away; whether that changed anything.
pub async fn set(tx: &mut Tx, person: PersonId, duty: Duty, given: bool, at: Timestamp) -> Result<bool> {
    let touched = if given {
        execute!(
            tx,
            "INSERT INTO duty (person_id, duty, since) VALUES ($1, $2, $3) ON CONFLICT (person_id, duty) DO NOTHING",
            person.to_string(),
            duty.word(),
            time(at)
        )?
    } else {
        execute!(tx, "DELETE FROM duty WHERE person_id = $1 AND duty = $2", person.to_string(), duty.word())?
    };
    Ok(touched == 1)
}
