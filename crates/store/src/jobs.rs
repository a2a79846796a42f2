//! The queue: jobs are rows of the transaction that caused them.

use jiff::{SignedDuration, Timestamp};
use keyline_domain::ids::{JobId, Randomness};

use crate::error::Result;
use crate::rows::{json, read, read_optional, time};
use crate::{Source, Tx};

/// A job that was claimed.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Id of the row.
    pub id: JobId,
    /// Kind, which says what runs.
    pub kind: String,
    /// Payload: ids, never names or documents.
    pub payload: serde_json::Value,
    /// How often it has been tried before.
    pub attempts: i64,
}

row! { struct JobRow { id: String, kind: String, payload: String, attempts: i64 } }

/// Puts a job into the queue, to run at `run_at` or later.
pub async fn enqueue(
    tx: &mut Tx,
    now: Timestamp,
    random: &dyn Randomness,
    kind: &str,
    payload: &serde_json::Value,
    run_at: Timestamp,
) -> Result<JobId> {
    let id = JobId::new(now, random);
    execute!(
        tx,
        "INSERT INTO job (id, kind, payload, run_at, attempts) VALUES ($1, $2, $3, $4, 0)",
        id.to_string(),
        kind,
        payload.to_string(),
        time(run_at)
    )?;
    tx.mark_enqueued();
    Ok(id)
}

/// Which jobs a worker takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Those of these kinds.
    Of(&'static [&'static str]),
    /// Those of all other kinds.
    But(&'static [&'static str]),
}

impl Lane {
    // Kinds are words of the program; what is none names no job.
    fn condition(self) -> String {
        let (not, kinds) = match self {
            Self::Of(kinds) => ("", kinds),
            Self::But(kinds) => ("NOT ", kinds),
        };
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let kinds = kinds.iter().filter(|kind| kind.chars().all(word)).map(|kind| format!("'{kind}'"));
        format!("kind {not}IN ({})", kinds.collect::<Vec<_>>().join(", "))
    }
}

/// Claims one due job of a lane for ten minutes. A worker that dies gives it back by the clock.
pub async fn claim(tx: &mut Tx, now: Timestamp, lane: Lane) -> Result<Option<Claimed>> {
    let until = now.checked_add(SignedDuration::from_mins(10)).unwrap_or(now);
    let sql = format!(
        "UPDATE job SET claimed_until = $1, attempts = attempts + 1 WHERE id IN (
           SELECT id FROM job WHERE run_at <= $2 AND failed_at IS NULL
             AND (claimed_until IS NULL OR claimed_until < $3) AND {}
           ORDER BY run_at, id LIMIT 1{})
         RETURNING id, kind, payload, attempts - 1 AS attempts",
        lane.condition(),
        tx.skip_locked()
    );
    let row =
        fetch_optional!(tx, JobRow, sqlx::AssertSqlSafe(sql.clone()), time(until), time(now), time(now))?;
    row.map(|row| {
        Ok(Claimed {
            id: read("job", "id", &row.id, &row.id)?,
            payload: json("job", "payload", &row.id, &row.payload)?,
            kind: row.kind,
            attempts: row.attempts,
        })
    })
    .transpose()
}

/// Whether any job is claimed.
pub async fn claimed(source: &mut impl Source) -> Result<bool> {
    let found =
        fetch_optional!(source, (String,), "SELECT id FROM job WHERE claimed_until IS NOT NULL LIMIT 1")?;
    Ok(found.is_some())
}

/// Gives back what a worker had claimed that is no more. Only for whoever has the data folder alone.
pub async fn give_back(tx: &mut Tx) -> Result<u64> {
    execute!(tx, "UPDATE job SET claimed_until = NULL WHERE claimed_until IS NOT NULL")
}

/// Takes a finished job out of the queue.
pub async fn finish(tx: &mut Tx, id: JobId) -> Result<()> {
    execute!(tx, "DELETE FROM job WHERE id = $1", id.to_string()).map(|_| ())
}

/// Puts a job back to be tried again at `run_at`.
pub async fn retry(tx: &mut Tx, id: JobId, run_at: Timestamp, error: &str) -> Result<()> {
    execute!(
        tx,
        "UPDATE job SET run_at = $1, claimed_until = NULL, last_error = $2 WHERE id = $3",
        time(run_at),
        error,
        id.to_string()
    )
    .map(|_| ())
}

/// Sets a job aside that will not succeed.
pub async fn fail(tx: &mut Tx, id: JobId, now: Timestamp, error: &str) -> Result<()> {
    execute!(
        tx,
        "UPDATE job SET failed_at = $1, claimed_until = NULL, last_error = $2 WHERE id = $3",
        time(now),
        error,
        id.to_string()
    )
    .map(|_| ())
}

/// When the next job of a lane is due, if any waits.
pub async fn next_due(source: &mut impl Source, lane: Lane) -> Result<Option<Timestamp>> {
    let sql = format!("SELECT MIN(run_at) FROM job WHERE failed_at IS NULL AND {}", lane.condition());
    let row = fetch_one!(source, (Option<String>,), sqlx::AssertSqlSafe(sql.clone()))?;
    row.0.map(|t| read("job", "run_at", "", &t)).transpose()
}

/// Jobs that wait or run, and jobs set aside.
pub async fn counts(source: &mut impl Source) -> Result<(i64, i64)> {
    fetch_one!(
        source,
        (i64, i64),
        "SELECT COUNT(*) FILTER (WHERE failed_at IS NULL), COUNT(*) FILTER (WHERE failed_at IS NOT NULL) FROM job"
    )
}

/// A job as an administrator reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Id of the row.
    pub id: JobId,
    /// Kind, which says what runs.
    pub kind: String,
    /// Payload: ids.
    pub payload: serde_json::Value,
    /// When it is due, or due again.
    pub run_at: Timestamp,
    /// How often it has been tried.
    pub attempts: i64,
    /// When it was set aside; `None` while it waits.
    pub failed_at: Option<Timestamp>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

row! { struct WaitingRow {
    id: String, kind: String, payload: String, run_at: String, attempts: i64, failed_at: Option<String>,
    last_error: Option<String>,
} }

/// All jobs, by the instant they are due.
pub async fn list(source: &mut impl Source) -> Result<Vec<Waiting>> {
    fetch_all!(
        source,
        WaitingRow,
        "SELECT id, kind, payload, run_at, attempts, failed_at, last_error FROM job ORDER BY run_at, id"
    )?
    .into_iter()
    .map(|row| {
        Ok(Waiting {
            id: read("job", "id", &row.id, &row.id)?,
            payload: json("job", "payload", &row.id, &row.payload)?,
            run_at: read("job", "run_at", &row.id, &row.run_at)?,
            failed_at: read_optional("job", "failed_at", &row.id, row.failed_at.as_deref())?,
            kind: row.kind,
            attempts: row.attempts,
            last_error: row.last_error,
        })
    })
    .collect()
}

/// Makes every job that has failed due now, those that were set aside among them; gives how many.
pub async fn again(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    let touched = execute!(
        tx,
        "UPDATE job SET run_at = $1, attempts = 0, failed_at = NULL, claimed_until = NULL
         WHERE last_error IS NOT NULL AND (claimed_until IS NULL OR claimed_until < $2)",
        time(now),
        time(now)
    )?;
    tx.mark_enqueued();
    Ok(touched)
}
