//! Sealed fields: XChaCha20-Poly1305 under the key of this installation, bound to the place they stand in.

use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use keyline_domain::ids::Randomness;

use crate::error::{Error, Result};

/// How the name of a key file begins while it is being written.
pub const BESIDE: &str = ".keyline.key-";

/// Seals and opens fields.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
    hashing: [u8; 32],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// A vault under a key.
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(&Key::from(key)),
            hashing: blake3::derive_key(
                "keyline 2026 hashes of what must not be guessed from the database",
                &key,
            ),
        }
    }

    /// Reads the key file; `None` when it is not there.
    ///
    /// # Errors
    /// When the file cannot be read, or does not hold a key.
    pub fn open(file: &Path) -> Result<Option<Self>> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let key = blake3::Hash::from_hex(text.trim()).map_err(|_| Error::NoKey)?;
        Ok(Some(Self::new(*key.as_bytes())))
    }

    /// Makes a key file that only its owner may read.
    ///
    /// # Errors
    /// When the file cannot be written, or there is one already.
    pub fn make(file: &Path, random: &dyn Randomness) -> Result<Self> {
        let mut key = [0u8; 32];
        random.fill(&mut key);
        write_private(file, blake3::Hash::from_bytes(key).to_hex().as_str())?;
        Ok(Self::new(key))
    }

    /// Seals a value for one place (`table/column/id`).
    ///
    /// # Errors
    /// Never in practice: only absurdly long values cannot be sealed.
    pub fn seal(&self, place: &str, value: &[u8], random: &dyn Randomness) -> Result<Vec<u8>> {
        let mut nonce = [0u8; 24];
        random.fill(&mut nonce);
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: value, aad: place.as_bytes() })
            .map_err(|_| Error::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// A keyed hash of a value for one place, in hexadecimal. Without the key of the installation nobody can try values
    /// against it, however short they are.
    pub fn hash(&self, place: &str, value: &[u8]) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.hashing);
        hasher.update(&(place.len() as u64).to_le_bytes()).update(place.as_bytes()).update(value);
        hasher.finalize().to_hex().to_string()
    }

    /// Opens a value that was sealed for the same place.
    ///
    /// # Errors
    /// When it was changed, moved to another place, or sealed under another key.
    pub fn open_value(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, rest) = sealed.split_at_checked(24).ok_or(Error::Sealed)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| Error::Sealed)?;
        self.cipher
            .decrypt(&XNonce::from(nonce), Payload { msg: rest, aad: place.as_bytes() })
            .map_err(|_| Error::Sealed)
    }
}

fn write_private(file: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    // Beside its place, readable by its owner alone, and there whole or not at all: half a key would be no key.
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(BESIDE).tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(file).map_err(|e| e.error)?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl Randomness for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(5);
        }
    }

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyline.key");
        assert!(Vault::open(&file).unwrap().is_none());
        let sealed = Vault::make(&file, &Fixed).unwrap().seal("place", b"secret", &Fixed).unwrap();
        assert!(Vault::make(&file, &Fixed).is_err(), "a key is never overwritten");
        assert_eq!(Vault::open(&file).unwrap().unwrap().open_value("place", &sealed).unwrap(), b"secret");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&file, "half a k").unwrap();
        assert!(matches!(Vault::open(&file), Err(Error::NoKey)));
    }

    #[test]
    fn a_value_opens_in_its_place_only() {
        let vault = Vault::new([1; 32]);
        let sealed = vault.seal("person/totp/1", b"secret", &Fixed).unwrap();
        assert_eq!(vault.open_value("person/totp/1", &sealed).unwrap(), b"secret");
        assert!(vault.open_value("person/totp/2", &sealed).is_err());
        assert!(Vault::new([2; 32]).open_value("person/totp/1", &sealed).is_err());
        assert!(vault.open_value("person/totp/1", b"short").is_err());
        let hash = vault.hash("survey_code/hash/1", b"secret");
        assert_eq!(hash, vault.hash("survey_code/hash/1", b"secret"));
        assert_ne!(hash, vault.hash("survey_code/hash/1s", b"ecret"));
        assert_ne!(hash, Vault::new([2; 32]).hash("survey_code/hash/1", b"secret"));
    }
}
