//! A document looked at in the page: lines, tables and pictures that were made of it in a process of its own. Nothing of
//! the file itself reaches the browser, so nothing in it can run.

use axum::extract::Path;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keyline_domain::returns::search::TextState;
use keyline_extraction::{Inside, Listing, MailHead, Picture, Preview, Shown, TableRow};
use keyline_operations::Refused;
use keyline_operations::returns::{LookedAt, look_at_document};
use keyline_store::inspections;
use keyline_store::returns::{find_request, request_of_document};
use maud::{Markup, html};

use super::breadcrumbs;
use super::came::size;
use super::wanted::kind;
use crate::components::{Tone, empty_state, inset, link_button, not_offered, summary_list, tag};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, document)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let id = document.parse().map_err(|_| PageError::NOT_FOUND)?;
    let seen = look_at_document(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let (title, body) = match seen {
        Ok(seen) => (seen.document.name.clone(), shown(&visitor, &scope, &seen)),
        Err(Refused::NotNow(reasons)) => {
            let reasons: Vec<String> = reasons.iter().map(|reason| visitor.sentence(reason)).collect();
            (w.t("look-title"), not_offered(&w.t("look-not-now"), &reasons))
        }
        Err(refused) => return Err(refused.into()),
    };
    let mut layout = frame(&visitor, &scope, &inspection, Room::Returns, title, body);
    layout.breadcrumbs = breadcrumbs(&visitor, &scope);
    if let Some(request) = request_of_document(&mut reader, &scope.grant, id).await?
        && let Some(r) = find_request(&mut reader, &scope.grant, request).await?
    {
        layout.breadcrumbs.push((scope.href(&format!("returns/requests/{request}")), r.title));
    }
    Ok(visitor.show(&layout))
}

fn shown(visitor: &Visitor, scope: &Scope, seen: &LookedAt) -> Markup {
    let w = visitor.words();
    let d = &seen.document;
    let mut facts = vec![
        (w.t("returns-kind"), html! { (kind(&d.kind)) }),
        (w.t("returns-size"), html! { (size(visitor, d.bytes)) }),
    ];
    if let Some(text) = &seen.text {
        facts.push((w.t("look-read"), html! { (state(visitor, text.state)) }));
        if let Some(pages) = text.pages {
            facts.push((w.t("look-pages"), html! { (pages) }));
        }
        if let Some(words) = text.words {
            facts.push((w.t("look-words"), html! { (words) }));
        }
    }
    let reason = seen.text.as_ref().and_then(|text| text.reason.as_deref());
    let waiting = seen.text.as_ref().is_some_and(|text| text.state == TextState::Waiting);
    html! {
        (summary_list(&facts))
        p { (link_button(&scope.href(&format!("returns/documents/{}", d.id)), &w.t("look-download"))) }
        @if seen.text.as_ref().is_some_and(|text| text.state == TextState::Scan) {
            (inset(&html! { p { (w.t("text-scan-explained")) } }))
        }
        @if let Some(reason) = reason { (inset(&html! { p { (w.t(reason)) } })) }
        @match &seen.preview {
            Some(preview) => {
                h2 { (w.t("look-preview")) }
                (drawn(visitor, &d.name, preview))
                p class="ds_hint-text" { (w.t("look-harmless")) }
            }
            None => @if waiting {
                (empty_state(&w.t("look-waiting-title"), &w.t("look-waiting-text"), None))
            } @else { (empty_state(&w.t("look-none-title"), &w.t("look-none-text"), None)) }
        }
    }
}

/// How far reading a document is, as a tag.
pub(super) fn state(visitor: &Visitor, state: TextState) -> Markup {
    let tone = match state {
        TextState::Waiting => Tone::Active,
        TextState::Text | TextState::Picture | TextState::Archive => Tone::Neutral,
        TextState::Scan | TextState::NotRead => Tone::Warn,
    };
    tag(tone, &visitor.words().t(&format!("text-state-{}", state.word())))
}

fn drawn(visitor: &Visitor, name: &str, preview: &Preview) -> Markup {
    let w = visitor.words();
    match &preview.shown {
        Shown::Lines { lines, more, mail } => html! {
            @if let Some(head) = mail { (mail_head(visitor, head)) }
            div class="kl_look" role="region" aria-label=(w.t("look-preview")) tabindex="0" dir="auto" {
                @for line in lines { p { (line) } }
            }
            @if *more { p { (w.t("look-more-lines")) } }
        },
        Shown::Table { sheet, rows, more } => html! {
            (cells(&sheet.clone().unwrap_or_else(|| w.t("look-table")), rows))
            @if *more { p { (w.t("look-more-rows")) } }
        },
        Shown::Pages { pages, of } => html! {
            @for (n, page) in pages.iter().enumerate() {
                (picture(page, &w.with("look-page-of", &[("page", &(n + 1)), ("of", of), ("name", &name)])))
            }
            @if (*of as usize) > pages.len() {
                p { (w.with("look-more-pages", &[("shown", &pages.len()), ("of", of)])) }
            }
        },
        Shown::Picture(one) => picture(one, &w.with("look-picture", &[("name", &name)])),
        Shown::Archive(listing) => html! {
            p { (w.with("look-archive", &[("count", &listing.in_all)])) }
            (archive(visitor, listing))
        },
    }
}

// In the page itself: a picture with an address of its own would be opened without the trail saying so.
fn picture(picture: &Picture, description: &str) -> Markup {
    let source = format!("data:{};base64,{}", picture.format.media_type(), STANDARD.encode(&picture.bytes));
    html! {
        figure class="kl_look-page" {
            img src=(source) width=(picture.width) height=(picture.height) alt=(description);
            figcaption { (description) }
        }
    }
}

fn cells(caption: &str, rows: &[TableRow]) -> Markup {
    html! {
        div class="kl_table-wrapper" role="region" aria-label=(caption) tabindex="0" {
            table class="ds_table" {
                caption { (caption) }
                tbody {
                    @for row in rows {
                        tr { th scope="row" { (row.number) } @for cell in &row.cells { td dir="auto" { (cell) } } }
                    }
                }
            }
        }
    }
}

fn mail_head(visitor: &Visitor, head: &MailHead) -> Markup {
    let w = visitor.words();
    let mut facts = Vec::new();
    let lists = [("mail-head-from", &head.from), ("mail-head-to", &head.to), ("mail-head-copy", &head.copy)];
    for (key, people) in lists.into_iter().filter(|(_, people)| !people.is_empty()) {
        facts.push((w.t(key), html! { (people.join(", ")) }));
    }
    if let Some(subject) = &head.subject {
        facts.push((w.t("mail-head-subject"), html! { (subject) }));
    }
    if let Some(date) = &head.date {
        facts.push((w.t("mail-head-date"), html! { (date) }));
    }
    if !head.attachments.is_empty() {
        let names = head.attachments.iter().map(|a| (&a.name, i64::try_from(a.bytes).unwrap_or(i64::MAX)));
        let list =
            html! { ul { @for (name, bytes) in names { li { (name) " (" (size(visitor, bytes)) ")" } } } };
        facts.push((w.t("mail-head-attachments"), list));
    }
    summary_list(&facts)
}

fn archive(visitor: &Visitor, listing: &Listing) -> Markup {
    let w = visitor.words();
    html! {
        ul class="kl_look-archive" {
            @for entry in &listing.entries {
                li {
                    (entry.path)
                    @if !entry.folder { " (" (size(visitor, i64::try_from(entry.bytes).unwrap_or(i64::MAX))) ")" }
                    @if entry.encrypted { " " (tag(Tone::Warn, &w.t("look-password"))) }
                    @if entry.altered { " " (tag(Tone::Warn, &w.t("look-altered"))) }
                    @match &entry.inside {
                        Some(Inside::Listed(within)) => (archive(visitor, within)),
                        Some(Inside::NotListed) => { " " (w.t("look-not-listed")) }
                        None => {}
                    }
                }
            }
        }
    }
}
