//! "You said, we did", for everybody: by area, without a number of people anywhere.

use axum::extract::Path;
use keyline_store::volunteers::said::{Published, areas as public_areas, published};
use maud::{Markup, html};

use crate::components::{Width, callout, empty_state, summary_list};
use crate::frame::{PageError, PageResult, Visitor};
use crate::tell_us::unreviewed;

fn name(visitor: &Visitor, area: &str) -> String {
    visitor.cx().library.council(area).map_or_else(|| area.to_owned(), |c| c.name.clone())
}

/// The areas of which something is public.
pub(super) async fn areas(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let all = public_areas(&mut visitor.cx().read().await?).await?;
    let body = html! {
        (unreviewed(&visitor))
        p class="kl_lead" { (w.t("you-said-text")) }
        @if all.is_empty() { (empty_state(&w.t("you-said-empty"), &w.t("you-said-empty-text"), None)) }
        @else {
            ul class="kl_recovery" {
                @for area in &all { li { a href=(format!("/you-said/{area}")) { (name(&visitor, area)) } } }
            }
        }
    };
    let mut layout = visitor.layout(w.t("you-said-title"), body);
    layout.description = Some(w.t("you-said-text"));
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

/// What is public of one area.
pub(super) async fn get(visitor: Visitor, Path(area): Path<String>) -> PageResult {
    let w = visitor.words();
    visitor.cx().library.council(&area).ok_or(PageError::NOT_FOUND)?;
    let all = published(&mut visitor.cx().read().await?, &area).await?;
    let place = name(&visitor, &area);
    let body = html! {
        (unreviewed(&visitor))
        p class="kl_lead" { (w.t("you-said-text")) }
        @if all.is_empty() { (empty_state(&w.t("you-said-empty"), &w.t("you-said-empty-text"), None)) }
        // They come by inspection: the first of each says when it began.
        @for (n, entry) in all.iter().enumerate() {
            @if n == 0 || all[n - 1].reference != entry.reference {
                @if let Some(day) = entry.notified_on { h2 { (w.with("you-said-inspection", &[("day", &w.date(day))])) } }
            }
            (one(&visitor, entry))
        }
        p { a href="/tell-us" { (w.t("you-said-more")) } }
    };
    let title = w.with("you-said-of", &[("area", &place)]);
    let mut layout = visitor.layout(title, body);
    layout.description = Some(w.t("you-said-text"));
    layout.width = Width::Text;
    layout.breadcrumbs = vec![("/you-said".to_owned(), w.t("you-said-title"))];
    Ok(visitor.show(&layout))
}

fn one(visitor: &Visitor, entry: &Published) -> Markup {
    let w = visitor.words();
    let who = entry.heard.map_or("some", |heard| heard.word());
    html! {
        article class="kl_said" {
            (summary_list(&[
                (w.t(&format!("you-said-who-{who}")), html! { span lang="en" { (entry.said) } }),
                (w.t("we-did"), html! { span lang="en" { (entry.done) } }),
                (w.t("we-did-by"), html! { span lang="en" { (entry.by) } ", " (w.date(entry.done_on)) }),
            ]))
        }
    }
}

/// How an entry will look to everybody, for the team.
pub(super) fn preview(visitor: &Visitor, entry: &Published) -> Markup {
    callout(&visitor.words().t("said-preview"), &one(visitor, entry))
}
