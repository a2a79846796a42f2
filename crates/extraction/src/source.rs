//! A file that can be handed to another process.

use std::borrow::Borrow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
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

    /// An open file, read from its beginning wherever it stands, and left standing there.
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
    pub(crate) fn reading(&self) -> Reading<&File> {
        Reading { file: &self.file, at: 0, bytes: self.bytes }
    }

    /// The same for another thread.
    pub(crate) fn reading_elsewhere(&self) -> Result<Reading<File>, Failure> {
        Ok(Reading { file: self.handle()?, at: 0, bytes: self.bytes })
    }

    /// The same file for another process, which must not mind where it stands.
    pub(crate) fn handle(&self) -> Result<File, Failure> {
        self.file.try_clone().map_err(|error| Failure::not_started(&error))
    }

    /// At most so many bytes from the beginning.
    pub(crate) fn head(&self, most: u64) -> Result<Vec<u8>, Failure> {
        let mut head = Vec::new();
        self.reading().take(most).read_to_end(&mut head).map_err(|error| Failure::not_started(&error))?;
        Ok(head)
    }

    /// All bytes.
    pub(crate) fn whole(&self) -> Result<Vec<u8>, Failure> {
        let mut whole = Vec::with_capacity(usize::try_from(self.bytes).unwrap_or_default());
        self.reading().read_to_end(&mut whole).map_err(|error| Failure::not_started(&error))?;
        Ok(whole)
    }
}

/// A place in a file that no other reader of the same file moves: handles of one file share their position, also across
/// processes, so that is never used. A file that grows meanwhile is read as far as it was when it was opened.
#[derive(Debug)]
pub(crate) struct Reading<F> {
    file: F,
    at: u64,
    bytes: u64,
}

impl<F: Borrow<File>> Read for Reading<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.bytes.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let room = buffer.len().min(left);
        let read = self.file.borrow().read_at(&mut buffer[..room], self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<F: Borrow<File>> Seek for Reading<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_of_one_file_do_not_move_each_other() {
        let source = Source::of_bytes(b"abcdef", &Limits::default()).unwrap();
        let (mut one, mut other) = (source.reading(), source.reading_elsewhere().unwrap());
        let mut two = [0; 2];
        one.read_exact(&mut two).unwrap();
        other.read_exact(&mut two).unwrap();
        assert_eq!(&two, b"ab");
        one.read_exact(&mut two).unwrap();
        assert_eq!(&two, b"cd");
        one.seek(SeekFrom::End(-1)).unwrap();
        assert_eq!(one.read(&mut two).unwrap(), 1);
        assert_eq!((one.read(&mut two).unwrap(), one.seek(SeekFrom::Start(99)).unwrap()), (0, 99));
        assert_eq!(one.read(&mut two).unwrap(), 0);
        assert!(one.seek(SeekFrom::Current(-100)).is_err());
    }
}
