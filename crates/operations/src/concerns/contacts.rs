//! Whom to call in an area: whoever decides about concerns there writes it, and every page that asks for something shows
//! it first.

use keyline_domain::access::{Action, Actor};
use keyline_domain::concerns::{CONTACTS_LIMIT, too_long};
use keyline_domain::ids::InspectionId;
use keyline_store::area_contacts;
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Writes whom to call in the area of an inspection. Audit entry `area.contacts-changed`.
///
/// # Errors
/// [`Refused::Fields`] when it is too long; [`Refused::Stale`] when somebody has changed it since.
pub async fn set_contacts(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    contacts: &str,
    version: i64,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::DecideConcern).await?;
    let contacts = contacts.trim();
    if let Some(problem) = too_long("contacts", contacts, CONTACTS_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    let inspection = work.inspection().await?;
    let by = (work.now, work.person()?);
    match area_contacts::save(&mut work.tx, &inspection.area, contacts, version, by).await {
        Err(keyline_store::Error::Stale) => {
            let now = area_contacts::find(&mut work.tx, &inspection.area).await?;
            let (theirs, version) = now.unwrap_or_default();
            return Err(Refused::Stale { theirs, by: String::new(), version });
        }
        other => other?,
    }
    work.record("area.contacts-changed", inspection.id, json!({ "area": inspection.area })).await?;
    work.commit().await
}
