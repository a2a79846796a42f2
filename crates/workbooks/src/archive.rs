//! The look inside a zip: bombs, macros, passwords, and which kind of document it is.
//!
//! Sizes that a zip states about itself may lie, so every entry is unpacked once into nothing and counted;
//! unpacking ends with the first byte over a limit.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::kind::FileKind;
use crate::limits::Limits;
use crate::refusal::{Excess, ExecutableFormat, Refusal};

/// As much of a describing entry (content types, manifest) as is looked at.
const DESCRIPTION_BYTES: usize = 1024 * 1024;

/// Looks at every entry.
///
/// # Errors
/// A refusal when the zip is a bomb, carries macros or programs, needs a password or is damaged.
/// `Ok(None)` means a harmless zip that is no known document.
pub(crate) fn inspect<R: Read + Seek>(
    file: R,
    packed: u64,
    limits: &Limits,
) -> Result<Option<FileKind>, Refusal> {
    let mut archive = ZipArchive::new(file).map_err(|_| Refusal::Unreadable)?;
    if archive.len() > limits.entries {
        return Err(Refusal::ZipBomb(Excess::Entries { limit: limits.entries }));
    }
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Refusal::Unreadable)?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        let name = entry.name().map_err(|_| Refusal::Unreadable)?;
        names.push(name.to_ascii_lowercase().replace('\\', "/"));
    }
    if names.iter().any(|name| is_macro_part(name)) {
        return Err(Refusal::MacroWorkbook);
    }

    let mut total = 0;
    let mut described = Described::default();
    for (index, name) in names.iter().enumerate() {
        let mut entry = archive.by_index(index).map_err(|_| Refusal::Unreadable)?;
        let keep = match name.as_str() {
            "[content_types].xml" => Some(&mut described.content_types),
            "meta-inf/manifest.xml" => Some(&mut described.manifest),
            "mimetype" => Some(&mut described.mimetype),
            _ => None,
        };
        count(&mut entry, &mut total, packed, limits, keep)?;
    }
    described.kind(&names)
}

/// Whether an entry of that name (lower case) holds macros: VBA, Excel 4.0 macro sheets, OpenDocument Basic.
fn is_macro_part(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.starts_with("vbaproject")
        || name.starts_with("xl/macrosheets/")
        || name.starts_with("basic/")
        || name.starts_with("scripts/")
}

/// Unpacks an entry, adding to `total`; keeps the beginning when asked to.
fn count(
    entry: &mut impl Read,
    total: &mut u64,
    packed: u64,
    limits: &Limits,
    mut keep: Option<&mut Vec<u8>>,
) -> Result<(), Refusal> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = entry.read(&mut buffer).map_err(|_| Refusal::Unreadable)?;
        if read == 0 {
            return Ok(());
        }
        *total += read as u64;
        if *total > limits.unpacked {
            return Err(Refusal::ZipBomb(Excess::Total { limit: limits.unpacked }));
        }
        if *total > Limits::RATIO_FLOOR && *total / packed.max(1) >= limits.ratio {
            return Err(Refusal::ZipBomb(Excess::Ratio { limit: limits.ratio }));
        }
        if let Some(kept) = keep.as_deref_mut() {
            let room = DESCRIPTION_BYTES.saturating_sub(kept.len());
            kept.extend_from_slice(&buffer[..read.min(room)]);
        }
    }
}

/// The entries in which a document says what it is.
#[derive(Default)]
struct Described {
    content_types: Vec<u8>,
    manifest: Vec<u8>,
    mimetype: Vec<u8>,
}

impl Described {
    fn kind(&self, names: &[String]) -> Result<Option<FileKind>, Refusal> {
        let content_types = String::from_utf8_lossy(&self.content_types).to_ascii_lowercase();
        if content_types.contains("macroenabled") || content_types.contains("vbaproject") {
            return Err(Refusal::MacroWorkbook);
        }
        if contains(&self.manifest, b"encryption-data") {
            return Err(Refusal::Encrypted);
        }
        if names.iter().any(|name| name == "meta-inf/manifest.mf") {
            return Err(Refusal::Executable(ExecutableFormat::Jar));
        }
        let mimetype = String::from_utf8_lossy(&self.mimetype);
        let open_document = [FileKind::Ods, FileKind::Odt, FileKind::Odp];
        if let Some(kind) = open_document.into_iter().find(|kind| mimetype.trim() == kind.media_type()) {
            return Ok(Some(kind));
        }
        let office = [
            ("spreadsheetml.sheet.main+xml", FileKind::Xlsx),
            ("wordprocessingml.document.main+xml", FileKind::Docx),
            ("presentationml.presentation.main+xml", FileKind::Pptx),
        ];
        Ok(office.into_iter().find(|(part, _)| content_types.contains(part)).map(|(_, kind)| kind))
    }
}

/// Whether `bytes` has `part` somewhere.
pub(crate) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
