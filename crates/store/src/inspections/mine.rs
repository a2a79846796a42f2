//! What one person has across inspections: where the person takes part, what waits to be declared or decided, and the
//! private address of the calendar. Every statement starts from the person.

use jiff::Timestamp;
use keyline_domain::access::{Role, Standing};
use keyline_domain::ids::{InspectionId, PersonId};

use super::Inspection;
use crate::error::Result;
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// An inspection in which a person takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    /// The inspection.
    pub inspection: Inspection,
    /// What the person is in it.
    pub standing: Standing,
    /// Whether anything has been declared, be it without an interest or waiting for a decision.
    pub said: bool,
}

row! { struct MineRow {
    id: String, reference: String, programme: String, programme_version: String, programme_digest: String,
    area: String, starts_on: String, notified_on: Option<String>, closed_on: Option<String>, created_at: String,
    version: i64, role: String, body: Option<String>, has_interest: Option<bool>, cleared: Option<bool>,
} }

/// The inspections of a person with the person's roles, newest first.
pub async fn list(source: &mut impl Source, person: PersonId) -> Result<Vec<Mine>> {
    let rows = fetch_all!(
        source,
        MineRow,
        "SELECT i.id, i.reference, i.programme, i.programme_version, i.programme_digest, i.area, i.starts_on,
           i.notified_on, i.closed_on, i.created_at, i.version, m.role, m.body, d.has_interest, d.cleared
         FROM membership m JOIN inspection i ON i.id = m.inspection_id
         LEFT JOIN interest d ON d.inspection_id = m.inspection_id AND d.person_id = m.person_id
         WHERE m.person_id = $1 AND m.ended_at IS NULL ORDER BY i.starts_on DESC, i.id, m.role",
        person.to_string()
    )?;
    let mut mine: Vec<Mine> = Vec::new();
    for r in rows {
        let (t, id) = ("inspection", r.id);
        let inspection: InspectionId = read(t, "id", &id, &id)?;
        let role: Role = read("membership", "role", &id, &r.role)?;
        if let Some(last) = mine.last_mut().filter(|m| m.inspection.id == inspection) {
            last.standing.roles.push(role);
            last.standing.body = last.standing.body.take().or(r.body);
            continue;
        }
        mine.push(Mine {
            standing: Standing {
                inspection,
                roles: vec![role],
                body: r.body,
                declared: r.has_interest.is_some_and(|has| !has || r.cleared == Some(true)),
            },
            said: r.has_interest.is_some(),
            inspection: Inspection {
                id: inspection,
                starts_on: read(t, "starts_on", &id, &r.starts_on)?,
                notified_on: read_optional(t, "notified_on", &id, r.notified_on.as_deref())?,
                closed_on: read_optional(t, "closed_on", &id, r.closed_on.as_deref())?,
                created_at: read(t, "created_at", &id, &r.created_at)?,
                reference: r.reference,
                programme: r.programme,
                programme_version: r.programme_version,
                programme_digest: r.programme_digest,
                area: r.area,
                version: r.version,
            },
        });
    }
    Ok(mine)
}

/// In which of a person's inspections declared interests of others wait for a decision, and how many.
pub async fn interests_waiting(
    source: &mut impl Source,
    person: PersonId,
) -> Result<Vec<(InspectionId, u32)>> {
    fetch_all!(
        source,
        (String, i64),
        "SELECT d.inspection_id, COUNT(*) FROM interest d
         WHERE d.has_interest AND d.cleared IS NULL AND d.person_id <> $1
           AND d.inspection_id IN (SELECT m.inspection_id FROM membership m
             WHERE m.person_id = $1 AND m.ended_at IS NULL)
           AND EXISTS (SELECT 1 FROM membership o WHERE o.inspection_id = d.inspection_id
             AND o.person_id = d.person_id AND o.ended_at IS NULL)
         GROUP BY d.inspection_id",
        person.to_string()
    )?
    .into_iter()
    .map(|(id, count)| Ok((read("interest", "inspection_id", &id, &id)?, u32::try_from(count).unwrap_or(0))))
    .collect()
}

/// Gives a person a calendar address and ends the one before.
pub async fn set_feed(tx: &mut Tx, person: PersonId, token_hash: &str, at: Timestamp) -> Result<()> {
    end_feed(tx, person, at).await?;
    execute!(
        tx,
        "INSERT INTO calendar_feed (token_hash, person_id, created_at) VALUES ($1, $2, $3)",
        token_hash,
        person.to_string(),
        time(at)
    )
    .map(|_| ())
}

/// Ends the calendar address of a person; says whether there was one.
pub async fn end_feed(tx: &mut Tx, person: PersonId, at: Timestamp) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE calendar_feed SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL",
        time(at),
        person.to_string()
    )?;
    Ok(touched > 0)
}

/// Since when a person has a calendar address.
pub async fn feed_since(source: &mut impl Source, person: PersonId) -> Result<Option<Timestamp>> {
    fetch_optional!(
        source,
        (String,),
        "SELECT created_at FROM calendar_feed WHERE person_id = $1 AND ended_at IS NULL",
        person.to_string()
    )?
    .map(|(at,)| read("calendar_feed", "created_at", "(feed)", &at))
    .transpose()
}

/// Whose calendar a token opens; nobody's when it was ended or the account disabled.
pub async fn feed_owner(source: &mut impl Source, token_hash: &str) -> Result<Option<PersonId>> {
    fetch_optional!(
        source,
        (String,),
        "SELECT f.person_id FROM calendar_feed f JOIN person p ON p.id = f.person_id
         WHERE f.token_hash = $1 AND f.ended_at IS NULL AND p.disabled_at IS NULL",
        token_hash
    )?
    .map(|(id,)| read("calendar_feed", "person_id", "(feed)", &id))
    .transpose()
}
