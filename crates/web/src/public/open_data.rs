//! Open data of published reports.

use axum::extract::Path;
use axum::response::Response;
use keyline_operations::report::open_data::{all, grades_csv, open_report, with_text};
use keyline_store::report::public;
use serde::Serialize;

use super::file;
use crate::frame::{PageError, PageResult, Visitor};

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=utf-8; header=present";

fn as_json(value: &impl Serialize) -> PageResult {
    let mut text = serde_json::to_vec_pretty(value).map_err(|e| PageError::fault(&e))?;
    text.push(b'\n');
    Ok(file(JSON, text))
}

/// All published reports, without their texts.
pub(super) async fn index(visitor: Visitor) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    as_json(&all(visitor.cx(), &mut reader).await?)
}

/// The grades of all published reports.
pub(super) async fn all_grades(visitor: Visitor) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    Ok(file(CSV, grades_csv(&all(visitor.cx(), &mut reader).await?)))
}

/// One report with its text.
pub(super) async fn report(visitor: Visitor, Path(reference): Path<String>) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let found = public::find(&mut reader, &reference).await?.ok_or(PageError::NOT_FOUND)?;
    let edition = public::edition(&mut reader, found.inspection).await?.ok_or(PageError::NOT_FOUND)?;
    as_json(&with_text(open_report(visitor.cx(), &found), edition.document))
}

/// The grades of one report.
pub(super) async fn grades(visitor: Visitor, Path(reference): Path<String>) -> PageResult<Response> {
    let mut reader = visitor.cx().read().await?;
    let found = public::find(&mut reader, &reference).await?.ok_or(PageError::NOT_FOUND)?;
    Ok(file(CSV, grades_csv(&[open_report(visitor.cx(), &found)])))
}
