//! The pages as everybody reads them, on the web and as a PDF.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use keyline_domain::programmes::{InformedAudience, Programme};
use keyline_operations::information::{Found, find, informed, pdf as pdfs, public_text, published_page};
use keyline_store::information as rows;
use keyline_store::information::news as news_rows;
use maud::{Markup, html};

use super::PUBLIC_CACHE;
use super::news::short_list;
use crate::components::{
    Layout, Width, card, cards, document_body, document_contents, empty_state, inset, section_nav,
    summary_list,
};
use crate::frame::{PageError, PageResult, Visitor};

/// The programmes with pages.
pub(super) async fn programmes(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let all = informed(visitor.cx());
    let body = html! {
        p class="kl_lead" { (w.t("information-lead")) }
        @if all.is_empty() { (empty_state(&w.t("information-none-title"), &w.t("information-none"), None)) }
        @for p in &all {
            section {
                h2 { a href=(format!("/programmes/{}", p.id)) lang="en" { (p.title.value) } }
                ul { @for a in &p.information.audiences {
                    li { a href=(format!("/programmes/{}/{}", p.id, a.key)) lang="en" { (a.title) } }
                } }
            }
        }
        p { a href="/news" { (w.t("news-title")) } }
    };
    let mut layout = visitor.layout(w.t("information-title"), body);
    layout.description = Some(w.t("information-lead"));
    Ok(visitor.show(&layout))
}

fn known<'a>(visitor: &'a Visitor, programme: &str) -> PageResult<&'a Programme> {
    informed(visitor.cx()).into_iter().find(|p| p.id == programme).ok_or(PageError::NOT_FOUND)
}

/// The choices of a programme: for whom, what is new.
pub(super) async fn programme(visitor: Visitor, Path(programme): Path<String>) -> PageResult {
    let w = visitor.words();
    let p = known(&visitor, &programme)?;
    let all = news_rows::listed(&mut visitor.cx().read().await?).await?;
    let theirs: Vec<_> =
        all.iter().filter(|n| n.written.programme.is_empty() || n.written.programme == p.id).collect();
    let body = html! {
        p class="kl_lead" lang="en" { (p.title.value) }
        h2 { (w.t("information-for-whom")) }
        (cards(&html! { @for a in &p.information.audiences {
            article class="kl_card" lang="en" {
                h3 class="kl_card__title" { a href=(format!("/programmes/{}/{}", p.id, a.key)) { (a.title) } }
                p { (a.lead) }
            }
        } }))
        @if !theirs.is_empty() {
            h2 { (w.t("news-title")) }
            (short_list(&visitor, &theirs, 5))
            p { a href="/news" { (w.t("news-all")) } }
        }
        (in_reach(&visitor))
    };
    let mut layout = visitor.layout(p.short_title.value.clone(), body);
    layout.description = Some(p.title.value.clone());
    layout.breadcrumbs = vec![("/programmes".to_owned(), w.t("information-title"))];
    Ok(visitor.show(&layout))
}

/// The pages of an audience.
pub(super) async fn audience(
    visitor: Visitor,
    Path((programme, audience)): Path<(String, String)>,
) -> PageResult {
    let p = known(&visitor, &programme)?;
    let a = p.information.audience(&audience).ok_or(PageError::NOT_FOUND)?;
    let published = rows::published(&mut visitor.cx().read().await?, &p.id).await?;
    let body = html! {
        p class="kl_lead" lang="en" { (a.lead) }
        (cards(&html! { @for page in p.information.pages_of(&a.key) {
            @let text = public_text(page, &published);
            (card(&address(p, a, &page.key), &text.title, &html! { p { (text.summary) } }))
        } }))
        (in_reach(&visitor))
    };
    let mut layout = visitor.layout(a.title.clone(), body);
    layout.description = Some(a.lead.clone());
    layout.breadcrumbs = crumbs(&visitor, p, None);
    leave(&visitor, a, &mut layout);
    Ok(visitor.show(&layout))
}

fn address(p: &Programme, a: &InformedAudience, page: &str) -> String {
    format!("/programmes/{}/{}/{page}", p.id, a.key)
}

fn crumbs(visitor: &Visitor, p: &Programme, a: Option<&InformedAudience>) -> Vec<(String, String)> {
    let w = visitor.words();
    let mut crumbs = vec![
        ("/programmes".to_owned(), w.t("information-title")),
        (format!("/programmes/{}", p.id), p.short_title.value.clone()),
    ];
    crumbs.extend(a.map(|a| (format!("/programmes/{}/{}", p.id, a.key), a.title.clone())));
    crumbs
}

// Families can leave the page in a hurry, as on the pages on which they write.
fn leave(visitor: &Visitor, a: &InformedAudience, layout: &mut Layout<'_>) {
    let family = a.parties.iter().any(|p| p == "children" || p == "parents");
    if family && !a.parties.iter().any(|p| p == "team") && visitor.signed_in().is_none() {
        layout.exit = Some(visitor.cx().settings.exit_address.clone());
    }
}

/// What is in reach of every page: writing to the inspection, and help.
fn in_reach(visitor: &Visitor) -> Markup {
    let w = visitor.words();
    html! {
        section class="kl_callout" aria-labelledby="in-reach" {
            h2 class="kl_callout__title" id="in-reach" { (w.t("information-in-reach")) }
            (summary_list(&[
                (w.t("information-tell-us"), html! { a href="/tell-us" { (w.t("nav-tell-us")) } }),
                (w.t("home-danger"), html! { a href="tel:999" { "999" } }),
                (w.t("home-childline"), html! { a href="tel:08001111" { "0800 1111" } }),
            ]))
        }
    }
}

/// One page.
pub(super) async fn page(
    visitor: Visitor,
    Path((programme, audience, page)): Path<(String, String, String)>,
) -> PageResult {
    let w = visitor.words();
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    let Found { programme: p, audience: a, page } = found;
    let published = rows::published(&mut visitor.cx().read().await?, &p.id).await?;
    let (composed, changed) = published_page(visitor.cx(), found, &published);
    let links: Vec<_> = p
        .information
        .pages_of(&a.key)
        .map(|other| (address(p, a, &other.key), public_text(other, &published).title, other.key == page.key))
        .collect();
    let mut document = composed.document;
    document.contents_title = w.t("information-contents");
    let headings = document_contents(&document);
    let body = html! {
        @if w.lang() != "en" { (inset(&html! { p { (w.t("information-in-english")) } })) }
        // A short page needs no list of its parts.
        @if document.blocks.len() > 12 { (headings) }
        (document_body(&document))
        (in_reach(&visitor))
        p class="ds_hint-text" { (w.with("information-changed", &[("day", &w.date(changed))])) }
        p { a href={ (address(p, a, &page.key)) "/page.pdf" } type="application/pdf" { (w.t("information-pdf")) } }
    };
    let text = public_text(page, &published);
    let mut layout = visitor.layout(text.title, body);
    layout.above = Some(a.title.clone());
    layout.description = Some(text.summary);
    layout.breadcrumbs = crumbs(&visitor, p, Some(a));
    layout.rooms = Some(section_nav(&w.t("information-pages-of"), &links));
    layout.width = Width::Text;
    leave(&visitor, a, &mut layout);
    Ok(visitor.show(&layout))
}

/// The page as a PDF. While it is being set, an answer that says so.
pub(super) async fn pdf(
    visitor: Visitor,
    Path((programme, audience, page)): Path<(String, String, String)>,
) -> PageResult<Response> {
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    let published = rows::published(&mut visitor.cx().read().await?, &found.programme.id).await?;
    let (composed, _) = published_page(visitor.cx(), found, &published);
    let Some(content) = pdfs::of(visitor.cx(), found, &composed.document).await? else {
        // Nothing is wrong: it is there in a moment.
        let w = visitor.words();
        let back = address(found.programme, found.audience, &found.page.key);
        let body = html! {
            p class="kl_lead" { (w.t("report-pdf-soon")) }
            p { a href={ (back) "/page.pdf" } { (w.t("information-pdf")) } }
            p { a href=(back) { (composed.document.title) } }
        };
        let mut layout = visitor.layout(w.t("information-pdf-made"), body);
        layout.width = Width::Text;
        let mut answer = visitor.show_as(StatusCode::SERVICE_UNAVAILABLE, &layout);
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        return Ok(answer);
    };
    let name = format!("inline; filename=\"{}-{}.pdf\"", found.audience.key, found.page.key);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (CACHE_CONTROL, PUBLIC_CACHE),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|e| PageError::fault(&e))?),
    ];
    Ok((headers, content).into_response())
}
