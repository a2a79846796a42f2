//! The audit trail's rows.

use jiff::Timestamp;
use keyline_domain::access::{Actor, Grant};
use keyline_domain::audit::{Broken, Entry, Walk, hash};
use keyline_domain::clock::to_micros;
use keyline_domain::ids::InspectionId;

use crate::error::Result;
use crate::rows::{read, time};
use crate::{Source, Tx};

row! { struct EntryRow {
    sequence: i64, at: String, inspection_id: Option<String>, actor: String, person_id: Option<String>,
    action: String, subject: String, detail: String, hash: String,
} }

impl EntryRow {
    fn entry(self) -> Result<(Entry, String)> {
        let id = self.sequence.to_string();
        Ok((
            Entry {
                sequence: self.sequence,
                at: read("audit_entry", "at", &id, &self.at)?,
                inspection: self.inspection_id,
                actor: self.actor,
                person: self.person_id,
                action: self.action,
                subject: self.subject,
                detail: self.detail,
            },
            self.hash,
        ))
    }
}

/// Adds an entry to the chain. Takes the head's row first, so entries follow one another.
pub async fn add(
    tx: &mut Tx,
    at: Timestamp,
    inspection: Option<InspectionId>,
    actor: &Actor,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
) -> Result<()> {
    let (before, previous): (i64, String) = fetch_one!(
        tx,
        (i64, String),
        "UPDATE audit_head SET sequence = sequence + 1 WHERE one = 1 RETURNING sequence - 1, hash"
    )?;
    let entry = Entry {
        sequence: before + 1,
        at: to_micros(at),
        inspection: inspection.map(|i| i.to_string()),
        actor: actor.word().to_owned(),
        person: actor.person().map(|p| p.id.to_string()),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_string(),
    };
    let hash = hash(&previous, &entry);
    execute!(
        tx,
        "INSERT INTO audit_entry (sequence, at, inspection_id, actor, person_id, action, subject, detail, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        entry.sequence,
        time(entry.at),
        entry.inspection.as_deref(),
        &entry.actor,
        entry.person.as_deref(),
        &entry.action,
        &entry.subject,
        &entry.detail,
        &hash,
    )?;
    execute!(tx, "UPDATE audit_head SET hash = $1 WHERE one = 1", &hash)?;
    Ok(())
}

/// Walks the whole chain; gives the number of entries, or the first break.
pub async fn verify(source: &mut impl Source) -> Result<std::result::Result<i64, Broken>> {
    let mut walk = Walk::default();
    let mut after = 0_i64;
    loop {
        let rows = fetch_all!(
            source,
            EntryRow,
            "SELECT sequence, at, inspection_id, actor, person_id, action, subject, detail, hash
             FROM audit_entry WHERE sequence > $1 ORDER BY sequence LIMIT 1000",
            after
        )?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let (entry, written) = row.entry()?;
            after = entry.sequence;
            if let Err(broken) = walk.step(&entry, &written) {
                return Ok(Err(broken));
            }
        }
    }
    let (sequence, head) =
        fetch_one!(source, (i64, String), "SELECT sequence, hash FROM audit_head WHERE one = 1")?;
    Ok(walk.finish(sequence, &head))
}

/// The entries about something that belongs to no inspection, newest first.
pub async fn of_subject(source: &mut impl Source, subject: &str) -> Result<Vec<Entry>> {
    fetch_all!(
        source,
        EntryRow,
        "SELECT sequence, at, inspection_id, actor, person_id, action, subject, detail, hash
         FROM audit_entry WHERE inspection_id IS NULL AND subject = $1 ORDER BY sequence DESC",
        subject
    )?
    .into_iter()
    .map(|row| row.entry().map(|(entry, _)| entry))
    .collect()
}

/// The entries of one inspection, newest first, with the name of the person.
pub async fn list(
    source: &mut impl Source,
    grant: &Grant,
    before: i64,
    limit: i64,
) -> Result<Vec<(Entry, Option<String>)>> {
    let rows = fetch_all!(
        source,
        EntryRow,
        "SELECT sequence, at, inspection_id, actor, person_id, action, subject, detail, hash
         FROM audit_entry WHERE inspection_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3",
        grant.inspection().to_string(),
        before,
        limit
    )?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let (entry, _) = row.entry()?;
        let name = match &entry.person {
            Some(id) => fetch_optional!(source, (String,), "SELECT name FROM person WHERE id = $1", id)?,
            None => None,
        };
        entries.push((entry, name.map(|(n,)| n)));
    }
    Ok(entries)
}
