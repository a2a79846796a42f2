//! Submitting the action plan, and its review.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::improvement::{ReviewPlan, SubmitPlan, review_plan, submit_plan};
use keyline_operations::{Refused, view};
use keyline_store::inspections;
use maud::html;

use crate::components::{Choice, Field, Width, button, form, not_offered, radios, text_area};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Submits the plan.
pub(super) async fn submit(visitor: Visitor, scope: Scope) -> PageResult {
    submit_plan(visitor.cx(), visitor.actor(), SubmitPlan { inspection: scope.grant.inspection() }).await?;
    Ok(Redirect::to(&scope.href("improvement?done=plan-submitted")).into_response())
}

/// The form of the review.
pub(super) async fn review_form(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Accepts the plan or sends it back.
pub(super) async fn review(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let accepted = match typed.get("outcome") {
        "accept" => true,
        "back" => false,
        _ => {
            let missing = Refused::field("outcome", "problem-choose");
            return render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, missing)?).await;
        }
    };
    let review = typed.get("review").to_owned();
    let input = ReviewPlan { inspection: scope.grant.inspection(), accepted, review };
    match review_plan(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("improvement?done=plan-reviewed")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let body = match offer(Step::ReviewActionPlan, &progress, visitor.cx().now()) {
        Offer::NotYet(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            not_offered(&w.t("report-not-yet"), &reasons)
        }
        Offer::Done => not_offered(&w.t("report-not-yet"), &[w.t("step-done-already")]),
        Offer::Ready => form(
            &scope.href("improvement/review"),
            &html! {
                (radios(&Field::new("outcome", w.t("improvement-review-outcome")).error(problems.on("outcome")), &[
                    Choice::new("accept", w.t("improvement-review-accept"), typed.has("outcome", "accept")),
                    Choice::new("back", w.t("improvement-review-back"), typed.has("outcome", "back")),
                ]))
                (text_area(&Field::new("review", w.t("improvement-review-why")).optional(w)
                    .hint(w.t("improvement-review-why-hint")).value(typed.get("review"))
                    .error(problems.on("review")), 4))
                (button(&w.t("improvement-review-save")))
            },
        ),
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Improvement, w.t("improvement-review"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("improvement"), w.t("room-improvement"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
