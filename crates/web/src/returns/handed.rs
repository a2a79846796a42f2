//! The page of a colleague without an account: one request, and what can be said to it. Whoever holds the link sees it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::returns::Act;
use keyline_operations::Refused;
use keyline_operations::returns::{
    DOCUMENT_LIMIT, MOST_FILES, begin_by_link, handed, propose_documents, propose_not_held,
};
use keyline_workbooks::FileKind;
use maud::{Markup, html};

use super::receive::{TOGETHER, Taken, named, take};
use super::wanted::kind;
use crate::components::{
    Field, Width, button, button_secondary, details, empty_state, file_field, form, form_multipart,
    not_offered, summary_list, text_area, warning,
};
use crate::frame::{Files, PageError, PageResult, Problems, Typed, Visitor};
use crate::inspections::name;
use crate::judgement::nobody_field;

/// The page.
pub(super) async fn get(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    render(&visitor, &token, &Typed::default(), &Problems::default(), StatusCode::OK).await
}

/// Takes documents.
pub(super) async fn documents(visitor: Visitor, Path(token): Path<String>, mut files: Files) -> PageResult {
    // Who holds no live link brings nothing to the disk.
    let taken = match handed(visitor.cx(), &token).await {
        Ok(_) => take(&visitor, &mut files).await,
        Err(refused) => Err(over(refused)),
    };
    files.drain().await;
    let (status, problems) = match taken? {
        Taken::Whole(files) => match propose_documents(visitor.cx(), &token, files).await {
            Ok(()) => return Ok(back(&token, "proposal-sent")),
            Err(Refused::Fields(wrong)) => {
                let texts = wrong.iter().map(|problem| named(&visitor, problem));
                (StatusCode::UNPROCESSABLE_ENTITY, Problems::texts("files", texts))
            }
            Err(refused) => return Err(over(refused)),
        },
        Taken::TooMuch(problem) => {
            (StatusCode::PAYLOAD_TOO_LARGE, Problems::texts("files", [named(&visitor, &problem)]))
        }
    };
    render(&visitor, &token, &Typed::default(), &problems, status).await
}

/// Proposes to say that nothing is held.
pub(super) async fn not_held(visitor: Visitor, Path(token): Path<String>, typed: Typed) -> PageResult {
    let nobody = typed.has("identifies_nobody", "yes");
    match propose_not_held(visitor.cx(), &token, typed.get("reason"), nobody).await {
        Ok(()) => Ok(back(&token, "proposal-not-held")),
        Err(refused @ Refused::Fields(_)) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &token, &typed, &problems, problems.status()).await
        }
        Err(refused) => Err(over(refused)),
    }
}

/// Says that the work has begun.
pub(super) async fn begin(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    begin_by_link(visitor.cx(), &token).await.map_err(over)?;
    Ok(back(&token, "request-begun"))
}

fn back(token: &str, done: &str) -> axum::response::Response {
    Redirect::to(&format!("/asked/{token}?done={done}")).into_response()
}

// The link was real: the page says why it opens nothing any more.
fn over(refused: Refused) -> PageError {
    match refused {
        Refused::NotNow(reasons) => {
            PageError::with(StatusCode::GONE, reasons.first().map_or("delegation-ended", |r| r.key.as_str()))
        }
        other => other.into(),
    }
}

async fn render(
    visitor: &Visitor,
    token: &str,
    typed: &Typed,
    problems: &Problems,
    status: StatusCode,
) -> PageResult {
    let w = visitor.words();
    let handed = handed(visitor.cx(), token).await.map_err(over)?;
    let r = &handed.request;
    let facts = [
        (w.t("invitation-inspection"), html! { (name(visitor, &handed.inspection)) }),
        (w.t("returns-due-day"), html! { (w.date(r.due_on)) }),
        (w.t("returns-purpose"), html! { (r.purpose) }),
        (w.t("delegation-open-until"), html! { (w.date_time(&in_london(handed.delegation.expires_at))) }),
    ];
    let body = html! {
        p class="kl_lead" { (w.with("asked-lead", &[("name", &handed.delegation.name)])) }
        (warning(&w.t("warning"), &html! { p { (w.t("asked-no-children")) } }))
        (summary_list(&facts))
        @if let Some(reason) = &r.reason { p { (w.t("returns-sent-back-why")) } p class="kl_pre" { (reason) } }
        @if r.state.after(Act::Begin).is_ok() {
            (form(&format!("/asked/{token}/begin"), &button_secondary(&w.t("returns-begin"))))
        }
        h2 { (w.t("asked-sent")) }
        @if handed.proposals.is_empty() { (empty_state(&w.t("returns-nothing-came-title"), &w.t("asked-nothing"), None)) }
        @else { ul { @for d in &handed.proposals { li { (d.name) " " (kind(&d.kind)) } } } }
        @if let Some(reason) = &handed.delegation.not_held_reason {
            p { (w.t("delegation-not-held")) } p class="kl_pre" { (reason) }
        }
        (answer(visitor, token, !handed.proposals.is_empty(), typed, problems))
    };
    let mut layout = visitor.layout(r.title.clone(), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(status, &layout))
}

fn answer(visitor: &Visitor, token: &str, sent: bool, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let folded = typed.get("reason").is_empty() && problems.on("reason").is_none();
    let megabytes = |bytes: u64| bytes / (1024 * 1024);
    let hint = w.with(
        "returns-files-hint",
        &[("most", &MOST_FILES), ("limit", &megabytes(DOCUMENT_LIMIT)), ("together", &megabytes(TOGETHER))],
    );
    let accept: Vec<String> = FileKind::ALL.iter().map(|kind| format!(".{}", kind.extension())).collect();
    let none = form(
        &format!("/asked/{token}/not-held"),
        &html! {
            (text_area(&Field::new("reason", w.t("returns-not-held-reason")).hint(w.t("returns-not-held-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 4))
            (nobody_field(visitor, typed, problems))
            (button_secondary(&w.t("asked-not-held-send")))
        },
    );
    html! {
        h2 { (w.t("returns-upload-title")) }
        (form_multipart(&format!("/asked/{token}/documents"), &html! {
            (file_field(&Field::new("files", w.t("returns-files")).hint(hint).error(problems.on("files")),
                &accept.join(","), true))
            (button(&w.t("asked-send")))
        }))
        @if sent { (not_offered(&w.t("returns-not-held-not-yet"), &[w.t("delegation-documents-wait")])) }
        @else if folded { (details(&w.t("returns-not-held"), &none)) }
        @else { h3 { (w.t("returns-not-held")) } (none) }
    }
}
