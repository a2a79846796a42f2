//! The queue as whoever runs the installation sees it.

use keyline_domain::access::Actor;
use keyline_store::{audit, jobs};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Makes every job that has failed due at once, those that were set aside among them. Gives how many. Audit entry
/// `jobs.run-again` with their number.
///
/// # Errors
/// [`Refused::Hidden`] unless the console acts.
pub async fn run_again(cx: &Cx, actor: &Actor) -> Result<u64> {
    if *actor != Actor::Console {
        return Err(Refused::Hidden);
    }
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let jobs = jobs::again(&mut tx, now).await?;
    if jobs > 0 {
        audit::add(&mut tx, now, None, actor, "jobs.run-again", "jobs", &json!({ "jobs": jobs })).await?;
    }
    tx.commit().await?;
    Ok(jobs)
}
