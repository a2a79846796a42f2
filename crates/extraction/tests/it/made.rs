//! Files and what is asked of them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use keyline_extraction::{
    Content, Extracted, Extractor, Failure, Kind, Limits, Place, Poppler, Source, extract,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file of `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// Bytes as a file.
pub(crate) fn source(bytes: &[u8]) -> Source {
    Source::of_bytes(bytes, &Limits { bytes: u64::MAX, ..Limits::default() }).unwrap()
}

/// Reads bytes in this process.
pub(crate) fn read(bytes: &[u8]) -> Result<Extracted, Failure> {
    read_within(bytes, &Limits::default())
}

/// The same within other limits.
pub(crate) fn read_within(bytes: &[u8], limits: &Limits) -> Result<Extracted, Failure> {
    extract(&source(bytes), limits, &Poppler::default())
}

/// The parts of a file that has text.
pub(crate) fn parts(bytes: &[u8]) -> (Kind, Vec<(Place, String)>) {
    let extracted = read(bytes).unwrap();
    let Content::Text(text) = extracted.content else { panic!("no text: {:?}", extracted.content) };
    assert!(!text.cut);
    (extracted.kind, text.parts.into_iter().map(|part| (part.place, part.text)).collect())
}

/// The text of a file, all parts together.
pub(crate) fn text(bytes: &[u8]) -> String {
    read(bytes).unwrap().text().unwrap().whole()
}

/// Starts the child of the tests.
pub(crate) fn extractor(limits: Limits) -> Extractor {
    Extractor::of_program(env!("CARGO_BIN_EXE_extraction-child"), Vec::<String>::new(), limits)
}

/// A zip with these entries, packed.
pub(crate) fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(*name, packed).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The types of a package with a main part of that type at that place.
pub(crate) fn types(main: &str, place: &str) -> String {
    format!("<Types><Override PartName='{place}' ContentType='application/x.{main}.main+xml'/></Types>")
}

/// A Word document with that XML in its body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let types = types("wordprocessingml.document", "/word/document.xml");
    zip_of(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", document.as_bytes())])
}

/// An OpenDocument file with that content.
pub(crate) fn odf(kind: Kind, content: &str) -> Vec<u8> {
    let content = format!("<office:document-content>{content}</office:document-content>");
    zip_of(&[("mimetype", kind.media_type().as_bytes()), ("content.xml", content.as_bytes())])
}

/// A PDF of so many pages, each with lines of its own. Without a table of its objects, which readers make up.
pub(crate) fn pdf(pages: usize, lines: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Count {pages}/Kids[{}]>>endobj\n\
         3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
        kids.join(" ")
    );
    for page in 0..pages {
        let mut stream = String::from("BT /F 11 Tf\n");
        for line in 0..lines {
            let (y, page) = (800 - 16 * line, page + 1);
            writeln!(stream, "1 0 0 1 50 {y} Tm(Page {page} line {line} of a fictional plan)Tj").unwrap();
        }
        stream += "ET";
        let (this, content, length) = (4 + 2 * page, 5 + 2 * page, stream.len());
        writeln!(
            pdf,
            "{this} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
             /Resources<</Font<</F 3 0 R>>>>>>endobj\n\
             {content} 0 obj<</Length {length}>>stream\n{stream}\nendstream endobj"
        )
        .unwrap();
    }
    pdf += "trailer<</Root 1 0 R>>\n%%EOF\n";
    pdf.into_bytes()
}
