//! Setting up an inspection: one programme version in one area, with its lead.

use jiff::civil::Date;
use keyline_domain::access::{Actor, Role};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::inspections::{self, Inspection, members};
use keyline_store::{audit, people};
use serde_json::json;

use crate::access::administers;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A member of the team from the first day.
#[derive(Debug, Clone)]
pub struct FirstMember {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Scrutiny body, key of the programme.
    pub body: Option<String>,
}

/// What an inspection is set up with.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// Id of the programme.
    pub programme: String,
    /// Version; `None` takes the latest.
    pub version: Option<String>,
    /// Key of the council area.
    pub area: String,
    /// Planned day of the notification.
    pub starts_on: Date,
    /// The team. At least a lead.
    pub team: Vec<FirstMember>,
}

/// Sets up an inspection: pins the programme version and adds the team. Audit entry `inspection.set-up`.
///
/// # Errors
/// [`Refused::Hidden`] unless an administrator or the console acts; [`Refused::Fields`] for an unknown programme or
/// area, without a lead, or when the area has an inspection of this programme from the same day.
pub async fn set_up(cx: &Cx, actor: &Actor, input: SetUp) -> Result<InspectionId> {
    administers(actor)?;
    let programme = match &input.version {
        Some(version) => cx.library.programme(&input.programme, version),
        None => cx.library.latest(&input.programme),
    }
    .ok_or_else(|| Refused::field("programme", "problem-unknown-programme"))?;
    let council =
        cx.library.council(&input.area).ok_or_else(|| Refused::field("area", "problem-unknown-area"))?;
    if !input.team.iter().any(|m| m.role == Role::Lead) {
        return Err(Refused::field("lead", "problem-lead-missing"));
    }
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let id = InspectionId::new(now, cx.random());
    // A form that was sent twice sets up one inspection.
    if let Some(there) = inspections::same(&mut tx, &programme.id, &council.key, input.starts_on).await? {
        let reason = Reason::new("set-up-twice").with("reference", there);
        return Err(Refused::Fields(vec![FieldProblem::new("starts_on", reason)]));
    }
    // An area can have more than one inspection in a year.
    let plain = format!("{}-{}", council.key, input.starts_on.year());
    let mut reference = plain.clone();
    let mut number = 1;
    while inspections::resolve(&mut tx, &reference).await?.is_some() {
        number += 1;
        reference = format!("{plain}-{number}");
    }
    let row = Inspection {
        id,
        reference,
        programme: programme.id.clone(),
        programme_version: programme.version.clone(),
        programme_digest: programme.digest.clone(),
        area: council.key.clone(),
        starts_on: input.starts_on,
        notified_on: None,
        closed_on: None,
        created_at: now,
        version: 1,
    };
    inspections::add(&mut tx, &row).await?;
    for member in &input.team {
        people::find(&mut tx, member.person).await?.ok_or(Refused::Hidden)?;
        members::add(&mut tx, id, member.person, member.role, member.body.as_deref(), now).await?;
    }
    let team: Vec<_> =
        input.team.iter().map(|m| json!({ "person": m.person, "role": m.role, "body": m.body })).collect();
    audit::add(
        &mut tx,
        now,
        Some(id),
        actor,
        "inspection.set-up",
        &id.to_string(),
        &json!({ "programme": programme.id, "version": programme.version, "digest": programme.digest,
            "area": council.key, "starts_on": input.starts_on, "team": team }),
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}
