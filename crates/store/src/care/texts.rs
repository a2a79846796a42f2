//! Sealed texts: each under a key of its own, which is sealed to everybody who may read it.

use std::fmt::Display;

use keyline_domain::ids::{PersonId, Randomness, TextId};
use zeroize::Zeroizing;

use super::seals::{PublicKey, SecretKey};
use crate::error::{Error, Result};
use crate::rows::read;
use crate::vault::Vault;
use crate::{Source, Tx};

/// Somebody, or something, that holds the key of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A person.
    Person(PersonId),
    /// The recovery key of a generation.
    Recovery(i64),
    /// Whoever has the receipt of the message.
    Receipt,
    /// The key file of the installation: only as long as nobody has a key, and for what the raiser of a concern is asked.
    Installation,
}

impl Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Person(id) => id.fmt(f),
            Self::Recovery(generation) => write!(f, "recovery:{generation}"),
            Self::Receipt => f.write_str("receipt"),
            Self::Installation => f.write_str("installation"),
        }
    }
}

/// A sealed text as it is stored.
#[derive(Debug, Clone)]
pub struct SealedText {
    /// Id.
    pub id: TextId,
    /// To what it belongs.
    pub owner: String,
    /// Which text of it.
    pub part: String,
    /// The text, sealed.
    pub sealed: Vec<u8>,
}

/// The key of one text, opened.
pub struct TextKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for TextKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TextKey(…)")
    }
}

fn place(id: TextId) -> String {
    format!("sealed_text/{id}")
}

impl TextKey {
    /// A new key.
    pub fn make(random: &dyn Randomness) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        random.fill(&mut *key);
        Self(key)
    }

    fn of_bytes(bytes: &[u8]) -> Result<Self> {
        Ok(Self(Zeroizing::new(bytes.try_into().map_err(|_| Error::Sealed)?)))
    }

    /// Opens the text.
    ///
    /// # Errors
    /// When it was sealed under another key.
    pub fn open(&self, text: &SealedText) -> Result<Zeroizing<Vec<u8>>> {
        Vault::new(*self.0).open_value(&place(text.id), &text.sealed).map(Zeroizing::new)
    }

    /// Seals this key to somebody else.
    ///
    /// # Errors
    /// When nothing can be sealed to that key.
    pub fn to(&self, id: TextId, public: &PublicKey, random: &dyn Randomness) -> Result<Vec<u8>> {
        public.seal(&place(id), &*self.0, random)
    }
}

/// The key of a text, opened with a secret.
///
/// # Errors
/// When it was sealed to another key.
pub fn key_with(secret: &SecretKey, id: TextId, wrapped: &[u8]) -> Result<TextKey> {
    TextKey::of_bytes(&secret.open(&place(id), wrapped)?)
}

/// The key of a text, opened with the key of the installation.
///
/// # Errors
/// When it was sealed under another key.
pub fn key_of_installation(vault: &Vault, id: TextId, wrapped: &[u8]) -> Result<TextKey> {
    TextKey::of_bytes(&Zeroizing::new(vault.open_value(&place(id), wrapped)?))
}

/// A text that is sealed and not kept yet. Sealing takes the time of several key agreements, which need no transaction.
#[derive(Debug)]
pub struct Ready {
    text: SealedText,
    keys: Vec<(Holder, Vec<u8>)>,
}

/// Seals a text, with its key for each holder. When no person is among them, or when `installation` says so, the key of
/// the installation holds it too.
///
/// # Errors
/// When a key is one to which nothing can be sealed.
pub fn seal(
    vault: &Vault,
    random: &dyn Randomness,
    (owner, part): (&str, &str),
    text: &[u8],
    holders: &[(Holder, PublicKey)],
    installation: bool,
) -> Result<Ready> {
    let id = TextId::random(random);
    let key = TextKey::make(random);
    let sealed = Vault::new(*key.0).seal(&place(id), text, random)?;
    let mut keys = Vec::with_capacity(holders.len() + 1);
    for (holder, public) in holders {
        keys.push((holder.clone(), key.to(id, public, random)?));
    }
    let people = holders.iter().any(|(h, _)| matches!(h, Holder::Person(_)));
    if installation || !people {
        keys.push((Holder::Installation, vault.seal(&place(id), &*key.0, random)?));
    }
    Ok(Ready { text: SealedText { id, owner: owner.to_owned(), part: part.to_owned(), sealed }, keys })
}

/// Keeps a sealed text.
///
/// # Errors
/// When the database cannot write.
pub async fn keep(tx: &mut Tx, ready: Ready) -> Result<TextId> {
    let text = ready.text;
    execute!(
        tx,
        "INSERT INTO sealed_text (id, owner, part, sealed) VALUES ($1, $2, $3, $4)",
        text.id.to_string(),
        text.owner,
        text.part,
        text.sealed
    )?;
    for (holder, wrapped) in ready.keys {
        give(tx, text.id, &holder, &wrapped).await?;
    }
    Ok(text.id)
}

/// Gives a holder the key of a text.
pub async fn give(tx: &mut Tx, id: TextId, holder: &Holder, wrapped: &[u8]) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO sealed_key (text_id, holder, wrapped) VALUES ($1, $2, $3)
         ON CONFLICT (text_id, holder) DO UPDATE SET wrapped = excluded.wrapped",
        id.to_string(),
        holder.to_string(),
        wrapped
    )
    .map(|_| ())
}

/// Takes the key of a text away from a holder.
pub async fn take(tx: &mut Tx, id: TextId, holder: &str) -> Result<()> {
    execute!(tx, "DELETE FROM sealed_key WHERE text_id = $1 AND holder = $2", id.to_string(), holder)
        .map(|_| ())
}

/// Takes every key away from a holder: theirs was lost.
pub async fn take_all(tx: &mut Tx, holder: &Holder) -> Result<()> {
    execute!(tx, "DELETE FROM sealed_key WHERE holder = $1", holder.to_string()).map(|_| ())
}

row! { struct TextRow { id: String, owner: String, part: String, sealed: Vec<u8> } }

impl TextRow {
    fn text(self) -> Result<SealedText> {
        Ok(SealedText {
            id: read("sealed_text", "id", &self.id, &self.id)?,
            owner: self.owner,
            part: self.part,
            sealed: self.sealed,
        })
    }
}

/// The texts of an owner, in the order of their parts (`1-raise`, `2-ask-more`, …).
pub async fn list(source: &mut impl Source, owner: &str) -> Result<Vec<SealedText>> {
    fetch_all!(
        source,
        TextRow,
        "SELECT id, owner, part, sealed FROM sealed_text WHERE owner = $1 ORDER BY part, id",
        owner
    )?
    .into_iter()
    .map(TextRow::text)
    .collect()
}

/// What a holder has of an owner's texts: id of the text and its key, sealed to them.
pub async fn keys_of(
    source: &mut impl Source,
    owner: &str,
    holder: &Holder,
) -> Result<Vec<(TextId, Vec<u8>)>> {
    fetch_all!(
        source,
        (String, Vec<u8>),
        "SELECT k.text_id, k.wrapped FROM sealed_key k JOIN sealed_text t ON t.id = k.text_id
         WHERE t.owner = $1 AND k.holder = $2",
        owner,
        holder.to_string()
    )?
    .into_iter()
    .map(|(id, wrapped)| Ok((read("sealed_key", "text_id", &id, &id)?, wrapped)))
    .collect()
}

/// Who holds a text.
pub async fn holders_of(source: &mut impl Source, id: TextId) -> Result<Vec<String>> {
    let rows = fetch_all!(
        source,
        (String,),
        "SELECT holder FROM sealed_key WHERE text_id = $1 ORDER BY holder",
        id.to_string()
    )?;
    Ok(rows.into_iter().map(|(h,)| h).collect())
}

/// Owners some of whose texts have a key for a holder.
pub async fn owners_held(source: &mut impl Source, holder: &Holder) -> Result<Vec<String>> {
    let rows = fetch_all!(
        source,
        (String,),
        "SELECT DISTINCT t.owner FROM sealed_key k JOIN sealed_text t ON t.id = k.text_id
         WHERE k.holder = $1 ORDER BY t.owner",
        holder.to_string()
    )?;
    Ok(rows.into_iter().map(|(o,)| o).collect())
}

/// Deletes an owner's texts with their keys: what a backup still holds opens with nothing that is left here.
pub async fn delete(tx: &mut Tx, owner: &str) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM sealed_key WHERE text_id IN (SELECT id FROM sealed_text WHERE owner = $1)",
        owner
    )?;
    execute!(tx, "DELETE FROM sealed_text WHERE owner = $1", owner).map(|_| ())
}
