//! What comes out of [`keyline_report_pdf::render`], read back with poppler's `pdftotext` and `pdfinfo`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use keyline_domain::documents::{Block, Document, Run};
use keyline_report_pdf::{RenderError, child, render};

mod samples;

/// What a poppler program says about a PDF.
fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(options).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let out = command.output().expect("poppler-utils is installed");
    assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// The words of a PDF without what setting adds: line ends and places to break.
fn words(pdf: &[u8]) -> String {
    let text = poppler("pdftotext", &["-raw"], pdf).replace('\u{200b}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(pdf: &[u8]) -> usize {
    let about = poppler("pdfinfo", &[], pdf);
    about.lines().find_map(|l| l.strip_prefix("Pages:")).unwrap().trim().parse().unwrap()
}

fn contains(pdf: &[u8], what: &str) -> bool {
    pdf.windows(what.len()).any(|w| w == what.as_bytes())
}

fn with_blocks(blocks: Vec<Block>) -> Document {
    let mut it = samples::paper();
    it.blocks = blocks;
    it
}

#[test]
fn a_page_for_children_is_tagged_with_its_picture() {
    let about = poppler("pdfinfo", &[], &render(&samples::information()).unwrap());
    assert!(about.contains("Tagged:          yes") && about.contains("What happens when?"), "{about}");
}

#[test]
fn a_report_is_tagged_and_says_which_standards_it_keeps() {
    let pdf = render(&samples::report()).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for mark in ["/StructTreeRoot", "pdfuaid:part", "pdfaid:conformance", "(en-GB)"] {
        assert!(contains(&pdf, mark), "{mark}");
    }
    let about = poppler("pdfinfo", &[], &pdf);
    assert!(about.contains("Title:           Services for children in Strathmarnock"), "{about}");
    assert!(about.contains("Tagged:          yes"), "{about}");
    let tags = poppler("pdfinfo", &["-struct"], &pdf);
    for tag in ["H1", "H2", "H3", "Table", "TH", "TD", "Figure", "Caption", "TOC", "Link", "L", "BlockQuote"]
    {
        assert!(
            tags.lines().any(|line| line.trim_start().split([' ', ':']).next() == Some(tag)),
            "{tag} in\n{tags}"
        );
    }
}

#[test]
fn every_page_of_an_embargoed_copy_says_so() {
    let mut report = samples::report();
    let pdf = render(&report).unwrap();
    let text = poppler("pdftotext", &["-raw"], &pdf);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 5);
    assert!(pages.iter().all(|page| page.contains("Embargoed until 9.30 am on 23 November 2026")));
    report.watermark = None;
    assert!(!words(&render(&report).unwrap()).contains("Embargoed"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = render(&samples::report()).unwrap();
    render(&samples::letter()).unwrap();
    assert!(render(&samples::report()).unwrap() == first);
    let mut other = samples::report();
    other.blocks.push(Block::paragraph("One more."));
    assert!(render(&other).unwrap() != first);
}

#[test]
fn letters_hold_address_date_reference_and_subject() {
    let text = words(&render(&samples::letter()).unwrap());
    for part in
        ["Chief Executive Strathmarnock Council", "8 June 2026", "KL-2026-014", "Notification of a joint"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn markup_stays_text() {
    let hostile = [
        "#import \"/etc/passwd\": * #read(\"/etc/passwd\") #panic()",
        "$ x^2 $ and $ unclosed",
        "back\\slash \\u{41} `code` ```fence``` *star* _under_",
        "= No heading <label> @reference // no comment /* nor this */ [brackets] {braces}",
        "\"quotes\" 'single' -- --- ... ~ & % < > | ^",
        "{\"json\": \"not\"}",
    ];
    let mut it = with_blocks(hostile.map(Block::paragraph).to_vec());
    it.blocks.push(Block::bullets(hostile));
    it.blocks.push(Block::heading(1, hostile[0]));
    it.blocks.push(Block::table(hostile[1], [hostile[2]], [vec![hostile[3].to_owned()]]));
    it.blocks.push(Block::callout(hostile[4], hostile[5]));
    it.blocks.push(Block::quote(hostile[0], hostile[1]));
    it.title = hostile[3].into();
    it.front = vec![(hostile[1].into(), hostile[2].into())];
    let text = words(&render(&it).unwrap());
    for line in hostile {
        assert!(text.matches(line).count() >= 2, "{line} in {text}");
    }
}

#[test]
fn no_script_and_no_long_word_stops_a_document() {
    let long = "Donaudampfschifffahrt".repeat(40);
    let address = format!("https://example.org/{}", "a".repeat(900));
    let mut it = with_blocks(vec![
        Block::paragraph("مرحبا بكم في ستراثمارنوك, שלום, Здравствуйте, Привіт, Καλημέρα, dè tha dol?"),
        Block::paragraph(
            "Emoji 🦩 👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿, kanji 漢字, private \u{e000}, marks a\u{301}\u{327}, null \u{0}, end \u{feff}\u{ffff}",
        ),
        Block::paragraph(long.clone()),
        Block::table("Long words", ["a", "b", "c"], [vec![long.clone(), address.clone(), "1".into()]]),
        Block::Paragraph {
            runs: vec![Run::link(address.clone(), address.clone()), Run::in_language("ar", "الأطفال والأسر")],
        },
        Block::Bullets { items: vec![vec![]] },
        Block::paragraph(""),
    ]);
    it.title = format!("{long} 🦩 مرحبا");
    it.watermark = Some(long.clone());
    let text = words(&render(&it).unwrap());
    for part in ["Здравствуйте", "Привіт", "Καλημέρα", "[U+1F9A9]", "[U+6F22]", "[U+E000]"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.replace(' ', "").contains(&long), "{text}");
}

#[test]
fn languages_read_from_right_to_left_are_set() {
    let mut it = samples::report();
    it.language = "ar".into();
    it.watermark = None;
    assert!(contains(&render(&it).unwrap(), "(ar)"));
}

#[test]
fn tables_without_rows_and_sections_without_text_are_set() {
    let it = with_blocks(vec![
        Block::heading(1, "Empty"),
        Block::table("Nothing yet", ["What", "When"], []),
        Block::heading(1, "Empty too"),
        Block::Callout { title: String::new(), blocks: vec![] },
        Block::address(Vec::<String>::new()),
        Block::PageBreak,
        Block::PageBreak,
    ]);
    assert!(words(&render(&it).unwrap()).contains("Nothing yet"));
    let mut nothing = samples::report();
    nothing.blocks = vec![];
    nothing.front = vec![];
    nothing.subtitle = String::new();
    assert_eq!(pages(&render(&nothing).unwrap()), 1);
}

#[test]
fn a_long_table_repeats_its_header_on_each_page() {
    let pdf = render(&with_blocks(vec![samples::long_table(200)])).unwrap();
    let text = poppler("pdftotext", &["-raw"], &pdf);
    assert!(pages(&pdf) > 3);
    assert_eq!(text.matches("Under 5").count(), pages(&pdf));
    assert!(text.contains("Locality 200"));
}

#[test]
fn headings_with_the_same_words_can_both_be_linked() {
    let link = Block::Paragraph { runs: vec![Run::link("there", "#same")] };
    let it = with_blocks(vec![Block::heading(1, "Same"), link, Block::heading(1, "Same")]);
    render(&it).unwrap();
}

#[test]
fn a_drawing_may_not_bring_other_files_and_must_be_a_drawing() {
    let no_svg = with_blocks(vec![Block::figure("<p>none</p>", "nothing", "")]);
    assert!(matches!(render(&no_svg), Err(RenderError::Typesetter(_))));
    let tall = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 100"><path d="M0 0V100" stroke="red"/></svg>"#;
    let pdf = render(&with_blocks(vec![Block::figure(tall, "a line", "c")])).unwrap();
    let tags = poppler("pdfinfo", &["-struct"], &pdf);
    let corners = tags.split("/BBox [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let corners: Vec<f64> = corners.split_whitespace().map(|n| n.parse().unwrap()).collect();
    assert!(corners[1] > 0.0 && corners[3] < 842.0, "outside of the page: {corners:?}");
    let outside = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="/etc/passwd" width="9" height="9"/></svg>"#;
    if let Ok(pdf) = render(&with_blocks(vec![Block::figure(outside, "a file", "")])) {
        assert!(!contains(&pdf, "root:"));
    }
}

#[test]
fn faults_are_named_and_nothing_is_set() {
    let it = with_blocks(vec![Block::figure("<svg/>", "", "")]);
    let error = render(&it).unwrap_err();
    assert!(matches!(error, RenderError::Faults(_)), "{error}");
}

/// The example of this crate, which cargo builds along with its tests.
fn child_program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    tests.parent().unwrap().parent().unwrap().join("examples/samples")
}

#[test]
fn a_child_process_gives_the_same_document() {
    let minute = Duration::from_mins(1);
    let program = child_program();
    let by_child = child::render_with(program.as_os_str(), minute, &samples::letter()).unwrap();
    assert!(by_child == render(&samples::letter()).unwrap());

    let faulty = with_blocks(vec![Block::heading(3, "Skips")]);
    let error = child::render_with(program.as_os_str(), minute, &faulty).unwrap_err();
    assert!(error.to_string().contains("skips a level"), "{error}");

    let error =
        child::render_with(program.as_os_str(), Duration::from_millis(1), &samples::report()).unwrap_err();
    assert!(error.to_string().contains("was ended"), "{error}");
    child::render_with(OsStr::new("/nonexistent"), minute, &faulty).unwrap_err();
}
