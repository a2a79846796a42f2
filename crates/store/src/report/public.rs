//! What everybody sees. Nothing here takes a grant, so each statement asks for what is public by itself: the state
//! `published`, or a notification that has been sent. Nothing reads the set minute.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::ids::InspectionId;

use super::editions::Edition;
use super::made_of::level;
use crate::Source;
use crate::error::Result;
use crate::rows::{json, read, read_optional};

/// A published report, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedReport {
    /// The inspection.
    pub inspection: InspectionId,
    /// Its reference, the last part of the address.
    pub reference: String,
    /// Id of the programme.
    pub programme: String,
    /// The pinned version.
    pub programme_version: String,
    /// Key of the council area.
    pub area: String,
    /// Day of the notification.
    pub notified_on: Option<Date>,
    /// When it was published.
    pub published_at: Timestamp,
    /// Number of each evaluated indicator and of its level.
    pub grades: Vec<(String, u8)>,
}

row! { struct PublishedRow {
    id: String, reference: String, programme: String, programme_version: String, area: String,
    notified_on: Option<String>, published_at: String,
} }

row! { struct GradeRow { inspection_id: String, indicator: String, to_level: i64 } }

/// The published reports, newest first.
pub async fn list(source: &mut impl Source) -> Result<Vec<PublishedReport>> {
    let rows = fetch_all!(
        source,
        PublishedRow,
        "SELECT i.id, i.reference, i.programme, i.programme_version, i.area, i.notified_on, r.published_at
         FROM report r JOIN inspection i ON i.id = r.inspection_id
         WHERE r.state = 'published' AND r.published_at IS NOT NULL ORDER BY r.published_at DESC, i.id"
    )?;
    let grades = fetch_all!(
        source,
        GradeRow,
        "SELECT d.inspection_id, d.indicator, d.to_level FROM panel_decision d
         JOIN report r ON r.inspection_id = d.inspection_id WHERE r.state = 'published'
         ORDER BY d.inspection_id, d.indicator"
    )?;
    rows.into_iter().map(|row| published(row, &grades)).collect()
}

fn published(row: PublishedRow, grades: &[GradeRow]) -> Result<PublishedReport> {
    Ok(PublishedReport {
        inspection: read("inspection", "id", &row.id, &row.id)?,
        notified_on: read_optional("inspection", "notified_on", &row.id, row.notified_on.as_deref())?,
        published_at: read("report", "published_at", &row.id, &row.published_at)?,
        grades: grades
            .iter()
            .filter(|g| g.inspection_id == row.id)
            .map(|g| Ok((g.indicator.clone(), level(&row.id, g.to_level)?)))
            .collect::<Result<_>>()?,
        reference: row.reference,
        programme: row.programme,
        programme_version: row.programme_version,
        area: row.area,
    })
}

/// The published report with this reference; `None` as long as it is not published, whatever is scheduled.
pub async fn find(source: &mut impl Source, reference: &str) -> Result<Option<PublishedReport>> {
    let row = fetch_optional!(
        source,
        PublishedRow,
        "SELECT i.id, i.reference, i.programme, i.programme_version, i.area, i.notified_on, r.published_at
         FROM report r JOIN inspection i ON i.id = r.inspection_id
         WHERE i.reference = $1 AND r.state = 'published' AND r.published_at IS NOT NULL",
        reference
    )?;
    let Some(row) = row else { return Ok(None) };
    let grades = fetch_all!(
        source,
        GradeRow,
        "SELECT inspection_id, indicator, to_level FROM panel_decision WHERE inspection_id = $1 ORDER BY indicator",
        &row.id
    )?;
    published(row, &grades).map(Some)
}

row! { struct EditionRow { id: String, document: String, pdf_digest: Option<String>, made_at: String } }

/// The published edition of a report.
pub async fn edition(source: &mut impl Source, inspection: InspectionId) -> Result<Option<Edition>> {
    let row = fetch_optional!(
        source,
        EditionRow,
        "SELECT e.id, e.document, e.pdf_digest, e.made_at FROM report_edition e
         JOIN report r ON r.inspection_id = e.inspection_id
         WHERE e.inspection_id = $1 AND e.kind = 'published' AND r.state = 'published'
         ORDER BY e.made_at DESC, e.id DESC LIMIT 1",
        inspection.to_string()
    )?;
    let t = "report_edition";
    row.map(|r| {
        Ok(Edition {
            id: read(t, "id", &r.id, &r.id)?,
            document: json(t, "document", &r.id, &r.document)?,
            made_at: read(t, "made_at", &r.id, &r.made_at)?,
            pdf_digest: r.pdf_digest,
        })
    })
    .transpose()
}

/// An inspection that the public knows of: its notification has been sent and its report is not out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Id of the programme.
    pub programme: String,
    /// The pinned version.
    pub programme_version: String,
    /// Key of the council area.
    pub area: String,
    /// Day of the notification.
    pub notified_on: Date,
}

row! { struct UnderWayRow { id: String, programme: String, programme_version: String, area: String, notified_on: String } }

/// The areas being inspected now, by the day of their notification.
pub async fn under_way(source: &mut impl Source) -> Result<Vec<UnderWay>> {
    fetch_all!(
        source,
        UnderWayRow,
        "SELECT i.id, i.programme, i.programme_version, i.area, i.notified_on FROM inspection i
         WHERE i.notified_on IS NOT NULL AND i.closed_on IS NULL
           AND NOT EXISTS (SELECT 1 FROM report r WHERE r.inspection_id = i.id AND r.state = 'published')
         ORDER BY i.notified_on DESC, i.id"
    )?
    .into_iter()
    .map(|r| {
        Ok(UnderWay {
            notified_on: read("inspection", "notified_on", &r.id, &r.notified_on)?,
            programme: r.programme,
            programme_version: r.programme_version,
            area: r.area,
        })
    })
    .collect()
}
