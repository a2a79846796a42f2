//! What is wrong with a return, cell by cell. Nothing of its content is repeated, on paper neither.

use keyline_domain::reasons::Reason;
use maud::{Markup, html};

use crate::components::{table, warning};
use crate::frame::Visitor;

/// Where a problem is: sheet and cell, of a file with one sheet the cell alone.
type Place<'a> = (Option<&'a str>, Option<&'a str>);

/// The list. Problems come as (sheet and place, reason); a file that is no table has a single one, which says all.
pub(super) fn list(visitor: &Visitor, problems: &[(Place<'_>, &Reason)]) -> Markup {
    let w = visitor.words();
    if let [((None, None), reason)] = problems
        && is_about_the_file(reason)
    {
        return warning(&w.t("warning"), &html! { p { (visitor.sentence(reason)) } });
    }
    let rows: Vec<Vec<Markup>> = problems
        .iter()
        .map(|((sheet, place), reason)| {
            vec![
                html! {
                    @if let Some(sheet) = sheet { (sheet) @if place.is_some() { ", " } }
                    @match place {
                        Some(place) => (place),
                        None => { @if sheet.is_none() { (w.t("returns-whole-table")) } }
                    }
                },
                html! { (visitor.sentence(reason)) },
                html! { (w.with_pairs(&format!("what-to-do-{}", reason.key), &reason.values)) },
            ]
        })
        .collect();
    let titles = ["returns-place", "returns-what-is-wrong", "returns-what-to-do"].map(|key| w.t(key));
    html! {
        div id="problems" {
            p { (w.t("returns-problems-explained")) }
            @if problems.iter().any(|((sheet, _), _)| sheet.is_some_and(|name| name.starts_with('#'))) {
                p { (w.t("returns-problems-numbered")) }
            }
            (table(&w.t("returns-problems-caption"), &titles.each_ref().map(String::as_str), &rows))
        }
    }
}

/// Whether the file could not be read at all, so that no cell is named.
pub(super) fn is_about_the_file(reason: &Reason) -> bool {
    reason.key.starts_with("upload-")
}

/// How many problems there are; the last one of a long list stands for all that are not listed.
pub(super) fn count<'a>(reasons: impl Iterator<Item = &'a Reason>) -> usize {
    let unlisted = |reason: &Reason| {
        let (_, count) = reason.values.iter().find(|(name, _)| name == "count")?;
        count.parse().ok()
    };
    reasons.map(|r| if r.key == "returns-more" { unlisted(r).unwrap_or(0) } else { 1 }).sum()
}
