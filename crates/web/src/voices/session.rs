//! Sessions: the own notes, a new one, changing one, and all notes for the team.

use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use keyline_domain::access::Action;
use keyline_domain::ids::SessionId;
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::voices::{
    ChangeNote, NoteSession, change_note, may_note, note_session, received_notes, remove_received_notes,
};
use keyline_operations::{Refused, view};
use keyline_store::inspections;
use keyline_store::voices::engagements::{self, Engagement};
use maud::{Markup, html};

use crate::components::{
    Button, Choice, DateTyped, Field, Kind, Tone, button, callout, compare, date_field, empty_state, form,
    hidden, link_button, not_offered, number_field, select, summary_list, tag, text_area, text_field,
    warning,
};
use crate::concerns::raise_with_text;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

/// The own notes.
pub(super) async fn list(visitor: Visitor, scope: Scope) -> PageResult {
    let person = scope.grant.person_id();
    notes(&visitor, &scope, person, "voices-own-sessions").await
}

/// All notes, for the team.
pub(super) async fn all(visitor: Visitor, scope: Scope) -> PageResult {
    notes(&visitor, &scope, None, "voices-all-sessions").await
}

async fn notes(
    visitor: &Visitor,
    scope: &Scope,
    only: Option<keyline_domain::ids::PersonId>,
    title: &str,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = cx.programme(&inspection)?;
    let notes = engagements::list(&mut reader, &scope.grant, only).await?;
    let progress = view::progress(cx, &mut reader, &inspection).await?;
    let kind = |key: &str| programme.session_kind(key).map_or(key.to_owned(), |k| k.title.clone());
    let received = if only.is_some() {
        received_notes(cx, visitor.actor(), scope.grant.inspection()).await?
    } else {
        Vec::new()
    };
    let body = html! {
        p class="kl_lead" { (w.t(&format!("{title}-text"))) }
        @if only.is_some() {
            @match offer(Step::NoteSessions, &progress, cx.now()) {
                Offer::NotYet(reasons) => (not_offered(&w.t("session-not-yet"), &reasons.iter().map(|r| visitor.sentence(r)).collect::<Vec<_>>())),
                _ => p { (link_button(&scope.href("voices/sessions/new"), &w.t("session-new"))) },
            }
        }
        @if !received.is_empty() { (super::received::section(visitor, scope, &received)) }
        @if notes.is_empty() { (empty_state(&w.t("sessions-empty-title"), &w.t("sessions-empty-text"), None)) }
        @for note in &notes {
            // Evidence that comes from this session leads here.
            div id=(note.id) { (callout(&format!("{}, {}", kind(&note.kind), w.date(note.held_on)), &html! {
                (summary_list(&[
                    (w.t("session-audience"), html! { (note.audience) }),
                    (w.t("session-people"), html! { (note.people) }),
                    (w.t("session-writer"), html! { (note.writer) }),
                ]))
                @if note.own_voice { p { (tag(Tone::Active, &w.t("session-own-voice"))) } }
                p class="kl_pre" { (note.note) }
                @if only.is_none() && note.own_voice && scope.grant.permits(Action::RecordEvidence) {
                    (form(&scope.href("evidence/from-text"), &html! {
                        (hidden("body", &note.note))
                        (hidden("source", note.id))
                        (hidden("describes_on", note.held_on))
                        (Button::new(&w.t("session-as-evidence")).kind(Kind::Link))
                    }))
                }
                @if only.is_some() {
                    p { a href=(scope.href(&format!("voices/sessions/{}", note.id))) { (w.t("session-change")) span class="visually-hidden" { " " (kind(&note.kind)) } } }
                }
            })) }
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Voices, w.t(title), body);
    layout.breadcrumbs = vec![(scope.href("voices"), w.t("room-voices"))];
    Ok(visitor.show(&layout))
}

/// Asks for a new note; filled in with what a device sent when the address ends in `?from=…`.
pub(super) async fn new(visitor: Visitor, scope: Scope, RawQuery(query): RawQuery) -> PageResult {
    let from =
        query.as_deref().and_then(|query| query.split('&').find_map(|part| part.strip_prefix("from=")));
    let typed = match from {
        Some(key) => {
            let received = received_notes(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
            let found = received.iter().find(|notes| notes.key == key).ok_or(PageError::NOT_FOUND)?;
            super::received::as_note(&visitor, found).ok_or(PageError::NOT_FOUND)?
        }
        None => Typed::default(),
    };
    edit_form(&visitor, &scope, None, &typed, &Problems::default(), None).await
}

/// Removes what the own device sent.
pub(super) async fn remove_received(
    visitor: Visitor,
    scope: Scope,
    Path((_, notes)): Path<(String, String)>,
) -> PageResult {
    remove_received_notes(visitor.cx(), visitor.actor(), scope.grant.inspection(), &notes).await?;
    Ok(Redirect::to(&scope.href("voices/sessions?done=received-removed")).into_response())
}

/// Notes a session.
pub(super) async fn create(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    match note_session(visitor.cx(), visitor.actor(), read(&scope, &typed)).await {
        Ok(_) => Ok(Redirect::to(&scope.href("voices/sessions?done=session-noted")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            edit_form(&visitor, &scope, None, &typed, &problems, None).await
        }
    }
}

fn read(scope: &Scope, typed: &Typed) -> NoteSession {
    NoteSession {
        inspection: scope.grant.inspection(),
        kind: typed.get("kind").to_owned(),
        // A day that cannot be read is as wrong as one that is still to come, and is said at the same field.
        held_on: DateTyped::of("held_on", |name| typed.get(name)).date().unwrap_or(Date::MAX),
        audience: typed.get("audience").to_owned(),
        people: typed.parse("people").unwrap_or(0),
        designations: typed.get("designations").to_owned(),
        note: typed.get("note").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    }
}

async fn own(visitor: &Visitor, scope: &Scope, session: &str) -> Result<Engagement, PageError> {
    let id: SessionId = session.parse().map_err(|_| PageError::NOT_FOUND)?;
    let found = engagements::find(&mut visitor.cx().read().await?, &scope.grant, id)
        .await?
        .ok_or(PageError::NOT_FOUND)?;
    if Some(found.written_by) == scope.grant.person_id() { Ok(found) } else { Err(PageError::NOT_FOUND) }
}

/// Shows the own note to be changed.
pub(super) async fn edit(
    visitor: Visitor,
    scope: Scope,
    Path((_, session)): Path<(String, String)>,
) -> PageResult {
    let note = own(&visitor, &scope, &session).await?;
    let typed = Typed::of([
        ("kind", note.kind.clone()),
        ("held_on-day", note.held_on.day().to_string()),
        ("held_on-month", note.held_on.month().to_string()),
        ("held_on-year", note.held_on.year().to_string()),
        ("audience", note.audience.clone()),
        ("people", note.people.to_string()),
        ("designations", note.designations.clone()),
        ("note", note.note.clone()),
        ("version", note.version.to_string()),
    ]);
    edit_form(&visitor, &scope, Some(note.id), &typed, &Problems::default(), None).await
}

/// Changes the own note; when it was changed in another window meanwhile, both texts are shown.
pub(super) async fn change(
    visitor: Visitor,
    scope: Scope,
    Path((_, session)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let note = own(&visitor, &scope, &session).await?;
    let input = ChangeNote {
        session: note.id,
        version: typed.parse("version").unwrap_or(0),
        note: read(&scope, &typed),
    };
    match change_note(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("voices/sessions?done=session-changed")).into_response()),
        Err(Refused::Stale { theirs, version, .. }) => {
            let none = Problems::default();
            edit_form(&visitor, &scope, Some(note.id), &typed, &none, Some((theirs, version))).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            edit_form(&visitor, &scope, Some(note.id), &typed, &problems, None).await
        }
    }
}

async fn edit_form(
    visitor: &Visitor,
    scope: &Scope,
    id: Option<SessionId>,
    typed: &Typed,
    problems: &Problems,
    stale: Option<(String, i64)>,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let mut kinds = vec![Choice::new("", w.t("choose-one"), typed.get("kind").is_empty())];
    kinds.extend(
        programme
            .session_kinds
            .iter()
            .filter(|k| may_note(programme, &scope.grant, &k.key))
            .map(|k| Choice::new(k.key.clone(), k.title.clone(), typed.get("kind") == k.key)),
    );
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let action = id
        .map_or_else(|| scope.href("voices/sessions/new"), |id| scope.href(&format!("voices/sessions/{id}")));
    let version = stale.as_ref().map_or_else(|| typed.get("version").to_owned(), |(_, v)| v.to_string());
    let both: Option<Markup> = stale.as_ref().map(|(theirs, _)| {
        html! {
            (warning(&w.t("title-problem"), &html! { p { (w.t("both-texts")) } }))
            (compare(&w.t("text-yours"), typed.get("note"), &w.t("text-theirs"), theirs))
        }
    });
    let body = html! {
        p { (w.t("session-rules")) }
        @if let Some(both) = &both { (both) }
        (form(&action, &html! {
            (hidden("version", &version))
            (select(&field("kind", "session-kind"), &kinds))
            (date_field(&field("held_on", "session-held-on"), &DateTyped::of("held_on", |name| typed.get(name)), w))
            (text_field(&field("audience", "session-audience").hint(w.t("session-audience-hint")), "text"))
            (number_field(&field("people", "session-people")))
            (text_field(&field("designations", "session-designations").hint(w.t("session-designations-hint")).optional(w), "text"))
            (text_area(&field("note", "session-note").hint(w.t("session-note-hint")), 12))
            (nobody_field(visitor, typed, problems))
            (hidden("from_path", visitor.path()))
            (button(&w.t("session-save")))
            (raise_with_text(w, &scope.href("concern"), "note"))
        }))
    };
    let title = w.t(if id.is_some() { "session-change" } else { "session-new" });
    let mut layout = frame(visitor, scope, &inspection, Room::Voices, title, body);
    layout.breadcrumbs = vec![
        (scope.href("voices"), w.t("room-voices")),
        (scope.href("voices/sessions"), w.t("voices-own-sessions")),
    ];
    layout.problems = problems.summary();
    let status = if stale.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}
