//! Krippendorff's alpha with 1,000 rounds of drawing units again, for 60 items that two to five readers judged on 100
//! records, and everything else that is said of agreement. `cargo bench -p keyline-statistics`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use keyline_statistics::agreement::alpha::{Level, krippendorff};
use keyline_statistics::agreement::readings::{Readings, Scale};
use keyline_statistics::agreement::resampling::{Resampling, estimate};
use keyline_statistics::agreement::summary::agreement;
use keyline_statistics::sample::Seed;

/// Made up by a fixed recipe: a scale of six, readers near to each other, and a fifth of the readings missing.
fn items(items: usize, records: usize, readers: usize) -> Vec<Readings> {
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let mut made = Vec::new();
    for _ in 0..items {
        let units = (0..records)
            .map(|_| {
                let truth = next(6);
                (0..readers)
                    .map(|_| (next(5) > 0).then(|| (truth + next(3)).saturating_sub(1).min(5)))
                    .collect()
            })
            .collect();
        made.push(Readings::new(Scale::of_categories(6), units).expect("all are on the scale"));
    }
    made
}

fn alpha(c: &mut Criterion) {
    let mut group = c.benchmark_group("60 items of 100 records, 1,000 rounds");
    group.sample_size(10);
    for readers in [2, 5] {
        let items = items(60, 100, readers);
        group.bench_function(format!("alpha, {readers} readers"), |b| {
            b.iter(|| {
                for (item, stream) in items.iter().zip(0..) {
                    let mut generator = Seed::from(7).generator(stream);
                    let tally = item.tally();
                    let found = estimate(&tally, Resampling::USUAL, &mut generator, |tally| {
                        krippendorff(tally, Level::Ordinal)
                    });
                    black_box(found).expect("it is defined");
                }
            });
        });
        group.bench_function(format!("everything, {readers} readers"), |b| {
            b.iter(|| {
                for (item, stream) in items.iter().zip(0..) {
                    let mut generator = Seed::from(7).generator(stream);
                    black_box(agreement(item, Level::Ordinal, Resampling::USUAL, &mut generator));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, alpha);
criterion_main!(benches);
