//! How far pairs agree on one question: every measure with its interval, and always the table it came from.

use axum::extract::Path;
use keyline_domain::records::agreeing::ItemAgreement;
use keyline_operations::records::{TwiceRead, agreement_of, twice_read};
use keyline_statistics::agreement::alpha::Level;
use keyline_statistics::agreement::summary::PairAgreement;
use keyline_statistics::agreement::weights::Weights;
use maud::{Markup, html};

use super::agreement::{coefficient, percentage, weights};
use super::{Stand, crumbs};
use crate::components::{Column, data_table, table};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, item)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let (mut title, body) = (w.t("records-agreement"), stand.blind(&visitor, &scope));
    let body = if let Some(why) = body {
        why
    } else {
        let read = twice_read(visitor.cx(), &mut stand.reader, &scope.grant, &stand.reading).await?;
        let tool = stand.tool(&visitor, &scope)?;
        let form = tool.form();
        let all = agreement_of(visitor.cx(), &tool, &read).await?;
        let found = all.iter().find(|found| found.question == item).ok_or(PageError::NOT_FOUND)?;
        let question = form.question(&item).ok_or(PageError::NOT_FOUND)?;
        form.own(&question.label).clone_into(&mut title);
        // A set of choices is several values in one category.
        let said = |category: &String| {
            let values: Vec<&str> =
                category.split(" + ").map(|v| form.choice_label(question, v).unwrap_or(v)).collect();
            values.join(" + ")
        };
        let names: Vec<String> = found.categories.iter().map(said).collect();
        html! {
            p class="kl_lead" { (w.with("reading-item-lead", &[("count", &found.found.read_twice)])) }
            (measures(&visitor, found))
            h2 { (w.t("reading-table")) }
            (coincidences(&visitor, found, &names))
            h2 { (w.t("reading-each-two")) }
            @for pair in found.found.pairs.iter().filter(|p| p.table.units() > 0) {
                (two(&visitor, &read, pair, &names))
            }
        }
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(
        &visitor,
        &scope,
        &[("records/team", "records-team"), ("records/team/agreement", "records-agreement")],
    );
    Ok(visitor.show(&layout))
}

fn measures(visitor: &Visitor, item: &ItemAgreement) -> Markup {
    let w = visitor.words();
    let found = &item.found;
    let level = w.t(match item.level {
        Level::Nominal => "reading-level-nominal",
        Level::Ordinal => "reading-level-ordinal",
        Level::Interval | Level::Ratio => "reading-level-interval",
    });
    let mut rows = vec![
        vec![html! { (w.t("reading-percent")) }, html! { (percentage(visitor, &found.percent)) }],
        vec![html! { (w.t("reading-alpha")) ", " (level) }, html! { (coefficient(visitor, &found.alpha)) }],
        vec![html! { (w.t("reading-fleiss")) }, html! { (coefficient(visitor, &found.fleiss)) }],
    ];
    rows.extend(found.gwet.iter().map(|(of, value)| {
        vec![
            html! {
                @if *of == Weights::Unweighted { (w.t("reading-ac")) } @else { (w.t("reading-ac2")) }
                ", " (weights(visitor, *of))
            },
            html! { (coefficient(visitor, value)) },
        ]
    }));
    let header = ["reading-measure", "reading-value"].map(|key| w.t(key));
    table(&w.t("reading-measures"), &header.each_ref().map(String::as_str), &rows)
}

/// How often two answers met in a record, and how often each was given.
fn coincidences(visitor: &Visitor, item: &ItemAgreement, names: &[String]) -> Markup {
    let w = visitor.words();
    let (answer, sum) = (w.t("results-answer"), w.t("reading-readings"));
    let used: Vec<usize> =
        (0..names.len()).filter(|n| item.found.readings.get(*n).is_some_and(|count| *count > 0)).collect();
    let mut columns = vec![Column::text(&answer)];
    columns.extend(used.iter().map(|n| Column::number(&names[*n])));
    columns.push(Column::number(&sum));
    let met = |a: usize, b: usize| {
        item.found.coincidences.get(&(a.min(b), a.max(b))).map_or(0.0, |n| if a == b { *n } else { n / 2.0 })
    };
    let rows: Vec<Vec<Markup>> = used
        .iter()
        .map(|a| {
            let mut row = vec![html! { (names[*a]) }];
            row.extend(used.iter().map(|b| html! { (number(met(*a, *b))) }));
            row.push(html! { (item.found.readings[*a]) });
            row
        })
        .collect();
    html! {
        p { (w.t("reading-table-text")) }
        (data_table(&w.t("reading-table"), &columns, &rows))
    }
}

/// A whole number as one; parts of one with two digits.
fn number(value: f64) -> String {
    if (value - value.round()).abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// Two pairs: their table, percent agreement and Cohen's kappa, each with its weight.
fn two(visitor: &Visitor, read: &TwiceRead, pair: &PairAgreement, names: &[String]) -> Markup {
    let w = visitor.words();
    let name = |n: usize| read.pairs.get(n).cloned().unwrap_or_default();
    let (first, second) = (name(pair.readers.0), name(pair.readers.1));
    let title = w.with("reading-two", &[("first", &first), ("second", &second)]);
    let cells: Vec<Vec<Markup>> = pair
        .table
        .cells()
        .map(|(a, b, count)| vec![html! { (names[a]) }, html! { (names[b]) }, html! { (count) }])
        .collect();
    let (of_first, of_second, records) = (
        w.with("reading-said-by", &[("name", &first)]),
        w.with("reading-said-by", &[("name", &second)]),
        w.t("records-results-count"),
    );
    let columns = [Column::text(&of_first), Column::text(&of_second), Column::number(&records)];
    html! {
        section {
            h3 { (title) }
            p { (w.t("reading-percent")) ": " (percentage(visitor, &pair.percent)) }
            ul { @for (of, value) in &pair.kappa {
                li { (w.t("reading-kappa")) ", " (weights(visitor, *of)) ": " (coefficient(visitor, value)) }
            } }
            (data_table(&w.t("reading-table-two"), &columns, &cells))
        }
    }
}
