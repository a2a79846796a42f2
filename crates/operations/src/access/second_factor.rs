//! The second factor: a code that changes every half minute (RFC 6238). A code is used once.

use keyline_domain::access::{Actor, throttle};
use keyline_domain::ids::{PersonId, secret_hash};
use keyline_store::audit;
use keyline_store::people::{self, Account};
use keyline_store::sign_in::{self, Means, SignedIn};
use serde_json::json;
use totp_rs::{Builder, Secret, Totp};

use super::sessions::open_session;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What the person puts into an authenticator app.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The secret in letters and digits, to be typed.
    pub secret: String,
    /// The address in the picture.
    pub url: String,
}

fn place(person: PersonId) -> String {
    format!("person/totp/{person}")
}

fn totp(secret: Secret, email: &str) -> Result<Totp> {
    Builder::new()
        .with_secret(secret)
        .with_account_name(email.replace(':', " "))
        .with_issuer(Some("Keyline"))
        .build()
        .map_err(|e| Refused::fault(anyhow::anyhow!("making a code: {e}")))
}

fn offered(secret: Secret, email: &str) -> Result<Offered> {
    let text = secret.to_base32();
    let url = totp(secret, email)?.to_url().map_err(|e| Refused::fault(anyhow::anyhow!("{e}")))?;
    Ok(Offered { secret: text, url })
}

/// Makes a new secret for the person to put into an app. Nothing is stored until it is confirmed with a code.
pub async fn offer(cx: &Cx, actor: &Actor) -> Result<Offered> {
    let account = own(cx, actor).await?;
    let mut bytes = [0u8; 20];
    cx.random().fill(&mut bytes);
    offered(Secret::from(bytes.as_slice()), &account.email)
}

/// Shows again what was offered, for a form that comes back.
pub async fn offer_again(cx: &Cx, actor: &Actor, secret: &str) -> Result<Offered> {
    let account = own(cx, actor).await?;
    let secret =
        Secret::try_from_base32(secret.trim()).map_err(|_| Refused::field("code", "problem-code"))?;
    offered(secret, &account.email)
}

async fn own(cx: &Cx, actor: &Actor) -> Result<Account> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    people::find(&mut cx.read().await?, person).await?.ok_or(Refused::Hidden)
}

fn seconds(cx: &Cx) -> u64 {
    u64::try_from(cx.now().as_second()).unwrap_or(0)
}

/// Switches the second factor on, once a code proves that the app has the secret. Audit entry `second-factor.on`.
///
/// # Errors
/// [`Refused::Fields`] when the code is wrong.
pub async fn confirm(cx: &Cx, actor: &Actor, secret: &str, code: &str) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let wrong = || Refused::field("code", "problem-code");
    let secret = Secret::try_from_base32(secret.trim()).map_err(|_| wrong())?;
    let bytes = secret.as_ref().to_vec();
    let mut tx = cx.db.begin().await?;
    let mut account = people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    let step = totp(secret, &account.email)?.check(&tidy(code), seconds(cx)).ok_or_else(wrong)?;
    account.totp_sealed = Some(cx.vault.seal(&place(person), &bytes, cx.random())?);
    account.totp_last_step = i64::try_from(step).ok();
    people::save(&mut tx, &account).await?;
    audit::add(&mut tx, cx.now(), None, actor, "second-factor.on", &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Switches the second factor off; wants a code once more. Audit entry `second-factor.off`.
///
/// # Errors
/// [`Refused::Fields`] when the code is wrong.
pub async fn remove(cx: &Cx, actor: &Actor, code: &str) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let mut tx = cx.db.begin().await?;
    let mut account = people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    check(cx, &account, code)?.ok_or_else(|| Refused::field("code", "problem-code"))?;
    account.totp_sealed = None;
    account.totp_last_step = None;
    people::save(&mut tx, &account).await?;
    audit::add(&mut tx, cx.now(), None, actor, "second-factor.off", &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Switches every second factor off: the key that sealed them is lost, so none can be checked any more. Gives how many
/// there were. Audit entry `second-factor.all-off` with their number.
///
/// # Errors
/// [`Refused::Hidden`] unless the console acts.
pub async fn give_up_all(cx: &Cx, actor: &Actor) -> Result<u64> {
    if *actor != Actor::Console {
        return Err(Refused::Hidden);
    }
    let mut tx = cx.db.begin().await?;
    let accounts = people::forget_sealed(&mut tx).await?;
    let detail = json!({ "accounts": accounts });
    audit::add(&mut tx, cx.now(), None, actor, "second-factor.all-off", "accounts", &detail).await?;
    tx.commit().await?;
    Ok(accounts)
}

fn tidy(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

// The step of a right code that is newer than the last one used.
fn check(cx: &Cx, account: &Account, code: &str) -> Result<Option<i64>> {
    let Some(sealed) = &account.totp_sealed else { return Ok(None) };
    let bytes = cx.vault.open_value(&place(account.id), sealed)?;
    let step = totp(Secret::from(bytes.as_slice()), &account.email)?
        .check(&tidy(code), seconds(cx))
        .and_then(|s| i64::try_from(s).ok());
    Ok(step.filter(|s| account.totp_last_step.is_none_or(|last| *s > last)))
}

/// What became of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Signed in; the token for the cookie.
    SignedIn(String),
    /// Wrong or used before.
    Wrong,
    /// Too many wrong ones for this account: heard again at this instant.
    Wait(jiff::Timestamp),
}

/// Ends a sign-in that waits for its code. Audit entry `sign-in.done`.
pub async fn sign_in_with_code(cx: &Cx, waiting: &SignedIn, code: &str, device: &str) -> Result<Outcome> {
    let now = cx.now();
    let person = waiting.person.id;
    let key = secret_hash(&format!("code {person}"));
    let mut tx = cx.db.begin().await?;
    let failures =
        sign_in::failures(&mut tx, &key).await?.filter(|(_, last)| !throttle::forgotten(*last, now));
    if let Some((count, last)) = failures {
        let next = throttle::next_attempt(count, last);
        if next > now {
            return Ok(Outcome::Wait(next));
        }
    }
    let mut account = people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    let Some(step) = check(cx, &account, code)? else {
        let count = failures.map_or(0, |(n, _)| n).saturating_add(1);
        sign_in::set_failures(&mut tx, &key, count, now).await?;
        tx.commit().await?;
        return Ok(Outcome::Wrong);
    };
    account.totp_last_step = Some(step);
    people::save(&mut tx, &account).await?;
    sign_in::set_failures(&mut tx, &key, 0, now).await?;
    sign_in::end_session(&mut tx, person, &waiting.session.token_hash).await?;
    let token = open_session(cx, &mut tx, &account.person(), Means::PasswordAndCode, device).await?;
    tx.commit().await?;
    Ok(Outcome::SignedIn(token))
}
