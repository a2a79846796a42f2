//! Findings and the evidence under them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{EvidenceId, FindingId, InspectionId, PersonId};
use keyline_domain::judgement::findings::{Chosen, FindingKind, WrittenFinding};

use crate::error::{Error, Result};
use crate::evidence::{self, Withdrawn, withdrawn};
use crate::rows::{read, time};
use crate::{Source, Tx};

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Id.
    pub id: FindingId,
    /// What was written.
    pub written: WrittenFinding,
    /// Name of who wrote it first.
    pub written_by: String,
    /// When.
    pub written_at: Timestamp,
    /// Name of who saved it last.
    pub saved_by: String,
    /// When.
    pub saved_at: Timestamp,
    /// When and why it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// For two editors.
    pub version: i64,
}

row! { struct FindingRow {
    id: String, indicator: String, kind: String, body: String, single_kind_reason: Option<String>,
    written_by: String, written_at: String, saved_by: String, saved_at: String, withdrawn_at: Option<String>,
    withdrawn_by: Option<String>, withdrawn_reason: Option<String>, version: i64,
} }

row! { struct RestRow { finding_id: String, evidence_id: String } }

impl FindingRow {
    fn finding(self, evidence: BTreeSet<EvidenceId>) -> Result<Finding> {
        let t = "finding";
        let kind: FindingKind = read(t, "kind", &self.id, &self.kind)?;
        Ok(Finding {
            id: read(t, "id", &self.id, &self.id)?,
            written: WrittenFinding {
                indicator: self.indicator,
                kind,
                body: self.body,
                single_kind_reason: self.single_kind_reason.unwrap_or_default(),
                evidence,
            },
            written_at: read(t, "written_at", &self.id, &self.written_at)?,
            saved_at: read(t, "saved_at", &self.id, &self.saved_at)?,
            withdrawn: withdrawn(
                t,
                &self.id,
                self.withdrawn_at.as_deref(),
                self.withdrawn_by,
                self.withdrawn_reason,
            )?,
            written_by: self.written_by,
            saved_by: self.saved_by,
            version: self.version,
        })
    }
}

const COLUMNS: &str =
    "SELECT f.id, f.indicator, f.kind, f.body, f.single_kind_reason, w.name AS written_by, f.written_at,
    s.name AS saved_by, f.saved_at, f.withdrawn_at, d.name AS withdrawn_by, f.withdrawn_reason, f.version
  FROM finding f JOIN person w ON w.id = f.written_by JOIN person s ON s.id = f.saved_by
  LEFT JOIN person d ON d.id = f.withdrawn_by";

/// The findings that stand, by indicator and in the order in which they were written.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Finding>> {
    let id = grant.inspection().to_string();
    let rows = fetch_all!(
        source,
        FindingRow,
        sqlx::AssertSqlSafe(format!(
            "{COLUMNS} WHERE f.inspection_id = $1 AND f.withdrawn_at IS NULL ORDER BY f.indicator, f.id"
        )),
        &id
    )?;
    let rests = fetch_all!(
        source,
        RestRow,
        "SELECT x.finding_id, x.evidence_id FROM finding_evidence x JOIN finding f ON f.id = x.finding_id
         WHERE f.inspection_id = $1",
        &id
    )?;
    rows.into_iter()
        .map(|row| {
            let own = rests.iter().filter(|r| r.finding_id == row.id);
            let evidence = own
                .map(|r| read("finding_evidence", "evidence_id", &r.finding_id, &r.evidence_id))
                .collect::<Result<_>>()?;
            row.finding(evidence)
        })
        .collect()
}

/// One finding of the inspection that the grant opens.
pub async fn find(source: &mut impl Source, grant: &Grant, id: FindingId) -> Result<Option<Finding>> {
    let row = fetch_optional!(
        source,
        FindingRow,
        sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE f.inspection_id = $1 AND f.id = $2")),
        grant.inspection().to_string(),
        id.to_string()
    )?;
    let Some(row) = row else { return Ok(None) };
    let evidence = fetch_all!(
        source,
        RestRow,
        "SELECT finding_id, evidence_id FROM finding_evidence WHERE finding_id = $1",
        id.to_string()
    )?
    .iter()
    .map(|r| read("finding_evidence", "evidence_id", &r.finding_id, &r.evidence_id))
    .collect::<Result<_>>()?;
    row.finding(evidence).map(Some)
}

/// The rows of chosen evidence, as far as they are of the inspection that the grant opens.
pub async fn chosen(
    source: &mut impl Source,
    grant: &Grant,
    ids: &BTreeSet<EvidenceId>,
) -> Result<Vec<Chosen>> {
    let mut rows = Vec::new();
    for id in ids {
        if let Some(e) = evidence::find(source, grant, *id).await? {
            rows.push(Chosen {
                id: e.id,
                inspection: e.inspection,
                title: e.written.title,
                kind: e.written.kind,
                withdrawn: e.withdrawn.is_some(),
                tags: e.written.tags,
            });
        }
    }
    Ok(rows)
}

/// Adds a finding.
pub async fn add(
    tx: &mut Tx,
    inspection: InspectionId,
    id: FindingId,
    written: &WrittenFinding,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO finding (id, inspection_id, indicator, kind, body, single_kind_reason, written_by, written_at,
           saved_by, saved_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $8, 1)",
        id.to_string(),
        inspection.to_string(),
        &written.indicator,
        written.kind.word(),
        &written.body,
        single_kind_reason(written),
        by.to_string(),
        time(at)
    )?;
    rest_on(tx, id, &written.evidence).await
}

// NULL, not empty, says that no reason is stated: the counts of thin findings read it so.
fn single_kind_reason(written: &WrittenFinding) -> Option<&str> {
    (!written.single_kind_reason.is_empty()).then_some(written.single_kind_reason.as_str())
}

async fn rest_on(tx: &mut Tx, id: FindingId, evidence: &BTreeSet<EvidenceId>) -> Result<()> {
    for piece in evidence {
        execute!(
            tx,
            "INSERT INTO finding_evidence (finding_id, evidence_id) VALUES ($1, $2)",
            id.to_string(),
            piece.to_string()
        )?;
    }
    Ok(())
}

/// Saves a finding that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved or withdrew it in between.
pub async fn save(
    tx: &mut Tx,
    inspection: InspectionId,
    id: FindingId,
    version: i64,
    written: &WrittenFinding,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE finding SET indicator = $1, kind = $2, body = $3, single_kind_reason = $4, saved_by = $5,
           saved_at = $6, version = version + 1
         WHERE id = $7 AND inspection_id = $8 AND version = $9 AND withdrawn_at IS NULL",
        &written.indicator,
        written.kind.word(),
        &written.body,
        single_kind_reason(written),
        by.to_string(),
        time(at),
        id.to_string(),
        inspection.to_string(),
        version
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    execute!(tx, "DELETE FROM finding_evidence WHERE finding_id = $1", id.to_string())?;
    rest_on(tx, id, &written.evidence).await
}

/// Withdraws a finding that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved or withdrew it in between.
pub async fn withdraw(
    tx: &mut Tx,
    inspection: InspectionId,
    id: FindingId,
    version: i64,
    reason: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE finding SET withdrawn_by = $1, withdrawn_at = $2, withdrawn_reason = $3, version = version + 1
         WHERE id = $4 AND inspection_id = $5 AND version = $6 AND withdrawn_at IS NULL",
        by.to_string(),
        time(at),
        reason,
        id.to_string(),
        inspection.to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
