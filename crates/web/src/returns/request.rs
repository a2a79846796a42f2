//! One request: what is asked for, what came, and what can be said to it by either side.

use std::collections::HashMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::ids::{PersonId, RequestId, UploadId};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::returns::{Act, RequestState};
use keyline_operations::returns::{
    DOCUMENT_LIMIT, DecideDocuments, MOST_FILES, SayNotHeld, UPLOAD_LIMIT, already_held, answering,
    decide_documents, give_up_upload, look_at_upload, say_not_held, waiting,
};
use keyline_operations::{Refused, view};
use keyline_store::inspections::{self, members};
use keyline_store::returns::{
    Request, delegations, documents_against, find_request, open_uploads, reuses, withdrawn_of,
};
use keyline_workbooks::FileKind;
use maud::{Markup, html};

use super::came::{Came, under_way};
use super::decide::{Decision, meanwhile};
use super::receive::TOGETHER;
use super::{breadcrumbs, burden, by_at, change, delegate, held, offered, request_state, said};
use crate::components::{
    Field, button, button_secondary, details, file_field, form, form_multipart, not_offered, summary_list,
    tag, text_area,
};
use crate::evidence::Titles;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

pub(super) type At = Path<(String, String)>;

pub(super) fn id_of(Path((_, request)): &At) -> Result<RequestId, PageError> {
    request.parse().map_err(|_| PageError::NOT_FOUND)
}

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope, at: At) -> PageResult {
    render(&visitor, &scope, id_of(&at)?, &Shown::default()).await
}

/// Says that it is not held.
pub(super) async fn not_held(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    let request = id_of(&at)?;
    let input = SayNotHeld {
        inspection: scope.grant.inspection(),
        request,
        reason: typed.get("reason").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    let result = say_not_held(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, request, typed, result, "not-held").await
}

/// Gives up an upload that is not whole, from whatever browser.
pub(super) async fn give_up(
    visitor: Visitor,
    scope: Scope,
    Path((_, upload)): At,
    typed: Typed,
) -> PageResult {
    let upload: UploadId = upload.parse().map_err(|_| PageError::NOT_FOUND)?;
    let inspection = scope.grant.inspection();
    let request = look_at_upload(visitor.cx(), visitor.actor(), inspection, upload).await?.request;
    let result = give_up_upload(visitor.cx(), visitor.actor(), inspection, upload).await.map(|_| ());
    after(&visitor, &scope, request, typed, result, "upload-given-up").await
}

/// Accepts what came.
pub(super) async fn accept(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    decide(&visitor, &scope, id_of(&at)?, typed, true).await
}

/// Sends what came back.
pub(super) async fn back(visitor: Visitor, scope: Scope, at: At, typed: Typed) -> PageResult {
    decide(&visitor, &scope, id_of(&at)?, typed, false).await
}

async fn decide(
    visitor: &Visitor,
    scope: &Scope,
    request: RequestId,
    typed: Typed,
    accept: bool,
) -> PageResult {
    let input = DecideDocuments {
        inspection: scope.grant.inspection(),
        request,
        accept,
        reason: typed.get("reason").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
        // What was never looked at is not decided on.
        version: Some(typed.parse("version").unwrap_or(0)),
    };
    let result = decide_documents(visitor.cx(), visitor.actor(), input).await;
    let done = if accept { "documents-accepted" } else { "documents-sent-back" };
    after(visitor, scope, request, typed, result, done).await
}

/// The page again after a verb, or with what is wrong.
pub(super) async fn after(
    visitor: &Visitor,
    scope: &Scope,
    request: RequestId,
    typed: Typed,
    result: Result<(), Refused>,
    done: &str,
) -> PageResult {
    let (problems, stale) = match result {
        Ok(()) => {
            let href = scope.href(&format!("returns/requests/{request}?done={done}"));
            return Ok(Redirect::to(&href).into_response());
        }
        Err(Refused::Stale { .. }) => (Problems::default(), true),
        Err(refused) => (Problems::from_refusal(visitor, refused)?, false),
    };
    let status = if stale { StatusCode::CONFLICT } else { problems.status() };
    render(visitor, scope, request, &Shown { typed, problems, stale, status }).await
}

/// What the page shows beside the request itself.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// What was typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub problems: Problems,
    /// Whether somebody else was quicker.
    pub stale: bool,
    /// The status of the answer.
    pub status: StatusCode,
}

/// The page, after whatever was sent to it.
pub(super) async fn render(visitor: &Visitor, scope: &Scope, id: RequestId, shown: &Shown) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let r = find_request(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    let names = members::names(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let documents = documents_against(&mut reader, &scope.grant, id).await?;
    let withdrawn = withdrawn_of(&mut reader, &scope.grant, id).await?;
    let colleagues = delegations(&mut reader, &scope.grant).await?;
    let uploads = open_uploads(&mut reader, &scope.grant).await?;
    let may_upload = scope.grant.permits(Action::UploadDocument);
    let came = Came {
        visitor,
        scope,
        request: &r,
        names: &names,
        colleagues: &colleagues,
        documents: &documents,
        withdrawn: &withdrawn,
        may_withdraw: may_upload && r.state.after(Act::TakeBack).is_ok(),
    };
    let changed = by_at(visitor, &names, r.changed_by, r.changed_at);
    let earlier = already_held(visitor.cx(), &mut reader, &scope.grant, &inspection).await?;
    let reuses = reuses(&mut reader, &scope.grant).await?;
    let acts = [Action::RequestDocument, Action::UploadDocument];
    // What was given elsewhere is named to those alone who can do something with it.
    let held =
        if acts.iter().any(|a| scope.grant.permits(*a)) { answering(&earlier, &r) } else { Vec::new() };
    let waiting = if scope.grant.permits(Action::DelegateRequest) {
        waiting(&mut reader, &scope.grant).await?
    } else {
        Vec::new()
    };
    let step = offer(Step::UploadDocuments, &progress, visitor.cx().now());
    let who = r.changed_by.and_then(|p| names.get(&p)).map_or("", String::as_str);
    let body = html! {
        @if shown.stale {
            (meanwhile(visitor, who, &w.t(&format!("returns-request-{}", r.state.word())), shown.typed.get("reason"),
                r.reason.as_deref().unwrap_or_default()))
        }
        (summary_list(&facts(visitor, &titles, &names, &r)))
        @match r.state {
            RequestState::SentBack => (said(visitor, "returns-sent-back-why", r.reason.as_deref(), &changed)),
            RequestState::NotHeld => (said(visitor, "returns-not-held-why", r.reason.as_deref(), &changed)),
            RequestState::Withdrawn => (said(visitor, "returns-request-withdrawn-why", r.reason.as_deref(), &changed)),
            RequestState::Accepted => p { (w.t("returns-accepted-by")) ": " (changed) },
            RequestState::InProgress => {
                @if r.reason.is_some() { (said(visitor, "returns-sent-back-why", r.reason.as_deref(), "")) }
            }
            RequestState::Asked | RequestState::Submitted => {}
        }
        @if scope.grant.permits(Action::UploadDocument) && r.state.after(Act::Begin).is_ok() {
            (form(&scope.href(&format!("returns/requests/{id}/begin")), &button_secondary(&w.t("returns-begin"))))
        }
        h2 { (w.t("returns-came")) }
        (came.shown())
        (held::offers(visitor, scope, &r, &held, &reuses, shown))
        @if may_upload {
            (answer(visitor, scope, &r, &step, shown))
            (under_way(visitor, scope, id, &uploads))
            (burden::section(visitor, scope, &r, shown))
        }
        (delegate::section(visitor, scope, &r, &waiting, shown))
        @if scope.grant.permits(Action::DecideReturn) { (decision(visitor, scope, &r, shown)) }
        @if scope.grant.permits(Action::RequestDocument) { (change::controls(visitor, scope, &r, shown)) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, r.title.clone(), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.problems = shown.problems.summary();
    layout.script = may_upload.then_some("uploads.js");
    Ok(visitor.show_as(shown.status, &layout))
}

fn facts(
    visitor: &Visitor,
    titles: &Titles<'_>,
    names: &HashMap<PersonId, String>,
    r: &Request,
) -> Vec<(String, Markup)> {
    let w = visitor.words();
    let (tone, state) = request_state(visitor, r);
    let list =
        |items: Vec<String>| html! { ul class="ds_no-bullets" { @for item in &items { li { (item) } } } };
    let mut facts = vec![
        (w.t("returns-state"), tag(tone, &state)),
        (w.t("returns-due-day"), html! { (w.date(r.due_on)) }),
        (w.t("returns-purpose"), html! { (r.purpose) }),
    ];
    if !r.indicators.is_empty() {
        facts.push((
            w.t("returns-indicators"),
            list(r.indicators.iter().map(|n| titles.indicator(n)).collect()),
        ));
    }
    if !r.lines.is_empty() {
        facts.push((w.t("returns-lines"), list(r.lines.iter().map(|key| titles.line(key)).collect())));
    }
    let owner = r.owner.and_then(|p| names.get(&p)).cloned();
    facts.push((w.t("returns-owner"), html! { (owner.unwrap_or_else(|| w.t("returns-owner-coordinator"))) }));
    if let Some(address) = &r.public_at {
        facts.push((w.t("returns-public-at"), html! { a href=(address) rel="noreferrer" { (address) } }));
    }
    if let Some(why) = &r.asked_again {
        facts.push((w.t("returns-asked-again"), html! { (why) }));
    }
    facts
}

// What the partnership can say: here it is, or there is none.
fn answer(visitor: &Visitor, scope: &Scope, r: &Request, step: &Offer, shown: &Shown) -> Markup {
    let w = visitor.words();
    let base = scope.href(&format!("returns/requests/{}", r.id));
    if let Err(key) = r.state.after(Act::Send) {
        return not_offered(&w.t("returns-upload-not-yet"), &[w.t(key)]);
    }
    // More may follow as long as this request is open, also when every request has been answered.
    let step = if *step == Offer::Done { &Offer::Ready } else { step };
    let megabytes = |bytes: u64| bytes / (1024 * 1024);
    let hint = w.with(
        "returns-files-hint",
        &[("most", &MOST_FILES), ("limit", &megabytes(DOCUMENT_LIMIT)), ("together", &megabytes(TOGETHER))],
    );
    let accept: Vec<String> = FileKind::ALL.iter().map(|kind| format!(".{}", kind.extension())).collect();
    let send = form_multipart(
        &format!("{base}/documents"),
        &html! {
            (in_parts(visitor, &base))
            (file_field(&Field::new("files", w.t("returns-files")).hint(hint).error(shown.problems.on("files")),
                &accept.join(","), true))
            (button(&w.t("returns-upload")))
        },
    );
    let none = form(
        &format!("{base}/not-held"),
        &html! {
            (text_area(&Field::new("reason", w.t("returns-not-held-reason")).hint(w.t("returns-not-held-hint"))
                .value(shown.typed.get("reason")).error(shown.problems.on("reason")), 4))
            (nobody_field(visitor, &shown.typed, &shown.problems))
            (button_secondary(&w.t("returns-not-held-send")))
        },
    );
    let folded = shown.typed.get("reason").is_empty() && shown.problems.on("reason").is_none();
    html! {
        h2 { (w.t("returns-upload-title")) }
        (offered(visitor, step, "returns-upload-not-yet", "step-done-already", &send))
        @if step.is_ready() {
            @if let Err(key) = r.state.after(Act::SayNotHeld) {
                (not_offered(&w.t("returns-not-held-not-yet"), &[w.t(key)]))
            } @else if folded { (details(&w.t("returns-not-held"), &none)) }
            @else { h3 { (w.t("returns-not-held")) } (none) }
        }
    }
}

// What a script needs to send files in parts, and says while it does; without one nothing of it is seen.
fn in_parts(visitor: &Visitor, base: &str) -> Markup {
    let w = visitor.words();
    html! {
        div class="kl_uploads" hidden data-uploads=(format!("{base}/uploads")) data-after=(format!("{base}?done=documents-uploaded"))
            data-limit=(UPLOAD_LIMIT) data-hint=(w.with("returns-parts-hint", &[("limit", &(UPLOAD_LIMIT / (1024 * 1024 * 1024)))]))
            data-say-sending=(w.t("returns-parts-sending")) data-say-paused=(w.t("returns-parts-paused"))
            data-say-waiting=(w.t("returns-parts-waiting")) data-say-again=(w.t("returns-parts-again"))
            data-say-done=(w.t("returns-parts-done")) data-say-ending=(w.t("returns-parts-ending"))
            data-say-too-large=(w.with("upload-too-large", &[("limit", &(UPLOAD_LIMIT / (1024 * 1024)))]))
            data-say-signed-out=(w.t("returns-parts-signed-out")) data-say-failed=(w.t("returns-parts-failed"))
            data-say-given-up=(w.t("returns-parts-given-up")) data-say-pause=(w.t("returns-parts-pause"))
            data-say-resume=(w.t("returns-parts-resume")) data-say-give-up=(w.t("returns-parts-give-up"))
            data-say-progress=(w.t("returns-parts-progress")) {
            ul class="ds_no-bullets" {}
            p role="status" aria-live="polite" {}
        }
    }
}

fn decision(visitor: &Visitor, scope: &Scope, r: &Request, shown: &Shown) -> Markup {
    let w = visitor.words();
    let decision = Decision {
        base: scope.href(&format!("returns/requests/{}", r.id)),
        version: r.version,
        accept: (r.state == RequestState::Submitted).then_some("returns-documents-accept"),
        back: "returns-documents-send-back",
        hint: "returns-documents-send-back-hint",
    };
    html! {
        h2 { (w.t("returns-decision")) }
        @match r.state {
            RequestState::Submitted => (decision.forms(visitor, &shown.typed, &shown.problems)),
            RequestState::NotHeld => {
                p { (w.t("returns-not-held-stands")) }
                (decision.forms(visitor, &shown.typed, &shown.problems))
            }
            RequestState::Asked | RequestState::InProgress | RequestState::SentBack | RequestState::Accepted
            | RequestState::Withdrawn => {
                (not_offered(&w.t("returns-decide-not-yet"), &[w.t("returns-nothing-to-decide")]))
            }
        }
    }
}
