//! A request in the hands of a colleague without an account: handed over by a link, answered by proposals, passed on by
//! the coordinator.
//!
//! The token of the link is kept as its hash, the trail holds the id of the delegation and neither name nor address of the
//! colleague. What a colleague sends is nobody's but the coordinator's to see before it is passed on.

use jiff::{SignedDuration, Timestamp};
use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{DelegationId, DocumentId, InspectionId, RequestId, secret, secret_hash};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::returns::Act;
use keyline_store::documents::Content;
use keyline_store::returns::{
    Delegation, Document, Handed, add_delegation, add_document, attach, delegations,
    end_delegation as store_end, find_handed, find_proposal, note_answer, proposals, put_aside, save_request,
};
use keyline_store::{Source, Tx, audit};
use serde_json::json;

use super::checks::after_coming;
use super::documents::{Arrived, MOST_FILES, asked, content_of, keep};
use super::reason;
use crate::access::accounts::is_address;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// A colleague who is to answer a request.
#[derive(Debug, Clone)]
pub struct DelegateRequest {
    /// Where.
    pub inspection: InspectionId,
    /// The request.
    pub request: RequestId,
    /// Name of the colleague.
    pub name: String,
    /// Address of the colleague.
    pub email: String,
}

/// A link that was made. It is in the hands of the caller alone: its hash is what is kept.
#[derive(Debug, Clone)]
pub struct HandedOver {
    /// Id.
    pub id: DelegationId,
    /// The link.
    pub link: String,
    /// Until when it opens the request.
    pub expires_at: Timestamp,
}

/// Hands a request to a colleague by a link that expires; one colleague at a time. Audit entry `request.delegated`.
///
/// # Errors
/// [`Refused::Fields`] for a missing name or a bad address; [`Refused::NotNow`] when nothing can be sent to the request or
/// somebody else has it in hand.
pub async fn delegate_request(cx: &Cx, actor: &Actor, input: DelegateRequest) -> Result<HandedOver> {
    let mut work = cx.work(actor, input.inspection, Action::DelegateRequest).await?;
    let request = asked(&mut work, input.request).await?;
    request.state.after(Act::Send).map_err(Refused::reason)?;
    let (name, email) = (input.name.trim(), input.email.trim().to_lowercase());
    let mut problems = Vec::new();
    if name.is_empty() || name.chars().count() > 200 {
        problems.push(FieldProblem::new("name", Reason::new("problem-required")));
    }
    if !is_address(&email) {
        problems.push(FieldProblem::new("email", Reason::new("problem-email")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let grant = work.grant.clone();
    let known = delegations(&mut work.tx, &grant).await?;
    if known.iter().any(|d| d.request == request.id && d.is_live(work.now)) {
        return Err(Refused::reason("delegation-one-at-a-time"));
    }
    let life = SignedDuration::from_hours(24 * i64::from(cx.settings.invitation_days));
    let token = secret(cx.random());
    let delegation = Delegation {
        id: DelegationId::new(work.now, cx.random()),
        request: request.id,
        name: name.to_owned(),
        email,
        made_at: work.now,
        expires_at: work.now.checked_add(life).unwrap_or(work.now),
        not_held_reason: None,
        answered_at: None,
        ended_at: None,
    };
    let by = work.grant.person_id();
    add_delegation(&mut work.tx, &delegation, &secret_hash(&token), by).await?;
    let detail = json!({ "request": request.id, "expires_at": delegation.expires_at.to_string() });
    work.record("request.delegated", delegation.id, detail).await?;
    work.commit().await?;
    let link = format!("{}/asked/{token}", cx.settings.public_address);
    Ok(HandedOver { id: delegation.id, link, expires_at: delegation.expires_at })
}

/// Ends a delegation: its link opens nothing any more; what came by it stays with the coordinator. Audit entry
/// `request.delegation-ended`.
///
/// # Errors
/// [`Refused::Hidden`] for one of another inspection.
pub async fn end_delegation(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    delegation: DelegationId,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::DelegateRequest).await?;
    let found = found(&mut work, delegation).await?;
    let now = work.now;
    store_end(&mut work.tx, found.id, now).await?;
    work.record("request.delegation-ended", found.id, json!({ "request": found.request })).await?;
    work.commit().await
}

async fn found(work: &mut Work, delegation: DelegationId) -> Result<Delegation> {
    let grant = work.grant.clone();
    let all = delegations(&mut work.tx, &grant).await?;
    all.into_iter().find(|d| d.id == delegation).ok_or(Refused::Hidden)
}

/// What the coordinator passes on.
#[derive(Debug, Clone)]
pub struct PassOn {
    /// Where.
    pub inspection: InspectionId,
    /// The delegation whose answer it is.
    pub delegation: DelegationId,
}

/// Passes on to the team what a colleague has proposed: the documents, or that nothing is held. With it the delegation
/// ends. Audit entries `document.uploaded` for each document, or `document.not-held`, and `request.passed-on`.
///
/// # Errors
/// [`Refused::NotNow`] when nothing was proposed, or the request takes nothing any more.
pub async fn pass_on(cx: &Cx, actor: &Actor, input: PassOn) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DelegateRequest).await?;
    let delegation = found(&mut work, input.delegation).await?;
    let request = asked(&mut work, delegation.request).await?;
    let documents = proposals(&mut work.tx, delegation.id).await?;
    let (now, by) = (work.now, work.grant.person_id());
    let (act, reason) = match (&delegation.not_held_reason, documents.is_empty()) {
        (_, false) => (Act::Send, None),
        (Some(reason), true) => (Act::SayNotHeld, Some(reason.as_str())),
        (None, true) => return Err(Refused::reason("delegation-nothing-proposed")),
    };
    let state = request.state.after(act).map_err(Refused::reason)?;
    for document in &documents {
        attach(&mut work.tx, request.id, document.id).await?;
        let detail = json!({ "request": request.id, "digest": document.digest, "bytes": document.bytes,
            "delegation": delegation.id });
        work.record("document.uploaded", document.id, detail).await?;
    }
    if let Some(reason) = reason {
        work.record("document.not-held", request.id, json!({ "reason": reason })).await?;
    }
    save_request(&mut work.tx, request.id, state, reason, by, now, request.version).await?;
    store_end(&mut work.tx, delegation.id, now).await?;
    work.record(
        "request.passed-on",
        delegation.id,
        json!({ "request": request.id, "documents": documents.len() }),
    )
    .await?;
    work.commit().await
}

/// Puts a proposed document aside: it is not passed on. Audit entry `proposal.put-aside`.
///
/// # Errors
/// [`Refused::Hidden`] when it is no proposal of this inspection.
pub async fn put_proposal_aside(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    document: DocumentId,
) -> Result<RequestId> {
    let mut work = cx.work(actor, inspection, Action::DelegateRequest).await?;
    let grant = work.grant.clone();
    let document = find_proposal(&mut work.tx, &grant, document).await?.ok_or(Refused::Hidden)?;
    let delegation = found(&mut work, document.delegation.ok_or(Refused::Hidden)?).await?;
    let now = work.now;
    put_aside(&mut work.tx, document.id, now).await?;
    work.record("proposal.put-aside", document.id, json!({ "request": delegation.request })).await?;
    work.commit().await?;
    Ok(delegation.request)
}

/// Opens a proposed document for the coordinator. Audit entry `document.opened`.
///
/// # Errors
/// [`Refused::Hidden`] when it is no proposal of this inspection.
pub async fn open_proposal(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    document: DocumentId,
) -> Result<(Document, Content)> {
    let mut work = cx.work(actor, inspection, Action::DelegateRequest).await?;
    let grant = work.grant.clone();
    let row = find_proposal(&mut work.tx, &grant, document).await?.ok_or(Refused::Hidden)?;
    let content = content_of(cx, &row).await?;
    work.record("document.opened", document, json!({ "digest": row.digest })).await?;
    work.commit().await?;
    Ok((row, content))
}

/// What lies behind a colleague's link.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown token; [`Refused::NotNow`] when the link has ended.
pub async fn handed(cx: &Cx, token: &str) -> Result<Handed> {
    let mut reader = cx.read().await?;
    let handed = find_handed(&mut reader, &secret_hash(token)).await?.ok_or(Refused::Hidden)?;
    still_open(handed, cx.now())
}

fn still_open(handed: Handed, now: Timestamp) -> Result<Handed> {
    if handed.delegation.ended_at.is_some() || handed.request.state.after(Act::Send).is_err() {
        return Err(Refused::reason("delegation-ended"));
    }
    if !handed.delegation.is_live(now) {
        return Err(Refused::reason("delegation-expired"));
    }
    Ok(handed)
}

/// A colleague sends documents. They wait for the coordinator. Audit entry `proposal.sent` for each.
///
/// # Errors
/// As [`handed`] and as for documents of the coordinator; [`Refused::Fields`] when more wait than may come at once.
pub async fn propose_documents(cx: &Cx, token: &str, files: Vec<Arrived>) -> Result<()> {
    handed(cx, token).await?;
    let kept = keep(cx, files).await?;
    let (mut tx, handed) = behind(cx, token).await?;
    if handed.proposals.len() + kept.len() > MOST_FILES {
        let reason = Reason::new("delegation-too-many").with("limit", MOST_FILES);
        return Err(Refused::Fields(vec![FieldProblem::new("files", reason)]));
    }
    let now = cx.now();
    let delegation = handed.delegation.id;
    for kept in kept {
        let document = Document { delegation: Some(delegation), ..kept.document(cx, now) };
        add_document(&mut tx, handed.inspection.id, &document, None).await?;
        after_coming(cx, &mut tx, handed.inspection.id, &document).await?;
        let detail = json!({ "delegation": delegation, "digest": document.digest, "bytes": document.bytes });
        note(&mut tx, &handed, "proposal.sent", &document.id.to_string(), &detail, now).await?;
    }
    note_answer(&mut tx, delegation, None, now).await?;
    begin(&mut tx, &handed, now).await?;
    Ok(tx.commit().await?)
}

/// A colleague proposes to say that nothing is held. Audit entry `proposal.not-held`.
///
/// # Errors
/// As [`handed`]; [`Refused::Fields`] without a reason, or with one that identifies somebody.
pub async fn propose_not_held(cx: &Cx, token: &str, written: &str, identifies_nobody: bool) -> Result<()> {
    let (mut tx, handed) = behind(cx, token).await?;
    let reason = reason::checked(written, Some("returns-problem-not-held"), identifies_nobody)?;
    if !handed.proposals.is_empty() {
        return Err(Refused::reason("delegation-documents-wait"));
    }
    let (now, delegation) = (cx.now(), handed.delegation.id);
    note_answer(&mut tx, delegation, Some(reason), now).await?;
    note(&mut tx, &handed, "proposal.not-held", &delegation.to_string(), &json!({ "reason": reason }), now)
        .await?;
    Ok(tx.commit().await?)
}

/// A colleague says that the work has begun. Audit entry `request.begun`.
///
/// # Errors
/// As [`handed`]; [`Refused::NotNow`] when it was said already.
pub async fn begin_by_link(cx: &Cx, token: &str) -> Result<()> {
    let (mut tx, handed) = behind(cx, token).await?;
    handed.request.state.after(Act::Begin).map_err(Refused::reason)?;
    begin(&mut tx, &handed, cx.now()).await?;
    Ok(tx.commit().await?)
}

async fn behind(cx: &Cx, token: &str) -> Result<(Tx, Handed)> {
    let mut tx = cx.db.begin().await?;
    let handed = find_handed(&mut tx, &secret_hash(token)).await?.ok_or(Refused::Hidden)?;
    Ok((tx, still_open(handed, cx.now())?))
}

// A request that somebody works on says so; where it stands otherwise, nothing is changed.
async fn begin(tx: &mut Tx, handed: &Handed, now: Timestamp) -> Result<()> {
    let request = &handed.request;
    let Ok(state) = request.state.after(Act::Begin) else { return Ok(()) };
    save_request(tx, request.id, state, request.reason.as_deref(), None, now, request.version).await?;
    let detail = json!({ "from": request.state.word(), "delegation": handed.delegation.id });
    note(tx, handed, "request.begun", &request.id.to_string(), &detail, now).await
}

async fn note(
    tx: &mut Tx,
    handed: &Handed,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let inspection = Some(handed.inspection.id);
    Ok(audit::add(tx, now, inspection, &Actor::Public, action, subject, detail).await?)
}

/// What waits for the coordinator: each delegation of the inspection with what was proposed by it.
pub async fn waiting(source: &mut impl Source, grant: &Grant) -> Result<Vec<(Delegation, Vec<Document>)>> {
    let mut waiting = Vec::new();
    for delegation in delegations(source, grant).await? {
        let documents = proposals(source, delegation.id).await?;
        waiting.push((delegation, documents));
    }
    Ok(waiting)
}
