//! Sending the embargoed copy to named readers.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Role;
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::report::{SendEmbargoed, send_embargoed};
use keyline_operations::view;
use keyline_store::inspections::{self, members};
use maud::html;

use crate::components::{Choice, Field, Width, button, checkboxes, empty_state, form, not_offered};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Asks who may read it.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Sends it.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let readers = typed.all("readers").filter_map(|id| id.parse().ok()).collect();
    let input = SendEmbargoed { inspection: scope.grant.inspection(), readers };
    match send_embargoed(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("report?done=embargoed-sent")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let choices: Vec<Choice> = members::list(&mut reader, &scope.grant)
        .await?
        .into_iter()
        .filter(|m| matches!(m.role, Role::InspectionCoordinator | Role::ChiefOfficer))
        .map(|m| {
            let id = m.person.to_string();
            let chosen = typed.has("readers", &id);
            Choice::new(id, m.name, chosen).hint(format!("{}, {}", m.designation, m.organisation))
        })
        .collect();
    let body = match offer(Step::SendEmbargoed, &progress, visitor.cx().now()) {
        Offer::NotYet(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            not_offered(&w.t("report-not-yet"), &reasons)
        }
        Offer::Done => not_offered(&w.t("report-not-yet"), &[w.t("step-done-already")]),
        Offer::Ready if choices.is_empty() => {
            empty_state(&w.t("report-readers"), &w.t("report-readers-none"), None)
        }
        Offer::Ready => form(
            &scope.href("report/embargo"),
            &html! {
                (checkboxes(&Field::new("readers", w.t("report-readers")).hint(w.t("report-readers-hint"))
                    .error(problems.on("readers")), &choices))
                (button(&w.t("report-readers-send")))
            },
        ),
    };
    let body = html! { p { (w.t("report-embargo-explained")) } (body) };
    let mut layout = frame(visitor, scope, &inspection, Room::Report, w.t("report-embargo-go"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("report"), w.t("room-report"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
