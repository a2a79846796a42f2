//! Work after the answer: what the clock does, from a queue whose rows were written with their cause.
//!
//! A job's payload and what it does stand beside the operation that enqueues it; this crate claims, runs, and says
//! whether to try again. A job can run twice (a worker may die after its work), so what it does is idempotent. To add
//! a kind, add it to [`dispatch`].

use std::time::Duration;

use jiff::SignedDuration;
use keyline_operations::care::asking;
use keyline_operations::concerns::{clock, tell};
use keyline_operations::disposal::dispose_due;
use keyline_operations::information::pdf;
use keyline_operations::mail::{send, write_digests};
use keyline_operations::report::{publication, write_publication};
use keyline_operations::returns::{checks, expire_uploads, move_held_documents, reading};
use keyline_operations::voices::close_overdue_surveys;
use keyline_operations::{Cx, Refused};
use keyline_operations::{tell_us, volunteers};
use keyline_store::jobs::{self, Claimed, Lane};
use serde::de::DeserializeOwned;
use tokio::sync::watch;

/// Tries before a job is set aside whose kind this version does not know: nothing outside would mend it.
const TRIES: i64 = 8;
/// Tries of what publishes, of mail, and of what checks documents. With [`LONGEST_PAUSE`] between them they last about a
/// week: a full disk, a database, a mail server or a scanner that is away for a weekend must not cost a publication or
/// keep a document closed.
const TRIES_OF_A_WEEK: i64 = 7 * 24 * 12;
/// Longest pause between two tries of a job.
const LONGEST_PAUSE: i64 = 300;

/// What may take long, and whose minute is nobody's: it has a worker of its own, so that no report and no mail waits for a
/// large document.
const PATIENT: &[&str] = &[checks::KIND, reading::KIND, pdf::KIND];

/// Runs jobs as they become due, until told to stop.
pub async fn run(cx: Cx, stopped: watch::Receiver<bool>) {
    tokio::join!(work(&cx, Lane::But(PATIENT), stopped.clone()), work(&cx, Lane::Of(PATIENT), stopped));
}

async fn work(cx: &Cx, lane: Lane, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match lane {
            Lane::But(_) => look_after_days(cx).await,
            Lane::Of(_) => look_after_documents(cx).await,
        }
        let pause = match run_lane(cx, lane).await {
            Ok(_) => wait(cx, lane).await,
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

// What no job announces: surveys whose last day is over, and mornings.
async fn look_after_days(cx: &Cx) {
    if let Err(error) = close_overdue_surveys(cx).await {
        tracing::error!(error = ?error, "surveys could not be closed");
    }
    // What is destroyed on its day.
    if let Err(error) = dispose_due(cx).await {
        tracing::error!(error = ?error, "what is due could not be destroyed");
    }
    if let Err(error) = write_digests(cx).await {
        tracing::error!(error = ?error, "reminders could not be written");
    }
    cx.keyring().tidy(cx.now());
    if let Err(error) = tell_us::tidy(cx).await {
        tracing::error!(error = ?error, "messages could not be tidied");
    }
    if let Err(error) = tell_us::tell_overdue(cx).await {
        tracing::error!(error = ?error, "nobody could be told of overdue messages");
    }
    if let Err(error) = volunteers::tidy(cx).await {
        tracing::error!(error = ?error, "what volunteers wrote could not be destroyed");
    }
}

// Uploads for which nothing came any more, and documents that wait here for the object store.
async fn look_after_documents(cx: &Cx) {
    if let Err(error) = expire_uploads(cx).await {
        tracing::error!(error = ?error, "uploads could not be given up");
    }
    if let Err(error) = move_held_documents(cx).await {
        tracing::warn!(error = ?error, "documents wait on this machine");
    }
}

// Until the next job is due, at most fifteen seconds: another process may enqueue too.
async fn wait(cx: &Cx, lane: Lane) -> Duration {
    const MOST: Duration = Duration::from_secs(15);
    let next = async { jobs::next_due(&mut cx.db.read().await?, lane).await };
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
    Ok(run_lane(cx, Lane::But(PATIENT)).await? + run_lane(cx, Lane::Of(PATIENT)).await?)
}

async fn run_lane(cx: &Cx, lane: Lane) -> Result<u32, Refused> {
    let mut ran = 0;
    loop {
        let mut tx = cx.db.begin_apart().await?;
        let Some(job) = jobs::claim(&mut tx, cx.now(), lane).await? else { return Ok(ran) };
        tx.commit().await?;
        let outcome = dispatch(cx, &job).await;
        let mut tx = cx.db.begin_apart().await?;
        match outcome {
            Ok(()) => jobs::finish(&mut tx, job.id).await?,
            Err(error) if job.attempts + 1 >= tries(&job.kind) => {
                tracing::error!(job = %job.id, kind = job.kind, error = ?error, "a job was set aside");
                jobs::fail(&mut tx, job.id, cx.now(), &in_one_line(&error)).await?;
            }
            Err(error) => {
                if job.attempts + 1 < TRIES {
                    tracing::warn!(job = %job.id, kind = job.kind, error = ?error, "a job will be tried again");
                } else {
                    tracing::error!(job = %job.id, kind = job.kind, error = ?error, "a job fails again and again");
                }
                let again = cx.now().checked_add(pause(job.attempts)).unwrap_or(cx.now());
                jobs::retry(&mut tx, job.id, again, &in_one_line(&error)).await?;
            }
        }
        tx.commit().await?;
        ran += 1;
    }
}

fn tries(kind: &str) -> i64 {
    match kind {
        // A mail gives up by itself when it is too old to be worth sending.
        publication::KIND
        | write_publication::KIND
        | checks::KIND
        | reading::KIND
        | pdf::KIND
        | send::KIND
        | clock::KIND
        | tell::KIND
        | asking::KIND
        | tell_us::waiting::KIND => TRIES_OF_A_WEEK,
        _ => TRIES,
    }
}

// One, two, four ... seconds, then [`LONGEST_PAUSE`] each time.
fn pause(attempts: i64) -> SignedDuration {
    SignedDuration::from_secs((1_i64 << attempts.clamp(0, 10)).min(LONGEST_PAUSE))
}

// With its causes: `keyline admin jobs` shows it to whoever has to mend it.
fn in_one_line(error: &Refused) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said = format!("{said}: {error}");
        cause = error.source();
    }
    said
}

async fn dispatch(cx: &Cx, job: &Claimed) -> Result<(), Refused> {
    match job.kind.as_str() {
        publication::KIND => publication::run(cx, payload(job)?).await,
        write_publication::KIND => write_publication::run(cx, payload(job)?).await,
        checks::KIND => checks::run(cx, payload(job)?).await,
        reading::KIND => Box::pin(reading::run(cx, payload(job)?)).await,
        clock::KIND => clock::run(cx, payload(job)?).await,
        tell::KIND => tell::run(cx, payload(job)?).await,
        asking::KIND => asking::run(cx, payload(job)?).await,
        tell_us::waiting::KIND => tell_us::waiting::run(cx, payload(job)?).await,
        send::KIND => send::run(cx, payload(job)?).await,
        pdf::KIND => pdf::run(cx, payload(job)?).await,
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
