//! Who sends from a device: its owner's address and the device's own password. Wrong ones are throttled per account, as
//! when signing in.
//!
//! It says who asks and nothing more: what that person may do in the inspection is decided by the policy, at each request.

use jiff::Timestamp;
use keyline_domain::access::{Actor, Person};
use keyline_domain::ids::{InspectionId, secret_hash};
use keyline_domain::voices::devices::DevicePassword;
use keyline_store::{audit, inspections, people, sign_in, voices};
use serde_json::json;

use super::passwords::{failures, wait_of};
use crate::context::Cx;
use crate::refused::Result;

/// What the hash of a device's password is bound to: a device of one inspection does not open another.
pub(crate) fn place(inspection: InspectionId) -> String {
    format!("device_password/hash/{inspection}")
}

fn key_of(email: &str) -> String {
    secret_hash(&format!("device of {}", email.trim().to_lowercase()))
}

/// Tells who sends, and into which inspection; none when the inspection, the address or the password is wrong.
///
/// A right password leaves nothing behind, since it would tell when an answer to a survey was sent. It is heard while
/// wrong ones are held up, too: nobody guesses 100 random bits, and a device that was ended and goes on asking must not
/// hold up the other devices of its owner.
pub async fn who_sends(
    cx: &Cx,
    reference: &str,
    email: &str,
    password: &str,
) -> Result<Option<(Person, InspectionId)>> {
    let mut reader = cx.read().await?;
    let inspection = inspections::resolve(&mut reader, reference).await?;
    let email = email.trim().to_lowercase();
    let account = people::find_by_email(&mut reader, &email).await?.filter(|a| a.disabled_at.is_none());
    let (Some(inspection), Some(account), Some(password)) =
        (inspection, account, DevicePassword::read(password))
    else {
        return Ok(None);
    };
    // The hash is looked for and not compared, so the time says nothing about how much of it was right.
    let hash = cx.vault.hash(&place(inspection), password.plain().as_bytes());
    let is_right = voices::devices::is_password(&mut reader, inspection, account.id, &hash).await?;
    Ok(is_right.then(|| (account.person(), inspection)))
}

/// Until when wrong passwords for an account are not even counted.
pub async fn held_until(cx: &Cx, email: &str) -> Result<Option<Timestamp>> {
    let now = cx.now();
    Ok(wait_of(failures(&mut cx.read().await?, &key_of(email), now).await?, now))
}

/// Counts a wrong password. Audit entry `sign-in.failed`.
pub async fn count_wrong(cx: &Cx, email: &str) -> Result<()> {
    let (key, now) = (key_of(email), cx.now());
    let mut tx = cx.db.begin().await?;
    let counted = failures(&mut tx, &key, now).await?;
    // Asked again inside, so that guesses which arrive together are counted one by one.
    if wait_of(counted, now).is_some() {
        return Ok(());
    }
    let count = counted.map_or(0, |(n, _)| n).saturating_add(1);
    sign_in::set_failures(&mut tx, &key, count, now).await?;
    let detail = json!({ "in_a_row": count });
    audit::add(&mut tx, now, None, &Actor::Public, "sign-in.failed", "device", &detail).await?;
    tx.commit().await?;
    Ok(())
}
