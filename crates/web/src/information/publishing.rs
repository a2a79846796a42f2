//! Putting the latest text of a page before the public: what changes, what it reads like, a note, the confirmation.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_operations::Refused;
use keyline_operations::information::{Found, PublishPage, draft, find, publish_page, text_of};
use keyline_store::information as rows;
use maud::html;

use super::pages::href;
use super::readability;
use super::versions::title;
use crate::components::{
    Choice, Field, button, callout, checkboxes, compare, form, hidden, not_offered, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};

type Parts = Path<(String, String, String)>;

/// The confirmation.
pub(super) async fn get(visitor: Visitor, Path((programme, audience, page)): Parts) -> PageResult {
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    render(&visitor, found, &Typed::default(), &Problems::default()).await
}

async fn render(visitor: &Visitor, found: Found<'_>, typed: &Typed, problems: &Problems) -> PageResult {
    let (w, cx) = (visitor.words(), visitor.cx());
    let mut reader = cx.read().await?;
    let versions = rows::versions(&mut reader, &found.programme.id, &found.page.name()).await?;
    let public = rows::publications(&mut reader, &found.programme.id)
        .await?
        .into_iter()
        .find(|p| p.page == found.page.name())
        .map_or(0, |p| p.number);
    drop(reader);
    let latest = versions.first().filter(|v| v.number != public);
    let old = versions
        .iter()
        .find(|v| v.number == public)
        .map_or_else(|| found.page.text.clone(), |v| text_of(found.page, v));
    let title = title(found, &versions);
    let name = |n: i64| w.with("information-version", &[("number", &n)]);
    let body = match latest {
        None => html! { (not_offered(&w.t("information-publish"), &[w.t("information-public-already")])) },
        Some(v) => {
            let new = text_of(found.page, v);
            let shown = draft(cx, found, &new);
            let most = found.audience.hardest_grade;
            let hard = shown.readability.is_some_and(|r| r.grade > f64::from(most));
            html! {
                p class="kl_lead" { (w.t("information-publish-lead")) }
                (compare(&name(v.number), &new.whole(), &w.with("information-public-now", &[("version", &name(public))]), &old.whole()))
                (callout(&w.t("information-readability"), &readability(w, shown.readability, most)))
                (form(&href(found, "publish"), &html! {
                    (hidden("version", v.number))
                    (text_field(&Field::new("note", w.t("information-note")).hint(w.t("information-note-hint"))
                        .value(typed.get("note")).error(problems.on("note")), "text"))
                    @if hard {
                        (checkboxes(&Field::new("although_hard", w.t("information-hard-legend")).unchecked().error(problems.on("although_hard")),
                            &[Choice::new("yes", w.t("information-hard-yes"), typed.has("although_hard", "yes"))]))
                    }
                    (button(&w.t("information-publish-now")))
                }))
            }
        }
    };
    let mut layout = visitor.layout(w.with("information-publish-title", &[("page", &title)]), body);
    layout.problems = problems.summary();
    layout.breadcrumbs = vec![("/information".to_owned(), w.t("information-desk")), (href(found, ""), title)];
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Publishes.
pub(super) async fn post(
    visitor: Visitor,
    Path((programme, audience, page)): Parts,
    typed: Typed,
) -> PageResult {
    let found = find(visitor.cx(), &programme, &audience, &page)?;
    let version = typed.parse("version").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let input = PublishPage {
        programme: programme.clone(),
        audience: audience.clone(),
        page: page.clone(),
        version,
        note: typed.get("note").to_owned(),
        although_hard: typed.has("although_hard", "yes"),
    };
    match publish_page(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            Ok(Redirect::to(&format!("{}?done=information-published", href(found, ""))).into_response())
        }
        // What is read before it is published must be what is published: the page is shown with the newer text.
        Err(Refused::Stale { by, .. }) => {
            let said = w_stale(&visitor, &by);
            render(&visitor, found, &typed, &Problems::text("note", said)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, found, &typed, &problems).await
        }
    }
}

fn w_stale(visitor: &Visitor, by: &str) -> String {
    visitor.words().with("information-publish-stale", &[("by", &by)])
}
