//! Documents that are zips: their entries by name, unpacked within limits.
//!
//! Sizes that a zip states about itself may lie, so every byte is counted while it is unpacked, and unpacking ends with
//! the first one over a limit. Only what is read is unpacked at all.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};

use zip::ZipArchive;

use crate::failure::{Excess, Failure};
use crate::limits::Limits;
use crate::source::{Reading, Source};
use crate::xml::{self, ControlFlow, Fault, Step};

/// A zip whose entries are found by name.
pub(crate) struct Package<'a> {
    zip: ZipArchive<BufReader<Reading<&'a File>>>,
    /// Index of each entry by its name as [`plain`] writes it.
    names: HashMap<String, usize>,
    meter: Meter,
    depth: usize,
}

/// Names in zips of offices are alike whatever their case, and some programs write them with the slashes of Windows.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

impl<'a> Package<'a> {
    /// Opens a zip.
    ///
    /// # Errors
    /// Damaged when its table of contents is.
    pub(crate) fn open(source: &'a Source, limits: &Limits) -> Result<Self, Failure> {
        let zip = ZipArchive::new(BufReader::new(source.reading())).map_err(|_| Failure::DAMAGED)?;
        let mut names = HashMap::with_capacity(zip.len());
        for (index, name) in zip.file_names().enumerate() {
            names.insert(plain(&name.map_err(|_| Failure::DAMAGED)?), index);
        }
        Ok(Self { zip, names, meter: Meter::new(source.bytes(), limits), depth: limits.depth })
    }

    /// How many entries there are.
    pub(crate) fn entries(&self) -> usize {
        self.zip.len()
    }

    /// Whether there is an entry of that name (lower case).
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The names of all entries, in lower case with plain slashes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Whether any entry wants a password.
    pub(crate) fn is_encrypted(&self) -> bool {
        (0..self.zip.len()).any(|index| self.zip.by_index_data(index).is_ok_and(|entry| entry.encrypted()))
    }

    /// Unpacks an entry, at most so many bytes of it. None when there is none of that name.
    pub(crate) fn read(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
        let Some(index) = self.names.get(&plain(name)) else { return Ok(None) };
        let entry = self.zip.by_index(*index).map_err(|_| Failure::DAMAGED)?;
        let mut bytes = Vec::new();
        let read = self.meter.count(entry).take(most).read_to_end(&mut bytes);
        self.meter.check()?;
        read.map_err(|_| Failure::DAMAGED)?;
        Ok(Some(bytes))
    }

    /// Visits the XML of an entry step by step; says whether there is one of that name.
    pub(crate) fn walk(
        &mut self,
        name: &str,
        visit: impl FnMut(Step<'_>) -> ControlFlow<()>,
    ) -> Result<bool, Failure> {
        let Some(index) = self.names.get(&plain(name)) else { return Ok(false) };
        let entry = self.zip.by_index(*index).map_err(|_| Failure::DAMAGED)?;
        let walked = xml::walk(BufReader::new(self.meter.count(entry)), self.depth, visit);
        self.meter.check()?;
        match walked {
            Ok(()) => Ok(true),
            Err(Fault::TooDeep) => Err(Failure::TooLarge(Excess::Depth(self.depth))),
            Err(Fault::Broken) => Err(Failure::DAMAGED),
        }
    }
}

/// Counts what is unpacked from one file.
pub(crate) struct Meter {
    packed: u64,
    most: u64,
    ratio: u64,
    unpacked: Cell<u64>,
    excess: Cell<Option<Excess>>,
}

impl Meter {
    pub(crate) fn new(packed: u64, limits: &Limits) -> Self {
        Self {
            packed: packed.max(1),
            most: limits.unpacked,
            ratio: limits.ratio,
            unpacked: Cell::new(0),
            excess: Cell::new(None),
        }
    }

    /// A reader that ends with an error at the first byte over a limit.
    pub(crate) fn count<R: Read>(&self, reader: R) -> Metered<'_, R> {
        Metered { reader, meter: self }
    }

    /// The failure when a reader went over a limit.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.excess.get().map_or(Ok(()), |excess| Err(Failure::TooLarge(excess)))
    }
}

/// What is read is counted.
pub(crate) struct Metered<'m, R> {
    reader: R,
    meter: &'m Meter,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let meter = self.meter;
        let total = meter.unpacked.get() + read as u64;
        meter.unpacked.set(total);
        if total > meter.most {
            meter.excess.set(Some(Excess::Unpacked(meter.most)));
        } else if total > Limits::RATIO_FLOOR && total / meter.packed >= meter.ratio {
            meter.excess.set(Some(Excess::Ratio(meter.ratio)));
        }
        if meter.excess.get().is_some() {
            return Err(io::Error::other("over a limit"));
        }
        Ok(read)
    }
}
