//! Making, changing and removing a recommendation.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::RecommendationId;
use keyline_operations::Refused;
use keyline_operations::improvement::{
    ChangeRecommendation, MakeRecommendation, RemoveRecommendation, areas_for_improvement,
    change_recommendation, make_recommendation, remove_recommendation,
};
use keyline_store::{improvement, inspections};
use maud::{Markup, html};

use crate::components::{
    Choice, Field, Width, button, button_warning, compare, empty_state, form, hidden, radios, text_area,
    warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

type At = Path<(String, String)>;

/// The empty form.
pub(super) async fn new_form(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, None, &Typed::default(), &Problems::default(), &html! {}).await
}

/// Makes one.
pub(super) async fn make(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = MakeRecommendation {
        inspection: scope.grant.inspection(),
        indicator: typed.get("indicator").to_owned(),
        body: typed.get("body").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match make_recommendation(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("improvement?done=recommendation-saved")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, None, &typed, &problems, &html! {}).await
        }
    }
}

fn id_of(which: &str) -> PageResult<RecommendationId> {
    which.parse().map_err(|_| PageError::NOT_FOUND)
}

/// The form with what stands there.
pub(super) async fn form_of(visitor: Visitor, scope: Scope, Path((_, which)): At) -> PageResult {
    let id = id_of(&which)?;
    let mut reader = visitor.cx().read().await?;
    let all = improvement::recommendations(&mut reader, &scope.grant).await?;
    drop(reader);
    let stands = all.into_iter().find(|r| r.id == id).ok_or(PageError::NOT_FOUND)?;
    let typed = Typed::of([
        ("indicator", stands.indicator),
        ("body", stands.body),
        ("version", stands.version.to_string()),
    ]);
    render(&visitor, &scope, Some((id, stands.number)), &typed, &Problems::default(), &html! {}).await
}

/// Changes one.
pub(super) async fn change(visitor: Visitor, scope: Scope, Path((_, which)): At, typed: Typed) -> PageResult {
    let id = id_of(&which)?;
    let mut reader = visitor.cx().read().await?;
    let all = improvement::recommendations(&mut reader, &scope.grant).await?;
    drop(reader);
    let number = all.into_iter().find(|r| r.id == id).ok_or(PageError::NOT_FOUND)?.number;
    let input = ChangeRecommendation {
        inspection: scope.grant.inspection(),
        recommendation: id,
        indicator: typed.get("indicator").to_owned(),
        body: typed.get("body").to_owned(),
        version: typed.parse("version").unwrap_or(0),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match change_recommendation(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("improvement?done=recommendation-saved")).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let w = visitor.words();
            let mine = typed.get("body");
            let clash = html! {
                (warning(&w.t("error-summary-title"), &html! { (w.with("improvement-clash", &[("name", &by)])) }))
                (compare(&w.t("report-mine"), mine, &w.with("report-theirs", &[("name", &by)]), &theirs))
            };
            let typed = Typed::of([
                ("indicator", typed.get("indicator").to_owned()),
                ("body", mine.to_owned()),
                ("version", version.to_string()),
            ]);
            let which = Some((id, number));
            let mut page = render(&visitor, &scope, which, &typed, &Problems::default(), &clash).await?;
            *page.status_mut() = StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Some((id, number)), &typed, &problems, &html! {}).await
        }
    }
}

/// Removes one.
pub(super) async fn remove(visitor: Visitor, scope: Scope, Path((_, which)): At, typed: Typed) -> PageResult {
    let input = RemoveRecommendation {
        inspection: scope.grant.inspection(),
        recommendation: id_of(&which)?,
        version: typed.parse("version").unwrap_or(0),
    };
    remove_recommendation(visitor.cx(), visitor.actor(), input).await?;
    Ok(Redirect::to(&scope.href("improvement?done=recommendation-removed")).into_response())
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    which: Option<(RecommendationId, i64)>,
    typed: &Typed,
    problems: &Problems,
    above: &Markup,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let areas = areas_for_improvement(&mut reader, &scope.grant).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let framework = visitor.cx().library.framework(&programme.framework);
    let choices: Vec<_> = areas
        .iter()
        .map(|number| {
            let title = framework.and_then(|f| f.indicator(number)).map_or("", |i| i.title.as_str());
            Choice::new(number, format!("{number} {title}"), typed.has("indicator", number))
        })
        .collect();
    let (title, action) = match which {
        None => (w.t("improvement-make"), scope.href("improvement/recommendations/new")),
        Some((id, number)) => (
            w.with("improvement-change-title", &[("number", &number)]),
            scope.href(&format!("improvement/recommendations/{id}")),
        ),
    };
    let body = html! {
        (above)
        @if choices.is_empty() {
            (empty_state(&w.t("improvement-no-areas-title"), &w.t("improvement-no-areas"), None))
        } @else {
            (form(&action, &html! {
                (hidden("version", typed.get("version")))
                (radios(&Field::new("indicator", w.t("improvement-indicator")).error(problems.on("indicator")), &choices))
                (text_area(&Field::new("body", w.t("improvement-body")).hint(w.t("improvement-body-hint"))
                    .value(typed.get("body")).error(problems.on("body")), 5))
                (nobody_field(visitor, typed, problems))
                (button(&w.t("improvement-save")))
            }))
        }
        @if which.is_some() {
            p { (w.t("improvement-remove-explained")) }
            (form(&format!("{action}/remove"), &html! {
                (hidden("version", typed.get("version")))
                (button_warning(&w.t("improvement-remove")))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Improvement, title, body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("improvement"), w.t("room-improvement"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
