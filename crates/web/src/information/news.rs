//! News and meetings as everybody reads them: the list, an item, the feed.

use std::fmt::Write as _;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use keyline_domain::clock::in_london;
use keyline_domain::documents::Block;
use keyline_domain::ids::NewsId;
use keyline_domain::information::news::{Kind, Meeting, State};
use keyline_operations::markdown;
use keyline_store::information::news::{self as rows, News};
use keyline_words::Words;
use maud::{Markup, html};

use super::PUBLIC_CACHE;
use crate::components::{Tone, Width, empty_state, inset, prose, summary_list, tag};
use crate::frame::{PageError, PageResult, Visitor};

/// Most items in the feed.
const IN_FEED: usize = 30;

/// Meetings that lie ahead, the next first, and the others, the newest first.
fn parted<'a>(visitor: &Visitor, all: &[&'a News]) -> (Vec<&'a News>, Vec<&'a News>) {
    let now = visitor.cx().now();
    let ahead = |n: &&News| n.written.meeting.as_ref().is_some_and(|m| m.ends_at >= now);
    let (mut next, rest): (Vec<&News>, Vec<&News>) = all.iter().copied().partition(ahead);
    next.sort_by_key(|n| n.written.meeting.as_ref().map(|m| m.starts_at));
    (next, rest)
}

/// When a meeting is, in words: `Wednesday 8 July 2026, 14:00 to 15:00 (time in Scotland)`.
pub(super) fn when(w: Words<'_>, meeting: &Meeting) -> String {
    let (from, to) = (in_london(meeting.starts_at), in_london(meeting.ends_at));
    let clock = |at: &jiff::Zoned| format!("{:02}:{:02}", at.hour(), at.minute());
    let start = format!("{}, {}", w.date_long(from.date()), clock(&from));
    let end = if from.date() == to.date() {
        clock(&to)
    } else {
        format!("{}, {}", w.date_long(to.date()), clock(&to))
    };
    w.with("news-when-text", &[("from", &start), ("to", &end)])
}

fn state_tag(w: Words<'_>, item: &News) -> Markup {
    html! { @if item.state == State::CalledOff { " " (tag(Tone::Bad, &w.t("news-state-called-off"))) } }
}

/// Items as a list of links, those that lie ahead first.
pub(crate) fn short_list(visitor: &Visitor, all: &[&News], most: usize) -> Markup {
    let w = visitor.words();
    let (next, rest) = parted(visitor, all);
    html! { ul { @for n in next.into_iter().chain(rest).take(most) {
        li {
            a href=(format!("/news/{}", n.id)) lang="en" { (n.written.title) } (state_tag(w, n)) br;
            @if let Some(m) = &n.written.meeting { (when(w, m)) } @else { (w.date(n.written.day)) }
        }
    } } }
}

fn about(visitor: &Visitor, item: &News) -> Markup {
    let library = &visitor.cx().library;
    let programme = library.latest(&item.written.programme).map(|p| p.title.value.as_str());
    let area = library.council(&item.written.area).map(|c| c.name.as_str());
    html! {
        @for name in [programme, area].into_iter().flatten() { p class="ds_hint-text" lang="en" { (name) } }
    }
}

/// The list.
pub(super) async fn list(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let all = rows::listed(&mut visitor.cx().read().await?).await?;
    let all: Vec<&News> = all.iter().collect();
    let (next, rest) = parted(&visitor, &all);
    let entry = |n: &News| {
        html! {
            article class="kl_card" {
                h3 class="kl_card__title" { a href=(format!("/news/{}", n.id)) lang="en" { (n.written.title) } (state_tag(w, n)) }
                @if let Some(m) = &n.written.meeting { p { (w.t(&format!("news-kind-{}", n.written.kind.word()))) ": " (when(w, m)) } }
                @else { p { (w.date(n.written.day)) } }
                (about(&visitor, n))
            }
        }
    };
    let body = html! {
        p class="kl_lead" { (w.t("news-lead")) }
        @if all.is_empty() { (empty_state(&w.t("news-none-title"), &w.t("news-none"), None)) }
        @if !next.is_empty() { h2 { (w.t("news-ahead")) } div class="kl_stack" { @for n in next { (entry(n)) } } }
        @if !rest.is_empty() { h2 { (w.t("news-latest")) } div class="kl_stack" { @for n in rest { (entry(n)) } } }
        p { a href="/news/feed.xml" type="application/atom+xml" { (w.t("news-feed")) } }
    };
    let mut layout = visitor.layout(w.t("news-title"), body);
    layout.description = Some(w.t("news-lead"));
    Ok(visitor.show(&layout))
}

/// An item that the public may see by its address; a draft is not there.
pub(super) async fn seen(visitor: &Visitor, id: &str) -> PageResult<News> {
    let id: NewsId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let item = rows::find(&mut visitor.cx().read().await?, id).await?.ok_or(PageError::NOT_FOUND)?;
    if item.state == State::Draft { Err(PageError::NOT_FOUND) } else { Ok(item) }
}

/// The text of an item as blocks. Headings begin below the page's.
pub(super) fn text(body: &str) -> Vec<Block> {
    let mut blocks = markdown::blocks(body);
    for block in &mut blocks {
        if let Block::Heading { level, .. } = block {
            *level = 1;
        }
    }
    blocks
}

/// One item. News that was withdrawn says so and why, and nothing of what it said.
pub(super) async fn item(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let w = visitor.words();
    let item = seen(&visitor, &id).await?;
    let written = &item.written;
    let body = html! {
        @match item.state {
            State::Withdrawn => (inset(&html! {
                p { strong { (w.t("news-withdrawn")) } }
                p { (w.with("news-reason", &[("reason", &item.reason)])) }
            })),
            State::CalledOff => (inset(&html! {
                p { strong { (w.t("news-called-off")) } }
                p { (w.with("news-reason", &[("reason", &item.reason)])) }
            })),
            State::Draft | State::Published => {}
        }
        @if item.state != State::Withdrawn {
            @if let Some(m) = &written.meeting { (facts(&visitor, &item, m)) }
            div class="kl_document" lang="en" { (prose(&text(&written.body))) }
        }
        (about(&visitor, &item))
        @let first = item.published_at.map(|at| in_london(at).date());
        @if let Some(day) = first.filter(|first| in_london(item.saved_at).date() > *first) {
            p class="ds_hint-text" { (w.with("news-published-changed",
                &[("day", &w.date(day)), ("changed", &w.date(in_london(item.saved_at).date()))])) }
        } @else { p class="ds_hint-text" { (w.with("news-of-day", &[("day", &w.date(written.day))])) } }
    };
    let title =
        if item.state == State::Withdrawn { w.t("news-withdrawn-title") } else { written.title.clone() };
    let mut layout = visitor.layout(title, body);
    layout.above = Some(w.t(&format!("news-kind-{}", written.kind.word())));
    layout.description = (item.state == State::Published).then(|| written.title.clone());
    layout.breadcrumbs = vec![("/news".to_owned(), w.t("news-title"))];
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

fn facts(visitor: &Visitor, item: &News, m: &Meeting) -> Markup {
    let w = visitor.words();
    let audiences = for_whom(visitor, item, m);
    let mut facts = vec![(w.t("news-when"), html! { (when(w, m)) })];
    if !m.place.is_empty() {
        facts.push((w.t("news-place"), html! { (m.place) }));
    }
    // Nobody should wait in a room in which nothing takes place.
    if !m.link.is_empty() && item.state == State::Published {
        facts.push((w.t("news-link"), html! { a href=(m.link) rel="noreferrer" { (m.link) } }));
    }
    facts.push((w.t("news-for"), html! { span lang="en" { (audiences) } }));
    html! {
        (summary_list(&facts))
        p { a href=(format!("/news/{}/meeting.ics", item.id)) type="text/calendar" download="meeting.ics" { (w.t("news-calendar")) } }
    }
}

/// The titles of the audiences for whom a meeting is.
pub(super) fn for_whom(visitor: &Visitor, item: &News, m: &Meeting) -> String {
    let programmes = keyline_operations::information::informed(visitor.cx());
    let chosen =
        programmes.iter().filter(|p| item.written.programme.is_empty() || p.id == item.written.programme);
    let mut titles = Vec::new();
    for audience in chosen.flat_map(|p| &p.information.audiences) {
        if m.audiences.contains(&audience.key) && !titles.contains(&audience.title.as_str()) {
            titles.push(audience.title.as_str());
        }
    }
    titles.join(", ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// News and meetings as an Atom feed (RFC 4287).
pub(super) async fn feed(visitor: Visitor) -> PageResult<Response> {
    let w = visitor.words();
    let all = rows::listed(&mut visitor.cx().read().await?).await?;
    let address = |path: &str| escaped(&format!("{}{path}", visitor.cx().settings.public_address));
    let own = address("/news/feed.xml");
    let updated = all.iter().map(|n| n.saved_at).max().unwrap_or_else(|| visitor.cx().now());
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{own}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<link rel=\"self\" href=\"{own}\"/>\n\
         <link href=\"{site}\"/>\n<author><name>{product}</name></author>\n",
        lang = w.lang(),
        title = escaped(&w.t("news-title")),
        site = address("/news"),
        product = escaped(&w.t("product")),
    );
    for n in all.iter().take(IN_FEED) {
        let at = address(&format!("/news/{}", n.id));
        let mut summary: Vec<String> = Vec::new();
        if n.state == State::CalledOff {
            summary.push(w.t("news-called-off"));
        }
        summary.extend(n.written.meeting.as_ref().map(|m| when(w, m)));
        summary.push(first_words(&n.written.body));
        let _ = writeln!(
            xml,
            "<entry><id>{at}</id><title>{title}</title><updated>{updated}</updated><published>{published}</published>\
             <link href=\"{at}\"/><category term=\"{kind}\"/><summary>{summary}</summary></entry>",
            title = escaped(&n.written.title),
            updated = n.saved_at,
            published = n.published_at.unwrap_or(n.saved_at),
            kind = n.written.kind.word(),
            summary = escaped(&summary.join(" ")),
        );
    }
    xml.push_str("</feed>\n");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8")),
        (CACHE_CONTROL, PUBLIC_CACHE),
    ];
    Ok((headers, xml).into_response())
}

/// The first paragraph of a text without its marks.
fn first_words(body: &str) -> String {
    let first = markdown::blocks(body).into_iter().find_map(|block| match block {
        Block::Paragraph { runs } => Some(runs.iter().map(|r| r.plain().to_owned()).collect::<String>()),
        _ => None,
    });
    first.unwrap_or_default()
}

/// The word of a kind, for lists of editors.
pub(super) fn kind_word(w: Words<'_>, kind: Kind) -> String {
    w.t(&format!("news-kind-{}", kind.word()))
}
