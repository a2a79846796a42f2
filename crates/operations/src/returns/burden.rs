//! How long an item took the partnership.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, RequestId};
use keyline_domain::returns::burden::minutes_of;
use keyline_store::returns::save_minutes;
use serde_json::json;

use super::requests::at_version;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The hours of an item.
#[derive(Debug, Clone)]
pub struct SayHours {
    /// Where.
    pub inspection: InspectionId,
    /// The request.
    pub request: RequestId,
    /// Hours as they were typed; empty takes them back.
    pub hours: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Says how many hours an item took, at any time, also when it was accepted. Audit entry `request.hours`.
///
/// # Errors
/// [`Refused::Fields`] for what is no number of hours; [`Refused::Stale`] when the request changed since it was looked at.
pub async fn say_hours(cx: &Cx, actor: &Actor, input: SayHours) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let request = at_version(&mut work, input.request, Some(input.version)).await?;
    let minutes = match input.hours.trim() {
        "" => None,
        typed => Some(i64::from(minutes_of(typed).map_err(|key| Refused::field("hours", key))?)),
    };
    save_minutes(&mut work.tx, request.id, minutes, request.version).await?;
    let detail = json!({ "from": request.minutes, "to": minutes });
    work.record("request.hours", request.id, detail).await?;
    work.commit().await
}
