//! Passwords: setting one, and signing in with it. Throttled per account, so that nobody else is held up.

use std::sync::{LazyLock, OnceLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::Timestamp;
use keyline_domain::access::{Actor, throttle};
use keyline_domain::ids::secret_hash;
use keyline_store::sign_in::{self, Means};
use keyline_store::{Source, audit, people};
use serde_json::json;
use tokio::sync::Semaphore;

use super::sessions::open_session;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Fewest characters of a password (NCSC and NIST SP 800-63B: length rather than rules).
pub const SHORTEST: usize = 12;
/// Most characters of a password; more would only cost time.
pub const LONGEST: usize = 200;

// A hash takes 19 MiB and tens of milliseconds: two at a time leave the machine to the others.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

async fn on_the_side<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(Refused::fault)?;
    tokio::task::spawn_blocking(work).await.map_err(Refused::fault)
}

async fn hash(password: String) -> Result<String> {
    on_the_side(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()))
        .await?
        .map_err(|e| Refused::fault(anyhow::anyhow!("hashing a password: {e}")))
}

async fn matches(password: String, stored: Option<String>) -> Result<bool> {
    // For an account that is not there the same work is done, so that the time does not tell.
    static DECOY: OnceLock<String> = OnceLock::new();
    on_the_side(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| {
            DECOY
                .get_or_init(|| {
                    Argon2::default()
                        .hash_password(b"nobody's password")
                        .map(|h| h.to_string())
                        .unwrap_or_default()
                })
                .clone()
        });
        PasswordHash::new(&stored).is_ok_and(|parsed| {
            Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known
        })
    })
    .await
}

/// What became of a sign-in with a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Signed in; the token for the cookie.
    SignedIn(String),
    /// The password was right; the token of a session that waits for the code.
    CodeWanted(String),
    /// Address or password are wrong; which, is not said.
    Wrong,
    /// Too many wrong ones for this account: heard again at this instant.
    Wait(Timestamp),
}

/// Signs in with address and password. Audit entry `sign-in.done` or `sign-in.failed`.
///
/// The wait is asked for twice: before the hash is worked out, to spare the work, and again inside the transaction
/// that counts, so that guesses which arrive together are counted one by one. What comes while a wait runs is
/// answered alike whether it was right or wrong.
pub async fn sign_in(cx: &Cx, email: &str, password: &str, device: &str) -> Result<Outcome> {
    let email = email.trim().to_lowercase();
    let key = secret_hash(&format!("account {email}"));
    let account = {
        let mut reader = cx.read().await?;
        if let Some(until) = wait_of(failures(&mut reader, &key, cx.now()).await?, cx.now()) {
            return Ok(Outcome::Wait(until));
        }
        people::find_by_email(&mut reader, &email).await?.filter(|a| a.disabled_at.is_none())
    };
    let stored = account.and_then(|a| a.password_hash);
    let right = password.chars().count() <= LONGEST && matches(password.to_owned(), stored.clone()).await?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let counted = failures(&mut tx, &key, now).await?;
    if let Some(until) = wait_of(counted, now) {
        return Ok(Outcome::Wait(until));
    }
    // As it stands now: it may have been disabled, or given another password, while the hash was worked out.
    let account = people::find_by_email(&mut tx, &email)
        .await?
        .filter(|a| right && a.disabled_at.is_none() && a.password_hash == stored);
    let Some(account) = account else {
        let count = counted.map_or(0, |(n, _)| n).saturating_add(1);
        sign_in::set_failures(&mut tx, &key, count, now).await?;
        audit::add(
            &mut tx,
            now,
            None,
            &Actor::Public,
            "sign-in.failed",
            "account",
            &json!({ "in_a_row": count }),
        )
        .await?;
        tx.commit().await?;
        return Ok(Outcome::Wrong);
    };
    sign_in::set_failures(&mut tx, &key, 0, now).await?;
    let person = account.person();
    let outcome = if account.totp_sealed.is_some() {
        Outcome::CodeWanted(open_session(cx, &mut tx, &person, Means::AwaitingCode, device).await?)
    } else {
        Outcome::SignedIn(open_session(cx, &mut tx, &person, Means::Password, device).await?)
    };
    tx.commit().await?;
    Ok(outcome)
}

pub(crate) type Failures = Option<(u32, Timestamp)>;

pub(crate) async fn failures(source: &mut impl Source, key: &str, now: Timestamp) -> Result<Failures> {
    Ok(sign_in::failures(source, key).await?.filter(|(_, last)| !throttle::forgotten(*last, now)))
}

pub(crate) fn wait_of(failures: Failures, now: Timestamp) -> Option<Timestamp> {
    failures.map(|(count, last)| throttle::next_attempt(count, last)).filter(|next| *next > now)
}

/// Sets or changes the own password. A session opened by a link may set it without the old one. Other sessions end.
/// Audit entry `password.set`.
///
/// # Errors
/// [`Refused::Fields`] when the old password is wrong or the new one too short or like the address.
pub async fn set_password(
    cx: &Cx,
    actor: &Actor,
    session: &sign_in::Session,
    old: &str,
    new: &str,
    again: &str,
) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let account = people::find(&mut cx.read().await?, person).await?.ok_or(Refused::Hidden)?;
    if account.password_hash.is_some()
        && session.means != Means::Link
        && !matches(old.to_owned(), account.password_hash.clone()).await?
    {
        return Err(Refused::field("old", "problem-password-old"));
    }
    let length = new.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(Refused::field("new", "problem-password-length"));
    }
    let local = account.email.split('@').next().unwrap_or_default();
    if new.to_lowercase().contains(local) && local.len() > 3 {
        return Err(Refused::field("new", "problem-password-like-address"));
    }
    if new != again {
        return Err(Refused::field("again", "problem-password-again"));
    }
    let hashed = hash(new.to_owned()).await?;
    let mut tx = cx.db.begin().await?;
    let mut account = people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    account.password_hash = Some(hashed);
    people::save(&mut tx, &account).await?;
    let ended = sign_in::end_other_sessions(&mut tx, person, &session.token_hash).await?;
    audit::add(
        &mut tx,
        cx.now(),
        None,
        actor,
        "password.set",
        &person.to_string(),
        &json!({ "sessions_ended": ended }),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
