//! Reading a workbook of 2,000 rows, and evaluating an expression, both in process.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use keyline_forms::expression::instance::OUTERMOST;
use keyline_forms::expression::{Chance, Evaluator, Expression, Instance, Names, Node, Scope, Surroundings};
use keyline_forms::reading::{Options, read};
use keyline_forms::workbook::{FileType, Row, Sheet, Workbook, write};

use crate::measure::{Measure, median};

const ROWS: u32 = 2_000;
const WORKBOOK_MS: f64 = 100.0;
const EXPRESSION_US: f64 = 2.0;
const EVALUATIONS: u32 = 200_000;

pub(super) fn run() -> Result<Vec<Measure>> {
    let file = write::xlsx(&workbook())?;
    let options = Options { root: None, id: Some("long"), own_columns: &[] };
    let mut reading = Vec::new();
    let mut form = None;
    for _ in 0..7 {
        let began = Instant::now();
        let workbook = Workbook::read(&file, FileType::Xlsx).map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        form = read(&workbook, &options).map_err(|faults| anyhow::anyhow!("{faults:?}"))?.form.into();
        reading.push(began.elapsed().as_secs_f64() * 1e3);
    }
    let Some(form) = form else { anyhow::bail!("nothing was read") };

    let names = Names::of(&form);
    let mut data = Instance::new(&names.shape);
    let id = |name: &str| names.shape.named(name)[0];
    data.set(&names.shape, id("q1"), "18");
    let now = "2025-06-09T12:30:00+01:00[Europe/London]".parse()?;
    let around = Surroundings::new(now, Chance::from_number(7));
    let source = "${q1} > 17 and not(selected(${q1}, 'never')) and string-length(${q1}) = 2";
    let expression = Expression::read(source, Scope::of(&names, id("q2")))
        .map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    let node = Node::Answer(OUTERMOST, id("q2"));
    let began = Instant::now();
    for _ in 0..EVALUATIONS {
        ensure!(
            black_box(expression.truth(&Evaluator::new(&names, &data, &around, node))) == Ok(true),
            "it is true"
        );
    }
    let each = began.elapsed().as_secs_f64() * 1e6 / f64::from(EVALUATIONS);
    Ok(vec![
        Measure::within("workbook-of-2000-rows", median(reading), "ms", WORKBOOK_MS),
        Measure::within("expression", each, "us", EXPRESSION_US),
    ])
}

/// Questions in two languages with rules, made up.
fn workbook() -> Workbook {
    let text = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let header = text(&[
        "type",
        "name",
        "label::English (en)",
        "label::Gàidhlig (gd)",
        "hint::English (en)",
        "relevant",
        "constraint",
        "constraint_message::English (en)",
        "required",
    ]);
    let rows = (1..=ROWS)
        .map(|n| {
            let (name, relevant) = (format!("q{n}"), format!("${{q{}}} > 1", n - 1));
            let label = format!("How many of these in {n}?");
            let cells = text(&[
                "integer",
                &name,
                &label,
                "Cia mheud?",
                "A whole number",
                if n > 1 { &relevant } else { "" },
                ". >= 0 and . < 100",
                "Between 0 and 99",
                "yes",
            ]);
            Row { number: n + 1, cells }
        })
        .collect();
    Workbook { sheets: vec![Sheet { name: "survey".to_owned(), header, rows }] }
}
