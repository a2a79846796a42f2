//! The dated plan of an inspection as rows, the record of its moves, and the changes of the programme version.
//!
//! Every change of the plan takes the next number of the plan's **revision** and gives it to the steps it changes, as
//! the sequence of their calendar entries. So a sequence only grows, and the highest one says whether two people
//! looked at the same plan.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, MoveId, PersonId};
use keyline_domain::inspections::plan::PlannedStep;

use crate::error::{Error, Result};
use crate::rows::{day, json, read, time};
use crate::{Source, Tx};

/// A step with the number of its latest change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// The step.
    pub step: PlannedStep,
    /// Revision of the plan in which it was last changed; the sequence of its calendar entry.
    pub sequence: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

row! { struct PlanStepRow { inspection_id: String, step: String, sequence: i64, changed_at: String } }

impl PlanStepRow {
    fn read(self) -> Result<(InspectionId, StepRow)> {
        let id = &self.inspection_id;
        let step = StepRow {
            step: json("plan_step", "step", id, &self.step)?,
            sequence: self.sequence,
            changed_at: read("plan_step", "changed_at", id, &self.changed_at)?,
        };
        Ok((read("plan_step", "inspection_id", id, id)?, step))
    }
}

/// The steps of the inspection in the order of the plan; none before the notification.
pub async fn steps(source: &mut impl Source, grant: &Grant) -> Result<Vec<StepRow>> {
    fetch_all!(
        source,
        PlanStepRow,
        "SELECT inspection_id, step, sequence, changed_at FROM plan_step WHERE inspection_id = $1 ORDER BY position",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|row| row.read().map(|(_, step)| step))
    .collect()
}

/// The steps of every inspection that is open to a person, in the order of the plans. Starts from the person: what has
/// not been opened by a declaration is not in it.
pub async fn steps_of(source: &mut impl Source, person: PersonId) -> Result<Vec<(InspectionId, StepRow)>> {
    fetch_all!(
        source,
        PlanStepRow,
        "SELECT s.inspection_id, s.step, s.sequence, s.changed_at FROM plan_step s
         WHERE s.inspection_id IN (SELECT m.inspection_id FROM membership m
           WHERE m.person_id = $1 AND m.ended_at IS NULL)
         ORDER BY s.inspection_id, s.position",
        person.to_string()
    )?
    .into_iter()
    .map(PlanStepRow::read)
    .collect()
}

/// Adds a step to the plan.
pub async fn add_step(
    tx: &mut Tx,
    inspection: InspectionId,
    position: usize,
    step: &PlannedStep,
    sequence: i64,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO plan_step (inspection_id, position, key, from_on, to_on, done_on, step, sequence, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        inspection.to_string(),
        i64::try_from(position).unwrap_or(i64::MAX),
        &step.key,
        day(step.span.from),
        day(step.span.to),
        step.done.map(day),
        serde_json::to_string(step)?,
        sequence,
        time(at)
    )
    .map(|_| ())
}

/// Saves a step that changed, at a revision of the plan.
///
/// # Errors
/// [`Error::Stale`] when the plan has no such step any more, or one changed at that revision or later.
pub async fn save_step(
    tx: &mut Tx,
    inspection: InspectionId,
    step: &PlannedStep,
    sequence: i64,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE plan_step SET from_on = $1, to_on = $2, done_on = $3, step = $4, sequence = $5, changed_at = $6
         WHERE inspection_id = $7 AND key = $8 AND sequence < $5",
        day(step.span.from),
        day(step.span.to),
        step.done.map(day),
        serde_json::to_string(step)?,
        sequence,
        time(at),
        inspection.to_string(),
        &step.key
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes away all steps, so that those of another programme version can be written.
pub async fn clear(tx: &mut Tx, inspection: InspectionId) -> Result<()> {
    execute!(tx, "DELETE FROM plan_step WHERE inspection_id = $1", inspection.to_string()).map(|_| ())
}

/// A recorded move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Id.
    pub id: MoveId,
    /// Key of the step that was moved by hand.
    pub step: String,
    /// Its first day afterwards.
    pub from: Date,
    /// Its last day afterwards.
    pub to: Date,
    /// How many other steps moved with it.
    pub carried: u32,
    /// Why.
    pub reason: String,
    /// Who moved it, by name; empty when nobody in person.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Records a move.
pub async fn add_move(tx: &mut Tx, inspection: InspectionId, m: &Move, by: Option<PersonId>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO plan_move (id, inspection_id, step, from_on, to_on, carried, reason, moved_by, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        m.id.to_string(),
        inspection.to_string(),
        &m.step,
        day(m.from),
        day(m.to),
        i64::from(m.carried),
        &m.reason,
        by.map(|p| p.to_string()),
        time(m.at)
    )
    .map(|_| ())
}

row! { struct MoveRow {
    id: String, step: String, from_on: String, to_on: String, carried: i64, reason: String, name: Option<String>,
    moved_at: String,
} }

/// The moves of the inspection, newest first.
pub async fn moves(source: &mut impl Source, grant: &Grant) -> Result<Vec<Move>> {
    let rows = fetch_all!(
        source,
        MoveRow,
        "SELECT m.id, m.step, m.from_on, m.to_on, m.carried, m.reason, p.name, m.moved_at
         FROM plan_move m LEFT JOIN person p ON p.id = m.moved_by
         WHERE m.inspection_id = $1 ORDER BY m.moved_at DESC, m.id DESC",
        grant.inspection().to_string()
    )?;
    rows.into_iter()
        .map(|r| {
            let (t, id) = ("plan_move", &r.id);
            Ok(Move {
                id: read(t, "id", id, id)?,
                from: read(t, "from_on", id, &r.from_on)?,
                to: read(t, "to_on", id, &r.to_on)?,
                carried: u32::try_from(r.carried).unwrap_or(0),
                at: read(t, "moved_at", id, &r.moved_at)?,
                by: r.name.unwrap_or_default(),
                step: r.step,
                reason: r.reason,
            })
        })
        .collect()
}

/// Moves the due day of document requests that stood on the day of the step at which documents are due and are still
/// open; gives how many.
pub async fn move_requests_due(
    tx: &mut Tx,
    inspection: InspectionId,
    from: Date,
    to: Date,
    at: Timestamp,
) -> Result<u64> {
    execute!(
        tx,
        "UPDATE document_request SET due_on = $1, changed_at = $2, version = version + 1
         WHERE inspection_id = $3 AND due_on = $4 AND state IN ('asked', 'in_progress', 'sent_back')",
        day(to),
        time(at),
        inspection.to_string(),
        day(from)
    )
}

/// A recorded change to another version of the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionChange {
    /// Version before.
    pub from: String,
    /// Version after.
    pub to: String,
    /// Digest of the files of the version after.
    pub to_digest: String,
    /// What changed, as JSON of the domain's list.
    pub changes: String,
    /// Why.
    pub reason: String,
    /// Who changed it, by name; empty when nobody in person.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Records a change of the programme version.
pub async fn add_version_change(
    tx: &mut Tx,
    inspection: InspectionId,
    c: &VersionChange,
    by: Option<PersonId>,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO version_change (inspection_id, changed_at, from_version, to_version, to_digest, changes, reason,
           changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        inspection.to_string(),
        time(c.at),
        &c.from,
        &c.to,
        &c.to_digest,
        &c.changes,
        &c.reason,
        by.map(|p| p.to_string())
    )
    .map(|_| ())
}

row! { struct VersionChangeRow {
    inspection_id: String, changed_at: String, from_version: String, to_version: String, to_digest: String,
    changes: String, reason: String, name: Option<String>,
} }

/// The changes of the programme version, newest first.
pub async fn version_changes(source: &mut impl Source, grant: &Grant) -> Result<Vec<VersionChange>> {
    fetch_all!(
        source,
        VersionChangeRow,
        "SELECT c.inspection_id, c.changed_at, c.from_version, c.to_version, c.to_digest, c.changes, c.reason, p.name
         FROM version_change c LEFT JOIN person p ON p.id = c.changed_by
         WHERE c.inspection_id = $1 ORDER BY c.changed_at DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(VersionChange {
            at: read("version_change", "changed_at", &r.inspection_id, &r.changed_at)?,
            from: r.from_version,
            to: r.to_version,
            to_digest: r.to_digest,
            changes: r.changes,
            reason: r.reason,
            by: r.name.unwrap_or_default(),
        })
    })
    .collect()
}
