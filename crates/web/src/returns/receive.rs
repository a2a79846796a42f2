//! Documents arriving against a request: written to the disk bit by bit as they come, kept all together or not at all.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::Refused;
use keyline_operations::returns::{Arrived, DOCUMENT_LIMIT, MOST_FILES, UploadDocuments, upload_documents};
use keyline_store::returns::find_request;

use super::request::{At, Shown, id_of, render};
use crate::frame::{Files, PageError, PageResult, Problems, Scope, Typed, Visitor};

/// Most bytes of the files of one sending, so that one form cannot fill the disk with what may then be refused.
pub(super) const TOGETHER: u64 = 300 * 1024 * 1024;

const MEGABYTE: u64 = 1024 * 1024;

/// Takes the files.
pub(super) async fn post(visitor: Visitor, scope: Scope, at: At, mut files: Files) -> PageResult {
    let request = id_of(&at)?;
    // A request that is not there takes nothing to the disk.
    let found = find_request(&mut visitor.cx().read().await?, &scope.grant, request).await;
    let taken = match found {
        Ok(Some(_)) => take(&visitor, &mut files).await,
        Ok(None) => Err(PageError::NOT_FOUND),
        Err(error) => Err(error.into()),
    };
    files.drain().await;
    let (status, problems) = match taken? {
        Taken::Whole(files) => {
            let input = UploadDocuments { inspection: scope.grant.inspection(), request, files };
            match upload_documents(visitor.cx(), visitor.actor(), input).await {
                Ok(_) => {
                    let href = scope.href(&format!("returns/requests/{request}?done=documents-uploaded"));
                    return Ok(Redirect::to(&href).into_response());
                }
                Err(Refused::Fields(wrong)) => {
                    let texts = wrong.iter().map(|problem| named(&visitor, problem));
                    (StatusCode::UNPROCESSABLE_ENTITY, Problems::texts("files", texts))
                }
                Err(refused) => {
                    let problems = Problems::from_refusal(&visitor, refused)?;
                    (problems.status(), problems)
                }
            }
        }
        Taken::TooMuch(problem) => {
            (StatusCode::PAYLOAD_TOO_LARGE, Problems::texts("files", [named(&visitor, &problem)]))
        }
    };
    render(&visitor, &scope, request, &Shown { typed: Typed::default(), problems, stale: false, status })
        .await
}

/// What has arrived.
pub(super) enum Taken {
    /// Everything that was sent; a field without a file is left out.
    Whole(Vec<Arrived>),
    /// More than is taken.
    TooMuch(FieldProblem),
}

/// Takes the files of a form to the disk.
pub(super) async fn take(visitor: &Visitor, files: &mut Files) -> Result<Taken, PageError> {
    let (mut arrived, mut together) = (Vec::new(), 0);
    while let Some(file) = files.next().await? {
        // One more than may come is enough for the verb to say so.
        if file.field != "files" || arrived.len() > MOST_FILES {
            continue;
        }
        let name = file.name.clone();
        let left = TOGETHER - together;
        let Some(content) = file.arrive(visitor.cx(), DOCUMENT_LIMIT.min(left)).await? else {
            let reason = if left < DOCUMENT_LIMIT {
                Reason::new("returns-too-much-together").with("limit", TOGETHER / MEGABYTE)
            } else {
                Reason::new("upload-too-large").with("limit", DOCUMENT_LIMIT / MEGABYTE).with("file", name)
            };
            return Ok(Taken::TooMuch(FieldProblem::new("files", reason)));
        };
        together += content.bytes();
        if !name.is_empty() || content.bytes() > 0 {
            arrived.push(Arrived { name, content });
        }
    }
    Ok(Taken::Whole(arrived))
}

/// The sentence of a refusal with the name of the file before it, when several may have come.
pub(super) fn named(visitor: &Visitor, problem: &FieldProblem) -> String {
    let sentence = visitor.sentence(&problem.reason);
    match problem.reason.values.iter().find(|(name, _)| name == "file") {
        Some((_, file)) => format!("{file}: {sentence}"),
        None => sentence,
    }
}
