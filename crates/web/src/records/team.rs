//! All readings, for the team: who has read what, and how far readers of the same record agree.

use std::collections::BTreeMap;

use keyline_domain::records::comparing::{Agreement, Alpha, FEWEST_COMPARED, agreement};
use keyline_forms::form::Form;
use keyline_operations::records::tool;
use keyline_store::records::{self, Reading, ReadingState, Record};
use maud::{Markup, html};
use serde_json::Value;

use super::{Stand, crumbs, overview};
use crate::components::{Column, data_table, empty_state, figure_tile, figures, table};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let readings = records::list_readings(&mut stand.reader, &scope.grant, None).await?;
    let body = if let Some((_, drawn)) = &stand.drawn {
        let programme = visitor.cx().programme(&stand.inspection)?;
        let tool = tool(visitor.cx(), programme)?.ok_or(PageError::NOT_FOUND)?;
        let form = tool.form();
        let found = agreement(form, &finished(stand.in_use(), &readings));
        html! {
            p class="kl_lead" { (w.t("records-team-lead")) }
            (overview::progress(&visitor, stand.progress.records_read, stand.progress.sample))
            (by_record(&visitor, &scope, form, drawn, &readings))
            h2 { (w.t("records-agreement")) }
            (agreed(&visitor, form, &found))
        }
    } else {
        empty_state(&w.t("records-team-empty-title"), &w.t("records-team-empty-text"), None)
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("records-team"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[]);
    Ok(visitor.show(&layout))
}

/// The finished readings of each record that is read now; records without one are left out.
pub(super) fn finished<'r>(
    in_use: impl Iterator<Item = &'r Record>,
    readings: &[Reading],
) -> Vec<Vec<Value>> {
    let mut by_label: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for reading in readings.iter().filter(|r| r.state == ReadingState::Finished) {
        by_label.entry(&reading.label).or_default().push(reading.answers.clone());
    }
    in_use.filter_map(|record| by_label.remove(record.label.as_str())).collect()
}

fn by_record(
    visitor: &Visitor,
    scope: &Scope,
    form: &Form,
    drawn: &[Record],
    readings: &[Reading],
) -> Markup {
    let w = visitor.words();
    let mut rows = Vec::new();
    for record in drawn {
        let of: Vec<&Reading> = readings.iter().filter(|r| r.label == record.label).collect();
        if !record.in_use && of.is_empty() {
            continue;
        }
        let names = |state: ReadingState| {
            let named: Vec<&str> =
                of.iter().filter(|r| r.state == state).map(|r| r.reader_name.as_str()).collect();
            (named.len(), named.join(", "))
        };
        let ((count, finished), (_, begun)) = (names(ReadingState::Finished), names(ReadingState::Open));
        let likeness = if count > 1 {
            let answers = of.iter().filter(|r| r.state == ReadingState::Finished);
            let answers = answers.map(|r| r.answers.clone()).collect();
            let found = agreement(form, &[answers]);
            w.with("records-alike-of", &[("alike", &found.alike), ("compared", &found.compared)])
        } else {
            String::new()
        };
        rows.push(vec![
            html! {
                @if count > 0 { a href=(super::compare::href(scope, &record.label)) { (record.label) } }
                @else { (record.label) }
                @if !record.in_use { " (" (w.t("records-state-replaced")) ")" }
            },
            html! { (finished) },
            html! { (begun) },
            html! { (likeness) },
        ]);
    }
    let header = ["records-label", "records-reading-finished", "records-reading-open", "records-alike"];
    let header = header.map(|key| w.t(key));
    table(&w.t("records-by-record"), &header.each_ref().map(String::as_str), &rows)
}

fn agreed(visitor: &Visitor, form: &Form, found: &Agreement<'_>) -> Markup {
    let w = visitor.words();
    if found.records == 0 {
        return empty_state(&w.t("records-agreement-none-title"), &w.t("records-agreement-none-text"), None);
    }
    let rows: Vec<Vec<Markup>> = found
        .questions
        .iter()
        .map(|q| {
            let alpha = match q.alpha {
                Alpha::TooFew => w.t("records-alpha-too-few"),
                Alpha::OneAnswer => w.t("records-alpha-one-answer"),
                Alpha::Is(alpha) => format!("{alpha:.2}"),
            };
            vec![
                html! { (form.own(&q.question.label)) },
                html! { (q.compared) },
                html! { (q.alike) },
                html! { (share(visitor, q.percent)) },
                html! { (alpha) },
            ]
        })
        .collect();
    let titles =
        ["records-question", "records-compared", "records-alike-count", "records-share", "records-alpha"];
    let titles = titles.map(|key| w.t(key));
    let [question, compared, alike, percent, alpha] = titles.each_ref().map(String::as_str);
    let columns = [
        Column::text(question),
        Column::number(compared),
        Column::number(alike),
        Column::number(percent),
        Column::number(alpha),
    ];
    html! {
        (figures(&html! {
            (figure_tile(&found.records.to_string(), &w.t("records-read-twice"), None))
            (figure_tile(&share(visitor, found.percent), &w.t("records-alike-all"),
                Some(&w.with("records-alike-of", &[("alike", &found.alike), ("compared", &found.compared)]))))
        }))
        @if found.records < FEWEST_COMPARED {
            p { (w.with("records-too-few", &[("count", &found.records), ("fewest", &FEWEST_COMPARED)])) }
        }
        p { (w.t("records-agreement-text")) }
        (data_table(&w.t("records-agreement-by-question"), &columns, &rows))
    }
}

// A share of a handful says more than is known: the counts beside it stand alone then.
fn share(visitor: &Visitor, percent: Option<u8>) -> String {
    percent.map_or_else(|| visitor.words().t("records-alpha-too-few"), |p| format!("{p}%"))
}
