//! The sample: which labels were drawn and how they stand, and that anyone can draw them again.

use std::collections::BTreeMap;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::inspections::way::Step;
use keyline_domain::records::drawing::{Listed, PlannedPart, USUAL_CONFIDENCE, tells};
use keyline_operations::records::{drawn_again, list_in_parts};
use keyline_store::people;
use keyline_store::records::{self, Reading, ReadingState, Record, Sample};
use keyline_store::sampling::{self, Division};
use keyline_workbooks::write_csv;
use maud::{Markup, html};

use super::frame_files::{Recorded, commands};
use super::{Stand, crumbs, preview};
use crate::components::{
    Column, Tone, data_table, details, empty_state, link_button, link_button_secondary, summary_list, tag,
    warning,
};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let body = match stand.drawn.take() {
        None => before(&visitor, &scope, &stand),
        Some((sample, drawn)) => {
            let division = sampling::division(&mut stand.reader, &scope.grant, sample.id).await?;
            let columns = division.as_ref().map_or_else(Vec::new, |division| division.columns.clone());
            // The list is gone when the inspection was disposed of.
            let list = list_in_parts(&mut stand.reader, &scope.grant, &columns).await;
            let list = list.map(|(_, list)| list).unwrap_or_default();
            let part_of = sampling::part_of_labels(&mut stand.reader, &scope.grant, sample.id).await?;
            let left_out = sampling::exclusions(&mut stand.reader, &scope.grant).await?.len();
            let by = match sample.drawn_by {
                Some(person) => people::find(&mut stand.reader, person).await?.map(|p| p.name),
                None => None,
            };
            // Whether and by whom a record was read is for the team; the partnership sees the labels.
            let readings = if scope.grant.permits(Action::SeeReadings) {
                Some(records::list_readings(&mut stand.reader, &scope.grant, None).await?)
            } else {
                None
            };
            let parts = parts_of(&sample, division.as_ref());
            html! {
                p class="kl_lead" { (w.t("records-sample-lead")) }
                (facts(&visitor, &sample, &drawn, &parts, by.as_deref()))
                p {
                    (w.with("records-excluded-count", &[("count", &left_out)])) " "
                    @if scope.grant.permits(Action::DrawSample) {
                        a href=(scope.href("records/exclusions")) { (w.t("records-exclusions")) } " "
                    }
                    a href=(scope.href("records/about-samples")) { (w.t("records-about")) }
                }
                @if let Some(division) = &division { (divided(&visitor, division, &parts)) }
                (again(&visitor, &scope, &sample, division.as_ref(), &drawn, &list))
                @if scope.grant.permits(Action::SeeFrame) {
                    p { (link_button_secondary(&scope.href("records/sample.csv"), &w.t("records-csv"))) }
                } @else { p { (w.t("records-labels-own")) } }
                (table(&visitor, &scope, &drawn, &seen(&scope, &stand, &drawn), &part_of, readings.as_deref()))
            }
        }
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("records-sample"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[]);
    Ok(visitor.show(&layout))
}

/// The labels that somebody sees. A local reader works for a service of the area and would know a child by its label: they see
/// those that their own pair reads.
fn seen<'r>(scope: &Scope, stand: &Stand, drawn: &'r [Record]) -> Vec<&'r Record> {
    if scope.grant.permits(Action::SeeFrame) {
        return drawn.iter().collect();
    }
    let own = stand.reading.pair_of(scope.grant.person_id());
    let tasks = own.map(|pair| stand.reading.tasks_of(pair.id)).unwrap_or_default();
    drawn.iter().filter(|record| tasks.iter().any(|t| t.label == record.label)).collect()
}

fn before(visitor: &Visitor, scope: &Scope, stand: &Stand) -> Markup {
    let w = visitor.words();
    if let Some(why) = stand.not_yet(visitor, Step::DrawSample, "records-draw-not-yet") {
        return why;
    }
    if scope.grant.permits(Action::DrawSample) {
        return html! {
            p { (w.t("records-can-be-drawn")) }
            p { (link_button(&scope.href("records/draw"), &w.t("records-draw"))) }
        };
    }
    empty_state(&w.t("records-not-drawn"), &w.t("records-can-be-drawn"), None)
}

fn facts(
    visitor: &Visitor,
    sample: &Sample,
    drawn: &[Record],
    parts: &[PlannedPart],
    by: Option<&str>,
) -> Markup {
    let w = visitor.words();
    let how = match sample.precision {
        Some((confidence, margin)) => {
            w.with("records-precision-is", &[("confidence", &confidence), ("margin", &margin)])
        }
        None => w.t("records-number-chosen"),
    };
    let confidence = sample.precision.map_or(USUAL_CONFIDENCE, |(confidence, _)| confidence);
    let left = drawn.iter().filter(|r| r.reserve && !r.in_use && r.replaced_by.is_none()).count();
    let reserves = drawn.iter().filter(|r| r.reserve).count();
    let at = w.date_time(&in_london(sample.drawn_at));
    let when = match by {
        Some(name) => w.with("records-drawn-by", &[("name", &name), ("at", &at)]),
        None => at,
    };
    summary_list(&[
        (w.t("records-drawn"), html! { (when) }),
        (w.t("records-population"), html! { (sample.population) }),
        (w.t("records-size"), html! { (sample.size) }),
        (w.t("records-how-many"), html! { (how) }),
        (w.t("records-tells"), html! { (preview::tells(visitor, tells(parts, confidence), confidence)) }),
        (
            w.t("records-reserves"),
            html! { (w.with("records-reserves-left", &[("left", &left), ("count", &reserves)])) },
        ),
        (w.t("records-method"), html! { span class="kl_code" { (sample.method) } }),
        (w.t("records-seed"), html! { span class="kl_code" { (sample.seed) } }),
    ])
}

/// The parts from which it was drawn; the whole list when it was not divided.
fn parts_of(sample: &Sample, division: Option<&Division>) -> Vec<PlannedPart> {
    let small = |n: i64| u32::try_from(n).unwrap_or(0);
    let Some(division) = division else {
        let (population, drawn) = (small(sample.population), small(sample.size));
        return vec![PlannedPart {
            name: String::new(),
            stream: 0,
            population,
            excluded: 0,
            drawn,
            expected: 50,
        }];
    };
    division
        .parts
        .iter()
        .map(|part| PlannedPart {
            name: part.name.clone(),
            stream: small(part.stream),
            population: small(part.population),
            excluded: small(part.excluded),
            drawn: small(part.drawn),
            expected: u8::try_from(part.expected).unwrap_or(50),
        })
        .collect()
}

/// How the list was divided and the sample shared out.
fn divided(visitor: &Visitor, division: &Division, parts: &[PlannedPart]) -> Markup {
    let w = visitor.words();
    let rule = w.t(&format!("records-allocation-{}", division.allocation));
    html! {
        h2 { (w.t("records-parts")) }
        p { (w.with("records-divided", &[("rule", &rule), ("minimum", &division.minimum)])) }
        (preview::parts(visitor, parts))
    }
}

fn again(
    visitor: &Visitor,
    scope: &Scope,
    sample: &Sample,
    division: Option<&Division>,
    drawn: &[Record],
    list: &[Listed],
) -> Markup {
    let w = visitor.words();
    let steps = [
        "records-redo-sort",
        "records-redo-key",
        "records-redo-number",
        "records-redo-swap",
        "records-redo-take",
    ];
    html! {
        @if list.is_empty() { p { (w.t("records-again-gone")) } }
        @else if drawn_again(sample, division, drawn, list) {
            p { (tag(Tone::Good, &w.t("records-again-yes"))) " " (w.t("records-again-yes-text")) }
        } @else {
            (warning(&w.t("warning"), &html! { p { (w.t("records-again-no")) } }))
        }
        (details(&w.t("records-redo"), &html! {
            p { (w.t("records-redo-text")) }
            ol { @for step in steps { li { (w.t(step)) } } }
            @if division.is_some() { p { (w.t("records-redo-parts")) } }
            @if scope.grant.permits(Action::SeeFrame) && !list.is_empty() {
                (commands(visitor, scope, &Recorded {
                    seed: &sample.seed, size: sample.size, reserves: sample.reserves, division,
                }))
            }
        }))
    }
}

/// How a label stands, with words that say more about it where there are any.
fn state(visitor: &Visitor, record: &Record, drawn: &[Record]) -> (Tone, String, Option<String>) {
    let w = visitor.words();
    match &record.replaced_by {
        Some(by) => {
            let why = record.replaced_reason.as_deref().unwrap_or_default();
            let text = w.with("records-replaced-by", &[("label", by), ("reason", &why)]);
            (Tone::Warn, w.t("records-state-replaced"), Some(text))
        }
        None if record.in_use => {
            let out = drawn.iter().find(|r| r.replaced_by.as_ref() == Some(&record.label));
            let text = out.map(|r| w.with("records-stands-in", &[("label", &r.label)]));
            (Tone::Active, w.t("records-state-in-use"), text)
        }
        None => (Tone::Neutral, w.t("records-state-reserve"), None),
    }
}

fn table(
    visitor: &Visitor,
    scope: &Scope,
    drawn: &[Record],
    seen: &[&Record],
    part_of: &BTreeMap<String, String>,
    readings: Option<&[Reading]>,
) -> Markup {
    let w = visitor.words();
    let draws = scope.grant.permits(Action::DrawSample);
    let finished = |label: &str| {
        let of_all = readings.unwrap_or_default().iter();
        of_all.filter(|r| r.label == label && r.state == ReadingState::Finished).count()
    };
    let rows: Vec<Vec<Markup>> = seen
        .iter()
        .map(|record| {
            let (tone, word, more) = state(visitor, record, drawn);
            let read = finished(&record.label);
            let mut row = vec![
                html! { (record.label) },
                html! { (record.position) },
                html! { (tag(tone, &word)) @if let Some(more) = more { " " (more) } },
            ];
            if !part_of.is_empty() {
                row.insert(2, html! { (part_of.get(&record.label).map_or("", String::as_str)) });
            }
            if readings.is_some() {
                row.push(html! { (read) });
            }
            if draws {
                row.push(html! { @if record.in_use && read == 0 {
                    a href=(super::replace::href(scope, &record.label)) {
                        (w.t("records-replace")) span class="visually-hidden" { " " (record.label) }
                    }
                } });
            }
            row
        })
        .collect();
    let (label, place, stands, times, act) = (
        w.t("records-label"),
        w.t("records-place"),
        w.t("records-state"),
        w.t("records-read-by"),
        w.t("records-act"),
    );
    let mut columns = vec![Column::text(&label), Column::number(&place), Column::text(&stands)];
    let part = w.t("records-part");
    if !part_of.is_empty() {
        columns.insert(2, Column::text(&part));
    }
    if readings.is_some() {
        columns.push(Column::number(&times));
    }
    if draws {
        columns.push(Column::text(&act));
    }
    data_table(&w.t("records-labels"), &columns, &rows)
}

/// The labels as a file, for whoever fetches the records.
pub(super) async fn csv(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let (_, drawn) = records::sample(&mut reader, &scope.grant).await?.ok_or(PageError::NOT_FOUND)?;
    let header =
        ["records-place", "records-label", "records-state", "records-replaced-by-label", "records-reason"];
    let mut lines: Vec<Vec<String>> = vec![header.iter().map(|key| w.t(key)).collect()];
    lines.extend(drawn.iter().map(|record| {
        vec![
            record.position.to_string(),
            record.label.clone(),
            state(&visitor, record, &drawn).1,
            record.replaced_by.clone().unwrap_or_default(),
            record.replaced_reason.clone().unwrap_or_default(),
        ]
    }));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}-sample.csv\"", scope.reference)),
    ];
    Ok((headers, write_csv(lines.iter().map(Vec::as_slice), true)).into_response())
}
