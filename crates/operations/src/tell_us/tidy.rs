//! Reminders before deletion, and deletion.

use jiff::Span;
use keyline_domain::access::Actor;
use keyline_store::{audit, tell_us};
use serde_json::json;

use super::rules;
use super::with_receipt::forget;
use crate::context::Cx;
use crate::refused::Result;

/// Longest reminder of any programme, in days: what is looked for.
const LOOK_AHEAD: i64 = 120;

/// Marks messages whose deletion is near, and deletes those whose day has come: nobody is reminded and deleted on the same
/// day, however long the server was away. Gives how many were deleted. Audit entry `message.deleted`, with nothing of it.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn tidy(cx: &Cx) -> Result<u32> {
    let today = cx.today();
    let ahead = today.checked_add(Span::new().days(LOOK_AHEAD)).unwrap_or(today);
    let near = tell_us::ending(&mut cx.read().await?, ahead).await?;
    let mut deleted = 0;
    for message in near {
        let Some(delete_on) = message.delete_on else { continue };
        let (rules, _) = rules(cx, message.inspection).await?;
        let days = i64::from(rules.reminder_days);
        let remind_on = delete_on.checked_sub(Span::new().days(days)).unwrap_or(delete_on);
        if today < remind_on {
            continue;
        }
        let mut tx = cx.db.begin().await?;
        // As it stands now: whoever wrote it may just have added to it.
        let Some(mut message) = tell_us::find(&mut tx, message.id).await? else { continue };
        if message.delete_on != Some(delete_on) {
            continue;
        }
        match message.reminded_on {
            None => {
                message.reminded_on = Some(today);
                // The reminder has its days even when it comes late.
                let least = today.checked_add(Span::new().days(days)).unwrap_or(today);
                message.delete_on = Some(delete_on.max(least));
                tell_us::save(&mut tx, &message).await?;
            }
            Some(_) if today >= delete_on => {
                forget(&mut tx, &mut message, "time").await?;
                let subject = message.id.to_string();
                let none = json!({});
                audit::add(
                    &mut tx,
                    cx.now(),
                    message.inspection,
                    &Actor::Clock,
                    "message.deleted",
                    &subject,
                    &none,
                )
                .await?;
                deleted += 1;
            }
            Some(_) => continue,
        }
        tx.commit().await?;
    }
    Ok(deleted)
}
