//! Sessions: opening, finding, ending; and links that sign in.

use jiff::{SignedDuration, Timestamp};
use keyline_domain::access::{Actor, Person};
use keyline_domain::ids::{PersonId, secret, secret_hash};
use keyline_store::sign_in::{self, Means, Session, SignedIn};
use keyline_store::{Tx, audit, people};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Minutes between two notes that a session was used: a page view is not a write.
const TOUCH_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The longest life of a session, however busy.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes a link that signs a person in, once and for an hour; reusable and for a year in the demonstration.
/// Audit entry `sign-in.link-made`. The link itself is given to the caller and nobody else.
///
/// # Errors
/// [`Refused::Hidden`] unless the console or an administrator acts, or the person is unknown.
pub async fn make_link(cx: &Cx, actor: &Actor, person: PersonId, reusable: bool) -> Result<String> {
    match actor {
        Actor::Console => {}
        Actor::Person(p) if p.administrator && !reusable => {}
        _ => return Err(Refused::Hidden),
    }
    let mut tx = cx.db.begin().await?;
    people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    let now = cx.now();
    let token = secret(cx.random());
    let life = if reusable { SignedDuration::from_hours(365 * 24) } else { SignedDuration::from_hours(1) };
    let expires = now.checked_add(life).unwrap_or(now);
    sign_in::add_link(&mut tx, &secret_hash(&token), person, now, expires, reusable).await?;
    audit::add(&mut tx, now, None, actor, "sign-in.link-made", &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(format!("{}/sign-in/link/{token}", cx.settings.public_address))
}

/// Opens a session by a link. Gives the token for the cookie. Audit entry `sign-in.done`.
///
/// # Errors
/// [`Refused::Hidden`] when the link is unknown, used or too old.
pub async fn sign_in_by_link(cx: &Cx, token: &str, device: &str) -> Result<String> {
    let mut tx = cx.db.begin().await?;
    let hash = secret_hash(token);
    let link = sign_in::find_link(&mut tx, &hash, cx.now()).await?.ok_or(Refused::Hidden)?;
    let account = people::find(&mut tx, link.person).await?.ok_or(Refused::Hidden)?;
    if account.disabled_at.is_some() {
        return Err(Refused::Hidden);
    }
    sign_in::use_link(&mut tx, &hash, cx.now()).await?;
    let token = open_session(cx, &mut tx, &account.person(), Means::Link, device).await?;
    tx.commit().await?;
    Ok(token)
}

/// Opens a session inside a transaction of a sign-in and gives the token for the cookie.
pub(crate) async fn open_session(
    cx: &Cx,
    tx: &mut Tx,
    person: &Person,
    means: Means,
    device: &str,
) -> Result<String> {
    let now = cx.now();
    let token = secret(cx.random());
    let life = if means == Means::AwaitingCode {
        SignedDuration::from_mins(10)
    } else {
        SignedDuration::from_hours(cx.settings.idle_hours)
    };
    let session = Session {
        token_hash: secret_hash(&token),
        person: person.id,
        means,
        device: device.chars().take(80).collect(),
        created_at: now,
        seen_at: now,
        expires_at: now.checked_add(life).unwrap_or(now),
    };
    sign_in::add_session(tx, &session).await?;
    if means != Means::AwaitingCode {
        let actor = Actor::Person(person.clone());
        audit::add(
            tx,
            now,
            None,
            &actor,
            "sign-in.done",
            &person.id.to_string(),
            &json!({ "means": means.word() }),
        )
        .await?;
    }
    Ok(token)
}

/// The live session of a cookie's token. Notes now and then that it was used; when that cannot be noted, because the
/// disk is full, nobody is signed out by it.
pub async fn find_session(cx: &Cx, token: &str) -> Result<Option<SignedIn>> {
    let now = cx.now();
    let hash = secret_hash(token);
    let mut reader = cx.read().await?;
    let Some(found) = sign_in::find_session(&mut reader, &hash, now).await? else { return Ok(None) };
    drop(reader);
    if is_note_due(&found.session, now) {
        match note(cx, &hash, now, extended(cx, &found.session, now)).await {
            Err(Refused::Full) => {}
            other => other?,
        }
    }
    Ok(Some(found))
}

async fn note(cx: &Cx, hash: &str, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    let mut tx = cx.db.begin_apart().await?;
    sign_in::touch_session(&mut tx, hash, now, expires_at).await?;
    Ok(tx.commit().await?)
}

/// Whether a use of a session at `now` is to be noted: the last note is older than a quarter of an hour.
pub fn is_note_due(session: &Session, now: Timestamp) -> bool {
    session.means != Means::AwaitingCode && now.duration_since(session.seen_at) > TOUCH_AFTER
}

fn extended(cx: &Cx, session: &Session, now: Timestamp) -> Timestamp {
    let idle = now.checked_add(SignedDuration::from_hours(cx.settings.idle_hours)).unwrap_or(now);
    let last = session.created_at.checked_add(LONGEST).unwrap_or(now);
    idle.min(last)
}

/// Ends the session of a cookie's token. Audit entry `sign-out`.
pub async fn sign_out(cx: &Cx, actor: &Actor, token: &str) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    end_session(cx, actor, &secret_hash(token), person).await
}

/// Ends one of the person's own sessions by the hash that the list shows. Audit entry `sign-out`.
///
/// # Errors
/// [`Refused::Hidden`] when the session is not the person's own.
pub async fn end_own_session(cx: &Cx, actor: &Actor, token_hash: &str) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    end_session(cx, actor, token_hash, person).await
}

async fn end_session(cx: &Cx, actor: &Actor, token_hash: &str, person: PersonId) -> Result<()> {
    let mut tx = cx.db.begin().await?;
    if !sign_in::end_session(&mut tx, person, token_hash).await? {
        return Err(Refused::Hidden);
    }
    cx.keyring().forget(token_hash);
    audit::add(&mut tx, cx.now(), None, actor, "sign-out", &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}
