//! The sealed key of an inspection, and the keyed hashes of the partnership's own keys to its records.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, SubmissionId};

use crate::error::Result;
use crate::rows::time;
use crate::{Source, Tx};

row! { struct SealedRow { sealed: Vec<u8> } }

/// The sealed key of an inspection; none before one was made, and after it was destroyed.
pub async fn inspection_key(source: &mut impl Source, inspection: InspectionId) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(
        source,
        SealedRow,
        "SELECT sealed FROM inspection_key WHERE inspection_id = $1",
        inspection.to_string()
    )?;
    Ok(row.map(|row| row.sealed))
}

/// Keeps the sealed key of an inspection.
///
/// # Errors
/// [`crate::Error::Exists`] when it has one.
pub async fn add_inspection_key(
    tx: &mut Tx,
    inspection: InspectionId,
    sealed: &[u8],
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO inspection_key (inspection_id, sealed, made_at) VALUES ($1, $2, $3)",
        inspection.to_string(),
        sealed,
        time(at)
    )
    .map(|_| ())
}

/// Adds hashes with their labels.
pub async fn add_keys(tx: &mut Tx, submission: SubmissionId, keys: &[(String, String)]) -> Result<()> {
    for (hash, label) in keys {
        execute!(
            tx,
            "INSERT INTO cohort_key (submission_id, key_hash, label) VALUES ($1, $2, $3)",
            submission.to_string(),
            hash,
            label
        )?;
    }
    Ok(())
}

row! { struct LabelRow { label: String } }

/// The label that belongs to a hash in a submission of the inspection that the grant opens.
pub async fn label_of(
    source: &mut impl Source,
    grant: &Grant,
    submission: SubmissionId,
    hash: &str,
) -> Result<Option<String>> {
    let row = fetch_optional!(
        source,
        LabelRow,
        "SELECT k.label FROM cohort_key k JOIN return_submission s ON s.id = k.submission_id
         WHERE s.id = $1 AND s.inspection_id = $2 AND k.key_hash = $3",
        submission.to_string(),
        grant.inspection().to_string(),
        hash
    )?;
    Ok(row.map(|row| row.label))
}
