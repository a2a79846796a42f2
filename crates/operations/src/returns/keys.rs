//! The partnership's own keys to its records: kept as hashes under a key of the inspection, so that a record can be asked
//! for again and the team never learns which child it is.
//!
//! The key of an inspection lies sealed under the key of the installation. When it is destroyed, the hashes say nothing
//! to anybody, in a backup neither.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_domain::returns::{CheckedRow, fold_key};
use keyline_store::returns::{self, SubmissionState, list_submissions};
use keyline_store::{Source, Tx, records};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

fn place(inspection: InspectionId) -> String {
    format!("inspection_key/sealed/{inspection}")
}

async fn key_of(cx: &Cx, source: &mut impl Source, inspection: InspectionId) -> Result<Option<[u8; 32]>> {
    let Some(sealed) = returns::inspection_key(source, inspection).await? else { return Ok(None) };
    let key = cx.vault.open_value(&place(inspection), &sealed)?;
    key.try_into().map(Some).map_err(|_| Refused::fault(anyhow::anyhow!("the key of {inspection} is no key")))
}

async fn key_or_new(cx: &Cx, tx: &mut Tx, inspection: InspectionId) -> Result<[u8; 32]> {
    if let Some(key) = key_of(cx, tx, inspection).await? {
        return Ok(key);
    }
    let mut key = [0; 32];
    cx.random().fill(&mut key);
    let sealed = cx.vault.seal(&place(inspection), &key, cx.random())?;
    returns::add_inspection_key(tx, inspection, &sealed, cx.now()).await?;
    Ok(key)
}

fn hash(key: &[u8; 32], folded: &str) -> String {
    blake3::keyed_hash(key, folded.as_bytes()).to_hex().to_string()
}

/// The hash of each row that has a key, with its label.
pub(super) async fn hashed(cx: &Cx, work: &mut Work, rows: &[CheckedRow]) -> Result<Vec<(String, String)>> {
    if rows.iter().all(|row| row.key.is_none()) {
        return Ok(Vec::new());
    }
    let inspection = work.inspection_id();
    let key = key_or_new(cx, &mut work.tx, inspection).await?;
    Ok(rows.iter().filter_map(|row| Some((hash(&key, row.key.as_deref()?), row.label.clone()))).collect())
}

/// A key that the coordinator asks about.
#[derive(Debug, Clone)]
pub struct FindLabel {
    /// Where.
    pub inspection: InspectionId,
    /// The key as it was typed.
    pub key: String,
}

/// What a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLabel {
    /// The label that the team knows.
    pub label: String,
    /// Whether its record is read now; none before the sample is drawn.
    pub sampled: Option<bool>,
}

/// The label that belongs to a key of the newest return that was not sent back. Audit entry `return.key-asked` with the
/// label alone.
///
/// # Errors
/// [`Refused::Fields`] when nothing was typed, when no return has keys, or when none of them is this one.
pub async fn find_label(cx: &Cx, actor: &Actor, input: FindLabel) -> Result<FoundLabel> {
    let mut work = cx.work(actor, input.inspection, Action::FindLabel).await?;
    let folded = fold_key(&input.key);
    if folded.is_empty() {
        return Err(Refused::field("key", "returns-key-missing"));
    }
    let grant = work.grant.clone();
    let key = key_of(cx, &mut work.tx, input.inspection)
        .await?
        .ok_or_else(|| Refused::field("key", "returns-key-none-kept"))?;
    let submissions = list_submissions(&mut work.tx, &grant).await?;
    let held = |state| matches!(state, SubmissionState::Submitted | SubmissionState::Accepted);
    let newest = submissions.iter().find(|s| held(s.state));
    let newest = newest.ok_or_else(|| Refused::field("key", "returns-key-none-kept"))?;
    let label = returns::label_of(&mut work.tx, &grant, newest.id, &hash(&key, &folded))
        .await?
        .ok_or_else(|| Refused::field("key", "returns-key-unknown"))?;
    let sample = records::sample(&mut work.tx, &grant).await?;
    let sampled = sample.map(|(_, records)| records.iter().any(|r| r.in_use && r.label == label));
    work.record("return.key-asked", newest.id, json!({ "label": label })).await?;
    work.commit().await?;
    Ok(FoundLabel { label, sampled })
}
