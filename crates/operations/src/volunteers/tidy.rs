//! Forgetting: what somebody wrote goes on its day, and so does the record of money.

use keyline_domain::access::Actor;
use keyline_domain::volunteers::{destroyed_on, money_destroyed_on};
use keyline_store::volunteers::{self as rows, money};
use serde_json::json;

use super::manage::forget;
use super::record;
use crate::context::Cx;
use crate::refused::Result;

/// Destroys what people wrote who were not taken on or with whom nobody went on, and the record of money of those who left,
/// each on its day. Gives how many people it was. Audit entries `volunteer.forgotten` and `volunteer.money-destroyed`.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn tidy(cx: &Cx) -> Result<u32> {
    let today = cx.today();
    let mut done = 0;
    for seen in rows::list(&mut cx.read().await?).await? {
        let to_forget = seen.gone_on.is_none()
            && destroyed_on(seen.stage, seen.before, seen.moved_on).is_some_and(|day| today >= day);
        let money_goes =
            seen.person.is_some() && seen.gone_on.is_some_and(|g| today >= money_destroyed_on(g));
        if !to_forget && !money_goes {
            continue;
        }
        let mut tx = cx.db.begin().await?;
        // As it stands now: somebody may just have gone on with it.
        let Some(mut volunteer) = rows::find(&mut tx, seen.id).await?.filter(|v| v.version == seen.version)
        else {
            continue;
        };
        if to_forget {
            forget(cx, &mut tx, &mut volunteer).await?;
            record(cx, &mut tx, &Actor::Clock, "volunteer.forgotten", volunteer.id, &json!({})).await?;
        } else {
            money::destroy(&mut tx, volunteer.id).await?;
            volunteer.person = None;
            rows::save(&mut tx, &volunteer).await?;
            record(cx, &mut tx, &Actor::Clock, "volunteer.money-destroyed", volunteer.id, &json!({})).await?;
        }
        tx.commit().await?;
        done += 1;
    }
    Ok(done)
}
