//! The readings of one record side by side, question by question. Opening them is in the audit trail, reading by reading.

use axum::extract::Path;
use keyline_domain::clock::in_london;
use keyline_domain::records::comparing::{Likeness, likeness};
use keyline_domain::records::tool;
use keyline_operations::records::{OpenReading, OpenedReading, look_at_reading};
use keyline_store::records::{self, ReadingState};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Stand, crumbs};
use crate::components::{Tone, empty_state, table, tag};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The address of the readings of a label.
pub(super) fn href(scope: &Scope, label: &str) -> String {
    format!("{}/{}", scope.href("records/team/compare"), utf8_percent_encode(label, NON_ALPHANUMERIC))
}

/// The page.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, label)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let drawn = stand.drawn.as_ref().map(|(_, records)| records.as_slice()).unwrap_or_default();
    if !drawn.iter().any(|r| r.label == label) {
        return Err(PageError::NOT_FOUND);
    }
    let all = records::list_readings(&mut stand.reader, &scope.grant, None).await?;
    // The connection goes back before the verbs ask for theirs.
    let Stand { reader, inspection, .. } = stand;
    drop(reader);
    let mut opened = Vec::new();
    // A draft is its reader's own until it is finished.
    for one in all.iter().filter(|r| r.label == label && r.state == ReadingState::Finished) {
        let input = OpenReading { inspection: scope.grant.inspection(), reading: one.id };
        opened.push(look_at_reading(visitor.cx(), visitor.actor(), input).await?);
    }
    let body = if opened.is_empty() {
        empty_state(&w.t("records-compare-empty-title"), &w.t("records-compare-empty-text"), None)
    } else {
        html! {
            @if opened.len() == 1 { p { (w.t("records-compare-one")) } }
            (side_by_side(&visitor, &opened))
        }
    };
    let title = w.with("records-compare-title", &[("label", &label)]);
    let mut layout = frame(&visitor, &scope, &inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/team", "records-team")]);
    Ok(visitor.show(&layout))
}

fn side_by_side(visitor: &Visitor, opened: &[OpenedReading]) -> Markup {
    let w = visitor.words();
    let Some(first) = opened.first() else { return html! {} };
    let form = first.tool.form();
    let given: Vec<Value> = opened.iter().map(|o| o.reading.answers.clone()).collect();
    let mut header = vec![w.t("records-question")];
    header.extend(opened.iter().map(|o| {
        let at = w.date_time(&in_london(o.reading.saved_at));
        w.with("records-read-at", &[("name", &o.reading.reader_name), ("at", &at)])
    }));
    if opened.len() > 1 {
        header.push(w.t("records-likeness"));
    }
    let rows: Vec<Vec<Markup>> = tool::questions(form)
        .map(|q| {
            let said = |answer: Option<&Value>| match answer {
                Some(answer) => tool::in_words(form, q, answer),
                None => w.t("records-not-answered"),
            };
            let mut row = vec![html! { (form.own(&q.label)) }];
            row.extend(given.iter().map(|a| {
                html! { span class="kl_pre" { (said(a.get(&q.name))) } }
            }));
            if opened.len() > 1 {
                row.push(html! { @match likeness(form, q, &given) {
                    Likeness::Same => (tag(Tone::Good, &w.t("records-same"))),
                    Likeness::Different => (tag(Tone::Warn, &w.t("records-different"))),
                    Likeness::NotCompared => {},
                } });
            }
            row
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(&w.t("records-compare-caption"), &header, &rows)
}
