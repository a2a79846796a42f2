//! Devices that fill forms in away from the network: ODK Collect, KoboCollect and their like, over OpenRosa.
//!
//! | module | subject |
//! | --- | --- |
//! | this one | adding a device, ending it |
//! | `forms` | which forms a person's device is given |
//! | `receive` | taking what it sends, once |
//! | `notes` | conversation guides that came, for who sent them |
//!
//! Who sends is told by [`crate::access::devices`].

mod forms;
mod notes;
mod receive;

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DeviceId, InspectionId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::voices::devices::{DevicePassword, LONGEST_NAME, MOST_DEVICES};
use keyline_store::voices::devices::{self, Device};
use serde_json::json;

pub use forms::{DeviceForm, device_forms};
pub use notes::{ReceivedNotes, received_notes, remove_received_notes};
pub use receive::{Outcome, Unreadable, receive_submission};

use crate::access::devices::place;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A device that was added. Its password is here and nowhere else.
#[derive(Debug, Clone)]
pub struct Added {
    /// The device.
    pub device: Device,
    /// Its password, to be shown once.
    pub password: DevicePassword,
}

/// Adds a device of the own. Audit entry `device.added`.
///
/// # Errors
/// [`Refused::Fields`] on `name` without a name or with one that is too long; [`Refused::NotNow`] when there are
/// [`MOST_DEVICES`] already.
pub async fn add_device(cx: &Cx, actor: &Actor, inspection: InspectionId, name: &str) -> Result<Added> {
    let mut work = cx.work(actor, inspection, Action::UseDevice).await?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Refused::field("name", "problem-required"));
    }
    if name.chars().count() > LONGEST_NAME {
        let reason = Reason::new("problem-device-name").with("limit", LONGEST_NAME);
        return Err(Refused::Fields(vec![FieldProblem::new("name", reason)]));
    }
    let (person, grant) = (work.person()?, work.grant.clone());
    if devices::list(&mut work.tx, &grant, person).await?.len() >= MOST_DEVICES {
        return Err(Refused::NotNow(vec![Reason::new("devices-too-many").with("most", MOST_DEVICES)]));
    }
    let password = DevicePassword::random(cx.random());
    let hash = cx.vault.hash(&place(inspection), password.plain().as_bytes());
    let id = DeviceId::new(work.now, cx.random());
    let device = Device { id, name: name.to_owned(), made_at: work.now };
    devices::add(&mut work.tx, &grant, person, &device, &hash).await?;
    work.record("device.added", id, json!({})).await?;
    work.commit().await?;
    Ok(Added { device, password })
}

/// Ends a device of the own: what it has not sent yet it can send no more. Audit entry `device.ended`.
///
/// # Errors
/// [`Refused::Hidden`] when there is no such device of that person here.
pub async fn end_device(cx: &Cx, actor: &Actor, inspection: InspectionId, device: DeviceId) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::UseDevice).await?;
    let (person, grant, now) = (work.person()?, work.grant.clone(), work.now);
    if !devices::end(&mut work.tx, &grant, person, device, now).await? {
        return Err(Refused::Hidden);
    }
    work.record("device.ended", device, json!({})).await?;
    work.commit().await
}
