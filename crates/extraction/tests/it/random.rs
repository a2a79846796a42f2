//! Whatever bytes come, there is an answer.

use keyline_extraction::{Content, Failure, Limits, Poppler, extract, preview};
use proptest::prelude::*;

use crate::made::{docx, odf, source};

/// Beginnings by which files are known, so that more than the first look is tried.
const BEGINNINGS: [&[u8]; 14] = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"GIF89a",
    b"RIFF\xff\0\0\0WEBPVP8 ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"<html><p ",
    b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n",
    b"a,b\n",
    b"{\\rtf",
    b"#!",
];

/// An answer, within the limits, and never by a panic.
fn answers(bytes: &[u8]) {
    let limits = Limits { text: 10_000, pixels: 1_000_000, ..Limits::default() };
    // PDFs are read by others; here it counts what is ours.
    let nowhere = Poppler::in_folder(std::path::Path::new("/nonexistent"));
    let source = source(bytes);
    let read = extract(&source, &limits, &nowhere);
    if let Ok(extracted) = &read
        && let Content::Text(text) = &extracted.content
    {
        let all: usize = text.parts.iter().map(|part| part.text.len()).sum();
        assert!(all <= 10_000);
        assert!(text.parts.iter().all(|part| part.text == part.text.trim() && !part.text.is_empty()));
        assert!(
            !text
                .parts
                .iter()
                .any(|part| part.text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'))
        );
    }
    assert!(!matches!(read, Err(Failure::Crashed { .. } | Failure::TimedOut { .. })), "{read:?}");
    let shown = preview(&source, &limits, &nowhere);
    assert!(!matches!(shown, Err(Failure::Crashed { .. } | Failure::TimedOut { .. })), "{shown:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(beginning in 0..BEGINNINGS.len(), rest in prop::collection::vec(any::<u8>(), 1..2000)) {
        let mut bytes = BEGINNINGS[beginning].to_vec();
        bytes.extend(rest);
        answers(&bytes);
    }

    #[test]
    fn any_text_of_the_web(page in "(<(/?[a-z]{1,8}|!--|script|textarea|td)( [a-z]=[\"']?)?>?|&[a-z#0-9]{0,5};?|.|\n){0,200}") {
        answers(format!("<html>{page}").as_bytes());
    }

    #[test]
    fn any_xml_in_documents(
        xml in "(<(/?[wtap]:(p|t|r|tc|tr|del|table|table-row|table-cell|s|note-body|annotation|page|notes))( [a-z:]{1,9}='[0-9a-z]{0,9}')?/?>|&#?[a-z0-9]{0,5};|[a-z \n]){0,150}"
    ) {
        use keyline_extraction::Kind;
        answers(&docx(&xml));
        for kind in [Kind::Odt, Kind::Ods, Kind::Odp] {
            answers(&odf(kind, &xml));
        }
    }

    #[test]
    fn any_text_comes_back(text in "[a-zò€\u{10000} ]{1,50}") {
        let said = text.trim();
        prop_assume!(!said.is_empty());
        let body = format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>");
        let extracted = crate::made::read(&docx(&body)).unwrap();
        prop_assert_eq!(extracted.text().unwrap().whole(), said);
    }
}
