//! A survey of 100,000 respondents and 40 questions. `cargo bench -p keyline-tabulation`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use keyline_tabulation::columns::{Answer, Columns, Kind};

const QUESTIONS: usize = 40;
const SERVICE: usize = 40;
const ROLE: usize = 41;

/// Made up by a fixed recipe.
fn columns(respondents: usize) -> Columns {
    let kinds: Vec<Kind> =
        [Kind::One(7); QUESTIONS].into_iter().chain([Kind::One(7), Kind::One(3)]).collect();
    let mut columns = Columns::new(&kinds);
    let mut state = 1_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from((state >> 33) % below).unwrap_or(0)
    };
    for _ in 0..respondents {
        let row: Vec<Answer> = (0..kinds.len())
            .map(|column| match column {
                SERVICE => Answer::One(next(7)),
                ROLE => Answer::One(next(3)),
                _ => match next(20) {
                    0 => Answer::NotAsked,
                    1 => Answer::None,
                    _ => Answer::One(next(7)),
                },
            })
            .collect();
        columns.push(&row).expect("the row fits");
    }
    columns
}

fn counting(c: &mut Criterion) {
    let columns = columns(100_000);
    let mut group = c.benchmark_group("100,000 respondents, 40 questions");
    group.sample_size(20);
    group.bench_function("all one-way and 80 cross-tables", |b| {
        b.iter(|| {
            for question in 0..QUESTIONS {
                black_box(columns.one_way(question, None));
                black_box(columns.cross(question, SERVICE, None));
                black_box(columns.cross(question, ROLE, None));
            }
        });
    });
    let some = columns.having(SERVICE, &[2, 4]).expect("the column is there");
    group.bench_function("all one-way and 80 cross-tables of two services", |b| {
        b.iter(|| {
            for question in 0..QUESTIONS {
                black_box(columns.one_way(question, Some(&some)));
                black_box(columns.cross(question, SERVICE, Some(&some)));
                black_box(columns.cross(question, ROLE, Some(&some)));
            }
        });
    });
    group.bench_function("all by service and role at once", |b| {
        b.iter(|| {
            let division = columns.divide(&[SERVICE, ROLE]).expect("few parts");
            for question in 0..QUESTIONS {
                black_box(columns.one_way_by(question, &division));
            }
        });
    });
    let bytes = columns.to_bytes();
    group.bench_function("read from bytes", |b| b.iter(|| Columns::from_bytes(black_box(&bytes))));
    group.bench_function("written as bytes", |b| b.iter(|| black_box(&columns).to_bytes()));
    group.finish();
}

criterion_group!(tabulation, counting);
criterion_main!(tabulation);
