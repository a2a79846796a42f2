//! Drafts of the children's version of a report, and what volunteers say about them.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{ChildrensDraftId, CommentId, InspectionId, PersonId};
use keyline_domain::volunteers::drafts::Outcome;

use crate::error::Result;
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// A draft. It does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Id.
    pub id: ChildrensDraftId,
    /// Which draft of the inspection, from 1.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Who wrote it.
    pub written_by: PersonId,
    /// When.
    pub written_at: Timestamp,
}

/// What somebody said about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Id.
    pub id: CommentId,
    /// About which draft.
    pub draft: ChildrensDraftId,
    /// About which paragraph, from 1; `None`: the whole.
    pub paragraph: Option<u32>,
    /// What they said.
    pub text: String,
    /// Who.
    pub written_by: PersonId,
    /// Name of who; filled when read.
    pub writer: String,
    /// When.
    pub written_at: Timestamp,
    /// What was done about it, and why.
    pub answer: Option<(Outcome, String)>,
    /// Name of who answered; filled when read.
    pub answered_by: Option<String>,
}

row! { struct DraftRow { id: String, number: i64, title: String, body: String, written_by: String, written_at: String } }

row! { struct CommentRow {
    id: String, draft_id: String, paragraph: Option<i64>, text: String, written_by: String, writer: String,
    written_at: String, outcome: Option<String>, answer: Option<String>, answerer: Option<String>,
} }

/// The drafts of the grant's inspection, the newest first.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Draft>> {
    let t = "childrens_draft";
    fetch_all!(
        source,
        DraftRow,
        "SELECT id, number, title, body, written_by, written_at FROM childrens_draft
         WHERE inspection_id = $1 ORDER BY number DESC",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Draft {
            id: read(t, "id", &r.id, &r.id)?,
            written_by: read(t, "written_by", &r.id, &r.written_by)?,
            written_at: read(t, "written_at", &r.id, &r.written_at)?,
            number: r.number,
            title: r.title,
            body: r.body,
        })
    })
    .collect()
}

/// Adds a draft under the next number.
pub async fn add(tx: &mut Tx, grant: &Grant, d: &Draft) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO childrens_draft (id, inspection_id, number, title, body, written_by, written_at)
         SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6 FROM childrens_draft WHERE inspection_id = $2",
        d.id.to_string(),
        grant.inspection().to_string(),
        &d.title,
        &d.body,
        d.written_by.to_string(),
        time(d.written_at)
    )
    .map(|_| ())
}

/// What was said about the drafts of the grant's inspection, in order.
pub async fn comments(source: &mut impl Source, grant: &Grant) -> Result<Vec<Comment>> {
    let t = "childrens_comment";
    fetch_all!(
        source,
        CommentRow,
        "SELECT c.id, c.draft_id, c.paragraph, c.text, c.written_by, p.name AS writer, c.written_at, c.outcome, c.answer,
           a.name AS answerer
         FROM childrens_comment c JOIN childrens_draft d ON d.id = c.draft_id JOIN person p ON p.id = c.written_by
         LEFT JOIN person a ON a.id = c.answered_by
         WHERE d.inspection_id = $1 ORDER BY c.written_at, c.id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        let outcome = read_optional(t, "outcome", &r.id, r.outcome.as_deref())?;
        Ok(Comment {
            id: read(t, "id", &r.id, &r.id)?,
            draft: read(t, "draft_id", &r.id, &r.draft_id)?,
            written_by: read(t, "written_by", &r.id, &r.written_by)?,
            written_at: read(t, "written_at", &r.id, &r.written_at)?,
            paragraph: r.paragraph.and_then(|n| u32::try_from(n).ok()),
            text: r.text,
            writer: r.writer,
            answered_by: r.answerer,
            answer: outcome.map(|o| (o, r.answer.unwrap_or_default())),
        })
    })
    .collect()
}

/// Adds what somebody said.
pub async fn add_comment(tx: &mut Tx, c: &Comment) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO childrens_comment (id, draft_id, paragraph, text, written_by, written_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        c.id.to_string(),
        c.draft.to_string(),
        c.paragraph.map(i64::from),
        &c.text,
        c.written_by.to_string(),
        time(c.written_at)
    )
    .map(|_| ())
}

/// The drafts of an inspection, as a volunteer is told of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The inspection.
    pub inspection: InspectionId,
    /// Number of the newest draft.
    pub newest: i64,
    /// Number of the latest draft about which they have said something.
    pub commented: Option<i64>,
}

/// Of each inspection in which a person is a volunteer and that has a draft: the newest, and the latest they commented on.
pub async fn shown_to(source: &mut impl Source, person: PersonId) -> Result<Vec<Shown>> {
    fetch_all!(
        source,
        (String, i64, Option<i64>),
        "SELECT d.inspection_id, MAX(d.number), MAX(CASE WHEN c.id IS NULL THEN NULL ELSE d.number END)
         FROM childrens_draft d
         JOIN membership m ON m.inspection_id = d.inspection_id AND m.person_id = $1
           AND m.role = 'young-inspection-volunteer' AND m.ended_at IS NULL
         LEFT JOIN childrens_comment c ON c.draft_id = d.id AND c.written_by = $1
         GROUP BY d.inspection_id",
        person.to_string()
    )?
    .into_iter()
    .map(|(inspection, newest, commented)| {
        let inspection = read("childrens_draft", "inspection_id", &inspection, &inspection)?;
        Ok(Shown { inspection, newest, commented })
    })
    .collect()
}

/// Answers, or answers anew.
pub async fn answer(
    tx: &mut Tx,
    id: CommentId,
    outcome: Outcome,
    answer: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE childrens_comment SET outcome = $1, answer = $2, answered_by = $3, answered_at = $4 WHERE id = $5",
        outcome.word(),
        answer,
        by.to_string(),
        time(at),
        id.to_string()
    )
    .map(|_| ())
}
