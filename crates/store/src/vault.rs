//! Sealed fields: XChaCha20-Poly1305 under the key of this installation, bound to the place they stand in.

use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use keyline_domain::ids::Randomness;

use crate::error::{Error, Result};

/// Seals and opens fields.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// A vault under a key.
    pub fn new(key: [u8; 32]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&Key::from(key)) }
    }

    /// Reads the key file, or makes one that only its owner may read.
    ///
    /// # Errors
    /// When the file cannot be read or written, or does not hold a key.
    pub fn open(file: &Path, random: &dyn Randomness) -> Result<Self> {
        if let Ok(text) = std::fs::read_to_string(file) {
            let key = blake3::Hash::from_hex(text.trim()).map_err(|_| Error::Sealed)?;
            return Ok(Self::new(*key.as_bytes()));
        }
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
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut handle = options.open(file)?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()?;
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
    fn a_value_opens_in_its_place_only() {
        let vault = Vault::new([1; 32]);
        let sealed = vault.seal("person/totp/1", b"secret", &Fixed).unwrap();
        assert_eq!(vault.open_value("person/totp/1", &sealed).unwrap(), b"secret");
        assert!(vault.open_value("person/totp/2", &sealed).is_err());
        assert!(Vault::new([2; 32]).open_value("person/totp/1", &sealed).is_err());
        assert!(vault.open_value("person/totp/1", b"short").is_err());
    }
}
