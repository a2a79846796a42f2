//! Where sealed files lie: in a folder of this machine, or in a bucket that several nodes share.
//!
//! A file is written on this machine first, brought to the disk, and then put in its place: it is there whole or not at
//! all. When the bucket does not answer, it is held on this machine's disk ([`Held`]) and moved later; as long as
//! anything is held, whatever follows is held too, so that nobody waits for a bucket that is away.
//!
//! All of it may block: it runs where that is allowed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::TryStreamExt;
use keyline_domain::ids::Randomness;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use tempfile::NamedTempFile;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Files that are brought to a bucket at the same time, each of which is in memory meanwhile.
const TOGETHER: usize = 2;
/// How much of a file is fetched from a bucket at a time.
const WINDOW: u64 = 1024 * 1024;

/// A sealed file being read.
pub(super) trait Reading: Read + Seek + Send {}
impl<T: Read + Seek + Send> Reading for T {}

/// Where files lie.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// Below this folder.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Arc<dyn ObjectStore>, Arc<Held>),
}

/// What waits on this machine's disk for a bucket that is away.
#[derive(Debug)]
pub(super) struct Held {
    folder: PathBuf,
    node: String,
    behind: AtomicBool,
    permits: Semaphore,
}

impl Held {
    /// The folder `held` in the folder of documents, and the name of this machine in the file `node` beside it.
    pub(super) fn open(documents: &Path, random: &dyn Randomness) -> Result<Self> {
        let folder = documents.join("held");
        std::fs::create_dir_all(&folder)?;
        let named = documents.join("node");
        let node = match std::fs::read_to_string(&named) {
            Ok(node) if !node.trim().is_empty() => node.trim().to_owned(),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {
                let mut bytes = [0; 8];
                random.fill(&mut bytes);
                let node = format!("{:016x}", u64::from_le_bytes(bytes));
                std::fs::write(&named, &node)?;
                node
            }
        };
        let behind = AtomicBool::new(folder.read_dir()?.next().is_some());
        Ok(Self { folder, node, behind, permits: Semaphore::new(TOGETHER) })
    }

    // Names of files have no `+`.
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name.replace('/', "+"))
    }

    fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in self.folder.read_dir()? {
            names.push(entry?.file_name().to_string_lossy().replace('+', "/"));
        }
        names.sort();
        Ok(names)
    }
}

impl Place {
    /// Puts a file that has been written in its place. Says whether it is held on this machine for the time being.
    pub(super) fn put(&self, name: &str, file: NamedTempFile) -> Result<bool> {
        match self {
            Self::Folder(root) => {
                settle(file, root, &root.join(name))?;
                Ok(false)
            }
            Self::Bucket(store, held) => {
                if !held.behind.load(Ordering::Acquire) {
                    match bring(store, held, name, file.path()) {
                        Ok(()) => return Ok(false),
                        Err(Error::Away(error)) => {
                            tracing::warn!(error = ?error, "the object store does not answer: files are held here");
                        }
                        Err(error) => return Err(error),
                    }
                }
                held.behind.store(true, Ordering::Release);
                settle(file, &held.folder, &held.path(name))?;
                Ok(true)
            }
        }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`Error::Document`] when it is not there; [`Error::Away`] when the bucket does not answer.
    pub(super) fn open(&self, name: &str) -> Result<Box<dyn Reading>> {
        let opened = |path: PathBuf| match File::open(path) {
            Ok(file) => Ok(Some(Box::new(file) as Box<dyn Reading>)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::from(error)),
        };
        let missing = || Error::Document(name.to_owned());
        match self {
            Self::Folder(root) => opened(root.join(name))?.ok_or_else(missing),
            Self::Bucket(store, held) => match opened(held.path(name))? {
                Some(file) => Ok(file),
                None => Ok(Box::new(InBucket::open(store.clone(), name)?)),
            },
        }
    }

    /// Whether a file is there.
    pub(super) fn has(&self, name: &str) -> Result<bool> {
        match self {
            Self::Folder(root) => Ok(root.join(name).exists()),
            Self::Bucket(store, held) => {
                if held.path(name).exists() {
                    return Ok(true);
                }
                match Handle::current().block_on(store.head(&at(name))) {
                    Ok(_) => Ok(true),
                    Err(object_store::Error::NotFound { .. }) => Ok(false),
                    Err(error) => Err(away(name, error)),
                }
            }
        }
    }

    /// The name of this machine; empty for a folder.
    pub(super) fn node(&self) -> &str {
        match self {
            Self::Folder(_) => "",
            Self::Bucket(_, held) => &held.node,
        }
    }

    /// Removes a file; one that is not there is no error.
    pub(super) fn remove(&self, name: &str) -> Result<()> {
        match self {
            Self::Folder(root) => gone(std::fs::remove_file(root.join(name))),
            Self::Bucket(store, held) => {
                gone(std::fs::remove_file(held.path(name)))?;
                match Handle::current().block_on(store.delete(&at(name))) {
                    Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                    Err(error) => Err(away(name, error)),
                }
            }
        }
    }

    /// The names of the files in a folder.
    pub(super) fn list(&self, folder: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        match self {
            Self::Folder(root) => {
                let entries = match root.join(folder).read_dir() {
                    Ok(entries) => entries,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
                    Err(error) => return Err(error.into()),
                };
                for entry in entries {
                    names.push(format!("{folder}/{}", entry?.file_name().to_string_lossy()));
                }
            }
            Self::Bucket(store, held) => {
                let below = format!("{folder}/");
                names.extend(held.names()?.into_iter().filter(|name| name.starts_with(&below)));
                let listed = store.list(Some(&at(folder))).map_ok(|found| found.location.to_string());
                let listed: Vec<String> =
                    Handle::current().block_on(listed.try_collect()).map_err(|e| away(folder, e))?;
                names.extend(listed);
            }
        }
        Ok(names)
    }

    /// Removes a folder that is empty; a bucket has none.
    pub(super) fn remove_folder(&self, folder: &str) {
        if let Self::Folder(root) = self {
            // What is not empty stays, and so does what is gone already.
            let _ = std::fs::remove_dir(root.join(folder));
        }
    }

    /// Brings what is held on this machine to the bucket. Gives how many files were brought; an error leaves the rest.
    pub(super) fn move_held(&self) -> Result<usize> {
        let Self::Bucket(store, held) = self else { return Ok(0) };
        let mut moved = 0;
        for name in held.names()? {
            let path = held.path(&name);
            bring(store, held, &name, &path)?;
            gone(std::fs::remove_file(path))?;
            moved += 1;
        }
        Ok(moved)
    }

    /// Whether the bucket was away when it was last tried, so that it is not waited for again.
    pub(super) fn behind(&self) -> bool {
        matches!(self, Self::Bucket(_, held) if held.behind.load(Ordering::Acquire))
    }

    /// Whether nothing is held on this machine; if so, what follows goes to the bucket at once again.
    pub(super) fn nothing_held(&self) -> Result<bool> {
        let Self::Bucket(_, held) = self else { return Ok(true) };
        let nothing = held.names()?.is_empty();
        if nothing {
            held.behind.store(false, Ordering::Release);
        }
        Ok(nothing)
    }
}

fn gone(removed: io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn at(name: &str) -> object_store::path::Path {
    object_store::path::Path::from(name)
}

fn away(name: &str, error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::Document(name.to_owned()),
        error => Error::Away(Box::new(error)),
    }
}

fn bring(store: &Arc<dyn ObjectStore>, held: &Held, name: &str, file: &Path) -> Result<()> {
    Handle::current().block_on(async {
        let _permit = held.permits.acquire().await.map_err(io::Error::other)?;
        let content = match tokio::fs::read(file).await {
            Ok(content) => content,
            // Another of ours has removed it meanwhile: an upload that was given up.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        store
            .put(&at(name), PutPayload::from(content))
            .await
            .map_err(|error| Error::Away(Box::new(error)))?;
        Ok(())
    })
}

// Durable: the content first, then the name, then the folders that are new.
fn settle(file: NamedTempFile, root: &Path, to: &Path) -> Result<()> {
    file.as_file().sync_all()?;
    let folder = to.parent().unwrap_or(root);
    make_folder(root, folder)?;
    file.persist(to).map_err(|e| e.error)?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn make_folder(root: &Path, folder: &Path) -> Result<()> {
    if folder == root || folder.exists() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(root);
    make_folder(root, above)?;
    match std::fs::create_dir(folder) {
        // Somebody else was quicker.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    File::open(above)?.sync_all()?;
    Ok(())
}

/// A file in a bucket, fetched window by window.
#[derive(Debug)]
struct InBucket {
    store: Arc<dyn ObjectStore>,
    name: String,
    size: u64,
    at: u64,
    window: Vec<u8>,
    window_at: u64,
}

impl InBucket {
    fn open(store: Arc<dyn ObjectStore>, name: &str) -> Result<Self> {
        let found = Handle::current().block_on(store.head(&at(name))).map_err(|e| away(name, e))?;
        Ok(Self { store, name: name.to_owned(), size: found.size, at: 0, window: Vec::new(), window_at: 0 })
    }
}

impl Read for InBucket {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || out.is_empty() {
            return Ok(0);
        }
        let within = |this: &Self| {
            let offset = usize::try_from(this.at.checked_sub(this.window_at)?).ok()?;
            (offset < this.window.len()).then_some(offset)
        };
        if within(self).is_none() {
            let range = self.at..self.size.min(self.at + WINDOW);
            let fetched = Handle::current().block_on(self.store.get_range(&at(&self.name), range));
            self.window = fetched.map_err(|e| io::Error::other(away(&self.name, e)))?.into();
            self.window_at = self.at;
        }
        let offset = within(self).ok_or(io::ErrorKind::UnexpectedEof)?;
        let bytes = out.len().min(self.window.len() - offset);
        out[..bytes].copy_from_slice(&self.window[offset..offset + bytes]);
        self.at += bytes as u64;
        Ok(bytes)
    }
}

impl Seek for InBucket {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
