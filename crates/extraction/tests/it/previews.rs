//! What can be shown of each kind.

use keyline_extraction::{Failure, Kind, Limits, Poppler, Preview, Refusal, Shown, TableRow, preview};

use crate::made::{fixture, odf, pdf, source, zip_of};

fn show(bytes: &[u8]) -> Preview {
    show_within(bytes, &Limits::default())
}

fn show_within(bytes: &[u8], limits: &Limits) -> Preview {
    preview(&source(bytes), limits, &Poppler::default()).unwrap()
}

fn row(number: u32, cells: &[&str]) -> TableRow {
    TableRow { number, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
}

#[test]
fn the_first_lines_of_texts() {
    let Shown::Lines { lines, more, mail } = show(&fixture("plan.docx")).shown else { panic!() };
    assert_eq!(lines[..2], ["Plan for Abergorm", "Mòrag and Iain meet weekly."]);
    assert!(!more && mail.is_none());
    let Shown::Lines { lines, mail, .. } = show(&fixture("mail.eml")).shown else { panic!() };
    assert_eq!(lines[0], "Dear Anna,");
    assert_eq!(mail.unwrap().subject.unwrap(), "Plan for Mòrag");

    let long = format!("{}\nb\nc\n", "é".repeat(5000));
    let limits = Limits { preview_lines: 2, ..Limits::default() };
    let Shown::Lines { lines, more, .. } = show_within(long.as_bytes(), &limits).shown else { panic!() };
    assert_eq!((lines.len(), lines[0].chars().count(), lines[1].as_str(), more), (2, 2000, "b", true));
    let endless = "word ".repeat(2_000_000);
    let Shown::Lines { lines, more, .. } = show(endless.as_bytes()).shown else { panic!() };
    assert_eq!((lines.len(), more), (1, true));
}

#[test]
fn the_first_rows_of_tables() {
    let expected = [
        row(1, &["Area", "Children", "Seen"]),
        row(2, &["Abergorm", "12", "2026-03-04"]),
        row(3, &["Strath Ellan", "7.5"]),
    ];
    let shown = show(&fixture("return.xlsx")).shown;
    assert_eq!(shown, Shown::Table { sheet: Some("Return".into()), rows: expected.to_vec(), more: false });

    let Shown::Table { sheet, rows, more } = show(&fixture("return.ods")).shown else { panic!() };
    assert_eq!((sheet.as_deref(), rows.len(), more), (Some("Return"), 3, false));
    assert_eq!(rows[1], row(4, &["Abergorm", "12", "", "", "x", "x"]));

    let csv = "Area;Note\nAbergorm;\"two\nlines\"\n\nStrath Ellan;x\n";
    let Shown::Table { sheet, rows, more } = show(csv.as_bytes()).shown else { panic!() };
    assert_eq!((sheet, rows[1].clone(), more), (None, row(2, &["Abergorm", "two\nlines"]), false));
}

#[test]
fn a_table_shows_a_hundred_rows_and_thirty_columns() {
    let line = |n: usize| (0..40).map(|c| format!("{n}.{c}")).collect::<Vec<_>>().join(",");
    let csv: String = (0..50_000).map(|n| line(n) + "\n").collect();
    assert!(csv.len() > 8 * 1024 * 1024);
    let Preview { kind, shown: Shown::Table { rows, more, .. } } = show(csv.as_bytes()) else { panic!() };
    assert_eq!((kind, rows.len(), rows[0].cells.len(), more), (Kind::Csv, 100, 30, true));
    // A million equal rows are one in the file.
    let ods = "<table:table table:name='t'><table:table-row table:number-rows-repeated='1000000'>\
        <table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    let Shown::Table { rows, more, .. } = show(&odf(Kind::Ods, ods)).shown else { panic!() };
    assert_eq!((rows.len(), rows[99].number, rows[0].cells.len(), more), (100, 100, 30, true));
}

#[test]
fn the_first_pages_of_a_pdf() {
    let small = Limits { preview_edge: 300, ..Limits::default() };
    let Shown::Pages { pages, of } = show_within(&pdf(5, 10), &small).shown else { panic!() };
    assert_eq!((pages.len(), of), (3, 5));
    for page in pages {
        assert_eq!(page.height, 300);
        let picture = image::load_from_memory(&page.bytes).unwrap().to_luma8();
        assert!(picture.pixels().any(|pixel| pixel[0] < 200), "a page without ink");
    }
    let failure = preview(&source(&fixture("password.pdf")), &Limits::default(), &Poppler::default());
    assert_eq!(failure, Err(Failure::Refused(Refusal::Password)));
}

#[test]
fn an_archive_shows_what_lies_in_it() {
    let Shown::Archive(listing) = show(&zip_of(&[("a/b.txt", b"x")])).shown else { panic!() };
    assert_eq!(listing.entries[0].path, "a/b.txt");
}
