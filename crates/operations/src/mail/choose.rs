//! Whether a person wants the digest.

use keyline_domain::access::Actor;
use keyline_store::{audit, mail};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Sets whether the person wants the digest. Audit entry `digest.chosen`, of no inspection.
///
/// # Errors
/// [`Refused::Hidden`] unless a person acts.
pub async fn choose_digest(cx: &Cx, actor: &Actor, wants: bool) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    mail::set_wants_digest(&mut tx, person, wants, now).await?;
    let detail = json!({ "wants": wants });
    audit::add(&mut tx, now, None, actor, "digest.chosen", &person.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}
