//! Keeping anonymous answers durably through the writer that shares commits: one alone, and 64 at the same time.
//! `cargo bench -p keyline-store`; the database lies in the folder for temporary files (`TMPDIR`).

use std::sync::atomic::{AtomicU64, Ordering};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use futures::future::join_all;
use keyline_domain::ids::{AnswerId, InspectionId, Randomness, SurveyId};
use keyline_domain::inspections::way::SurveyState;
use keyline_domain::voices::Distribution;
use keyline_store::Db;
use keyline_store::inspections::{self, Inspection};
use keyline_store::voices::answers::{Kept, NewAnswer};
use keyline_store::voices::{self, Survey};

/// Other bytes at each call, spread over the whole range as random ones are.
struct Spread(AtomicU64);

impl Randomness for Spread {
    fn fill(&self, bytes: &mut [u8]) {
        let turn = self.0.fetch_add(1, Ordering::Relaxed);
        for (n, chunk) in bytes.chunks_mut(8).enumerate() {
            let word = (turn + 1)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(u32::try_from(n).unwrap_or(0) * 17);
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
    }
}

async fn open_survey(db: &Db, random: &Spread) -> SurveyId {
    let now = "2026-01-12T09:00:00Z".parse().expect("an instant");
    let day = "2026-01-12".parse().expect("a day");
    let inspection = InspectionId::new(now, random);
    let survey = Survey {
        id: SurveyId::new(now, random),
        inspection,
        form_key: "fictional".into(),
        form_digest: String::new(),
        title: "Fictional survey".into(),
        audience: "staff".into(),
        distribution: Distribution::OpenLink,
        smallest: 5,
        state: SurveyState::Open,
        opens_on: day,
        closes_at: "2026-03-12T17:00:00Z".parse().expect("an instant"),
        address: "fictional".into(),
        opened_at: Some(now),
        closed_at: None,
        codes: 0,
        child_protection: String::new(),
        adult_protection: String::new(),
        version: 1,
    };
    let mut tx = db.begin().await.expect("a transaction");
    let row = Inspection {
        id: inspection,
        reference: "fictional-2026".into(),
        programme: "supervision-orders-at-home".into(),
        programme_version: "2025-2".into(),
        programme_digest: String::new(),
        area: "strathmarnock".into(),
        starts_on: day,
        notified_on: None,
        closed_on: None,
        created_at: now,
        version: 1,
    };
    inspections::add(&mut tx, &row).await.expect("added");
    let digest = voices::forms::keep(&mut tx, "fictional", "{}", now).await.expect("kept");
    let survey = Survey { form_digest: digest, ..survey };
    voices::add(&mut tx, &survey).await.expect("added");
    tx.commit().await.expect("committed");
    survey.id
}

fn keep(c: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let random = Spread(AtomicU64::new(0));
    let (db, survey) = runtime.block_on(async {
        let db = Db::open_sqlite(&folder.path().join("keyline.sqlite")).await.expect("SQLite opens");
        let survey = open_survey(&db, &random).await;
        (db, survey)
    });
    let writer = runtime.block_on(async { db.answers() });
    let answers: serde_json::Map<String, serde_json::Value> =
        (0..20).map(|n| (format!("question_{n}"), "agree".into())).collect();
    let answer = || NewAnswer {
        survey,
        id: AnswerId::random(&random),
        day: "2026-01-12".parse().expect("a day"),
        now: "2026-01-12T09:00:00Z".parse().expect("an instant"),
        answers: answers.clone().into(),
        texts: Vec::new(),
        contact: None,
        code: None,
    };
    let mut group = c.benchmark_group("keep answers durably");
    group.sample_size(20);
    for together in [1_u64, 64] {
        group.throughput(Throughput::Elements(together));
        group.bench_with_input(BenchmarkId::from_parameter(together), &together, |b, together| {
            b.iter(|| {
                let kept = (0..*together).map(|_| writer.keep(answer()));
                for outcome in runtime.block_on(join_all(kept)) {
                    assert_eq!(outcome.expect("the disk is well"), Kept::Kept);
                }
            });
        });
    }
    group.finish();
    runtime.block_on(db.close());
}

criterion_group!(store, keep);
criterion_main!(store);
