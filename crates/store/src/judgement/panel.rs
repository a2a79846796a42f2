//! What the panel decided. A decision stands: there is one for each indicator.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId};

use crate::error::Result;
use crate::rows::{read, time};
use crate::{Source, Tx};

/// A decision of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelDecision {
    /// The indicator.
    pub indicator: String,
    /// The agreed level before.
    pub from: i64,
    /// The level that stands.
    pub to: i64,
    /// Why; may be empty when it was confirmed.
    pub reason: String,
    /// Name of who recorded it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

row! { struct DecisionRow {
    indicator: String, from_level: i64, to_level: i64, reason: String, name: String, decided_at: String,
} }

/// The decisions in the inspection that the grant opens.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<PanelDecision>> {
    fetch_all!(
        source,
        DecisionRow,
        "SELECT d.indicator, d.from_level, d.to_level, d.reason, p.name, d.decided_at
         FROM panel_decision d JOIN person p ON p.id = d.decided_by WHERE d.inspection_id = $1 ORDER BY d.indicator",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(PanelDecision {
            at: read("panel_decision", "decided_at", &r.indicator, &r.decided_at)?,
            indicator: r.indicator,
            from: r.from_level,
            to: r.to_level,
            reason: r.reason,
            by: r.name,
        })
    })
    .collect()
}

/// What is written as a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided<'a> {
    /// The indicator.
    pub indicator: &'a str,
    /// The agreed level before.
    pub from: i64,
    /// The level that stands.
    pub to: i64,
    /// Why.
    pub reason: &'a str,
}

/// Records a decision.
///
/// # Errors
/// [`crate::Error::Exists`] when the panel has decided on the indicator already.
pub async fn decide(
    tx: &mut Tx,
    inspection: InspectionId,
    decision: Decided<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO panel_decision (inspection_id, indicator, from_level, to_level, reason, decided_by, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        inspection.to_string(),
        decision.indicator,
        decision.from,
        decision.to,
        decision.reason,
        by.to_string(),
        time(at)
    )
    .map(|_| ())
}
