//! The volunteer's own pages: sessions, training, time, money, the write-up, leaving.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Role};
use keyline_domain::ids::{PlannedId, SessionId};
use keyline_domain::volunteers::ready::{Availability, Topic};
use keyline_store::inspections::mine::{self, Mine};
use keyline_store::people;
use keyline_store::volunteers::drafts::{self, Shown};
use keyline_store::volunteers::money::{self, Expense, Payment};
use keyline_store::volunteers::sessions::{self, Planned};
use keyline_store::volunteers::{self as rows, Volunteer};
use serde_json::json;

use super::manage::forget;
use super::{myself, record};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::voices::{NoteSession, note_in};

/// A session with the inspection in which it is.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// The session.
    pub planned: Planned,
    /// Whether the volunteer leads it.
    pub leads: bool,
    /// The write-up.
    pub note: Option<SessionId>,
    /// The inspection, with what the volunteer is in it.
    pub mine: Mine,
}

/// Everything that a volunteer's pages show. It holds nothing of anybody else but the names of buddy and supporter.
#[derive(Debug)]
pub struct Own {
    /// The volunteer.
    pub volunteer: Volunteer,
    /// What they have been trained in.
    pub training: Vec<(Topic, Date)>,
    /// Their sessions, the next first.
    pub sessions: Vec<OwnSession>,
    /// The inspections in which they are volunteers.
    pub inspections: Vec<Mine>,
    /// The drafts of the children's version that they are asked about.
    pub drafts: Vec<Shown>,
    /// Their expenses.
    pub expenses: Vec<Expense>,
    /// Their payments.
    pub payments: Vec<Payment>,
    /// Name of the buddy.
    pub buddy: Option<String>,
    /// Name of the supporter.
    pub supporter: Option<String>,
}

/// Loads the own pages.
///
/// # Errors
/// [`Refused::Hidden`] for who is no volunteer.
pub async fn own(cx: &Cx, actor: &Actor) -> Result<Own> {
    let mut reader = cx.read().await?;
    let volunteer = myself(&mut reader, actor).await?;
    let person = volunteer.person.ok_or(Refused::Hidden)?;
    let mut inspections = mine::list(&mut reader, person).await?;
    inspections.retain(|m| m.standing.roles.contains(&Role::YoungInspectionVolunteer));
    let mut own = Vec::new();
    for planned in sessions::of_volunteer(&mut reader, volunteer.id).await? {
        let Some(mine) = inspections.iter().find(|m| m.inspection.id == planned.inspection).cloned() else {
            continue;
        };
        let part = planned.volunteers.iter().find(|p| p.volunteer == volunteer.id);
        let (leads, note) = part.map_or((false, None), |p| (p.leads, p.note));
        own.push(OwnSession { planned, leads, note, mine });
    }
    let buddy = match volunteer.buddy {
        Some(buddy) => rows::find(&mut reader, buddy).await?.and_then(|b| b.name),
        None => None,
    };
    let supporter = match volunteer.supporter {
        Some(person) => people::find(&mut reader, person).await?.map(|a| a.name),
        None => None,
    };
    Ok(Own {
        training: rows::training(&mut reader, volunteer.id).await?,
        drafts: drafts::shown_to(&mut reader, person).await?,
        expenses: money::list(&mut reader, Some(volunteer.id)).await?,
        payments: money::payments(&mut reader, volunteer.id).await?,
        sessions: own,
        inspections,
        buddy,
        supporter,
        volunteer,
    })
}

/// Says when the volunteer has time. Audit entry `volunteer.availability`.
///
/// # Errors
/// [`Refused::Hidden`] for who is no volunteer.
pub async fn set_availability(cx: &Cx, actor: &Actor, availability: Availability) -> Result<()> {
    let mut tx = cx.db.begin().await?;
    let mut own = myself(&mut tx, actor).await?;
    own.availability = availability;
    rows::save(&mut tx, &own).await?;
    record(cx, &mut tx, actor, "volunteer.availability", own.id, &json!({})).await?;
    Ok(tx.commit().await?)
}

/// A write-up of a session.
#[derive(Debug, Clone)]
pub struct WriteUp {
    /// The session.
    pub planned: PlannedId,
    /// Who was met, in words.
    pub audience: String,
    /// How many.
    pub people: i64,
    /// What they want to say.
    pub note: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Writes up a session of one's own: it becomes a note of the inspection, from which evidence is made. Audit entries
/// `session.noted` and `session.written-up`.
///
/// # Errors
/// [`Refused::Hidden`] for a session that is not the volunteer's; [`Refused::NotNow`] before its day, when it does not take
/// place, or was written up; [`Refused::Fields`] for each fault, also for an identifier in the texts.
pub async fn write_up(cx: &Cx, actor: &Actor, input: WriteUp) -> Result<SessionId> {
    let own = own(cx, actor).await?;
    let found = own.sessions.iter().find(|s| s.planned.id == input.planned).ok_or(Refused::Hidden)?;
    let planned = found.planned.clone();
    if planned.cancelled.is_some() {
        return Err(Refused::reason("planned-is-cancelled"));
    }
    if planned.day > cx.today() {
        return Err(Refused::reason("planned-is-ahead"));
    }
    let mut work = cx.work(actor, planned.inspection, Action::NoteSession).await?;
    // As it stands now: the page may have been sent twice.
    let now = sessions::of_volunteer(&mut work.tx, own.volunteer.id).await?;
    let part = now
        .iter()
        .find(|p| p.id == planned.id)
        .and_then(|p| p.volunteers.iter().find(|part| part.volunteer == own.volunteer.id))
        .ok_or(Refused::Hidden)?;
    if part.note.is_some() {
        return Err(Refused::reason("planned-is-written-up"));
    }
    let note = NoteSession {
        inspection: planned.inspection,
        kind: planned.kind,
        held_on: planned.day,
        audience: input.audience,
        people: input.people,
        designations: String::new(),
        note: input.note,
        identifies_nobody: input.identifies_nobody,
    };
    let id = note_in(cx, &mut work, &note).await?;
    sessions::set_note(&mut work.tx, planned.id, own.volunteer.id, id).await?;
    work.record("session.written-up", planned.id, json!({ "note": id })).await?;
    work.commit().await?;
    Ok(id)
}

/// Leaves: what the volunteer wrote to us is destroyed at once, the account ends. What they wrote up stays evidence, and the
/// record of money is kept as long as accounts are. Audit entry `volunteer.withdrawn`.
///
/// # Errors
/// [`Refused::Hidden`] for who is no volunteer; [`Refused::Fields`] without the confirmation.
pub async fn leave(cx: &Cx, actor: &Actor, sure: bool) -> Result<()> {
    let mut tx = cx.db.begin().await?;
    let mut own = myself(&mut tx, actor).await?;
    if !sure {
        return Err(Refused::field("sure", "my-leave-sure-missing"));
    }
    forget(cx, &mut tx, &mut own).await?;
    record(cx, &mut tx, actor, "volunteer.withdrawn", own.id, &json!({})).await?;
    Ok(tx.commit().await?)
}
