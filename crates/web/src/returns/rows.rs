//! The rows of a return, for the team: what they come to, and each label with its columns.

use axum::extract::Path;
use keyline_charts::bars::{Bar, Bars};
use keyline_charts::by_room;
use keyline_domain::ids::SubmissionId;
use keyline_domain::programmes::{ColumnKind, ReturnColumn};
use keyline_domain::returns::{ColumnTally, Filled, tally};
use keyline_operations::returns::open_rows;
use keyline_store::inspections;
use keyline_store::returns::Child;
use maud::{Markup, html};

use super::breadcrumbs;
use crate::components::{Column, data_table, details, empty_state, pagination, table};
use crate::frame::{PageError, PageResult, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

const PAGE: usize = 100;

/// What the rows come to, column by column. Counts may be small: for the team alone.
pub(super) fn summary(visitor: &Visitor, columns: &[ReturnColumn], rows: &[Child]) -> Markup {
    let w = visitor.words();
    let all: Vec<_> = rows.iter().map(|row| &row.columns).collect();
    html! {
        p { (w.with("returns-summary-lead", &[("count", &rows.len())])) }
        @for (n, t) in tally(columns, &all).iter().enumerate() {
            @let column = columns.iter().find(|c| c.key == t.key);
            h3 { (t.title) }
            @match &t.filled {
                Filled::Values(values) => (picture(visitor, n, t, column, values, rows.len())),
                Filled::Numbers(Some((least, middle, greatest))) => {
                    p { (w.with("returns-numbers", &[("least", least), ("middle", middle), ("greatest", greatest)])) }
                }
                Filled::Numbers(None) => p { (w.t("returns-no-numbers")) },
                Filled::Texts(count) => p { (w.with("returns-texts", &[("count", count)])) },
            }
            @if t.empty > 0 { p { (w.with("returns-empty-cells", &[("count", &t.empty)])) } }
        }
    }
}

fn picture(
    visitor: &Visitor,
    n: usize,
    t: &ColumnTally,
    column: Option<&ReturnColumn>,
    values: &[(String, usize)],
    whole: usize,
) -> Markup {
    let w = visitor.words();
    let label = |value: &str| shown(visitor, column, value);
    let length = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let bars = Bars {
        id: format!("column-{n}"),
        title: t.title.clone(),
        description: w.with("returns-picture", &[("column", &t.title), ("count", &whole)]),
        whole: Some(length(whole)),
        bars: values
            .iter()
            .map(|(value, count)| Bar {
                label: label(value),
                value: Some(length(*count)),
                shown: count.to_string(),
                interval: None,
                category: 0,
            })
            .collect(),
    };
    let rows: Vec<Vec<Markup>> =
        values.iter().map(|(value, count)| vec![html! { (label(value)) }, html! { (count) }]).collect();
    let (value, count) = (w.t("returns-value"), w.t("returns-children"));
    html! {
        (by_room(&bars.draw(), &bars.draw_narrow()))
        (details(&w.t("results-as-table"), &data_table(&t.title, &[Column::text(&value), Column::number(&count)], &rows)))
    }
}

// A value as people read it.
fn shown(visitor: &Visitor, column: Option<&ReturnColumn>, value: &str) -> String {
    match column.map(|c| &c.kind) {
        Some(ColumnKind::Choice { values } | ColumnKind::AgeBand { values, .. }) => {
            values.iter().find(|v| v.value == value).map_or(value, |v| v.label.as_str()).to_owned()
        }
        Some(ColumnKind::YesNo) if value == "yes" => visitor.words().t("yes"),
        Some(ColumnKind::YesNo) if value == "no" => visitor.words().t("no"),
        _ => value.to_owned(),
    }
}

/// Each label with its columns.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, submission)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let w = visitor.words();
    let id: SubmissionId = submission.parse().map_err(|_| PageError::NOT_FOUND)?;
    let (_, rows) = open_rows(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let columns = &visitor.cx().programme(&inspection)?.pre_inspection_return.columns;
    let label = columns.iter().position(|c| c.unique).unwrap_or(0);
    let others: Vec<&ReturnColumn> =
        columns.iter().enumerate().filter(|(n, c)| *n != label && !is_key(c)).map(|(_, c)| c).collect();
    let last = rows.len().saturating_sub(1) / PAGE;
    let page = typed.parse::<usize>("page").unwrap_or(0).min(last);
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .skip(page * PAGE)
        .take(PAGE)
        .map(|child| {
            let mut row = vec![html! { (child.label) }];
            row.extend(others.iter().map(|c| {
                let value = child.columns.get(&c.key).map_or("", String::as_str);
                html! { (shown(&visitor, Some(c), value)) }
            }));
            row
        })
        .collect();
    let mut header: Vec<&str> = columns.get(label).map(|c| c.title.as_str()).into_iter().collect();
    header.extend(others.iter().map(|c| c.title.as_str()));
    let base = scope.href(&format!("returns/submissions/{id}"));
    let at = |n: usize| format!("{base}/rows?page={n}");
    let (before, after) = (page.checked_sub(1).map(at), (page < last).then(|| at(page + 1)));
    let (before_word, after_word) = (w.t("returns-rows-before"), w.t("returns-rows-after"));
    let body = html! {
        p class="kl_lead" { (w.t("returns-rows-lead")) }
        @if cells.is_empty() {
            (empty_state(&w.t("returns-no-rows-title"), &w.t("returns-refused-kept"), None))
        } @else { (table(&w.with("returns-rows-caption", &[("count", &rows.len())]), &header, &cells)) }
        (pagination(&w.t("returns-rows-pages"), before.as_deref().map(|h| (h, before_word.as_str())),
            after.as_deref().map(|h| (h, after_word.as_str()))))
    };
    let title = w.t("returns-rows-title");
    let mut layout = frame(&visitor, &scope, &inspection, Room::Returns, title, body);
    layout.breadcrumbs = breadcrumbs(&visitor, &scope);
    layout.breadcrumbs.push((base, w.t("returns-submission")));
    Ok(visitor.show(&layout))
}

// The partnership's own keys are not among the rows: only their hashes are kept.
fn is_key(column: &ReturnColumn) -> bool {
    matches!(column.kind, ColumnKind::Key { .. })
}
