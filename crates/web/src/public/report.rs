//! The page of a published report, and its PDF.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
    LAST_MODIFIED, VARY,
};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use keyline_store::report::editions::Edition;
use keyline_store::report::public::{self, PublishedReport};
use maud::html;

use super::page_cache::Rendered;
use super::{PUBLIC_CACHE, file};
use crate::components::{Layout, document_body, document_contents, page, summary_list};
use crate::frame::{PageError, PageResult, Visitor};

/// The page. Whoever has signed in gets it with the own navigation and nothing of it is kept.
pub(super) async fn get(visitor: Visitor, Path(reference): Path<String>, headers: HeaderMap) -> PageResult {
    if visitor.signed_in().is_some() {
        let (report, edition) = published(&visitor, &reference).await?;
        return Ok(visitor.show(&layout(&visitor, &report, &edition)));
    }
    let key = format!("{reference} {}", visitor.words().lang());
    let (cx, pages) = (visitor.cx(), &visitor.app().report_pages);
    // Read before the query: a write in between only means that the next request asks again.
    let generation = cx.db.generation();
    let kept = pages.get(&key, generation);
    if let Some((true, page)) = &kept {
        return Ok(answer(page, &headers));
    }
    let (report, edition) = published(&visitor, &reference).await?;
    let page = match kept {
        Some((_, page)) if page.edition == edition.id => page,
        _ => Arc::new(render(&visitor, &report, &edition)?),
    };
    pages.keep(&key, generation, page.clone());
    Ok(answer(&page, &headers))
}

async fn published(visitor: &Visitor, reference: &str) -> PageResult<(PublishedReport, Edition)> {
    let mut reader = visitor.cx().read().await?;
    let report = public::find(&mut reader, reference).await?.ok_or(PageError::NOT_FOUND)?;
    let edition = public::edition(&mut reader, report.inspection).await?.ok_or(PageError::NOT_FOUND)?;
    Ok((report, edition))
}

fn layout<'a>(visitor: &'a Visitor, report: &PublishedReport, edition: &Edition) -> Layout<'a> {
    let w = visitor.words();
    let document = &edition.document;
    let front: Vec<_> =
        document.front.iter().map(|(name, value)| (name.clone(), html! { (value) })).collect();
    let at = |rest: &str| format!("/reports/{}/{rest}", report.reference);
    let body = html! {
        (summary_list(&front))
        h2 { (w.t("public-report-files")) }
        ul {
            li { a href=(at("report.pdf")) type="application/pdf" { (w.t("public-report-pdf")) } }
            li { a href=(at("report.json")) type="application/json" { (w.t("public-report-json")) } }
            li { a href=(at("grades.csv")) type="text/csv" { (w.t("public-report-csv")) } }
        }
        p { (w.t("public-data-licence")) }
        p { a href=(format!("/you-said/{}", report.area)) { (w.t("you-said-from-report")) } }
        (document_contents(document))
        (document_body(document))
    };
    let mut layout = visitor.layout(document.title.clone(), body);
    layout.description = Some(w.with("public-report-description", &[("title", &document.title)]));
    layout.breadcrumbs = vec![("/reports".into(), w.t("public-reports-title"))];
    layout
}

fn render(visitor: &Visitor, report: &PublishedReport, edition: &Edition) -> PageResult<Rendered> {
    let mut layout = layout(visitor, report, edition);
    // Shown again to others, so nothing of this visit stays in it.
    layout.notice = None;
    let body = page(&layout).into_string();
    let hash = blake3::hash(body.as_bytes()).to_hex();
    let header = |text: &str| HeaderValue::from_str(text).map_err(|e| PageError::fault(&e));
    Ok(Rendered {
        edition: edition.id,
        etag: header(&format!("W/\"{}\"", &hash[..32]))?,
        modified: header(&http_date(report.published_at))?,
        body: Bytes::from(body),
    })
}

fn http_date(at: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

fn answer(page: &Rendered, headers: &HeaderMap) -> Response {
    let known = headers.get(IF_NONE_MATCH).is_some_and(|v| {
        v.as_bytes() == page.etag.as_bytes()
            || v.to_str()
                .is_ok_and(|v| page.etag.to_str().is_ok_and(|tag| v.split(',').any(|t| t.trim() == tag)))
    });
    let validators = [
        (ETAG, page.etag.clone()),
        (LAST_MODIFIED, page.modified.clone()),
        (CACHE_CONTROL, PUBLIC_CACHE),
        (VARY, HeaderValue::from_static("accept-language, cookie")),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    let kind = [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    (validators, kind, page.body.clone()).into_response()
}

/// The PDF. For the few seconds in which it is being made, an answer that says so.
pub(super) async fn pdf(visitor: Visitor, Path(reference): Path<String>) -> PageResult {
    let (report, edition) = published(&visitor, &reference).await?;
    let Some(digest) = edition.pdf_digest else {
        return Err(PageError::with(StatusCode::SERVICE_UNAVAILABLE, "report-pdf-soon"));
    };
    let content = visitor.cx().documents.get(&digest).await?;
    let mut response = file("application/pdf", content);
    let name = format!("inline; filename=\"{}.pdf\"", report.reference);
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
