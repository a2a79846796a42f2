//! What the tool shows so far, inside the team: each question with its counts, the share among all records with its interval, by
//! stratum where the sample has strata, and the word that reports use for each share.

use keyline_charts::bars::{Bar, Bars};
use keyline_charts::by_room;
use keyline_domain::records::comparing::{QuestionResult, results};
use keyline_domain::records::drawing::order_of_part;
use keyline_domain::records::estimating::{Estimate, Stratum, estimates};
use keyline_forms::form::Form;
use keyline_operations::records::{read_records, surroundings};
use keyline_statistics::finite::{Certainty, Convention, NoInterval};
use maud::{Markup, html};

use super::{Stand, crumbs, overview};
use crate::components::{details, empty_state, inset, table};
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let body = if let Some(why) = stand.blind(&visitor, &scope) {
        why
    } else {
        let tool = stand.tool(&visitor, &scope)?;
        let (read, strata) =
            read_records(visitor.cx(), &mut stand.reader, &scope.grant, &stand.reading).await?;
        if read.is_empty() {
            empty_state(&w.t("records-results-empty-title"), &w.t("records-results-empty-text"), None)
        } else {
            let found = results(&tool, &surroundings(visitor.cx(), &tool), &read, strata.len());
            html! {
                p class="kl_lead" { (w.t("records-results-lead")) }
                (overview::progress(&visitor, stand.progress.records_read, stand.progress.sample))
                p { (w.t("records-results-inside")) " " a href=(scope.href("records/team/outside")) { (w.t("reading-outside")) } }
                (convention(&visitor, &strata, read.len()))
                @if !stand.reading.entitled(scope.grant.person_id()) { (inset(&html! { p { (w.t("reading-without-health")) } })) }
                @for result in &found { (shown(&visitor, tool.form(), result, &strata)) }
            }
        }
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("records-results"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/team", "records-team")]);
    Ok(visitor.show(&layout))
}

/// How the intervals of the page were found, and of what they speak.
pub(super) fn convention(visitor: &Visitor, strata: &[Stratum], read: usize) -> Markup {
    let w = visitor.words();
    let population: u64 = strata.iter().map(|s| s.population).sum();
    let (read, drawn) = (u64::try_from(read).unwrap_or(0), strata.iter().map(|s| s.drawn).sum::<u64>());
    inset(&html! {
        @if read >= population { p { (w.with("reading-census", &[("population", &population)])) } }
        @else {
            p { (w.with("reading-convention", &[("read", &read), ("population", &population)])) }
            p { (w.t(if strata.len() > 1 { "reading-convention-strata" } else { "reading-convention-simple" })) }
            @if read < drawn { p { (w.with("reading-convention-part", &[("read", &read), ("drawn", &drawn)])) } }
        }
    })
}

/// What is shown of one answer.
struct Line {
    label: String,
    count: usize,
    /// Whole percent of all records, or of those that were asked.
    percent: Option<u8>,
    interval: Option<(f64, f64)>,
    /// The interval in words, or why there is none.
    certainty: String,
    word: String,
}

fn lines(visitor: &Visitor, form: &Form, result: &QuestionResult<'_>, strata: &[Stratum]) -> Vec<Line> {
    let found = estimates(form, result, strata);
    let share_of = |count: usize| whole(count, result.answered);
    result
        .counts
        .iter()
        .zip(found)
        .map(|((value, count), estimate)| {
            let label = form.choice_label(result.question, value).unwrap_or(value).to_owned();
            let (percent, interval) = match &estimate {
                Estimate::Of(weighted) => (percent(weighted.share), ends(weighted.overall)),
                Estimate::SomeAsked | Estimate::Untold(_) => (share_of(*count), None),
            };
            Line {
                label,
                count: *count,
                percent,
                interval,
                certainty: certainty(visitor, &estimate),
                word: percent.map_or_else(String::new, |percent| word(visitor, percent)),
            }
        })
        .collect()
}

/// The ends of an interval in percent, outwards.
pub(super) fn ends(certainty: Certainty) -> Option<(f64, f64)> {
    match certainty {
        Certainty::Between { low, high, .. } => Some(((low * 100.0).floor(), (high * 100.0).ceil())),
        Certainty::None(_) => None,
    }
}

/// How sure a share is, in words.
pub(super) fn certainty(visitor: &Visitor, estimate: &Estimate) -> String {
    let w = visitor.words();
    let weighted = match estimate {
        Estimate::SomeAsked => return w.t("reading-some-asked"),
        Estimate::Untold(_) => return w.t("reading-untold"),
        Estimate::Of(weighted) => weighted,
    };
    match weighted.overall {
        Certainty::None(NoInterval::Census) => w.t("reading-no-interval-census"),
        Certainty::None(NoInterval::NobodyAnswered | NoInterval::Impossible) => w.t("reading-untold"),
        Certainty::Between { convention, .. } => {
            let (low, high) = ends(weighted.overall).unwrap_or((0.0, 100.0));
            // With one stratum the recovered interval is that of the test.
            let key = if convention == Convention::Recovered && weighted.strata.len() > 1 {
                "reading-interval-recovered"
            } else {
                "reading-interval-test"
            };
            w.with(key, &[("low", &low), ("high", &high)])
        }
    }
}

fn whole(part: usize, of: usize) -> Option<u8> {
    keyline_statistics::proportions::whole_percent(u64::try_from(part).ok()?, u64::try_from(of).ok()?)
}

/// A share in whole percent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
pub(super) fn percent(share: f64) -> Option<u8> {
    share.is_finite().then(|| (share * 100.0).round().clamp(0.0, 100.0) as u8)
}

fn shown(visitor: &Visitor, form: &Form, result: &QuestionResult<'_>, strata: &[Stratum]) -> Markup {
    let w = visitor.words();
    let title = form.own(&result.question.label).to_owned();
    let lines = lines(visitor, form, result, strata);
    let description = w.with("records-results-records", &[("count", &result.answered)]);
    let picture = Bars {
        id: format!("result-{}", result.question.name),
        title: title.clone(),
        description: description.clone(),
        whole: Some(100.0),
        bars: lines
            .iter()
            .map(|line| Bar {
                label: line.label.clone(),
                value: line.percent.map(f64::from),
                shown: w.with(
                    "records-results-of",
                    &[("count", &line.count), ("whole", &result.answered), ("word", &line.word)],
                ),
                interval: line.interval,
                category: 0,
            })
            .collect(),
    };
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|line| {
            vec![
                html! { (line.label) },
                html! { (line.count) },
                html! { @if let Some(percent) = line.percent { (percent) "%" } },
                html! { (line.certainty) },
                html! { (line.word) },
            ]
        })
        .collect();
    let header = [
        "results-answer",
        "records-results-count",
        "records-share",
        "reading-certainty",
        "records-results-word",
    ]
    .map(|key| w.t(key));
    html! {
        section class="kl_result" {
            h2 { (title) }
            p {
                (description)
                @if result.differ > 0 { " " (w.with("records-results-differ", &[("count", &result.differ)])) }
            }
            @if result.answered > 0 {
                (by_room(&picture.draw(), &picture.draw_narrow()))
                (details(&w.t("results-as-table"),
                    &table(&title, &header.each_ref().map(String::as_str), &rows)))
                @if strata.len() > 1 { (details(&w.t("reading-by-stratum"), &by_stratum(visitor, &title, form, result, strata))) }
            }
        }
    }
}

fn by_stratum(
    visitor: &Visitor,
    title: &str,
    form: &Form,
    result: &QuestionResult<'_>,
    strata: &[Stratum],
) -> Markup {
    let w = visitor.words();
    let mut header = vec![w.t("reading-stratum"), w.t("records-results-count")];
    header.extend(
        result
            .counts
            .iter()
            .map(|(value, _)| form.choice_label(result.question, value).unwrap_or(value).to_owned()),
    );
    let mut strata: Vec<_> = strata.iter().zip(&result.strata).collect();
    strata.sort_by_key(|(stratum, _)| order_of_part(&stratum.name));
    let rows: Vec<Vec<Markup>> = strata
        .into_iter()
        .map(|(stratum, (answered, counts))| {
            let mut row = vec![html! { (stratum.name) }, html! { (answered) }];
            row.extend(counts.iter().map(|count| {
                html! {
                    (count) @if let Some(percent) = whole(*count, *answered) { " (" (percent) "%)" }
                }
            }));
            row
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(title, &header, &rows)
}

/// The word that reports use for a share, by the rule of the installation; empty where it has none.
pub(super) fn word(visitor: &Visitor, percent: u8) -> String {
    let words = visitor.cx().library.frameworks().quantity_words();
    let band = words.and_then(|words| words.band(u64::from(percent), 100));
    band.map_or_else(String::new, |band| band.label.clone())
}
