//! Letters: the list within the inspection, and the private page of an addressee with its PDF.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::documents::Document;
use keyline_domain::ids::LetterId;
use keyline_operations::Refused;
use keyline_operations::inspections::{open_letter, renew_letter_link};
use keyline_store::inspections;
use keyline_store::inspections::letters::{self, Letter};
use maud::{Markup, html};

use super::once::shown_once;
use super::rooms::{Room, frame};
use crate::components::{Width, document_body, empty_state, letter_head, table};
use crate::frame::{PageError, PageResult, Scope, Visitor};

/// The list.
pub(super) async fn list(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let mut letters = letters::list(&mut reader, &scope.grant).await?;
    let addressees = &visitor.cx().programme(&inspection)?.addressees;
    letters.sort_by_key(|l| (l.sent_at, addressees.iter().position(|a| a.key == l.addressee)));
    let may_renew = scope.grant.permits(Action::Notify);
    let inside = scope.grant.inside();
    let rows: Vec<Vec<Markup>> = letters
        .iter()
        .map(|letter| {
            let at = |at| w.date_time(&in_london(at));
            let mut row = vec![
                html! { (letter.addressee_name) br; (office(letter)) },
                html! { (at(letter.sent_at)) },
                html! { @if let Some(read) = letter.first_read_at { (at(read)) } @else { (w.t("letters-not-read")) } },
                html! {
                    a href=(scope.href(&format!("letters/{}", letter.id))) {
                        (w.t("letters-show"))
                        span class="visually-hidden" { " " (w.with("letters-renew-for", &[("name", &letter.addressee_name)])) }
                    }
                },
            ];
            if inside {
                row.push(html! { (letter.email) });
            }
            if may_renew {
                row.push(html! {
                    form method="post" action=(scope.href(&format!("letters/{}/renew", letter.id))) {
                        button class="kl_link-button" type="submit" {
                            (w.t("letters-renew"))
                            span class="visually-hidden" {
                                " " (w.with("letters-renew-for", &[("name", &letter.addressee_name)]))
                            }
                        }
                    }
                });
            }
            row
        })
        .collect();
    let mut header =
        vec![w.t("letters-addressee"), w.t("letters-sent"), w.t("letters-read"), w.t("letters-show")];
    if inside {
        header.push(w.t("letters-email"));
    }
    if may_renew {
        header.push(w.t("letters-renew"));
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let body = html! {
        p class="kl_lead" { (w.t("letters-what")) }
        @if letters.is_empty() { (empty_state(&w.t("letters-empty-title"), &w.t("letters-empty-text"), None)) }
        @else { (table(&w.t("letters-title"), &header, &rows)) }
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::People, w.t("letters-title"), body)))
}

/// One letter, for the inspection's people; `.pdf` at the end of the address gives the PDF.
pub(super) async fn show(
    visitor: Visitor,
    scope: Scope,
    Path((_, name)): Path<(String, String)>,
) -> PageResult {
    let (id, pdf) = ending(&name);
    let id: LetterId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let all = letters::list(&mut reader, &scope.grant).await?;
    drop(reader);
    let letter = all.into_iter().find(|l| l.id == id).ok_or(PageError::NOT_FOUND)?;
    if pdf {
        return set(&visitor, letter.document).await;
    }
    let w = visitor.words();
    let body = html! {
        (letter_head(&letter.document))
        (document_body(&letter.document))
        p { a href=(scope.href(&format!("letters/{id}.pdf"))) { (w.t("letter-pdf")) } }
        p { a href=(scope.href("letters")) { (w.t("letters-back")) } }
    };
    let title = letter.document.title.clone();
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::People, title, body)))
}

/// Makes a new link to an addressee's private page, and shows it.
pub(super) async fn renew(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    let id: LetterId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let link = renew_letter_link(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let all = letters::list(&mut reader, &scope.grant).await?;
    let letter = all.iter().find(|l| l.id == id).ok_or(PageError::NOT_FOUND)?;
    let label = w.with("notify-link", &[("name", &letter.addressee_name), ("office", &office(letter))]);
    let body = html! {
        p { (w.with("letters-link-what", &[("email", &letter.email)])) }
        (shown_once("link", &label, &link))
        p { a href=(scope.href("letters")) { (w.t("letters-back")) } }
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::People, w.t("letters-link-title"), body)))
}

/// The private page of an addressee, for whoever holds its address; `.pdf` at the end gives the PDF.
pub(super) async fn private(visitor: Visitor, Path(name): Path<String>) -> PageResult {
    let (token, pdf) = ending(&name);
    let letter = open_letter(visitor.cx(), visitor.actor(), token).await?;
    if pdf {
        return set(&visitor, letter.document).await;
    }
    let w = visitor.words();
    let body = html! {
        (letter_head(&letter.document))
        (document_body(&letter.document))
        p { a href=(format!("/letter/{token}.pdf")) { (w.t("letter-pdf")) } }
        p class="kl_quiet" { (w.t("letter-private")) }
    };
    let mut layout = visitor.layout(letter.document.title.clone(), body);
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

fn ending(name: &str) -> (&str, bool) {
    name.strip_suffix(".pdf").map_or((name, false), |id| (id, true))
}

// The office as the letter itself names it: the last line of its address.
fn office(letter: &Letter) -> String {
    letter.document.front.last().map_or_else(String::new, |(_, line)| line.clone())
}

// Typesetting takes a good part of a second of one processor: not on a thread that answers others.
async fn set(visitor: &Visitor, document: Document) -> PageResult<Response> {
    let renderer = visitor.cx().renderer.clone();
    let pdf = tokio::task::spawn_blocking(move || renderer(&document))
        .await
        .map_err(|e| PageError::from(Refused::fault(e)))?
        .map_err(|e| PageError::from(Refused::fault(std::io::Error::other(e))))?;
    let headers =
        [(CONTENT_TYPE, "application/pdf"), (CONTENT_DISPOSITION, "inline; filename=\"letter.pdf\"")];
    Ok((headers, pdf).into_response())
}
