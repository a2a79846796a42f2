//! Documents on disk, addressed by the hash of their content.
//!
//! A document is written beside its place, brought to the disk, and renamed: it is there whole or not at all. The row
//! that names it is committed after. A crash in between leaves a file that no row names, which harms nobody.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The folder of documents. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Documents {
    folder: PathBuf,
}

impl Documents {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// A place for content that arrives bit by bit. Nothing is kept before [`Arriving::keep`].
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full.
    pub async fn arriving(&self) -> Result<Arriving> {
        let this = self.clone();
        blocking(move || {
            let folder = this.folder.join(".arriving");
            std::fs::create_dir_all(&folder)?;
            let file = tempfile::Builder::new().prefix("upload-").tempfile_in(&folder)?;
            Ok(Arriving { documents: this, file, hasher: blake3::Hasher::new(), bytes: 0 })
        })
        .await
    }

    /// The content as a file to be read in order, after it was checked against its digest.
    ///
    /// # Errors
    /// [`Error::Document`] when it is missing or was changed.
    pub async fn file(&self, digest: &str) -> Result<File> {
        use std::io::Seek;
        let wrong = || Error::Document(digest.to_owned());
        if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let (place, wanted) = (self.place(digest), digest.to_owned());
        blocking(move || {
            let mut file = File::open(place).map_err(|_| Error::Document(wanted.clone()))?;
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(&mut file)?;
            if hasher.finalize().to_hex().as_str() != wanted {
                return Err(Error::Document(wanted));
            }
            file.rewind()?;
            Ok(file)
        })
        .await
    }

    fn place(&self, digest: &str) -> PathBuf {
        self.folder.join(&digest[..2]).join(digest)
    }

    /// Keeps the content durably and gives its digest.
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full: then nothing is kept.
    pub async fn put(&self, content: Vec<u8>) -> Result<String> {
        self.arriving().await?.write(content).await?.keep().await
    }

    /// Removes content for good; gives whether it was there. Only for content that no row names any more but the one
    /// that is about to be blanked: removed first, so that a crash in between leaves no content without a row.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn remove(&self, digest: &str) -> Result<bool> {
        if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Document(digest.to_owned()));
        }
        let place = self.place(digest);
        blocking(move || match std::fs::remove_file(&place) {
            Ok(()) => {
                if let Some(folder) = place.parent() {
                    File::open(folder)?.sync_all()?;
                }
                Ok(true)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Removes what was arriving when the process was cut off. Only for whoever has the folder alone.
    ///
    /// # Errors
    /// When the folder cannot be read, or something in it not be removed.
    pub fn clear_up(&self) -> Result<()> {
        let folder = self.folder.join(".arriving");
        if folder.exists() {
            for entry in std::fs::read_dir(folder)? {
                std::fs::remove_file(entry?.path())?;
            }
        }
        Ok(())
    }

    /// The content, checked against its digest.
    ///
    /// # Errors
    /// [`Error::Document`] when it is missing or was changed.
    pub async fn get(&self, digest: &str) -> Result<Vec<u8>> {
        let wrong = || Error::Document(digest.to_owned());
        if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let content = tokio::fs::read(self.place(digest)).await.map_err(|_| wrong())?;
        if blake3::hash(&content).to_hex().as_str() == digest { Ok(content) } else { Err(wrong()) }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Disk(std::io::Error::other(e)))?
}

/// Content that arrives bit by bit in a file of its own beside the documents. Dropped, it is gone.
#[derive(Debug)]
pub struct Arriving {
    documents: Documents,
    file: tempfile::NamedTempFile,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Arriving {
    /// Takes the next bit.
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full.
    pub async fn write(mut self, bit: Vec<u8>) -> Result<Self> {
        blocking(move || {
            self.file.write_all(&bit)?;
            self.hasher.update(&bit);
            self.bytes += bit.len() as u64;
            Ok(self)
        })
        .await
    }

    /// How many bytes have come.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads what has come from its beginning, for example to see what it is. Runs where it may block.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn look<T: Send + 'static>(
        self,
        look: impl FnOnce(&mut File) -> T + Send + 'static,
    ) -> Result<(Self, T)> {
        blocking(move || {
            let mut file = self.file.reopen()?;
            let seen = look(&mut file);
            Ok((self, seen))
        })
        .await
    }

    /// Keeps it durably and gives its digest.
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full: then nothing is kept.
    pub async fn keep(self) -> Result<String> {
        blocking(move || {
            let digest = self.hasher.finalize().to_hex().to_string();
            let place = self.documents.place(&digest);
            if place.exists() {
                return Ok(digest);
            }
            let folder = place.parent().unwrap_or(&self.documents.folder);
            if !folder.exists() {
                std::fs::create_dir_all(folder)?;
                File::open(&self.documents.folder)?.sync_all()?;
            }
            self.file.as_file().sync_all()?;
            self.file.persist(&place).map_err(|e| e.error)?;
            File::open(folder)?.sync_all()?;
            Ok(digest)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[tokio::test]
    async fn what_arrives_in_bits_is_kept_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let documents = Documents::open(folder.path()).unwrap();
        let left = documents.arriving().await.unwrap().write(b"given up".to_vec()).await.unwrap();
        drop(left);
        let arriving = || std::fs::read_dir(folder.path().join(".arriving")).unwrap().count();
        assert_eq!(arriving(), 0);
        std::fs::write(folder.path().join(".arriving/upload-cut-off"), b"half").unwrap();
        documents.clear_up().unwrap();
        assert_eq!(arriving(), 0);
        let arriving = documents.arriving().await.unwrap().write(b"ficti".to_vec()).await.unwrap();
        let arriving = arriving.write(b"onal".to_vec()).await.unwrap();
        let (arriving, seen) = arriving
            .look(|file| {
                let mut text = String::new();
                file.read_to_string(&mut text).map(|_| text)
            })
            .await
            .unwrap();
        assert_eq!((arriving.bytes(), seen.unwrap().as_str()), (9, "fictional"));
        let digest = arriving.keep().await.unwrap();
        assert_eq!(digest, documents.put(b"fictional".to_vec()).await.unwrap());
        let mut text = String::new();
        documents.file(&digest).await.unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "fictional");
        std::fs::write(documents.place(&digest), b"changed").unwrap();
        assert!(matches!(documents.file(&digest).await, Err(Error::Document(_))));
    }

    #[tokio::test]
    async fn what_was_put_is_given_back_and_a_change_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let documents = Documents::open(folder.path()).unwrap();
        let digest = documents.put(b"fictional".to_vec()).await.unwrap();
        assert_eq!(documents.get(&digest).await.unwrap(), b"fictional");
        std::fs::write(documents.place(&digest), b"changed").unwrap();
        assert!(matches!(documents.get(&digest).await, Err(Error::Document(_))));
        assert!(matches!(documents.get("../../etc/passwd").await, Err(Error::Document(_))));
        assert!(documents.remove(&digest).await.unwrap());
        assert!(!documents.remove(&digest).await.unwrap(), "removed again it is gone as before");
        assert!(documents.remove("../../etc/passwd").await.is_err());
    }
}
