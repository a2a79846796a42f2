//! Content that arrives bit by bit, sealed as it comes: no clear byte reaches the disk.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::content::{Lies, Span};
use super::sealed::SealedWriter;
use super::{Content, Documents, Kept, PIECE, blocking};
use crate::error::Result;

/// A piece that has been written and is not in its place yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Spooled {
    pub(super) name: String,
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) file: Arc<NamedTempFile>,
}

#[derive(Debug)]
struct Open {
    name: String,
    start: u64,
    writer: SealedWriter<NamedTempFile>,
}

/// Content that arrives bit by bit in sealed pieces beside the documents. Dropped, it is gone.
#[derive(Debug)]
pub struct Arriving {
    documents: Documents,
    batch: String,
    start: u64,
    whole: Vec<Spooled>,
    open: Option<Box<Open>>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Arriving {
    pub(super) fn new(documents: Documents, batch: String, start: u64, hasher: blake3::Hasher) -> Self {
        Self { documents, batch, start, whole: Vec::new(), open: None, hasher, bytes: 0 }
    }

    /// Takes the next bit.
    ///
    /// # Errors
    /// [`Error::Full`](crate::Error::Full) when the disk is full.
    pub async fn write(self, bit: Vec<u8>) -> Result<Self> {
        self.write_from(vec![bit]).await.map(|(arriving, _)| arriving)
    }

    /// The same with several, giving back as many empty rooms for what comes next. A room with a capacity of
    /// [`ROOM`](super::ROOM) that holds a whole [`CHUNK`](super::CHUNK), counted from where this began, is not copied.
    ///
    /// # Errors
    /// As [`Arriving::write`].
    pub async fn write_from(mut self, mut bits: Vec<Vec<u8>>) -> Result<(Self, Vec<Vec<u8>>)> {
        blocking(move || {
            for bit in &mut bits {
                self.take(bit)?;
            }
            Ok((self, bits))
        })
        .await
    }

    fn take(&mut self, bit: &mut Vec<u8>) -> Result<()> {
        self.hasher.update(bit);
        while !bit.is_empty() {
            let mut open = match self.open.take() {
                Some(open) => open,
                None => self.begin()?,
            };
            let room = usize::try_from(PIECE - open.writer.bytes()).unwrap_or(usize::MAX);
            let later = bit.split_off(bit.len().min(room));
            self.bytes += bit.len() as u64;
            open.writer.take(bit)?;
            let full = open.writer.bytes() == PIECE;
            self.open = Some(open);
            if full {
                self.end_piece()?;
            }
            if !later.is_empty() {
                *bit = later;
            }
        }
        Ok(())
    }

    fn begin(&self) -> Result<Box<Open>> {
        let start = self.start + self.bytes;
        let name = self.documents.piece_name(&self.batch, start);
        let file = self.documents.spool()?;
        let writer = self.documents.seal_into(file, &name)?;
        Ok(Box::new(Open { name, start, writer }))
    }

    fn end_piece(&mut self) -> Result<()> {
        if let Some(open) = self.open.take() {
            let Open { name, start, writer } = *open;
            let bytes = writer.bytes();
            self.whole.push(Spooled { name, start, bytes, file: Arc::new(writer.finish()?) });
        }
        Ok(())
    }

    /// How many bytes have come.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digest of what has come so far, and of what came before it if this goes on with something.
    pub fn hasher(&self) -> &blake3::Hasher {
        &self.hasher
    }

    /// Takes out the pieces that have their full size, to be put in their place while more comes.
    pub fn take_whole(&mut self) -> Vec<Spooled> {
        std::mem::take(&mut self.whole)
    }

    /// Ends it: what has not been taken out, the last piece with it.
    ///
    /// # Errors
    /// [`Error::Full`](crate::Error::Full) when the disk is full.
    pub async fn close(mut self) -> Result<Vec<Spooled>> {
        blocking(move || {
            self.end_piece()?;
            Ok(self.whole)
        })
        .await
    }

    /// Reads what has come from its beginning, for example to see what it is. Runs where it may block.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn look<T: Send + 'static>(
        mut self,
        look: impl FnOnce(&mut Content) -> T + Send + 'static,
    ) -> Result<(Self, T)> {
        blocking(move || {
            self.end_piece()?;
            let spans = self.whole.iter().map(Spooled::span).collect();
            let seen = look(&mut Content::new(self.documents.clone(), spans));
            Ok((self, seen))
        })
        .await
    }

    /// Keeps it durably as a document.
    ///
    /// # Errors
    /// [`Error::Full`](crate::Error::Full) when the disk is full: then nothing is kept.
    pub async fn keep(mut self) -> Result<Kept> {
        let (documents, batch) = (self.documents.clone(), self.batch.clone());
        let digest = self.hasher.finalize();
        let kept = async {
            // Even nothing is a piece: a document has one at least.
            if self.bytes == 0 {
                self.open = Some(self.begin()?);
            }
            let mut pieces = Vec::new();
            for spooled in self.close().await? {
                pieces.push(documents.place(spooled).await?);
            }
            documents.keep(pieces, digest).await
        };
        let kept = kept.await;
        let names = kept.as_ref().map(|kept| kept.names.as_slice()).unwrap_or_default();
        // Whatever stopped the one may stop the other too; then files stay that nothing names. A bucket that is away is not
        // asked.
        if kept.as_ref().is_ok_and(|kept| kept.held) {
            return kept;
        }
        if let Err(error) = documents.clear_batch(&batch, names).await {
            tracing::warn!(error = ?error, "files that nothing names could not be removed");
        }
        kept
    }
}

/// For what is made bit by bit where it may block, so that it is never in memory as a whole. Each call copies its bit: give
/// it to a [`BufWriter`](std::io::BufWriter) when bits are small.
impl Write for Arriving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.take(&mut bytes.to_vec()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    // What is durable says [`Arriving::keep`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Spooled {
    pub(super) fn span(&self) -> Span {
        let (name, start, bytes) = (self.name.clone(), self.start, self.bytes);
        Span { name, start, bytes, lies: Lies::Spooled(self.file.clone()) }
    }

    /// Clear bytes of it.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Documents {
    pub(super) fn spool(&self) -> Result<NamedTempFile> {
        let folder: PathBuf = self.arriving_folder();
        std::fs::create_dir_all(&folder)?;
        Ok(tempfile::Builder::new().prefix("upload-").tempfile_in(&folder)?)
    }
}
