//! What an archive contains, without unpacking it.

use std::io::{BufReader, Cursor, Read, Seek};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use crate::failure::Failure;
use crate::limits::Limits;
use crate::package::Meter;
use crate::source::Source;

/// Most characters of a path.
const MOST_CHARACTERS: usize = 300;

/// What an archive contains, by its own table of contents: what it says of itself may be wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The entries in the order of the archive.
    pub entries: Vec<Entry>,
    /// How many entries there are, also those that are not listed because of [`Limits::entries`].
    pub in_all: u64,
}

/// A file or folder in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it lies, with `/` between folders: never outside of the archive, without control characters and marks that
    /// turn the direction of writing.
    pub path: String,
    /// Whether the archive gives another path, which leads outside or hides what it is.
    pub altered: bool,
    /// Its size in bytes, as the archive says.
    pub bytes: u64,
    /// Bytes that it takes in the archive, as the archive says.
    pub packed: u64,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether it opens with a password only.
    pub encrypted: bool,
    /// For an archive (`.zip`) in the archive: what lies in it.
    pub inside: Option<Inside>,
}

/// The inside of an archive in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inside {
    /// What it contains.
    Listed(Listing),
    /// Not looked at: too deep ([`Limits::nested`]), too large, damaged, or with a password.
    NotListed,
}

/// Lists an archive.
///
/// # Errors
/// Damaged when it has no table of contents.
pub(crate) fn read(source: &Source, limits: &Limits) -> Result<Listing, Failure> {
    let meter = Meter::new(source.bytes(), limits);
    let mut lister = Lister { limits, meter: &meter, left: limits.entries };
    lister.list(BufReader::new(source.reading()), 0).ok_or(Failure::DAMAGED)
}

struct Lister<'l> {
    limits: &'l Limits,
    meter: &'l Meter,
    /// How many entries may still be listed, in all archives together.
    left: usize,
}

impl Lister<'_> {
    /// Lists the archive, which lies so deep in others. None when it has no table of contents.
    fn list(&mut self, file: impl Read + Seek, depth: u32) -> Option<Listing> {
        let mut zip = ZipArchive::new(file).ok()?;
        let mut listing = Listing { entries: Vec::new(), in_all: zip.len() as u64 };
        for index in 0..zip.len() {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let entry = zip.by_index_data(index).ok()?;
            let said = entry.name().map_or_else(
                |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
                std::borrow::Cow::into_owned,
            );
            let (path, altered) = harmless_path(&said);
            let mut listed = Entry {
                path,
                altered,
                bytes: entry.size(),
                packed: entry.compressed_size(),
                folder: entry.is_dir(),
                encrypted: entry.encrypted(),
                inside: None,
            };
            if !listed.folder && listed.path.to_ascii_lowercase().ends_with(".zip") {
                let inside = if listed.encrypted || depth >= self.limits.nested {
                    None
                } else {
                    self.unpack(&mut zip, index).and_then(|bytes| self.list(Cursor::new(bytes), depth + 1))
                };
                listed.inside = Some(inside.map_or(Inside::NotListed, Inside::Listed));
            }
            listing.entries.push(listed);
        }
        Some(listing)
    }

    /// An entry in memory, when it has room there.
    fn unpack(&self, zip: &mut ZipArchive<impl Read + Seek>, index: usize) -> Option<Vec<u8>> {
        let most = self.limits.memory / 4;
        let entry = zip.by_index(index).ok()?;
        let mut bytes = Vec::new();
        self.meter.count(entry).take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    }
}

/// A path that leads nowhere outside, and whether it had to be altered.
fn harmless_path(said: &str) -> (String, bool) {
    let mut altered = false;
    let plain: String = said
        .chars()
        .map(|c| if c == '\\' { '/' } else { c })
        .filter(|c| {
            let harmful = c.is_control() || turns(*c);
            altered |= harmful;
            !harmful
        })
        .collect();
    let mut steps: Vec<&str> = Vec::new();
    for (place, step) in plain.split('/').enumerate() {
        let step = step.trim();
        match step {
            // Two slashes in a row and the one at the end of a folder are harmless.
            "" => altered |= place == 0,
            "." => {}
            ".." => altered = true,
            drive if place == 0 && drive.len() == 2 && drive.ends_with(':') => altered = true,
            step => steps.push(step),
        }
    }
    let path = steps.join("/");
    let long = path.chars().count();
    if long <= MOST_CHARACTERS {
        return (path, altered);
    }
    // The end says most: the name and its ending.
    let end: String = path.chars().skip(long - MOST_CHARACTERS + 1).collect();
    (format!("…{end}"), true)
}

/// Marks that turn the direction of writing, by which `gpj.exe` looks like a picture.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The last part of a path that leads nowhere outside.
pub(crate) fn harmless_name(said: &str) -> String {
    let path = harmless_path(said).0;
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_outside() {
        for (said, path, altered) in [
            ("plan.docx", "plan.docx", false),
            ("a/b/", "a/b", false),
            ("./a//b", "a/b", false),
            ("a\\b.txt", "a/b.txt", false),
            ("../../etc/passwd", "etc/passwd", true),
            ("a/../../b", "a/b", true),
            ("/etc/passwd", "etc/passwd", true),
            ("C:\\Windows\\x.exe", "Windows/x.exe", true),
            ("\\\\server\\share", "server/share", true),
            ("plan\u{202e}fdp.exe", "planfdp.exe", true),
            ("a\r\nb", "ab", true),
            ("..", "", true),
        ] {
            assert_eq!(harmless_path(said), (path.to_owned(), altered), "{said:?}");
        }
        let (long, altered) = harmless_path(&format!("{}.pdf", "x".repeat(1000)));
        assert_eq!((long.chars().count(), altered, &long[long.len() - 4..]), (MOST_CHARACTERS, true, ".pdf"));
        assert_eq!(harmless_name("C:\\a\\..\\plan.pdf"), "plan.pdf");
    }
}
