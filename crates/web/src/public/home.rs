//! The first page: the areas being inspected now and the latest reports.

use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::inspections::plan::Plan;
use keyline_operations::report::open_data::open_report;
use keyline_store::report::public::{self, UnderWay};
use maud::{Markup, html};

use super::reports::report_card;
use crate::components::{cards, empty_state, summary_list, table_under_heading};
use crate::frame::{PageError, PageResult, Visitor};
use crate::information::short_list;

/// Most reports on the first page.
const LATEST: usize = 4;

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let under_way = public::under_way(&mut reader).await?;
    let reports = public::list(&mut reader).await?;
    let news = keyline_store::information::news::listed(&mut reader).await?;
    let news: Vec<_> = news.iter().collect();
    let body = html! {
        p class="kl_lead" { (w.t("home-lead")) }
        p { a href="/programmes" { strong { (w.t("home-information")) } } br; (w.t("home-information-text")) }
        h2 { (w.t("home-under-way")) }
        @if under_way.is_empty() { (empty_state(&w.t("home-none-title"), &w.t("home-none"), None)) }
        @else { (areas(&visitor, &under_way)) p { (w.t("home-under-way-note")) } }
        h2 { (w.t("home-latest")) }
        @if reports.is_empty() { (empty_state(&w.t("home-no-reports-title"), &w.t("home-no-reports"), None)) }
        @else {
            (cards(&html! { @for r in reports.iter().take(LATEST) {
                (report_card(&visitor, &open_report(visitor.cx(), r), 3))
            } }))
            p { a href="/reports" { (w.t("home-all-reports")) } }
        }
        @if !news.is_empty() {
            h2 { (w.t("news-title")) }
            (short_list(&visitor, &news, LATEST))
            p { a href="/news" { (w.t("news-all")) } }
        }
        h2 { (w.t("home-worried")) }
        (summary_list(&[
            (w.t("home-danger"), html! { a href="tel:999" { "999" } }),
            (w.t("home-childline"), html! { a href="tel:08001111" { "0800 1111" } }),
        ]))
    };
    let mut layout = visitor.layout(w.t("home-title"), body);
    layout.description = Some(w.t("home-description"));
    Ok(visitor.show(&layout))
}

fn areas(visitor: &Visitor, under_way: &[UnderWay]) -> Markup {
    let w = visitor.words();
    let library = &visitor.cx().library;
    let rows: Vec<Vec<Markup>> = under_way
        .iter()
        .map(|i| {
            let council = library.council(&i.area);
            let name = council.map_or(i.area.as_str(), |c| c.name.as_str());
            let programme = library.programme(&i.programme, &i.programme_version);
            let title = programme.map_or(html! { (i.programme) }, |p| {
                super::reports::titled(visitor, &p.short_title.value, p.short_title.is_confirmed())
            });
            vec![
                html! { (name) @if council.is_some_and(|c| c.fictional) { " (" (w.t("public-fictional")) ")" } },
                title,
                html! { (w.date(i.notified_on)) },
                html! { (phase(visitor, i).unwrap_or_else(|| w.t("home-phase-unknown"))) },
            ]
        })
        .collect();
    let header = ["home-area", "home-programme", "home-notified", "home-phase"].map(|key| w.t(key));
    table_under_heading(&w.t("home-under-way"), &header.each_ref().map(String::as_str), &rows)
}

/// The phase by the programme's timeline, never by where the report stands: that would say when it comes out.
fn phase(visitor: &Visitor, i: &UnderWay) -> Option<String> {
    let library = &visitor.cx().library;
    let programme = library.programme(&i.programme, &i.programme_version)?;
    let plan = Plan::from_template(&programme.timeline, i.notified_on, &library.calendar(&i.area)).ok()?;
    let today = visitor.cx().today();
    crate::inspections::phase(&plan, today).map(str::to_owned)
}

/// Chooses the language of the pages.
pub(super) async fn language(visitor: Visitor, Path(lang): Path<String>) -> PageResult<Response> {
    if !visitor.app().catalogue.is_offered(&lang) {
        return Err(PageError::NOT_FOUND);
    }
    let cookie = format!("language={lang}; Path=/; Max-Age=31536000; SameSite=Lax");
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}
