//! Inner loops of the rules: dating a plan, asking the policy, binding the audit trail.
//! `cargo bench -p keyline-domain`

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use jiff::civil::date;
use keyline_domain::access::{Action, Actor, Person, Role, Standing, decide};
use keyline_domain::audit::{Entry, GENESIS, hash};
use keyline_domain::ids::{InspectionId, PersonId, Randomness};
use keyline_domain::inspections::plan::Plan;
use keyline_domain::programmes::Library;

struct Sevens;

impl Randomness for Sevens {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn library() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = BTreeMap::new();
    let mut waiting: Vec<_> = ["programmes", "frameworks", "areas"].map(|f| root.join(f)).into();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
                files.insert(name, text);
            }
        }
    }
    Library::parse(&files).expect("what ships is without fault")
}

fn plan(c: &mut Criterion) {
    let library = library();
    let programme = library.latest("supervision-orders-at-home").expect("it ships");
    let calendar = library.calendar("strathmarnock");
    c.bench_function("date a plan of 21 weeks", |b| {
        b.iter(|| Plan::from_template(&programme.timeline, black_box(date(2026, 1, 12)), &calendar));
    });
}

fn policy(c: &mut Criterion) {
    let now: Timestamp = "2026-01-12T09:00:00Z".parse().expect("an instant");
    let inspection = InspectionId::new(now, &Sevens);
    let actor = Actor::Person(Person {
        id: PersonId::new(now, &Sevens),
        name: "Fictional person".into(),
        administrator: false,
    });
    let standings: Vec<Standing> = Role::ALL
        .iter()
        .map(|role| Standing { inspection, roles: vec![*role], body: None, declared: true })
        .collect();
    let questions = standings.len() * Action::ALL.len();
    c.bench_function(&format!("decide {questions} questions of access"), |b| {
        b.iter(|| {
            let allowed = |standing: &&Standing, action: Action| {
                decide(&actor, action, inspection, Some(black_box(*standing))).is_ok()
            };
            let all = standings.iter().flat_map(|s| Action::ALL.iter().map(move |a| (s, *a)));
            all.filter(|(standing, action)| allowed(standing, *action)).count()
        });
    });
}

fn audit(c: &mut Criterion) {
    let entry = Entry {
        sequence: 4_711,
        at: "2026-01-12T09:00:00Z".parse().expect("an instant"),
        inspection: Some("ins_0198c0de000070008000000000000001".into()),
        actor: "person".into(),
        person: Some("per_0198c0de000070008000000000000001".into()),
        action: "grade.agreed".into(),
        subject: "2.1".into(),
        detail:
            r#"{"from":3,"to":4,"reason":"A fictional reason of the usual length, in a sentence or two."}"#
                .into(),
    };
    c.bench_function("hash an entry of the audit trail", |b| b.iter(|| hash(GENESIS, black_box(&entry))));
}

criterion_group!(rules, plan, policy, audit);
criterion_main!(rules);
