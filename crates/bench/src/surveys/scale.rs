//! The results of 100,000 answers to the staff survey (about 40 questions), files of them, and a page of an inspection
//! beside very many answers of others.
//!
//! The answers are those of the story, many times over, each with an id of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use keyline_store::{Db, Link, Source};

use crate::load::{Requests, rate};
use crate::measure::{Measure, median};
use crate::server::{Place, Server};
use crate::wire::{Wire, get, post_as};

const MANY: u32 = 100_000;
/// Answers of another inspection. The handbook's measure is ten million; making so many takes longer than a measure may.
const OTHERS: u32 = 1_000_000;
const ROUND: Duration = Duration::from_secs(1);

const RESULTS_MS: f64 = 150.0;
const CSV_MB_PER_S: f64 = 50.0;

/// A closed survey of the story and where its pages are.
struct Closed {
    id: String,
    inspection: String,
}

impl Closed {
    fn page(&self, of: &str) -> String {
        format!("/inspections/{}/voices/surveys/{}{of}", self.inspection, self.id)
    }
}

pub(super) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.copy()?;
    let file = data.path().join("keyline.sqlite");
    let surveys = closed(&file).await?;
    let [survey, other, ..] = surveys.as_slice() else {
        anyhow::bail!("the story has fewer than two closed surveys")
    };
    multiply(&file, &survey.id, MANY, Said::Much).await?;

    let server = place.serve(data.path(), "/healthz").await?;
    let cookie = server.sign_in(data.path(), "lead").await?;
    let mut wire = Wire::to(server.at).await?;
    let page = get(server.at, &survey.page("/results"), Some(&cookie));
    // They are made once, by the clock or by whoever comes first.
    ensure!(wire.status(&page).await? == 200, "the results are not shown");
    let mut shown = Vec::new();
    for _ in 0..7 {
        let began = Instant::now();
        ensure!(wire.status(&page).await? == 200, "the results are not shown");
        shown.push(milliseconds(began));
    }
    let sent = "format=csv&reason=A+measure";
    let began = Instant::now();
    let csv = wire.ask(&post_as(server.at, &survey.page("/answers"), sent, &cookie)).await?;
    let took = began.elapsed().as_secs_f64();
    ensure!(csv.status == 200, "the export answered {}", csv.status);
    let megabytes = f64::from(u32::try_from(csv.body.len())?) / 1e6;

    let beside = |server: &Server| get(server.at, &survey.page(""), Some(&cookie));
    // The first visit counts the answers, which is remembered.
    ensure!(wire.status(&beside(&server)).await? == 200, "the survey is not shown");
    let alone = rate(Requests::clients(4, server.at, &beside(&server), 200).await?, ROUND).await?;
    drop(server);
    multiply(&file, &other.id, OTHERS, Said::Nothing).await?;
    let server = place.serve(data.path(), "/healthz").await?;
    ensure!(Wire::to(server.at).await?.status(&beside(&server)).await? == 200, "the survey is not shown");
    let crowded = rate(Requests::clients(4, server.at, &beside(&server), 200).await?, ROUND).await?;
    Ok(vec![
        Measure::within("results-page", median(shown), "ms", RESULTS_MS),
        Measure::within("csv-export", took / megabytes * 1000.0, "ms/MB", 1000.0 / CSV_MB_PER_S),
        Measure::yardstick("survey-page", alone, "requests/s"),
        Measure::rate("survey-page-beside-a-million", crowded, "requests/s", alone, 0.9),
    ])
}

/// Closed surveys of staff, the newest first.
async fn closed(file: &Path) -> Result<Vec<Closed>> {
    let db = Db::open_sqlite(file).await?;
    let mut reader = db.read().await?;
    let mut found: Vec<(String, String)> = Vec::new();
    if let Link::Sqlite(c) = reader.link() {
        found = sqlx::query_as(
            "SELECT s.id, i.reference FROM survey s JOIN inspection i ON i.id = s.inspection_id
             WHERE s.state = 'closed' AND s.form_key = 'staff-survey' ORDER BY s.closes_at DESC",
        )
        .fetch_all(c)
        .await?;
    }
    drop(reader);
    db.close().await;
    Ok(found.into_iter().map(|(id, inspection)| Closed { id, inspection }).collect())
}

/// What the answers that are made hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// What those of the story hold.
    Much,
    /// Nothing: they are in the way all the same, and are made in a few seconds.
    Nothing,
}

/// Repeats the answers of a survey until there are so many, and forgets its results where something was said.
async fn multiply(file: &Path, survey: &str, answers: u32, said: Said) -> Result<()> {
    let db = Db::open_sqlite(file).await?;
    let mut tx = db.begin_apart().await?;
    if let Link::Sqlite(c) = tx.link() {
        let (there,): (i64,) = sqlx::query_as("SELECT count(*) FROM survey_answer WHERE survey_id = $1")
            .bind(survey)
            .fetch_one(&mut *c)
            .await?;
        let missing = i64::from(answers) - there;
        let times = missing.checked_div(there).context("the survey of the story has no answers")? + 1;
        // In the order of the ids and with 300 MB of memory, as a table grows quickest.
        sqlx::query("PRAGMA cache_size = -300000").execute(&mut *c).await?;
        sqlx::query(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $3),
             said AS MATERIALIZED (
               SELECT row_number() OVER () AS place, day, answers FROM survey_answer WHERE survey_id = $1)
             INSERT INTO survey_answer (survey_id, id, day, answers)
             SELECT $1, printf('ans_%012x40008000000000000000', n.i * $2 + said.place), said.day,
               CASE WHEN $5 THEN said.answers ELSE '{}' END
             FROM n CROSS JOIN said LIMIT $4",
        )
        .bind(survey)
        .bind(there)
        .bind(times)
        .bind(missing)
        .bind(said == Said::Much)
        .execute(&mut *c)
        .await?;
        // Of the others nothing is released anew: the clock would be at it while the pages are measured.
        if said == Said::Much {
            sqlx::query("DELETE FROM survey_release WHERE survey_id = $1")
                .bind(survey)
                .execute(&mut *c)
                .await?;
        }
    }
    tx.commit().await?;
    db.close().await;
    Ok(())
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
