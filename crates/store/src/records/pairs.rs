//! Pairs of readers, their members, and what each is to read when.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PairId, PersonId};
use keyline_domain::records::pairs::Task;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rows::{read, time, word};
use crate::{Source, Tx};

/// The part that a member has in a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Of the inspection team.
    Inspector,
    /// Of the partnership.
    LocalReader,
}

impl Part {
    /// The word of the database and of translation keys (`reading-part-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::LocalReader => "local-reader",
        }
    }
}

/// A member of a pair, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairMember {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// As what.
    pub part: Part,
    /// Whether the person still is one.
    pub present: bool,
    /// Why the person took another's place; empty for the first two.
    pub reason: String,
}

/// A pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Id.
    pub id: PairId,
    /// Its name: a letter.
    pub name: String,
    /// Whether it still reads.
    pub live: bool,
    /// Why it was dissolved; empty while it reads.
    pub ended_because: String,
    /// For two editors.
    pub version: i64,
    /// Everybody who was in it, in the order of joining.
    pub members: Vec<PairMember>,
}

impl Pair {
    /// Who is in it now.
    pub fn present(&self) -> impl Iterator<Item = &PairMember> {
        self.members.iter().filter(|member| member.present)
    }

    /// The names of who is in it now.
    pub fn names(&self) -> String {
        self.present().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Whether somebody is in it now.
    pub fn has(&self, person: PersonId) -> bool {
        self.present().any(|member| member.person == person)
    }
}

row! { struct PairRow {
    id: String, name: String, ended_at: Option<String>, ended_because: Option<String>, version: i64,
} }

row! { struct MemberRow {
    pair_id: String, person_id: String, name: String, part: String, left_at: Option<String>, reason: String,
} }

/// The pairs of the inspection that the grant opens, those that ended among them, by name.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Pair>> {
    let inspection = grant.inspection().to_string();
    let mut pairs = fetch_all!(
        source,
        PairRow,
        "SELECT id, name, ended_at, ended_because, version FROM reading_pair WHERE inspection_id = $1 ORDER BY name",
        &inspection
    )?
    .into_iter()
    .map(|r| {
        let id = read("reading_pair", "id", &r.id, &r.id)?;
        Ok(Pair {
            id,
            name: r.name,
            live: r.ended_at.is_none(),
            ended_because: r.ended_because.unwrap_or_default(),
            version: r.version,
            members: Vec::new(),
        })
    })
    .collect::<Result<Vec<_>>>()?;
    let members = fetch_all!(
        source,
        MemberRow,
        "SELECT m.pair_id, m.person_id, p.name, m.part, m.left_at, m.reason
         FROM reading_pair_member m JOIN reading_pair r ON r.id = m.pair_id JOIN person p ON p.id = m.person_id
         WHERE r.inspection_id = $1 ORDER BY m.part, m.joined_at, p.name",
        &inspection
    )?;
    for m in members {
        let t = "reading_pair_member";
        let pair: PairId = read(t, "pair_id", &m.pair_id, &m.pair_id)?;
        if let Some(of) = pairs.iter_mut().find(|p| p.id == pair) {
            of.members.push(PairMember {
                person: read(t, "person_id", &m.pair_id, &m.person_id)?,
                part: word(t, "part", &m.pair_id, &m.part)?,
                present: m.left_at.is_none(),
                name: m.name,
                reason: m.reason,
            });
        }
    }
    Ok(pairs)
}

/// Adds a pair without members.
///
/// # Errors
/// [`Error::Exists`] when a pair of the inspection has the name.
pub async fn add(
    tx: &mut Tx,
    inspection: InspectionId,
    id: PairId,
    name: &str,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reading_pair (id, inspection_id, name, formed_by, formed_at, version) VALUES ($1, $2, $3, $4, $5, 1)",
        id.to_string(),
        inspection.to_string(),
        name,
        by.map(|p| p.to_string()),
        time(at)
    )
    .map(|_| ())
}

/// Lets somebody join a pair.
pub async fn join(
    tx: &mut Tx,
    pair: PairId,
    person: PersonId,
    part: Part,
    reason: &str,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reading_pair_member (pair_id, person_id, part, joined_at, reason) VALUES ($1, $2, $3, $4, $5)",
        pair.to_string(),
        person.to_string(),
        part.word(),
        time(at),
        reason
    )
    .map(|_| ())
}

/// Lets somebody leave a pair; says whether they were in it.
pub async fn leave(tx: &mut Tx, pair: PairId, person: PersonId, at: Timestamp) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE reading_pair_member SET left_at = $1 WHERE pair_id = $2 AND person_id = $3 AND left_at IS NULL",
        time(at),
        pair.to_string(),
        person.to_string()
    )?;
    Ok(touched > 0)
}

/// Counts a change of a pair that was seen at `version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed in between.
pub async fn touch(tx: &mut Tx, pair: PairId, version: i64) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE reading_pair SET version = version + 1 WHERE id = $1 AND version = $2",
        pair.to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Ends a pair that was seen at `version`. Who was in it last stays written in it.
///
/// # Errors
/// [`Error::Stale`] when it was changed in between.
pub async fn end(tx: &mut Tx, pair: PairId, because: &str, version: i64, at: Timestamp) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE reading_pair SET ended_at = $1, ended_because = $2, version = version + 1
         WHERE id = $3 AND version = $4 AND ended_at IS NULL",
        time(at),
        because,
        pair.to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A reading to be done, as it is stored: under the label that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTask {
    /// What is to be done.
    pub task: Task,
    /// Why it was changed by hand; empty when the rule gave it.
    pub reason: String,
    /// For two editors.
    pub version: i64,
}

row! { struct TaskRow { label: String, turn: i64, pair_id: String, slot: i64, reason: String, version: i64 } }

/// What is given out, by label and turn.
pub async fn tasks(source: &mut impl Source, grant: &Grant) -> Result<Vec<StoredTask>> {
    let t = "reading_task";
    let wrong = |column: &'static str, id: &str, found: i64| Error::Inconsistent {
        table: t,
        column,
        id: id.to_owned(),
        found: found.to_string(),
    };
    fetch_all!(
        source,
        TaskRow,
        "SELECT label, turn, pair_id, slot, reason, version FROM reading_task
         WHERE inspection_id = $1 ORDER BY label, turn",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(StoredTask {
            task: Task {
                pair: read(t, "pair_id", &r.label, &r.pair_id)?,
                turn: u8::try_from(r.turn).map_err(|_| wrong("turn", &r.label, r.turn))?,
                slot: u32::try_from(r.slot).map_err(|_| wrong("slot", &r.label, r.slot))?,
                label: r.label,
            },
            reason: r.reason,
            version: r.version,
        })
    })
    .collect()
}

/// Adds a reading to be done.
pub async fn add_task(
    tx: &mut Tx,
    inspection: InspectionId,
    task: &Task,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reading_task (inspection_id, label, turn, pair_id, slot, reason, changed_by, changed_at, version)
         VALUES ($1, $2, $3, $4, $5, '', $6, $7, 1)",
        inspection.to_string(),
        &task.label,
        i64::from(task.turn),
        task.pair.to_string(),
        i64::from(task.slot),
        by.map(|p| p.to_string()),
        time(at)
    )
    .map(|_| ())
}

/// Takes back a reading to be done, which nobody has begun, so that it can be given out again.
///
/// # Errors
/// [`Error::Stale`] when it was changed in between.
pub async fn remove_task(tx: &mut Tx, inspection: InspectionId, stored: &StoredTask) -> Result<()> {
    let touched = execute!(
        tx,
        "DELETE FROM reading_task WHERE inspection_id = $1 AND label = $2 AND turn = $3 AND version = $4",
        inspection.to_string(),
        &stored.task.label,
        i64::from(stored.task.turn),
        stored.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Changes pair and slot of a reading to be done that was seen at `version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed in between.
pub async fn save_task(
    tx: &mut Tx,
    inspection: InspectionId,
    stored: &StoredTask,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE reading_task SET pair_id = $1, slot = $2, reason = $3, changed_by = $4, changed_at = $5,
           version = version + 1
         WHERE inspection_id = $6 AND label = $7 AND turn = $8 AND version = $9",
        stored.task.pair.to_string(),
        i64::from(stored.task.slot),
        &stored.reason,
        by.map(|p| p.to_string()),
        time(at),
        inspection.to_string(),
        &stored.task.label,
        i64::from(stored.task.turn),
        stored.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
