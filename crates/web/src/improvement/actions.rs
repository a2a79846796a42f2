//! The actions of the partnership's plan.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::{ActionId, RecommendationId};
use keyline_operations::Refused;
use keyline_operations::improvement::{
    AddAction, ChangeAction, PlannedText, RemoveAction, add_action, change_action, remove_action,
};
use keyline_store::improvement::{self, Recommendation};
use keyline_store::inspections;
use maud::{Markup, html};

use crate::components::{
    DateTyped, Field, Width, button, button_warning, compare, date_field, form, hidden, text_area,
    text_field, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

type At = Path<(String, String)>;

/// What is being written: a new action for a recommendation, or one that stands.
#[derive(Clone, Copy)]
enum Which {
    New(RecommendationId),
    Stands(ActionId),
}

fn text_of(typed: &Typed) -> PlannedText {
    PlannedText {
        body: typed.get("body").to_owned(),
        owner: typed.get("owner").to_owned(),
        measure: typed.get("measure").to_owned(),
        due_on: DateTyped::of("due_on", |name| typed.get(name)).date(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    }
}

/// The empty form for a recommendation.
pub(super) async fn new_form(visitor: Visitor, scope: Scope, Path((_, which)): At) -> PageResult {
    let which = Which::New(which.parse().map_err(|_| PageError::NOT_FOUND)?);
    render(&visitor, &scope, which, &Typed::default(), &Problems::default(), &html! {}).await
}

/// Adds an action.
pub(super) async fn add(visitor: Visitor, scope: Scope, Path((_, which)): At, typed: Typed) -> PageResult {
    let recommendation: RecommendationId = which.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = AddAction { inspection: scope.grant.inspection(), recommendation, text: text_of(&typed) };
    match add_action(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("improvement?done=action-saved")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Which::New(recommendation), &typed, &problems, &html! {}).await
        }
    }
}

/// The form with what stands there.
pub(super) async fn form_of(visitor: Visitor, scope: Scope, Path((_, action)): At) -> PageResult {
    let id: ActionId = action.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let all = improvement::actions(&mut reader, &scope.grant).await?;
    drop(reader);
    let stands = all.into_iter().find(|a| a.id == id).ok_or(PageError::NOT_FOUND)?;
    let due = DateTyped::from(stands.due_on);
    let typed = Typed::of([
        ("body", stands.body),
        ("owner", stands.owner),
        ("measure", stands.measure),
        ("due_on-day", due.day),
        ("due_on-month", due.month),
        ("due_on-year", due.year),
        ("version", stands.version.to_string()),
    ]);
    render(&visitor, &scope, Which::Stands(id), &typed, &Problems::default(), &html! {}).await
}

/// Changes an action.
pub(super) async fn change(
    visitor: Visitor,
    scope: Scope,
    Path((_, action)): At,
    typed: Typed,
) -> PageResult {
    let id: ActionId = action.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = ChangeAction {
        inspection: scope.grant.inspection(),
        action: id,
        text: text_of(&typed),
        version: typed.parse("version").unwrap_or(0),
    };
    match change_action(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("improvement?done=action-saved")).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let w = visitor.words();
            let due = DateTyped::of("due_on", |name| typed.get(name)).date();
            let due = due.map(|d| d.to_string()).unwrap_or_default();
            let mine = [typed.get("body"), typed.get("owner"), typed.get("measure"), &due].join("\n\n");
            let clash = html! {
                (warning(&w.t("error-summary-title"), &html! { (w.with("improvement-clash", &[("name", &by)])) }))
                (compare(&w.t("report-mine"), &mine, &w.with("report-theirs", &[("name", &by)]), &theirs))
            };
            let kept = typed.pairs().filter(|(name, _)| *name != "version");
            let pairs: Vec<(String, String)> = kept
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .chain([("version".to_owned(), version.to_string())])
                .collect();
            let typed = Typed::of(pairs);
            let mut page =
                render(&visitor, &scope, Which::Stands(id), &typed, &Problems::default(), &clash).await?;
            *page.status_mut() = StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Which::Stands(id), &typed, &problems, &html! {}).await
        }
    }
}

/// Removes an action.
pub(super) async fn remove(
    visitor: Visitor,
    scope: Scope,
    Path((_, action)): At,
    typed: Typed,
) -> PageResult {
    let input = RemoveAction {
        inspection: scope.grant.inspection(),
        action: action.parse().map_err(|_| PageError::NOT_FOUND)?,
        version: typed.parse("version").unwrap_or(0),
    };
    remove_action(visitor.cx(), visitor.actor(), input).await?;
    Ok(Redirect::to(&scope.href("improvement?done=action-removed")).into_response())
}

async fn answered(visitor: &Visitor, scope: &Scope, which: Which) -> PageResult<Recommendation> {
    let mut reader = visitor.cx().read().await?;
    let id = match which {
        Which::New(id) => id,
        Which::Stands(action) => {
            let all = improvement::actions(&mut reader, &scope.grant).await?;
            all.into_iter().find(|a| a.id == action).ok_or(PageError::NOT_FOUND)?.recommendation
        }
    };
    let all = improvement::recommendations(&mut reader, &scope.grant).await?;
    // Before publication the plan is not open, and the recommendations are not for the partnership.
    improvement::plan(&mut reader, &scope.grant).await?.ok_or(PageError::NOT_FOUND)?;
    all.into_iter().find(|r| r.id == id).ok_or(PageError::NOT_FOUND)
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    which: Which,
    typed: &Typed,
    problems: &Problems,
    above: &Markup,
) -> PageResult {
    let w = visitor.words();
    let recommendation = answered(visitor, scope, which).await?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let action = scope.href(&match which {
        Which::New(id) => format!("improvement/recommendations/{id}/actions"),
        Which::Stands(id) => format!("improvement/actions/{id}"),
    });
    let body = html! {
        blockquote class="kl_pre" { (recommendation.body) }
        (above)
        (form(&action, &html! {
            (hidden("version", typed.get("version")))
            (text_area(&Field::new("body", w.t("improvement-action-what")).value(typed.get("body"))
                .error(problems.on("body")), 4))
            (text_field(&Field::new("owner", w.t("improvement-action-owner"))
                .hint(w.t("improvement-action-owner-hint")).value(typed.get("owner"))
                .error(problems.on("owner")), "text"))
            (text_area(&Field::new("measure", w.t("improvement-action-measure")).value(typed.get("measure"))
                .error(problems.on("measure")), 3))
            (date_field(&Field::new("due_on", w.t("improvement-action-due")).error(problems.on("due_on")),
                &DateTyped::of("due_on", |name| typed.get(name)), w))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("improvement-action-save")))
        }))
        @if matches!(which, Which::Stands(_)) {
            (form(&format!("{action}/remove"), &html! {
                (hidden("version", typed.get("version")))
                (button_warning(&w.t("improvement-action-remove")))
            }))
        }
    };
    let title = w.with("improvement-action-title", &[("number", &recommendation.number)]);
    let mut layout = frame(visitor, scope, &inspection, Room::Improvement, title, body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("improvement"), w.t("room-improvement"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
