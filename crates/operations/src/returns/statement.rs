//! The position statement: saved as it is written, sent by the coordinator, sent back or accepted by the lead.

use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::InspectionId;
use keyline_domain::programmes::PositionStatement;
use keyline_domain::returns::statement::{
    Answers, StatementAct, StatementState, as_one_text, field, unfinished, words_of,
};
use keyline_store::documents::Content;
use keyline_store::returns::{
    Document, Statement, StatementVersion, add_document, put_aside, save_statement as store_statement,
    statement as read_statement, statement_document, statement_versions,
};
use keyline_store::{Source, people};
use serde_json::json;

use super::checks::after_coming;
use super::documents::{Arrived, content_of, keep};
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Most characters of one answer: far beyond any limit of words.
const LONGEST: usize = 200_000;

/// What was written.
#[derive(Debug, Clone)]
pub struct SaveStatement {
    /// Where.
    pub inspection: InspectionId,
    /// The answers.
    pub answers: Answers,
    /// The version that was written on; 0 for the first.
    pub version: i64,
    /// The writer's confirmation for what only may identify somebody.
    pub identifies_nobody: bool,
}

/// Saves what was written, longer than the limit or not, and keeps it as a version. Audit entry `statement.saved` with the
/// number of words.
///
/// # Errors
/// [`Refused::NotNow`] when it has been sent; [`Refused::Fields`] for what identifies somebody; [`Refused::Stale`] with the
/// other's text when somebody saved meanwhile.
pub async fn save_statement(cx: &Cx, actor: &Actor, input: SaveStatement) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::WritePositionStatement).await?;
    let asked = asked(cx, &mut work).await?;
    let stands = at_version(&mut work, &asked, input.version).await?;
    let state = stands.state.after(StatementAct::Save).map_err(Refused::reason)?;
    let answers: Answers = asked
        .questions
        .iter()
        .filter_map(|q| Some((q.key.clone(), input.answers.get(&q.key)?.trim().to_owned())))
        .collect();
    let fields: Vec<(String, &str)> = answers.iter().map(|(key, text)| (field(key), text.as_str())).collect();
    if let Some((long, _)) = fields.iter().find(|(_, text)| text.chars().count() > LONGEST) {
        return Err(Refused::field(long, "returns-problem-long"));
    }
    let texts: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let problems = identifiers::problems(&texts, input.identifies_nobody);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    if answers == stands.answers && stands.version > 0 {
        return Ok(());
    }
    let words = words_of(&answers);
    save(&mut work, Statement { answers, state, ..stands }).await?;
    work.record("statement.saved", input.inspection, json!({ "words": words })).await?;
    work.commit().await
}

/// Uploads a document as the position statement, in place of what is written; what is written stays. Audit entry
/// `statement.uploaded`.
///
/// # Errors
/// [`Refused::Fields`] on `files`; [`Refused::NotNow`] when it has been sent.
pub async fn upload_statement(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    files: Vec<Arrived>,
) -> Result<()> {
    cx.grant(actor, inspection, Action::WritePositionStatement).await?;
    if files.len() > 1 {
        return Err(Refused::field("files", "statement-one-file"));
    }
    let kept = keep(cx, files).await?;
    let mut work = cx.work(actor, inspection, Action::WritePositionStatement).await?;
    asked(cx, &mut work).await?;
    let stands = as_it_stands(&mut work).await?;
    let state = stands.state.after(StatementAct::Save).map_err(Refused::reason)?;
    let (now, by) = (work.now, work.grant.person_id());
    if let Some(before) = stands.document {
        put_aside(&mut work.tx, before, now).await?;
    }
    let mut document = None;
    for kept in kept {
        let row = Document { uploaded_by: by, ..kept.document(cx, now) };
        add_document(&mut work.tx, inspection, &row, None).await?;
        after_coming(cx, &mut work.tx, inspection, &row).await?;
        work.record("statement.uploaded", row.id, json!({ "digest": row.digest, "bytes": row.bytes }))
            .await?;
        document = Some(row.id);
    }
    save(&mut work, Statement { document, state, ..stands }).await?;
    work.commit().await
}

/// Takes the uploaded document out again, so that what is written counts. Audit entry `statement.document-taken-out`.
///
/// # Errors
/// [`Refused::NotNow`] when it has been sent, or there is none.
pub async fn take_document_out(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::WritePositionStatement).await?;
    asked(cx, &mut work).await?;
    let stands = as_it_stands(&mut work).await?;
    let state = stands.state.after(StatementAct::Save).map_err(Refused::reason)?;
    let document = stands.document.ok_or_else(|| Refused::reason("statement-no-document"))?;
    let now = work.now;
    put_aside(&mut work.tx, document, now).await?;
    save(&mut work, Statement { document: None, state, ..stands }).await?;
    work.record("statement.document-taken-out", document, json!({})).await?;
    work.commit().await
}

/// Sends the position statement to the team. Audit entry `statement.submitted`.
///
/// # Errors
/// [`Refused::Fields`] for questions without an answer and for more words than the programme allows, unless a document was
/// uploaded; [`Refused::NotNow`] when it was sent; [`Refused::Stale`] when somebody saved since it was looked at.
pub async fn submit_statement(cx: &Cx, actor: &Actor, inspection: InspectionId, version: i64) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::WritePositionStatement).await?;
    let asked = asked(cx, &mut work).await?;
    let stands = at_version(&mut work, &asked, version).await?;
    let state = stands.state.after(StatementAct::Submit).map_err(Refused::reason)?;
    if stands.document.is_none() {
        let problems = unfinished(&asked, &stands.answers);
        if !problems.is_empty() {
            return Err(Refused::Fields(problems));
        }
    }
    let detail = json!({ "words": words_of(&stands.answers), "document": stands.document });
    save(&mut work, Statement { state, reason: None, ..stands }).await?;
    work.record("statement.submitted", inspection, detail).await?;
    work.commit().await
}

/// A decision on the position statement.
#[derive(Debug, Clone)]
pub struct DecideStatement {
    /// Where.
    pub inspection: InspectionId,
    /// Accepted, or sent back.
    pub accept: bool,
    /// What is wanted instead; wanted when sent back.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Accepts the position statement or sends it back with a reason. Audit entries `statement.accepted` and
/// `statement.sent-back`.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::NotNow`] when nothing waits; [`Refused::Stale`] when it changed since it
/// was looked at.
pub async fn decide_statement(cx: &Cx, actor: &Actor, input: DecideStatement) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DecidePositionStatement).await?;
    let asked = asked(cx, &mut work).await?;
    let stands = as_it_stands(&mut work).await?;
    let act = if input.accept { StatementAct::Accept } else { StatementAct::SendBack };
    let state = stands.state.after(act).map_err(Refused::reason)?;
    let stands = at_version(&mut work, &asked, input.version).await?;
    let reason = input.reason.trim();
    if !input.accept && reason.is_empty() {
        return Err(Refused::field("reason", "problem-reason"));
    }
    let reason = Some(reason.to_owned()).filter(|r| !r.is_empty());
    let action = if input.accept { "statement.accepted" } else { "statement.sent-back" };
    let detail = json!({ "reason": reason });
    save(&mut work, Statement { state, reason, ..stands }).await?;
    work.record(action, input.inspection, detail).await?;
    work.commit().await
}

/// Opens the document of the position statement: its writers at any time, others once it was sent. Audit entry
/// `document.opened`.
///
/// # Errors
/// [`Refused::Hidden`] when there is none, or none to be seen.
pub async fn open_statement(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<(Document, Content)> {
    let mut work = cx.work(actor, inspection, Action::SeeReturns).await?;
    let grant = work.grant.clone();
    let stands = read_statement(&mut work.tx, &grant).await?.ok_or(Refused::Hidden)?;
    if !may_read(&grant, stands.state) {
        return Err(Refused::Hidden);
    }
    let row = statement_document(&mut work.tx, &grant).await?.ok_or(Refused::Hidden)?;
    let content = content_of(cx, &row).await?;
    work.record("document.opened", row.id, json!({ "digest": row.digest })).await?;
    work.commit().await?;
    Ok((row, content))
}

/// Whether somebody may read what stands there: its writers always, everybody else who sees the returns once it was sent.
fn may_read(grant: &Grant, state: StatementState) -> bool {
    grant.permits(Action::WritePositionStatement)
        || matches!(state, StatementState::Submitted | StatementState::Accepted)
}

/// The position statement as somebody may see it: where it stands, and the versions to be read, the latest first.
#[derive(Debug, Clone)]
pub struct StatementSeen {
    /// As it stands; its answers are empty for whoever may not read them yet.
    pub stands: Statement,
    /// What may be read of it. Nothing but what was sent, for everybody who does not write it.
    pub versions: Vec<StatementVersion>,
    /// The document, when it was uploaded and may be opened.
    pub document: Option<Document>,
}

/// Looks at the position statement.
pub async fn seen_statement(source: &mut impl Source, grant: &Grant) -> Result<Option<StatementSeen>> {
    let Some(mut stands) = read_statement(source, grant).await? else { return Ok(None) };
    let mut versions = statement_versions(source, grant).await?;
    let mut document = statement_document(source, grant).await?;
    if !grant.permits(Action::WritePositionStatement) {
        versions.retain(|v| v.state == StatementState::Submitted);
    }
    if !may_read(grant, stands.state) {
        stands.answers.clear();
        document = None;
    }
    Ok(Some(StatementSeen { stands, versions, document }))
}

async fn asked(cx: &Cx, work: &mut Work) -> Result<PositionStatement> {
    let inspection = work.inspection().await?;
    if inspection.notified_on.is_none() {
        return Err(Refused::reason("wait-notified"));
    }
    // A programme that asks for none has no such page.
    cx.programme(&inspection)?.position_statement.clone().ok_or(Refused::Hidden)
}

async fn as_it_stands(work: &mut Work) -> Result<Statement> {
    let grant = work.grant.clone();
    let found = read_statement(&mut work.tx, &grant).await?;
    Ok(found.unwrap_or(Statement {
        answers: Answers::new(),
        document: None,
        state: StatementState::Writing,
        reason: None,
        changed_at: work.now,
        changed_by: None,
        version: 0,
    }))
}

async fn at_version(work: &mut Work, asked: &PositionStatement, version: i64) -> Result<Statement> {
    let stands = as_it_stands(work).await?;
    if stands.version == version {
        return Ok(stands);
    }
    let by = match stands.changed_by {
        Some(person) => people::find(&mut work.tx, person).await?.map(|p| p.name).unwrap_or_default(),
        None => String::new(),
    };
    let theirs = as_one_text(asked, &stands.answers);
    Err(Refused::Stale { theirs, by, version: stands.version })
}

async fn save(work: &mut Work, statement: Statement) -> Result<()> {
    let (inspection, now, by) = (work.inspection_id(), work.now, work.grant.person_id());
    let statement = Statement { changed_at: now, changed_by: by, ..statement };
    Ok(store_statement(&mut work.tx, inspection, &statement).await?)
}
