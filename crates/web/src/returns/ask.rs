//! Asking the partnership for one more document.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::reasons::Reason;
use keyline_operations::returns::{RequestDocument, request_document};
use keyline_store::inspections;
use maud::html;

use super::breadcrumbs;
use crate::components::{
    DateTyped, Field, Width, button, checkboxes, date_field, form, not_offered, text_area, text_field,
};
use crate::evidence::Titles;
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The empty form.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Asks.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = RequestDocument {
        inspection: scope.grant.inspection(),
        title: typed.get("title").to_owned(),
        purpose: typed.get("purpose").to_owned(),
        indicators: typed.all("indicators").map(str::to_owned).collect(),
        due_on: DateTyped::of("due", |name| typed.get(name)).date(),
    };
    match request_document(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => {
            let href = scope.href(&format!("returns/requests/{id}?done=document-requested"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let body = html! {
        @if inspection.notified_on.is_none() {
            (not_offered(&w.t("returns-ask-not-yet"), &[visitor.sentence(&Reason::new("wait-notified"))]))
        } @else {
            p class="kl_lead" { (w.t("returns-ask-lead")) }
            (form(&scope.href("returns/requests/new"), &html! {
                (text_field(&field("title", "returns-ask-title").hint(w.t("returns-ask-title-hint")), "text"))
                (text_area(&field("purpose", "returns-purpose").hint(w.t("returns-purpose-hint")), 3))
                (checkboxes(&field("indicators", "returns-indicators").hint(w.t("returns-indicators-hint")),
                    &titles.evaluated_choices(|n| typed.has("indicators", n))))
                (date_field(&field("due", "returns-due-day"), &DateTyped::of("due", |name| typed.get(name)), w))
                (button(&w.t("returns-ask-send")))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("returns-ask"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}
