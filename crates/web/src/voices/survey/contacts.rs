//! People who ask to be contacted after a survey. What they left is apart from every answer.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_operations::voices::{answer_contact, read_contacts};
use keyline_store::inspections;
use keyline_store::voices;
use maud::html;

use crate::components::{Tone, button, callout, empty_state, form, tag};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The list. Each look at it is in the audit trail.
pub(in crate::voices) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let wishes = read_contacts(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let surveys = voices::list(&mut reader, &scope.grant).await?;
    let title_of = |id| surveys.iter().find(|s| s.id == id).map_or_else(String::new, |s| s.title.clone());
    let body = html! {
        p class="kl_lead" { (w.t("contacts-lead")) }
        @if wishes.is_empty() { (empty_state(&w.t("contacts-empty-title"), &w.t("contacts-empty-text"), None)) }
        @for wish in &wishes {
            (callout(&title_of(wish.survey), &html! {
                p {
                    @if wish.done_by.is_some() { (tag(Tone::Good, &w.t("contacts-done"))) }
                    @else { (tag(Tone::Active, &w.t("contacts-waits"))) }
                    " " (w.date(wish.day))
                }
                p class="kl_pre" { (wish.text) }
                @if wish.done_by.is_none() {
                    (form(&scope.href(&format!("voices/contacts/{}", wish.id)), &button(&w.t("contacts-mark"))))
                }
            }))
        }
    };
    let mut layout = frame(&visitor, &scope, &inspection, Room::Voices, w.t("voices-contacts"), body);
    layout.breadcrumbs = vec![(scope.href("voices"), w.t("room-voices"))];
    Ok(visitor.show(&layout))
}

/// Says that somebody has been contacted.
pub(in crate::voices) async fn done(
    visitor: Visitor,
    scope: Scope,
    Path((_, contact)): Path<(String, String)>,
) -> PageResult {
    let id = contact.parse().map_err(|_| PageError::NOT_FOUND)?;
    answer_contact(visitor.cx(), visitor.actor(), scope.grant.inspection(), id).await?;
    Ok(Redirect::to(&scope.href("voices/contacts?done=contact-answered")).into_response())
}
