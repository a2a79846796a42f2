//! Content being read: one row of bytes over the pieces in which it lies.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::place::Reading;
use super::sealed::SealedReader;
use super::{Documents, blocking};
use crate::error::{Error, Result};

/// Where a piece lies.
#[derive(Debug, Clone)]
pub(super) enum Lies {
    /// In its place.
    Placed,
    /// In a file that is still arriving.
    Spooled(Arc<NamedTempFile>),
}

/// A piece of a content.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) name: String,
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) lies: Lies,
}

/// The content of a document, opened and checked bit by bit as it is read, from wherever one likes. It reads where
/// blocking is allowed (`tokio::task::spawn_blocking`); [`Content::bit`] goes there by itself.
#[derive(Debug)]
pub struct Content {
    documents: Documents,
    spans: Vec<Span>,
    bytes: u64,
    at: u64,
    open: Option<(usize, SealedReader<Box<dyn Reading>>)>,
    failed: Option<Error>,
}

impl Content {
    pub(super) fn new(documents: Documents, spans: Vec<Span>) -> Self {
        let bytes = spans.last().map_or(0, |span| span.start + span.bytes);
        Self { documents, spans, bytes, at: 0, open: None, failed: None }
    }

    /// How long it is, in bytes.
    pub fn len(&self) -> u64 {
        self.bytes
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Why reading it as bytes failed last: whoever reads may have taken the fault for one of the content.
    pub fn failed(&mut self) -> Option<Error> {
        self.failed.take()
    }

    /// The next bytes and the content behind them; none at the end.
    ///
    /// # Errors
    /// [`Error::Sealed`] when something was changed; [`Error::Document`] when a piece is missing; [`Error::Away`] when
    /// the object store does not answer.
    pub async fn bit(mut self) -> Result<Option<(Vec<u8>, Self)>> {
        blocking(move || {
            let bit = self.next_bit(usize::MAX)?.to_vec();
            Ok((!bit.is_empty()).then_some((bit, self)))
        })
        .await
    }

    fn next_bit(&mut self, most: usize) -> Result<&[u8]> {
        if self.at >= self.bytes {
            return Ok(&[]);
        }
        let number = self.spans.partition_point(|span| span.start <= self.at).saturating_sub(1);
        let span = &self.spans[number];
        let reader = match self.open.take() {
            Some((open, reader)) if open == number => reader,
            _ => self.documents.open_span(span)?,
        };
        let (_, reader) = self.open.insert((number, reader));
        let bit = reader.at(self.at - span.start)?;
        let bit = &bit[..bit.len().min(most)];
        if bit.is_empty() {
            return Err(Error::Sealed);
        }
        self.at += bit.len() as u64;
        Ok(bit)
    }
}

impl Read for Content {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        match self.next_bit(out.len()) {
            Ok(bit) => {
                out[..bit.len()].copy_from_slice(bit);
                Ok(bit.len())
            }
            Err(error) => {
                let said = io::Error::other(error.to_string());
                self.failed = Some(error);
                Err(said)
            }
        }
    }
}

impl Seek for Content {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
