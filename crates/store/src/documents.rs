//! Documents on disk, addressed by the hash of their content.
//!
//! A document is written beside its place, brought to the disk, and renamed: it is there whole or not at all. The row
//! that names it is committed after. A crash in between leaves a file that no row names, which harms nobody.

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

    fn place(&self, digest: &str) -> PathBuf {
        self.folder.join(&digest[..2]).join(digest)
    }

    /// Keeps the content durably and gives its digest.
    ///
    /// # Errors
    /// [`Error::Full`] when the disk is full: then nothing is kept.
    pub async fn put(&self, content: Vec<u8>) -> Result<String> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || this.put_blocking(&content))
            .await
            .map_err(|e| Error::Disk(std::io::Error::other(e)))?
    }

    fn put_blocking(&self, content: &[u8]) -> Result<String> {
        use std::io::Write;
        let digest = blake3::hash(content).to_hex().to_string();
        let place = self.place(&digest);
        if place.exists() {
            return Ok(digest);
        }
        let folder = place.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder)?;
        let beside = folder.join(format!(".{digest}.{}", std::process::id()));
        let written = (|| {
            let mut file = std::fs::File::create(&beside)?;
            file.write_all(content)?;
            file.sync_all()?;
            std::fs::rename(&beside, &place)?;
            std::fs::File::open(folder)?.sync_all()
        })();
        if let Err(error) = written {
            // The half-written file is in nobody's way; failing to remove it changes nothing.
            let _ = std::fs::remove_file(&beside);
            return Err(error.into());
        }
        Ok(digest)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_put_is_given_back_and_a_change_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let documents = Documents::open(folder.path()).unwrap();
        let digest = documents.put(b"fictional".to_vec()).await.unwrap();
        assert_eq!(documents.get(&digest).await.unwrap(), b"fictional");
        std::fs::write(documents.place(&digest), b"changed").unwrap();
        assert!(matches!(documents.get(&digest).await, Err(Error::Document(_))));
        assert!(matches!(documents.get("../../etc/passwd").await, Err(Error::Document(_))));
    }
}
