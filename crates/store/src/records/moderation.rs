//! What was settled where readings differ. Rows are only added; the newest version of each question holds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::records::moderating::Settled;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::rows::{json, read, time};
use crate::{Source, Tx};

/// One decision on one question of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The record.
    pub label: String,
    /// Name of the question.
    pub item: String,
    /// From 1; the greatest holds.
    pub version: i64,
    /// The answer that holds; null when the question holds none.
    pub answer: Value,
    /// Why.
    pub reason: String,
    /// Name of who settled it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

row! { struct DecisionRow {
    label: String, item: String, version: i64, answer: String, reason: String, name: Option<String>, settled_at: String,
} }

/// All decisions, the earlier versions among them, by label, question and version.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Decision>> {
    let t = "moderation";
    fetch_all!(
        source,
        DecisionRow,
        "SELECT m.label, m.item, m.version, m.answer, m.reason, p.name, m.settled_at
         FROM moderation m LEFT JOIN person p ON p.id = m.settled_by
         WHERE m.inspection_id = $1 ORDER BY m.label, m.item, m.version",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Decision {
            answer: json(t, "answer", &r.label, &r.answer)?,
            at: read(t, "settled_at", &r.label, &r.settled_at)?,
            label: r.label,
            item: r.item,
            version: r.version,
            reason: r.reason,
            by: r.name.unwrap_or_default(),
        })
    })
    .collect()
}

/// What holds, record by record.
pub fn settled(decisions: &[Decision]) -> BTreeMap<String, Settled> {
    let mut all: BTreeMap<String, Settled> = BTreeMap::new();
    // In the order of versions, so that the newest stays.
    for decision in decisions {
        all.entry(decision.label.clone()).or_default().insert(decision.item.clone(), decision.answer.clone());
    }
    all
}

/// Adds a decision after the version that was seen.
///
/// # Errors
/// [`Error::Stale`] when another was added in between.
pub async fn add(
    tx: &mut Tx,
    inspection: InspectionId,
    decision: &Decision,
    by: Option<PersonId>,
) -> Result<()> {
    let touched = execute!(
        tx,
        "INSERT INTO moderation (inspection_id, label, item, version, answer, reason, settled_by, settled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
        inspection.to_string(),
        &decision.label,
        &decision.item,
        decision.version,
        serde_json::to_string(&decision.answer)?,
        &decision.reason,
        by.map(|p| p.to_string()),
        time(decision.at)
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
