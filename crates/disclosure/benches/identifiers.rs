//! How fast a text is searched for identifiers. `cargo bench -p keyline-disclosure --bench identifiers` prints bytes a
//! second for a report, for one with an identifier in every line, and for what this repository has of English.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use keyline_disclosure::identifiers::scan_text;

/// A made-up report, which has numbers and capitals as reports have them and nothing to be found.
const REPORT: &str = include_str!("texts/report.txt");

/// The report over and over, so that one search takes long enough to be timed.
fn report() -> String {
    REPORT.repeat(250)
}

/// Notes of a careless writer: every line holds something. Fictional, with numbers kept free for that.
fn careless() -> String {
    let found = " Jamie Smith, CHI 0101701233, lives at EH99 1SP; call 07700 900123.\n";
    REPORT.lines().flat_map(|line| [line, found]).collect::<String>().repeat(50)
}

/// The documents of this repository.
fn documents() -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let mut files: Vec<_> = std::fs::read_dir(docs)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect::<String>().repeat(8)
}

fn scans(c: &mut Criterion) {
    let mut group = c.benchmark_group("search for identifiers");
    group.sample_size(20);
    for (name, text) in
        [("a report", report()), ("a careless text", careless()), ("our documents", documents())]
    {
        group.throughput(Throughput::BytesDecimal(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| scan_text(black_box(&text))));
    }
    group.finish();
}

criterion_group!(identifiers, scans);
criterion_main!(identifiers);
