//! The desk of whoever writes: every page with its state, and the way to news.

use keyline_domain::access::ServiceAction;
use keyline_domain::programmes::{InformedAudience, Programme};
use keyline_operations::information::{Found, file_changed, informed, published_page};
use keyline_store::information as rows;
use maud::{Markup, html};

use super::may;
use super::versions::title;
use crate::components::{Tone, card, cards, table_under_heading, tag};
use crate::frame::{PageResult, Visitor};

/// The address of the page on which a page is written.
pub(super) fn href(found: Found<'_>, rest: &str) -> String {
    let at = format!("/information/pages/{}/{}/{}", found.programme.id, found.audience.key, found.page.key);
    if rest.is_empty() { at } else { format!("{at}/{rest}") }
}

/// The address at which the public reads it.
pub(super) fn public_href(found: Found<'_>) -> String {
    format!("/programmes/{}/{}/{}", found.programme.id, found.audience.key, found.page.key)
}

/// The page.
pub(super) async fn list(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let tells = may(&visitor, ServiceAction::WriteNews).await?;
    let mut parts = Vec::new();
    for programme in informed(visitor.cx()) {
        for audience in &programme.information.audiences {
            parts.push((audience, programme, pages_of(&visitor, programme, audience).await?));
        }
    }
    let header = ["information-page", "information-state", "information-last", "information-grade"]
        .map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("information-desk-lead")) }
        @if tells {
            (cards(&card("/information/news", &w.t("news-desk"), &html! { p { (w.t("news-desk-text")) } })))
        }
        @for (audience, programme, rows) in &parts {
            @let heading = format!("{}: {}", programme.short_title.value, audience.title);
            h2 { (heading) }
            (table_under_heading(&heading, &header.each_ref().map(String::as_str), rows))
        }
    };
    let mut layout = visitor.layout(w.t("information-desk"), body);
    layout.breadcrumbs = vec![("/start".to_owned(), w.t("nav-start"))];
    Ok(visitor.show(&layout))
}

async fn pages_of(
    visitor: &Visitor,
    programme: &Programme,
    audience: &InformedAudience,
) -> PageResult<Vec<Vec<Markup>>> {
    let (w, cx) = (visitor.words(), visitor.cx());
    let mut reader = cx.read().await?;
    let published = rows::published(&mut reader, &programme.id).await?;
    let publications = rows::publications(&mut reader, &programme.id).await?;
    let mut table = Vec::new();
    for page in programme.information.pages_of(&audience.key) {
        let found = Found { programme, audience, page };
        let versions = rows::versions(&mut reader, &programme.id, &page.name()).await?;
        let latest = versions.first();
        let public = publications.iter().find(|p| p.page == page.name());
        let (composed, changed) = published_page(cx, found, &published);
        let hard = composed.readability.is_some_and(|r| r.grade > f64::from(audience.hardest_grade));
        let since = latest.is_some_and(|v| file_changed(page, v));
        table.push(vec![
            html! { a href=(href(found, "")) { (title(found, &versions)) } },
            html! {
                @if latest.map_or(0, |v| v.number) != public.map_or(0, |p| p.number) {
                    (tag(Tone::Active, &w.t("information-state-draft")))
                } @else if public.is_some() { (tag(Tone::Good, &w.t("information-state-edited"))) }
                @else { (tag(Tone::Neutral, &w.t("information-state-file"))) }
                @if since { " " (tag(Tone::Warn, &w.t("information-state-file-changed"))) }
            },
            html! { (w.date(changed)) },
            html! {
                @if let Some(r) = composed.readability { (format!("{:.1}", r.grade)) }
                @if hard { " " (tag(Tone::Warn, &w.with("information-harder", &[("most", &audience.hardest_grade)]))) }
            },
        ]);
    }
    Ok(table)
}
