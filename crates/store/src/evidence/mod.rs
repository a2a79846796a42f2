//! Evidence and its tags. Withdrawn evidence stays, with the reason: findings rest on it and the audit names it.

mod sources;

pub use sources::{EvidenceSource, source, sources};

use std::collections::BTreeMap;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::evidence::{Kind, Strength, Tags, Written};
use keyline_domain::ids::{EvidenceId, FindingId, InspectionId, PersonId};

use crate::error::{Error, Result};
use crate::rows::{day, read, read_optional, time};
use crate::{Source, Tx};

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Id.
    pub id: EvidenceId,
    /// Inspection it belongs to.
    pub inspection: InspectionId,
    /// What was written.
    pub written: Written,
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

/// That something no longer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When.
    pub at: Timestamp,
    /// Name of who withdrew it.
    pub by: String,
    /// Why.
    pub reason: String,
}

row! { struct EvidenceRow {
    id: String, inspection_id: String, kind: String, source: Option<String>, title: String, body: String,
    strength: String, describes_on: String, written_by: String, written_at: String, saved_by: String,
    saved_at: String, withdrawn_at: Option<String>, withdrawn_by: Option<String>, withdrawn_reason: Option<String>,
    version: i64,
} }

row! { struct TagRow { evidence_id: String, kind: String, tag: String } }

pub(crate) fn withdrawn(
    table: &'static str,
    id: &str,
    at: Option<&str>,
    by: Option<String>,
    reason: Option<String>,
) -> Result<Option<Withdrawn>> {
    Ok(read_optional(table, "withdrawn_at", id, at)?.map(|at| Withdrawn {
        at,
        by: by.unwrap_or_default(),
        reason: reason.unwrap_or_default(),
    }))
}

impl EvidenceRow {
    fn evidence(self, tags: Tags) -> Result<Evidence> {
        let t = "evidence";
        Ok(Evidence {
            id: read(t, "id", &self.id, &self.id)?,
            inspection: read(t, "inspection_id", &self.id, &self.inspection_id)?,
            written: Written {
                kind: read(t, "kind", &self.id, &self.kind)?,
                strength: read(t, "strength", &self.id, &self.strength)?,
                describes_on: read(t, "describes_on", &self.id, &self.describes_on)?,
                origin: read_optional(t, "source", &self.id, self.source.as_deref())?,
                title: self.title,
                body: self.body,
                tags,
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

fn gather(rows: Vec<TagRow>) -> Result<BTreeMap<String, Tags>> {
    let mut all: BTreeMap<String, Tags> = BTreeMap::new();
    for row in rows {
        let tags = all.entry(row.evidence_id.clone()).or_default();
        match row.kind.as_str() {
            "indicator" => tags.indicators.insert(row.tag),
            "line" => tags.lines.insert(row.tag),
            "right" => tags.rights.insert(row.tag),
            _ => {
                return Err(Error::Inconsistent {
                    table: "evidence_tag",
                    column: "kind",
                    id: row.evidence_id,
                    found: row.kind,
                });
            }
        };
    }
    Ok(all)
}

/// What a list is narrowed to. `None` does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Tagged to this indicator.
    pub indicator: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Of this strength.
    pub strength: Option<Strength>,
    /// Whether withdrawn evidence is listed too.
    pub withdrawn: bool,
}

const COLUMNS: &str = "SELECT e.id, e.inspection_id, e.kind, e.source, e.title, e.body, e.strength, e.describes_on,
    w.name AS written_by, e.written_at, s.name AS saved_by, e.saved_at, e.withdrawn_at, d.name AS withdrawn_by,
    e.withdrawn_reason, e.version
  FROM evidence e JOIN person w ON w.id = e.written_by JOIN person s ON s.id = e.saved_by
  LEFT JOIN person d ON d.id = e.withdrawn_by";

/// The evidence of an inspection, newest first.
pub async fn list(source: &mut impl Source, grant: &Grant, filter: &Filter) -> Result<Vec<Evidence>> {
    let id = grant.inspection().to_string();
    let (indicator, kind) = (filter.indicator.as_deref().unwrap_or(""), filter.kind.map_or("", Kind::word));
    let strength = filter.strength.map_or("", Strength::word);
    let rows = fetch_all!(
        source,
        EvidenceRow,
        sqlx::AssertSqlSafe(format!(
            "{COLUMNS}
             WHERE e.inspection_id = $1 AND ($2 OR e.withdrawn_at IS NULL) AND ($3 = '' OR e.kind = $3)
               AND ($4 = '' OR e.strength = $4)
               AND ($5 = '' OR EXISTS (SELECT 1 FROM evidence_tag t
                 WHERE t.evidence_id = e.id AND t.kind = 'indicator' AND t.tag = $5))
             ORDER BY e.id DESC"
        )),
        &id,
        filter.withdrawn,
        kind,
        strength,
        indicator
    )?;
    let tags = fetch_all!(
        source,
        TagRow,
        "SELECT t.evidence_id, t.kind, t.tag FROM evidence_tag t JOIN evidence e ON e.id = t.evidence_id
         WHERE e.inspection_id = $1",
        &id
    )?;
    let mut tags = gather(tags)?;
    rows.into_iter()
        .map(|row| {
            let own = tags.remove(&row.id).unwrap_or_default();
            row.evidence(own)
        })
        .collect()
}

/// One piece of evidence of the inspection that the grant opens.
pub async fn find(source: &mut impl Source, grant: &Grant, id: EvidenceId) -> Result<Option<Evidence>> {
    let row = fetch_optional!(
        source,
        EvidenceRow,
        sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE e.inspection_id = $1 AND e.id = $2")),
        grant.inspection().to_string(),
        id.to_string()
    )?;
    let Some(row) = row else { return Ok(None) };
    let tags = fetch_all!(
        source,
        TagRow,
        "SELECT evidence_id, kind, tag FROM evidence_tag WHERE evidence_id = $1",
        id.to_string()
    )?;
    let tags = gather(tags)?.remove(&row.id).unwrap_or_default();
    row.evidence(tags).map(Some)
}

/// How often each kind and strength stands under an indicator, of evidence that still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The indicator.
    pub indicator: String,
    /// Kind.
    pub kind: Kind,
    /// Strength.
    pub strength: Strength,
    /// How many pieces.
    pub pieces: u32,
}

row! { struct WeightRow { indicator: String, kind: String, strength: String, pieces: i64 } }

/// Counts the evidence by indicator, kind and strength.
pub async fn weights(source: &mut impl Source, grant: &Grant) -> Result<Vec<Weight>> {
    fetch_all!(
        source,
        WeightRow,
        "SELECT t.tag AS indicator, e.kind, e.strength, COUNT(*) AS pieces
         FROM evidence e JOIN evidence_tag t ON t.evidence_id = e.id AND t.kind = 'indicator'
         WHERE e.inspection_id = $1 AND e.withdrawn_at IS NULL
         GROUP BY t.tag, e.kind, e.strength ORDER BY t.tag, e.kind, e.strength",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Weight {
            kind: read("evidence", "kind", &r.indicator, &r.kind)?,
            strength: read("evidence", "strength", &r.indicator, &r.strength)?,
            indicator: r.indicator,
            pieces: u32::try_from(r.pieces).unwrap_or(u32::MAX),
        })
    })
    .collect()
}

/// Adds a piece of evidence with its tags.
pub async fn add(
    tx: &mut Tx,
    inspection: InspectionId,
    id: EvidenceId,
    written: &Written,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO evidence (id, inspection_id, kind, source, title, body, strength, describes_on, written_by,
           written_at, saved_by, saved_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10, 1)",
        id.to_string(),
        inspection.to_string(),
        written.kind.word(),
        written.origin.map(|o| o.to_string()),
        &written.title,
        &written.body,
        written.strength.word(),
        day(written.describes_on),
        by.to_string(),
        time(at)
    )?;
    tag(tx, id, &written.tags).await
}

async fn tag(tx: &mut Tx, id: EvidenceId, tags: &Tags) -> Result<()> {
    for (kind, tags) in [("indicator", &tags.indicators), ("line", &tags.lines), ("right", &tags.rights)] {
        for tag in tags {
            execute!(
                tx,
                "INSERT INTO evidence_tag (evidence_id, kind, tag) VALUES ($1, $2, $3)",
                id.to_string(),
                kind,
                tag
            )?;
        }
    }
    Ok(())
}

/// Saves a piece of evidence that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved or withdrew it in between.
pub async fn save(
    tx: &mut Tx,
    inspection: InspectionId,
    id: EvidenceId,
    version: i64,
    written: &Written,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE evidence SET kind = $1, source = $2, title = $3, body = $4, strength = $5, describes_on = $6,
           saved_by = $7, saved_at = $8, version = version + 1
         WHERE id = $9 AND inspection_id = $10 AND version = $11 AND withdrawn_at IS NULL",
        written.kind.word(),
        written.origin.map(|o| o.to_string()),
        &written.title,
        &written.body,
        written.strength.word(),
        day(written.describes_on),
        by.to_string(),
        time(at),
        id.to_string(),
        inspection.to_string(),
        version
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    execute!(tx, "DELETE FROM evidence_tag WHERE evidence_id = $1", id.to_string())?;
    tag(tx, id, &written.tags).await
}

/// Withdraws a piece of evidence that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved or withdrew it in between.
pub async fn withdraw(
    tx: &mut Tx,
    inspection: InspectionId,
    id: EvidenceId,
    version: i64,
    reason: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE evidence SET withdrawn_by = $1, withdrawn_at = $2, withdrawn_reason = $3, version = version + 1
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

/// A finding that rests on a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestingFinding {
    /// The finding.
    pub finding: FindingId,
    /// Its indicator.
    pub indicator: String,
    /// Its text.
    pub body: String,
}

row! { struct RestingRow { id: String, indicator: String, body: String } }

/// The findings that stand and rest on a piece of evidence.
pub async fn findings_on(
    source: &mut impl Source,
    grant: &Grant,
    id: EvidenceId,
) -> Result<Vec<RestingFinding>> {
    fetch_all!(
        source,
        RestingRow,
        "SELECT f.id, f.indicator, f.body FROM finding f JOIN finding_evidence x ON x.finding_id = f.id
         WHERE f.inspection_id = $1 AND x.evidence_id = $2 AND f.withdrawn_at IS NULL ORDER BY f.indicator, f.id",
        grant.inspection().to_string(),
        id.to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(RestingFinding {
            finding: read("finding", "id", &r.id, &r.id)?,
            indicator: r.indicator,
            body: r.body,
        })
    })
    .collect()
}
