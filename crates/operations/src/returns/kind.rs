//! What a file is that comes, and that whoever gets it can open it.

use std::io::Seek as _;

use keyline_extraction::{Failure, Source};
use keyline_store::documents::Content;
use keyline_workbooks::{FileKind, Limits, Refusal, detect, is_encrypted_pdf};

use super::reading::FileReader;

/// The kind of a file, by content and name. It reads where blocking is allowed.
///
/// # Errors
/// The [`Refusal`]; also of a PDF that opens with a password only, unless it is larger than is read or this machine
/// cannot read it just now: then its page says so as soon as it was tried.
pub(super) fn kind_of(
    reader: &FileReader,
    file: &mut Content,
    name: &str,
    limits: &Limits,
) -> Result<FileKind, Refusal> {
    let kind = detect(file, name, limits)?;
    if kind == FileKind::Pdf && file.len() <= reader.limits.bytes && is_encrypted_pdf(file)? {
        file.rewind().map_err(|_| Refusal::Unreadable)?;
        let opened = Source::of_reader(file, &reader.limits).and_then(|source| (reader.kind)(&source));
        if opened == Err(Failure::Refused(keyline_extraction::Refusal::Password)) {
            return Err(Refusal::Encrypted);
        }
    }
    Ok(kind)
}
