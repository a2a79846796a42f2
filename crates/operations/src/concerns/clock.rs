//! A clock that has run out: the next on the ladder is told, and the clock runs anew until its end is reached.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::ConcernId;
use keyline_store::concerns;
use keyline_store::jobs;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::tell;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The kind of the job.
pub const KIND: &str = "concern-clock";

/// Which clock.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payload {
    /// The concern.
    pub concern: ConcernId,
    /// The step whose clock it is.
    pub step: i64,
    /// Who is to be told.
    pub rung: i64,
}

/// Tells the next, unless the step is done. Run twice, it tells nobody twice. Audit entry `concern.escalated`.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let Some(concern) = concerns::find_any(&mut cx.read().await?, payload.concern).await? else {
        return Ok(());
    };
    let mut work = cx.work(&Actor::Clock, concern.inspection, Action::SeeConcerns).await?;
    // As it stands inside this transaction.
    let Some(concern) = concerns::find_any(&mut work.tx, payload.concern).await? else { return Ok(()) };
    if concern.step != payload.step || concern.due_at.is_none() {
        return Ok(());
    }
    let told = tell::rung(&mut work.tx, &concern, payload.rung, work.now).await?;
    let inspection = work.inspection().await?;
    let next = tell::due(cx, &inspection, &concern, work.now)?;
    if told.people.is_empty() {
        // Somebody may yet be named on the ladder.
        let within = usize::try_from(payload.rung).is_ok_and(|rung| rung < concern.stage.ladder().len());
        if let (true, true, Some(next)) = (told.nobody, within, next) {
            work.enqueue(KIND, serde_json::to_value(payload).map_err(Refused::fault)?, next).await?;
            work.commit().await?;
        }
        return Ok(());
    }
    let (step, rung) = (concern.step, told.rung);
    for person in &told.people {
        let payload = tell::Payload { concern: concern.id, step, rung, person: *person };
        let payload = serde_json::to_value(payload).map_err(Refused::fault)?;
        jobs::enqueue(&mut work.tx, work.now, cx.random(), tell::KIND, &payload, work.now).await?;
    }
    if let Some(next) = next {
        let payload = Payload { concern: concern.id, step, rung: rung + 1 };
        work.enqueue(KIND, serde_json::to_value(payload).map_err(Refused::fault)?, next).await?;
    }
    let detail = json!({ "step": step, "rung": rung });
    work.record("concern.escalated", concern.id, detail).await?;
    work.commit().await
}
