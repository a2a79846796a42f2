//! The readings of one record side by side, question by question, with the answer that holds where they differ. Opening them is
//! in the audit trail, reading by reading.

use std::collections::BTreeMap;

use axum::extract::Path;
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::records::comparing::{Likeness, ReadRecord, held, likeness};
use keyline_domain::records::moderating::Settled;
use keyline_domain::records::sight::Sight;
use keyline_domain::records::tool;
use keyline_operations::records::{OpenReading, OpenedReading, look_at_reading, surroundings};
use keyline_store::records::ReadingState;
use keyline_store::records::moderation::{self, Decision};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Stand, crumbs};
use crate::components::{Tone, empty_state, inset, not_offered, table, tag};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The address of the readings of a label.
pub(super) fn href(scope: &Scope, label: &str) -> String {
    format!("{}/{}", scope.href("records/team/compare"), utf8_percent_encode(label, NON_ALPHANUMERIC))
}

/// The finished readings of a record, each opening noted; why not, when they may not be seen now.
pub(super) async fn opened_readings(
    visitor: &Visitor,
    scope: &Scope,
    stand: &Stand,
    label: &str,
) -> PageResult<Result<Vec<OpenedReading>, Markup>> {
    let w = visitor.words();
    let key = match stand.reading.sight_of(&scope.grant, label) {
        Sight::Open => None,
        Sight::UntilAllFinished => Some("reading-blind"),
        Sight::WhileReading => Some("reading-still-reads"),
    };
    if let Some(key) = key {
        return Ok(Err(not_offered(&w.t("reading-not-now"), &[w.t(key)])));
    }
    let mut opened = Vec::new();
    // A draft is its pair's own until it is finished.
    let finished =
        stand.reading.readings.iter().filter(|r| r.label == label && r.state == ReadingState::Finished);
    for one in finished {
        let input = OpenReading { inspection: scope.grant.inspection(), reading: one.id };
        opened.push(look_at_reading(visitor.cx(), visitor.actor(), input).await?);
    }
    Ok(Ok(opened))
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
    let decisions = moderation::list(&mut stand.reader, &scope.grant).await?;
    let decisions: Vec<Decision> = decisions.into_iter().filter(|d| d.label == label).collect();
    let entitled = stand.reading.entitled(scope.grant.person_id());
    // The connection goes back before the verbs ask for theirs.
    let Stand { reader, inspection, progress, drawn, reading } = stand;
    drop(reader);
    let stand = Stand { reader: visitor.cx().read().await?, inspection, progress, drawn, reading };
    let body = match opened_readings(&visitor, &scope, &stand, &label).await? {
        Err(why) => why,
        Ok(opened) if opened.is_empty() => {
            empty_state(&w.t("records-compare-empty-title"), &w.t("records-compare-empty-text"), None)
        }
        Ok(opened) => html! {
            @if opened.len() == 1 { p { (w.t("records-compare-one")) } }
            @else { (head(&visitor, &opened, &decisions)) }
            @if !entitled { (inset(&html! { p { (w.t("reading-without-health")) } })) }
            (side_by_side(&visitor, &scope, &label, &opened, &decisions))
        },
    };
    let title = w.with("records-compare-title", &[("label", &label)]);
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/team", "records-team")]);
    Ok(visitor.show(&layout))
}

/// What holds, by question: the newest decision.
fn newest(decisions: &[Decision]) -> BTreeMap<&str, &Decision> {
    decisions.iter().map(|d| (d.item.as_str(), d)).collect()
}

fn head(visitor: &Visitor, opened: &[OpenedReading], decisions: &[Decision]) -> Markup {
    let w = visitor.words();
    let Some(first) = opened.first() else { return html! {} };
    let settled: Settled =
        newest(decisions).into_iter().map(|(n, d)| (n.to_owned(), d.answer.clone())).collect();
    let readings = opened.iter().map(|o| o.reading.answers.clone()).collect();
    let record = ReadRecord { readings, settled, ..ReadRecord::default() };
    let left = held(&first.tool, &surroundings(visitor.cx(), &first.tool), &record).open.len();
    html! {
        p class="kl_lead" { (w.with("reading-left-lead", &[("count", &left)])) }
        p { (w.t("reading-both-kept")) }
    }
}

fn side_by_side(
    visitor: &Visitor,
    scope: &Scope,
    label: &str,
    opened: &[OpenedReading],
    decisions: &[Decision],
) -> Markup {
    let w = visitor.words();
    let Some(first) = opened.first() else { return html! {} };
    let form = first.tool.form();
    let given: Vec<Value> = opened.iter().map(|o| o.reading.answers.clone()).collect();
    let mut header = vec![w.t("records-question")];
    header.extend(opened.iter().map(|o| {
        let at = w.date_time(&in_london(o.reading.saved_at));
        w.with("reading-read-at", &[("pair", &o.reading.by), ("name", &o.reading.reader_name), ("at", &at)])
    }));
    if opened.len() > 1 {
        header.push(w.t("records-likeness"));
        header.push(w.t("reading-holds"));
    }
    let holds = newest(decisions);
    let settles = scope.grant.permits(Action::ModerateReadings);
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
                let differs = likeness(form, q, &given) == Likeness::Different;
                row.push(html! { @if differs {
                    @if let Some(decision) = holds.get(q.name.as_str()) {
                        strong { @if decision.answer.is_null() { (w.t("reading-no-answer-holds")) }
                            @else { (tool::in_words(form, q, &decision.answer)) } }
                        br; (decision.reason) " (" (decision.by) ")" br;
                    }
                    @if settles {
                        a href=(super::settle::href(scope, label, &q.name)) {
                            @if holds.contains_key(q.name.as_str()) { (w.t("reading-settle-again")) } @else { (w.t("reading-settle")) }
                            span class="visually-hidden" { " " (form.own(&q.label)) }
                        }
                    }
                } });
            }
            row
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(&w.t("records-compare-caption"), &header, &rows)
}
