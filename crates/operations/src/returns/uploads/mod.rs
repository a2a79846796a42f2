//! Uploads that come in parts and can be broken off and gone on with: after a restart, and from another node that has the
//! same database and the same document store.
//!
//! | file | subject |
//! | --- | --- |
//! | `mod.rs` | beginning, looking, giving up |
//! | `part.rs` | a part that arrives |
//! | `gathering.rs` | how much of it is gathered before it is sealed |
//! | `finish.rs` | the last part, which makes it a document |
//! | `digests.rs` | the hashes of what has come, remembered or read anew |
//!
//! The person who began an upload goes on with it, and is asked for the right at the beginning, at every piece and at
//! the end. Parts are no verbs: the audit trail has the beginning and what became of it.

mod digests;
mod finish;
mod gathering;
mod part;

use jiff::{SignedDuration, Timestamp};
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, RequestId, UploadId};
use keyline_domain::reasons::Reason;
use keyline_store::returns::{self, Upload, expired_uploads, find_upload, open_uploads, remove_upload};
use serde_json::json;

pub use digests::{Checksum, RunningUploads};
pub use part::{Part, PartRefused, Taken, begin_part};

use super::documents::{asked, plain_name, wrong_name};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Most bytes of a document that comes in parts.
pub const UPLOAD_LIMIT: u64 = 5 * 1024 * 1024 * 1024;

/// Uploads that a person may have under way in one inspection. A number of ours: what is begun takes the disk.
const UNDER_WAY: usize = 40;

/// How long an upload waits for more.
const WAITS: SignedDuration = SignedDuration::from_hours(72);

/// The beginning of an upload.
#[derive(Debug, Clone)]
pub struct BeginUpload {
    /// Where.
    pub inspection: InspectionId,
    /// Against which request.
    pub request: RequestId,
    /// Name of the file as it was sent.
    pub name: String,
    /// Bytes of the whole file.
    pub bytes: u64,
    /// What the client said of it, to be sent back as it was.
    pub metadata: String,
    /// SHA-256 that the whole file should have, in hexadecimal.
    pub sha256: Option<String>,
}

/// Begins an upload against a request. Audit entry `upload.begun`.
///
/// # Errors
/// [`Refused::Fields`] on `files` when it is empty or too large, or when too many are under way; [`Refused::NotNow`] when
/// the request has been accepted.
pub async fn begin_upload(cx: &Cx, actor: &Actor, input: BeginUpload) -> Result<Upload> {
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let request = asked(&mut work, input.request).await?;
    let (person, grant) = (work.person()?, work.grant.clone());
    let refused = |reason: Reason| {
        Err(Refused::Fields(vec![keyline_domain::reasons::FieldProblem::new("files", reason)]))
    };
    if input.bytes == 0 {
        return refused(Reason::new("upload-empty"));
    }
    if input.bytes > UPLOAD_LIMIT {
        return refused(Reason::new("upload-too-large").with("limit", UPLOAD_LIMIT / (1024 * 1024)));
    }
    let name = plain_name(&input.name);
    if name.is_empty() {
        return refused(Reason::new("upload-missing"));
    }
    if let Some(reason) = wrong_name(&name) {
        return refused(reason);
    }
    let open = open_uploads(&mut work.tx, &grant).await?;
    if open.iter().filter(|u| u.begun_by == person).count() >= UNDER_WAY {
        return refused(Reason::new("upload-too-many-under-way").with("limit", UNDER_WAY));
    }
    let upload = Upload {
        id: UploadId::new(work.now, cx.random()),
        inspection: input.inspection,
        request: request.id,
        name,
        bytes: input.bytes,
        received: 0,
        metadata: input.metadata,
        sha256: input.sha256,
        begun_by: person,
        expires_at: until(work.now),
        digest: None,
        document: None,
    };
    returns::add_upload(&mut work.tx, &upload).await?;
    work.record("upload.begun", upload.id, json!({ "request": request.id, "bytes": upload.bytes })).await?;
    work.commit().await?;
    Ok(upload)
}

fn until(now: Timestamp) -> Timestamp {
    now.checked_add(WAITS).unwrap_or(now)
}

/// The upload as it stands, for the person who began it.
///
/// # Errors
/// [`Refused::Hidden`] for anybody else, and when it is gone.
pub async fn look_at_upload(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    upload: UploadId,
) -> Result<Upload> {
    let grant = cx.grant(actor, inspection, Action::UploadDocument).await?;
    let found = find_upload(&mut cx.read().await?, &grant, upload).await?;
    // What is past its time is gone, also when the clock has not cleared it up yet.
    found.filter(|u| Some(u.begun_by) == grant.person_id() && u.expires_at > cx.now()).ok_or(Refused::Hidden)
}

/// Gives an upload up and removes what has come. Audit entry `upload.given-up`.
///
/// # Errors
/// [`Refused::Hidden`] for anybody but the person who began it; [`Refused::NotNow`] when it is a document already.
pub async fn give_up_upload(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    upload: UploadId,
) -> Result<Upload> {
    let found = look_at_upload(cx, actor, inspection, upload).await?;
    let mut work = cx.work(actor, inspection, Action::UploadDocument).await?;
    let grant = work.grant.clone();
    let now = find_upload(&mut work.tx, &grant, found.id).await?.ok_or(Refused::Hidden)?;
    if now.document.is_some() {
        return Err(Refused::reason("upload-is-a-document"));
    }
    remove_upload(&mut work.tx, upload).await?;
    work.record("upload.given-up", upload, json!({ "request": now.request })).await?;
    work.commit().await?;
    clear(cx, &now).await;
    Ok(now)
}

/// Gives up the uploads for which nothing came any more. Audit entry `upload.expired` for each that had not become a
/// document.
///
/// # Errors
/// When the database cannot be read or written: worth trying again.
pub async fn expire_uploads(cx: &Cx) -> Result<()> {
    for upload in expired_uploads(&mut cx.read().await?, cx.now()).await? {
        let mut work = cx.work(&Actor::Clock, upload.inspection, Action::UploadDocument).await?;
        let grant = work.grant.clone();
        let Some(now) = find_upload(&mut work.tx, &grant, upload.id).await? else { continue };
        // More came in between.
        if now.expires_at > work.now {
            continue;
        }
        remove_upload(&mut work.tx, now.id).await?;
        if now.document.is_none() {
            work.record("upload.expired", now.id, json!({ "request": now.request })).await?;
        }
        work.commit().await?;
        clear(cx, &now).await;
    }
    Ok(())
}

/// Destroys an upload that is under way: what has come of it first, then its rows. Audit entry
/// `disposal.upload-destroyed`. Whoever goes on sending is told that it is gone.
///
/// # Errors
/// When its files cannot be removed: then its rows lead to them still.
pub(crate) async fn destroy_upload(cx: &Cx, work: &mut Work, upload: &Upload) -> Result<()> {
    remove_files(cx, upload).await?;
    remove_upload(&mut work.tx, upload.id).await?;
    work.record("disposal.upload-destroyed", upload.id, json!({})).await
}

// Removes the files of an upload whose rows are gone. What cannot be removed now stays as files that nothing names.
async fn clear(cx: &Cx, upload: &Upload) {
    if let Err(error) = remove_files(cx, upload).await {
        tracing::warn!(upload = %upload.id, error = ?error, "files of an upload could not be removed");
    }
}

// But those in which a document may lie.
async fn remove_files(cx: &Cx, upload: &Upload) -> keyline_store::Result<()> {
    cx.running_uploads().forget(upload.id);
    let documents = &cx.documents;
    let kept = match &upload.digest {
        None => Vec::new(),
        Some(digest) if digest.len() == 64 => documents.names_of(digest).await?,
        // More than one whole was tried: nobody knows in which documents its pieces lie.
        Some(_) => return Ok(()),
    };
    documents.clear_batch(&upload.id.to_string(), &kept).await
}
