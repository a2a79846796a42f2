//! A file that can be handed to another process.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use rustix::fs::{MemfdFlags, memfd_create};

use crate::failure::{Excess, Failure, Refusal};
use crate::limits::Limits;

/// A file to read: an open file of the disk, or bytes kept in memory (never on the disk) that look like one.
#[derive(Debug)]
pub struct Source {
    file: File,
    bytes: u64,
}

impl Source {
    /// A file on the disk.
    ///
    /// # Errors
    /// As [`Source::of_file`].
    pub fn of_path(path: &Path) -> Result<Self, Failure> {
        Self::of_file(File::open(path).map_err(|error| Failure::not_started(&error))?)
    }

    /// An open file, read from its beginning wherever it stands. Its position moves.
    ///
    /// # Errors
    /// [`Failure::NotStarted`] when it is no regular file (a pipe: see [`Source::of_reader`]).
    pub fn of_file(file: File) -> Result<Self, Failure> {
        let about = file.metadata().map_err(|error| Failure::not_started(&error))?;
        if !about.is_file() {
            return Err(Failure::NotStarted { why: "not a regular file".to_owned() });
        }
        Ok(Self { file, bytes: about.len() })
    }

    /// Whatever can be read to its end. It is kept in memory.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] above [`Limits::bytes`]; [`Failure::NotStarted`] when it cannot be read or kept.
    pub fn of_reader(reader: impl Read, limits: &Limits) -> Result<Self, Failure> {
        let keep = || -> io::Result<File> {
            let mut file = File::from(memfd_create("keyline-extraction", MemfdFlags::CLOEXEC)?);
            io::copy(&mut reader.take(limits.bytes.saturating_add(1)), &mut file)?;
            file.flush()?;
            Ok(file)
        };
        let source = Self::of_file(keep().map_err(|error| Failure::not_started(&error))?)?;
        source.within(limits)?;
        Ok(source)
    }

    /// Bytes in memory.
    ///
    /// # Errors
    /// As [`Source::of_reader`].
    pub fn of_bytes(bytes: &[u8], limits: &Limits) -> Result<Self, Failure> {
        Self::of_reader(bytes, limits)
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Refuses what is empty or too large.
    pub(crate) fn within(&self, limits: &Limits) -> Result<(), Failure> {
        if self.bytes == 0 {
            return Err(Failure::Refused(Refusal::Empty));
        }
        if self.bytes > limits.bytes {
            return Err(Failure::TooLarge(Excess::File(limits.bytes)));
        }
        Ok(())
    }

    /// The file from its beginning.
    pub(crate) fn rewound(&self) -> Result<&File, Failure> {
        let mut file = &self.file;
        file.rewind().map_err(|error| Failure::not_started(&error))?;
        Ok(file)
    }

    /// The same file, from its beginning, for another process.
    pub(crate) fn handle(&self) -> Result<File, Failure> {
        self.rewound()?.try_clone().map_err(|error| Failure::not_started(&error))
    }

    /// At most so many bytes from the beginning.
    pub(crate) fn head(&self, most: u64) -> Result<Vec<u8>, Failure> {
        let mut head = Vec::new();
        self.rewound()?.take(most).read_to_end(&mut head).map_err(|error| Failure::not_started(&error))?;
        Ok(head)
    }

    /// All bytes.
    pub(crate) fn whole(&self) -> Result<Vec<u8>, Failure> {
        let mut whole = Vec::with_capacity(usize::try_from(self.bytes).unwrap_or_default());
        // A file that grows meanwhile is read as far as it was when it was opened.
        let reading = self.rewound()?.take(self.bytes).read_to_end(&mut whole);
        reading.map_err(|error| Failure::not_started(&error))?;
        Ok(whole)
    }
}
