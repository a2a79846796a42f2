//! How long documents of offices take: a PDF of 300 pages and a Word document of 1 MB, with the process that reads them,
//! and the latter without.
#![expect(clippy::expect_used, reason = "a measure fails by panicking")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use criterion::{Criterion, criterion_group, criterion_main};
use keyline_extraction::{Extractor, Limits, Poppler, Source, extract, preview};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Words that pack no better than those of people: the same for the same seed.
fn words(count: usize) -> String {
    let mut state = 7_u64;
    let mut text = String::new();
    for _ in 0..count {
        for _ in 0..2 + state % 7 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push(char::from(b"etaoinshrdlucmfwypvbgk"[(state >> 33) as usize % 22]));
        }
        text.push(' ');
    }
    text
}

/// A Word document of about a megabyte, in paragraphs of four hundred letters.
fn docx() -> Vec<u8> {
    let text = words(320_000);
    let mut body = String::from("<w:document><w:body>");
    for paragraph in text.as_bytes().chunks(400) {
        let said = String::from_utf8_lossy(paragraph);
        body += "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>";
        body += &said;
        body += "</w:t></w:r></w:p>";
    }
    body += "</w:body></w:document>";
    let types = "<Types><Override PartName='/word/document.xml' \
        ContentType='application/x.wordprocessingml.document.main+xml'/></Types>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", types), ("word/document.xml", &body)] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a new entry");
        zip.write_all(content.as_bytes()).expect("room");
    }
    zip.finish().expect("room").into_inner()
}

/// A PDF of 300 pages with 45 lines each.
fn pdf() -> Vec<u8> {
    let text = words(120_000);
    let mut lines = text.as_bytes().chunks(50).map(String::from_utf8_lossy);
    let kids: Vec<String> = (0..300).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 300/Kids[{}]>>endobj\n\
         3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
        kids.join(" ")
    );
    for page in 0..300 {
        let mut stream = String::from("BT /F 11 Tf\n");
        for line in 0..45 {
            let said = lines.next().unwrap_or_default();
            writeln!(stream, "1 0 0 1 50 {} Tm({said})Tj", 800 - 16 * line).expect("a text takes all");
        }
        stream += "ET";
        let (this, content, length) = (4 + 2 * page, 5 + 2 * page, stream.len());
        writeln!(
            pdf,
            "{this} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
             /Resources<</Font<</F 3 0 R>>>>>>endobj\n\
             {content} 0 obj<</Length {length}>>stream\n{stream}\nendstream endobj"
        )
        .expect("a text takes all");
    }
    pdf += "trailer<</Root 1 0 R>>\n%%EOF\n";
    pdf.into_bytes()
}

fn documents(criterion: &mut Criterion) {
    let limits = Limits::default();
    let child =
        Extractor::of_program(env!("CARGO_BIN_EXE_extraction-child"), Vec::<String>::new(), limits.clone());
    let source = |bytes: &[u8]| Source::of_bytes(bytes, &limits).expect("memory");
    let (word, paper, little) = (docx(), pdf(), source(b"a"));
    eprintln!("the Word document has {} bytes, the PDF {}", word.len(), paper.len());
    let (word, paper) = (source(&word), source(&paper));
    let mut group = criterion.benchmark_group("documents");
    group.sample_size(10);
    group.bench_function("text of one letter, by a child", |b| {
        b.iter(|| child.extract(&little).expect("text"));
    });
    group.bench_function("docx of 1 MB, in this process", |b| {
        b.iter(|| extract(&word, &limits, &Poppler::default()).expect("text"));
    });
    group.bench_function("docx of 1 MB, by a child", |b| b.iter(|| child.extract(&word).expect("text")));
    group.bench_function("docx of 1 MB, preview in this process", |b| {
        b.iter(|| preview(&word, &limits, &Poppler::default()).expect("lines"));
    });
    group.bench_function("pdf of 300 pages, by a child", |b| b.iter(|| child.extract(&paper).expect("text")));
    group.bench_function("pdf of 300 pages, preview by a child", |b| {
        b.iter(|| child.preview(&paper).expect("pages"));
    });
    group.finish();
}

criterion_group!(benches, documents);
criterion_main!(benches);
