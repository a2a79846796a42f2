//! Recovery: three custodians, any two of whom open again what somebody has lost the passphrase to.

use keyline_domain::access::Actor;
use keyline_domain::concerns::required;
use keyline_domain::ids::{PersonId, RecoveryId};
use keyline_store::care::keys;
use keyline_store::care::recovery::{self, PAIRS, Request};
use keyline_store::care::seals::SecretKey;
use keyline_store::care::texts::{self, Holder};
use keyline_store::{audit, people};
use serde_json::json;
use zeroize::Zeroizing;

use super::asking;
use super::circle::{opened, share_owner};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Makes a recovery key and splits its secret among three custodians; it is kept nowhere whole. What is sealed from now
/// on is sealed to it too, and what is sealed already when somebody who holds it unlocks next. A further one can be made
/// when a custodian leaves; what the earlier one holds stays with its custodians. Audit entry `care-recovery.made`.
///
/// # Errors
/// [`Refused::Hidden`] unless an administrator or the console acts; [`Refused::Fields`] when they are not three different
/// people who have care keys.
pub async fn make_recovery(cx: &Cx, actor: &Actor, three: [PersonId; 3]) -> Result<()> {
    let by = match actor {
        Actor::Console => None,
        Actor::Person(p) if p.administrator => Some(p.id),
        _ => return Err(Refused::Hidden),
    };
    if three[0] == three[1] || three[0] == three[2] || three[1] == three[2] {
        return Err(Refused::field("custodian", "care-custodians-differ"));
    }
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let mut publics = Vec::new();
    for person in three {
        people::find(&mut tx, person)
            .await?
            .filter(|a| a.disabled_at.is_none())
            .ok_or_else(|| Refused::field("custodian", "care-custodian-key"))?;
        let key = keys::find(&mut tx, person).await?;
        publics.push(key.ok_or_else(|| Refused::field("custodian", "care-custodian-key"))?.public);
    }
    let generation = recovery::current(&mut tx).await?.map_or(1, |(g, _)| g + 1);
    let (secret, public) = SecretKey::make(cx.random());
    let mut halves = Vec::new();
    for (pair, (one, other)) in (0_i64..).zip(PAIRS) {
        let place = recovery::place(generation, pair);
        let (a, b) = recovery::split(&secret, cx.random());
        halves.push((pair, three[one], publics[one].seal(&place, &*a, cx.random())?));
        halves.push((pair, three[other], publics[other].seal(&place, &*b, cx.random())?));
    }
    recovery::add(&mut tx, generation, &public, by, now, &halves).await?;
    let detail = json!({ "custodians": three.map(|p| p.to_string()) });
    audit::add(&mut tx, now, None, actor, "care-recovery.made", &generation.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// Asks the custodians for what was sealed to the lost key: by mail, and on their start page. The new key has been made
/// before. Audit entry `care-recovery.asked`.
///
/// # Errors
/// [`Refused::NotNow`] without a new key or a recovery key; [`Refused::Fields`] without a reason.
pub async fn ask_recovery(cx: &Cx, actor: &Actor, reason: &str) -> Result<RecoveryId> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    if let Some(problem) = required("reason", reason, 1_000) {
        return Err(Refused::Fields(vec![problem]));
    }
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    keys::find(&mut tx, person).await?.ok_or_else(|| Refused::reason("care-no-key"))?;
    let (generation, _) =
        recovery::current(&mut tx).await?.ok_or_else(|| Refused::reason("care-no-recovery"))?;
    let open = recovery::open_requests(&mut tx).await?;
    if let Some(own) = open.iter().find(|r| r.person == person) {
        return Ok(own.id);
    }
    let id = RecoveryId::new(now, cx.random());
    let reason = reason.trim().to_owned();
    let detail = json!({ "reason": &reason });
    let request = Request { id, person, generation, reason, asked_at: now, done_at: None };
    recovery::ask(&mut tx, &request).await?;
    asking::queue(cx, &mut tx, &request).await?;
    audit::add(&mut tx, now, None, actor, "care-recovery.asked", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// How many people wait for this custodian to give their half.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked_of(cx: &Cx, custodian: PersonId) -> Result<usize> {
    let mut reader = cx.read().await?;
    let mut waiting = 0;
    for request in recovery::open_requests(&mut reader).await? {
        let is_asked = request.person != custodian
            && recovery::custodians(&mut reader, request.generation).await?.contains(&custodian);
        let gave = |given: &[(i64, PersonId, Vec<u8>)]| given.iter().any(|(_, by, _)| *by == custodian);
        if is_asked && !gave(&recovery::given(&mut reader, request.id).await?) {
            waiting += 1;
        }
    }
    Ok(waiting)
}

/// A custodian gives the own halves for a request, sealed to the key of whoever asked. Audit entry
/// `care-recovery.given`.
///
/// # Errors
/// [`Refused::Hidden`] for who is no custodian of it, or asks for themselves; [`Refused::NotNow`] when the own key is not
/// unlocked.
pub async fn give_half(cx: &Cx, actor: &Actor, session: &str, request: RecoveryId) -> Result<()> {
    let secret = opened(cx, actor, session).await?;
    let custodian = actor.person().ok_or(Refused::Hidden)?.id;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let open = recovery::open_requests(&mut tx).await?;
    let request = open.into_iter().find(|r| r.id == request).ok_or(Refused::Hidden)?;
    let halves = recovery::halves_of(&mut tx, request.generation, custodian).await?;
    if halves.is_empty() || request.person == custodian {
        return Err(Refused::Hidden);
    }
    let to = keys::find(&mut tx, request.person).await?.ok_or(Refused::Hidden)?.public;
    for (pair, sealed) in halves {
        let place = recovery::place(request.generation, pair);
        let half = secret.open(&place, &sealed).map_err(|_| Refused::reason("care-half-lost"))?;
        let again = to.seal(&place, &half, cx.random())?;
        recovery::give_half(&mut tx, request.id, pair, custodian, &again, now).await?;
    }
    let detail = json!({ "for": request.person.to_string() });
    audit::add(&mut tx, now, None, actor, "care-recovery.given", &request.id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// Puts the recovery key together from the halves of two custodians, in memory, gives the own key everything that it holds
/// and the person may read, and forgets it. The halves that were given go. Audit entry `care-recovery.done` with how many
/// texts were opened.
///
/// # Errors
/// [`Refused::NotNow`] while fewer than two custodians have given theirs, or when the own key is not unlocked.
pub async fn recover(cx: &Cx, actor: &Actor, session: &str) -> Result<u32> {
    let own = opened(cx, actor, session).await?;
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let open = recovery::open_requests(&mut tx).await?;
    let request = open.into_iter().find(|r| r.person == person).ok_or(Refused::Hidden)?;
    let given = recovery::given(&mut tx, request.id).await?;
    let half = |pair: i64, sealed: &[u8]| -> Result<recovery::Half> {
        let bytes = own.open(&recovery::place(request.generation, pair), sealed)?;
        Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(Refused::fault)?))
    };
    let public = recovery::public_of(&mut tx, request.generation).await?;
    let whole = given
        .chunk_by(|a, b| a.0 == b.0)
        .find(|of_pair| of_pair.len() == 2)
        .ok_or_else(|| Refused::reason("care-recovery-waits"))?;
    let (one, other) = (half(whole[0].0, &whole[0].2)?, half(whole[1].0, &whole[1].2)?);
    let secret = recovery::join(&one, &other, &public)?;
    let holder = Holder::Recovery(request.generation);
    let mut count = 0_u32;
    for owner in texts::owners_held(&mut tx, &holder).await? {
        let before = texts::keys_of(&mut tx, &owner, &Holder::Person(person)).await?.len();
        share_owner(cx, &mut tx, &owner, &holder, &secret).await?;
        let after = texts::keys_of(&mut tx, &owner, &Holder::Person(person)).await?.len();
        count += u32::try_from(after - before.min(after)).unwrap_or(0);
    }
    recovery::finish(&mut tx, request.id, now).await?;
    let detail = json!({ "texts": count });
    audit::add(&mut tx, now, None, actor, "care-recovery.done", &request.id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(count)
}
