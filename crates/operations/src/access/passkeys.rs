//! Passkeys (WebAuthn): making one, signing in with one, taking one away. A passkey proves the person by itself, so it
//! asks for no second factor, and it is not throttled: it cannot be guessed.

use jiff::SignedDuration;
use keyline_domain::access::Actor;
use keyline_domain::ids::{CeremonyId, PasskeyId, PersonId};
use keyline_store::passkeys::{self, Passkey as Row};
use keyline_store::sign_in::Means;
use keyline_store::{audit, people};
use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::sessions::open_session;
use crate::context::Cx;
use crate::refused::{Refused, Result};

fn webauthn(cx: &Cx) -> Result<Webauthn> {
    let origin = Url::parse(&cx.settings.public_address).map_err(Refused::fault)?;
    // An address of numbers cannot have passkeys; people on the same machine reach it as localhost.
    let host = match origin.host_str() {
        Some("127.0.0.1" | "[::1]") | None => "localhost".to_owned(),
        Some(host) => host.to_owned(),
    };
    let mut local = origin.clone();
    local.set_host(Some(&host)).map_err(Refused::fault)?;
    WebauthnBuilder::new(&host, &local).and_then(|b| b.rp_name("Keyline").build()).map_err(Refused::fault)
}

/// A ceremony that the browser takes part in: its id, and what the browser is asked.
#[derive(Debug, Clone)]
pub struct Ceremony {
    /// To be given back with the answer.
    pub id: CeremonyId,
    /// What the browser is asked, as JSON.
    pub challenge: Value,
}

async fn begin(cx: &Cx, person: Option<PersonId>, state: Value, challenge: Value) -> Result<Ceremony> {
    let now = cx.now();
    let id = CeremonyId::new(now, cx.random());
    let expires = now.checked_add(SignedDuration::from_mins(5)).unwrap_or(now);
    let mut tx = cx.db.begin_apart().await?;
    passkeys::begin_ceremony(&mut tx, id, person, &state, now, expires).await?;
    tx.commit().await?;
    Ok(Ceremony { id, challenge })
}

/// Begins making a passkey for the person who is signed in.
pub async fn begin_registration(cx: &Cx, actor: &Actor) -> Result<Ceremony> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let (account, known) = {
        let mut reader = cx.read().await?;
        (
            people::find(&mut reader, person).await?.ok_or(Refused::Hidden)?,
            passkeys::list_of(&mut reader, person).await?,
        )
    };
    let exclude = known
        .iter()
        .filter_map(|k| serde_json::from_value::<Passkey>(k.credential.clone()).ok())
        .map(|k| k.cred_id().clone())
        .collect();
    let (challenge, state) = webauthn(cx)?
        .start_passkey_registration(person.uuid(), &account.email, &account.name, Some(exclude))
        .map_err(Refused::fault)?;
    let mut challenge = serde_json::to_value(challenge).map_err(Refused::fault)?;
    // Signing in asks for no address, so the passkey has to be found by the device itself.
    challenge["publicKey"]["authenticatorSelection"]["residentKey"] = json!("required");
    challenge["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(true);
    begin(cx, Some(person), serde_json::to_value(state).map_err(Refused::fault)?, challenge).await
}

/// Ends making a passkey. Audit entry `passkey.made`.
///
/// # Errors
/// [`Refused::NotNow`] when the ceremony is too old or the device's answer is not good.
pub async fn finish_registration(
    cx: &Cx,
    actor: &Actor,
    ceremony: CeremonyId,
    name: &str,
    answer: Value,
) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let bad = || Refused::reason("passkey-not-made");
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let (whose, state) = passkeys::take_ceremony(&mut tx, ceremony, now).await?.ok_or_else(bad)?;
    if whose != Some(person) {
        return Err(Refused::Hidden);
    }
    let state: PasskeyRegistration = serde_json::from_value(state).map_err(|_| bad())?;
    let answer: RegisterPublicKeyCredential = serde_json::from_value(answer).map_err(|_| bad())?;
    let passkey = webauthn(cx)?.finish_passkey_registration(&answer, &state).map_err(|_| bad())?;
    let name = name.trim();
    let id = PasskeyId::new(now, cx.random());
    let row = Row {
        id,
        person,
        credential_id: blake3::hash(passkey.cred_id().as_ref()).to_hex().to_string(),
        credential: serde_json::to_value(&passkey).map_err(Refused::fault)?,
        name: if name.is_empty() { "Passkey".into() } else { name.chars().take(60).collect() },
        created_at: now,
        last_used_at: None,
    };
    passkeys::add(&mut tx, &row).await?;
    audit::add(&mut tx, now, None, actor, "passkey.made", &id.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes away a passkey of the person. Audit entry `passkey.removed`.
///
/// # Errors
/// [`Refused::Hidden`] when it is not the person's own.
pub async fn remove(cx: &Cx, actor: &Actor, id: PasskeyId) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let mut tx = cx.db.begin().await?;
    if !passkeys::remove(&mut tx, person, id).await? {
        return Err(Refused::Hidden);
    }
    audit::add(&mut tx, cx.now(), None, actor, "passkey.removed", &id.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Begins signing in with a passkey. Says nothing of who has one.
pub async fn begin_sign_in(cx: &Cx) -> Result<Ceremony> {
    let (challenge, state) = webauthn(cx)?.start_discoverable_authentication().map_err(Refused::fault)?;
    let mut challenge = serde_json::to_value(challenge).map_err(Refused::fault)?;
    // The person presses a button, so the browser may ask at once.
    if let Some(object) = challenge.as_object_mut() {
        object.remove("mediation");
    }
    begin(cx, None, serde_json::to_value(state).map_err(Refused::fault)?, challenge).await
}

/// Ends signing in with a passkey and gives the token for the cookie. Audit entry `sign-in.done`.
///
/// # Errors
/// [`Refused::NotNow`] when the ceremony is too old or the passkey is not good.
pub async fn finish_sign_in(cx: &Cx, ceremony: CeremonyId, answer: Value, device: &str) -> Result<String> {
    let bad = || Refused::reason("passkey-not-good");
    let now = cx.now();
    let webauthn = webauthn(cx)?;
    let mut tx = cx.db.begin().await?;
    let (_, state) = passkeys::take_ceremony(&mut tx, ceremony, now).await?.ok_or_else(bad)?;
    let state: DiscoverableAuthentication = serde_json::from_value(state).map_err(|_| bad())?;
    let answer: PublicKeyCredential = serde_json::from_value(answer).map_err(|_| bad())?;
    let (uuid, used) = webauthn.identify_discoverable_authentication(&answer).map_err(|_| bad())?;
    let person = PersonId::from_uuid(uuid);
    let account = people::find(&mut tx, person).await?.filter(|a| a.disabled_at.is_none()).ok_or_else(bad)?;
    let credential_id = blake3::hash(used).to_hex().to_string();
    let row = passkeys::list_of(&mut tx, person)
        .await?
        .into_iter()
        .find(|row| row.credential_id == credential_id)
        .ok_or_else(bad)?;
    let mut passkey: Passkey = serde_json::from_value(row.credential).map_err(Refused::fault)?;
    let result = webauthn
        .finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&passkey))
        .map_err(|_| bad())?;
    passkey.update_credential(&result);
    let credential = serde_json::to_value(passkey).map_err(Refused::fault)?;
    passkeys::used(&mut tx, row.id, &credential, now).await?;
    let token = open_session(cx, &mut tx, &account.person(), Means::Passkey, device).await?;
    tx.commit().await?;
    Ok(token)
}
