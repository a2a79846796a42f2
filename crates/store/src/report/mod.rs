//! The report: where it stands and its sections. Editions, points of factual accuracy, what the report is made of,
//! and what the public sees have files of their own.

pub mod accuracy;
pub mod editions;
pub mod made_of;
pub mod public;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::inspections::way::ReportState;

use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time, word};
use crate::{Source, Tx};

/// Where the report of an inspection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// State.
    pub state: ReportState,
    /// When the partnership closed its round of factual accuracy.
    pub accuracy_closed_at: Option<Timestamp>,
    /// The set minute.
    pub publish_at: Option<Timestamp>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// For two editors; 0 while there is no row.
    pub version: i64,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            state: ReportState::Writing,
            accuracy_closed_at: None,
            publish_at: None,
            published_at: None,
            version: 0,
        }
    }
}

row! { struct ReportRow {
    state: String, accuracy_closed_at: Option<String>, publish_at: Option<String>, published_at: Option<String>,
    version: i64,
} }

/// Where the report stands; the default before anything was done about it.
pub async fn get(source: &mut impl Source, grant: &Grant) -> Result<Report> {
    let id = grant.inspection().to_string();
    let row = fetch_optional!(
        source,
        ReportRow,
        "SELECT state, accuracy_closed_at, publish_at, published_at, version FROM report WHERE inspection_id = $1",
        &id
    )?;
    let Some(row) = row else { return Ok(Report::default()) };
    Ok(Report {
        state: word("report", "state", &id, &row.state)?,
        accuracy_closed_at: read_optional(
            "report",
            "accuracy_closed_at",
            &id,
            row.accuracy_closed_at.as_deref(),
        )?,
        publish_at: read_optional("report", "publish_at", &id, row.publish_at.as_deref())?,
        published_at: read_optional("report", "published_at", &id, row.published_at.as_deref())?,
        version: row.version,
    })
}

fn state_word(state: ReportState) -> &'static str {
    match state {
        ReportState::Writing => "writing",
        ReportState::WithPartnership => "with_partnership",
        ReportState::Embargoed => "embargoed",
        ReportState::Scheduled => "scheduled",
        ReportState::Published => "published",
    }
}

/// Saves where the report stands, read at `report.version`. `closed_by` is who closed the round of factual accuracy;
/// `None` leaves it as it is.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(
    tx: &mut Tx,
    inspection: InspectionId,
    report: &Report,
    closed_by: Option<PersonId>,
) -> Result<()> {
    let touched = execute!(
        tx,
        "INSERT INTO report (inspection_id, state, accuracy_closed_at, accuracy_closed_by, publish_at, published_at,
           version)
         VALUES ($1, $2, $3, $4, $5, $6, 1)
         ON CONFLICT (inspection_id) DO UPDATE SET state = excluded.state,
           accuracy_closed_at = excluded.accuracy_closed_at,
           accuracy_closed_by = COALESCE(excluded.accuracy_closed_by, report.accuracy_closed_by),
           publish_at = excluded.publish_at, published_at = excluded.published_at, version = report.version + 1
         WHERE report.version = $7",
        inspection.to_string(),
        state_word(report.state),
        report.accuracy_closed_at.map(time),
        closed_by.map(|p| p.to_string()),
        report.publish_at.map(time),
        report.published_at.map(time),
        report.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A section as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSection {
    /// Key of the programme's report template.
    pub key: String,
    /// The text.
    pub body: String,
    /// Name of who saved it.
    pub saved_by: String,
    /// When.
    pub saved_at: Timestamp,
    /// For two editors.
    pub version: i64,
}

row! { struct SectionRow { key: String, body: String, saved_by: String, saved_at: String, version: i64 } }

/// The written sections.
pub async fn sections(source: &mut impl Source, grant: &Grant) -> Result<Vec<WrittenSection>> {
    fetch_all!(
        source,
        SectionRow,
        "SELECT s.key, s.body, p.name AS saved_by, s.saved_at, s.version
         FROM report_section s JOIN person p ON p.id = s.saved_by WHERE s.inspection_id = $1 ORDER BY s.key",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(WrittenSection {
            saved_at: read("report_section", "saved_at", &r.key, &r.saved_at)?,
            key: r.key,
            body: r.body,
            saved_by: r.saved_by,
            version: r.version,
        })
    })
    .collect()
}

/// A text to be saved in a section, as it was read at `version` (0: there was none).
#[derive(Debug, Clone, Copy)]
pub struct SectionText<'a> {
    /// Key of the section.
    pub key: &'a str,
    /// The text.
    pub body: &'a str,
    /// The version that was read.
    pub version: i64,
}

/// Saves a section.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save_section(
    tx: &mut Tx,
    inspection: InspectionId,
    section: SectionText<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = if section.version == 0 {
        execute!(
            tx,
            "INSERT INTO report_section (inspection_id, key, body, saved_by, saved_at, version)
             VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (inspection_id, key) DO NOTHING",
            inspection.to_string(),
            section.key,
            section.body,
            by.to_string(),
            time(at)
        )?
    } else {
        execute!(
            tx,
            "UPDATE report_section SET body = $1, saved_by = $2, saved_at = $3, version = version + 1
             WHERE inspection_id = $4 AND key = $5 AND version = $6",
            section.body,
            by.to_string(),
            time(at),
            inspection.to_string(),
            section.key,
            section.version
        )?
    };
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
