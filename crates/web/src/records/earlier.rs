//! What was answered in the own reading before, by whom and when.

use axum::extract::Path;
use keyline_domain::clock::in_london;
use keyline_operations::Refused;
use keyline_operations::records::{EarlierAnswer, OpenReading, earlier_answers};
use maud::{Markup, html};

use super::reading::{Around, href, shut};
use crate::components::{Width, empty_state, table_under_heading};
use crate::frame::{PageError, PageResult, Scope, Visitor};

/// The page.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let reading = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = OpenReading { inspection: scope.grant.inspection(), reading };
    let (opened, earlier) = match earlier_answers(visitor.cx(), visitor.actor(), input).await {
        Err(refused @ Refused::NotNow(_)) => return shut(&visitor, &scope, refused, &[]).await,
        other => other?,
    };
    let around = Around::of(&visitor, &scope, &opened.reading.label).await?;
    let rows: Vec<Vec<Markup>> = earlier.iter().map(|answer| row(&visitor, answer)).collect();
    let header = ["records-question", "reading-earlier-then", "reading-earlier-saved", "reading-earlier-now"]
        .map(|key| w.t(key));
    let body = html! {
        (Around::head(&visitor, &opened.reading))
        h2 { (w.t("reading-earlier")) }
        @if rows.is_empty() {
            (empty_state(&w.t("reading-earlier-none"), &w.t("reading-earlier-none-text"), None))
        } @else {
            p { (w.t("reading-earlier-text")) }
            (table_under_heading(&w.t("reading-earlier"), &header.each_ref().map(String::as_str), &rows))
        }
        (around.whom(&visitor))
        p { a href=(href(&scope, opened.reading.id, "/check")) { (w.t("records-look-over")) } }
    };
    let mut layout = around.layout(&visitor, &scope, &opened.reading, body);
    layout.width = Width::Wide;
    Ok(visitor.show(&layout))
}

fn row(visitor: &Visitor, answer: &EarlierAnswer) -> Vec<Markup> {
    let w = visitor.words();
    let at = w.date_time(&in_london(answer.at));
    vec![
        html! { (answer.question) },
        html! { span class="kl_pre" { (answer.then) } },
        html! { (w.with("returns-by-at", &[("name", &answer.by), ("at", &at)])) },
        html! {
            @if answer.now.is_empty() { span class="kl_quiet" { (w.t("records-not-answered")) } }
            @else { span class="kl_pre" { (answer.now) } }
        },
    ]
}
