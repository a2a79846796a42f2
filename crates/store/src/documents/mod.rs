//! Documents, sealed and stored once by content, in a folder of this machine or in a bucket.
//!
//! A content lies in sealed pieces of at most [`PIECE`] bytes, and a sealed list of them stands under its address: a hash
//! of its digest with a key of the installation, so that whoever sees the folder or the bucket can neither read a
//! document nor tell whether a known one is there. Pieces first, then their list, then the row that names the document:
//! a crash in between leaves files that nothing names, which harms nobody.
//!
//! - `sealed.rs`: the form of a file;
//! - `place.rs`: where files lie, and what happens while a bucket is away;
//! - `arriving.rs` and `content.rs`: writing and reading bit by bit, in constant memory.

mod arriving;
mod bucket;
mod content;
mod place;
mod sealed;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use keyline_domain::ids::Randomness;
use object_store::ObjectStore;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

pub use arriving::{Arriving, Spooled};
pub use bucket::Bucket;
pub use content::Content;
use content::{Lies, Span};
use place::{Held, Place, Reading};
pub use sealed::{CHUNK, ROOM};
use sealed::{SealedReader, SealedWriter};

use crate::error::{Error, Result};
use crate::vault::Vault;

/// Most clear bytes of a piece.
pub const PIECE: u64 = 16 * 1024 * 1024;

/// The documents of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Documents(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    place: Place,
    vault: Vault,
    random: Arc<dyn Randomness>,
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Documents").field(&self.0.place).finish()
    }
}

/// A piece that is in its place, durably.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Name of its file.
    pub name: String,
    /// Where it begins in the whole, in bytes.
    pub start: u64,
    /// Clear bytes of it.
    pub bytes: u64,
    /// Whether it waits on this machine's disk for a bucket that is away.
    pub held: bool,
}

/// A content that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// BLAKE3 of the content in hexadecimal, under which it is opened.
    pub digest: String,
    /// Whether some of it waits on this machine's disk for a bucket that is away.
    pub held: bool,
    /// The names of the files in which it lies.
    pub names: Vec<String>,
}

/// The list that stands under an address.
#[derive(Debug, Serialize, Deserialize)]
struct List {
    pieces: Vec<(String, u64)>,
}

impl List {
    fn names(&self) -> Vec<String> {
        self.pieces.iter().map(|(name, _)| name.clone()).collect()
    }
}

impl Documents {
    /// Opens the documents in a folder, making it if need be.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path, vault: Vault, random: Arc<dyn Randomness>) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let place = Place::Folder(folder.to_owned());
        Ok(Self(Arc::new(Inner { folder: folder.to_owned(), place, vault, random })))
    }

    /// The same with an object store in the place of the folder, which then has what is arriving or waits to be moved.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn in_store(self, store: Arc<dyn ObjectStore>) -> Result<Self> {
        let Inner { folder, vault, random, .. } = &*self.0;
        let held = Arc::new(Held::open(folder, &**random)?);
        let place = Place::Bucket(store, held);
        let (folder, vault, random) = (folder.clone(), vault.clone(), random.clone());
        Ok(Self(Arc::new(Inner { folder, place, vault, random })))
    }

    /// The name of this machine among those that share a bucket; empty when the documents lie in a folder.
    pub fn node(&self) -> &str {
        self.0.place.node()
    }

    /// A place for content that arrives bit by bit. Nothing is kept before [`Arriving::keep`].
    pub fn arriving(&self) -> Arriving {
        let mut batch = [0; 16];
        self.0.random.fill(&mut batch);
        let batch = format!("{:032x}", u128::from_le_bytes(batch));
        self.arriving_on(&batch, 0, blake3::Hasher::new())
    }

    /// A place for more of a content of which `start` bytes have come before, whose digest the hasher has. Its pieces lie
    /// together under the name of the batch, which is in small letters, digits and `-`.
    pub fn arriving_on(&self, batch: &str, start: u64, hasher: blake3::Hasher) -> Arriving {
        Arriving::new(self.clone(), batch.to_owned(), start, hasher)
    }

    /// Puts a piece in its place, durably.
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full.
    pub async fn place(&self, spooled: Spooled) -> Result<Piece> {
        let this = self.clone();
        blocking(move || {
            let Spooled { name, start, bytes, file } = spooled;
            let file = Arc::into_inner(file).ok_or_else(|| std::io::Error::other("still being read"))?;
            let held = this.0.place.put(&name, file)?;
            Ok(Piece { name, start, bytes, held })
        })
        .await
    }

    /// Keeps pieces that are in their place as one document, in their order. When the content is here already, that one
    /// stays. The pieces that the document lies in are named in [`Kept::names`]; what else the batch has can go
    /// ([`Documents::clear_batch`]).
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full.
    pub async fn keep(&self, pieces: Vec<Piece>, digest: blake3::Hash) -> Result<Kept> {
        let this = self.clone();
        let digest = digest.to_hex().to_string();
        let address = self.address(&digest);
        blocking(move || {
            if let Some(names) = this.kept_before(&address)? {
                return Ok(Kept { digest, held: false, names });
            }
            let mut held = pieces.iter().any(|piece| piece.held);
            let list = List { pieces: pieces.into_iter().map(|piece| (piece.name, piece.bytes)).collect() };
            let mut writer = this.seal_into(this.spool()?, &address)?;
            writer.write(&serde_json::to_vec(&list)?)?;
            held |= this.0.place.put(&address, writer.finish()?)?;
            Ok(Kept { digest, held, names: list.names() })
        })
        .await
    }

    // The names of the pieces of a content that is here already and whole. While a bucket is away nobody can tell.
    fn kept_before(&self, address: &str) -> Result<Option<Vec<String>>> {
        let place = &self.0.place;
        if place.behind() {
            return Ok(None);
        }
        let list = match self.list_at(address) {
            Ok(list) => list,
            // Not there, or no use: then another one takes its place.
            Err(Error::Document(_) | Error::Sealed | Error::Json(_) | Error::Away(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let names = list.names();
        for name in &names {
            if !place.has(name)? {
                return Ok(None);
            }
        }
        Ok(Some(names))
    }

    /// The names of the pieces of a document; none when it is not there.
    ///
    /// # Errors
    /// [`Error::Away`] when the object store does not answer, and when the list was changed.
    pub async fn names_of(&self, digest: &str) -> Result<Vec<String>> {
        let this = self.clone();
        let address = self.address(digest);
        blocking(move || match this.list_at(&address) {
            Ok(list) => Ok(list.names()),
            Err(Error::Document(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        })
        .await
    }

    /// Pieces that are in their place as one content, in their order.
    pub fn content_of(&self, pieces: &[Piece]) -> Content {
        let spans = pieces.iter().map(|piece| Span {
            name: piece.name.clone(),
            start: piece.start,
            bytes: piece.bytes,
            lies: Lies::Placed,
        });
        Content::new(self.clone(), spans.collect())
    }

    /// Opens a document. What it gives is checked bit by bit as it is read.
    ///
    /// # Errors
    /// [`Error::Document`] when it is missing; [`Error::Sealed`] when its list was changed; [`Error::Away`] when the object
    /// store does not answer.
    pub async fn content(&self, digest: &str) -> Result<Content> {
        let this = self.clone();
        if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Document(digest.to_owned()));
        }
        let address = self.address(digest);
        blocking(move || {
            let mut start = 0;
            let spans = this.list_at(&address)?.pieces.into_iter().map(|(name, bytes)| {
                let span = Span { name, start, bytes, lies: Lies::Placed };
                start += bytes;
                span
            });
            let spans = spans.collect();
            Ok(Content::new(this, spans))
        })
        .await
    }

    /// Keeps the content durably.
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full: then nothing is kept.
    pub async fn put(&self, content: Vec<u8>) -> Result<Kept> {
        self.arriving().write(content).await?.keep().await
    }

    /// The content, checked against its digest as a whole.
    ///
    /// # Errors
    /// [`Error::Document`] when it is missing or is another one; otherwise as [`Documents::content`].
    pub async fn get(&self, digest: &str) -> Result<Vec<u8>> {
        let mut content = self.content(digest).await?;
        let wanted = digest.to_owned();
        blocking(move || {
            let mut bytes = Vec::with_capacity(usize::try_from(content.len()).unwrap_or(0));
            if let Err(error) = std::io::Read::read_to_end(&mut content, &mut bytes) {
                return Err(content.failed().unwrap_or(error.into()));
            }
            if blake3::hash(&bytes).to_hex().as_str() == wanted {
                Ok(bytes)
            } else {
                Err(Error::Document(wanted))
            }
        })
        .await
    }

    /// Removes content for good; gives whether it was there. Only for content that no row names any more but the one that
    /// is about to be blanked. The pieces go before the list that names them: after a crash in between, the list still
    /// says what is left to be removed.
    ///
    /// # Errors
    /// [`Error::Document`] for what is no digest; when something cannot be removed, or the object store does not answer.
    pub async fn remove(&self, digest: &str) -> Result<bool> {
        if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Document(digest.to_owned()));
        }
        let (this, address) = (self.clone(), self.address(digest));
        blocking(move || {
            let names = match this.list_at(&address) {
                Ok(list) => list.names(),
                Err(Error::Document(_)) => return Ok(false),
                // A list that was changed names nothing that can be trusted, and goes.
                Err(Error::Sealed | Error::Json(_)) => Vec::new(),
                Err(error) => return Err(error),
            };
            for name in &names {
                this.0.place.remove(name)?;
            }
            this.0.place.remove(&address)?;
            Ok(true)
        })
        .await
    }

    /// Removes the files of a batch, but those that are named.
    ///
    /// # Errors
    /// When one cannot be removed, or the object store does not answer.
    pub async fn clear_batch(&self, batch: &str, but: &[String]) -> Result<()> {
        let (this, folder, but) = (self.clone(), format!("pieces/{batch}"), but.to_vec());
        blocking(move || {
            for name in this.0.place.list(&folder)? {
                if !but.contains(&name) {
                    this.0.place.remove(&name)?;
                }
            }
            this.0.place.remove_folder(&folder);
            Ok(())
        })
        .await
    }

    /// Brings what waits on this machine's disk to the object store; gives how many files it brought.
    ///
    /// # Errors
    /// [`Error::Away`] when the object store does not answer: the rest waits on.
    pub async fn move_held(&self) -> Result<usize> {
        let this = self.clone();
        blocking(move || this.0.place.move_held()).await
    }

    /// Whether nothing waits on this machine's disk. If so, what comes goes to the object store at once again.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn nothing_held(&self) -> Result<bool> {
        let this = self.clone();
        blocking(move || this.0.place.nothing_held()).await
    }

    /// Removes what was arriving when the process was cut off. Only for whoever has the folder alone.
    ///
    /// # Errors
    /// When the folder cannot be read, or something in it not be removed.
    pub fn clear_up(&self) -> Result<()> {
        let folder = self.arriving_folder();
        if folder.exists() {
            for entry in std::fs::read_dir(folder)? {
                std::fs::remove_file(entry?.path())?;
            }
        }
        Ok(())
    }

    fn arriving_folder(&self) -> PathBuf {
        self.0.folder.join(".arriving")
    }

    // The digest itself would tell anybody with a copy of a document whether it is here.
    fn address(&self, digest: &str) -> String {
        let hash = self.0.vault.hash("document/address", digest.as_bytes());
        format!("contents/{}/{hash}", &hash[..2])
    }

    // Drawn anew each time: two who write the same part of an upload at once do not write over each other.
    fn piece_name(&self, batch: &str, start: u64) -> String {
        let mut mark = [0; 8];
        self.0.random.fill(&mut mark);
        format!("pieces/{batch}/{start:012x}-{:016x}", u64::from_le_bytes(mark))
    }

    fn seal_into(&self, file: NamedTempFile, name: &str) -> Result<SealedWriter<NamedTempFile>> {
        SealedWriter::begin(file, &self.0.vault, &*self.0.random, name)
    }

    fn open_span(&self, span: &Span) -> Result<SealedReader<Box<dyn Reading>>> {
        let from: Box<dyn Reading> = match &span.lies {
            Lies::Placed => self.0.place.open(&span.name)?,
            Lies::Spooled(file) => Box::new(file.reopen()?),
        };
        let reader = SealedReader::open(from, &self.0.vault, &span.name)?;
        // Cut off where a chunk ends, it would only show at its own end.
        if reader.bytes() == span.bytes { Ok(reader) } else { Err(Error::Sealed) }
    }

    fn list_at(&self, address: &str) -> Result<List> {
        let mut reader = SealedReader::open(self.0.place.open(address)?, &self.0.vault, address)?;
        let mut text = Vec::new();
        loop {
            let bit = reader.at(text.len() as u64)?;
            if bit.is_empty() {
                return Ok(serde_json::from_slice(&text)?);
            }
            text.extend_from_slice(bit);
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Disk(std::io::Error::other(e)))?
}

#[cfg(test)]
mod tests;
