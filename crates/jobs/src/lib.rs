//! Work after the answer: what the clock does, from a queue whose rows were written with their cause.
//!
//! A job's payload and what it does stand beside the operation that enqueues it; this crate claims, runs, and says
//! whether to try again. A job can run twice (a worker may die after its work), so what it does is idempotent. To add
//! a kind, add it to [`dispatch`].

use std::time::Duration;

use jiff::SignedDuration;
use keyline_operations::report::{publication, write_publication};
use keyline_operations::voices::close_overdue_surveys;
use keyline_operations::{Cx, Refused};
use keyline_store::jobs::{self, Claimed};
use serde::de::DeserializeOwned;
use tokio::sync::watch;

/// Tries before a job is set aside.
const TRIES: i64 = 8;

/// Runs jobs as they become due, until told to stop.
pub async fn run(cx: Cx, mut stopped: watch::Receiver<bool>) {
    loop {
        if *stopped.borrow() {
            return;
        }
        // What no job announces: surveys whose last day is over.
        if let Err(error) = close_overdue_surveys(&cx).await {
            tracing::error!(error = ?error, "surveys could not be closed");
        }
        let pause = match run_due(&cx).await {
            Ok(_) => wait(&cx).await,
            Err(error) => {
                tracing::error!(error = ?error, "the queue could not be read");
                Duration::from_secs(5)
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = cx.db.enqueued() => {}
            _ = stopped.changed() => {}
        }
    }
}

// Until the next job is due, at most fifteen seconds: another process may enqueue too.
async fn wait(cx: &Cx) -> Duration {
    const MOST: Duration = Duration::from_secs(15);
    let next = async { jobs::next_due(&mut cx.db.read().await?).await };
    match next.await {
        Ok(Some(due)) => Duration::try_from(due.duration_since(cx.now()))
            .unwrap_or(Duration::ZERO)
            .clamp(Duration::from_millis(50), MOST),
        _ => MOST,
    }
}

/// Runs every job that is due now; gives how many ran.
///
/// # Errors
/// When the queue cannot be read. A job that fails is tried again later and is no error here.
pub async fn run_due(cx: &Cx) -> Result<u32, Refused> {
    let mut ran = 0;
    loop {
        let mut tx = cx.db.begin_apart().await?;
        let Some(job) = jobs::claim(&mut tx, cx.now()).await? else { return Ok(ran) };
        tx.commit().await?;
        let outcome = dispatch(cx, &job).await;
        let mut tx = cx.db.begin_apart().await?;
        match outcome {
            Ok(()) => jobs::finish(&mut tx, job.id).await?,
            Err(error) if job.attempts + 1 >= TRIES => {
                tracing::error!(job = %job.id, kind = job.kind, error = ?error, "a job was set aside");
                jobs::fail(&mut tx, job.id, cx.now(), &error.to_string()).await?;
            }
            Err(error) => {
                tracing::warn!(job = %job.id, kind = job.kind, error = ?error, "a job will be tried again");
                let seconds = 1_i64 << job.attempts.clamp(0, 10);
                let again = cx.now().checked_add(SignedDuration::from_secs(seconds)).unwrap_or(cx.now());
                jobs::retry(&mut tx, job.id, again, &error.to_string()).await?;
            }
        }
        tx.commit().await?;
        ran += 1;
    }
}

async fn dispatch(cx: &Cx, job: &Claimed) -> Result<(), Refused> {
    match job.kind.as_str() {
        publication::KIND => publication::run(cx, payload(job)?).await,
        write_publication::KIND => write_publication::run(cx, payload(job)?).await,
        _ => Err(Refused::fault(UnknownKind(job.kind.clone()))),
    }
}

fn payload<T: DeserializeOwned>(job: &Claimed) -> Result<T, Refused> {
    serde_json::from_value(job.payload.clone()).map_err(Refused::fault)
}

/// A job of a kind that this version does not know.
#[derive(Debug, thiserror::Error)]
#[error("a job of the unknown kind `{0}`")]
struct UnknownKind(String);
