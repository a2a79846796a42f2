//! The room's first page: where the return and each request stand.

use std::collections::HashMap;

use jiff::civil::Date;
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::ids::PersonId;
use keyline_domain::inspections::way::{Offer, Progress, ReturnState, Step, offer};
use keyline_domain::returns::RequestState;
use keyline_domain::returns::statement::StatementState;
use keyline_operations::returns::{already_held, answering, seen_statement};
use keyline_operations::view;
use keyline_store::inspections::{self, members};
use keyline_store::returns::{Held, Request, Submission, SubmissionState, list_requests, list_submissions};
use maud::{Markup, html};

use super::problems::count;
use super::statement::state_tag;
use super::{by_at, due, offered, request_state, return_tag, sent_back, submission_tag};
use crate::components::{
    Column, Task, Tone, data_table, empty_state, link_button, link_button_secondary, not_offered,
    progress_bar, tag, task_list,
};
use crate::evidence::Titles;
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let page = Page {
        visitor: &visitor,
        scope: &scope,
        progress: view::progress(visitor.cx(), &mut reader, &inspection).await?,
        names: members::names(&mut reader, &scope.grant).await?,
        due: due(&visitor, &mut reader, &scope, &inspection).await?,
        held: already_held(visitor.cx(), &mut reader, &scope.grant, &inspection).await?,
    };
    let submissions = list_submissions(&mut reader, &scope.grant).await?;
    let requests = list_requests(&mut reader, &scope.grant).await?;
    let statement = seen_statement(&mut reader, &scope.grant).await?;
    let statement = statement.map_or(StatementState::Writing, |s| s.stands.state);
    let titles = Titles::of(&visitor, &inspection)?;
    let body = html! {
        p class="kl_lead" { (w.t("returns-lead")) }
        @if scope.grant.permits(Action::DelegateRequest) {
            p { (link_button(&scope.href("returns/coordinator"), &w.t("coordinator-title"))) }
        }
        @if requests.iter().any(|r| r.owner.is_some() && r.owner == scope.grant.person_id()) {
            p { a href=(scope.href("returns/mine")) { (w.t("mine-title")) } }
        }
        p { a href=(scope.href("returns/search")) { (w.t("search-title")) } }
        @if scope.grant.permits(Action::SeeBurden) {
            p { a href=(scope.href("returns/burden")) { (w.t("burden-title")) } }
        }
        (page.pre_inspection(&submissions))
        @if titles.programme.position_statement.is_some() {
            h2 { (w.t("statement-title")) }
            p { (state_tag(&visitor, statement)) " " a href=(scope.href("returns/statement")) { (w.t("statement-look")) } }
        }
        (page.documents(&titles, &requests))
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Returns, w.t("room-returns"), body)))
}

struct Page<'a> {
    visitor: &'a Visitor,
    scope: &'a Scope,
    progress: Progress,
    names: HashMap<PersonId, String>,
    due: Option<Date>,
    held: Vec<Held>,
}

impl Page<'_> {
    fn t(&self, key: &str) -> String {
        self.visitor.words().t(key)
    }

    fn href(&self, rest: &str) -> String {
        self.scope.href(&format!("returns/{rest}"))
    }

    fn offer(&self, step: Step) -> Offer {
        offer(step, &self.progress, self.visitor.cx().now())
    }

    fn pre_inspection(&self, submissions: &[Submission]) -> Markup {
        let w = self.visitor.words();
        let state = self.progress.pre_inspection_return;
        let open = matches!(state, ReturnState::Awaited | ReturnState::SentBack);
        let late = open && self.due.is_some_and(|day| day < self.visitor.cx().today());
        let latest = submissions.iter().find(|s| s.state != SubmissionState::Refused);
        let may_send = self.scope.grant.permits(Action::SubmitReturn);
        let may_decide = self.scope.grant.permits(Action::DecideReturn);
        html! {
            h2 { (w.t("returns-pre-inspection")) }
            p {
                (return_tag(self.visitor, state)) " "
                @if late { (tag(Tone::Bad, &w.t("returns-late"))) " " }
                @match self.due {
                    Some(day) => (w.with("returns-due", &[("day", &w.date(day))])),
                    None => (w.t("returns-due-unknown")),
                }
            }
            @if let Some(latest) = latest.filter(|s| s.state == SubmissionState::SentBack) {
                (sent_back(self.visitor, &self.names, latest))
            }
            @if may_send && open {
                (offered(self.visitor, &self.offer(Step::SubmitReturn), "returns-send-not-yet", "step-done-already",
                    &html! { p { (link_button(&self.href("pre-inspection-return"), &w.t("returns-send"))) } }))
            } @else {
                @if let Some(waits) = latest.filter(|s| may_decide && s.state == SubmissionState::Submitted) {
                    p { (link_button(&self.href(&format!("submissions/{}", waits.id)), &w.t("returns-decide"))) }
                }
                p { a href=(self.href("pre-inspection-return")) { (w.t("returns-what-belongs")) } }
            }
            (self.history(submissions))
        }
    }

    fn history(&self, submissions: &[Submission]) -> Markup {
        let w = self.visitor.words();
        let rows: Vec<Vec<Markup>> = submissions
            .iter()
            .map(|s| {
                let name = s.submitted_by.and_then(|p| self.names.get(&p)).map_or("", String::as_str);
                vec![
                    html! { a href=(self.href(&format!("submissions/{}", s.id))) { (w.date_time(&in_london(s.submitted_at))) } },
                    html! { (name) },
                    html! { (s.rows) },
                    submission_tag(self.visitor, s.state),
                    self.outcome(s),
                ]
            })
            .collect();
        let titles =
            ["returns-sent-at", "returns-sent-by", "returns-rows", "returns-state", "returns-outcome"]
                .map(|key| w.t(key));
        let columns = [
            Column::text(&titles[0]),
            Column::text(&titles[1]),
            Column::number(&titles[2]),
            Column::text(&titles[3]),
            Column::text(&titles[4]),
        ];
        html! {
            @if rows.is_empty() {
                (empty_state(&w.t("returns-nothing-sent-title"), &w.t("returns-nothing-sent-text"), None))
            } @else { (data_table(&w.t("returns-history"), &columns, &rows)) }
        }
    }

    fn outcome(&self, s: &Submission) -> Markup {
        let w = self.visitor.words();
        let decided = s.decided_at.map(|at| by_at(self.visitor, &self.names, s.decided_by, at));
        match s.state {
            SubmissionState::Refused => {
                html! { (w.with("returns-problems", &[("count", &count(s.problems.iter().map(|p| &p.reason)))])) }
            }
            SubmissionState::Submitted => html! { (w.t("returns-waits")) },
            SubmissionState::SentBack => html! { (s.reason.as_deref().unwrap_or_default()) },
            SubmissionState::Accepted => html! { (decided.unwrap_or_default()) },
        }
    }

    fn documents(&self, titles: &Titles<'_>, requests: &[Request]) -> Markup {
        let w = self.visitor.words();
        let total = requests.iter().filter(|r| r.state != RequestState::Withdrawn).count() as u64;
        let answered = total.saturating_sub(u64::from(self.progress.requests_open));
        let tasks: Vec<Task> = requests.iter().map(|r| self.task(titles, r)).collect();
        html! {
            h2 { (w.t("returns-documents")) }
            @if requests.is_empty() {
                (empty_state(&w.t("returns-no-requests-title"), &w.t("returns-no-requests-text"), None))
            } @else {
                (progress_bar("answered", &w.t("returns-answered-label"), answered, total,
                    &w.with("returns-answered", &[("answered", &answered), ("total", &total)])))
            }
            @if self.scope.grant.permits(Action::RequestDocument) {
                @if self.progress.notified_on.is_some() {
                    p { (link_button_secondary(&self.href("requests/new"), &w.t("returns-ask"))) }
                } @else { (not_offered(&w.t("returns-ask-not-yet"), &[w.t("wait-notified")])) }
            }
            @if let (true, Offer::NotYet(reasons)) =
                (self.scope.grant.permits(Action::UploadDocument), self.offer(Step::UploadDocuments)) {
                (not_offered(&self.t("returns-upload-not-yet"),
                    &reasons.iter().map(|r| self.visitor.sentence(r)).collect::<Vec<_>>()))
            }
            @if !tasks.is_empty() { (task_list(&tasks)) }
        }
    }

    // What was given elsewhere is named to those alone who can do something with it.
    fn may_reuse(&self) -> bool {
        [Action::RequestDocument, Action::UploadDocument].iter().any(|a| self.scope.grant.permits(*a))
    }

    fn task(&self, titles: &Titles<'_>, request: &Request) -> Task {
        let w = self.visitor.words();
        let (tone, state) = request_state(self.visitor, request);
        let note = html! {
            (request.purpose) br;
            (w.with("returns-due", &[("day", &w.date(request.due_on))]))
            @if let Some(owner) = request.owner.and_then(|p| self.names.get(&p)) {
                br; (w.with("returns-held-by", &[("name", owner)]))
            }
            @if self.may_reuse() && request.state.is_open() && !answering(&self.held, request).is_empty() {
                br; (tag(Tone::Active, &w.t("held-tag")))
            }
            @for n in &request.indicators { br; (titles.indicator(n)) }
        };
        (request.title.clone(), Some(self.href(&format!("requests/{}", request.id))), tone, state, Some(note))
    }
}
