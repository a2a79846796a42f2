//! Results as files. What was released is there for whoever may see the results; the answers themselves for the team,
//! with a reason that goes into the audit trail.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use keyline_datasets::Format;
use keyline_domain::access::Action;
use keyline_operations::voices::{Exported, export_raw, export_released};
use maud::{Markup, html};

use super::Here;
use crate::components::{Choice, Field, button, details, form, select, text_area};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// The section of the results page.
pub(super) fn section(visitor: &Visitor, scope: &Scope, here: &Here) -> Markup {
    let w = visitor.words();
    details(
        &w.t("export-title"),
        &html! {
            p { (w.t("export-text")) }
            ul class="kl_files" {
                @for format in Format::ALL {
                    li { a href=(here.href(scope, &format!("/results/{}", format.key()))) { (format.name()) } " " (w.t(&format!("export-{}", format.key()))) }
                }
            }
            @if scope.grant.permits(Action::ExportAnswers) {
                p { a href=(here.href(scope, "/answers")) { (w.t("export-raw")) } }
            }
        },
    )
}

fn handed_out(exported: Exported) -> Response {
    let headers = [
        (CONTENT_TYPE, exported.media_type.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", exported.name)),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, exported.content).into_response()
}

/// What was released, as a file.
pub(in crate::voices) async fn released(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey, format)): Path<(String, String, String)>,
) -> PageResult {
    let id = survey.parse().map_err(|_| PageError::NOT_FOUND)?;
    let format = Format::from_key(&format).ok_or(PageError::NOT_FOUND)?;
    Ok(handed_out(export_released(visitor.cx(), &scope.grant, id, format).await?))
}

/// The form that asks for the reason.
pub(in crate::voices) async fn ask(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    Ok(render(&visitor, &scope, &here, &Typed::default(), &Problems::default()))
}

fn render(visitor: &Visitor, scope: &Scope, here: &Here, typed: &Typed, problems: &Problems) -> Response {
    let w = visitor.words();
    let formats: Vec<Choice> = Format::ALL
        .into_iter()
        .map(|format| Choice::new(format.key(), format.name(), typed.get("format") == format.key()))
        .collect();
    let body = html! {
        p class="kl_lead" { (w.t("export-raw-text")) }
        (form(&here.href(scope, "/answers"), &html! {
            (select(&Field::new("format", w.t("export-format")).error(problems.on("format")), &formats))
            (text_area(&Field::new("reason", w.t("export-reason")).hint(w.t("export-reason-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 3))
            (button(&w.t("export-raw-now")))
        }))
    };
    here.page_of_form(visitor, scope, "export-raw", body, problems)
}

/// The answers themselves.
pub(in crate::voices) async fn raw(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let Some(format) = Format::from_key(typed.get("format")) else {
        let problems = Problems::one(&visitor, "format", "problem-choose");
        return Ok(render(&visitor, &scope, &here, &typed, &problems));
    };
    let (cx, actor, inspection) = (visitor.cx(), visitor.actor(), scope.grant.inspection());
    match export_raw(cx, actor, inspection, here.survey.id, format, typed.get("reason")).await {
        Ok(exported) => Ok(handed_out(exported)),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            Ok(render(&visitor, &scope, &here, &typed, &problems))
        }
    }
}
