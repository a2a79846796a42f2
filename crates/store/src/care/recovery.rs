//! The recovery key and its custodians.
//!
//! The secret is split anew for each pair of the three custodians: one half is random, the other is the secret combined
//! with it (exclusive or). One half says nothing at all about the secret, both give it back; so any two custodians can put
//! it together, and one alone has three random numbers.

use jiff::Timestamp;
use keyline_domain::ids::{PersonId, Randomness, RecoveryId};
use zeroize::Zeroizing;

use super::seals::{PublicKey, SecretKey};
use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// The pairs of three custodians.
pub const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];

/// A half of the secret.
pub type Half = Zeroizing<[u8; 32]>;

/// Splits a secret in two halves.
pub fn split(secret: &SecretKey, random: &dyn Randomness) -> (Half, Half) {
    let mut one = Zeroizing::new([0; 32]);
    random.fill(&mut *one);
    (one.clone(), combined(&one, secret.bytes()))
}

/// Puts two halves together.
///
/// # Errors
/// When they do not belong together, or were changed.
pub fn join(one: &Half, other: &Half, public: &PublicKey) -> Result<SecretKey> {
    let secret = SecretKey::read(&*combined(one, other))?;
    if secret.public()? == *public { Ok(secret) } else { Err(Error::Sealed) }
}

fn combined(one: &[u8; 32], other: &[u8; 32]) -> Half {
    let mut both = Zeroizing::new(*one);
    for (byte, with) in both.iter_mut().zip(other) {
        *byte ^= with;
    }
    both
}

/// The place for which a half is sealed.
pub fn place(generation: i64, pair: i64) -> String {
    format!("care_half/{generation}/{pair}")
}

/// The recovery key that is in use: generation and public key.
pub async fn current(source: &mut impl Source) -> Result<Option<(i64, PublicKey)>> {
    let row = fetch_optional!(
        source,
        (i64, Vec<u8>),
        "SELECT generation, public FROM care_recovery ORDER BY generation DESC LIMIT 1"
    )?;
    row.map(|(generation, public)| Ok((generation, PublicKey::read(&public)?))).transpose()
}

/// The public key of a generation.
pub async fn public_of(source: &mut impl Source, generation: i64) -> Result<PublicKey> {
    let (public,) =
        fetch_one!(source, (Vec<u8>,), "SELECT public FROM care_recovery WHERE generation = $1", generation)?;
    PublicKey::read(&public)
}

/// Keeps a new recovery key with the halves of its custodians: pair, custodian, half sealed to them.
pub async fn add(
    tx: &mut Tx,
    generation: i64,
    public: &PublicKey,
    by: Option<PersonId>,
    at: Timestamp,
    halves: &[(i64, PersonId, Vec<u8>)],
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO care_recovery (generation, public, made_at, made_by) VALUES ($1, $2, $3, $4)",
        generation,
        public.bytes(),
        time(at),
        by.map(|p| p.to_string())
    )?;
    for (pair, person, sealed) in halves {
        execute!(
            tx,
            "INSERT INTO care_half (generation, pair, person_id, sealed) VALUES ($1, $2, $3, $4)",
            generation,
            *pair,
            person.to_string(),
            sealed
        )?;
    }
    Ok(())
}

/// The custodians of a generation.
pub async fn custodians(source: &mut impl Source, generation: i64) -> Result<Vec<PersonId>> {
    fetch_all!(
        source,
        (String,),
        "SELECT DISTINCT person_id FROM care_half WHERE generation = $1 ORDER BY person_id",
        generation
    )?
    .into_iter()
    .map(|(id,)| read("care_half", "person_id", &id, &id))
    .collect()
}

/// The halves of a custodian: pair, sealed.
pub async fn halves_of(
    source: &mut impl Source,
    generation: i64,
    custodian: PersonId,
) -> Result<Vec<(i64, Vec<u8>)>> {
    fetch_all!(
        source,
        (i64, Vec<u8>),
        "SELECT pair, sealed FROM care_half WHERE generation = $1 AND person_id = $2 ORDER BY pair",
        generation,
        custodian.to_string()
    )
}

/// A request for recovery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Id.
    pub id: RecoveryId,
    /// Who asks.
    pub person: PersonId,
    /// Of which recovery key.
    pub generation: i64,
    /// Why.
    pub reason: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

/// Keeps a request.
pub async fn ask(tx: &mut Tx, request: &Request) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO care_recovery_request (id, person_id, generation, reason, asked_at) VALUES ($1, $2, $3, $4, $5)",
        request.id.to_string(),
        request.person.to_string(),
        request.generation,
        &request.reason,
        time(request.asked_at)
    )
    .map(|_| ())
}

row! { struct RequestRow {
    id: String, person_id: String, generation: i64, reason: String, asked_at: String, done_at: Option<String>,
} }

/// The requests that are not done.
pub async fn open_requests(source: &mut impl Source) -> Result<Vec<Request>> {
    let t = "care_recovery_request";
    fetch_all!(
        source,
        RequestRow,
        "SELECT id, person_id, generation, reason, asked_at, done_at FROM care_recovery_request
         WHERE done_at IS NULL ORDER BY asked_at, id"
    )?
    .into_iter()
    .map(|r| {
        Ok(Request {
            id: read(t, "id", &r.id, &r.id)?,
            person: read(t, "person_id", &r.id, &r.person_id)?,
            generation: r.generation,
            asked_at: read(t, "asked_at", &r.id, &r.asked_at)?,
            done_at: read_optional(t, "done_at", &r.id, r.done_at.as_deref())?,
            reason: r.reason,
        })
    })
    .collect()
}

/// Gives a half for a request, sealed to the key of whoever asked.
pub async fn give_half(
    tx: &mut Tx,
    request: RecoveryId,
    pair: i64,
    custodian: PersonId,
    sealed: &[u8],
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO care_given_half (request_id, pair, custodian_id, sealed, given_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (request_id, pair, custodian_id) DO UPDATE SET sealed = excluded.sealed",
        request.to_string(),
        pair,
        custodian.to_string(),
        sealed,
        time(at)
    )
    .map(|_| ())
}

/// The halves that were given for a request: pair, custodian, sealed.
pub async fn given(source: &mut impl Source, request: RecoveryId) -> Result<Vec<(i64, PersonId, Vec<u8>)>> {
    fetch_all!(
        source,
        (i64, String, Vec<u8>),
        "SELECT pair, custodian_id, sealed FROM care_given_half WHERE request_id = $1 ORDER BY pair, custodian_id",
        request.to_string()
    )?
    .into_iter()
    .map(|(pair, id, sealed)| Ok((pair, read("care_given_half", "custodian_id", &id, &id)?, sealed)))
    .collect()
}

/// A request is done, or given up: the halves go.
pub async fn finish(tx: &mut Tx, request: RecoveryId, at: Timestamp) -> Result<()> {
    execute!(tx, "DELETE FROM care_given_half WHERE request_id = $1", request.to_string())?;
    execute!(tx, "UPDATE care_recovery_request SET done_at = $1 WHERE id = $2", time(at), request.to_string())
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::super::Counting;
    use super::*;

    #[test]
    fn two_halves_of_a_pair_give_the_secret_back_and_nothing_else_does() {
        let random = Counting::from(3);
        let (secret, public) = SecretKey::make(&random);
        let pairs: Vec<_> = PAIRS.iter().map(|_| split(&secret, &random)).collect();
        for (one, other) in &pairs {
            assert_eq!(join(one, other, &public).unwrap().bytes(), secret.bytes());
            assert_ne!(**one, *secret.bytes());
            assert_ne!(**other, *secret.bytes());
        }
        // A custodian alone has one half of two different pairs.
        assert!(join(&pairs[0].0, &pairs[1].0, &public).is_err());
        assert!(join(&pairs[0].1, &pairs[2].0, &public).is_err());
        // Each custodian is in two of the three pairs, and any two share one.
        for custodian in 0..3 {
            assert_eq!(PAIRS.iter().filter(|(a, b)| *a == custodian || *b == custodian).count(), 2);
        }
    }
}
