//! The burden ledger: what the area has been asked for, by which programme, in how many hours.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use keyline_charts::bars::{Bar, Bars};
use keyline_charts::by_room;
use keyline_domain::returns::burden::{Line, hours, ledger};
use keyline_operations::returns::{SayHours, say_hours};
use keyline_store::inspections;
use keyline_store::returns::{Request, burden};
use keyline_workbooks::write_csv;
use maud::{Markup, html};

use super::breadcrumbs;
use super::download::attachment;
use super::request::{At, Shown, after, id_of};
use super::wanted::programme;
use crate::components::{
    Column, Field, button_secondary, empty_state, form, hidden, link_button_secondary, table_by_rows,
    text_field,
};
use crate::frame::{PageResult, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let lines = ledger(&burden(&mut reader, &scope.grant).await?);
    let area = visitor.cx().library.council(&inspection.area);
    let area = area.map_or(inspection.area.as_str(), |c| c.name.as_str());
    let body = html! {
        p class="kl_lead" { (w.with("burden-lead", &[("area", &area)])) }
        @if lines.is_empty() { (empty_state(&w.t("burden-empty-title"), &w.t("burden-empty-text"), None)) }
        @else {
            (picture(&visitor, area, &lines))
            (table(&visitor, area, &lines))
            p { (w.t("burden-counted")) }
            p { (link_button_secondary(&scope.href("returns/burden.csv"), &w.t("burden-csv"))) }
        }
    };
    let mut layout = frame(&visitor, &scope, &inspection, Room::Returns, w.t("burden-title"), body);
    layout.breadcrumbs = breadcrumbs(&visitor, &scope);
    Ok(visitor.show(&layout))
}

fn picture(visitor: &Visitor, area: &str, lines: &[Line]) -> Markup {
    let w = visitor.words();
    let bars = lines.iter().map(|line| Bar {
        label: format!("{}: {}", line.year, programme(visitor, &line.programme)),
        value: Some(f64::from(line.items)),
        shown: line.items.to_string(),
        interval: None,
        category: 0,
    });
    let bars = Bars {
        id: "burden".into(),
        title: w.t("burden-items"),
        description: w.with("burden-picture", &[("area", &area)]),
        whole: None,
        bars: bars.collect(),
    };
    by_room(&bars.draw(), &bars.draw_narrow())
}

fn table(visitor: &Visitor, area: &str, lines: &[Line]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|l| {
            vec![
                html! { (l.year) },
                html! { (programme(visitor, &l.programme)) },
                html! { (l.items) },
                html! { (l.documents) },
                html! { (l.given_again) },
                known(visitor, &l.pages.to_string(), l.pages_unknown, l.documents),
                known(visitor, &hours(l.minutes), l.minutes_unknown, l.items),
            ]
        })
        .collect();
    let titles = HEADINGS.map(|key| w.t(key));
    let columns = [
        Column::text(&titles[0]),
        Column::text(&titles[1]),
        Column::number(&titles[2]),
        Column::number(&titles[3]),
        Column::number(&titles[4]),
        Column::number(&titles[5]),
        Column::number(&titles[6]),
    ];
    table_by_rows(&w.with("burden-caption", &[("area", &area)]), &columns, &rows)
}

const HEADINGS: [&str; 7] = [
    "burden-year",
    "held-programme",
    "burden-items",
    "burden-documents",
    "burden-given-again",
    "burden-pages",
    "burden-hours",
];

// What nobody knows is said beside what is known, and is never nothing.
fn known(visitor: &Visitor, sum: &str, unknown: u32, of: u32) -> Markup {
    let w = visitor.words();
    html! {
        @if unknown > 0 && unknown == of { (w.t("burden-unknown")) }
        @else {
            (sum)
            @if unknown > 0 { br; span class="kl_wraps" { (w.with("burden-unknown-of", &[("unknown", &unknown), ("of", &of)])) } }
        }
    }
}

/// The same as CSV, with what is not known in columns of its own.
pub(super) async fn csv(visitor: Visitor, scope: Scope) -> PageResult {
    let lines = ledger(&burden(&mut visitor.cx().read().await?, &scope.grant).await?);
    let header = [
        "year",
        "programme",
        "items",
        "documents",
        "given_again",
        "pages",
        "pages_unknown",
        "hours",
        "hours_unknown",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(lines.iter().map(|l| {
        let n = |number: u32| number.to_string();
        vec![
            l.year.to_string(),
            l.programme.clone(),
            n(l.items),
            n(l.documents),
            n(l.given_again),
            n(l.pages),
            n(l.pages_unknown),
            hours(l.minutes),
            n(l.minutes_unknown),
        ]
    }));
    let content = write_csv(rows.iter().map(Vec::as_slice), true);
    let name = format!("{}-burden.csv", scope.reference);
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, attachment(&name))];
    Ok((headers, content).into_response())
}

/// Says how many hours an item took.
pub(super) async fn say(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let input = SayHours {
        inspection: scope.grant.inspection(),
        request,
        hours: typed.get("hours").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    let result = say_hours(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, request, typed, result, "hours-said").await
}

/// The hours of an item on its page, for the coordinator to say.
pub(super) fn section(visitor: &Visitor, scope: &Scope, r: &Request, shown: &Shown) -> Markup {
    let w = visitor.words();
    let said = r.minutes.map(|m| hours(u32::try_from(m).unwrap_or(0))).unwrap_or_default();
    let typed = if shown.problems.on("hours").is_some() { shown.typed.get("hours") } else { &said };
    html! {
        h2 { (w.t("burden-hours-title")) }
        (form(&scope.href(&format!("returns/requests/{}/hours", r.id)), &html! {
            (hidden("version", r.version))
            (text_field(&Field::new("hours", w.t("burden-hours")).hint(w.t("burden-hours-hint")).value(typed)
                .error(shown.problems.on("hours")).unchecked(), "text"))
            (button_secondary(&w.t("burden-say")))
        }))
    }
}
