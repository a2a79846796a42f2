//! Writing a page: its text, a look at it before it is kept, how hard it is to read, two editors at once.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::ServiceAction;
use keyline_domain::clock::{day_of, in_london};
use keyline_domain::information::{PIECES, PageText, VALUES};
use keyline_operations::Refused;
use keyline_operations::information::{Found, SavePage, draft, file_changed, find, save_page, text_of};
use keyline_store::information as rows;
use maud::{Markup, html};

use super::pages::{href, public_href};
use super::versions::title;
use super::{may, readability};
use crate::components::{
    Button, Field, Kind, Width, button_group, callout, details, document_body, form, hidden, inset,
    link_button, section_nav, summary_list, text_area, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};
use crate::judgement::Both;

/// Lines of the field in which a page is written.
const LINES: u32 = 24;

type Parts = Path<(String, String, String)>;

/// The page with the latest text.
pub(super) async fn get(visitor: Visitor, Path((programme, audience, page)): Parts) -> PageResult {
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    render(&visitor, found, None, &Problems::default(), None).await
}

/// Shows what was typed, or keeps it.
pub(super) async fn post(
    visitor: Visitor,
    Path((programme, audience, page)): Parts,
    typed: Typed,
) -> PageResult {
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    if typed.get("do") == "look" {
        return render(&visitor, found, Some(&typed), &Problems::default(), None).await;
    }
    let version = typed.parse("version").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let input = SavePage {
        programme: programme.clone(),
        audience: audience.clone(),
        page: page.clone(),
        text: written(&typed),
        version,
    };
    match save_page(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=information-saved", href(found, ""))).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let both = Both { mine: written(&typed).tidied().whole(), theirs, by, version };
            render(&visitor, found, Some(&typed), &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, found, Some(&typed), &problems, None).await
        }
    }
}

fn written(typed: &Typed) -> PageText {
    let of = |name: &str| typed.get(name).to_owned();
    PageText { title: of("title"), summary: of("summary"), body: of("body") }
}

/// The links between what belongs to one page.
pub(super) fn tabs(visitor: &Visitor, found: Found<'_>, here: &str) -> Markup {
    let w = visitor.words();
    let link = |rest: &str, key: &str| (href(found, rest), w.t(key), here == rest);
    section_nav(
        &w.t("information-about-page"),
        &[
            link("", "information-text"),
            link("versions", "information-versions"),
            (public_href(found), w.t("information-public-page"), false),
        ],
    )
}

async fn render(
    visitor: &Visitor,
    found: Found<'_>,
    typed: Option<&Typed>,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let (w, cx) = (visitor.words(), visitor.cx());
    let edits = may(visitor, ServiceAction::EditPages).await?;
    let mut reader = cx.read().await?;
    let versions = rows::versions(&mut reader, &found.programme.id, &found.page.name()).await?;
    let publications = rows::publications(&mut reader, &found.programme.id).await?;
    drop(reader);
    let latest = versions.first();
    let public = publications.iter().find(|p| p.page == found.page.name());
    let number = latest.map_or(0, |v| v.number);
    let text = match (typed, latest) {
        (Some(typed), _) => written(typed),
        (None, Some(version)) => text_of(found.page, version),
        (None, None) => found.page.text.clone(),
    };
    let version = both.map_or_else(
        || typed.map_or_else(|| number.to_string(), |t| t.get("version").to_owned()),
        |b| b.version.to_string(),
    );
    let shown = draft(cx, found, &text);
    let waits = number != public.map_or(0, |p| p.number);
    let state = vec![
        (w.t("information-for"), html! { (found.audience.title) }),
        (
            w.t("information-saved-version"),
            if let Some(v) = latest {
                html! { (w.with("information-version-by", &[("number", &v.number), ("by", &v.saved_by), ("at", &w.date_time(&in_london(v.saved_at)))])) }
            } else {
                html! { (w.t("information-version-file")) }
            },
        ),
        (
            w.t("information-public-version"),
            if let Some(p) = public {
                html! { (w.with("information-version-public", &[("number", &p.number), ("by", &p.by), ("day", &w.date(day_of(p.at))), ("note", &p.note)])) }
            } else {
                html! { (w.t("information-version-file")) }
            },
        ),
    ];
    let body = html! {
        (summary_list(&state))
        @if latest.is_some_and(|v| file_changed(found.page, v)) {
            (inset(&html! { p { (w.t("information-file-changed")) " " a href=(href(found, "versions/0")) { (w.t("information-file-see")) } } }))
        }
        @if let Some(both) = both { (both.show(visitor)) }
        @if edits && waits && typed.is_none() {
            p { (w.t("information-waits")) }
            p { (link_button(&href(found, "publish"), &w.t("information-publish"))) }
        }
        @if edits {
            (form(&href(found, ""), &html! {
                (hidden("version", version))
                (text_field(&Field::new("title", w.t("information-page-title")).value(&text.title).error(problems.on("title")), "text"))
                (text_area(&Field::new("summary", w.t("information-summary")).hint(w.t("information-summary-hint")).value(&text.summary).error(problems.on("summary")), 2))
                (text_area(&Field::new("body", w.t("information-body")).hint(w.t("information-body-hint")).value(&text.body).error(problems.on("body")), LINES))
                (button_group(&html! {
                    (Button::new(&w.t("information-save")).sends("do", "save"))
                    (Button::new(&w.t("information-look")).kind(Kind::Secondary).sends("do", "look"))
                }))
            }))
            (details(&w.t("information-names"), &names(visitor)))
        }
        (callout(&w.t("information-readability"), &readability(w, shown.readability, found.audience.hardest_grade)))
        h2 { (w.t(if typed.is_some() { "information-looks-typed" } else { "information-looks" })) }
        div class="kl_callout" lang="en" {
            p class="kl_callout__title" { strong { (text.title) } }
            p class="kl_lead" { (text.summary) }
            (document_body(&shown.document))
        }
    };
    let mut layout = visitor.layout(title(found, &versions), body);
    layout.above = Some(w.t("information-desk"));
    layout.problems = problems.summary();
    layout.breadcrumbs = vec![("/information".to_owned(), w.t("information-desk"))];
    layout.rooms = Some(tabs(visitor, found, ""));
    layout.width = Width::Text;
    let status = if both.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

// What may stand in curly brackets. The meanings are those of the guide for programmes, in English as the texts are.
fn names(visitor: &Visitor) -> Markup {
    let w = visitor.words();
    let list = |names: &[(&str, &str)]| {
        html! { ul { @for (name, meaning) in names { li { code { "{" (name) "}" } " " (meaning) } } } }
    };
    html! {
        p { (w.t("information-names-values")) }
        (list(VALUES))
        p { (w.t("information-names-pieces")) }
        (list(PIECES))
    }
}
