//! Files of strangers, made here: what is taken and what is refused.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use keyline_workbooks::{
    Excess, ExecutableFormat, FileKind, Limits, Refusal, Sheet, detect, detect_bytes, read_table, write_xlsx,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn found(bytes: &[u8], name: &str) -> Result<FileKind, Refusal> {
    detect_bytes(bytes, name, &Limits::default())
}

/// A zip with these entries.
fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A small real workbook.
fn workbook() -> Vec<u8> {
    let sheet = Sheet {
        name: "Return".to_owned(),
        header: vec!["Area".to_owned(), "Count".to_owned()],
        rows: vec![vec!["Fictional".to_owned(), "3".to_owned()]],
        ..Sheet::default()
    };
    write_xlsx(&[sheet]).unwrap()
}

/// The workbook with one more entry.
fn workbook_with(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(Cursor::new(workbook())).unwrap();
    zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
        .unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The beginning of a Windows program.
fn windows_program() -> Vec<u8> {
    let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    program.resize(0x80, 0);
    program.extend_from_slice(b"PE\0\0");
    program
}

#[test]
fn each_kind_is_known_by_its_content() {
    let office = |part: &str| {
        zip_of(&[(
            "[Content_Types].xml",
            format!("<Types><Override ContentType=\"x.{part}.main+xml\"/></Types>").as_bytes(),
        )])
    };
    let open =
        |kind: FileKind| zip_of(&[("mimetype", kind.media_type().as_bytes()), ("content.xml", b"<a/>")]);
    for (bytes, name, kind) in [
        (workbook(), "Return.XLSX", FileKind::Xlsx),
        (office("wordprocessingml.document"), "policy.docx", FileKind::Docx),
        (office("presentationml.presentation"), "slides.pptx", FileKind::Pptx),
        (open(FileKind::Ods), "a.ods", FileKind::Ods),
        (open(FileKind::Odt), "a.odt", FileKind::Odt),
        (open(FileKind::Odp), "a.odp", FileKind::Odp),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "plan.pdf", FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a.png", FileKind::Png),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "a.jpeg", FileKind::Jpeg),
        (b"a,b\n1,2\n".to_vec(), "C:\\Users\\me\\a.csv", FileKind::Csv),
        (b"a\tb\n".to_vec(), "a.tsv", FileKind::Csv),
        (b"BMI,age\n1,2\n".to_vec(), "a.csv", FileKind::Csv),
        (b"MZ,name\n1,2\n".to_vec(), "a.csv", FileKind::Csv),
        (b"\xff\xfea\0,\0b\0\n\0".to_vec(), "a.csv", FileKind::Csv),
        (b"Caf\xe9".to_vec(), "note.txt", FileKind::Txt),
    ] {
        assert_eq!(found(&bytes, name), Ok(kind), "{name}");
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(found(b"", "a.xlsx"), Err(Refusal::Empty));
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(detect_bytes(b"eleven byte", "a.csv", &limits), Err(Refusal::TooLarge { limit: 10 }));
    assert_eq!(read_table(b"eleven byte", FileKind::Csv, &limits), Err(Refusal::TooLarge { limit: 10 }));
}

/// Claims two gigabytes and fails when it is read.
struct Huge;

impl Read for Huge {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("must not be read"))
    }
}

impl Seek for Huge {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        Ok(if let SeekFrom::End(_) = to { 2 << 30 } else { 0 })
    }
}

#[test]
fn a_file_of_two_gigabytes_is_refused_unread() {
    let limits = Limits::default();
    assert_eq!(detect(&mut Huge, "a.xlsx", &limits), Err(Refusal::TooLarge { limit: limits.bytes }));
    let wide = Limits { bytes: u64::MAX, ..limits };
    assert_eq!(detect(&mut Huge, "a.xlsx", &wide), Err(Refusal::Unreadable));
}

#[test]
fn macros_are_refused_under_any_name() {
    for part in ["xl/vbaProject.bin", "XL\\VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"] {
        assert_eq!(found(&workbook_with(part, b"x"), "a.xlsx"), Err(Refusal::MacroWorkbook), "{part}");
    }
    assert_eq!(found(&workbook(), "a.xlsm"), Err(Refusal::MacroWorkbook));
    let types =
        b"<Types><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    assert_eq!(found(&zip_of(&[("[Content_Types].xml", types)]), "a.xlsx"), Err(Refusal::MacroWorkbook));
    let basic =
        zip_of(&[("mimetype", FileKind::Ods.media_type().as_bytes()), ("Basic/Standard/M.xml", b"x")]);
    assert_eq!(found(&basic, "a.ods"), Err(Refusal::MacroWorkbook));
    assert_eq!(
        read_table(&workbook_with("xl/vbaProject.bin", b"x"), FileKind::Xlsx, &Limits::default()),
        Err(Refusal::MacroWorkbook)
    );
}

#[test]
fn zip_bombs_are_refused_while_they_unpack() {
    let bomb = workbook_with("xl/media/bomb.bin", &vec![0; 8 * 1024 * 1024]);
    assert!(bomb.len() < 100_000, "small when packed: {}", bomb.len());
    assert_eq!(found(&bomb, "a.xlsx"), Err(Refusal::ZipBomb(Excess::Ratio { limit: 200 })));
    assert_eq!(
        read_table(&bomb, FileKind::Xlsx, &Limits::default()),
        Err(Refusal::ZipBomb(Excess::Ratio { limit: 200 }))
    );
    let limits = Limits { unpacked: 1_000, ..Limits::default() };
    assert_eq!(
        detect_bytes(&workbook(), "a.xlsx", &limits),
        Err(Refusal::ZipBomb(Excess::Total { limit: 1_000 }))
    );
    let names: Vec<String> = (0..60).map(|at| format!("e{at}")).collect();
    let many = zip_of(&names.iter().map(|name| (name.as_str(), &b"x"[..])).collect::<Vec<_>>());
    let limits = Limits { entries: 50, ..Limits::default() };
    assert_eq!(detect_bytes(&many, "a.xlsx", &limits), Err(Refusal::ZipBomb(Excess::Entries { limit: 50 })));
}

#[test]
fn a_zip_that_lies_about_its_sizes_gains_nothing() {
    let mut bomb = zip_of(&[("a", &vec![0; 8 * 1024 * 1024])]);
    // The stated unpacked size stands in the local header and in the directory: replace both by 1.
    let stated = (8_u32 * 1024 * 1024).to_le_bytes();
    let mut at = 0;
    let mut replaced = 0;
    while let Some(offset) = bomb[at..].windows(4).position(|window| window == stated) {
        bomb[at + offset..at + offset + 4].copy_from_slice(&1_u32.to_le_bytes());
        at += offset + 4;
        replaced += 1;
    }
    assert!(replaced >= 1);
    let refusal = found(&bomb, "a.xlsx").unwrap_err();
    assert!(matches!(refusal, Refusal::ZipBomb(_) | Refusal::Unreadable), "{refusal:?}");
}

#[test]
fn programs_are_refused_whatever_they_are_called() {
    for (bytes, format) in [
        (windows_program(), ExecutableFormat::Windows),
        (b"\x7fELF\x02\x01\x01\0".to_vec(), ExecutableFormat::Elf),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01".to_vec(), ExecutableFormat::MachO),
        (b"#!/bin/sh\nrm -r /\n".to_vec(), ExecutableFormat::Script),
        (b"\xef\xbb\xbf#!/bin/sh\n".to_vec(), ExecutableFormat::Script),
        (b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0".to_vec(), ExecutableFormat::Shortcut),
        (zip_of(&[("META-INF/MANIFEST.MF", b"x"), ("A.class", b"x")]), ExecutableFormat::Jar),
    ] {
        for name in ["a.xlsx", "a.csv", "a.pdf", "a", "a.exe.png"] {
            assert_eq!(found(&bytes, name), Err(Refusal::Executable(format)), "{name}");
        }
    }
    for name in ["a.bat", "a.PS1", "invoice.pdf.js", "run.exe. "] {
        assert_eq!(found(b"echo", name), Err(Refusal::Executable(ExecutableFormat::ByName)), "{name}");
    }
}

#[test]
fn encrypted_and_old_documents_are_told_apart() {
    let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    compound.resize(64 * 1024 - 10, 0);
    assert_eq!(found(&compound, "a.xls"), Err(Refusal::Legacy));
    assert_eq!(found(&compound, "a.xlsx"), Err(Refusal::Legacy));
    // The name crosses the boundary of two reads.
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    compound.resize(100 * 1024, 0);
    assert_eq!(found(&compound, "a.xlsx"), Err(Refusal::Encrypted));
    let manifest = b"<manifest:encryption-data/>";
    let open =
        zip_of(&[("mimetype", FileKind::Odt.media_type().as_bytes()), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(found(&open, "a.odt"), Err(Refusal::Encrypted));
}

#[test]
fn the_name_must_say_what_it_is() {
    let wrong = |bytes: &[u8], name: &str| match found(bytes, name) {
        Err(Refusal::WrongType { claimed, found }) => (claimed, found),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(wrong(&workbook(), "a.pdf"), (FileKind::Pdf, FileKind::Xlsx.media_type()));
    assert_eq!(wrong(&workbook(), "a.csv"), (FileKind::Csv, FileKind::Xlsx.media_type()));
    assert_eq!(wrong(b"a,b\n", "a.xlsx"), (FileKind::Xlsx, "text/plain"));
    assert_eq!(wrong(b"<!DOCTYPE html><script>", "a.csv"), (FileKind::Csv, "text/html"));
    assert_eq!(wrong(b"\x01\x02\0\x03", "a.csv"), (FileKind::Csv, "application/octet-stream"));
    assert_eq!(wrong(&zip_of(&[("a.txt", b"x")]), "a.docx"), (FileKind::Docx, "application/zip"));
    let extension = |name| match found(b"text", name) {
        Err(Refusal::NotAccepted { extension }) => extension,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!((extension("a.xyz"), extension("a")), ("xyz".to_owned(), String::new()));
}

#[test]
fn damaged_files_are_unreadable() {
    let whole = workbook();
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert_eq!(found(&whole[..length], "a.xlsx"), Err(Refusal::Unreadable), "{length}");
    }
    let typed = zip_of(&[("[Content_Types].xml", b"<Types>spreadsheetml.sheet.main+xml</Types>")]);
    assert_eq!(read_table(&typed, FileKind::Xlsx, &Limits::default()), Err(Refusal::Unreadable));
}

/// The workbook with other content in its only sheet.
fn workbook_with_sheet(rows: &str) -> Vec<u8> {
    let mut whole = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        let entry = whole.by_index_raw(index).unwrap();
        if entry.name().unwrap() != "xl/worksheets/sheet1.xml" {
            zip.raw_copy_file(entry).unwrap();
        }
    }
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let xml = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"{main}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
    );
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn sheets_written_by_hand_do_no_harm() {
    let read = |rows: &str| read_table(&workbook_with_sheet(rows), FileKind::Xlsx, &Limits::default());
    // The stated size of a million rows takes no memory, and a cell of the type text is read as one.
    let fine = read("<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>=1+1</t></is></c></row>").unwrap();
    assert_eq!((fine.header_row, fine.header.as_slice()), (2, &[String::new(), "=1+1".to_owned()][..]));
    for (rows, what) in [
        ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>999999</v></c></row>", "a shared text that is not there"),
        ("<row r=\"99999999999\"><c r=\"A99999999999\"><v>1</v></c></row>", "a row beyond all rows"),
        ("<row r=\"1\"><c r=\"\"><v>1</v></c></row>", "a cell without a place"),
        ("<row r=\"1\"><c r=\"A1\"><v>1</v>", "a sheet that breaks off"),
        (
            "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
            "rows that go back",
        ),
    ] {
        assert!(
            matches!(read(rows), Err(Refusal::Unreadable | Refusal::NoHeader)),
            "{what}: {:?}",
            read(rows)
        );
    }
}
