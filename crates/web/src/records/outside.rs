//! The results as they may leave the team: small numbers hidden as in surveys, on the page and in the file alike.

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use keyline_domain::records::comparing::{held, results};
use keyline_domain::records::estimating::{Estimate, SMALLEST, Stratum, estimates, outside, share_may_leave};
use keyline_domain::voices::results::{CHOSEN, QuestionShown, Results, Row};
use keyline_operations::Refused;
use keyline_operations::records::{read_records, surroundings};
use keyline_workbooks::write_csv;
use maud::{Markup, html};
use serde_json::Value;

use super::results::{certainty, convention, percent, word};
use super::{Stand, crumbs};
use crate::components::{empty_state, inset, table};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// One line: question, answer, and what may be said of it.
struct Line {
    question: String,
    /// The stratum, empty for all records.
    group: String,
    answer: String,
    count: String,
    /// Whether the count is shown.
    numbered: bool,
    share: String,
    certainty: String,
    word: String,
}

struct Found {
    lines: Vec<Line>,
    read: usize,
    strata: Vec<Stratum>,
    shown: bool,
}

async fn found(visitor: &Visitor, scope: &Scope, stand: &mut Stand) -> PageResult<Found> {
    let w = visitor.words();
    let tool = stand.tool(visitor, scope)?;
    let form = tool.form();
    let (read, strata) = read_records(visitor.cx(), &mut stand.reader, &scope.grant, &stand.reading).await?;
    let around = surroundings(visitor.cx(), &tool);
    let answers: Vec<(usize, Value)> =
        read.iter().map(|record| (record.stratum, held(&tool, &around, record).answers)).collect();
    let safe = outside(form, &answers, &strata)
        .map_err(|error| Refused::fault(std::io::Error::other(format!("the results of records: {error}"))))?;
    let inside = results(&tool, &around, &read, strata.len());
    let hidden = w.t("results-hidden-cell");
    let mut lines = Vec::new();
    for shown in &safe.questions {
        let Some(own) = inside.iter().find(|r| r.question.name == shown.question) else { continue };
        let may = share_may_leave(&safe, &shown.question, &strata);
        let all = estimates(form, own, &strata);
        for (answer, value) in answers_of(shown) {
            let place = own.counts.iter().position(|(level, _)| level == value);
            let estimate = place.and_then(|place| all.get(place)).filter(|_| may);
            let row = shown.whole.as_ref();
            let line = |group: String, row: Option<&Row>, estimate: Option<&Estimate>| {
                let count = row.and_then(|row| row.counts.get(answer).copied().flatten());
                // Without its count and what it is a share of, a share is not shown either.
                let part = row.and_then(|row| row.percent(answer));
                let share = match (part, estimate) {
                    (Some(_), Some(Estimate::Of(weighted))) => percent(weighted.share),
                    (part, _) => part,
                };
                Line {
                    question: form.own(&own.question.label).to_owned(),
                    group,
                    answer: form.choice_label(own.question, value).unwrap_or(value).to_owned(),
                    numbered: count.is_some(),
                    count: count.map_or_else(|| hidden.clone(), |n| n.to_string()),
                    share: share.map_or_else(String::new, |share| format!("{share}%")),
                    certainty: match (part, estimate) {
                        (Some(_), Some(estimate)) => certainty(visitor, estimate),
                        _ => String::new(),
                    },
                    word: share.map_or_else(String::new, |share| word(visitor, share)),
                }
            };
            lines.push(line(String::new(), row, estimate));
            lines.extend(
                by_group(&safe, shown, &strata).into_iter().map(|(name, row)| line(name, Some(row), None)),
            );
        }
    }
    Ok(Found { lines, read: read.len(), strata, shown: !safe.questions.is_empty() })
}

/// The answers of a part with the value that each counts: of one of several choices only that it was chosen.
fn answers_of(shown: &QuestionShown) -> Vec<(usize, &str)> {
    match &shown.choice {
        Some(choice) => {
            let chosen = shown.answers.iter().position(|answer| answer == CHOSEN).unwrap_or(0);
            vec![(chosen, choice.as_str())]
        }
        None => shown.answers.iter().enumerate().map(|(n, value)| (n, value.as_str())).collect(),
    }
}

/// The rows by stratum, where numbers allow.
fn by_group<'r>(safe: &Results, shown: &'r QuestionShown, strata: &[Stratum]) -> Vec<(String, &'r Row)> {
    let mut found = Vec::new();
    for (grouping, rows) in &shown.by {
        let Some(groups) = safe.groupings.get(*grouping) else { continue };
        for (group, row) in groups.groups.iter().zip(rows) {
            let names: Vec<&str> = group
                .values
                .iter()
                .filter_map(|place| strata.get(place.parse::<usize>().ok()?))
                .map(|stratum| stratum.name.as_str())
                .collect();
            found.push((names.join(", "), row));
        }
    }
    found
}

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let body = if let Some(why) = stand.blind(&visitor, &scope) {
        why
    } else {
        let found = found(&visitor, &scope, &mut stand).await?;
        html! {
            p class="kl_lead" { (w.with("reading-outside-lead", &[("smallest", &SMALLEST)])) }
            @if found.shown && found.lines.iter().all(|line| !line.numbered) {
                (empty_state(&w.t("results-nothing-title"),
                    &w.with("reading-outside-all-hidden", &[("count", &found.read), ("smallest", &SMALLEST)]), None))
            } @else if found.shown {
                (convention(&visitor, &found.strata, found.read))
                p { a href=(scope.href("records/team/outside.csv")) { (w.t("reading-outside-csv")) } }
                (tables(&visitor, &found.lines))
            } @else {
                (empty_state(&w.t("results-nothing-title"), &w.with("reading-outside-nothing", &[("smallest", &SMALLEST)]), None))
            }
            @if !stand.reading.entitled(scope.grant.person_id()) { (inset(&html! { p { (w.t("reading-without-health")) } })) }
        }
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("reading-outside"), body);
    layout.breadcrumbs = crumbs(
        &visitor,
        &scope,
        &[("records/team", "records-team"), ("records/team/results", "records-results")],
    );
    Ok(visitor.show(&layout))
}

fn header(visitor: &Visitor) -> [String; 6] {
    let w = visitor.words();
    [
        "results-answer",
        "reading-stratum",
        "records-results-count",
        "records-share",
        "reading-certainty",
        "records-results-word",
    ]
    .map(|key| w.t(key))
}

fn tables(visitor: &Visitor, lines: &[Line]) -> Markup {
    let header = header(visitor);
    html! {
        @for part in lines.chunk_by(|one, next| one.question == next.question) {
            @let rows: Vec<Vec<Markup>> = part.iter().map(|l| vec![
                html! { (l.answer) }, html! { (l.group) }, html! { (l.count) }, html! { (l.share) },
                html! { (l.certainty) }, html! { (l.word) },
            ]).collect();
            @let title = part.first().map(|l| l.question.as_str()).unwrap_or_default();
            section class="kl_result" {
                @if part.iter().any(|line| line.numbered) {
                    (table(title, &header.each_ref().map(String::as_str), &rows))
                } @else { p { strong { (title) } br; (visitor.words().t("reading-outside-hidden")) } }
            }
        }
    }
}

/// The same as a file.
pub(super) async fn csv(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    if stand.blind(&visitor, &scope).is_some() {
        return Err(PageError::NOT_FOUND);
    }
    let found = found(&visitor, &scope, &mut stand).await?;
    let mut table = vec![[vec![w.t("records-question")], header(&visitor).to_vec()].concat()];
    table.extend(
        found
            .lines
            .into_iter()
            .map(|l| vec![l.question, l.answer, l.group, l.count, l.share, l.certainty, l.word]),
    );
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}-records.csv\"", scope.reference)),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, write_csv(table.iter().map(Vec::as_slice), true)).into_response())
}
