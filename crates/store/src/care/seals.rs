//! Sealing to a public key: HPKE (RFC 9180) with X25519, HKDF-SHA-256 and ChaCha20-Poly1305.

use std::convert::Infallible;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng,
};
use keyline_domain::ids::Randomness;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

const ABOUT: &[u8] = b"keyline 2026 care";

/// A key to which something can be sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(<X25519 as Kem>::PublicKey);

/// The key that opens what was sealed to its public key. Wiped when it is dropped.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublicKey(…)")
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

struct Source<'r>(&'r dyn Randomness);

impl TryRng for Source<'_> {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> std::result::Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> std::result::Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Source<'_> {}

impl PublicKey {
    /// The key as it is stored.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// Reads a stored key.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        <X25519 as Kem>::PublicKey::from_bytes(bytes).map(Self).map_err(|_| Error::Sealed)
    }

    /// Seals a value to this key, for one place.
    ///
    /// # Errors
    /// When the key is one to which nothing can be sealed.
    pub fn seal(&self, place: &str, value: &[u8], random: &dyn Randomness) -> Result<Vec<u8>> {
        let (key, sealed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeS::Base,
            &self.0,
            ABOUT,
            value,
            place.as_bytes(),
            &mut Source(random),
        )
        .map_err(|_| Error::Sealed)?;
        Ok([key.to_bytes().as_slice(), &sealed].concat())
    }
}

impl SecretKey {
    /// A new key pair.
    pub fn make(random: &dyn Randomness) -> (Self, PublicKey) {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill(&mut *seed);
        Self::of_seed(&seed)
    }

    /// The key pair of a seed: the same each time.
    pub fn of_seed(seed: &[u8; 32]) -> (Self, PublicKey) {
        let (secret, public) = X25519::derive_keypair(seed);
        let mut bytes = Zeroizing::new([0; 32]);
        secret.write_exact(&mut *bytes);
        (Self(bytes), PublicKey(public))
    }

    /// Reads the bytes of a secret.
    ///
    /// # Errors
    /// When they are none.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        <X25519 as Kem>::PrivateKey::from_bytes(bytes).map_err(|_| Error::Sealed)?;
        Ok(Self(Zeroizing::new(bytes.try_into().map_err(|_| Error::Sealed)?)))
    }

    /// The bytes, for sealing them in turn.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public key that belongs to it.
    ///
    /// # Errors
    /// Never: it was read as a key.
    pub fn public(&self) -> Result<PublicKey> {
        let secret = <X25519 as Kem>::PrivateKey::from_bytes(&*self.0).map_err(|_| Error::Sealed)?;
        Ok(PublicKey(X25519::sk_to_pk(&secret)))
    }

    /// Opens what was sealed to its public key for the same place.
    ///
    /// # Errors
    /// When it was changed, moved to another place, or sealed to another key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let (key, rest) = sealed.split_at_checked(32).ok_or(Error::Sealed)?;
        let key = <X25519 as Kem>::EncappedKey::from_bytes(key).map_err(|_| Error::Sealed)?;
        let secret = <X25519 as Kem>::PrivateKey::from_bytes(&*self.0).map_err(|_| Error::Sealed)?;
        single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeR::Base,
            &secret,
            &key,
            ABOUT,
            rest,
            place.as_bytes(),
        )
        .map(Zeroizing::new)
        .map_err(|_| Error::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Counting;
    use super::*;

    #[test]
    fn what_is_sealed_to_a_key_opens_with_its_secret_in_its_place_alone() {
        let random = Counting::from(1);
        let (secret, public) = SecretKey::make(&random);
        let (other, _) = SecretKey::make(&random);
        let sealed = public.seal("text/1", b"what was seen", &random).unwrap();
        assert!(!sealed.windows(4).any(|w| w == b"what"));
        assert_eq!(&**secret.open("text/1", &sealed).unwrap(), b"what was seen");
        assert!(secret.open("text/2", &sealed).is_err());
        assert!(other.open("text/1", &sealed).is_err());
        assert!(secret.open("text/1", b"short").is_err());
        let mut changed = sealed.clone();
        changed[40] ^= 1;
        assert!(secret.open("text/1", &changed).is_err());
        assert_ne!(public.seal("text/1", b"what was seen", &random).unwrap(), sealed, "never the same twice");
        assert_eq!(PublicKey::read(&public.bytes()).unwrap(), public);
        assert_eq!(SecretKey::read(secret.bytes()).unwrap().public().unwrap(), public);
        assert!(PublicKey::read(&[0; 4]).is_err());
    }
}
