//! The texts that a page has had: who saved them when, what changed, and taking one up again.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::ServiceAction;
use keyline_domain::clock::in_london;
use keyline_operations::Refused;
use keyline_operations::information::{Found, RestorePage, find, restore_page, text_of};
use keyline_store::information::{self as rows, Publication, Version};
use maud::{Markup, html};

use super::editing::tabs;
use super::may;
use super::pages::href;
use crate::components::{Tone, button, compare, form, hidden, table, tag};
use crate::frame::{PageError, PageResult, Typed, Visitor};

type One = Path<(String, String, String, String)>;

async fn load(visitor: &Visitor, found: Found<'_>) -> PageResult<(Vec<Version>, Vec<Publication>)> {
    let mut reader = visitor.cx().read().await?;
    let versions = rows::versions(&mut reader, &found.programme.id, &found.page.name()).await?;
    let mut publications = rows::publications(&mut reader, &found.programme.id).await?;
    publications.retain(|p| p.page == found.page.name());
    Ok((versions, publications))
}

/// The list.
pub(super) async fn list(
    visitor: Visitor,
    Path((programme, audience, page)): Path<(String, String, String)>,
) -> PageResult {
    let w = visitor.words();
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    let (versions, publications) = load(&visitor, found).await?;
    let public = publications.first().map_or(0, |p| p.number);
    let times = |number: i64| -> Markup {
        html! {
            @if number == public { (tag(Tone::Good, &w.t("information-public"))) " " }
            @for p in publications.iter().filter(|p| p.number == number) {
                p { (w.with("information-published-by", &[("by", &p.by), ("at", &w.date_time(&in_london(p.at))), ("note", &p.note)])) }
            }
        }
    };
    let mut table_rows: Vec<Vec<Markup>> = versions
        .iter()
        .map(|v| {
            vec![
                html! { a href=(href(found, &format!("versions/{}", v.number))) { (w.with("information-version", &[("number", &v.number)])) } },
                html! { (v.saved_by) },
                html! { (w.date_time(&in_london(v.saved_at))) @if let Some(from) = v.restored { br; (w.with("information-restored-from", &[("number", &from)])) } },
                times(v.number),
            ]
        })
        .collect();
    table_rows.push(vec![
        html! { a href=(href(found, "versions/0")) { (w.with("information-version", &[("number", &0)])) } },
        html! { (w.t("information-version-file")) },
        html! { (w.date(found.page.changed)) },
        times(0),
    ]);
    let header = [
        "information-version-heading",
        "information-saved-by",
        "information-saved-at",
        "information-published",
    ]
    .map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("information-versions-lead")) }
        (table(&w.t("information-versions"), &header.each_ref().map(String::as_str), &table_rows))
    };
    let title = title(found, &versions);
    let mut layout = visitor.layout(w.with("information-versions-of", &[("page", &title)]), body);
    layout.breadcrumbs = vec![("/information".to_owned(), w.t("information-desk")), (href(found, ""), title)];
    layout.rooms = Some(tabs(&visitor, found, "versions"));
    Ok(visitor.show(&layout))
}

/// The whole text of one version, as it stands beside another.
fn whole(found: Found<'_>, versions: &[Version], number: i64) -> Option<String> {
    if number == 0 {
        return Some(found.page.text.whole());
    }
    versions.iter().find(|v| v.number == number).map(|v| text_of(found.page, v).whole())
}

/// The title under which those who write know a page: that of its latest text.
pub(super) fn title(found: Found<'_>, versions: &[Version]) -> String {
    versions.first().map_or_else(|| found.page.text.title.clone(), |v| text_of(found.page, v).title)
}

/// One text beside the latest, or the latest beside the one before.
pub(super) async fn one(visitor: Visitor, Path((programme, audience, page, number)): One) -> PageResult {
    let w = visitor.words();
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    let number: i64 = number.parse().map_err(|_| PageError::NOT_FOUND)?;
    let (versions, _) = load(&visitor, found).await?;
    let text = whole(found, &versions, number).ok_or(PageError::NOT_FOUND)?;
    let latest = versions.first().map_or(0, |v| v.number);
    let other = if number == latest { (latest - 1).max(0) } else { latest };
    let beside = whole(found, &versions, other).filter(|_| other != number);
    let name = |n: i64| w.with("information-version", &[("number", &n)]);
    let restores = may(&visitor, ServiceAction::EditPages).await? && number != latest;
    let body = html! {
        @if let Some(beside) = &beside {
            @let (old, new) = if number < other { ((number, &text), (other, beside)) } else { ((other, beside), (number, &text)) };
            p { (w.t("information-compare")) }
            (compare(&name(new.0), new.1, &name(old.0), old.1))
        } @else { p class="kl_pre" lang="en" { (text) } }
        @if restores {
            (form(&href(found, &format!("versions/{number}")), &html! {
                (hidden("version", latest))
                p { (w.t("information-restore-text")) }
                (button(&w.with("information-restore", &[("number", &number)])))
            }))
        }
    };
    let title = title(found, &versions);
    let mut layout = visitor.layout(format!("{title}: {}", name(number)), body);
    layout.breadcrumbs = vec![
        ("/information".to_owned(), w.t("information-desk")),
        (href(found, ""), title),
        (href(found, "versions"), w.t("information-versions")),
    ];
    layout.rooms = Some(tabs(&visitor, found, "versions"));
    Ok(visitor.show(&layout))
}

/// Takes a text up again as the latest.
pub(super) async fn restore(
    visitor: Visitor,
    Path((programme, audience, page, number)): One,
    typed: Typed,
) -> PageResult {
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    let number: i64 = number.parse().map_err(|_| PageError::NOT_FOUND)?;
    let version = typed.parse("version").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let input = RestorePage {
        programme: programme.clone(),
        audience: audience.clone(),
        page: page.clone(),
        number,
        version,
    };
    match restore_page(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=information-restored", href(found, ""))).into_response()),
        // Nothing was typed that could be lost: the list shows what came in between.
        Err(Refused::Stale { .. }) => {
            Ok(Redirect::to(&format!("{}?done=information-changed-meanwhile", href(found, "versions")))
                .into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}
