//! The concerns that somebody has raised: how each stands, and what more is asked.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::concerns::way::Stage;
use keyline_domain::ids::ConcernId;
use keyline_operations::concerns::{AnswerConcern, answer_concern, asked_of_raiser, own_concerns, set_away};
use keyline_store::concerns::Concern;
use maud::{Markup, html};

use super::overview::stage_tag;
use crate::components::{
    Field, Width, button, callout, empty_state, form, inset, link_button_secondary, summary_list, text_area,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, None, &Typed::default(), &Problems::default()).await
}

async fn render(
    visitor: &Visitor,
    wrong: Option<ConcernId>,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let all = own_concerns(visitor.cx(), visitor.actor()).await?;
    let mut cards: Vec<Markup> = Vec::new();
    for (reference, concern) in &all {
        let asked = if concern.stage == Stage::Asked {
            asked_of_raiser(visitor.cx(), visitor.actor(), concern).await?
        } else {
            None
        };
        let here = wrong == Some(concern.id);
        cards.push(callout(
            &title(visitor, reference, concern),
            &html! {
                (summary_list(&[
                    (w.t("concern-stands"), stage_tag(visitor, concern)),
                    (w.t("concern-raised-at"), html! { (w.date_time(&in_london(concern.raised_at))) }),
                ]))
                @if concern.stage == Stage::Asked {
                    h3 { (w.t("concern-asked")) }
                    @if let Some(asked) = &asked { (inset(&html! { p class="kl_pre" { (asked) } })) }
                    (form(&format!("/inspections/{reference}/concern/{}/answer", concern.id), &html! {
                        (text_area(&Field::new("text", w.t("concern-answer"))
                            .value(if here { typed.get("text") } else { "" })
                            .error(if here { problems.on("text") } else { None }), 5))
                        (button(&w.t("concern-answer-send")))
                    }))
                }
            },
        ));
    }
    let body = html! {
        p class="kl_lead" { (w.t("concern-own-text")) }
        @if all.is_empty() { (empty_state(&w.t("concern-own-none"), &w.t("concern-own-none-text"), Some(("/concern", &w.t("raise-concern"))))) }
        @for card in &cards { (card) }
        p { (link_button_secondary("/concern", &w.t("raise-concern"))) }
    };
    let mut layout = visitor.layout(w.t("concern-own"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn title(visitor: &Visitor, reference: &str, concern: &Concern) -> String {
    let number = concern.number;
    visitor.words().with("concern-title-in", &[("number", &number), ("inspection", &reference)])
}

/// More from whoever raised it.
pub(super) async fn answer(
    visitor: Visitor,
    scope: Scope,
    Path((_, concern)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let id: ConcernId = concern.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = AnswerConcern {
        inspection: scope.grant.inspection(),
        concern: id,
        text: typed.get("text").to_owned(),
    };
    match answer_concern(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to("/concern/own?done=concern-answered").into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, Some(id), &typed, &problems).await
        }
    }
}

/// Says until when one is away.
pub(super) async fn away(visitor: Visitor, typed: Typed) -> PageResult {
    let days: i64 = typed.parse("days").unwrap_or(0);
    let until = (1..=60)
        .contains(&days)
        .then(|| visitor.cx().now().checked_add(jiff::SignedDuration::from_hours(24 * days)).ok())
        .flatten();
    set_away(visitor.cx(), visitor.actor(), until).await?;
    let back = match typed.get("back") {
        back if back.starts_with("/inspections/") && !back.contains("//") => back,
        _ => "/start",
    };
    let word = if until.is_some() { "away" } else { "back" };
    Ok(Redirect::to(&format!("{back}?done={word}")).into_response())
}
