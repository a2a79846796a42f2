//! Hashes: of a part, which its sender may state, and of all that has come of an upload.
//!
//! The latter are remembered from part to part in this process. After a restart, or when another node took the parts
//! before, what has come is read again; so the memory is for speed alone and may forget.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

use keyline_domain::ids::UploadId;
use keyline_store::documents::Content;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::refused::{Refused, Result};

/// Uploads whose hashes are remembered at most.
const REMEMBERED: usize = 256;

/// The hash of one part as its sender states it, while the part arrives.
#[derive(Debug, Clone)]
pub struct Checksum {
    hashing: Hashing,
    stated: Vec<u8>,
}

#[derive(Debug, Clone)]
enum Hashing {
    Sha1(Sha1),
    Sha256(Sha256),
    Blake3(Box<blake3::Hasher>),
}

impl Checksum {
    /// The names of the hashes that can be stated.
    pub const ALGORITHMS: [&str; 3] = ["sha1", "sha256", "blake3"];

    /// A hash of this name that should come to this; none when the name is not known or the length is not its own.
    pub fn stated(algorithm: &str, stated: Vec<u8>) -> Option<Self> {
        let (hashing, length) = match algorithm {
            "sha1" => (Hashing::Sha1(Sha1::new()), 20),
            "sha256" => (Hashing::Sha256(Sha256::new()), 32),
            "blake3" => (Hashing::Blake3(Box::default()), 32),
            _ => return None,
        };
        (stated.len() == length).then_some(Self { hashing, stated })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.hashing {
            Hashing::Sha1(hasher) => hasher.update(bytes),
            Hashing::Sha256(hasher) => hasher.update(bytes),
            Hashing::Blake3(hasher) => {
                hasher.update(bytes);
            }
        }
    }

    pub(super) fn agrees(self) -> bool {
        match self.hashing {
            Hashing::Sha1(hasher) => hasher.finalize().as_slice() == self.stated,
            Hashing::Sha256(hasher) => hasher.finalize().as_slice() == self.stated,
            Hashing::Blake3(hasher) => hasher.finalize().as_bytes() == self.stated.as_slice(),
        }
    }
}

/// The hashes of what has come of an upload.
#[derive(Debug, Clone)]
pub(super) struct Digests {
    /// Bytes that they have.
    pub(super) bytes: u64,
    pub(super) blake3: blake3::Hasher,
    /// Only when the sender stated it for the whole file.
    pub(super) sha256: Option<Sha256>,
}

impl Digests {
    /// Of nothing.
    pub(super) fn new(with_sha256: bool) -> Self {
        Self { bytes: 0, blake3: blake3::Hasher::new(), sha256: with_sha256.then(Sha256::new) }
    }

    /// Of what has come before, read again.
    pub(super) async fn of(mut content: Content, with_sha256: bool) -> Result<Self> {
        let read = move || {
            let (mut digests, mut buffer) = (Self::new(with_sha256), vec![0; 256 * 1024]);
            loop {
                let read = content.read(&mut buffer);
                let bytes = read.map_err(|error| content.failed().unwrap_or(error.into()))?;
                if bytes == 0 {
                    return Ok(digests);
                }
                digests.bytes += bytes as u64;
                digests.blake3.update(&buffer[..bytes]);
                if let Some(sha256) = &mut digests.sha256 {
                    sha256.update(&buffer[..bytes]);
                }
            }
        };
        let read = tokio::task::spawn_blocking(read).await.map_err(Refused::fault)?;
        read.map_err(|error: keyline_store::Error| error.into())
    }
}

/// The hashes that this process remembers, by upload.
#[derive(Debug, Default)]
pub struct RunningUploads(Mutex<HashMap<UploadId, Digests>>);

impl RunningUploads {
    pub(super) fn take(&self, upload: UploadId, received: u64) -> Option<Digests> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What is remembered of another place is of no use: another node took a part in between.
        all.remove(&upload).filter(|digests| digests.bytes == received)
    }

    pub(super) fn remember(&self, upload: UploadId, digests: Digests) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(upload, digests);
    }

    pub(super) fn forget(&self, upload: UploadId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&upload);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hash_agrees_with_its_own_only() {
        let text = b"fictional";
        let (sha1, sha256) = (Sha1::digest(text).to_vec(), Sha256::digest(text).to_vec());
        let blake3 = blake3::hash(text).as_bytes().to_vec();
        for (name, right) in Checksum::ALGORITHMS.into_iter().zip([sha1, sha256, blake3]) {
            let mut checksum = Checksum::stated(name, right.clone()).unwrap();
            checksum.update(&text[..4]);
            checksum.update(&text[4..]);
            assert!(checksum.agrees(), "{name}");
            let mut checksum = Checksum::stated(name, right.clone()).unwrap();
            checksum.update(b"fictionaL");
            assert!(!checksum.agrees(), "{name}");
            assert!(Checksum::stated(name, right[1..].to_vec()).is_none(), "{name} of another length");
        }
        assert!(Checksum::stated("md5", vec![0; 16]).is_none());
    }

    #[test]
    fn what_is_remembered_of_another_place_is_read_again() {
        let running = RunningUploads::default();
        let id: UploadId = "upl_0198c0de000070008000000000000001".parse().unwrap();
        running.remember(id, Digests { bytes: 5, ..Digests::new(true) });
        assert!(running.take(id, 6).is_none());
        running.remember(id, Digests { bytes: 5, ..Digests::new(true) });
        assert!(running.take(id, 5).unwrap().sha256.is_some());
        assert!(running.take(id, 5).is_none(), "one takes it");
    }
}
