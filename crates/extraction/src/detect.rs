//! What a file is, whatever its name says.
//!
//! Signatures come first: programs, pictures, PDFs, and zips, whose inside says which document they are. What is left
//! and has only bytes of text is looked at as text: a page of the web, an e-mail, a table, or just text.

use keyline_workbooks::{self as workbooks, FileKind};

use crate::failure::{Excess, Failure, Program, Refusal};
use crate::kind::Kind;
use crate::limits::Limits;
use crate::package::Package;
use crate::source::Source;
use crate::{compound, odf, office, plain};

/// How much of the beginning is looked at for signatures and for text.
const HEAD_BYTES: u64 = 8 * 1024;

/// Within how many bytes a PDF must say so; junk may stand before it.
const PDF_BYTES: usize = 1024;

/// First bytes of a shortcut of Windows.
const SHORTCUT: [u8; 8] = [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0];

/// What a file is. Reads its beginning and, of a zip, what says which document it is.
///
/// # Errors
/// [`Failure::Refused`] for what is empty, a program, carries macros, needs a password or is damaged;
/// [`Failure::TooLarge`]; [`Failure::NotSupported`] with the media type of everything else. That a PDF needs a password
/// is seen only when it is opened ([`kind`](crate::kind)).
pub fn detect(source: &Source, limits: &Limits) -> Result<Kind, Failure> {
    source.within(limits)?;
    let head = source.head(HEAD_BYTES)?;
    if let Some(program) = program(&head) {
        return Err(Failure::Refused(Refusal::Program(program)));
    }
    if head.starts_with(&compound::SIGNATURE) {
        return Err(compound::look(source));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zip(source, limits);
    }
    let text = is_text(&head);
    let early = &head[..head.len().min(PDF_BYTES)];
    if head.starts_with(b"%PDF-") || !text && early.windows(5).any(|five| five == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if text {
        let cut = source.bytes() > HEAD_BYTES;
        return of_text(&if cut { plain::decode_head(&head) } else { plain::decode(&head) }, cut);
    }
    let media_type = infer::get(&head).map_or("application/octet-stream", |known| known.mime_type());
    Kind::from_media_type(media_type)
        .filter(|kind| kind.is_picture())
        .ok_or_else(|| Failure::not_supported(media_type))
}

/// The sort of program that begins like this.
fn program(head: &[u8]) -> Option<Program> {
    if head.starts_with(&SHORTCUT) {
        return Some(Program::Shortcut);
    }
    if head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).starts_with(b"#!") {
        return Some(Program::Script);
    }
    match infer::get(head)?.mime_type() {
        // A text may begin with the letters MZ; a program has zero bytes soon after them.
        "application/vnd.microsoft.portable-executable" => head.contains(&0).then_some(Program::Windows),
        "application/x-executable" => Some(Program::Elf),
        "application/x-mach-binary" => Some(Program::MachO),
        "application/java" | "application/vnd.android.dex" | "application/vnd.android.dey" => {
            Some(Program::Java)
        }
        "application/wasm" => Some(Program::WebAssembly),
        _ => None,
    }
}

/// Which document a zip is, if any.
fn zip(source: &Source, limits: &Limits) -> Result<Kind, Failure> {
    let mut package = Package::open(source, limits)?;
    let found = match office::kind(&mut package)? {
        Some(kind) => Some(kind),
        None => odf::kind(&mut package)?,
    };
    let Some(kind) = found else {
        return if package.has("meta-inf/manifest.mf") {
            Err(Failure::Refused(Refusal::Program(Program::Java)))
        } else {
            Ok(Kind::Zip)
        };
    };
    if package.entries() > limits.entries {
        return Err(Failure::TooLarge(Excess::Entries(limits.entries)));
    }
    if package.is_encrypted() {
        return Err(Failure::Refused(Refusal::Password));
    }
    Ok(kind)
}

/// Whether there are only bytes that text files have, in whatever encoding of single bytes, UTF-8, or marked UTF-16.
fn is_text(head: &[u8]) -> bool {
    // Besides the usual white space: 0x1A ends files of DOS, 0x1B switches character sets.
    head.starts_with(&[0xFF, 0xFE])
        || head.starts_with(&[0xFE, 0xFF])
        || head.iter().all(|byte| *byte >= 0x20 || matches!(byte, 0x09..=0x0D | 0x1A | 0x1B))
}

/// Which text it is. `cut` when the head is not all of it.
fn of_text(head: &str, cut: bool) -> Result<Kind, Failure> {
    // A text in UTF-16 with zero characters is none.
    if head.contains('\0') {
        return Err(Failure::not_supported("application/octet-stream"));
    }
    let start = head.trim_start();
    if start.starts_with("{\\rtf") {
        return Err(Failure::not_supported("application/rtf"));
    }
    let page = infer::text::is_html(start.as_bytes())
        || start.starts_with("<?xml") && start.to_ascii_lowercase().contains("<html");
    if page {
        return Ok(Kind::Html);
    }
    if is_mail(head) {
        return Ok(Kind::Mail);
    }
    Ok(if is_table(head, cut) { Kind::Csv } else { Kind::Text })
}

/// Whether a text begins with the fields of an e-mail: someone it is from, and one that only programs write. A memo
/// that begins with `From:` and `To:` is no e-mail.
fn is_mail(head: &str) -> bool {
    const BY_PROGRAMS: [&str; 6] =
        ["message-id", "mime-version", "received", "return-path", "content-type", "delivered-to"];
    let (mut from, mut program) = (false, false);
    // Mailboxes of Unix begin with a line of their own.
    let lines = head.lines().skip(usize::from(head.starts_with("From ")));
    for line in lines.take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        from |= name == "from";
        program |= BY_PROGRAMS.contains(&name.as_str());
    }
    from && program
}

/// Whether a text is a table: two rows at least, none wider than the first, most as wide, and no prose with commas.
fn is_table(head: &str, cut: bool) -> bool {
    // The last line of a part may be half a row.
    let whole = if cut { head.rsplit_once('\n').map_or(head, |(before, _)| before) } else { head };
    let commas = whole.matches(',').count();
    if commas > 0 && whole.matches(", ").count() * 2 > commas {
        return false;
    }
    let limits = workbooks::Limits { columns: 1_000, ..workbooks::Limits::default() };
    let Ok(sheets) = workbooks::read_sheets(whole.as_bytes(), FileKind::Csv, &limits) else { return false };
    let Some([header, rows @ ..]) = sheets.first().map(|sheet| sheet.rows.as_slice()) else { return false };
    let width = header.cells.len();
    let as_wide = rows.iter().filter(|row| row.cells.len() == width).count();
    width > 1
        && !rows.is_empty()
        && header.cells.iter().all(|cell| !cell.is_empty())
        && rows.iter().all(|row| row.cells.len() <= width)
        && as_wide * 2 >= rows.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart() {
        for (text, kind) in [
            ("Dear Anna,\nthank you, bye,\nBob", Kind::Text),
            ("a,b\n1,2\n", Kind::Csv),
            ("Area;Count\nAbergorm;3\nStrath Ellan;\n", Kind::Csv),
            ("name\tplace\nx\ty", Kind::Csv),
            ("one, two\nthree, four\n", Kind::Text),
            ("only\none\ncolumn\n", Kind::Text),
            ("a,b\n1,2,3\n", Kind::Text),
            ("  <!doctype html><p>x", Kind::Html),
            ("<?xml version='1.0'?>\n<html xmlns='x'/>", Kind::Html),
            ("<?xml version='1.0'?><note/>", Kind::Text),
            ("From: a@example.org\nMIME-Version: 1.0\n\nHello", Kind::Mail),
            ("From x Thu\nReceived: by y\n\tat z\nFrom: a@example.org\n\n", Kind::Mail),
            ("From: The council\nTo: All\nSubject: Plan\n\nHello", Kind::Text),
            ("Message-ID: <1@x>\n\nFrom: a", Kind::Text),
            ("MZ is a postcode nowhere", Kind::Text),
        ] {
            assert_eq!(of_text(text, false), Ok(kind), "{text}");
        }
        assert_eq!(of_text("{\\rtf1 x}", false), Err(Failure::not_supported("application/rtf")));
    }

    #[test]
    fn half_a_row_at_the_end_of_the_head_does_not_matter() {
        assert_eq!(of_text("a,b\n1,2\n\"3,", true), Ok(Kind::Csv));
    }

    #[test]
    fn programs_are_known_by_their_beginning() {
        for (head, found) in [
            (&b"MZ\x90\0\x03"[..], Some(Program::Windows)),
            (b"MZ,name\n", None),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Some(Program::Elf)),
            (b"\xcf\xfa\xed\xfe\x07\0\0\x01", Some(Program::MachO)),
            (b"\xca\xfe\xba\xbe\0\0\0\x34", Some(Program::Java)),
            (b"\0asm\x01\0\0\0", Some(Program::WebAssembly)),
            (b"#!/bin/sh\n", Some(Program::Script)),
            (b"\xef\xbb\xbf#!/bin/sh\n", Some(Program::Script)),
            (b"L\0\0\0\x01\x14\x02\0\0\0\0\0", Some(Program::Shortcut)),
            (b"%PDF-1.7", None),
        ] {
            assert_eq!(program(head), found, "{}", String::from_utf8_lossy(head));
        }
    }
}
