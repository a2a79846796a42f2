//! What belongs into the return: the programme's text, its columns, and the empty return to fill in.

use keyline_domain::programmes::{ColumnKind, PreInspectionReturn, ReturnColumn};
use keyline_operations::returns::allowed as words_of;
use maud::{Markup, html};

use crate::components::{button_group, link_button_secondary, table};
use crate::frame::{Scope, Visitor};

/// The empty return as two files, and each column explained.
pub(super) fn explained(visitor: &Visitor, scope: &Scope, wanted: &PreInspectionReturn) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = wanted
        .columns
        .iter()
        .map(|column| {
            vec![
                html! { (column.title) br; code { (column.key) } },
                html! { (column.meaning) },
                allowed(visitor, column),
            ]
        })
        .collect();
    let titles = ["returns-column", "returns-meaning", "returns-allowed"].map(|key| w.t(key));
    html! {
        h2 { (w.t("returns-empty")) }
        p { (w.t("returns-empty-explained")) }
        (button_group(&html! {
            (link_button_secondary(&scope.href("returns/empty.xlsx"), &w.t("returns-empty-xlsx")))
            (link_button_secondary(&scope.href("returns/empty.csv"), &w.t("returns-empty-csv")))
        }))
        h2 { (w.t("returns-columns")) }
        (table(&w.t("returns-columns-caption"), &titles.each_ref().map(String::as_str), &rows))
    }
}

fn allowed(visitor: &Visitor, column: &ReturnColumn) -> Markup {
    let w = visitor.words();
    html! {
        @match &column.kind {
            ColumnKind::YesNo => p { code { "yes" } ", " code { "no" } },
            ColumnKind::Choice { values } => {
                ul class="ds_no-bullets" { @for v in values { li { code { (v.value) } " " (v.label) } } }
            }
            _ => p { (words_of(column, w)) }
        }
        @if column.stratum { p { (w.t("returns-allowed-stratum")) } }
        @if column.unique { p { (w.t("returns-allowed-once")) } }
        @if !column.required { p { (w.t("returns-allowed-empty")) } }
    }
}
