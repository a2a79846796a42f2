//! Returns: what the partnership sends, and what becomes of it. The pre-inspection return with its checks, and the
//! documents against requests.
//!
//! Everything that a person may open but not do is shown without its controls; a step that is not offered says why.

mod ask;
mod burden;
mod came;
mod change;
mod columns;
mod coordinator;
mod decide;
mod delegate;
mod download;
mod handed;
mod held;
mod key;
mod look;
mod marks;
mod mine;
mod overview;
mod pre_inspection;
mod problems;
mod receive;
mod request;
mod rows;
mod search;
mod statement;
mod statement_write;
mod submission;
mod tus;
mod wanted;
mod withdraw;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::ids::PersonId;
use keyline_domain::inspections::way::{Offer, ReturnState};
use keyline_domain::returns::RequestState;
use keyline_operations::inspections::dated_plan;
use keyline_store::Source;
use keyline_store::inspections::Inspection;
use keyline_store::returns::{Request, Submission, SubmissionState};
use maud::{Markup, html};

use crate::components::{Tone, inset, not_offered, tag};
use crate::frame::{Gate, PageResult, Routes, Scope, Visitor};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeReturns);
    let submit = Gate::Inspection(Action::SubmitReturn);
    let decide = Gate::Inspection(Action::DecideReturn);
    let ask = Gate::Inspection(Action::RequestDocument);
    let upload = Gate::Inspection(Action::UploadDocument);
    let write = Gate::Inspection(Action::WritePositionStatement);
    let judge = Gate::Inspection(Action::DecidePositionStatement);
    let weigh = Gate::Inspection(Action::SeeBurden);
    let hand = Gate::Inspection(Action::DelegateRequest);
    let hold = Gate::Inspection(Action::HoldRequest);
    r.get("/inspections/{inspection}/returns", see, overview::get)
        .get("/inspections/{inspection}/returns/pre-inspection-return", see, pre_inspection::get)
        .post_files("/inspections/{inspection}/returns/pre-inspection-return", submit, pre_inspection::post)
        .get("/inspections/{inspection}/returns/empty.xlsx", see, download::empty_workbook)
        .get("/inspections/{inspection}/returns/empty.csv", see, download::empty_csv)
        .get("/inspections/{inspection}/returns/key", Gate::Inspection(Action::FindLabel), key::get)
        .post("/inspections/{inspection}/returns/key", Gate::Inspection(Action::FindLabel), key::post)
        .get("/inspections/{inspection}/returns/submissions/{submission}", see, submission::get)
        .post("/inspections/{inspection}/returns/submissions/{submission}/accept", decide, submission::accept)
        .post(
            "/inspections/{inspection}/returns/submissions/{submission}/send-back",
            decide,
            submission::back,
        )
        .get("/inspections/{inspection}/returns/submissions/{submission}/rows", see, rows::get)
        .get("/inspections/{inspection}/returns/requests/new", ask, ask::get)
        .post("/inspections/{inspection}/returns/requests/new", ask, ask::post)
        .get("/inspections/{inspection}/returns/requests/{request}", see, request::get)
        .post_files("/inspections/{inspection}/returns/requests/{request}/documents", upload, receive::post)
        .post("/inspections/{inspection}/returns/requests/{request}/not-held", upload, request::not_held)
        .post("/inspections/{inspection}/returns/requests/{request}/accept", decide, request::accept)
        .post("/inspections/{inspection}/returns/requests/{request}/send-back", decide, request::back)
        .get("/inspections/{inspection}/returns/requests/{request}/change", ask, change::get)
        .post("/inspections/{inspection}/returns/requests/{request}/change", ask, change::post)
        .post("/inspections/{inspection}/returns/requests/{request}/withdraw", ask, change::withdraw)
        .post("/inspections/{inspection}/returns/requests/{request}/begin", hold, change::begin)
        .post("/inspections/{inspection}/returns/requests/{request}/reuse/ask", ask, held::ask)
        .post("/inspections/{inspection}/returns/requests/{request}/reuse/give", upload, held::give)
        .post("/inspections/{inspection}/returns/requests/{request}/reuse/decline", upload, held::decline)
        .post("/inspections/{inspection}/returns/requests/{request}/hours", upload, burden::say)
        .get("/inspections/{inspection}/returns/burden", weigh, burden::get)
        .get("/inspections/{inspection}/returns/burden.csv", weigh, burden::csv)
        .get("/inspections/{inspection}/returns/mine", hold, mine::get)
        .get("/inspections/{inspection}/returns/coordinator", hand, coordinator::get)
        .post("/inspections/{inspection}/returns/requests/{request}/delegate", hand, delegate::post)
        .post("/inspections/{inspection}/returns/delegations/{delegation}/end", hand, delegate::end)
        .post("/inspections/{inspection}/returns/delegations/{delegation}/pass-on", hand, delegate::pass)
        .get("/inspections/{inspection}/returns/proposals/{document}", hand, delegate::proposal)
        .post("/inspections/{inspection}/returns/proposals/{document}/put-aside", hand, delegate::aside)
        .get("/inspections/{inspection}/returns/statement", see, statement::get)
        .get("/inspections/{inspection}/returns/statement/versions/{version}", see, statement::version)
        .get("/inspections/{inspection}/returns/statement/document", see, statement::document)
        .get("/inspections/{inspection}/returns/statement/write", write, statement_write::get)
        .post("/inspections/{inspection}/returns/statement/write", write, statement_write::post)
        .post_files("/inspections/{inspection}/returns/statement/upload", write, statement_write::upload)
        .post("/inspections/{inspection}/returns/statement/take-out", write, statement_write::take_out)
        .post("/inspections/{inspection}/returns/statement/submit", write, statement_write::submit)
        .post("/inspections/{inspection}/returns/statement/accept", judge, statement::accept)
        .post("/inspections/{inspection}/returns/statement/send-back", judge, statement::back)
        .get("/asked/{token}", Gate::Public, handed::get)
        .post_files("/asked/{token}/documents", Gate::Public, handed::documents)
        .post("/asked/{token}/not-held", Gate::Public, handed::not_held)
        .post("/asked/{token}/begin", Gate::Public, handed::begin)
        .get("/inspections/{inspection}/returns/documents/{document}", see, download::document)
        .get("/inspections/{inspection}/returns/documents/{document}/look", see, look::get)
        .get("/inspections/{inspection}/returns/search", see, search::get)
        .get(
            "/inspections/{inspection}/returns/requests/{request}/documents/{document}/withdraw",
            upload,
            withdraw::get,
        )
        .post(
            "/inspections/{inspection}/returns/requests/{request}/documents/{document}/withdraw",
            upload,
            withdraw::post,
        )
        .options("/inspections/{inspection}/returns/requests/{request}/uploads", upload, tus::options)
        .post_files("/inspections/{inspection}/returns/requests/{request}/uploads", upload, tus::create)
        .options("/inspections/{inspection}/returns/uploads/{upload}", upload, tus::options)
        .head("/inspections/{inspection}/returns/uploads/{upload}", upload, tus::look)
        .patch_files("/inspections/{inspection}/returns/uploads/{upload}", upload, tus::patch)
        .post_files("/inspections/{inspection}/returns/uploads/{upload}", upload, tus::overridden)
        .delete("/inspections/{inspection}/returns/uploads/{upload}", upload, tus::delete)
        .post("/inspections/{inspection}/returns/uploads/{upload}/give-up", upload, request::give_up)
}

/// The way back to the room's first page.
fn breadcrumbs(visitor: &Visitor, scope: &Scope) -> Vec<(String, String)> {
    vec![(scope.href("returns"), visitor.words().t("room-returns"))]
}

/// The day on which the return is due, once the plan is dated.
async fn due(
    visitor: &Visitor,
    source: &mut impl Source,
    scope: &Scope,
    inspection: &Inspection,
) -> PageResult<Option<Date>> {
    let cx = visitor.cx();
    let step = &cx.programme(inspection)?.pre_inspection_return.step;
    let dated = dated_plan(cx, source, &scope.grant, inspection).await?;
    Ok(dated.and_then(|d| d.plan.step(step).map(|s| s.span.to)))
}

/// Where the return stands, as a short state.
fn return_tag(visitor: &Visitor, state: ReturnState) -> Markup {
    let (tone, key) = match state {
        ReturnState::Awaited => (Tone::Neutral, "returns-state-awaited"),
        ReturnState::Submitted => (Tone::Active, "returns-state-submitted"),
        ReturnState::SentBack => (Tone::Warn, "returns-state-sent_back"),
        ReturnState::Accepted => (Tone::Good, "returns-state-accepted"),
    };
    tag(tone, &visitor.words().t(key))
}

/// What became of a submission, as a short state.
fn submission_tag(visitor: &Visitor, state: SubmissionState) -> Markup {
    let tone = match state {
        SubmissionState::Refused => Tone::Bad,
        SubmissionState::Submitted => Tone::Active,
        SubmissionState::SentBack => Tone::Warn,
        SubmissionState::Accepted => Tone::Good,
    };
    tag(tone, &visitor.words().t(&format!("returns-submission-{}", state.word())))
}

/// Where a request stands; what is open after its day is late.
fn request_state(visitor: &Visitor, request: &Request) -> (Tone, String) {
    let w = visitor.words();
    if request.state.is_open() && request.due_on < visitor.cx().today() {
        let word = w.t(&format!("returns-request-{}", request.state.word()));
        return (Tone::Bad, w.with("returns-request-late", &[("state", &word)]));
    }
    let tone = match request.state {
        RequestState::Asked | RequestState::Withdrawn => Tone::Neutral,
        RequestState::InProgress | RequestState::Submitted => Tone::Active,
        RequestState::SentBack => Tone::Warn,
        RequestState::Accepted | RequestState::NotHeld => Tone::Good,
    };
    (tone, w.t(&format!("returns-request-{}", request.state.word())))
}

/// Somebody's name and when, in one phrase.
fn by_at(
    visitor: &Visitor,
    names: &HashMap<PersonId, String>,
    by: Option<PersonId>,
    at: Timestamp,
) -> String {
    let w = visitor.words();
    let at = w.date_time(&in_london(at));
    match by.and_then(|person| names.get(&person)) {
        Some(name) => w.with("returns-by-at", &[("name", name), ("at", &at)]),
        None => at,
    }
}

/// Why the team sent a submission back.
fn sent_back(visitor: &Visitor, names: &HashMap<PersonId, String>, submission: &Submission) -> Markup {
    let at = submission.decided_at.unwrap_or(submission.submitted_at);
    said(
        visitor,
        "returns-sent-back-why",
        submission.reason.as_deref(),
        &by_at(visitor, names, submission.decided_by, at),
    )
}

/// Somebody's reason under what it is a reason for.
fn said(visitor: &Visitor, key: &str, reason: Option<&str>, by_at: &str) -> Markup {
    inset(&html! {
        p { strong { (visitor.words().t(key)) } br; (by_at) }
        p class="kl_pre" { (reason.unwrap_or_default()) }
    })
}

/// The control of a step when it is offered, and otherwise why not. `done` is said when the step has been done.
fn offered(visitor: &Visitor, offer: &Offer, title: &str, done: &str, control: &Markup) -> Markup {
    let w = visitor.words();
    match offer {
        Offer::Ready => control.clone(),
        Offer::Done => not_offered(&w.t(title), &[w.t(done)]),
        Offer::NotYet(reasons) => {
            let reasons: Vec<String> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            not_offered(&w.t(title), &reasons)
        }
    }
}
