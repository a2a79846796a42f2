//! A workbook of 2,000 rows becomes a form, and the form XML. Goal: the form in less than 100 ms.
//!
//! The form is made up: groups of ten questions with two languages, hints, relevance, constraints, calculations and choices.
#![expect(clippy::unwrap_used, reason = "a measure fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use keyline_forms::reading::{Options, read};
use keyline_forms::workbook::{FileType, Row, Sheet, Workbook, write};
use keyline_forms::xform;

const ROWS: usize = 2_000;

fn row(number: usize, cells: &[String]) -> Row {
    Row { number: u32::try_from(number + 2).unwrap(), cells: cells.to_vec() }
}

fn workbook() -> Workbook {
    let header = [
        "type",
        "name",
        "label::English (en)",
        "label::Gàidhlig (gd)",
        "hint::English (en)",
        "relevant",
        "constraint",
        "constraint_message::English (en)",
        "calculation",
        "required",
        "choice_filter",
        "indicators",
    ];
    let mut rows = Vec::with_capacity(ROWS);
    let text = String::from;
    for index in 0..ROWS {
        let name = format!("q{index}");
        let before = format!("q{}", index / 12 * 12 + 1);
        let cells = match index % 12 {
            0 => vec![text("begin_group"), format!("g{index}"), text("A group"), text("Buidheann")],
            11 => vec![text("end_group")],
            1 => vec![
                text("select_one places"),
                name,
                text("Where was this?"),
                text("Càite?"),
                text("One place"),
            ],
            5 => {
                let mut cells =
                    vec![text("calculate"), name, text(""), text(""), text(""), text(""), text(""), text("")];
                cells.push(format!("if(${{{before}}} = 'p1', 2 + 3 * 4, string-length(${{{before}}}))"));
                cells
            }
            6 => {
                let mut cells =
                    vec![text("select_multiple places"), name, text("Where else?"), text("Càite eile?")];
                cells.resize(10, String::new());
                cells.push(format!("area = ${{{before}}}"));
                cells
            }
            _ => vec![
                text("integer"),
                name,
                format!("How many of these in {index}, after ${{{before}}}?"),
                text("Cia mheud?"),
                text("A whole number"),
                format!("selected(${{{before}}}, 'p1') or ${{{before}}} = 'p2'"),
                text(". >= 0 and . < 100"),
                text("Between 0 and 99"),
                text(""),
                text("yes"),
                text(""),
                text("QI 1.1"),
            ],
        };
        rows.push(row(index, &cells));
    }
    // The last group is closed by the last row.
    let open = ROWS % 12;
    if open != 0 {
        rows.push(row(ROWS, &[text("end_group")]));
    }
    let survey = Sheet { name: text("survey"), header: header.map(text).to_vec(), rows };
    let choices = Sheet {
        name: text("choices"),
        header: ["list_name", "name", "label::English (en)", "label::Gàidhlig (gd)", "area"]
            .map(text)
            .to_vec(),
        rows: (0..50)
            .map(|index| {
                row(
                    index,
                    &[text("places"), format!("p{index}"), format!("Place {index}"), text("Àite"), text("x")],
                )
            })
            .collect(),
    };
    Workbook { sheets: vec![survey, choices] }
}

fn forms(criterion: &mut Criterion) {
    let workbook = workbook();
    let options = Options { root: None, id: Some("long"), own_columns: &["indicators"] };
    let form = read(&workbook, &options).unwrap().form;
    let (xlsx, csv) = (write::xlsx(&workbook).unwrap(), write::csv(&workbook));

    criterion.bench_function("sheets of 2,000 rows to a form", |bench| {
        bench.iter(|| read(&workbook, &options).unwrap());
    });
    criterion.bench_function("xlsx of 2,000 rows to a form", |bench| {
        bench.iter(|| read(&Workbook::read(&xlsx, FileType::Xlsx).unwrap(), &options).unwrap());
    });
    criterion.bench_function("csv of 2,000 rows to a form", |bench| {
        bench.iter(|| read(&Workbook::read(&csv, FileType::Csv).unwrap(), &options).unwrap());
    });
    criterion.bench_function("form of 2,000 rows to XML", |bench| bench.iter(|| xform::write(&form)));
}

criterion_group!(benches, forms);
criterion_main!(benches);
