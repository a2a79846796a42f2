//! One submission of the return: what is wrong with it, or what it comes to; and the decision of the team.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::ids::SubmissionId;
use keyline_domain::inspections::way::{Step, offer};
use keyline_operations::returns::{DecideReturn, accept_return, send_back_return};
use keyline_operations::{Refused, view};
use keyline_store::inspections::{self, members};
use keyline_store::returns::{SubmissionState, cohort, find_submission};
use maud::{Markup, html};

use super::decide::{Decision, meanwhile};
use super::{breadcrumbs, by_at, offered, problems, rows, sent_back, submission_tag};
use crate::components::{link_button_secondary, summary_list};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

type At = Path<(String, String)>;

fn id_of(Path((_, submission)): &At) -> Result<SubmissionId, PageError> {
    submission.parse().map_err(|_| PageError::NOT_FOUND)
}

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope, at: At) -> PageResult {
    render(&visitor, &scope, id_of(&at)?, &Typed::default(), &Problems::default(), false).await
}

/// Accepts.
pub(super) async fn accept(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let id = id_of(&at)?;
    let result = accept_return(visitor.cx(), visitor.actor(), input(&scope, id, &typed)).await;
    decided(&visitor, &scope, id, &typed, result, "return-accepted").await
}

/// Sends back.
pub(super) async fn back(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let id = id_of(&at)?;
    let result = send_back_return(visitor.cx(), visitor.actor(), input(&scope, id, &typed)).await;
    decided(&visitor, &scope, id, &typed, result, "return-sent-back").await
}

fn input(scope: &Scope, submission: SubmissionId, typed: &Typed) -> DecideReturn {
    DecideReturn {
        identifies_nobody: typed.has("identifies_nobody", "yes"),
        inspection: scope.grant.inspection(),
        submission,
        reason: typed.get("reason").to_owned(),
        // What was never looked at is not decided on.
        version: Some(typed.parse("version").unwrap_or(0)),
    }
}

async fn decided(
    visitor: &Visitor,
    scope: &Scope,
    id: SubmissionId,
    typed: &Typed,
    result: Result<(), Refused>,
    done: &str,
) -> PageResult {
    match result {
        Ok(()) => Ok(Redirect::to(&scope.href(&format!("returns?done={done}"))).into_response()),
        Err(Refused::Stale { .. }) => render(visitor, scope, id, typed, &Problems::default(), true).await,
        Err(refused) => {
            let problems = Problems::from_refusal(visitor, refused)?;
            render(visitor, scope, id, typed, &problems, false).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    id: SubmissionId,
    typed: &Typed,
    wrong: &Problems,
    stale: bool,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let s = find_submission(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    let names = members::names(&mut reader, &scope.grant).await?;
    let progress = view::progress(cx, &mut reader, &inspection).await?;
    let columns = &cx.programme(&inspection)?.pre_inspection_return.columns;
    let held = s.state != SubmissionState::Refused;
    let rows =
        if held && scope.grant.inside() { Some(cohort(&mut reader, &scope.grant, id).await?) } else { None };
    let base = scope.href(&format!("returns/submissions/{id}"));
    let mut facts: Vec<(String, Markup)> = vec![
        (w.t("returns-state"), submission_tag(visitor, s.state)),
        (w.t("returns-sent"), html! { (by_at(visitor, &names, s.submitted_by, s.submitted_at)) }),
        (w.t("returns-rows"), html! { (s.rows) }),
    ];
    if let Some(document) = s.document {
        let href = scope.href(&format!("returns/documents/{document}"));
        facts.push((w.t("returns-file-name"), html! { a href=(href) { (s.file_name) } }));
    }
    if let (SubmissionState::Accepted, Some(at)) = (s.state, s.decided_at) {
        facts.push((w.t("returns-accepted-by"), html! { (by_at(visitor, &names, s.decided_by, at)) }));
    }
    let decision = Decision {
        base: base.clone(),
        version: s.version,
        accept: Some("returns-accept"),
        back: "returns-send-back",
        hint: "returns-send-back-hint",
    };
    let who = s.decided_by.and_then(|p| names.get(&p)).map_or("", String::as_str);
    let body = html! {
        @if stale {
            (meanwhile(visitor, who, &w.t(&format!("returns-submission-{}", s.state.word())), typed.get("reason"),
                s.reason.as_deref().unwrap_or_default()))
        }
        (summary_list(&facts))
        @if s.state == SubmissionState::SentBack { (sent_back(visitor, &names, &s)) }
        @if !held {
            h2 { (w.t("returns-refused-title")) }
            p { (w.t("returns-refused-kept")) }
            (problems::list(visitor, &s.problems.iter().map(|p| ((p.sheet.as_deref(), p.place.as_deref()), &p.reason)).collect::<Vec<_>>()))
        }
        @if held && scope.grant.permits(Action::DecideReturn) && s.state == SubmissionState::Submitted {
            h2 { (w.t("returns-decision")) }
            (offered(visitor, &offer(Step::AcceptReturn, &progress, cx.now()), "returns-decide-not-yet",
                "step-done-already", &decision.forms(visitor, typed, wrong)))
        }
        @if let Some(rows) = &rows {
            h2 { (w.t("returns-summary")) }
            (rows::summary(visitor, columns, rows))
            p { (link_button_secondary(&format!("{base}/rows"), &w.t("returns-open-rows"))) }
        }
    };
    let title = w.t("returns-submission");
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, title, body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = wrong.summary();
    let status = if stale { StatusCode::CONFLICT } else { wrong.status() };
    Ok(visitor.show_as(status, &layout))
}
