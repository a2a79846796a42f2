//! Who has which role in an inspection, and what was declared.

use std::collections::HashMap;

use jiff::Timestamp;
use keyline_domain::access::{Grant, Role, Standing};
use keyline_domain::ids::{InspectionId, PersonId};

use crate::error::Result;
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

row! { struct StandingRow { role: String, body: Option<String>, declared: bool } }

/// What a person is in an inspection: live roles, scrutiny body, and whether it has opened to the person.
pub async fn standing(
    source: &mut impl Source,
    inspection: InspectionId,
    person: PersonId,
) -> Result<Option<Standing>> {
    let rows = fetch_all!(
        source,
        StandingRow,
        "SELECT m.role, m.body,
           EXISTS (SELECT 1 FROM interest d WHERE d.inspection_id = m.inspection_id AND d.person_id = m.person_id
             AND (NOT d.has_interest OR d.cleared IS NOT NULL AND d.cleared)) AS declared
         FROM membership m
         WHERE m.inspection_id = $1 AND m.person_id = $2 AND m.ended_at IS NULL ORDER BY m.role",
        inspection.to_string(),
        person.to_string()
    )?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut standing = Standing { inspection, roles: Vec::new(), body: None, declared: false };
    for row in rows {
        standing.roles.push(read("membership", "role", &inspection.to_string(), &row.role)?);
        standing.body = standing.body.or(row.body);
        standing.declared = row.declared;
    }
    Ok(Some(standing))
}

/// Gives a person a role, or gives it back.
pub async fn add(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    role: Role,
    body: Option<&str>,
    since: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO membership (inspection_id, person_id, role, body, since) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (inspection_id, person_id, role)
         DO UPDATE SET body = excluded.body, since = excluded.since, ended_at = NULL",
        inspection.to_string(),
        person.to_string(),
        role.word(),
        body,
        time(since)
    )
    .map(|_| ())
}

/// Ends a role; says whether it was live.
pub async fn end(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    role: Role,
    at: Timestamp,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE membership SET ended_at = $1
         WHERE inspection_id = $2 AND person_id = $3 AND role = $4 AND ended_at IS NULL",
        time(at),
        inspection.to_string(),
        person.to_string(),
        role.word()
    )?;
    Ok(touched > 0)
}

/// A member as the people page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Whose role it is.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Designation.
    pub designation: String,
    /// Organisation.
    pub organisation: String,
    /// Address.
    pub email: String,
    /// The role.
    pub role: Role,
    /// Scrutiny body.
    pub body: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// The declaration, if made.
    pub interest: Option<Interest>,
}

/// A declaration of interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// Whether there is one.
    pub has_interest: bool,
    /// What it is.
    pub statement: String,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// The decision: may take part or not; `None` while it is not decided or needs no decision.
    pub cleared: Option<bool>,
    /// Why.
    pub decision_reason: Option<String>,
}

row! { struct NameRow { id: String, name: String } }

/// The names of everybody who has, or had, a role in the inspection: for saying who did something in it.
pub async fn names(source: &mut impl Source, grant: &Grant) -> Result<HashMap<PersonId, String>> {
    fetch_all!(
        source,
        NameRow,
        "SELECT id, name FROM person WHERE id IN (SELECT person_id FROM membership WHERE inspection_id = $1)",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| Ok((read("person", "id", &r.id, &r.id)?, r.name)))
    .collect()
}

row! { struct MemberRow {
    person_id: String, name: String, designation: String, organisation: String, email: String, role: String,
    body: Option<String>, since: String, has_interest: Option<bool>, statement: Option<String>,
    declared_at: Option<String>, cleared: Option<bool>, decision_reason: Option<String>,
} }

/// The live members of an inspection, by role and name.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Member>> {
    let rows = fetch_all!(
        source,
        MemberRow,
        "SELECT m.person_id, p.name, p.designation, p.organisation, p.email, m.role, m.body, m.since,
           d.has_interest, d.statement, d.declared_at, d.cleared, d.decision_reason
         FROM membership m JOIN person p ON p.id = m.person_id
         LEFT JOIN interest d ON d.inspection_id = m.inspection_id AND d.person_id = m.person_id
         WHERE m.inspection_id = $1 AND m.ended_at IS NULL ORDER BY p.name, m.role",
        grant.inspection().to_string()
    )?;
    let mut members = rows
        .into_iter()
        .map(|r| {
            let id = r.person_id;
            let declared_at = read_optional("interest", "declared_at", &id, r.declared_at.as_deref())?;
            Ok(Member {
                person: read("membership", "person_id", &id, &id)?,
                role: read("membership", "role", &id, &r.role)?,
                since: read("membership", "since", &id, &r.since)?,
                interest: declared_at.map(|declared_at| Interest {
                    has_interest: r.has_interest.unwrap_or(false),
                    statement: r.statement.unwrap_or_default(),
                    declared_at,
                    cleared: r.cleared,
                    decision_reason: r.decision_reason,
                }),
                name: r.name,
                designation: r.designation,
                organisation: r.organisation,
                email: r.email,
                body: r.body,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    members.sort_by_key(|m| m.role);
    Ok(members)
}

row! { struct InterestRow {
    has_interest: bool, statement: String, declared_at: String, cleared: Option<bool>, decision_reason: Option<String>,
} }

/// What one member has declared, if anything.
pub async fn interest(
    source: &mut impl Source,
    inspection: InspectionId,
    person: PersonId,
) -> Result<Option<Interest>> {
    let id = person.to_string();
    fetch_optional!(
        source,
        InterestRow,
        "SELECT has_interest, statement, declared_at, cleared, decision_reason FROM interest
         WHERE inspection_id = $1 AND person_id = $2",
        inspection.to_string(),
        &id
    )?
    .map(|r| {
        Ok(Interest {
            declared_at: read("interest", "declared_at", &id, &r.declared_at)?,
            has_interest: r.has_interest,
            statement: r.statement,
            cleared: r.cleared,
            decision_reason: r.decision_reason,
        })
    })
    .transpose()
}

/// Writes the declaration of a member. A new one replaces the decision on the old one.
pub async fn declare(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    has_interest: bool,
    statement: &str,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO interest (inspection_id, person_id, has_interest, statement, declared_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (inspection_id, person_id) DO UPDATE SET has_interest = excluded.has_interest,
           statement = excluded.statement, declared_at = excluded.declared_at, cleared = NULL, decided_by = NULL,
           decided_at = NULL, decision_reason = NULL",
        inspection.to_string(),
        person.to_string(),
        has_interest,
        statement,
        time(at)
    )
    .map(|_| ())
}

/// Writes the decision on a declared interest; says whether there was one to decide.
pub async fn decide_interest(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    cleared: bool,
    reason: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE interest SET cleared = $1, decision_reason = $2, decided_by = $3, decided_at = $4
         WHERE inspection_id = $5 AND person_id = $6 AND has_interest",
        cleared,
        reason,
        by.to_string(),
        time(at),
        inspection.to_string(),
        person.to_string()
    )?;
    Ok(touched > 0)
}
