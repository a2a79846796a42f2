//! What the tool shows so far: a picture for each question, with the word that reports use for each share.

use keyline_charts::bars::{Bar, Bars};
use keyline_domain::records::comparing::{QuestionResult, results};
use keyline_forms::form::Form;
use keyline_operations::records::{surroundings, tool};
use keyline_store::records;
use maud::{Markup, html};

use super::team::finished;
use super::{Stand, crumbs, overview};
use crate::components::{details, empty_state, table};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let readings = records::list_readings(&mut stand.reader, &scope.grant, None).await?;
    let programme = visitor.cx().programme(&stand.inspection)?;
    let tool = tool(visitor.cx(), programme)?.ok_or(PageError::NOT_FOUND)?;
    let finished = finished(stand.in_use(), &readings);
    let body = if finished.is_empty() {
        empty_state(&w.t("records-results-empty-title"), &w.t("records-results-empty-text"), None)
    } else {
        html! {
            p class="kl_lead" { (w.t("records-results-lead")) }
            (overview::progress(&visitor, stand.progress.records_read, stand.progress.sample))
            p { (w.t("records-results-inside")) }
            @for result in results(&tool, &surroundings(visitor.cx(), &tool), &finished) { (shown(&visitor, tool.form(), &result)) }
        }
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("records-results"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/team", "records-team")]);
    Ok(visitor.show(&layout))
}

fn shown(visitor: &Visitor, form: &Form, result: &QuestionResult<'_>) -> Markup {
    let w = visitor.words();
    let question = result.question;
    let title = form.own(&question.label).to_owned();
    let counts: Vec<(String, usize, String)> = result
        .counts
        .iter()
        .map(|(value, count)| {
            let label = form.choice_label(question, value).unwrap_or(value).to_owned();
            (label, *count, word(visitor, *count, result.answered))
        })
        .collect();
    let description = w.with("records-results-records", &[("count", &result.answered)]);
    let said = |count: usize, word: &str| {
        w.with("records-results-of", &[("count", &count), ("whole", &result.answered), ("word", &word)])
    };
    let picture = Bars {
        id: format!("result-{}", question.name),
        title: title.clone(),
        description: description.clone(),
        whole: Some(f64::from(u32::try_from(result.answered).unwrap_or(u32::MAX))),
        bars: counts
            .iter()
            .map(|(label, count, word)| Bar {
                label: label.clone(),
                value: Some(f64::from(u32::try_from(*count).unwrap_or(u32::MAX))),
                shown: said(*count, word),
                interval: None,
                category: 0,
            })
            .collect(),
    };
    let rows: Vec<Vec<Markup>> = counts
        .iter()
        .map(|(label, count, word)| vec![html! { (label) }, html! { (count) }, html! { (word) }])
        .collect();
    let header = ["results-answer", "records-results-count", "records-results-word"].map(|key| w.t(key));
    html! {
        section class="kl_result" {
            h2 { (title) }
            p {
                (description)
                @if result.differ > 0 { " " (w.with("records-results-differ", &[("count", &result.differ)])) }
            }
            @if result.answered > 0 {
                div class="kc-scroll" { (picture.draw().svg) }
                (details(&w.t("results-as-table"),
                    &table(&title, &header.each_ref().map(String::as_str), &rows)))
            }
        }
    }
}

/// The word that reports use for a share of records, by the rule of the installation; empty where it has none.
fn word(visitor: &Visitor, part: usize, whole: usize) -> String {
    let words = visitor.cx().library.frameworks().quantity_words();
    let (part, whole) = (u64::try_from(part), u64::try_from(whole));
    let band = words.and_then(|words| words.band(part.ok()?, whole.ok()?));
    band.map_or_else(String::new, |band| band.label.clone())
}
