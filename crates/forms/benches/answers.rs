//! Reading the answers to a staff survey from a form, and counting a thousand of them. `cargo bench -p keyline-forms`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use keyline_forms::{Answers, Instrument, QuestionKind, tally};

const SURVEY: &str =
    include_str!("../../../programmes/supervision-orders-at-home/2025-2/instruments/staff-survey.toml");

/// What a browser sends when one choice is made for every question; `turn` decides which.
fn sent(instrument: &Instrument, turn: usize) -> Vec<(String, String)> {
    instrument
        .questions
        .iter()
        .filter(|question| question.asks())
        .map(|question| {
            let value = match question.kind {
                QuestionKind::YesNo => ["yes", "no"][turn % 2].to_owned(),
                QuestionKind::Text => "A fictional comment of one sentence.".to_owned(),
                _ => {
                    let levels = question.levels();
                    let choices = question.choices.iter().map(|choice| choice.value.clone());
                    let values = if levels.is_empty() { choices.collect() } else { levels };
                    values.get(turn % values.len().max(1)).cloned().unwrap_or_default()
                }
            };
            (question.key.clone(), value)
        })
        .collect()
}

fn answers(c: &mut Criterion) {
    let instrument = Instrument::parse(SURVEY).expect("it ships without fault");
    let pairs = sent(&instrument, 1);
    assert!(
        Answers::from_form(&instrument, pairs.iter().cloned()).accepted(),
        "the answers that are measured are right"
    );
    c.bench_function("read the form of a staff survey", |b| {
        b.iter(|| Answers::from_form(&instrument, black_box(&pairs).iter().cloned()));
    });
    let all: Vec<Answers> = (0..1000)
        .map(|turn| Answers::from_form(&instrument, sent(&instrument, turn).into_iter()).answers)
        .collect();
    c.bench_function("tally 1000 answers", |b| b.iter(|| tally(&instrument, black_box(&all).iter())));
}

criterion_group!(forms, answers);
criterion_main!(forms);
