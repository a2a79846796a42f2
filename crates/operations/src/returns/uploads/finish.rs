//! The last part: the upload becomes a document, in one transaction with the last of its bytes. So an upload of which
//! everything has come is a document, whenever the machine stops.

use keyline_domain::access::Action;
use keyline_domain::ids::DocumentId;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::documents::Piece;
use keyline_store::returns::{Document, finish_upload, pieces_of, remove_upload, set_digest};
use keyline_workbooks::{FileKind, Limits};
use serde_json::json;
use sha2::Digest;

use super::super::checks::check_wanted;
use super::super::documents::{add_all, asked};
use super::super::kind::kind_of;
use super::super::refusals::sentence;
use super::digests::Digests;
use super::part::{Part, PartResult, Taken};
use super::{UPLOAD_LIMIT, clear, until};
use crate::refused::{Refused, Result};

/// Makes the document; `last` are the pieces that are not counted yet. When the file is refused the upload is gone, with
/// the audit entry `upload.refused`.
pub(super) async fn finish(part: Part, last: Vec<Piece>, digests: Digests) -> PartResult {
    let (mut pieces, node) = pieces_of(&mut part.cx.read().await?, part.upload.id).await?;
    pieces.extend(last);
    let digest = digests.blake3.finalize();
    let kind = match look(&part, &pieces, &digests).await? {
        Ok(found) => found,
        Err(reason) => return Err(refuse(&part, reason).await?.into()),
    };
    // Asked before anything is kept, and again with it.
    let mut work = part.cx.work(&part.actor, part.upload.inspection, Action::UploadDocument).await?;
    if let Err(refused) = asked(&mut work, part.upload.request).await {
        drop(work);
        if let Refused::NotNow(reasons) = &refused
            && let Some(reason) = reasons.first()
        {
            refuse(&part, reason.clone()).await?;
        }
        return Err(refused.into());
    }
    drop(work);
    let hex = digest.to_hex().to_string();
    let noted = if part.upload.digest.as_ref().is_none_or(|before| *before == hex) {
        hex.as_str()
    } else {
        "several"
    };
    let mut tx = part.cx.db.begin_apart().await?;
    set_digest(&mut tx, part.upload.id, noted).await?;
    tx.commit().await?;
    let kept = part.cx.documents.keep(pieces, digest).await?;
    let names = kept.names.clone();
    let held_by =
        if kept.held { Some(node.unwrap_or_else(|| part.cx.documents.node().to_owned())) } else { None };

    let mut work = part.cx.work(&part.actor, part.upload.inspection, Action::UploadDocument).await?;
    let request = asked(&mut work, part.upload.request).await?;
    let now = work.now;
    let expires_at = until(now);
    let document = Document {
        id: DocumentId::new(now, part.cx.random()),
        name: part.upload.name.clone(),
        version: 1,
        kind: kind.media_type().to_owned(),
        bytes: i64::try_from(part.upload.bytes).unwrap_or(i64::MAX),
        digest: hex.clone(),
        check: check_wanted(&part.cx),
        held_by,
        uploaded_by: work.grant.person_id(),
        uploaded_at: now,
        delegation: None,
        origin: None,
    };
    let id = document.id;
    add_all(&part.cx, &mut work, &request, vec![document]).await?;
    finish_upload(&mut work.tx, part.upload.id, part.counted, id, expires_at).await?;
    work.commit().await?;
    if noted == hex
        && let Err(error) = part.cx.documents.clear_batch(&part.upload.id.to_string(), &names).await
    {
        tracing::warn!(error = ?error, "files of an upload that nothing names could not be removed");
    }
    Ok(Taken { received: part.upload.bytes, expires_at, document: Some(id) })
}

// What the file is, or why it is not taken.
async fn look(
    part: &Part,
    pieces: &[Piece],
    digests: &Digests,
) -> Result<std::result::Result<FileKind, Reason>> {
    if let (Some(stated), Some(sha256)) = (&part.upload.sha256, &digests.sha256) {
        let found = sha256.clone().finalize();
        let stated =
            (0..stated.len()).step_by(2).map(|at| u8::from_str_radix(stated.get(at..at + 2)?, 16).ok());
        if !stated.eq(found.iter().map(|byte| Some(*byte))) {
            return Ok(Err(Reason::new("upload-not-the-same")));
        }
    }
    let (mut content, name) = (part.cx.documents.content_of(pieces), part.upload.name.clone());
    // What is packed already, as films in a presentation, unpacks to little more than it is.
    let unpacked = 500 * 1024 * 1024 + 2 * part.upload.bytes;
    let limits = Limits { bytes: UPLOAD_LIMIT, unpacked, ..Limits::default() };
    let reader = part.cx.files.clone();
    let found = tokio::task::spawn_blocking(move || {
        let found = kind_of(&reader, &mut content, &name, &limits);
        (found, content.failed())
    });
    match found.await.map_err(Refused::fault)? {
        // A file that cannot be read because of us is not refused.
        (_, Some(error)) => Err(error.into()),
        (found, None) => Ok(found.map_err(|refusal| sentence(&refusal))),
    }
}

async fn refuse(part: &Part, reason: Reason) -> Result<Refused> {
    let mut work = part.cx.work(&part.actor, part.upload.inspection, Action::UploadDocument).await?;
    remove_upload(&mut work.tx, part.upload.id).await?;
    let detail = json!({ "request": part.upload.request, "reason": reason.key });
    work.record("upload.refused", part.upload.id, detail).await?;
    work.commit().await?;
    clear(&part.cx, &part.upload).await;
    Ok(Refused::Fields(vec![FieldProblem::new("files", reason.with("file", &part.upload.name))]))
}
