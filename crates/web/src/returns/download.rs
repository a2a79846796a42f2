//! Files that are handed out: the empty return, and documents as they were sent, never shown in the page itself.

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream::try_unfold;
use keyline_operations::returns::{Form, empty_return, open_document};
use keyline_store::documents::Content;
use keyline_store::inspections;
use keyline_store::returns::Document;
use keyline_workbooks::FileKind;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::frame::{PageError, PageResult, Scope, Visitor};

/// The empty return as a workbook.
pub(super) async fn empty_workbook(visitor: Visitor, scope: Scope) -> PageResult {
    empty(&visitor, &scope, Form::Workbook, FileKind::Xlsx).await
}

/// The empty return as CSV.
pub(super) async fn empty_csv(visitor: Visitor, scope: Scope) -> PageResult {
    empty(&visitor, &scope, Form::Csv, FileKind::Csv).await
}

async fn empty(visitor: &Visitor, scope: &Scope, form: Form, kind: FileKind) -> PageResult {
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let wanted = &visitor.cx().programme(&inspection)?.pre_inspection_return;
    let content = empty_return(wanted, form, visitor.words())?;
    let name = format!("{}-pre-inspection-return.{}", scope.reference, kind.extension());
    let headers = [(CONTENT_TYPE, kind.media_type().to_owned()), (CONTENT_DISPOSITION, attachment(&name))];
    Ok((headers, content).into_response())
}

/// A document, bit by bit. The verb writes the opening into the audit trail.
pub(super) async fn document(
    visitor: Visitor,
    scope: Scope,
    Path((_, document)): Path<(String, String)>,
) -> PageResult {
    let id = document.parse().map_err(|_| PageError::NOT_FOUND)?;
    let (row, content) = open_document(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    Ok(handed_out(row, content))
}

/// The answer that hands a document out, bit by bit.
pub(super) fn handed_out(row: Document, content: Content) -> Response {
    let headers = [
        (CONTENT_TYPE, row.kind),
        (CONTENT_DISPOSITION, attachment(&row.name)),
        (CONTENT_LENGTH, row.bytes.to_string()),
    ];
    // Each bit is checked before it goes out; one that was changed breaks the download off.
    let bits = try_unfold(content, |content| async move {
        content.bit().await.inspect_err(|error| tracing::error!(error = ?error, "a document broke off"))
    });
    (headers, Body::from_stream(bits)).into_response()
}

/// The header of a file to be saved, with its name twice (RFC 6266): in letters that every browser reads, and as it is.
pub(super) fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        utf8_percent_encode(name, NON_ALPHANUMERIC)
    )
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn no_name_breaks_out_of_the_header() {
        let header = attachment("Plän \"x\"\r\nset-cookie: a.pdf");
        assert!(header.starts_with("attachment; filename=\"Pl_n _x___set-cookie_ a.pdf\"; "), "{header}");
        assert!(!header.contains('\r') && header.ends_with("set%2Dcookie%3A%20a%2Epdf"), "{header}");
    }
}
