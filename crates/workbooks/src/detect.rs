//! What a file is, whatever its name says.
//!
//! The name only claims; the content decides. A file is accepted when both agree, so that what is stored as
//! a PDF is a PDF, and nothing that runs is stored at all.

use std::io::{Cursor, Read, Seek, SeekFrom};

use crate::archive;
use crate::kind::FileKind;
use crate::limits::Limits;
use crate::refusal::{ExecutableFormat, Refusal};

/// How much of the beginning is looked at for signatures and for text.
const HEAD_BYTES: usize = 8 * 1024;

/// First bytes of a compound file: Office before 2007, and the wrapper of encrypted Office documents.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Endings of documents that carry macros.
const MACRO_ENDINGS: [&str; 10] =
    ["xlsm", "xltm", "xlam", "xlsb", "docm", "dotm", "pptm", "potm", "ppsm", "ppam"];

/// Endings of files that run when they are opened.
const PROGRAM_ENDINGS: [&str; 25] = [
    "exe", "dll", "com", "scr", "cpl", "msi", "msp", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf",
    "wsh", "hta", "jar", "lnk", "sh", "command", "app", "apk", "reg", "pif",
];

/// Detects the kind of a file from its content and checks it against its name. Reads the size, the
/// beginning, and the inside of a zip; never more than `limits.bytes`.
///
/// # Errors
/// The [`Refusal`]; reading errors count as [`Refusal::Unreadable`].
pub fn detect<R: Read + Seek>(file: &mut R, filename: &str, limits: &Limits) -> Result<FileKind, Refusal> {
    let size = file.seek(SeekFrom::End(0)).map_err(|_| Refusal::Unreadable)?;
    if size == 0 {
        return Err(Refusal::Empty);
    }
    if size > limits.bytes {
        return Err(Refusal::TooLarge { limit: limits.bytes });
    }
    let head = head_of(file)?;
    let extension = extension_of(filename);
    if let Some(format) = program(&head) {
        return Err(Refusal::Executable(format));
    }
    if PROGRAM_ENDINGS.contains(&extension.as_str()) {
        return Err(Refusal::Executable(ExecutableFormat::ByName));
    }
    if MACRO_ENDINGS.contains(&extension.as_str()) {
        return Err(Refusal::MacroWorkbook);
    }
    if head.starts_with(&COMPOUND_FILE) {
        return Err(compound_file(file)?);
    }

    let claimed = FileKind::from_extension(&extension);
    let found = if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        file.rewind().map_err(|_| Refusal::Unreadable)?;
        archive::inspect(&mut *file, size, limits)?.map_or("application/zip", FileKind::media_type)
    } else {
        media_type(&head)
    };
    let claimed = claimed.ok_or(Refusal::NotAccepted { extension })?;
    let agrees = match claimed {
        FileKind::Csv | FileKind::Txt | FileKind::Eml => found == FileKind::Txt.media_type(),
        FileKind::Html => [FileKind::Html.media_type(), FileKind::Txt.media_type()].contains(&found),
        claimed => found == claimed.media_type(),
    };
    if agrees { Ok(claimed) } else { Err(Refusal::WrongType { claimed, found }) }
}

/// [`detect`] for a file that is in memory.
///
/// # Errors
/// As [`detect`].
pub fn detect_bytes(bytes: &[u8], filename: &str, limits: &Limits) -> Result<FileKind, Refusal> {
    detect(&mut Cursor::new(bytes), filename, limits)
}

fn head_of<R: Read + Seek>(file: &mut R) -> Result<Vec<u8>, Refusal> {
    file.rewind().map_err(|_| Refusal::Unreadable)?;
    let mut head = Vec::with_capacity(HEAD_BYTES);
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(|_| Refusal::Unreadable)?;
    Ok(head)
}

/// The ending of a file name in lower case, without the dot; empty when there is none. Browsers may send a
/// whole path.
fn extension_of(filename: &str) -> String {
    let name = filename.rsplit(['/', '\\']).next().unwrap_or(filename);
    // Windows drops trailing dots and blanks, so `run.exe. ` would be a program there.
    let name = name.trim_end_matches(['.', ' ']);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// The sort of program that begins like this.
fn program(head: &[u8]) -> Option<ExecutableFormat> {
    const MACH_O: [[u8; 4]; 5] = [
        [0xFE, 0xED, 0xFA, 0xCE],
        [0xFE, 0xED, 0xFA, 0xCF],
        [0xCE, 0xFA, 0xED, 0xFE],
        [0xCF, 0xFA, 0xED, 0xFE],
        [0xCA, 0xFE, 0xBA, 0xBE],
    ];
    // A table may begin with the letters MZ; a program has zero bytes soon after them.
    if head.starts_with(b"MZ") && head.contains(&0) {
        return Some(ExecutableFormat::Windows);
    }
    if head.starts_with(b"\x7fELF") {
        return Some(ExecutableFormat::Elf);
    }
    if MACH_O.iter().any(|signature| head.starts_with(signature)) {
        return Some(ExecutableFormat::MachO);
    }
    if head.starts_with(&[0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0]) {
        return Some(ExecutableFormat::Shortcut);
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    text.starts_with(b"#!").then_some(ExecutableFormat::Script)
}

/// Tells an encrypted document from an old one: the former wraps a stream of a fixed name (in UTF-16).
fn compound_file<R: Read + Seek>(file: &mut R) -> Result<Refusal, Refusal> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(if holds(file, &name)? { Refusal::Encrypted } else { Refusal::Legacy })
}

/// Whether a PDF is encrypted at all. Many that are open without a password and only forbid to print or to copy; which
/// it is, only a reader of PDF can say. The word stands in the trailer, which is never packed (ISO 32000-2, 7.5.5 and
/// 7.5.8).
///
/// # Errors
/// [`Refusal::Unreadable`] when it cannot be read.
pub fn is_encrypted_pdf<R: Read + Seek>(file: &mut R) -> Result<bool, Refusal> {
    holds(file, b"/Encrypt")
}

/// Whether these bytes stand anywhere in the file.
fn holds<R: Read + Seek>(file: &mut R, wanted: &[u8]) -> Result<bool, Refusal> {
    file.rewind().map_err(|_| Refusal::Unreadable)?;
    let mut window: Vec<u8> = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(|_| Refusal::Unreadable)?;
        if read == 0 {
            return Ok(false);
        }
        // They may lie across two reads: keep the end of the one before.
        let keep = window.len().saturating_sub(wanted.len());
        window.drain(..keep);
        window.extend_from_slice(&buffer[..read]);
        if archive::contains(&window, wanted) {
            return Ok(true);
        }
    }
}

/// Media type of what is no zip, no program and no compound file.
fn media_type(head: &[u8]) -> &'static str {
    if head.starts_with(b"%PDF-") {
        return FileKind::Pdf.media_type();
    }
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if wide {
        return FileKind::Txt.media_type();
    }
    let known = infer::get(head).map(|known| known.mime_type());
    if is_text(head) {
        // Some signatures are two letters (`BM` for pictures), which a table may begin with too.
        let marked = known.filter(|known| known.starts_with("text/") || *known == "application/rtf");
        return marked.unwrap_or(FileKind::Txt.media_type());
    }
    known.unwrap_or("application/octet-stream")
}

/// Whether there are only bytes that text files have, in whatever encoding of single bytes or UTF-8.
fn is_text(head: &[u8]) -> bool {
    // Besides the usual white space: 0x1A ends files of DOS, 0x1B switches character sets.
    head.iter().all(|byte| *byte >= 0x20 || matches!(byte, 0x09..=0x0D | 0x1A | 0x1B))
}
