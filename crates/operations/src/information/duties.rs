//! Who writes what the public is told.

use keyline_domain::access::{Actor, Duty, ServiceAction, duty_permits};
use keyline_domain::ids::PersonId;
use keyline_store::{Source, Tx, audit, information as rows, people};
use serde_json::json;

use crate::access::administers;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Whether a person may do something for the service as a whole.
///
/// # Errors
/// When the duties cannot be read.
pub async fn may(source: &mut impl Source, person: PersonId, action: ServiceAction) -> Result<bool> {
    Ok(rows::duties_of(source, person).await?.into_iter().any(|duty| duty_permits(duty, action)))
}

/// Begins the transaction of a verb after asking whether the actor may do it.
pub(super) async fn begin(cx: &Cx, actor: &Actor, action: ServiceAction) -> Result<(Tx, PersonId)> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let mut tx = cx.db.begin().await?;
    if !may(&mut tx, person, action).await? {
        return Err(Refused::Hidden);
    }
    Ok((tx, person))
}

/// Gives somebody a duty, or takes it away. Audit entry `duty.given` or `duty.taken`; none when nothing changes.
///
/// # Errors
/// [`Refused::Hidden`] unless an administrator or the console acts, or when the person is unknown.
pub async fn set_duty(cx: &Cx, actor: &Actor, person: PersonId, duty: Duty, given: bool) -> Result<()> {
    administers(actor)?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    if rows::set_duty(&mut tx, person, duty, given, now).await? {
        let action = if given { "duty.given" } else { "duty.taken" };
        let detail = json!({ "duty": duty });
        audit::add(&mut tx, now, None, actor, action, &person.to_string(), &detail).await?;
    }
    Ok(tx.commit().await?)
}
