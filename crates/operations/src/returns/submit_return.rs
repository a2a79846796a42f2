//! The pre-inspection return comes, is checked cell by cell, and is accepted or sent back.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DocumentId, InspectionId, SubmissionId};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::returns::{Accepted, Problem};
use keyline_store::returns::{
    self, Child, Document, NewSubmission, SubmissionState, add_document, add_keys, add_submission,
    decide_submission, find_submission,
};
use keyline_store::{inspections, people};
use keyline_workbooks::FileKind;
use serde_json::json;

use super::check_file::{CheckedFile, check_file, cleaned};
use super::checks::{check_wanted, enqueue_check};
use super::keys;
use super::reason;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::{Work, view};

/// A return as it was sent.
#[derive(Debug, Clone)]
pub struct SubmitReturn {
    /// Where.
    pub inspection: InspectionId,
    /// Name of the file.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnOutcome {
    /// The submission, refused or not.
    pub submission: SubmissionId,
    /// What is wrong with it. Empty: the checks accepted it, and it waits for the team.
    pub problems: Vec<Problem>,
    /// Rows of the table.
    pub rows: u32,
}

/// Submits the pre-inspection return. What the checks accept is written anew without the partnership's keys, and stored with
/// its rows and the keyed hashes of the keys (`return.submitted`); of what they
/// refuse only the list of problems is kept (`return.refused`), neither content nor file name.
///
/// # Errors
/// [`Refused::NotNow`] before a coordinator has accepted, or while a return waits for the team or is accepted;
/// [`Refused::Fields`] without a file. A refused file is no error: see [`ReturnOutcome::problems`].
pub async fn submit_return(cx: &Cx, actor: &Actor, input: SubmitReturn) -> Result<ReturnOutcome> {
    let grant = cx.grant(actor, input.inspection, Action::SubmitReturn).await?;
    let (wanted, on) = {
        let mut reader = cx.read().await?;
        let inspection = inspections::get(&mut reader, &grant).await?;
        // Asked before reading the file too, so that nothing is stored for a step that is not offered.
        let progress = view::progress(cx, &mut reader, &inspection).await?;
        if let Offer::NotYet(reasons) = offer(Step::SubmitReturn, &progress, cx.now()) {
            return Err(Refused::NotNow(reasons));
        }
        let on = progress.notified_on.unwrap_or(cx.today());
        (cx.programme(&inspection)?.pre_inspection_return.clone(), on)
    };
    if input.file_name.trim().is_empty() && input.bytes.is_empty() {
        return Err(Refused::field("file", "upload-missing"));
    }
    let (name, bytes) = (input.file_name, input.bytes);
    let (name, checked) = tokio::task::spawn_blocking(move || {
        let checked = check_file(&wanted, &name, &bytes, on);
        let clean = match (&checked.outcome, checked.kind) {
            (Ok(accepted), Some(kind)) => cleaned(&wanted, accepted, kind)?,
            _ => Vec::new(),
        };
        Ok::<_, Refused>((name, (checked, clean)))
    })
    .await
    .map_err(Refused::fault)??;
    let (CheckedFile { kind, rows, outcome }, clean) = checked;
    match (outcome, kind) {
        (Ok(accepted), Some(kind)) => keep(cx, actor, input.inspection, &name, clean, kind, accepted).await,
        (Ok(_), None) => Err(Refused::field("file", "upload-missing")),
        (Err(problems), _) => refuse(cx, actor, input.inspection, &name, problems, rows).await,
    }
}

async fn keep(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    name: &str,
    bytes: Vec<u8>,
    kind: FileKind,
    accepted: Accepted,
) -> Result<ReturnOutcome> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    // Refused before anything is kept.
    drop(cx.work(actor, inspection, Action::SubmitReturn).await?);
    let kept = cx.documents.put(bytes).await?;
    let mut work = cx.work(actor, inspection, Action::SubmitReturn).await?;
    work.require(Step::SubmitReturn).await?;
    let (now, by) = (work.now, work.grant.person_id());
    let document = Document {
        id: DocumentId::new(now, cx.random()),
        name: super::documents::plain_name(name),
        version: 1,
        kind: kind.media_type().to_owned(),
        bytes: size,
        held_by: kept.held.then(|| cx.documents.node().to_owned()),
        digest: kept.digest,
        check: check_wanted(cx),
        uploaded_by: by,
        uploaded_at: now,
        delegation: None,
        origin: None,
    };
    add_document(&mut work.tx, inspection, &document, None).await?;
    enqueue_check(cx, &mut work.tx, inspection, &document).await?;
    let rows = u32::try_from(accepted.rows.len()).unwrap_or(u32::MAX);
    let submission = NewSubmission {
        id: SubmissionId::new(now, cx.random()),
        inspection,
        document: Some(document.id),
        file_name: document.name.clone(),
        rows,
        state: SubmissionState::Submitted,
        problems: Vec::new(),
        by,
        at: now,
    };
    let hashed = keys::hashed(cx, &mut work, &accepted.rows).await?;
    let cohort: Vec<Child> =
        accepted.rows.into_iter().map(|r| Child { label: r.label, columns: r.columns }).collect();
    add_submission(&mut work.tx, &submission, &cohort).await?;
    add_keys(&mut work.tx, submission.id, &hashed).await?;
    let detail = json!({ "rows": rows, "document": document.id, "digest": document.digest });
    work.record("return.submitted", submission.id, detail).await?;
    work.commit().await?;
    Ok(ReturnOutcome { submission: submission.id, problems: Vec::new(), rows })
}

async fn refuse(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    name: &str,
    problems: Vec<Problem>,
    rows: u32,
) -> Result<ReturnOutcome> {
    let mut work = cx.work(actor, inspection, Action::SubmitReturn).await?;
    work.require(Step::SubmitReturn).await?;
    let stored = problems
        .iter()
        .map(|p| returns::Problem {
            sheet: p.sheet.clone(),
            place: p.place.clone(),
            reason: p.reason.clone(),
        })
        .collect();
    // A file is often named after a person; of a refused one only the ending is kept, and that only if it is a usual one.
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    let known = FileKind::from_extension(&ending).is_some();
    let submission = NewSubmission {
        id: SubmissionId::new(work.now, cx.random()),
        inspection,
        document: None,
        file_name: if known { format!("….{ending}") } else { "…".to_owned() },
        rows,
        state: SubmissionState::Refused,
        problems: stored,
        by: work.grant.person_id(),
        at: work.now,
    };
    add_submission(&mut work.tx, &submission, &[]).await?;
    let mut keys: Vec<&str> = problems.iter().map(|p| p.reason.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    work.record("return.refused", submission.id, json!({ "problems": problems.len(), "kinds": keys }))
        .await?;
    work.commit().await?;
    Ok(ReturnOutcome { submission: submission.id, problems, rows })
}

/// A decision of the team on a submitted return.
#[derive(Debug, Clone)]
pub struct DecideReturn {
    /// Where.
    pub inspection: InspectionId,
    /// Which submission.
    pub submission: SubmissionId,
    /// Why; wanted when it is sent back.
    pub reason: String,
    /// The writer says that the reason identifies nobody, where that is doubtful.
    pub identifies_nobody: bool,
    /// The version that was looked at; none takes what stands there.
    pub version: Option<i64>,
}

/// Accepts a submitted return: the sample may be drawn. Audit entry `return.accepted`.
///
/// # Errors
/// [`Refused::NotNow`] when none waits; [`Refused::Stale`] when somebody decided in between.
pub async fn accept_return(cx: &Cx, actor: &Actor, input: DecideReturn) -> Result<()> {
    decide(cx, actor, input, SubmissionState::Accepted, "return.accepted").await
}

/// Sends a submitted return back with a reason. Audit entry `return.sent-back`.
///
/// # Errors
/// As [`accept_return`], and [`Refused::Fields`] without a reason.
pub async fn send_back_return(cx: &Cx, actor: &Actor, input: DecideReturn) -> Result<()> {
    // Who may not decide learns nothing by leaving out the reason.
    cx.grant(actor, input.inspection, Action::DecideReturn).await?;
    reason::checked(&input.reason, Some("problem-reason"), input.identifies_nobody)?;
    decide(cx, actor, input, SubmissionState::SentBack, "return.sent-back").await
}

async fn decide(
    cx: &Cx,
    actor: &Actor,
    input: DecideReturn,
    state: SubmissionState,
    action: &str,
) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DecideReturn).await?;
    let grant = work.grant.clone();
    let stands = find_submission(&mut work.tx, &grant, input.submission).await?.ok_or(Refused::Hidden)?;
    if input.version.is_some_and(|seen| seen != stands.version) {
        return Err(meanwhile(&mut work, &stands).await?);
    }
    work.require(Step::AcceptReturn).await?;
    if stands.state != SubmissionState::Submitted {
        return Err(Refused::reason("wait-return-submitted"));
    }
    let reason = Some(input.reason.trim()).filter(|r| !r.is_empty());
    let (by, now) = (work.grant.person_id(), work.now);
    decide_submission(&mut work.tx, input.submission, state, reason, by, now, stands.version).await?;
    work.record(action, input.submission, json!({ "reason": reason })).await?;
    work.commit().await
}

async fn meanwhile(work: &mut Work, stands: &returns::Submission) -> Result<Refused> {
    let by = match stands.decided_by {
        Some(person) => people::find(&mut work.tx, person).await?.map(|p| p.name),
        None => None,
    };
    Ok(Refused::Stale {
        theirs: stands.reason.clone().unwrap_or_default(),
        by: by.unwrap_or_default(),
        version: stands.version,
    })
}
