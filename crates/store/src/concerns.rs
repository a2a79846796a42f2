//! Concerns: how each stands, what was done, who was told. What was written is in `care::texts`, sealed.

use jiff::Timestamp;
use keyline_domain::access::{Grant, Role};
use keyline_domain::concerns::way::{Act, Stage};
use keyline_domain::concerns::{Kind, Means, Outcome, Source as From};
use keyline_domain::ids::{ConcernId, InspectionId, PersonId};

use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// A concern without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// Id.
    pub id: ConcernId,
    /// The inspection.
    pub inspection: InspectionId,
    /// Number in the inspection, for talking about it.
    pub number: i64,
    /// Which form.
    pub kind: Kind,
    /// Where it was raised.
    pub source: From,
    /// Whether somebody is in immediate danger.
    pub danger: bool,
    /// Where it stands.
    pub stage: Stage,
    /// How many things have been done with it; what is saved against an older count is refused.
    pub step: i64,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// By whom; `None`: through the public channel.
    pub raised_by: Option<PersonId>,
    /// By when the next thing has to be done.
    pub due_at: Option<Timestamp>,
    /// When the lead decided.
    pub decided_at: Option<Timestamp>,
    /// When it was handed over.
    pub handed_at: Option<Timestamp>,
    /// When the local lead acknowledged it.
    pub acknowledged_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

impl Concern {
    /// To what its texts belong.
    pub fn owner(&self) -> String {
        self.id.to_string()
    }

    /// Whether its clock has run out.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }
}

row! { struct ConcernRow {
    id: String, inspection_id: String, number: i64, kind: String, source: String, danger: bool, stage: String,
    step: i64, raised_at: String, raised_by: Option<String>, due_at: Option<String>, decided_at: Option<String>,
    handed_at: Option<String>, acknowledged_at: Option<String>, closed_at: Option<String>, outcome: Option<String>,
} }

impl ConcernRow {
    fn concern(self) -> Result<Concern> {
        let (t, id) = ("concern", &self.id);
        let at = |column, text: &Option<String>| read_optional(t, column, id, text.as_deref());
        Ok(Concern {
            id: read(t, "id", id, id)?,
            inspection: read(t, "inspection_id", id, &self.inspection_id)?,
            number: self.number,
            kind: read(t, "kind", id, &self.kind)?,
            source: read(t, "source", id, &self.source)?,
            danger: self.danger,
            stage: read(t, "stage", id, &self.stage)?,
            step: self.step,
            raised_at: read(t, "raised_at", id, &self.raised_at)?,
            raised_by: read_optional(t, "raised_by", id, self.raised_by.as_deref())?,
            due_at: at("due_at", &self.due_at)?,
            decided_at: at("decided_at", &self.decided_at)?,
            handed_at: at("handed_at", &self.handed_at)?,
            acknowledged_at: at("acknowledged_at", &self.acknowledged_at)?,
            closed_at: at("closed_at", &self.closed_at)?,
            outcome: read_optional(t, "outcome", id, self.outcome.as_deref())?,
        })
    }
}

/// The number of the next concern of an inspection.
pub async fn next_number(tx: &mut Tx, inspection: InspectionId) -> Result<i64> {
    let (number,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COALESCE(MAX(number), 0) + 1 FROM concern WHERE inspection_id = $1",
        inspection.to_string()
    )?;
    Ok(number)
}

/// Keeps a new concern.
///
/// # Errors
/// [`Error::Exists`] when it is there already: its form was sent twice.
pub async fn add(tx: &mut Tx, c: &Concern) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO concern (id, inspection_id, number, kind, source, danger, stage, step, raised_at, raised_by, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        c.id.to_string(),
        c.inspection.to_string(),
        c.number,
        c.kind.word(),
        c.source.word(),
        c.danger,
        c.stage.word(),
        c.step,
        time(c.raised_at),
        c.raised_by.map(|p| p.to_string()),
        c.due_at.map(time)
    )
    .map(|_| ())
}

/// Saves a concern that stood at one step less.
///
/// # Errors
/// [`Error::Stale`] when somebody has done something with it in between.
pub async fn save(tx: &mut Tx, c: &Concern) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE concern SET stage = $1, step = $2, due_at = $3, decided_at = $4, handed_at = $5, acknowledged_at = $6,
           closed_at = $7, outcome = $8
         WHERE id = $9 AND step = $10",
        c.stage.word(),
        c.step,
        c.due_at.map(time),
        c.decided_at.map(time),
        c.handed_at.map(time),
        c.acknowledged_at.map(time),
        c.closed_at.map(time),
        c.outcome.map(Outcome::word),
        c.id.to_string(),
        c.step - 1
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A concern of the grant's inspection.
pub async fn find(source: &mut impl Source, grant: &Grant, id: ConcernId) -> Result<Option<Concern>> {
    fetch_optional!(
        source,
        ConcernRow,
        "SELECT * FROM concern WHERE id = $1 AND inspection_id = $2",
        id.to_string(),
        grant.inspection().to_string()
    )?
    .map(ConcernRow::concern)
    .transpose()
}

/// A concern whoever asks: for the clock.
pub async fn find_any(source: &mut impl Source, id: ConcernId) -> Result<Option<Concern>> {
    fetch_optional!(source, ConcernRow, "SELECT * FROM concern WHERE id = $1", id.to_string())?
        .map(ConcernRow::concern)
        .transpose()
}

/// The concerns of the grant's inspection, the newest first.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Concern>> {
    fetch_all!(
        source,
        ConcernRow,
        "SELECT * FROM concern WHERE inspection_id = $1 ORDER BY number DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(ConcernRow::concern)
    .collect()
}

/// A thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Which it was, from 1.
    pub step: i64,
    /// What.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<PersonId>,
    /// How it was handed over, if it was.
    pub handed: Option<Handed>,
}

/// A hand-over: who received what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The person of the product, if it was handed over in it.
    pub to: Option<PersonId>,
    /// How.
    pub means: Means,
    /// Designation of who received it.
    pub receiver: String,
    /// When they did.
    pub received_at: Timestamp,
    /// BLAKE3 over the sealed texts as they were handed over.
    pub digest: String,
}

/// Notes what was done.
pub async fn note(tx: &mut Tx, concern: ConcernId, done: &Done) -> Result<()> {
    let handed = done.handed.as_ref();
    execute!(
        tx,
        "INSERT INTO concern_step (concern_id, step, act, at, by_id, to_id, means, receiver, received_at, digest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        concern.to_string(),
        done.step,
        done.act.word(),
        time(done.at),
        done.by.map(|p| p.to_string()),
        handed.and_then(|h| h.to).map(|p| p.to_string()),
        handed.map(|h| h.means.word()),
        handed.map(|h| h.receiver.as_str()),
        handed.map(|h| time(h.received_at)),
        handed.map(|h| h.digest.as_str())
    )
    .map(|_| ())
}

row! { struct DoneRow {
    step: i64, act: String, at: String, by_id: Option<String>, to_id: Option<String>, means: Option<String>,
    receiver: Option<String>, received_at: Option<String>, digest: Option<String>,
} }

/// What was done with a concern, in order.
pub async fn steps(source: &mut impl Source, concern: ConcernId) -> Result<Vec<Done>> {
    let (t, id) = ("concern_step", concern.to_string());
    fetch_all!(
        source,
        DoneRow,
        "SELECT step, act, at, by_id, to_id, means, receiver, received_at, digest FROM concern_step
         WHERE concern_id = $1 ORDER BY step",
        &id
    )?
    .into_iter()
    .map(|r| {
        let handed = match (&r.means, &r.received_at) {
            (Some(means), Some(at)) => Some(Handed {
                to: read_optional(t, "to_id", &id, r.to_id.as_deref())?,
                means: read(t, "means", &id, means)?,
                receiver: r.receiver.unwrap_or_default(),
                received_at: read(t, "received_at", &id, at)?,
                digest: r.digest.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(Done {
            step: r.step,
            act: read(t, "act", &id, &r.act)?,
            at: read(t, "at", &id, &r.at)?,
            by: read_optional(t, "by_id", &id, r.by_id.as_deref())?,
            handed,
        })
    })
    .collect()
}

/// Tells a person of a step; says whether they were not told yet.
pub async fn tell(
    tx: &mut Tx,
    concern: ConcernId,
    (step, rung): (i64, i64),
    person: PersonId,
    at: Timestamp,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "INSERT INTO concern_notice (concern_id, step, rung, person_id, made_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (concern_id, step, rung, person_id) DO NOTHING",
        concern.to_string(),
        step,
        rung,
        person.to_string(),
        time(at)
    )?;
    Ok(touched == 1)
}

/// Whether the mail about a notice has gone.
pub async fn is_mailed(
    source: &mut impl Source,
    concern: ConcernId,
    (step, rung): (i64, i64),
    person: PersonId,
) -> Result<bool> {
    let found = fetch_optional!(
        source,
        (String,),
        "SELECT person_id FROM concern_notice
         WHERE concern_id = $1 AND step = $2 AND rung = $3 AND person_id = $4 AND mailed_at IS NOT NULL",
        concern.to_string(),
        step,
        rung,
        person.to_string()
    )?;
    Ok(found.is_some())
}

/// Notes that the mail about a notice has gone.
pub async fn mailed(
    tx: &mut Tx,
    concern: ConcernId,
    (step, rung): (i64, i64),
    person: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE concern_notice SET mailed_at = $1
         WHERE concern_id = $2 AND step = $3 AND rung = $4 AND person_id = $5 AND mailed_at IS NULL",
        time(at),
        concern.to_string(),
        step,
        rung,
        person.to_string()
    )
    .map(|_| ())
}

/// A notice as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which step.
    pub step: i64,
    /// 0: who has to act; from 1 on: the clock had run out.
    pub rung: i64,
    /// Who was told.
    pub person: PersonId,
    /// When, in the product.
    pub made_at: Timestamp,
    /// When the mail had gone.
    pub mailed_at: Option<Timestamp>,
}

/// Who was told of a concern, and when.
pub async fn notices(source: &mut impl Source, concern: ConcernId) -> Result<Vec<Notice>> {
    let (t, id) = ("concern_notice", concern.to_string());
    fetch_all!(
        source,
        (i64, i64, String, String, Option<String>),
        "SELECT step, rung, person_id, made_at, mailed_at FROM concern_notice WHERE concern_id = $1
         ORDER BY step, rung, person_id",
        &id
    )?
    .into_iter()
    .map(|(step, rung, person, made, mailed)| {
        Ok(Notice {
            step,
            rung,
            person: read(t, "person_id", &id, &person)?,
            made_at: read(t, "made_at", &id, &made)?,
            mailed_at: read_optional(t, "mailed_at", &id, mailed.as_deref())?,
        })
    })
    .collect()
}

/// An open concern beside a role of somebody in its inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Reference of the inspection.
    pub reference: String,
    /// The concern.
    pub concern: ConcernId,
    /// Where it stands.
    pub stage: Stage,
    /// Whether this person raised it.
    pub own: bool,
    /// The role.
    pub role: Role,
    /// The highest rung that was told of the present step; -1: nobody was.
    pub told: i64,
}

row! { struct BesideRow { reference: String, id: String, stage: String, own: i64, role: String, rung: i64 } }

/// The open concerns in the inspections of a person, one for each role that the person has there; whose turn it is, the
/// ladder says. Those in which somebody is in danger first.
pub async fn waiting_beside(source: &mut impl Source, person: PersonId) -> Result<Vec<Beside>> {
    fetch_all!(
        source,
        BesideRow,
        "SELECT i.reference, c.id, c.stage, CAST(CASE WHEN c.raised_by = m.person_id THEN 1 ELSE 0 END AS BIGINT) AS own,
           m.role, COALESCE((SELECT MAX(n.rung) FROM concern_notice n
           WHERE n.concern_id = c.id AND n.step = c.step), -1) AS rung
         FROM membership m JOIN concern c ON c.inspection_id = m.inspection_id AND c.stage <> 'closed'
         JOIN inspection i ON i.id = c.inspection_id
         WHERE m.person_id = $1 AND m.ended_at IS NULL ORDER BY c.danger DESC, c.raised_at, c.id",
        person.to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Beside {
            concern: read("concern", "id", &r.id, &r.id)?,
            stage: read("concern", "stage", &r.id, &r.stage)?,
            role: read("membership", "role", &r.id, &r.role)?,
            own: r.own == 1,
            told: r.rung,
            reference: r.reference,
        })
    })
    .collect()
}

row! { struct RaisedRow { reference: String, id: String } }

/// The concerns that a person raised in inspections in which they have a role: reference of the inspection, concern.
pub async fn raised_by(source: &mut impl Source, person: PersonId) -> Result<Vec<(String, Concern)>> {
    let rows = fetch_all!(
        source,
        RaisedRow,
        "SELECT i.reference, c.id FROM concern c JOIN inspection i ON i.id = c.inspection_id
         WHERE c.raised_by = $1 AND EXISTS (SELECT 1 FROM membership m
           WHERE m.inspection_id = c.inspection_id AND m.person_id = c.raised_by AND m.ended_at IS NULL)
         ORDER BY c.raised_at DESC, c.id",
        person.to_string()
    )?;
    let mut raised = Vec::with_capacity(rows.len());
    for row in rows {
        let id = read("concern", "id", &row.id, &row.id)?;
        if let Some(concern) = find_any(source, id).await? {
            raised.push((row.reference, concern));
        }
    }
    Ok(raised)
}
