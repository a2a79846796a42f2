//! Conversation guides that came from a device, for who sent them.
//!
//! They are seen by nobody else and sealed on the disk: nothing has looked yet whether somebody could be known by them.
//! That is asked when they are written up as the note of a session, which the team sees; then they are removed here.

use std::sync::Arc;

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_forms::answering::Compiled;
use keyline_store::voices::devices::{notes_of, remove_notes};
use serde_json::{Value, json};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What a device sent.
#[derive(Debug, Clone)]
pub struct ReceivedNotes {
    /// What it is called in addresses.
    pub key: String,
    /// The day on which it came.
    pub day: Date,
    /// The form that it answers.
    pub form: Arc<Compiled>,
    /// The answers; none when the key that sealed them is lost.
    pub answers: Option<Value>,
}

/// What a sealed submission is bound to.
pub(super) fn place(inspection: InspectionId, instance_hash: &str) -> String {
    format!("device_submission/sealed/{inspection}/{instance_hash}")
}

/// What the actor's own devices sent, newest day first.
pub async fn received_notes(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Vec<ReceivedNotes>> {
    let grant = cx.grant(actor, inspection, Action::NoteSession).await?;
    let Some(person) = grant.person_id() else { return Ok(Vec::new()) };
    let mut reader = cx.read().await?;
    let mut received = Vec::new();
    for (key, notes) in notes_of(&mut reader, &grant, person).await? {
        let opened = cx.vault.open_value(&place(inspection, &key), &notes.sealed).ok();
        let answers =
            opened.map(|opened| serde_json::from_slice(&opened)).transpose().map_err(Refused::fault)?;
        let form = cx.form(&mut reader, &notes.form_digest).await?;
        received.push(ReceivedNotes { key, day: notes.day, form, answers });
    }
    Ok(received)
}

/// Removes what one's own device sent. That it was taken stays noted, so that it does not come again. Audit entry
/// `session.received-removed`.
///
/// # Errors
/// [`Refused::Hidden`] when there is no such thing of that person.
pub async fn remove_received_notes(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    key: &str,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::NoteSession).await?;
    let (person, grant) = (work.person()?, work.grant.clone());
    if !remove_notes(&mut work.tx, &grant, person, key).await? {
        return Err(Refused::Hidden);
    }
    work.record("session.received-removed", "notes", json!({})).await?;
    work.commit().await
}
