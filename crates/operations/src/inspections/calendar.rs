//! The private address of a person's calendar.

use keyline_domain::access::{Actor, Role};
use keyline_domain::ids::{PersonId, secret, secret_hash};
use keyline_domain::inspections::plan::PlannedStep;
use keyline_store::inspections::mine;
use keyline_store::{Source, audit};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Makes a calendar address for the person and ends the one before. Gives the address, which is shown once: its hash is
/// what is kept. Audit entry `calendar.made`.
///
/// # Errors
/// [`Refused::Hidden`] unless a person acts.
pub async fn make_calendar(cx: &Cx, actor: &Actor) -> Result<String> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let token = secret(cx.random());
    let mut tx = cx.db.begin().await?;
    let now = cx.now();
    mine::set_feed(&mut tx, person, &secret_hash(&token), now).await?;
    audit::add(&mut tx, now, None, actor, "calendar.made", &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(format!("{}/calendar/{token}.ics", cx.settings.public_address))
}

/// Ends the person's calendar address. Audit entry `calendar.ended`.
///
/// # Errors
/// [`Refused::Hidden`] unless a person acts who has one.
pub async fn end_calendar(cx: &Cx, actor: &Actor) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let mut tx = cx.db.begin().await?;
    let now = cx.now();
    if !mine::end_feed(&mut tx, person, now).await? {
        return Err(Refused::Hidden);
    }
    audit::add(&mut tx, now, None, actor, "calendar.ended", &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Whose calendar a token opens.
pub async fn calendar_owner(source: &mut impl Source, token: &str) -> Result<Option<PersonId>> {
    Ok(mine::feed_owner(source, &secret_hash(token)).await?)
}

/// The parties of a plan in which a role acts, as the programmes name them.
pub fn parties_of(role: Role) -> &'static [&'static str] {
    use Role as R;
    match role {
        R::Lead
        | R::Depute
        | R::Inspector
        | R::AssociateAssessor
        | R::YoungInspectionVolunteer
        | R::InvolvementAdviser
        | R::StrategicSupportOfficer
        | R::LinkInspector => &["team"],
        R::ServiceManager => &["team", "panel"],
        R::PanelChair | R::PanelMember => &["panel"],
        R::InspectionCoordinator
        | R::ParticipationLead
        | R::LocalLeadForConcerns
        | R::RecordReader
        | R::ChiefOfficer => &["partnership"],
    }
}

/// Whether somebody with these roles acts in a step.
pub fn acts_in(roles: &[Role], step: &PlannedStep) -> bool {
    roles.iter().flat_map(|role| parties_of(*role)).any(|party| step.parties.iter().any(|p| p == party))
}
