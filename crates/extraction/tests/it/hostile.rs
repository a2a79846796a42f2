//! Files that mean harm, or were harmed.

use std::fmt::Write;

use keyline_extraction::{Excess, Failure, Kind, Limits, Program, Refusal, detect};

use crate::made::{docx, fixture, odf, pdf, read, read_within, source, types, zip_of};

const DAMAGED: Failure = Failure::Refused(Refusal::Damaged);
const MACROS: Failure = Failure::Refused(Refusal::Macros);
const PASSWORD: Failure = Failure::Refused(Refusal::Password);

#[test]
fn a_zip_bomb_is_unpacked_to_its_limit_only() {
    let limits = Limits::default();
    let bomb = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(8 * 1024 * 1024)));
    assert!(bomb.len() < 20_000);
    assert_eq!(read(&bomb), Err(Failure::TooLarge(Excess::Ratio(limits.ratio))));
    let patient = Limits { ratio: u64::MAX, unpacked: 1024 * 1024, ..limits };
    assert_eq!(read_within(&bomb, &patient), Err(Failure::TooLarge(Excess::Unpacked(1024 * 1024))));
    let sheets =
        odf(Kind::Ods, &format!("<table:table>{}</table:table>", "<table:table-row/>".repeat(400_000)));
    assert_eq!(read(&sheets), Err(Failure::TooLarge(Excess::Ratio(200))));
    // An archive is not unpacked, so what lies in it may be as large as it likes.
    assert!(read(&zip_of(&[("bomb.docx", &bomb)])).is_ok());
}

#[test]
fn a_document_with_too_many_entries() {
    let names: Vec<String> = (0..20).map(|n| format!("word/media/{n}.png")).collect();
    let types = types("wordprocessingml.document", "/word/document.xml");
    let mut entries: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", types.as_bytes()), ("word/document.xml", b"<a/>")];
    entries.extend(names.iter().map(|name| (name.as_str(), &b"x"[..])));
    let limits = Limits { entries: 21, ..Limits::default() };
    assert_eq!(read_within(&zip_of(&entries), &limits), Err(Failure::TooLarge(Excess::Entries(21))));
    assert!(read(&zip_of(&entries)).is_ok());
}

#[test]
fn deep_xml_ends_at_its_limit() {
    let deep =
        |levels: usize| docx(&format!("{}<w:t>x</w:t>{}", "<w:p>".repeat(levels), "</w:p>".repeat(levels)));
    assert!(read(&deep(200)).is_ok());
    assert_eq!(read(&deep(300)), Err(Failure::TooLarge(Excess::Depth(256))));
    let slides = odf(Kind::Odp, &"<draw:g>".repeat(100_000));
    assert_eq!(read(&slides), Err(Failure::TooLarge(Excess::Depth(256))));
}

#[test]
fn a_billion_laughs_are_none() {
    let mut declared = String::from("<!ENTITY lol0 'lol'>");
    for level in 1..12 {
        let ten = format!("&lol{};", level - 1).repeat(10);
        write!(declared, "<!ENTITY lol{level} '{ten}'>").unwrap();
    }
    let xml = format!("<!DOCTYPE w [{declared}]><w:document><w:p><w:t>ha&lol11;!</w:t></w:p></w:document>");
    let types = types("wordprocessingml.document", "/word/document.xml");
    let bytes = zip_of(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", xml.as_bytes())]);
    assert_eq!(read(&bytes).unwrap().text().unwrap().whole(), "ha!");
}

#[test]
fn repeated_rows_end_at_the_limit_of_text() {
    // Sixteen thousand million cells that are one in the file.
    let cells = "<table:table-cell table:number-columns-repeated='99999999'><text:p>long text</text:p></table:table-cell>";
    let rows = format!("<table:table-row table:number-rows-repeated='4000000000'>{cells}</table:table-row>");
    let limits = Limits { text: 1_000_000, ..Limits::default() };
    let extracted =
        read_within(&odf(Kind::Ods, &format!("<table:table>{rows}</table:table>")), &limits).unwrap();
    let text = extracted.text().unwrap();
    assert!(text.cut && text.whole().len() <= 1_000_000);
}

#[test]
fn a_document_without_its_main_part_is_damaged() {
    let word = types("wordprocessingml.document", "/word/document.xml");
    assert_eq!(read(&zip_of(&[("[Content_Types].xml", word.as_bytes())])), Err(DAMAGED));
    let slides = types("presentationml.presentation", "/ppt/presentation.xml");
    assert_eq!(read(&zip_of(&[("[Content_Types].xml", slides.as_bytes())])), Err(DAMAGED));
    let sheets = types("spreadsheetml.sheet", "/xl/workbook.xml");
    assert_eq!(read(&zip_of(&[("[Content_Types].xml", sheets.as_bytes())])), Err(DAMAGED));
    for kind in [Kind::Odt, Kind::Ods, Kind::Odp] {
        assert_eq!(read(&zip_of(&[("mimetype", kind.media_type().as_bytes())])), Err(DAMAGED), "{kind:?}");
    }
}

#[test]
fn programs_are_refused_under_any_name() {
    // Nothing knows the name: it is not even asked for.
    let mut windows = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    windows.resize(4096, 0);
    assert_eq!(read(&windows), Err(Failure::Refused(Refusal::Program(Program::Windows))));
    let this = std::fs::read(env!("CARGO_BIN_EXE_extraction-child")).unwrap();
    assert_eq!(read(&this[..100_000]), Err(Failure::Refused(Refusal::Program(Program::Elf))));
    assert_eq!(read(b"#!/bin/sh\nrm x\n"), Err(Failure::Refused(Refusal::Program(Program::Script))));
}

#[test]
fn macros_are_said_to_be_there() {
    let enabled = "<Types><Override PartName='/xl/workbook.xml' \
        ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>";
    assert_eq!(read(&zip_of(&[("[Content_Types].xml", enabled.as_bytes())])), Err(MACROS));
    let plain = types("wordprocessingml.document", "/word/document.xml");
    let plain = ("[Content_Types].xml", plain.as_bytes());
    for part in ["word/vbaProject.bin", "WORD\\VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"] {
        assert_eq!(read(&zip_of(&[plain, (part, b"x")])), Err(MACROS), "{part}");
    }
    let text = ("mimetype", Kind::Odt.media_type().as_bytes());
    assert_eq!(read(&zip_of(&[text, ("Basic/Standard/Module1.xml", b"x")])), Err(MACROS));
    // Old documents, where they lie in a compound file.
    let old = compound(&["WordDocument", "Macros/VBA/_VBA_PROJECT"]);
    assert_eq!(read(&old), Err(MACROS));
}

/// A compound file with these streams.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for path in streams {
        if let Some((folder, _)) = path.rsplit_once('/') {
            file.create_storage_all(folder).unwrap();
        }
        std::io::Write::write_all(&mut file.create_stream(path).unwrap(), b"fictional").unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn passwords_are_said_to_be_needed() {
    assert_eq!(read(&fixture("password.docx")), Err(PASSWORD));
    assert_eq!(read(&fixture("password.xlsx")), Err(PASSWORD));
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path='content.xml'>\
        <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let open = [
        ("mimetype", Kind::Odt.media_type().as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", b"\x01\x02"),
    ];
    assert_eq!(read(&zip_of(&open)), Err(PASSWORD));
    // One entry of a document that is marked as encrypted.
    let mut marked = docx("<w:p/>");
    for signature in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let flags = if signature[2] == 3 { 6 } else { 8 };
        for at in 0..marked.len() - 4 {
            if marked[at..].starts_with(signature) {
                marked[at + flags] |= 1;
            }
        }
    }
    assert!(matches!(read(&marked), Err(Failure::Refused(Refusal::Password | Refusal::Damaged))));
}

#[test]
fn old_documents_are_called_what_they_are() {
    for (stream, media_type) in [
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("Something", "application/x-ole-storage"),
    ] {
        let media_type = media_type.to_owned();
        assert_eq!(read(&compound(&[stream])), Err(Failure::NotSupported { media_type }), "{stream}");
    }
}

#[test]
fn a_text_that_looks_like_another_kind_stays_a_text() {
    for text in ["%PDF is a format", "PK is a beginning", "GIF", "BM of x", "MZ"] {
        assert_eq!(detect(&source(text.as_bytes()), &Limits::default()), Ok(Kind::Text), "{text}");
    }
}

/// Every format that is read in this process, small.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let files = [
        "plan.odt",
        "return.ods",
        "slides.odp",
        "return.xlsx",
        "mail.eml",
        "plan.docx",
        "slides.pptx",
        "password.xlsx",
    ];
    let mut samples: Vec<(&str, Vec<u8>)> = files.into_iter().map(|name| (name, fixture(name))).collect();
    samples.push(("small.docx", docx("<w:p><w:r><w:t>small</w:t></w:r></w:p>")));
    samples.push((
        "page.html",
        b"<html><title>x</title><script>y</script><p title='z'>&amp;&eacute;</p></html>".to_vec(),
    ));
    samples.push(("wide.txt", "\u{feff}a,b\r\n1,2".encode_utf16().flat_map(u16::to_le_bytes).collect()));
    samples.push(("archive.zip", zip_of(&[("a.zip", &zip_of(&[("b", b"c")])), ("d", b"e")])));
    let picture = image::DynamicImage::new_rgb8(9, 9);
    for (name, format) in [
        ("a.png", image::ImageFormat::Png),
        ("a.jpg", image::ImageFormat::Jpeg),
        ("a.gif", image::ImageFormat::Gif),
        ("a.webp", image::ImageFormat::WebP),
    ] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        samples.push((name, bytes.into_inner()));
    }
    samples
}

#[test]
fn files_cut_off_at_every_tenth_byte_never_panic() {
    for (name, bytes) in samples() {
        for end in (1..bytes.len()).step_by(10) {
            survives(name, end, &bytes[..end]);
        }
    }
}

#[test]
fn files_changed_in_fifty_places_never_panic() {
    for (name, mut bytes) in samples() {
        for at in (0..bytes.len()).step_by((bytes.len() / 50).max(1)) {
            let before = bytes[at];
            for changed in [0, 0xFF, before ^ 0x01] {
                bytes[at] = changed;
                survives(name, at, &bytes);
            }
            bytes[at] = before;
        }
    }
}

/// Reads and shows; both must come to an end, and not by a panic.
fn survives(name: &str, at: usize, bytes: &[u8]) {
    let (source, limits) = (source(bytes), Limits::default());
    let nowhere = keyline_extraction::Poppler::in_folder(std::path::Path::new("/nonexistent"));
    let read = keyline_extraction::extract(&source, &limits, &nowhere);
    assert!(!matches!(read, Err(Failure::Crashed { .. })), "{name} at {at}: {read:?}");
    let shown = keyline_extraction::preview(&source, &limits, &nowhere);
    assert!(!matches!(shown, Err(Failure::Crashed { .. })), "{name} at {at}: {shown:?}");
}

#[test]
fn a_pdf_cut_off_at_every_tenth_byte_comes_to_an_end() {
    let bytes = pdf(1, 2);
    for end in (1..bytes.len()).step_by(10) {
        let read = read(&bytes[..end]);
        assert!(
            !matches!(read, Err(Failure::Crashed { .. } | Failure::TimedOut { .. })),
            "at {end}: {read:?}"
        );
    }
}
