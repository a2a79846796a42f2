//! Evaluating an expression, compiling a form of 2,000 rows, and filling in one of 40. `cargo bench -p keyline-forms
//! --bench expressions`

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use keyline_forms::answering::{Compiled, Filling};
use keyline_forms::expression::instance::OUTERMOST;
use keyline_forms::expression::{Chance, Evaluator, Expression, Instance, Names, Node, Scope, Surroundings};
use keyline_forms::form::Form;
use serde_json::json;

/// A fictional form of so many questions, of which each third has rules that read others.
fn form(rows: usize) -> Form {
    let mut items = vec![
        json!({ "item": "question", "name": "age", "kind": "integer" }),
        json!({ "item": "question", "name": "services", "kind": "select_multiple",
            "choices": { "from": "list", "name": "services" } }),
    ];
    for index in 2..rows {
        let name = format!("q{index}");
        items.push(match index % 3 {
            0 => json!({ "item": "question", "name": name, "kind": "integer", "constraint": ". >= 0 and . < 1000",
                "relevant": "${age} > 17 and selected(${services}, 'health')" }),
            1 => json!({ "item": "question", "name": name, "kind": "calculate",
                "calculation": format!("coalesce(${{q{}}}, 0) + ${{age}}", index - 1) }),
            _ => json!({ "item": "question", "name": name, "kind": "text",
                "label": { "": "What do you think, at ${age}?" } }),
        });
    }
    let choices = ["health", "school", "police"].map(|name| json!({ "name": name, "label": { "": name } }));
    let value = json!({
        "id": "bench", "title": "Bench", "name": "data", "items": items,
        "lists": [{ "name": "services", "choices": choices }],
    });
    serde_json::from_value(value).expect("it is a form")
}

fn surroundings() -> Surroundings {
    let now = "2025-06-09T12:30:00+01:00[Europe/London]".parse().expect("it is a moment");
    Surroundings::new(now, Chance::from_number(7))
}

fn expressions(c: &mut Criterion) {
    let names = Names::of(&form(40));
    let mut data = Instance::new(&names.shape);
    let id = |name: &str| names.shape.named(name)[0];
    data.set(&names.shape, id("age"), "18");
    data.set(&names.shape, id("services"), "school health");
    let around = surroundings();
    for (what, source, truth) in [
        ("a typical expression", "${age} > 17 and selected(${services}, 'health')", true),
        ("a comparison of days", "today() - '2007-03-01' > 18 * 365.25", true),
        ("a pattern", "regex(${services}, '[a-z ]+')", true),
    ] {
        let expression = Expression::read(source, Scope::of(&names, id("q2"))).expect("it is an expression");
        let node = Node::Answer(OUTERMOST, id("q2"));
        let evaluate = || expression.truth(&Evaluator::new(&names, &data, &around, node));
        assert_eq!(evaluate(), Ok(truth), "what is measured is right");
        c.bench_function(what, |b| b.iter(|| black_box(evaluate())));
    }
    let source = "${age} > 17 and selected(${services}, 'health')";
    c.bench_function("reading a typical expression", |b| {
        b.iter(|| Expression::read(black_box(source), Scope::of(&names, 3)));
    });
}

fn forms(c: &mut Criterion) {
    let large = form(2_000);
    c.bench_function("compiling a form of 2,000 rows", |b| b.iter(|| Compiled::new(black_box(&large))));
    let compiled = Arc::new(Compiled::new(&form(40)).unwrap_or_else(|faults| panic!("{faults:?}")));
    c.bench_function("starting a form of 40 rows", |b| {
        b.iter(|| Filling::start(Arc::clone(&compiled), surroundings()));
    });
    let given =
        json!({ "age": 30, "services": ["health"], "q3": 1, "q5": "text", "q6": 2, "q8": "more text" });
    c.bench_function("resuming a form of 40 rows", |b| {
        b.iter(|| Filling::resume(Arc::clone(&compiled), surroundings(), black_box(&given)));
    });
    let mut filling = Filling::resume(Arc::clone(&compiled), surroundings(), &given);
    let mut turn = 0;
    c.bench_function("taking a page that a third of 40 rows depends on", |b| {
        b.iter(|| {
            turn += 1;
            let age = if turn % 2 == 0 { "12" } else { "40" };
            filling.take_page("age", &[("age".to_owned(), age.to_owned())])
        });
    });
    c.bench_function("answers of 40 rows", |b| b.iter(|| filling.answers()));
}

criterion_group!(benches, expressions, forms);
criterion_main!(benches);
