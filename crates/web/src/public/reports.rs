//! The list of published reports with their grades, by area and year.

use axum::extract::Query;
use keyline_domain::clock::day_of;
use keyline_operations::report::open_data::{OpenReport, open_report};
use keyline_store::report::public;
use maud::{Markup, html};
use serde::Deserialize;

use crate::components::{Choice, Field, Tone, button, empty_state, form_get, select, tag};
use crate::frame::{PageResult, Visitor};

/// What is asked for; empty shows all.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    area: String,
    #[serde(default)]
    year: String,
}

/// The page.
pub(super) async fn get(visitor: Visitor, Query(filter): Query<Filter>) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let all: Vec<_> = public::list(&mut reader).await?.iter().map(|r| open_report(visitor.cx(), r)).collect();
    let year_of = |r: &OpenReport| day_of(r.published_at).year().to_string();
    let shown: Vec<_> = all
        .iter()
        .filter(|r| filter.area.is_empty() || r.area.key == filter.area)
        .filter(|r| filter.year.is_empty() || year_of(r) == filter.year)
        .collect();
    let mut areas: Vec<_> = all.iter().map(|r| (r.area.name.clone(), r.area.key.clone())).collect();
    areas.sort();
    areas.dedup();
    let mut years: Vec<_> = all.iter().map(year_of).collect();
    years.dedup();
    let any = |chosen: &str| Choice::new("", w.t("public-reports-any"), chosen.is_empty());
    let mut area_choices = vec![any(&filter.area)];
    area_choices.extend(areas.into_iter().map(|(name, key)| {
        let chosen = key == filter.area;
        Choice::new(key, name, chosen)
    }));
    let mut year_choices = vec![any(&filter.year)];
    year_choices.extend(years.iter().map(|year| Choice::new(year, year, *year == filter.year)));
    let body = html! {
        p class="kl_lead" { (w.t("public-reports-lead")) }
        @if all.is_empty() {
            (empty_state(&w.t("home-no-reports-title"), &w.t("home-no-reports"), None))
        } @else {
            (form_get("/reports", &html! {
                (select(&Field::new("area", w.t("public-reports-area")).unchecked(), &area_choices))
                (select(&Field::new("year", w.t("public-reports-year")).unchecked(), &year_choices))
                (button(&w.t("public-reports-show")))
            }))
            p role="status" { (w.with("public-reports-count", &[("count", &shown.len())])) }
            @if shown.is_empty() {
                (empty_state(&w.t("public-reports-none-title"), &w.t("public-reports-none"),
                    Some(("/reports", &w.t("public-reports-all")))))
            }
            div class="kl_stack" { @for report in &shown { (report_card(&visitor, report, 2)) } }
        }
        h2 { (w.t("public-data-title")) }
        p { (w.t("public-data-text")) }
        ul {
            li { a href="/reports/grades.csv" type="text/csv" { (w.t("public-data-csv")) } }
            li { a href="/reports/index.json" type="application/json" { (w.t("public-data-json")) } }
            li { a href="/reports/feed.xml" type="application/atom+xml" { (w.t("public-data-feed")) } }
        }
        p { (w.t("public-data-licence")) }
    };
    let mut layout = visitor.layout(w.t("public-reports-title"), body);
    layout.description = Some(w.t("public-reports-description"));
    Ok(visitor.show(&layout))
}

/// A title with a mark when no published source confirms it.
pub(super) fn titled(visitor: &Visitor, title: &str, confirmed: bool) -> Markup {
    html! {
        (title)
        @if !confirmed { " " (tag(Tone::Warn, &visitor.words().t("public-unconfirmed"))) }
    }
}

/// A report in a list. `level` is that of its heading.
pub(super) fn report_card(visitor: &Visitor, report: &OpenReport, level: u8) -> Markup {
    let w = visitor.words();
    let href = format!("/reports/{}", report.reference);
    let title = html! { a href=(href) { (report.area.name) ": " (report.programme.title) } };
    html! {
        article class="kl_card" {
            @if level == 2 { h2 class="kl_card__title" { (title) } } @else { h3 class="kl_card__title" { (title) } }
            p {
                (w.with("public-published-on", &[("day", &w.date(day_of(report.published_at)))]))
                @if report.area.fictional { " " (tag(Tone::Neutral, &w.t("public-fictional"))) }
            }
            ul class="kl_grades" {
                @for grade in &report.evaluations {
                    li {
                        span class="kl_grades__title" {
                            span class="kl_grades__number" { (grade.indicator) }
                            (titled(visitor, &grade.title, grade.title_confirmed))
                        }
                        span class="kl_grades__grade" {
                            (w.with("public-grade", &[("label", &grade.label), ("number", &grade.level)]))
                        }
                    }
                }
            }
        }
    }
}
