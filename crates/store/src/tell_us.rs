//! Messages of the public channel: how each stands. What was said is in `care::texts`, sealed.

use jiff::civil::Date;
use keyline_domain::ids::{EvidenceId, InspectionId, MessageId, PersonId, TextId};
use keyline_domain::tell_us::{State, Triage, Wish};

use crate::care::seals::PublicKey;
use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional};
use crate::{Source, Tx};

mod waiting;

pub use waiting::{Place, Waits, overdue, told, waiting_of};

/// A message without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Id: random.
    pub id: MessageId,
    /// The inspection; `None`: about services in general.
    pub inspection: Option<InspectionId>,
    /// One-way function of the receipt.
    pub place: Option<String>,
    /// Key of whoever holds the receipt.
    pub public: Option<PublicKey>,
    /// Message or conversation.
    pub wish: Wish,
    /// Whether a name or a way to be reached was left.
    pub named: bool,
    /// Where it stands.
    pub state: State,
    /// What it turned out to be.
    pub triage: Option<Triage>,
    /// Day on which it came.
    pub came_on: Date,
    /// By when it has to be decided about.
    pub due_on: Option<Date>,
    /// When it was.
    pub decided_on: Option<Date>,
    /// By whom.
    pub decided_by: Option<PersonId>,
    /// When it goes.
    pub delete_on: Option<Date>,
    /// When the reminder of its deletion appeared; of one that waits: when its handlers were told that its day is over.
    pub reminded_on: Option<Date>,
    /// Why it is gone: `own` or `time`.
    pub gone_why: Option<String>,
    /// For two editors.
    pub version: i64,
}

impl Message {
    /// To what its texts belong.
    pub fn owner(&self) -> String {
        self.id.to_string()
    }
}

row! { struct MessageRow {
    id: String, inspection_id: Option<String>, place: Option<String>, public: Option<Vec<u8>>, wish: String,
    named: bool, state: String, triage: Option<String>, came_on: String, due_on: Option<String>,
    decided_on: Option<String>, decided_by: Option<String>, delete_on: Option<String>, reminded_on: Option<String>,
    gone_why: Option<String>, version: i64,
} }

impl MessageRow {
    fn message(self) -> Result<Message> {
        let (t, id) = ("message", &self.id);
        let on = |column, text: &Option<String>| read_optional(t, column, id, text.as_deref());
        Ok(Message {
            id: read(t, "id", id, id)?,
            inspection: read_optional(t, "inspection_id", id, self.inspection_id.as_deref())?,
            public: self.public.as_deref().map(PublicKey::read).transpose()?,
            wish: read(t, "wish", id, &self.wish)?,
            named: self.named,
            state: read(t, "state", id, &self.state)?,
            triage: read_optional(t, "triage", id, self.triage.as_deref())?,
            came_on: read(t, "came_on", id, &self.came_on)?,
            due_on: on("due_on", &self.due_on)?,
            decided_on: on("decided_on", &self.decided_on)?,
            decided_by: read_optional(t, "decided_by", id, self.decided_by.as_deref())?,
            delete_on: on("delete_on", &self.delete_on)?,
            reminded_on: on("reminded_on", &self.reminded_on)?,
            gone_why: self.gone_why,
            version: self.version,
            place: self.place,
        })
    }
}

/// Keeps a new message; says whether it was not there yet.
pub async fn add(tx: &mut Tx, m: &Message) -> Result<bool> {
    let touched = execute!(
        tx,
        "INSERT INTO message (id, inspection_id, place, public, wish, named, state, came_on, due_on, version)
         VALUES ($1, $2, $3, $4, $5, $6, 'new', $7, $8, 1) ON CONFLICT (id) DO NOTHING",
        m.id.to_string(),
        m.inspection.map(|i| i.to_string()),
        m.place.as_deref(),
        m.public.as_ref().map(PublicKey::bytes),
        m.wish.word(),
        m.named,
        day(m.came_on),
        m.due_on.map(day)
    )?;
    Ok(touched == 1)
}

/// Saves a message that was read at `m.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, m: &Message) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE message SET state = $1, triage = $2, due_on = $3, decided_on = $4, decided_by = $5, delete_on = $6,
           reminded_on = $7, gone_why = $8, place = $9, public = $10, version = version + 1
         WHERE id = $11 AND version = $12",
        m.state.word(),
        m.triage.map(Triage::word),
        m.due_on.map(day),
        m.decided_on.map(day),
        m.decided_by.map(|p| p.to_string()),
        m.delete_on.map(day),
        m.reminded_on.map(day),
        m.gone_why.as_deref(),
        m.place.as_deref(),
        m.public.as_ref().map(PublicKey::bytes),
        m.id.to_string(),
        m.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A message by its id.
pub async fn find(source: &mut impl Source, id: MessageId) -> Result<Option<Message>> {
    fetch_optional!(source, MessageRow, "SELECT * FROM message WHERE id = $1", id.to_string())?
        .map(MessageRow::message)
        .transpose()
}

/// A message by the place of its receipt.
pub async fn find_by_place(source: &mut impl Source, place: &str) -> Result<Option<Message>> {
    fetch_optional!(source, MessageRow, "SELECT * FROM message WHERE place = $1", place)?
        .map(MessageRow::message)
        .transpose()
}

/// The messages of an inspection, or those of none: what is to be decided first, then the newest day. Within a day they
/// stand in the order of their random ids.
pub async fn list(source: &mut impl Source, inspection: Option<InspectionId>) -> Result<Vec<Message>> {
    let id = inspection.map(|i| i.to_string()).unwrap_or_default();
    fetch_all!(
        source,
        MessageRow,
        "SELECT * FROM message WHERE COALESCE(inspection_id, '') = $1
         ORDER BY CASE state WHEN 'new' THEN 0 WHEN 'decided' THEN 1 ELSE 2 END, came_on DESC, id",
        id
    )?
    .into_iter()
    .map(MessageRow::message)
    .collect()
}

/// Messages whose reminder or deletion is due.
pub async fn ending(source: &mut impl Source, by: Date) -> Result<Vec<Message>> {
    fetch_all!(
        source,
        MessageRow,
        "SELECT * FROM message WHERE state = 'decided' AND delete_on <= $1 ORDER BY delete_on, id",
        day(by)
    )?
    .into_iter()
    .map(MessageRow::message)
    .collect()
}

/// A text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which it is, from 1.
    pub number: i64,
    /// The sealed text.
    pub text: TextId,
    /// Who wrote it; `None`: whoever wrote the message.
    pub by: Option<PersonId>,
    /// The day.
    pub day: Date,
}

/// Adds a text to a message.
pub async fn add_part(tx: &mut Tx, message: MessageId, part: &Part) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO message_part (message_id, number, text_id, by_id, day) VALUES ($1, $2, $3, $4, $5)",
        message.to_string(),
        part.number,
        part.text.to_string(),
        part.by.map(|p| p.to_string()),
        day(part.day)
    )
    .map(|_| ())
}

/// The texts of a message, in order.
pub async fn parts(source: &mut impl Source, message: MessageId) -> Result<Vec<Part>> {
    let (t, id) = ("message_part", message.to_string());
    fetch_all!(
        source,
        (i64, String, Option<String>, String),
        "SELECT number, text_id, by_id, day FROM message_part WHERE message_id = $1 ORDER BY number",
        &id
    )?
    .into_iter()
    .map(|(number, text, by, on)| {
        Ok(Part {
            number,
            text: read(t, "text_id", &id, &text)?,
            by: read_optional(t, "by_id", &id, by.as_deref())?,
            day: read(t, "day", &id, &on)?,
        })
    })
    .collect()
}

/// Deletes what was said in a message. The row of the message stays, with nothing in it.
pub async fn delete_parts(tx: &mut Tx, message: MessageId) -> Result<()> {
    execute!(tx, "DELETE FROM message_part WHERE message_id = $1", message.to_string())?;
    crate::care::texts::delete(tx, &message.to_string()).await
}

/// How many messages that belong to no inspection wait to be decided.
pub async fn waiting_in_general(source: &mut impl Source) -> Result<i64> {
    let (waiting,) = fetch_one!(
        source,
        (i64,),
        "SELECT COUNT(*) FROM message WHERE inspection_id IS NULL AND state = 'new'"
    )?;
    Ok(waiting)
}

/// The inspections to which the public may write: notified and not closed. Id, reference, area; the newest of an area first.
pub async fn open_inspections(source: &mut impl Source) -> Result<Vec<(InspectionId, String, String)>> {
    fetch_all!(
        source,
        (String, String, String),
        "SELECT id, reference, area FROM inspection WHERE notified_on IS NOT NULL AND closed_on IS NULL
         ORDER BY area, starts_on DESC, notified_on DESC, reference DESC"
    )?
    .into_iter()
    .map(|(id, reference, area)| Ok((read("inspection", "id", &id, &id)?, reference, area)))
    .collect()
}

/// Says in which piece of evidence a message was recorded, if it was: the newest that the trail names.
pub async fn evidence_of(
    source: &mut impl Source,
    inspection: InspectionId,
    message: MessageId,
) -> Result<Option<EvidenceId>> {
    let t = "audit_entry";
    let found = fetch_optional!(
        source,
        (i64, String),
        "SELECT sequence, detail FROM audit_entry
         WHERE inspection_id = $1 AND action = 'message.recorded' AND subject = $2 ORDER BY sequence DESC LIMIT 1",
        inspection.to_string(),
        message.to_string()
    )?;
    let Some((sequence, detail)) = found else { return Ok(None) };
    let (id, column) = (sequence.to_string(), "detail");
    let detail: serde_json::Value = json(t, column, &id, &detail)?;
    read_optional(t, column, &id, detail.get("evidence").and_then(serde_json::Value::as_str))
}
