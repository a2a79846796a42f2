//! Each format, as other programs write it and in its corners.

use keyline_extraction::{Content, Failure, Inside, Kind, Limits, Place, Program, Refusal};

use crate::made::{docx, fixture, odf, parts, pdf, read, read_within, text, types, zip_of};

fn said(place: Place, text: &str) -> (Place, String) {
    (place, text.to_owned())
}

#[test]
fn a_word_document() {
    let (kind, parts) = parts(&fixture("plan.docx"));
    assert_eq!(kind, Kind::Docx);
    let body = "Plan for Abergorm\nMòrag and Iain meet weekly.\nFirst point\nService\tChildren\nHarbour\t12\nAfter the table.";
    assert_eq!(
        parts,
        [
            said(Place::Body, body),
            said(Place::Comments, "Is this weekly?"),
            said(Place::Header, "Fictional council"),
            said(Place::Footer, "Not for publication"),
        ]
    );
}

#[test]
fn a_word_document_in_its_corners() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>\
        <w:br/><w:t xml:space='preserve'>c </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
        <w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>\
        <w:r><w:instrText>PAGE</w:instrText><w:sym w:font='Wingdings' w:char='F0FC'/><w:noBreakHyphen/></w:r></w:p>\
        <w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice>\
        <mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>";
    assert_eq!(text(&docx(body)), "a\tb\nc new✓\u{2011}\nbox");
}

#[test]
fn parts_are_known_by_their_type_and_not_their_name() {
    let types = types("wordprocessingml.template", "/Word/Other.XML");
    let document = "<document xmlns='x'><p><r><t>here</t></r></p></document>";
    let document =
        zip_of(&[("[Content_Types].xml", types.as_bytes()), ("word\\other.xml", document.as_bytes())]);
    assert_eq!(text(&document), "here");
}

#[test]
fn an_excel_workbook() {
    let (kind, parts) = parts(&fixture("return.xlsx"));
    assert_eq!(kind, Kind::Xlsx);
    let rows = "Area\tChildren\tSeen\nAbergorm\t12\t2026-03-04\nStrath Ellan\t7.5";
    assert_eq!(
        parts,
        [
            said(Place::Sheet("Return".to_owned()), rows),
            // A hidden sheet was sent all the same.
            said(Place::Sheet("Hidden".to_owned()), "secret"),
            said(Place::Sheet("Notes".to_owned()), "A note")
        ]
    );
}

#[test]
fn a_presentation_in_the_order_in_which_it_is_shown() {
    let bytes = fixture("slides.pptx");
    let (kind, parts) = parts(&bytes);
    assert_eq!(kind, Kind::Pptx);
    assert_eq!(
        parts,
        [
            said(Place::Slide(1), "Next steps\nMeet again\nWrite it down\nWho\tWhen\nIain\tMay"),
            said(Place::SpeakerNotes(1), "Speak slowly"),
            said(Place::Slide(2), "Findings\nChildren are heard"),
        ]
    );
    assert_eq!(read(&bytes).unwrap().text().unwrap().pages, Some(2));
}

#[test]
fn open_document() {
    let (kind, text) = parts(&fixture("plan.odt"));
    assert_eq!(kind, Kind::Odt);
    assert_eq!(
        text,
        [
            said(Place::Body, "Plan for Abergorm\nMòrag  and Iain\tmeet.\nService\tChildren\nHarbour\t12"),
            said(Place::Notes, "A footnote."),
            said(Place::Comments, "Is this so?"),
            said(Place::Header, "Fictional council"),
            said(Place::Footer, "Not for publication"),
        ]
    );
    let (kind, sheets) = parts(&fixture("return.ods"));
    assert_eq!(kind, Kind::Ods);
    let rows = "Area\tChildren\t\t\tx\tx\nAbergorm\t12\t\t\tx\tx\nStrath Ellan\t7\t\t\tx\tx";
    assert_eq!(
        sheets,
        [
            said(Place::Sheet("Return".to_owned()), rows),
            said(Place::Sheet("Notes".to_owned()), "A note in two lines")
        ]
    );
    let (kind, slides) = parts(&fixture("slides.odp"));
    assert_eq!(kind, Kind::Odp);
    assert_eq!(
        slides,
        [
            said(Place::Slide(1), "Findings"),
            said(Place::Slide(2), "Next steps"),
            said(Place::SpeakerNotes(2), "Speak slowly"),
        ]
    );
}

#[test]
fn white_space_of_open_document_is_layout() {
    let content = "<office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
        <text:p>\n  one\n  <text:span> two </text:span> three<text:line-break/>four<text:s text:c='9999'/>x</text:p></office:text>";
    let blanks = " ".repeat(200);
    assert_eq!(text(&odf(Kind::Odt, content)), format!("one two three\nfour{blanks}x"));
}

#[test]
fn a_pdf_page_by_page() {
    let bytes = fixture("plan.pdf");
    let (kind, parts) = parts(&bytes);
    assert_eq!(kind, Kind::Pdf);
    assert_eq!(
        parts,
        [said(Place::Page(1), "Plan for Abergorm\nChildren are heard."), said(Place::Page(3), "Third page")]
    );
    assert_eq!(read(&bytes).unwrap().text().unwrap().pages, Some(3));
}

#[test]
fn a_pdf_of_pictures_is_a_scan() {
    assert_eq!(read(&fixture("scan.pdf")).unwrap().content, Content::Scan { pages: 2 });
}

#[test]
fn a_pdf_is_cut_at_its_pages_and_its_text() {
    let few = Limits { pages: 2, ..Limits::default() };
    let extracted = read_within(&pdf(5, 3), &few).unwrap();
    let cut = extracted.text().unwrap();
    assert_eq!((cut.pages, cut.parts.len(), cut.cut), (Some(5), 2, true));
    let short = Limits { text: 150, ..Limits::default() };
    let extracted = read_within(&pdf(5, 3), &short).unwrap();
    let cut = extracted.text().unwrap();
    assert_eq!((cut.pages, cut.cut), (Some(5), true));
    assert!(cut.whole().len() <= 150 && cut.whole().starts_with("Page 1 line 0"), "{}", cut.whole());
}

#[test]
fn a_pdf_opens_without_a_password_or_is_refused() {
    assert_eq!(read(&fixture("password.pdf")), Err(Failure::Refused(Refusal::Password)));
    assert!(text(&fixture("restricted.pdf")).starts_with("Plan for Abergorm"));
}

#[test]
fn junk_may_stand_before_a_pdf() {
    let mut bytes = vec![0; 100];
    bytes.extend_from_slice(&fixture("plan.pdf"));
    assert!(text(&bytes).starts_with("Plan for Abergorm"));
}

#[test]
fn an_email_with_attachments() {
    let extracted = read(&fixture("mail.eml")).unwrap();
    assert_eq!(extracted.kind, Kind::Mail);
    let mail = extracted.text().unwrap();
    assert_eq!(mail.whole(), "Dear Anna,\n\nthe plan is attached. Mòran taing!");
    let head = mail.mail.as_ref().unwrap();
    assert_eq!(head.subject.as_deref(), Some("Plan for Mòrag"));
    assert_eq!(head.from, ["Iain MacFictional <iain@abergorm.example>"]);
    assert_eq!(head.to, ["Anna <anna@ellan.example>", "team@ellan.example"]);
    assert_eq!(head.copy, ["copy@ellan.example"]);
    assert_eq!(head.date.as_deref(), Some("2026-03-04T10:00:00+01:00"));
    let attachments: Vec<(&str, Option<&str>, u64)> = head
        .attachments
        .iter()
        .map(|attachment| (attachment.name.as_str(), attachment.media_type.as_deref(), attachment.bytes))
        .collect();
    assert_eq!(
        attachments[..2],
        [("plan Mòrag.pdf", Some("application/pdf"), 18), ("evil.csv", Some("text/csv"), 4)]
    );
    assert_eq!((attachments[2].0, attachments[2].1), ("An earlier mail.eml", Some("message/rfc822")));
}

#[test]
fn an_email_that_is_only_a_page() {
    let mail = "From: a@example.org\r\nMIME-Version: 1.0\r\nSubject: =?utf-8?q?M=C3=B2rag?=\r\n\
        Content-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>caf=E9<script>bad()</script></p><p>two</p>";
    let extracted = read(mail.as_bytes()).unwrap();
    let mail = extracted.text().unwrap();
    assert_eq!(mail.whole(), "café\ntwo");
    assert_eq!(mail.mail.as_ref().unwrap().subject.as_deref(), Some("Mòrag"));
    assert_eq!(mail.mail.as_ref().unwrap().date, None);
}

#[test]
fn texts_of_every_encoding() {
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}Mòrag,\r\nyes\r\n".encode_utf16().flat_map(order).collect()
    };
    for bytes in [
        b"M\xf2rag,\r\nyes\r\n".to_vec(),
        "Mòrag,\nyes\n".as_bytes().to_vec(),
        "\u{feff}Mòrag,\ryes".as_bytes().to_vec(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        assert_eq!(parts(&bytes), (Kind::Text, vec![said(Place::Body, "Mòrag,\nyes")]));
    }
    assert_eq!(read("a,b\n1,2\n".as_bytes()).unwrap().kind, Kind::Csv);
    assert_eq!(read(&wide(u16::to_le_bytes)[..9]).unwrap().kind, Kind::Text);
}

#[test]
fn a_page_of_the_web_without_its_scripts() {
    let page = b"<!DOCTYPE html><html><head><title>Plan</title><script>var bad = 1</script></head><body><p>Good</p></body>";
    assert_eq!(parts(page), (Kind::Html, vec![said(Place::Body, "Plan\nGood")]));
}

#[test]
fn an_archive_is_listed_and_not_unpacked() {
    let inner = zip_of(&[("deep.txt", b"x")]);
    let middle = zip_of(&[("inner.zip", &inner), ("../up.txt", b"x")]);
    let outer =
        zip_of(&[("middle.zip", &middle), ("C:\\evil.exe", b"MZ\0"), ("notes/", b""), ("broken.zip", b"no")]);
    let Content::Archive(listing) = read(&outer).unwrap().content else { panic!() };
    let names: Vec<(&str, bool, bool, u64)> =
        listing.entries.iter().map(|e| (e.path.as_str(), e.altered, e.folder, e.bytes)).collect();
    let middle_bytes = middle.len() as u64;
    assert_eq!(
        names,
        [
            ("middle.zip", false, false, middle_bytes),
            ("evil.exe", true, false, 3),
            ("notes", false, true, 0),
            ("broken.zip", false, false, 2),
        ]
    );
    assert_eq!(listing.entries[3].inside, Some(Inside::NotListed));
    let Some(Inside::Listed(middle)) = &listing.entries[0].inside else { panic!() };
    assert_eq!((middle.entries[1].path.as_str(), middle.entries[1].altered), ("up.txt", true));
    let Some(Inside::Listed(inner)) = &middle.entries[0].inside else { panic!() };
    assert_eq!(inner.entries[0].path, "deep.txt");

    // One level less, and the innermost stays closed.
    let limits = Limits { nested: 1, ..Limits::default() };
    let Content::Archive(listing) = read_within(&outer, &limits).unwrap().content else { panic!() };
    let Some(Inside::Listed(middle)) = &listing.entries[0].inside else { panic!() };
    assert_eq!(middle.entries[0].inside, Some(Inside::NotListed));

    // Two entries in all, and the others are counted.
    let limits = Limits { entries: 2, ..Limits::default() };
    let Content::Archive(listing) = read_within(&outer, &limits).unwrap().content else { panic!() };
    assert_eq!((listing.entries.len(), listing.in_all), (1, 4));
}

#[test]
fn what_is_not_read_is_called_what_it_is() {
    for (bytes, media_type) in [
        (&b"{\\rtf1 hello}"[..], "application/rtf"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "application/x-7z-compressed"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "application/gzip"),
        (b"\0\x01\x02\x03\x04\x05\x06\x07", "application/octet-stream"),
    ] {
        let media_type = media_type.to_owned();
        assert_eq!(read(bytes), Err(Failure::NotSupported { media_type }));
    }
    let book = zip_of(&[("mimetype", b"application/epub+zip"), ("a.xhtml", b"<html/>")]);
    assert_eq!(read(&book), Err(Failure::NotSupported { media_type: "application/epub+zip".to_owned() }));
    let jar = zip_of(&[("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\n"), ("A.class", b"x")]);
    assert_eq!(read(&jar), Err(Failure::Refused(Refusal::Program(Program::Java))));
    assert_eq!(
        keyline_extraction::Source::of_bytes(b"", &Limits::default()).unwrap_err(),
        Failure::Refused(Refusal::Empty)
    );
}
