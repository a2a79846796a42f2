//! Making a care key, unlocking it for a session, locking it.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, Version};
use bip39::Language;
use keyline_domain::access::Actor;
use keyline_domain::ids::{PersonId, secret_hash};
use keyline_store::care::keys::{self, CareKey};
use keyline_store::care::recovery;
use keyline_store::care::seals::SecretKey;
use keyline_store::care::texts::{self, Holder};
use keyline_store::vault::Vault;
use keyline_store::{audit, sign_in};
use serde_json::json;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::access::passwords::{failures, wait_of};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Fewest characters of a passphrase. It stands between a stolen database and what is sealed, so it is longer than a
/// password.
pub const SHORTEST: usize = 20;
/// Most characters.
pub const LONGEST: usize = 300;

// 64 MiB and three passes: RFC 9106's second choice, for a step that a person takes a few times a day.
static HARD: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(64 * 1024, 3, 1, Some(32)).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

// One at a time: together they would take the memory of a small server.
static TURN: Semaphore = Semaphore::const_new(1);

async fn key_of(passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let _turn = TURN.acquire().await.map_err(Refused::fault)?;
    // However somebody spaces and capitalises the words.
    let passphrase = Zeroizing::new(folded(passphrase));
    let salt = salt.to_vec();
    tokio::task::spawn_blocking(move || {
        let mut key = Zeroizing::new([0; 32]);
        HARD.hash_password_into(passphrase.as_bytes(), &salt, &mut *key)
            .map_err(|e| Refused::fault(anyhow::anyhow!("deriving a key: {e}")))?;
        Ok(key)
    })
    .await
    .map_err(Refused::fault)?
}

fn folded(passphrase: &str) -> String {
    passphrase.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn place(person: PersonId) -> String {
    format!("care_key/{person}")
}

/// A passphrase to take: six words of 2,048, 66 random bits.
pub fn suggested(cx: &Cx) -> String {
    let mut bytes = [0; 12];
    cx.random().fill(&mut bytes);
    let list = Language::English.word_list();
    let words =
        bytes.chunks(2).map(|two| list[usize::from(u16::from_be_bytes([two[0], two[1]])) % list.len()]);
    words.collect::<Vec<_>>().join(" ")
}

fn check(passphrase: &str, again: &str) -> Result<()> {
    let length = folded(passphrase).chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(Refused::field("passphrase", "care-passphrase-length"));
    }
    if folded(passphrase) != folded(again) {
        return Err(Refused::field("again", "care-passphrase-again"));
    }
    Ok(())
}

/// Makes the own care key. Texts that so far only the installation holds and that the person may read are given to it at
/// once. Audit entry `care-key.made`.
///
/// # Errors
/// [`Refused::Fields`] for a passphrase that is too short or typed in two ways; [`Refused::NotNow`] when there is one.
pub async fn make_key(cx: &Cx, actor: &Actor, session: &str, passphrase: &str, again: &str) -> Result<()> {
    make(cx, actor, session, passphrase, again, false).await
}

/// Makes a care key in place of one whose passphrase is lost: what was sealed to the old one is closed to the person until
/// two custodians or a colleague open it again. Audit entry `care-key.made`.
///
/// # Errors
/// As [`make_key`]; [`Refused::Fields`] on `understood` unless the person has said that they know what it means.
pub async fn replace_key(
    cx: &Cx,
    actor: &Actor,
    session: &str,
    (passphrase, again): (&str, &str),
    understood: bool,
) -> Result<()> {
    check(passphrase, again)?;
    if !understood {
        return Err(Refused::field("understood", "care-lost-understood-needed"));
    }
    make(cx, actor, session, passphrase, again, true).await
}

async fn make(
    cx: &Cx,
    actor: &Actor,
    session: &str,
    passphrase: &str,
    again: &str,
    replaces: bool,
) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    check(passphrase, again)?;
    let mut salt = vec![0; 16];
    cx.random().fill(&mut salt);
    let (secret, public) = SecretKey::make(cx.random());
    let key = key_of(passphrase, &salt).await?;
    let sealed = Vault::new(*key).seal(&place(person), secret.bytes(), cx.random())?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let again = keys::find(&mut tx, person).await?.is_some();
    if again && !replaces {
        return Err(Refused::reason("care-has-key"));
    }
    if again {
        // A custodian whose halves nobody can open any more would be one of two only in name.
        texts::take_all(&mut tx, &Holder::Person(person)).await?;
    }
    keys::save(&mut tx, &CareKey { person, public, salt, sealed, made_at: now }).await?;
    audit::add(&mut tx, now, None, actor, "care-key.made", &person.to_string(), &json!({ "again": again }))
        .await?;
    super::circle::from_installation(cx, &mut tx, person).await?;
    tx.commit().await?;
    cx.keyring().forget_person(person);
    cx.keyring().put(session, person, secret, now);
    Ok(())
}

/// Whether somebody has a care key.
pub async fn has_key(cx: &Cx, person: PersonId) -> Result<bool> {
    Ok(keys::find(&mut cx.read().await?, person).await?.is_some())
}

/// Unlocks the own care key for this session, and gives keys on to colleagues who should have them and do not yet. Wrong
/// passphrases are throttled per account. Audit entry `care-key.unlocked` or `care-key.refused`.
///
/// # Errors
/// [`Refused::Fields`] when the passphrase is wrong, or has to wait; [`Refused::Hidden`] without a key.
pub async fn unlock(cx: &Cx, actor: &Actor, session: &str, passphrase: &str) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let throttle = secret_hash(&format!("care {person}"));
    let (key, counted) = {
        let mut reader = cx.read().await?;
        let counted = failures(&mut reader, &throttle, cx.now()).await?;
        (keys::find(&mut reader, person).await?.ok_or(Refused::Hidden)?, counted)
    };
    if wait_of(counted, cx.now()).is_some() {
        return Err(Refused::field("passphrase", "care-passphrase-wait"));
    }
    let derived = key_of(passphrase, &key.salt).await?;
    let opened = Vault::new(*derived).open_value(&place(person), &key.sealed).map(Zeroizing::new);
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let counted = failures(&mut tx, &throttle, now).await?;
    if wait_of(counted, now).is_some() {
        return Err(Refused::field("passphrase", "care-passphrase-wait"));
    }
    let Ok(opened) = opened else {
        let count = counted.map_or(0, |(n, _)| n).saturating_add(1);
        sign_in::set_failures(&mut tx, &throttle, count, now).await?;
        let detail = json!({ "in_a_row": count });
        audit::add(&mut tx, now, None, actor, "care-key.refused", &person.to_string(), &detail).await?;
        tx.commit().await?;
        return Err(Refused::field("passphrase", "care-passphrase-wrong"));
    };
    let secret = SecretKey::read(&opened)?;
    sign_in::set_failures(&mut tx, &throttle, 0, now).await?;
    audit::add(&mut tx, now, None, actor, "care-key.unlocked", &person.to_string(), &json!({})).await?;
    super::circle::share(cx, &mut tx, person, &secret).await?;
    tx.commit().await?;
    cx.keyring().put(session, person, secret, now);
    Ok(())
}

/// Changes the passphrase; the key stays the same. Audit entry `care-key.passphrase`.
///
/// # Errors
/// [`Refused::Fields`] for a passphrase that is too short or typed in two ways; [`Refused::Hidden`] when the key is not
/// unlocked.
pub async fn change_passphrase(
    cx: &Cx,
    actor: &Actor,
    session: &str,
    passphrase: &str,
    again: &str,
) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let secret = cx.keyring().get(session, person, cx.now()).ok_or(Refused::Hidden)?;
    check(passphrase, again)?;
    let mut salt = vec![0; 16];
    cx.random().fill(&mut salt);
    let key = key_of(passphrase, &salt).await?;
    let sealed = Vault::new(*key).seal(&place(person), secret.bytes(), cx.random())?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    keys::save(&mut tx, &CareKey { person, public: secret.public()?, salt, sealed, made_at: now }).await?;
    audit::add(&mut tx, now, None, actor, "care-key.passphrase", &person.to_string(), &json!({})).await?;
    Ok(tx.commit().await?)
}

/// Gives up the unlocked secret of this session.
pub fn lock(cx: &Cx, session: &str) {
    cx.keyring().forget(session);
}

/// Whether the recovery key has been made, and whether a person is one of its custodians.
pub async fn custody(cx: &Cx, person: PersonId) -> Result<Option<(i64, bool)>> {
    let mut reader = cx.read().await?;
    let Some((generation, _)) = recovery::current(&mut reader).await? else { return Ok(None) };
    let custodians = recovery::custodians(&mut reader, generation).await?;
    Ok(Some((generation, custodians.contains(&person))))
}
