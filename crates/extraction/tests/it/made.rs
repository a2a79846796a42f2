//! Files and what is asked of them.

use std::io::{Cursor, Write};
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
    let mut pdf = String::from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    pdf += &format!("2 0 obj<</Type/Pages/Count {pages}/Kids[{}]>>endobj\n", kids.join(" "));
    pdf += "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n";
    for page in 0..pages {
        let (this, content) = (4 + 2 * page, 5 + 2 * page);
        pdf += &format!(
            "{this} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
             /Resources<</Font<</F 3 0 R>>>>>>endobj\n"
        );
        let said: String = (0..lines)
            .map(|line| {
                format!(
                    "1 0 0 1 50 {} Tm(Page {} line {line} of a fictional plan)Tj\n",
                    800 - 16 * line,
                    page + 1
                )
            })
            .collect();
        let stream = format!("BT /F 11 Tf\n{said}ET");
        pdf += &format!("{content} 0 obj<</Length {}>>stream\n{stream}\nendstream endobj\n", stream.len());
    }
    pdf += "trailer<</Root 1 0 R>>\n%%EOF\n";
    pdf.into_bytes()
}
