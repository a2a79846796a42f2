//! Killed in the middle: nothing that was said to be done is lost, nothing is there twice, nothing is half there.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use keyline_domain::ids::AnswerId;
use keyline_forms::reading::read_file;
use keyline_testing::{SeededRandom, number, tamper, texts};

use crate::program::{Installation, Server, kill, said};
use crate::wire::post;

/// Where each of the six runs is cut off, as a part of how long an undisturbed run takes. The next one goes on where it
/// stopped, so together they pass over the whole story.
const CUTS: [f64; 6] = [0.04, 0.11, 0.23, 0.17, 0.29, 0.13];

/// What a run leaves behind that depends on how often it was started: who came in, and the trail of it; and sheets of
/// codes that were printed and then lost with the run, for a code is nowhere in clear but on its sheet.
const PER_RUN: [&str; 9] = [
    "audit_entry",
    "audit_head",
    "session",
    "sign_in_link",
    "job",
    "survey_code",
    // Which records are read twice is drawn, and so is on how many questions two readings differ.
    "moderation",
    // A reading that was cut off is saved again from its first page.
    "reading_version",
    "_sqlx_migrations",
];

async fn counts(installation: &Installation) -> BTreeMap<String, i64> {
    let db = installation.database().await;
    let mut reader = db.read().await.unwrap();
    let tables = texts(&mut reader, "SELECT name FROM sqlite_master WHERE type = 'table'").await;
    let mut counts = BTreeMap::new();
    for table in tables.into_iter().filter(|t| !PER_RUN.contains(&t.as_str()) && !t.starts_with("sqlite_")) {
        let rows = number(&mut reader, format!("SELECT COUNT(*) FROM {table}")).await;
        counts.insert(table, rows);
    }
    counts.insert("jobs left".into(), number(&mut reader, "SELECT COUNT(*) FROM job").await);
    drop(reader);
    db.close().await;
    counts
}

async fn digests(installation: &Installation) -> Vec<String> {
    let db = installation.database().await;
    let mut reader = db.read().await.unwrap();
    // What was disposed of has none.
    let all = "SELECT digest FROM document WHERE digest <> '' UNION
               SELECT pdf_digest FROM report_edition WHERE pdf_digest IS NOT NULL";
    let digests = texts(&mut reader, all).await;
    drop(reader);
    db.close().await;
    digests
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_is_told_whole_however_often_it_is_cut_off() {
    let undisturbed = Installation::empty();
    let began = Instant::now();
    undisturbed.succeeds(&["demo", "--exit"]);
    let whole = began.elapsed();

    let cut = Installation::empty();
    for part in CUTS {
        let mut child = cut.command(&["demo", "--exit"]).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(part));
        // A run that had come to its end by then is no failure: the machine may be faster now than before.
        kill(&mut child).unwrap();
    }
    let last = cut.run(&["demo", "--exit"]);
    assert!(last.status.success(), "{}", said(&last));
    let published = said(&last).matches("published: ").count();
    assert!(
        published > 0
            && published == said(&undisturbed.run(&["demo", "--exit"])).matches("published: ").count()
    );

    assert!(cut.succeeds(&["audit", "verify"]).contains("is whole"));
    assert_eq!(counts(&cut).await, counts(&undisturbed).await);
    let vault = keyline_store::vault::Vault::open(&cut.data().join("keyline.key")).unwrap().unwrap();
    let folder = cut.data().join("documents");
    let documents =
        keyline_store::documents::Documents::open(&folder, vault, std::sync::Arc::new(Unused)).unwrap();
    let digests = digests(&cut).await;
    assert!(digests.len() > 3);
    for digest in digests {
        documents.get(&digest).await.unwrap();
    }
    assert_eq!(cut.unfinished(), Vec::<std::path::PathBuf>::new());
    for report in std::fs::read_dir(cut.data().join("published")).unwrap() {
        let report = report.unwrap().path();
        for file in ["index.html", "report.pdf", "report.json", "grades.csv"] {
            assert!(report.join(file).metadata().unwrap().len() > 0, "{} {file}", report.display());
        }
        let json = std::fs::read(report.join("report.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&json).expect("whole JSON");
        assert!(std::fs::read(report.join("report.pdf")).unwrap().trim_ascii_end().ends_with(b"%%EOF"));
    }
}

// Reading draws nothing.
struct Unused;
impl keyline_domain::ids::Randomness for Unused {
    fn fill(&self, _: &mut [u8]) {
        unreachable!("nothing is written");
    }
}

const SURVEY: &str = "0123456789abcdef";

const QUESTIONS: &str = "
| survey |      |      |                  |          |
|        | type | name | label            | required |
|        | text | said | What do you say? | yes      |
| settings |         |                   |          |
|          | form_id | form_title        | audience |
|          | survey  | Fictional survey  | staff    |
";

// A survey that is open, without the story around it: its rows are enough.
async fn open_survey(installation: &Installation) {
    installation.succeeds(&["migrate"]);
    let form = read_file(QUESTIONS.as_bytes(), "survey.md", &[]).unwrap().form;
    let form = serde_json::to_string(&form).unwrap().replace('\'', "''");
    let (inspection, survey) = (format!("ins_{:032x}", 1), format!("sur_{:032x}", 2));
    let rows = [
        format!(
            "INSERT INTO inspection (id, reference, programme, programme_version, programme_digest, area, starts_on,
               created_at, version)
             VALUES ('{inspection}', 'fictional', 'supervision-orders-at-home', '2025-2', '', 'strathmarnock', '2026-01-05',
               '2026-01-05T10:00:00.000000Z', 1)"
        ),
        format!(
            "INSERT INTO form_version (digest, form_key, form, kept_at)
             VALUES ('fictional', 'survey', '{form}', '2026-01-05T10:00:00.000000Z')"
        ),
        format!(
            "INSERT INTO survey (id, inspection_id, form_key, form_digest, title, audience, distribution, smallest,
               state, opens_on, closes_at, address, codes, child_protection, adult_protection, version)
             VALUES ('{survey}', '{inspection}', 'survey', 'fictional', 'Fictional survey', 'staff', 'open-link', 5,
               'open', '2026-01-05', '2999-01-01T00:00:00.000000Z', '{SURVEY}', 0, 'fictional', 'fictional', 1)"
        ),
    ];
    let db = installation.database().await;
    let mut tx = db.begin().await.unwrap();
    for row in rows {
        tamper(&mut tx, row).await;
    }
    tx.commit().await.unwrap();
    db.close().await;
}

// Sends an answer; says whether it was thanked for.
fn answered(at: SocketAddr, id: AnswerId) -> bool {
    post(
        at,
        &format!("/surveys/{SURVEY}"),
        &format!("-act=send&-answer={id}&-answers=%7B%22said%22%3A%22I+say+{id}%22%7D"),
    )
    .is_ok_and(|answer| answer.starts_with("HTTP/1.1 303") && answer.contains("/thanks"))
}

// Eight people answer one after the other until the plug is pulled, which happens after so many thanks. Gives what was
// thanked for, and what was not.
fn answer_until_killed(server: Server, thanks: usize, seed: u64) -> (Vec<AnswerId>, Vec<AnswerId>) {
    let (at, thanked) = (server.at, Arc::new(AtomicUsize::new(0)));
    let people: Vec<_> = (0..8)
        .map(|person| {
            let thanked = thanked.clone();
            std::thread::spawn(move || {
                let random = SeededRandom::new(seed * 100 + person);
                let mut kept = Vec::new();
                loop {
                    let id = AnswerId::random(&random);
                    if !answered(at, id) {
                        return (kept, id);
                    }
                    kept.push(id);
                    thanked.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    while thanked.load(Ordering::Relaxed) < thanks {
        assert!(people.iter().any(|person| !person.is_finished()), "nobody is thanked any more");
        std::thread::yield_now();
    }
    server.kill();
    let mut outcome = (Vec::new(), Vec::new());
    for person in people {
        let (kept, last) = person.join().unwrap();
        outcome.0.extend(kept);
        outcome.1.push(last);
    }
    outcome
}

#[tokio::test]
async fn every_answer_that_was_thanked_for_is_there_exactly_once() {
    let installation = Installation::empty();
    open_survey(&installation).await;
    let (mut thanked, mut in_doubt) = (Vec::new(), Vec::new());
    for (round, thanks) in [1, 40, 300].into_iter().enumerate() {
        let (kept, lost) = answer_until_killed(installation.serve(), thanks, round as u64);
        assert!(kept.len() >= thanks);
        thanked.extend(kept);
        in_doubt.extend(lost);
    }
    let rows = async || {
        let db = installation.database().await;
        let said = "SELECT id || ' ' || answers FROM survey_answer ORDER BY id";
        let rows = texts(&mut db.read().await.unwrap(), said).await;
        db.close().await;
        rows
    };
    let of = |rows: &[String], id: &AnswerId| {
        rows.iter()
            .filter(|row| row.starts_with(&id.to_string()) && row.contains(&format!("I say {id}")))
            .count()
    };
    let before = rows().await;
    assert!(
        thanked.iter().all(|id| of(&before, id) == 1),
        "{} thanked for, {} there",
        thanked.len(),
        before.len()
    );
    // Whoever heard nothing sends the same form again: whether it had been kept or not, it counts once.
    let server = installation.serve();
    assert!(in_doubt.iter().all(|id| answered(server.at, *id)));
    server.kill();
    let after = rows().await;
    assert!(in_doubt.iter().all(|id| of(&after, id) == 1));
    assert_eq!(after.len(), thanked.len() + in_doubt.len());
}
