//! Submissions of the pre-inspection return, and the rows of those that the checks accepted.

use std::collections::BTreeMap;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DocumentId, InspectionId, PersonId, SubmissionId};
use keyline_domain::reasons::Reason;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rows::{json, read, read_optional, time, word};
use crate::{Source, Tx};

/// Where a submission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// The checks refused it; nothing of its content is kept.
    Refused,
    /// The checks accepted it; it waits for the team.
    Submitted,
    /// The team sent it back with a reason.
    SentBack,
    /// The team accepted it.
    Accepted,
}

impl SubmissionState {
    /// The word of the database and of translation keys (`returns-submission-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Submitted => "submitted",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
        }
    }
}

/// One thing that is wrong with a submission. Holds places and masked examples, never content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The sheet, of a file with several.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The cell (`C7`), or the column (`C`); none for the file as a whole.
    pub place: Option<String>,
    /// What is wrong.
    pub reason: Reason,
}

/// A submission to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubmission {
    /// Id.
    pub id: SubmissionId,
    /// Of which inspection.
    pub inspection: InspectionId,
    /// The stored document; none when it was refused.
    pub document: Option<DocumentId>,
    /// Name of the file as it was sent.
    pub file_name: String,
    /// Rows of the table, the header not counted.
    pub rows: u32,
    /// Where it stands.
    pub state: SubmissionState,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Who sent it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A row of an accepted return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// The partnership's own label.
    pub label: String,
    /// The other columns, by key.
    pub columns: BTreeMap<String, String>,
}

/// A submission as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Id.
    pub id: SubmissionId,
    /// The stored document.
    pub document: Option<DocumentId>,
    /// Name of the file as it was sent.
    pub file_name: String,
    /// Rows of the table.
    pub rows: i64,
    /// Where it stands.
    pub state: SubmissionState,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Who sent it.
    pub submitted_by: Option<PersonId>,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// Who decided for the team.
    pub decided_by: Option<PersonId>,
    /// When the team decided.
    pub decided_at: Option<Timestamp>,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// For two editors.
    pub version: i64,
}

row! { struct SubmissionRow {
    id: String, document_id: Option<String>, file_name: String, row_count: i64, state: String, problems: String,
    submitted_by: Option<String>, submitted_at: String, decided_by: Option<String>, decided_at: Option<String>,
    reason: Option<String>, version: i64,
} }

impl SubmissionRow {
    fn submission(self) -> Result<Submission> {
        let t = "return_submission";
        Ok(Submission {
            id: read(t, "id", &self.id, &self.id)?,
            document: read_optional(t, "document_id", &self.id, self.document_id.as_deref())?,
            state: word(t, "state", &self.id, &self.state)?,
            problems: json(t, "problems", &self.id, &self.problems)?,
            submitted_by: read_optional(t, "submitted_by", &self.id, self.submitted_by.as_deref())?,
            submitted_at: read(t, "submitted_at", &self.id, &self.submitted_at)?,
            decided_by: read_optional(t, "decided_by", &self.id, self.decided_by.as_deref())?,
            decided_at: read_optional(t, "decided_at", &self.id, self.decided_at.as_deref())?,
            file_name: self.file_name,
            rows: self.row_count,
            reason: self.reason,
            version: self.version,
        })
    }
}

/// Adds a submission with its rows.
pub async fn add_submission(tx: &mut Tx, new: &NewSubmission, cohort: &[Child]) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO return_submission (id, inspection_id, document_id, file_name, row_count, state, problems,
           submitted_by, submitted_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        new.id.to_string(),
        new.inspection.to_string(),
        new.document.map(|d| d.to_string()),
        &new.file_name,
        i64::from(new.rows),
        new.state.word(),
        serde_json::to_string(&new.problems)?,
        new.by.map(|p| p.to_string()),
        time(new.at)
    )?;
    for (position, child) in (1_i64..).zip(cohort) {
        execute!(
            tx,
            "INSERT INTO cohort_child (submission_id, label, position, columns) VALUES ($1, $2, $3, $4)",
            new.id.to_string(),
            &child.label,
            position,
            serde_json::to_string(&child.columns)?
        )?;
    }
    Ok(())
}

/// The submissions of an inspection, newest first.
pub async fn list_submissions(source: &mut impl Source, grant: &Grant) -> Result<Vec<Submission>> {
    fetch_all!(
        source,
        SubmissionRow,
        "SELECT id, document_id, file_name, row_count, state, problems, submitted_by, submitted_at, decided_by,
           decided_at, reason, version
         FROM return_submission WHERE inspection_id = $1 ORDER BY submitted_at DESC, id DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(SubmissionRow::submission)
    .collect()
}

/// One submission of the inspection that the grant opens.
pub async fn find_submission(
    source: &mut impl Source,
    grant: &Grant,
    submission: SubmissionId,
) -> Result<Option<Submission>> {
    fetch_optional!(
        source,
        SubmissionRow,
        "SELECT id, document_id, file_name, row_count, state, problems, submitted_by, submitted_at, decided_by,
           decided_at, reason, version
         FROM return_submission WHERE id = $1 AND inspection_id = $2",
        submission.to_string(),
        grant.inspection().to_string()
    )?
    .map(SubmissionRow::submission)
    .transpose()
}

/// Writes the decision of the team on a submission that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody decided in between.
pub async fn decide_submission(
    tx: &mut Tx,
    submission: SubmissionId,
    state: SubmissionState,
    reason: Option<&str>,
    by: Option<PersonId>,
    at: Timestamp,
    version: i64,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE return_submission SET state = $1, reason = $2, decided_by = $3, decided_at = $4,
           version = version + 1
         WHERE id = $5 AND version = $6 AND state = 'submitted'",
        state.word(),
        reason,
        by.map(|p| p.to_string()),
        time(at),
        submission.to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

row! { struct ChildRow { label: String, columns: String } }

/// The rows of a submission of the inspection that the grant opens, in the order of the file.
pub async fn cohort(source: &mut impl Source, grant: &Grant, submission: SubmissionId) -> Result<Vec<Child>> {
    fetch_all!(
        source,
        ChildRow,
        "SELECT c.label, c.columns FROM cohort_child c JOIN return_submission s ON s.id = c.submission_id
         WHERE s.id = $1 AND s.inspection_id = $2 ORDER BY c.position",
        submission.to_string(),
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| Ok(Child { columns: json("cohort_child", "columns", &r.label, &r.columns)?, label: r.label }))
    .collect()
}
