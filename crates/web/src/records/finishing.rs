//! Looking over the own reading, finishing it, and taking it up again to put something right.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::ReadingId;
use keyline_forms::answering::SummaryLine;
use keyline_operations::Refused;
use keyline_operations::records::{
    OpenReading, OpenedReading, TurnReading, finish_reading, open_reading, reading_as_it_stands,
    reopen_reading,
};
use keyline_store::records::ReadingState;
use maud::{Markup, html};

use super::reading::{Around, VERSION, filling, href, own, shut};
use crate::components::{Button, Kind, Tone, fault_sentence, form, hidden, inset, not_offered, tag};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// What is shown beside the answers.
#[derive(Default)]
pub(super) struct Beside {
    /// What stands in the way of finishing, by question.
    pub(super) missing: Vec<(String, String)>,
    /// Why not.
    pub(super) refused: Problems,
    /// What was typed on a page that can no longer be saved, so that it can be taken elsewhere.
    pub(super) typed: Option<String>,
}

/// Everything that is asked, with what was answered.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
) -> PageResult {
    let reading: ReadingId = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = OpenReading { inspection: scope.grant.inspection(), reading };
    let opened = match open_reading(visitor.cx(), visitor.actor(), input).await {
        Err(refused @ Refused::NotNow(_)) => return shut(&visitor, &scope, refused, &[]).await,
        other => other?,
    };
    render(&visitor, &scope, &opened, &Beside::default()).await
}

/// Finishes the reading.
pub(super) async fn finish(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let input = turned(&scope, &reading, &typed)?;
    match finish_reading(visitor.cx(), visitor.actor(), input).await {
        Ok(faults) if faults.is_empty() => {
            Ok(Redirect::to(&scope.href("records/readings?done=reading-finished")).into_response())
        }
        Ok(faults) => {
            let opened = own(&visitor, &scope, input.reading).await?;
            let said = faults.iter().map(|f| (f.question.clone(), fault_sentence(visitor.words(), f)));
            let beside = Beside { missing: said.collect(), ..Beside::default() };
            render(&visitor, &scope, &opened, &beside).await
        }
        Err(refused) => again(&visitor, &scope, input.reading, refused).await,
    }
}

/// Takes the reading up again.
pub(super) async fn reopen(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let input = turned(&scope, &reading, &typed)?;
    match reopen_reading(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            Ok(Redirect::to(&href(&scope, input.reading, "/check?done=reading-reopened")).into_response())
        }
        Err(refused) => again(&visitor, &scope, input.reading, refused).await,
    }
}

fn turned(scope: &Scope, reading: &str, typed: &Typed) -> PageResult<TurnReading> {
    let reading = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let version = typed.parse(VERSION).unwrap_or(0);
    Ok(TurnReading { inspection: scope.grant.inspection(), reading, version })
}

/// The page again with why not. What was saved in another window is what the page shows.
async fn again(visitor: &Visitor, scope: &Scope, reading: ReadingId, refused: Refused) -> PageResult {
    let input = OpenReading { inspection: scope.grant.inspection(), reading };
    let opened = match reading_as_it_stands(visitor.cx(), visitor.actor(), input).await {
        Err(refused @ Refused::NotNow(_)) => return shut(visitor, scope, refused, &[]).await,
        other => other?,
    };
    let refused = match refused {
        Refused::Stale { .. } => Refused::reason("records-saved-elsewhere"),
        other => other,
    };
    let beside = Beside { refused: Problems::from_refusal(visitor, refused)?, ..Beside::default() };
    render(visitor, scope, &opened, &beside).await
}

/// The page.
pub(super) async fn render(
    visitor: &Visitor,
    scope: &Scope,
    opened: &OpenedReading,
    beside: &Beside,
) -> PageResult {
    let w = visitor.words();
    let reading = &opened.reading;
    let around = Around::of(visitor, scope, &reading.label).await?;
    let in_use = around.in_use;
    let lines = filling(visitor, opened).summary();
    let changes = in_use && reading.state == ReadingState::Open;
    let (act, title, kind) = match reading.state {
        ReadingState::Open => ("/finish", "records-finish", Kind::Primary),
        ReadingState::Finished => ("/reopen", "records-reopen", Kind::Secondary),
    };
    let body = html! {
        (Around::head(visitor, reading))
        @if !in_use { (not_offered(&w.t("records-reading-closed"), &[w.t("records-was-replaced")])) }
        @if let Some(typed) = beside.typed.as_ref().filter(|typed| !typed.is_empty()) {
            (inset(&html! { h2 { (w.t("text-yours")) } p class="kl_pre" { (typed) } }))
        }
        (answers(visitor, scope, opened, &lines, changes))
        @if reading.version > 1 {
            p { a href=(href(scope, reading.id, "/earlier")) { (w.t("reading-earlier")) } }
        }
        (around.whom(visitor))
        @if in_use {
            (form(&href(scope, reading.id, act), &html! {
                (hidden(VERSION, reading.version.to_string()))
                (Button::new(&w.t(title)).kind(kind))
            }))
        }
    };
    let mut layout = around.layout(visitor, scope, reading, body);
    let complete = beside.missing.is_empty();
    let status = if complete { beside.refused.status() } else { StatusCode::UNPROCESSABLE_ENTITY };
    layout.problems = if complete { beside.refused.summary() } else { Some(beside.missing.clone()) };
    Ok(visitor.show_as(status, &layout))
}

/// What was answered, under the headings of the tool.
fn answers(
    visitor: &Visitor,
    scope: &Scope,
    opened: &OpenedReading,
    lines: &[SummaryLine],
    changes: bool,
) -> Markup {
    let w = visitor.words();
    let heading = |line: &SummaryLine| line.headings.last().map(|h| h.label.clone()).unwrap_or_default();
    html! {
        @for part in lines.chunk_by(|one, next| heading(one) == heading(next)) {
            @let title = part.first().map(heading).unwrap_or_default();
            @if !title.is_empty() { h2 { (title) } }
            dl class="ds_summary-list kl_check" {
                @for line in part {
                    div class="ds_summary-list__item" {
                        dt class="ds_summary-list__key" { (line.question) }
                        dd class="ds_summary-list__value kl_pre" {
                            @if !line.answer.is_empty() { (line.answer.join("\n")) }
                            @else if line.wrong { (tag(Tone::Warn, &w.t("records-missing"))) }
                            @else { span class="kl_quiet" { (w.t("records-not-answered")) } }
                        }
                        @if changes {
                            dd class="ds_summary-list__actions" {
                                a id=(line.path) href=(super::reading::page_href(scope, opened.reading.id, &line.page))
                                    aria-label=(w.with("survey-change-what", &[("question", &line.question)])) { (w.t("survey-change")) }
                            }
                        }
                    }
                }
            }
        }
    }
}
