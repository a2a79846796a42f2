//! Tables from CSV and XLSX, the limits on them, and what is written comes back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Instant;

use keyline_workbooks::guard::{guarded, is_formula_like, unguarded};
use keyline_workbooks::{
    CellRef, DropDown, FileKind, Limits, Refusal, Sheet, Table, TextEncoding, WriteFault, read_sheet,
    read_sheets, read_table, write_csv, write_xlsx,
};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

fn csv(bytes: &[u8]) -> Table {
    read_table(bytes, FileKind::Csv, &Limits::default()).unwrap()
}

fn texts(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.cells.clone()).collect()
}

fn numbers(table: &Table) -> Vec<u32> {
    table.rows.iter().map(|row| row.number).collect()
}

fn refusal(bytes: &[u8], kind: FileKind, limits: Limits) -> Refusal {
    read_table(bytes, kind, &limits).unwrap_err()
}

#[test]
fn every_usual_encoding_gives_the_same_table() {
    let text = "Name,Anzahl €\r\nFàilte,3\r\n";
    let wide = |order: fn(u16) -> [u8; 2]| {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect::<Vec<u8>>()
    };
    let western = [b"Name,Anzahl \x80\r\nF\xe0ilte,3\r\n".to_vec()].concat();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), TextEncoding::Utf8),
        (format!("\u{feff}{text}").into_bytes(), TextEncoding::Utf8),
        (wide(u16::to_le_bytes), TextEncoding::Utf16Le),
        (wide(u16::to_be_bytes), TextEncoding::Utf16Be),
        (western, TextEncoding::Windows1252),
    ] {
        let table = csv(&bytes);
        assert_eq!(table.encoding, Some(encoding));
        assert_eq!(table.header, ["Name", "Anzahl €"]);
        assert_eq!(cells(&table), texts(&[&["Fàilte", "3"]]));
    }
    let unmarked: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refusal(&unmarked, FileKind::Csv, Limits::default()), Refusal::Unreadable);
}

#[test]
fn delimiters_are_found() {
    for text in ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "a|b\n1|2\n", "sep=;\na;b\n1;2\n"] {
        let table = csv(text.as_bytes());
        assert_eq!(
            (table.header.clone(), cells(&table)),
            (vec!["a".into(), "b".into()], texts(&[&["1", "2"]])),
            "{text}"
        );
    }
    // Decimal commas do not win over the semicolon.
    assert_eq!(csv(b"name;value\nx;1,5\ny;2,5\n").header, ["name", "value"]);
    assert_eq!(csv(b"only\none\n").header, ["only"]);
}

#[test]
fn csv_rows_have_the_numbers_of_a_spreadsheet() {
    for ending in ["\n", "\r\n", "\r"] {
        let text =
            ["A title", "", "a,b", "\"one\nand two\",x", "", ",", "y,\"say \"\"hi\"\"\"", "z"].join(ending);
        let table = csv(text.as_bytes());
        assert_eq!((table.header_row, table.header.clone()), (3, vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(numbers(&table), [4, 7, 8], "{ending:?}");
        assert_eq!(cells(&table), texts(&[&["one\nand two", "x"], &["y", "say \"hi\""], &["z", ""]]));
        assert_eq!(table.rows[1].place(1).to_string(), "B7");
    }
    assert_eq!(numbers(&csv(b"sep=,\na,b\n1,2")), [3]);
}

#[test]
fn columns_are_found_by_name() {
    let table = csv(b" Area , Count\n x ,1,beside\n");
    assert_eq!(
        (table.column("count"), table.column("COUNT "), table.column("none")),
        (Some(1), Some(1), None)
    );
    assert_eq!((table.rows[0].cell(0), table.rows[0].cell(2), table.rows[0].cell(9)), ("x", "beside", ""));
}

#[test]
fn limits_hold_for_csv() {
    let limits = Limits::default();
    assert_eq!(refusal(b"\n\n ,\n", FileKind::Csv, limits), Refusal::NoHeader);
    let few = Limits { rows: 2, ..limits };
    assert!(read_table(b"a\n1\n\n2\n", FileKind::Csv, &few).is_ok());
    assert_eq!(refusal(b"a\n1\n2\n3\n", FileKind::Csv, few), Refusal::TooManyRows { limit: 2 });
    let narrow = Limits { columns: 2, ..limits };
    assert!(read_table(b"a,b,,\n", FileKind::Csv, &narrow).is_ok());
    assert_eq!(refusal(b"a,b,c\n", FileKind::Csv, narrow), Refusal::TooManyColumns { limit: 2 });
    let short = Limits { cell_characters: 3, ..limits };
    assert!(read_table("ééé\n".as_bytes(), FileKind::Csv, &short).is_ok());
    assert_eq!(
        refusal(b"a,b\nx,four\n", FileKind::Csv, short),
        Refusal::CellTooLong { cell: CellRef { row: 2, column: 1 }, limit: 3 }
    );
    let small = Limits { table_bytes: 100, ..limits };
    assert_eq!(refusal(b"a,b,c,d,e\nf,g\n", FileKind::Csv, small), Refusal::TooMuchText { limit: 100 });
    assert_eq!(refusal(b"x", FileKind::Pdf, limits), Refusal::NotATable(FileKind::Pdf));
}

#[test]
fn workbooks_are_read_as_people_see_them() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Empty").unwrap();
    workbook.add_worksheet().set_name("Secret").unwrap().set_hidden(true).write_string(0, 0, "no").unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Staff ").unwrap();
    sheet.merge_range(0, 0, 0, 3, "Return of staff", &Format::new()).unwrap();
    for (column, name) in (0..).zip(["Name", "Started", "Hours", "Rate", "Sum", "When", "Active"]) {
        sheet.write_string(2, column, name).unwrap();
    }
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let time = Format::new().set_num_format("hh:mm");
    sheet.write_string(4, 0, " Ana ").unwrap();
    sheet.write_datetime_with_format(4, 1, ExcelDateTime::from_ymd(2026, 10, 25).unwrap(), &date).unwrap();
    sheet.write_number(4, 2, 37.0).unwrap();
    sheet.write_number(4, 3, 0.1 + 0.2).unwrap();
    sheet.write_formula(4, 4, Formula::new("=C5+1").set_result("38")).unwrap();
    let when = ExcelDateTime::from_ymd(2026, 10, 25).unwrap().and_hms(9, 30, 0).unwrap();
    sheet.write_datetime_with_format(4, 5, when, &moment).unwrap();
    sheet.write_boolean(4, 6, true).unwrap();
    sheet.write_number(5, 2, -1_234_567.0).unwrap();
    sheet.write_datetime_with_format(5, 5, ExcelDateTime::from_hms(9, 5, 0).unwrap(), &time).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();

    let table = read_table(&bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    assert_eq!((table.sheet.as_deref(), table.header_row, table.header.len()), (Some("Staff "), 3, 7));
    assert_eq!(numbers(&table), [5, 6]);
    assert_eq!(
        cells(&table),
        texts(&[
            &["Ana", "2026-10-25", "37", "0.3", "38", "2026-10-25T09:30:00", "TRUE"],
            &["", "", "-1234567", "", "", "09:05:00", ""],
        ])
    );
    let named = |name| read_sheet(&bytes, FileKind::Xlsx, name, &Limits::default());
    assert_eq!(named("staff").unwrap(), table);
    assert_eq!(named("Empty"), Err(Refusal::NoHeader));
    assert_eq!(named("Secret"), Err(Refusal::NoSuchSheet { name: "Secret".to_owned() }));
}

#[test]
fn a_text_in_the_last_corner_takes_no_memory() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "a").unwrap();
    sheet.write_string(1_048_575, 1, "far").unwrap();
    let table = read_table(&workbook.save_to_buffer().unwrap(), FileKind::Xlsx, &Limits::default()).unwrap();
    assert_eq!((table.header_row, table.rows[0].place(1).to_string()), (1, "B1048576".to_owned()));

    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(1_048_575, 16_383, "far").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(refusal(&bytes, FileKind::Xlsx, Limits::default()), Refusal::TooManyColumns { limit: 500 });
}

#[test]
fn a_shared_text_in_many_cells_counts_each_time() {
    let long = "x".repeat(30_000);
    let rows: Vec<Vec<String>> = (0..200).map(|_| vec![long.clone(), "y".to_owned()]).collect();
    let sheet = Sheet { name: "S".into(), header: vec!["a".into(), "b".into()], rows, ..Sheet::default() };
    let bytes = write_xlsx(&[sheet]).unwrap();
    assert!(bytes.len() < 50_000);
    let limits = Limits { table_bytes: 1_000_000, ..Limits::default() };
    assert_eq!(refusal(&bytes, FileKind::Xlsx, limits), Refusal::TooMuchText { limit: 1_000_000 });
}

#[test]
fn cells_are_called_as_in_a_spreadsheet() {
    for (text, row, column) in
        [("A1", 1, 0), ("C7", 7, 2), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", 1_048_576, 16_383)]
    {
        let place = CellRef { row, column };
        assert_eq!(place.to_string(), text);
        assert_eq!(text.parse(), Ok(place));
    }
    for text in ["", "7", "C", "C0", "c7", "C-1", "C7x", "ZZZZZZZZZZ1", "A99999999999"] {
        assert!(text.parse::<CellRef>().is_err(), "{text}");
    }
}

#[test]
fn csv_is_written_as_rfc_4180_says() {
    let rows = texts(&[&["a", "b"], &["x,y", "say \"hi\"\nthere"]]);
    let written = write_csv(rows.iter().map(Vec::as_slice), false);
    assert_eq!(String::from_utf8(written).unwrap(), "a,b\r\n\"x,y\",\"say \"\"hi\"\"\nthere\"\r\n");
    assert!(write_csv(rows.iter().map(Vec::as_slice), true).starts_with(b"\xef\xbb\xbfa,b"));
}

#[test]
fn formulas_are_guarded_and_numbers_left_alone() {
    for text in [
        "=1+1",
        "+44 131 000",
        "-5%",
        "@x",
        "\tx",
        "\rx",
        " =1",
        "＝1",
        "-",
        "--1",
        "-1.2.3",
        "=HYPERLINK(\"x\")",
    ] {
        assert_eq!(guarded(text), format!("'{text}"));
        assert_eq!(unguarded(&guarded(text)), text);
    }
    for text in ["", "-5", "+3.25", "a=b", "it's", "'quoted'", "1-2"] {
        assert_eq!(guarded(text), text);
        assert_eq!(unguarded(text), text);
    }
    assert_eq!(unguarded(&guarded("'=1")), "'=1");
}

#[test]
fn workbooks_hold_formulas_as_texts_and_are_equal_each_time() {
    let sheet = Sheet {
        name: "Export".into(),
        header: vec!["Kind".into(), "=cmd".into()],
        rows: texts(&[&["one", "=HYPERLINK(\"x\")"], &["two", "-5"]]),
        drop_downs: vec![DropDown { column: 0, values: vec!["one".into(), "two, or \"three\"".into()] }],
        ..Sheet::default()
    };
    let bytes = write_xlsx(std::slice::from_ref(&sheet)).unwrap();
    assert_eq!(bytes, write_xlsx(std::slice::from_ref(&sheet)).unwrap());
    let part = |name: &str| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
    };
    let xml = part("xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>"), "{xml}");
    assert!(xml.contains("dataValidation ") && xml.contains("state=\"frozen\""), "{xml}");
    assert!(part("xl/styles.xml").contains("quotePrefix=\"1\""));
    assert!(part("xl/workbook.xml").contains("state=\"hidden\""));
    let table = read_table(&bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    assert_eq!((table.header.as_slice(), cells(&table)), (sheet.header.as_slice(), sheet.rows));

    let nothing = Sheet {
        name: "S".into(),
        drop_downs: vec![DropDown { column: 0, values: vec![] }],
        ..Sheet::default()
    };
    assert!(matches!(write_xlsx(&[nothing]), Err(WriteFault::NothingToPick { column: 0, .. })));
    let unnamed = Sheet { name: "a/b".into(), ..Sheet::default() };
    assert!(matches!(write_xlsx(&[unnamed]), Err(WriteFault::Workbook(_))));
}

/// Writes and reads so many rows of six cells, and prints how long it takes.
fn measure(count: u32) {
    let rows: Vec<Vec<String>> =
        (0..count).map(|row| (0..6).map(|column| format!("r{row} c{column}")).collect()).collect();
    let header: Vec<String> = (0..6).map(|column| format!("Column {column}")).collect();
    let start = Instant::now();
    let file = write_csv(std::iter::once(header.as_slice()).chain(rows.iter().map(Vec::as_slice)), false);
    let written = start.elapsed();
    let start = Instant::now();
    let table = csv(&file);
    eprintln!("CSV, {count} rows: written in {written:?}, read in {:?}", start.elapsed());
    assert_eq!(table.rows.last().map(|row| row.number), Some(count + 1));

    let start = Instant::now();
    let file = write_xlsx(&[Sheet { name: "S".into(), header, rows, ..Sheet::default() }]).unwrap();
    let written = start.elapsed();
    let start = Instant::now();
    let from_workbook = read_table(&file, FileKind::Xlsx, &Limits::default()).unwrap();
    eprintln!("XLSX, {count} rows: written in {written:?}, read in {:?}", start.elapsed());
    assert_eq!(from_workbook.rows, table.rows);
}

#[test]
fn ten_thousand_rows_come_back() {
    measure(10_000);
}

#[test]
#[ignore = "takes half a minute without optimisation; run it to see the times"]
fn a_hundred_thousand_rows_come_back() {
    measure(100_000);
}

/// Texts as they come: words, formulas, quotes, delimiters, other scripts.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9 ,;\"'=+@|\t-]{0,12}",
        "['=+@-]{1,3}[a-z0-9.()!]{0,8}",
        "-?[0-9]{1,6}(\\.[0-9]{1,4})?",
        "[a-zé€漢🙂\n]{1,6}",
    ]
    .prop_map(|text| text.trim().to_owned())
}

fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 3), 0..8)
}

proptest! {
    #[test]
    fn what_is_written_comes_back(rows in rows()) {
        let header: Vec<String> = ["Name", "=Formula", "-5"].map(str::to_owned).to_vec();
        let kept: Vec<(u32, Vec<String>)> = (2..)
            .zip(rows.clone())
            .filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let read = |table: Table| {
            let rows: Vec<(u32, Vec<String>)> = table.rows.into_iter().map(|row| (row.number, row.cells)).collect();
            (table.header, rows)
        };
        let file = write_csv(std::iter::once(header.as_slice()).chain(rows.iter().map(Vec::as_slice)), true);
        prop_assert_eq!(read(csv(&file)), (header.clone(), kept.clone()));
        let sheet = Sheet { name: "S".to_owned(), header: header.clone(), rows, ..Sheet::default() };
        let file = write_xlsx(&[sheet]).unwrap();
        let table = read_table(&file, FileKind::Xlsx, &Limits::default()).unwrap();
        prop_assert_eq!(read(table), (header, kept));
    }

    #[test]
    fn nothing_exported_begins_a_formula(rows in rows()) {
        let file = write_csv(rows.iter().map(Vec::as_slice), false);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_slice());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let starts = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r']);
                prop_assert!(!starts || cell.parse::<f64>().is_ok(), "{cell:?}");
                prop_assert!(!is_formula_like(cell));
            }
        }
    }

    #[test]
    fn guarding_can_be_undone(text in "[ '=+@a5\\t-]{0,6}|\\PC{0,10}") {
        let written = guarded(&text);
        prop_assert_eq!(unguarded(&written), text.as_str());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 1..300)) {
        let _ = read_table(&bytes, FileKind::Csv, &Limits::default());
        let _ = read_table(&bytes, FileKind::Xlsx, &Limits::default());
    }
}

#[test]
fn all_sheets_are_read_with_their_row_numbers() {
    let sheets = [
        Sheet {
            name: "survey".into(),
            header: vec!["type".into()],
            rows: texts(&[&["text"], &[], &["note"]]),
            ..Sheet::default()
        },
        Sheet { name: "choices".into(), header: vec!["list_name".into(), "name".into()], ..Sheet::default() },
        Sheet { name: "empty".into(), ..Sheet::default() },
    ];
    let bytes = write_xlsx(&sheets).unwrap();
    let read = read_sheets(&bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    let shapes: Vec<(&str, Vec<u32>)> = read
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.rows.iter().map(|row| row.number).collect()))
        .collect();
    assert_eq!(shapes, [("survey", vec![1, 2, 4]), ("choices", vec![1]), ("empty", vec![])]);
    assert_eq!(read[1].rows[0].cells, ["list_name", "name"]);

    let csv = read_sheets(b"survey\n,type\n\n,text\n", FileKind::Csv, &Limits::default()).unwrap();
    assert_eq!(csv.len(), 1);
    assert_eq!(csv[0].rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 4]);
}

#[test]
fn the_limit_of_bytes_holds_for_all_sheets_together() {
    let sheet = |name: &str| Sheet { name: name.into(), header: vec!["x".repeat(600)], ..Sheet::default() };
    let bytes = write_xlsx(&[sheet("a"), sheet("b")]).unwrap();
    let limits = Limits { table_bytes: 1_000, ..Limits::default() };
    assert_eq!(read_sheets(&bytes, FileKind::Xlsx, &limits), Err(Refusal::TooMuchText { limit: 1_000 }));
    assert!(read_sheets(&bytes, FileKind::Xlsx, &Limits { table_bytes: 2_000, ..limits }).is_ok());
}

#[test]
fn everything_in_a_workbook_is_read_hidden_sheets_formulas_merged_cells_and_notes() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let list = book.add_worksheet();
    list.write_string(0, 0, "label").unwrap().write_string(0, 1, "months").unwrap();
    list.write_string(1, 0, "r1").unwrap();
    list.write_formula(1, 1, rust_xlsxwriter::Formula::new("=2+3").set_result("5")).unwrap();
    list.write_string(2, 0, "r2").unwrap().write_number(2, 1, 5).unwrap();
    list.merge_range(3, 0, 4, 0, "r3", &rust_xlsxwriter::Format::new()).unwrap();
    list.insert_note(1, 1, &rust_xlsxwriter::Note::new("ask Mrs Invented & Jo")).unwrap();
    let hidden = book.add_worksheet().set_name("Ann & Co").unwrap().set_hidden(true);
    hidden.write_string(6, 2, "hidden").unwrap();
    hidden.insert_note(6, 2, &rust_xlsxwriter::Note::new("out of sight")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let whole = keyline_workbooks::read_whole(&bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    let [list, hidden] = whole.sheets.as_slice() else { panic!("{whole:?}") };
    assert_eq!((list.hidden, hidden.hidden), (false, true));
    assert_eq!(hidden.rows[0].place(2).to_string(), "C7");
    assert_eq!(list.formulas.iter().map(ToString::to_string).collect::<Vec<_>>(), ["B2"]);
    assert_eq!(list.rows[1].cells, ["r1", "5"], "the value that was last worked out");
    let merged: Vec<String> = list.merged.iter().map(|(from, to)| format!("{from}:{to}")).collect();
    assert_eq!(merged, ["A4:A5"]);
    let places: Vec<_> = whole.notes.iter().map(|note| (note.sheet, note.cell.as_str())).collect();
    assert_eq!(places, [(Some(0), "B2"), (Some(1), "C7")]);
    assert!(whole.notes[0].text.ends_with("ask Mrs Invented & Jo"), "{:?}", whole.notes[0]);
    assert_eq!(list.table().unwrap().header, ["label", "months"]);
    let csv = keyline_workbooks::read_whole(b"a,b\n1,2\n", FileKind::Csv, &Limits::default()).unwrap();
    assert_eq!((csv.sheets.len(), csv.sheets[0].rows.len()), (1, 2));
}
