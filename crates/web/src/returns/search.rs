//! Looking for words in everything that came against requests.

use axum::extract::Query;
use keyline_domain::returns::search::{MOST_TYPED, Passage};
use keyline_extraction::Place;
use keyline_operations::returns::{Found, FoundIn, search_documents};
use keyline_store::inspections;
use keyline_store::returns::list_requests;
use maud::{Markup, html};
use serde::Deserialize;

use super::breadcrumbs;
use crate::components::{Field, button, empty_state, form_get, text_field};
use crate::frame::{PageResult, Problems, Scope, Visitor};
use crate::inspections::{Room, frame};

/// What stands in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

/// The page, before and after a search.
pub(super) async fn get(visitor: Visitor, scope: Scope, Query(typed): Query<Typed>) -> PageResult {
    let w = visitor.words();
    let q = typed.q.trim();
    let (found, problems) = if q.is_empty() {
        (None, Problems::default())
    } else {
        match search_documents(visitor.cx(), visitor.actor(), scope.grant.inspection(), q).await {
            Ok(found) => (Some(found), Problems::default()),
            Err(refused) => (None, Problems::from_refusal(&visitor, refused)?),
        }
    };
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let requests = list_requests(&mut reader, &scope.grant).await?;
    let title_of = |f: &FoundIn| requests.iter().find(|r| r.id == f.request).map_or("", |r| r.title.as_str());
    let body = html! {
        p class="kl_lead" { (w.t("search-lead")) }
        (form_get(&scope.href("returns/search"), &html! {
            (text_field(&Field::new("q", w.t("search-words")).hint(w.with("search-hint", &[("most", &MOST_TYPED)]))
                .value(&typed.q).error(problems.on("q")), "search"))
            (button(&w.t("search-go")))
        }))
        @if let Some(found) = &found {
            h2 { (w.with("search-found", &[("count", &(found.documents.len() + found.more))])) }
            p { (searched(&visitor, found)) }
            @if found.documents.is_empty() {
                (empty_state(&w.t("search-none-title"), &w.t("search-none-text"), None))
            } @else {
                ol class="kl_search" {
                    @for f in &found.documents { li { (one(&visitor, &scope, f, title_of(f))) } }
                }
            }
            @if found.more > 0 { p { (w.with("search-more-documents", &[("count", &found.more)])) } }
        }
    };
    let mut layout = frame(&visitor, &scope, &inspection, Room::Returns, w.t("search-title"), body);
    layout.breadcrumbs = breadcrumbs(&visitor, &scope);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn searched(visitor: &Visitor, found: &Found) -> String {
    let w = visitor.words();
    let mut said = w.with("search-searched", &[("count", &found.searched)]);
    if found.without_text > 0 {
        said.push(' ');
        said.push_str(&w.with("search-without-text", &[("count", &found.without_text)]));
    }
    said
}

fn one(visitor: &Visitor, scope: &Scope, f: &FoundIn, title: &str) -> Markup {
    let w = visitor.words();
    html! {
        p {
            a href=(scope.href(&format!("returns/documents/{}/look", f.document.id))) { (f.document.name) }
            br; span class="ds_hint-text" { (title) }
            @if f.by_name { br; (w.t("search-by-name")) }
        }
        @for (place, passage) in &f.places {
            p class="kl_search__place" {
                @if let Some(place) = place { b { (place_of(visitor, place)) } " " }
                (words_of(passage))
            }
        }
        @if f.more > 0 { p { (w.with("search-more-places", &[("count", &f.more)])) } }
    }
}

fn words_of(passage: &Passage) -> Markup {
    html! {
        span dir="auto" {
            @if passage.before { "… " }
            @for (text, found) in &passage.pieces { @if *found { mark { (text) } } @else { (text) } }
            @if passage.after { " …" }
        }
    }
}

fn place_of(visitor: &Visitor, place: &Place) -> String {
    let w = visitor.words();
    match place {
        Place::Body => w.t("place-body"),
        Place::Page(n) => w.with("place-page", &[("number", n)]),
        Place::Slide(n) => w.with("place-slide", &[("number", n)]),
        Place::SpeakerNotes(n) => w.with("place-speaker-notes", &[("number", n)]),
        Place::Sheet(name) => w.with("place-sheet", &[("name", name)]),
        Place::Header => w.t("place-header"),
        Place::Footer => w.t("place-footer"),
        Place::Notes => w.t("place-notes"),
        Place::Comments => w.t("place-comments"),
    }
}
