//! Reading: the report as it stands, the draft, the embargoed copy, each as a page and a PDF.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use keyline_domain::documents::Document;
use keyline_operations::report::{SendDraft, pdf, preview as as_it_stands, read_draft, read_embargoed};
use keyline_store::inspections;
use maud::{Markup, html};

use crate::components::{document_body, document_contents, warning};
use crate::frame::{PageResult, Problems, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The report as it stands now.
pub(super) async fn preview(visitor: Visitor, scope: Scope) -> PageResult {
    let document = as_it_stands(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    show(&visitor, &scope, "report-preview-title", &document, &html! {}).await
}

/// Sends the draft; what stands in the way is shown in the room, place by place.
pub(super) async fn send_draft(visitor: Visitor, scope: Scope) -> PageResult {
    let input = SendDraft { inspection: scope.grant.inspection() };
    match keyline_operations::report::send_draft(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("report?done=draft-sent")).into_response()),
        Err(refused) => {
            super::room::render(&visitor, &scope, &Problems::from_refusal(&visitor, refused)?).await
        }
    }
}

/// The draft.
pub(super) async fn draft(visitor: Visitor, scope: Scope) -> PageResult {
    let edition = read_draft(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    let w = visitor.words();
    let above = html! {
        ul {
            li { a href=(scope.href("report/points")) { (w.t("report-points-read")) } }
            li { a href=(scope.href("report/draft.pdf")) { (w.t("report-pdf")) } }
        }
    };
    show(&visitor, &scope, "report-draft-title", &edition.document, &above).await
}

/// The draft as a PDF.
pub(super) async fn draft_pdf(visitor: Visitor, scope: Scope) -> PageResult {
    let edition = read_draft(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    as_file(&visitor, &scope, &edition.document, "draft").await
}

/// The embargoed copy, with the name of its reader.
pub(super) async fn embargoed(visitor: Visitor, scope: Scope) -> PageResult {
    let edition = read_embargoed(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    let w = visitor.words();
    let above = html! {
        (warning(&w.t("report-embargo"), &html! { (w.t("report-embargo-notice")) }))
        p { a href=(scope.href("report/embargoed.pdf")) { (w.t("report-pdf")) } }
    };
    show(&visitor, &scope, "report-embargo-title", &edition.document, &above).await
}

/// The embargoed copy as a PDF, with the name of its reader.
pub(super) async fn embargoed_pdf(visitor: Visitor, scope: Scope) -> PageResult {
    let edition = read_embargoed(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    as_file(&visitor, &scope, &edition.document, "embargoed").await
}

async fn show(
    visitor: &Visitor,
    scope: &Scope,
    title: &str,
    document: &Document,
    above: &Markup,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let body = html! {
        (above)
        p { strong { (document.title) } @if !document.subtitle.is_empty() { br; (document.subtitle) } }
        (document_contents(document))
        (document_body(document))
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Report, w.t(title), body);
    layout.breadcrumbs = vec![(scope.href("report"), w.t("room-report"))];
    Ok(visitor.show(&layout))
}

async fn as_file(visitor: &Visitor, scope: &Scope, document: &Document, name: &str) -> PageResult {
    let content = pdf(visitor.cx(), document).await?;
    let disposition = format!("inline; filename=\"{}-{name}.pdf\"", scope.reference);
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, disposition)], content)
        .into_response())
}
