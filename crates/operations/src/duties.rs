//! What people do for the service as a whole: given and taken by administrators, who do none of it by being one.

use keyline_domain::access::{Actor, Duty, ServiceAction, duty_permits};
use keyline_domain::ids::PersonId;
use keyline_store::{Source, Tx, audit, duties, people, volunteers};
use serde_json::json;

use crate::access::administers;
use crate::care::circle;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Whether a person may do something for the service as a whole.
///
/// # Errors
/// When the duties cannot be read.
pub async fn may(source: &mut impl Source, person: PersonId, action: ServiceAction) -> Result<bool> {
    Ok(duties::of(source, person).await?.into_iter().any(|duty| duty_permits(duty, action)))
}

/// The person who acts, when they may do it.
///
/// # Errors
/// [`Refused::Hidden`] when they may not.
pub async fn who_may(source: &mut impl Source, actor: &Actor, action: ServiceAction) -> Result<PersonId> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    if may(source, person, action).await? { Ok(person) } else { Err(Refused::Hidden) }
}

/// Begins the transaction of a verb after asking whether the actor may do it.
pub(crate) async fn begin(cx: &Cx, actor: &Actor, action: ServiceAction) -> Result<(Tx, PersonId)> {
    let mut tx = cx.db.begin().await?;
    let person = who_may(&mut tx, actor, action).await?;
    Ok((tx, person))
}

/// Gives somebody a duty, or takes it away. Who is to read what is sealed gets what waits for them, if they have a key.
/// Audit entry `duty.given` or `duty.taken`; none when nothing changes.
///
/// # Errors
/// [`Refused::Hidden`] unless an administrator or the console acts, or when the person is unknown; [`Refused::Fields`] for a
/// young inspection volunteer who would look after themselves.
pub async fn set_duty(cx: &Cx, actor: &Actor, person: PersonId, duty: Duty, given: bool) -> Result<()> {
    administers(actor)?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    // A volunteer would decide about the own money.
    if given && duty == Duty::VolunteerLead && volunteers::find_by_person(&mut tx, person).await?.is_some() {
        return Err(Refused::field("person", "volunteer-supporter-wrong"));
    }
    if duties::set(&mut tx, person, duty, given, now).await? {
        if given && duty.reads_sealed() {
            circle::from_installation(cx, &mut tx, person).await?;
        }
        let action = if given { "duty.given" } else { "duty.taken" };
        let detail = json!({ "duty": duty });
        audit::add(&mut tx, now, None, actor, action, &person.to_string(), &detail).await?;
    }
    Ok(tx.commit().await?)
}
