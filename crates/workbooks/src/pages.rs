//! How many pages a document has, as far as its own description says.
//!
//! Word processors and presentation programs write the number into the file; in a PDF it stands at the root of the tree of
//! pages. What a file says of itself may be wrong and harms nobody: the number only tells how much was asked for. Where
//! it does not stand, it is not guessed.

use std::io::{Read, Seek, SeekFrom};

use flate2::read::ZlibDecoder;
use zip::ZipArchive;

use crate::kind::FileKind;

/// Larger PDFs are not looked through.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// As much is unpacked of one part.
const MOST_UNPACKED: u64 = 4 * 1024 * 1024;
/// A number beyond this is a mistake.
const MOST_PAGES: u32 = 20_000;

/// The number of pages (of slides, in a presentation), where it is known.
pub fn page_count<R: Read + Seek>(file: &mut R, kind: FileKind) -> Option<u32> {
    let found = match kind {
        FileKind::Pdf => in_pdf(file),
        FileKind::Docx => in_part(file, "docProps/app.xml", "<Pages>"),
        FileKind::Pptx => in_part(file, "docProps/app.xml", "<Slides>"),
        FileKind::Odt | FileKind::Odp => in_part(file, "meta.xml", "meta:page-count=\""),
        _ => None,
    };
    found.filter(|pages| (1..=MOST_PAGES).contains(pages))
}

fn in_part<R: Read + Seek>(file: &mut R, part: &str, before: &str) -> Option<u32> {
    file.rewind().ok()?;
    let mut archive = ZipArchive::new(file).ok()?;
    let mut text = Vec::new();
    archive.by_name(part).ok()?.take(MOST_UNPACKED).read_to_end(&mut text).ok()?;
    let text = String::from_utf8_lossy(&text);
    number(text[text.find(before)? + before.len()..].as_bytes())
}

fn in_pdf<R: Read + Seek>(file: &mut R) -> Option<u32> {
    if file.seek(SeekFrom::End(0)).ok()? > MOST_BYTES {
        return None;
    }
    file.rewind().ok()?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    let packed = object_streams(&bytes);
    // The root of the tree counts all pages, so that of several nodes the greatest number is the one.
    std::iter::once(&bytes).chain(&packed).filter_map(|text| greatest_count(text)).max()
}

fn greatest_count(text: &[u8]) -> Option<u32> {
    positions(text, b"/Pages")
        .filter(|at| is_type(&text[..*at]))
        .filter_map(|at| {
            let object = object_around(text, at);
            let count = positions(object, b"/Count").next()? + b"/Count".len();
            number(object[count..].trim_ascii_start())
        })
        .max()
}

// The objects in which newer files pack the tree.
fn object_streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    positions(bytes, b"/ObjStm")
        .filter_map(|at| {
            let rest = &bytes[at..];
            let start = positions(rest, b"stream").next()? + b"stream".len();
            let packed = &rest[start..];
            let packed = packed.strip_prefix(b"\r\n").or_else(|| packed.strip_prefix(b"\n"))?;
            let mut text = Vec::new();
            // What is damaged at its end has given what it holds.
            let _ = ZlibDecoder::new(packed).take(MOST_UNPACKED).read_to_end(&mut text);
            Some(text)
        })
        .collect()
}

fn is_type(before: &[u8]) -> bool {
    before.trim_ascii_end().ends_with(b"/Type")
}

// The innermost dictionary around a place.
fn object_around(text: &[u8], at: usize) -> &[u8] {
    let from = text[..at].windows(2).rposition(|w| w == b"<<").unwrap_or(0);
    let to = positions(&text[at..], b">>").next().map_or(text.len(), |n| at + n);
    &text[from..to]
}

fn positions<'t>(text: &'t [u8], what: &'static [u8]) -> impl Iterator<Item = usize> + 't {
    text.windows(what.len()).enumerate().filter(move |(_, w)| *w == what).map(|(n, _)| n)
}

fn number(text: &[u8]) -> Option<u32> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&text[..digits]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn pages(bytes: Vec<u8>, kind: FileKind) -> Option<u32> {
        page_count(&mut Cursor::new(bytes), kind)
    }

    fn zipped(part: &str, text: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_pdf_says_it_at_the_root_of_its_tree() {
        let pdf = "1 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 17>>endobj 2 0 obj<< /Count 9 /Type /Pages >>endobj \
                   4 0 obj<</Type/Page/Count 400>>endobj 5 0 obj<</Pages 1 0 R/Count 900>>endobj";
        assert_eq!(pages(pdf.into(), FileKind::Pdf), Some(17));
        assert_eq!(pages("%PDF-1.7 nothing of the kind".into(), FileKind::Pdf), None);
        assert_eq!(pages("<</Type/Pages/Count 0>>".into(), FileKind::Pdf), None);
        assert_eq!(pages("<</Type/Pages/Count 99999999>>".into(), FileKind::Pdf), None);
    }

    #[test]
    fn a_packed_tree_is_unpacked() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"12 0 <</Type/Pages/Kids[]/Count 31>>").unwrap();
        let mut pdf = b"7 0 obj<</Type/ObjStm/N 1/Filter/FlateDecode>>stream\r\n".to_vec();
        pdf.extend(packed.finish().unwrap());
        pdf.extend(b"\r\nendstream");
        assert_eq!(pages(pdf, FileKind::Pdf), Some(31));
    }

    #[test]
    fn office_documents_say_it_in_their_description() {
        let app = "<Properties><Pages>12</Pages><Slides>8</Slides></Properties>";
        assert_eq!(pages(zipped("docProps/app.xml", app), FileKind::Docx), Some(12));
        assert_eq!(pages(zipped("docProps/app.xml", app), FileKind::Pptx), Some(8));
        let meta = "<meta:document-statistic meta:page-count=\"5\"/>";
        assert_eq!(pages(zipped("meta.xml", meta), FileKind::Odt), Some(5));
        assert_eq!(pages(zipped("meta.xml", "<nothing/>"), FileKind::Odt), None);
        assert_eq!(pages(zipped("docProps/app.xml", app), FileKind::Xlsx), None);
        assert_eq!(pages("no zip".into(), FileKind::Docx), None);
    }
}
