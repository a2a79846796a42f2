//! Writing 100,000 answers to 40 questions in each format. `cargo bench -p keyline-datasets`

use std::hint::black_box;
use std::io::{self, Write};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use keyline_datasets::{About, Category, Cell, Dataset, Format, Kind, Missing, Variable, write};

const ROWS: usize = 100_000;

/// Takes everything and counts it.
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(black_box(bytes).len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// 30 questions with a choice, 5 of several answers, 3 numbers, a day and a text, as in a staff survey. Made up.
fn variables() -> Vec<Variable> {
    let reasons = [Missing::Suppressed, Missing::NotAsked, Missing::NotAnswered];
    let levels = ["strongly_disagree", "disagree", "neither", "agree", "strongly_agree"];
    (0..40)
        .map(|index| {
            let kind = match index {
                0..30 => Kind::Category {
                    categories: Category::list(levels.map(|code| (code, code))),
                    ordered: true,
                },
                30..35 => Kind::Chosen { of: "help".to_owned() },
                35..37 => Kind::Whole,
                37 => Kind::Decimal { places: 1 },
                38 => Kind::Date,
                _ => Kind::Text,
            };
            Variable::new(format!("question_{index}"), format!("Question {index}"), kind).may_miss(&reasons)
        })
        .collect()
}

fn rows(variables: &[Variable]) -> Vec<Vec<Cell>> {
    let mut turn = 0_u32;
    let mut next = move |below: u32| {
        turn = turn.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (turn >> 16) % below
    };
    let days: Vec<Date> = (1..=12).map(|month| date(2026, month, 1)).collect();
    (0..ROWS)
        .map(|_| {
            variables
                .iter()
                .map(|variable| match variable.kind {
                    _ if next(20) == 0 => Cell::Missing(Missing::NotAnswered),
                    Kind::Category { .. } => Cell::Category(next(5)),
                    Kind::Chosen { .. } => Cell::Chosen(next(2) == 0),
                    Kind::Whole => Cell::Whole(i64::from(next(2000))),
                    Kind::Decimal { .. } => Cell::Decimal(f64::from(next(1000)) / 10.0),
                    Kind::Date => Cell::Date(days[next(12) as usize]),
                    Kind::Text => Cell::Text("A made-up sentence, \"quoted\" as people do.".to_owned()),
                })
                .collect()
        })
        .collect()
}

fn exports(c: &mut Criterion) {
    let variables = variables();
    let rows = rows(&variables);
    let dataset = Dataset::new(About { name: "bench".to_owned(), ..About::default() }, variables, rows);
    let mut group = c.benchmark_group("100,000 rows of 40 columns");
    group.sample_size(10);
    for format in [Format::Csv, Format::Sav, Format::Json, Format::DataPackage, Format::Ddi, Format::Xlsx] {
        let mut counter = Counter(0);
        write(format, &dataset, &mut counter).expect("it can be written");
        group.throughput(Throughput::Bytes(counter.0));
        group.bench_function(BenchmarkId::from_parameter(format.name()), |b| {
            b.iter(|| write(format, &dataset, &mut Counter(0)).expect("it can be written"));
        });
    }
    group.finish();
}

criterion_group!(datasets, exports);
criterion_main!(datasets);
