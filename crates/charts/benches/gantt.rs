//! Drawing a plan of 21 weeks as SVG. `cargo bench -p keyline-charts`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/samples/mod.rs"]
mod samples;

fn gantt(c: &mut Criterion) {
    let plan = samples::plan();
    c.bench_function("draw a plan", |b| b.iter(|| black_box(&plan).draw()));
    c.bench_function("draw every sample", |b| b.iter(samples::all));
}

criterion_group!(charts, gantt);
criterion_main!(charts);
