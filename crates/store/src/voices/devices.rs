//! Devices that fill forms in away from the network, and what they sent.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DeviceId, InspectionId, PersonId};

use crate::error::Result;
use crate::rows::{day, read, time};
use crate::{Source, Tx};

/// A device of a person, in one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Id.
    pub id: DeviceId,
    /// What its owner calls it.
    pub name: String,
    /// When its password was made.
    pub made_at: Timestamp,
}

/// Adds a device with the keyed hash of its password.
pub async fn add(tx: &mut Tx, grant: &Grant, person: PersonId, device: &Device, hash: &str) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO device_password (id, inspection_id, person_id, name, hash, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        device.id.to_string(),
        grant.inspection().to_string(),
        person.to_string(),
        &device.name,
        hash,
        time(device.made_at)
    )
    .map(|_| ())
}

/// The devices of a person in the grant's inspection that may send, oldest first.
pub async fn list(source: &mut impl Source, grant: &Grant, person: PersonId) -> Result<Vec<Device>> {
    let t = "device_password";
    fetch_all!(
        source,
        (String, String, String),
        "SELECT id, name, made_at FROM device_password
         WHERE inspection_id = $1 AND person_id = $2 AND ended_at IS NULL ORDER BY id",
        grant.inspection().to_string(),
        person.to_string()
    )?
    .into_iter()
    .map(|(id, name, made_at)| {
        Ok(Device { id: read(t, "id", &id, &id)?, made_at: read(t, "made_at", &id, &made_at)?, name })
    })
    .collect()
}

/// Ends a device of a person; says whether there was one.
pub async fn end(
    tx: &mut Tx,
    grant: &Grant,
    person: PersonId,
    device: DeviceId,
    now: Timestamp,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE device_password SET ended_at = $1
         WHERE id = $2 AND inspection_id = $3 AND person_id = $4 AND ended_at IS NULL",
        time(now),
        device.to_string(),
        grant.inspection().to_string(),
        person.to_string()
    )?;
    Ok(touched > 0)
}

/// Whether a person has a device in an inspection whose password has this hash. Before any grant: it tells who asks for
/// one.
pub async fn is_password(
    source: &mut impl Source,
    inspection: InspectionId,
    person: PersonId,
    hash: &str,
) -> Result<bool> {
    let (count,) = fetch_one!(
        source,
        (i64,),
        "SELECT COUNT(*) FROM device_password
         WHERE inspection_id = $1 AND person_id = $2 AND hash = $3 AND ended_at IS NULL",
        inspection.to_string(),
        person.to_string(),
        hash
    )?;
    Ok(count > 0)
}

/// The notes of a conversation as a device sent them.
#[derive(Clone, PartialEq, Eq)]
pub struct Notes {
    /// Who sent them.
    pub person: PersonId,
    /// The day on which they came.
    pub day: Date,
    /// The form that they answer.
    pub form_digest: String,
    /// The answers, sealed.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for Notes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Notes(…)")
    }
}

/// A submission that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Keyed hash of its own id.
    pub instance_hash: String,
    /// Keyed hash of its bytes.
    pub digest: String,
    /// What is kept of a conversation guide; nothing of an answer to a survey.
    pub notes: Option<Notes>,
}

/// The hash of the bytes that came under an id before; none when nothing did.
pub async fn digest_of(
    source: &mut impl Source,
    grant: &Grant,
    instance_hash: &str,
) -> Result<Option<String>> {
    Ok(fetch_optional!(
        source,
        (String,),
        "SELECT digest FROM device_submission WHERE inspection_id = $1 AND instance_hash = $2",
        grant.inspection().to_string(),
        instance_hash
    )?
    .map(|(digest,)| digest))
}

/// Notes that a submission was taken.
///
/// # Errors
/// [`crate::Error::Exists`] when one with its id was taken before.
pub async fn take(tx: &mut Tx, grant: &Grant, submission: &Submission) -> Result<()> {
    let notes = submission.notes.as_ref();
    execute!(
        tx,
        "INSERT INTO device_submission (inspection_id, instance_hash, digest, person_id, day, form_digest, sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        grant.inspection().to_string(),
        &submission.instance_hash,
        &submission.digest,
        notes.map(|n| n.person.to_string()),
        notes.map(|n| day(n.day)),
        notes.map(|n| n.form_digest.as_str()),
        notes.map(|n| n.sealed.as_slice())
    )
    .map(|_| ())
}

/// The notes that a person's devices sent and that are still kept, by their keys, newest day first.
pub async fn notes_of(
    source: &mut impl Source,
    grant: &Grant,
    person: PersonId,
) -> Result<Vec<(String, Notes)>> {
    fetch_all!(
        source,
        (String, String, String, Vec<u8>),
        "SELECT instance_hash, day, form_digest, sealed FROM device_submission
         WHERE inspection_id = $1 AND person_id = $2 AND sealed IS NOT NULL ORDER BY day DESC, instance_hash",
        grant.inspection().to_string(),
        person.to_string()
    )?
    .into_iter()
    .map(|(instance, on, form_digest, sealed)| {
        let day = read("device_submission", "day", &instance, &on)?;
        Ok((instance, Notes { person, day, form_digest, sealed }))
    })
    .collect()
}

/// Takes the notes of a submission away; that it was taken stays. Says whether there were any of that person.
pub async fn remove_notes(tx: &mut Tx, grant: &Grant, person: PersonId, instance_hash: &str) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE device_submission SET sealed = NULL
         WHERE inspection_id = $1 AND person_id = $2 AND instance_hash = $3 AND sealed IS NOT NULL",
        grant.inspection().to_string(),
        person.to_string(),
        instance_hash
    )?;
    Ok(touched > 0)
}

/// Writes the submissions of answers once more that stand in one transaction with an answer or its texts, in the order of
/// their hashes. Only PostgreSQL keeps numbers of transactions and the order of writing; what came while this runs is
/// done the next time. Not in one transaction with [`super::answers::settle`], which would tie them anew.
pub async fn settle(tx: &mut Tx) -> Result<u64> {
    if matches!(tx.link(), crate::Link::Sqlite(_)) {
        return Ok(0);
    }
    execute!(
        tx,
        "WITH taken AS (
           DELETE FROM device_submission d WHERE d.person_id IS NULL AND (
             EXISTS (SELECT 1 FROM survey_answer a WHERE a.xmin = d.xmin)
             OR EXISTS (SELECT 1 FROM survey_text t WHERE t.xmin = d.xmin)) RETURNING d.*)
         INSERT INTO device_submission SELECT * FROM taken ORDER BY inspection_id, instance_hash"
    )
}
