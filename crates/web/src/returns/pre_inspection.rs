//! The pre-inspection return: what belongs into it, sending it, and what is wrong with what was sent.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::inspections::way::{ReturnState, Step, offer};
use keyline_domain::reasons::Reason;
use keyline_domain::returns::Problem;
use keyline_operations::returns::{RETURN_LIMIT, ReturnOutcome, SubmitReturn, submit_return};
use keyline_operations::view;
use keyline_store::inspections;
use maud::{Markup, html};

use super::problems::{count, is_about_the_file, list};
use super::{breadcrumbs, columns, due, offered, return_tag};
use crate::components::{Field, button, file_field, form_multipart, warning};
use crate::frame::{Files, PageError, PageResult, Problems, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, StatusCode::OK, &Problems::default(), &[]).await
}

/// Takes the return and checks it. Refused, the page lists every problem.
pub(super) async fn post(visitor: Visitor, scope: Scope, mut files: Files) -> PageResult {
    let taken = take(&mut files).await;
    files.drain().await;
    let Some((file_name, bytes)) = taken? else {
        let limit = RETURN_LIMIT / (1024 * 1024);
        let too_large = visitor.sentence(&Reason::new("upload-too-large").with("limit", limit));
        let problems = Problems::text("file", too_large);
        return render(&visitor, &scope, StatusCode::PAYLOAD_TOO_LARGE, &problems, &[]).await;
    };
    let input = SubmitReturn { inspection: scope.grant.inspection(), file_name, bytes };
    match submit_return(visitor.cx(), visitor.actor(), input).await {
        Ok(ReturnOutcome { submission, problems, .. }) if problems.is_empty() => {
            let href = scope.href(&format!("returns/submissions/{submission}?done=return-submitted"));
            Ok(Redirect::to(&href).into_response())
        }
        Ok(ReturnOutcome { problems, .. }) => {
            let at_file = match problems.as_slice() {
                [only] if is_about_the_file(&only.reason) => {
                    Problems::text("file", visitor.sentence(&only.reason))
                }
                _ => Problems::default(),
            };
            render(&visitor, &scope, StatusCode::UNPROCESSABLE_ENTITY, &at_file, &problems).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, problems.status(), &problems, &[]).await
        }
    }
}

// Name and content of the file; `None` when it is too large. Without a file both are empty, as the verb wants it.
async fn take(files: &mut Files) -> Result<Option<(String, Vec<u8>)>, PageError> {
    while let Some(file) = files.next().await? {
        if file.field == "file" {
            let name = file.name.clone();
            return Ok(file.bytes(RETURN_LIMIT).await?.map(|bytes| (name, bytes)));
        }
    }
    Ok(Some((String::new(), Vec::new())))
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    status: StatusCode,
    at_field: &Problems,
    refused: &[Problem],
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let wanted = &visitor.cx().programme(&inspection)?.pre_inspection_return;
    let due = due(visitor, &mut reader, scope, &inspection).await?;
    let step = offer(Step::SubmitReturn, &progress, visitor.cx().now());
    let send = form_multipart(
        &scope.href("returns/pre-inspection-return"),
        &html! {
            (warning(&w.t("warning"), &html! { p { (w.t("returns-no-identifiers")) } }))
            (file_field(&Field::new("file", w.t("returns-file")).hint(w.with("returns-file-hint",
                &[("limit", &(RETURN_LIMIT / (1024 * 1024)))])).error(at_field.on("file")), ".xlsx,.csv", false))
            (button(&w.t("returns-send")))
        },
    );
    let at_cells = at_field.is_empty() && !refused.is_empty();
    let body = html! {
        p class="kl_lead" { (wanted.about) }
        p {
            (return_tag(visitor, progress.pre_inspection_return)) " "
            @match due {
                Some(day) => (w.with("returns-due", &[("day", &w.date(day))])),
                None => (w.t("returns-due-unknown")),
            }
        }
        @if at_cells { (problems_of(visitor, refused)) }
        @if scope.grant.permits(Action::SubmitReturn) {
            h2 { (w.t(if at_cells { "returns-send-again" } else { "returns-send-title" })) }
            (offered(visitor, &step, "returns-send-not-yet", "returns-sent-already", &send))
        } @else { p { (w.t("returns-who-sends")) } }
        @if scope.grant.permits(Action::FindLabel) && progress.pre_inspection_return != ReturnState::Awaited {
            p { a href=(scope.href("returns/key")) { (w.t("returns-key-title")) } }
        }
        (columns::explained(visitor, scope, wanted))
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("returns-pre-inspection"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = if at_cells {
        let text = w.with("returns-refused", &[("count", &count(refused.iter().map(|p| &p.reason)))]);
        Some(vec![("problems".to_owned(), text)])
    } else {
        at_field.summary()
    };
    Ok(visitor.show_as(status, &layout))
}

fn problems_of(visitor: &Visitor, refused: &[Problem]) -> Markup {
    let problems: Vec<_> =
        refused.iter().map(|p| ((p.sheet.as_deref(), p.place.as_deref()), &p.reason)).collect();
    html! {
        h2 { (visitor.words().t("returns-refused-title")) }
        (list(visitor, &problems))
    }
}
