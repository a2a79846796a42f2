//! One release of 40 questions with 7 answers each, by 7 services and 3 roles. `cargo bench -p keyline-disclosure`

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use keyline_disclosure::release::survey::{Grouping, Question, Stratum, Survey};
use keyline_disclosure::release::{Rule, release};
use keyline_disclosure::threshold::Threshold;

/// Made up by a fixed recipe: the first services are larger, and answers in the middle more usual.
fn survey(people: u64) -> Survey {
    let (services, roles, answers) = (7_usize, 3, 7);
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let mut sizes = vec![0; services * roles];
    let mut counts = vec![vec![vec![0; services * roles]; answers]; 40];
    for _ in 0..people {
        let stratum = next(services).min(next(services)) * roles + next(roles);
        sizes[stratum] += 1;
        for question in &mut counts {
            question[usize::midpoint(next(answers), next(answers))][stratum] += 1;
        }
    }
    let strata = sizes
        .into_iter()
        .enumerate()
        .map(|(number, people)| Stratum { levels: vec![number / roles, number % roles], people });
    Survey {
        groupings: [services, roles].map(|levels| Grouping { levels, extremes: None }).to_vec(),
        strata: strata.collect(),
        questions: counts
            .into_iter()
            .map(|counts| Question { counts, by: vec![0, 1], ..Question::default() })
            .collect(),
    }
}

fn releases(c: &mut Criterion) {
    let mut group = c.benchmark_group("release of 40 questions");
    group.sample_size(20);
    for (people, threshold) in [
        (60, Threshold::CHILDREN),
        (200, Threshold::STAFF),
        (600, Threshold::STAFF),
        (600, Threshold::CHILDREN),
        (100_000, Threshold::STAFF),
    ] {
        let survey = survey(people);
        let rule = Rule::new(threshold);
        let name = format!("{people} respondents, {} and more shown", threshold.get());
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| release(black_box(&survey), &rule));
        });
    }
    group.finish();
}

criterion_group!(disclosure, releases);
criterion_main!(disclosure);
