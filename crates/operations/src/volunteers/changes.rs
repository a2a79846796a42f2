//! What was done with a volunteer between two versions: read from the trail, for whoever was about to decide.

use keyline_domain::access::Actor;
use keyline_domain::audit::Entry;
use keyline_domain::ids::{PersonId, VolunteerId};
use keyline_domain::volunteers::stage::Stage;
use keyline_store::volunteers::{self as rows, Volunteer};
use keyline_store::{Source, audit, people};
use serde_json::Value;

use super::leading;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Something that was done.
#[derive(Debug, Clone)]
pub struct Change {
    /// By whom; `None` for the clock and for somebody without an account.
    pub by: Option<String>,
    /// What.
    pub what: What,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// They were moved from one stage to another.
    Moved(Stage, Stage),
    /// A result of the check was noted; which, stands on the page.
    Checked,
    /// Supporter and buddy were named.
    Supported {
        /// Name of the supporter.
        supporter: Option<String>,
        /// Name of the buddy.
        buddy: Option<String>,
    },
    /// They said when they have time.
    Time,
    /// They withdrew, or their part was ended.
    Withdrawn,
}

/// The entries that go with a new version of a volunteer.
const ACTIONS: [&str; 6] = [
    "volunteer.moved",
    "volunteer.check-noted",
    "volunteer.supported",
    "volunteer.availability",
    "volunteer.withdrawn",
    "volunteer.forgotten",
];

/// What was done with a volunteer since the version that was seen, the latest first.
///
/// # Errors
/// [`Refused::Hidden`] for who is no participation lead, and for a volunteer who is not there.
pub async fn changes_since(cx: &Cx, actor: &Actor, id: VolunteerId, version: i64) -> Result<Vec<Change>> {
    let mut reader = cx.read().await?;
    leading(&mut reader, actor).await?;
    let volunteer = rows::find(&mut reader, id).await?.ok_or(Refused::Hidden)?;
    of(&mut reader, &volunteer, version).await
}

/// The same for a volunteer who was read already. Each version has its entry, but for a buddy who has left.
pub(super) async fn of(source: &mut impl Source, volunteer: &Volunteer, version: i64) -> Result<Vec<Change>> {
    let steps = usize::try_from(volunteer.version - version).unwrap_or(0);
    let entries = audit::of_subject(source, &volunteer.id.to_string()).await?;
    let mut changes = Vec::new();
    for entry in entries.into_iter().filter(|e| ACTIONS.contains(&e.action.as_str())).take(steps) {
        let by = match entry.person.as_deref().and_then(|id| id.parse::<PersonId>().ok()) {
            Some(person) => people::find(source, person).await?.map(|a| a.name),
            None => None,
        };
        changes.extend(what(source, &entry).await?.map(|what| Change { by, what }));
    }
    Ok(changes)
}

async fn what(source: &mut impl Source, entry: &Entry) -> Result<Option<What>> {
    let detail: Value = serde_json::from_str(&entry.detail).map_err(Refused::fault)?;
    let text = |name: &str| detail.get(name).and_then(Value::as_str);
    Ok(match entry.action.as_str() {
        "volunteer.moved" => {
            let stage = |name: &str| text(name).and_then(|word| word.parse().ok());
            stage("from").zip(stage("to")).map(|(from, to)| What::Moved(from, to))
        }
        "volunteer.check-noted" => Some(What::Checked),
        "volunteer.supported" => {
            let supporter = match text("supporter").and_then(|id| id.parse::<PersonId>().ok()) {
                Some(id) => people::find(source, id).await?.map(|a| a.name),
                None => None,
            };
            let buddy = match text("buddy").and_then(|id| id.parse::<VolunteerId>().ok()) {
                Some(id) => rows::find(source, id).await?.and_then(|v| v.name),
                None => None,
            };
            Some(What::Supported { supporter, buddy })
        }
        "volunteer.availability" => Some(What::Time),
        _ => Some(What::Withdrawn),
    })
}
