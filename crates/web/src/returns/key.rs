//! The coordinator types a key of the partnership's own and gets the label that the team knows.
//!
//! The key is sent with the form and never stands in an address, so that it is in no log. The answer is the page itself.

use keyline_operations::returns::{FindLabel, FoundLabel, find_label};
use keyline_store::inspections;
use maud::{Markup, html};

use super::breadcrumbs;
use crate::components::{Field, Width, button, callout, form, text_field};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The form.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default(), None).await
}

/// Looks the key up.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = FindLabel { inspection: scope.grant.inspection(), key: typed.get("key").to_owned() };
    match find_label(visitor.cx(), visitor.actor(), input).await {
        Ok(found) => render(&visitor, &scope, &typed, &Problems::default(), Some(&found)).await,
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, &problems, None).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    problems: &Problems,
    found: Option<&FoundLabel>,
) -> PageResult {
    let w = visitor.words();
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let body = html! {
        p class="kl_lead" { (w.t("returns-key-lead")) }
        @if let Some(found) = found { (answer(visitor, found)) }
        (form(&scope.href("returns/key"), &html! {
            (text_field(&Field::new("key", w.t("returns-key-label")).hint(w.t("returns-key-hint"))
                .value(typed.get("key")).error(problems.on("key")), "text"))
            (button(&w.t("returns-key-find")))
        }))
        h2 { (w.t("returns-key-kept")) }
        p { (w.t("returns-key-kept-text")) }
    };
    let title = w.t("returns-key-title");
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, title, body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn answer(visitor: &Visitor, found: &FoundLabel) -> Markup {
    let w = visitor.words();
    let state = match found.sampled {
        None => "returns-key-not-drawn",
        Some(true) => "returns-key-in-sample",
        Some(false) => "returns-key-not-in-sample",
    };
    callout(&w.with("returns-key-is", &[("label", &found.label)]), &html! { p { (w.t(state)) } })
}
