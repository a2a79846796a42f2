//! The position statement with all its versions.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DocumentId, InspectionId, PersonId};
use keyline_domain::returns::statement::{Answers, StatementState};

use super::documents::{Document, DocumentRow};
use crate::error::{Error, Result};
use crate::rows::{json, read, read_optional, time, word};
use crate::{Source, Tx};

/// The position statement as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The answers.
    pub answers: Answers,
    /// The document, when it was uploaded instead of written.
    pub document: Option<DocumentId>,
    /// Where it stands.
    pub state: StatementState,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: Option<PersonId>,
    /// For two editors.
    pub version: i64,
}

/// What was saved once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementVersion {
    /// Number.
    pub version: i64,
    /// The answers.
    pub answers: Answers,
    /// Where it stood then.
    pub state: StatementState,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// By whom.
    pub saved_by: Option<PersonId>,
}

row! { struct StatementRow {
    inspection_id: String, answers: String, document_id: Option<String>, state: String, reason: Option<String>,
    changed_at: String, changed_by: Option<String>, version: i64,
} }

/// The position statement of the inspection, once something was saved.
pub async fn statement(source: &mut impl Source, grant: &Grant) -> Result<Option<Statement>> {
    let t = "position_statement";
    fetch_optional!(
        source,
        StatementRow,
        "SELECT * FROM position_statement WHERE inspection_id = $1",
        grant.inspection().to_string()
    )?
    .map(|r| {
        let id = &r.inspection_id;
        Ok(Statement {
            answers: json(t, "answers", id, &r.answers)?,
            document: read_optional(t, "document_id", id, r.document_id.as_deref())?,
            state: word(t, "state", id, &r.state)?,
            changed_at: read(t, "changed_at", id, &r.changed_at)?,
            changed_by: read_optional(t, "changed_by", id, r.changed_by.as_deref())?,
            reason: r.reason,
            version: r.version,
        })
    })
    .transpose()
}

/// Saves the statement, which was read at `s.version` (0: there was none), and keeps what it is now as a version.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save_statement(tx: &mut Tx, inspection: InspectionId, s: &Statement) -> Result<()> {
    let (id, answers) = (inspection.to_string(), serde_json::to_string(&s.answers)?);
    let by = s.changed_by.map(|p| p.to_string());
    let document = s.document.map(|d| d.to_string());
    let touched = if s.version == 0 {
        execute!(
            tx,
            "INSERT INTO position_statement (inspection_id, answers, document_id, state, reason, changed_at, changed_by,
               version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (inspection_id) DO NOTHING",
            &id,
            &answers,
            document,
            s.state.word(),
            s.reason.as_deref(),
            time(s.changed_at),
            by.clone()
        )?
    } else {
        execute!(
            tx,
            "UPDATE position_statement SET answers = $1, document_id = $2, state = $3, reason = $4, changed_at = $5,
               changed_by = $6, version = version + 1 WHERE inspection_id = $7 AND version = $8",
            &answers,
            document,
            s.state.word(),
            s.reason.as_deref(),
            time(s.changed_at),
            by.clone(),
            &id,
            s.version
        )?
    };
    if touched != 1 {
        return Err(Error::Stale);
    }
    execute!(
        tx,
        "INSERT INTO position_statement_version (inspection_id, version, answers, state, saved_at, saved_by)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &id,
        s.version + 1,
        &answers,
        s.state.word(),
        time(s.changed_at),
        by
    )
    .map(|_| ())
}

row! { struct VersionRow {
    version: i64, answers: String, state: String, saved_at: String, saved_by: Option<String>,
} }

/// All versions, the latest first.
pub async fn statement_versions(source: &mut impl Source, grant: &Grant) -> Result<Vec<StatementVersion>> {
    let t = "position_statement_version";
    fetch_all!(
        source,
        VersionRow,
        "SELECT version, answers, state, saved_at, saved_by FROM position_statement_version
         WHERE inspection_id = $1 ORDER BY version DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        let id = r.version.to_string();
        Ok(StatementVersion {
            answers: json(t, "answers", &id, &r.answers)?,
            state: word(t, "state", &id, &r.state)?,
            saved_at: read(t, "saved_at", &id, &r.saved_at)?,
            saved_by: read_optional(t, "saved_by", &id, r.saved_by.as_deref())?,
            version: r.version,
        })
    })
    .collect()
}

/// The document of the statement, whether it was sent or not: whoever asks has to know who may open it.
pub async fn statement_document(source: &mut impl Source, grant: &Grant) -> Result<Option<Document>> {
    fetch_optional!(
        source,
        DocumentRow,
        "SELECT * FROM document WHERE inspection_id = $1 AND withdrawn_at IS NULL
           AND id IN (SELECT document_id FROM position_statement WHERE inspection_id = $1)",
        grant.inspection().to_string()
    )?
    .map(DocumentRow::document)
    .transpose()
}
