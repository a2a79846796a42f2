//! What evidence can be traced back to: surveys, sessions, documents, returns, the sample of records.

use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::evidence::Origin;

use crate::Source;
use crate::error::Result;
use crate::rows::{read, read_optional};

/// One thing that evidence can come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceSource {
    /// What it is.
    pub origin: Origin,
    /// Its name: the instrument's key of a survey, the kind's key of a session, a file name; empty for the sample.
    pub name: String,
    /// Day of a session.
    pub on: Option<Date>,
    /// Whether a young inspection volunteer wrote it, in their own voice.
    pub own_voice: bool,
}

row! { struct SourceRow { id: String, name: String, held_on: Option<String>, own_voice: bool } }

const SOURCES: &str = "SELECT id, name, held_on,
    EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = $1 AND m.person_id = all_sources.writer
      AND m.role = 'young-inspection-volunteer') AS own_voice
  FROM (
    SELECT id, form_key AS name, NULL AS held_on, NULL AS writer, 1 AS place FROM survey WHERE inspection_id = $1
    UNION ALL SELECT id, kind, held_on, written_by, 2 FROM engagement WHERE inspection_id = $1
    UNION ALL SELECT id, name, NULL, NULL, 3 FROM document WHERE inspection_id = $1 AND withdrawn_at IS NULL
    UNION ALL SELECT id, file_name, NULL, NULL, 4 FROM return_submission WHERE inspection_id = $1 AND state <> 'refused'
    UNION ALL SELECT id, '', NULL, NULL, 5 FROM sample WHERE inspection_id = $1
  ) all_sources";

impl SourceRow {
    fn source(self) -> Result<EvidenceSource> {
        Ok(EvidenceSource {
            origin: read("source", "id", &self.id, &self.id)?,
            on: read_optional("engagement", "held_on", &self.id, self.held_on.as_deref())?,
            name: self.name,
            own_voice: self.own_voice,
        })
    }
}

/// Everything that evidence of the inspection can come from, by kind and then newest first.
pub async fn sources(source: &mut impl Source, grant: &Grant) -> Result<Vec<EvidenceSource>> {
    fetch_all!(
        source,
        SourceRow,
        sqlx::AssertSqlSafe(format!("{SOURCES} ORDER BY place, id DESC")),
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(SourceRow::source)
    .collect()
}

/// One of them; none when it is not of this inspection.
pub async fn source(from: &mut impl Source, grant: &Grant, origin: Origin) -> Result<Option<EvidenceSource>> {
    fetch_optional!(
        from,
        SourceRow,
        sqlx::AssertSqlSafe(format!("{SOURCES} WHERE id = $2")),
        grant.inspection().to_string(),
        origin.to_string()
    )?
    .map(SourceRow::source)
    .transpose()
}
