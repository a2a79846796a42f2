//! The requests that a person of the partnership holds, for people who see nothing else of the returns.

use keyline_domain::access::Action;
use keyline_domain::returns::Act;
use keyline_store::inspections;
use keyline_store::returns::{Request, list_requests};
use maud::{Markup, html};

use super::request_state;
use crate::components::{button_secondary, empty_state, form, tag};
use crate::evidence::Titles;
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let person = scope.grant.person_id().ok_or(PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let requests = list_requests(&mut reader, &scope.grant).await?;
    let titles = Titles::of(&visitor, &inspection)?;
    let mine: Vec<&Request> = requests.iter().filter(|r| r.owner == Some(person)).collect();
    let room = if scope.grant.permits(Action::SeeReturns) { Room::Returns } else { Room::Mine };
    let body = html! {
        p class="kl_lead" { (w.t("mine-lead")) }
        @if mine.is_empty() { (empty_state(&w.t("mine-empty-title"), &w.t("mine-empty-text"), None)) }
        @for r in mine { (one(&visitor, &scope, &titles, r)) }
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, room, w.t("mine-title"), body)))
}

fn one(visitor: &Visitor, scope: &Scope, titles: &Titles<'_>, r: &Request) -> Markup {
    let w = visitor.words();
    let (tone, state) = request_state(visitor, r);
    html! {
        section {
            h2 { (r.title) }
            p { (tag(tone, &state)) " " (w.with("returns-due", &[("day", &w.date(r.due_on))])) }
            p { (r.purpose) }
            @if !r.indicators.is_empty() {
                ul { @for n in &r.indicators { li { (titles.indicator(n)) } } }
            }
            @if let Some(reason) = &r.reason { p class="kl_pre" { (reason) } }
            @if r.state.after(Act::Begin).is_ok() {
                (form(&scope.href(&format!("returns/requests/{}/begin", r.id)), &button_secondary(&w.t("returns-begin"))))
            }
        }
    }
}
