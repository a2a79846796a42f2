//! The room's first page: what of it is open to the person.

use keyline_domain::access::Action;
use keyline_store::inspections;
use maud::{Markup, html};

use crate::components::{card, cards};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// What of the room is open to the person.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let mut doors: Vec<Markup> = Vec::new();
    let mut door = |action, path: &str, title: &str, text: &str| {
        if scope.grant.permits(action) {
            doors.push(card(&scope.href(path), &w.t(title), &html! { p { (w.t(text)) } }));
        }
    };
    door(Action::SeeSurveys, "voices/surveys", "voices-surveys", "voices-surveys-text");
    door(Action::AnswerContacts, "voices/contacts", "voices-contacts", "voices-contacts-text");
    door(Action::NoteSession, "voices/sessions", "voices-own-sessions", "voices-own-sessions-text");
    door(Action::SeeSessions, "voices/all-sessions", "voices-all-sessions", "voices-all-sessions-text");
    door(Action::UseDevice, "voices/devices", "voices-devices", "voices-devices-text");
    if doors.is_empty() {
        return Err(PageError::NOT_FOUND);
    }
    let body =
        html! { p class="kl_lead" { (w.t("voices-lead")) } (cards(&html! { @for d in &doors { (d) } })) };
    let title = w.t("room-voices");
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Voices, title, body)))
}
