//! How much is too much.

use serde::{Deserialize, Serialize};

const MEGABYTE: u64 = 1024 * 1024;

/// The limits of one file. [`Limits::default`] suits documents of offices: a PDF of 300 pages takes about a second.
///
/// They travel to the child as JSON; a limit that is left out there has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Limits {
    /// Most bytes of the file as sent: 100 MB.
    pub bytes: u64,
    /// Most bytes of text that are kept: 4 MB, more than a thousand pages. What comes after is left out, and [`Text::cut`](crate::Text::cut) says so.
    pub text: usize,
    /// Most seconds, by the clock and of each processor: 60.
    pub seconds: u64,
    /// Most bytes of memory (address space) that the child may take beyond what the program itself takes when it starts,
    /// and that each program of poppler may take in all: 512 MB.
    pub memory: u64,
    /// Most pages of a PDF that are read: 5,000. What comes after is left out, as with text.
    pub pages: u32,
    /// Most entries of a zip: 10,000. A document with more is refused; of an archive the first so many are listed.
    pub entries: usize,
    /// Most bytes that are unpacked from a zip, counted while unpacking: 200 MB.
    pub unpacked: u64,
    /// Most unpacked bytes for each byte of the file: 200. Looked at only above [`Limits::RATIO_FLOOR`], because small
    /// repetitive files are packed well without harm.
    pub ratio: u64,
    /// How deep elements of XML may lie in each other: 256.
    pub depth: usize,
    /// How deep an archive in an archive is listed: 2 (the one within, and the one within that).
    pub nested: u32,
    /// Most pixels of a picture: 60 million, more than cameras make; they take 180 MB when they are looked at.
    pub pixels: u64,
    /// Most lines that a preview shows: 200.
    pub preview_lines: usize,
    /// Most characters of a line or a cell in a preview: 2,000.
    pub preview_characters: usize,
    /// Most rows of a table that a preview shows: 100.
    pub preview_rows: usize,
    /// Most columns of a table that a preview shows: 30.
    pub preview_columns: usize,
    /// How many pages of a PDF a preview shows: 3.
    pub preview_pages: u32,
    /// The longer edge of a page or picture in a preview, in pixels: 1,400. Smaller pictures stay as they are.
    pub preview_edge: u32,
}

impl Limits {
    /// Unpacked bytes below which the ratio is not looked at.
    pub const RATIO_FLOOR: u64 = MEGABYTE;

    /// Most bytes of an answer of the child: the text with everything in it escaped, and pictures of some pages.
    pub(crate) fn answer(&self) -> u64 {
        2 * self.text as u64 + u64::from(self.preview_pages + 1) * 8 * MEGABYTE + 16 * MEGABYTE
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 100 * MEGABYTE,
            text: 4 * 1024 * 1024,
            seconds: 60,
            memory: 512 * MEGABYTE,
            pages: 5_000,
            entries: 10_000,
            unpacked: 200 * MEGABYTE,
            ratio: 200,
            depth: 256,
            nested: 2,
            pixels: 60_000_000,
            preview_lines: 200,
            preview_characters: 2_000,
            preview_rows: 100,
            preview_columns: 30,
            preview_pages: 3,
            preview_edge: 1_400,
        }
    }
}
