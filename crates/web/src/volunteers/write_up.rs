//! A volunteer writes up a session: in their own voice, without anybody's name.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::{PlannedId, SessionId};
use keyline_operations::Refused;
use keyline_operations::volunteers::{self, OwnSession, WriteUp, write_up};
use maud::html;

use super::mine::{kind_title, layout};
use crate::components::{Field, button, form, hidden, not_offered, number_field, text_area, text_field};
use crate::concerns::raise_with_text;
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};
use crate::judgement::nobody_field;

async fn session(visitor: &Visitor, id: &str) -> Result<OwnSession, PageError> {
    let id: PlannedId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let own = volunteers::own(visitor.cx(), visitor.actor()).await?;
    own.sessions.into_iter().find(|s| s.planned.id == id).ok_or(PageError::NOT_FOUND)
}

/// The form. Who has not said yet whether they know anybody there does that first; what is written up already is changed
/// where it stands.
pub(super) async fn get(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let s = session(&visitor, &id).await?;
    let reference = &s.mine.inspection.reference;
    if !s.mine.standing.declared {
        return Ok(Redirect::to(&format!("/inspections/{reference}/interest")).into_response());
    }
    if let Some(note) = s.note {
        return Ok(Redirect::to(&written_up(&s, note)).into_response());
    }
    let why_not = match &s.planned {
        p if p.cancelled.is_some() => Some("planned-is-cancelled"),
        p if p.day > visitor.cx().today() => Some("planned-is-ahead"),
        _ => None,
    };
    if let Some(key) = why_not {
        let w = visitor.words();
        let body = html! {
            p class="kl_lead" { (kind_title(&visitor, &s)) ", " (w.date(s.planned.day)) }
            (not_offered(&w.t("my-write"), &[w.t(key)]))
        };
        return Ok(visitor.show(&layout(&visitor, w.t("my-write"), body, true)));
    }
    Ok(render(&visitor, &s, &Typed::default(), &Problems::default()))
}

fn written_up(s: &OwnSession, note: SessionId) -> String {
    format!("/inspections/{}/voices/sessions/{note}", s.mine.inspection.reference)
}

/// Keeps it.
pub(super) async fn post(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let s = session(&visitor, &id).await?;
    let input = WriteUp {
        planned: s.planned.id,
        audience: typed.get("audience").to_owned(),
        people: typed.parse("people").unwrap_or(0),
        note: typed.get("note").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match write_up(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to("/my?done=my-written").into_response()),
        // The form may have stood open while the inspection closed to them: nothing typed is lost.
        Err(Refused::DeclareFirst) => {
            Ok(render(&visitor, &s, &typed, &Problems::one(&visitor, "main-content", "my-declare-first")))
        }
        Err(refused) => Ok(render(&visitor, &s, &typed, &Problems::from_refusal(&visitor, refused)?)),
    }
}

fn render(visitor: &Visitor, s: &OwnSession, typed: &Typed, problems: &Problems) -> axum::response::Response {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let concern = format!("/inspections/{}/concern", s.mine.inspection.reference);
    let body = html! {
        p class="kl_lead" { (kind_title(visitor, s)) ", " (w.date(s.planned.day)) }
        @if let Some(note) = s.note { p { a href=(written_up(s, note)) { (w.t("my-written-change")) } } }
        @if !s.mine.standing.declared {
            p { a href=(format!("/inspections/{}/interest", s.mine.inspection.reference)) target="_blank" rel="noopener" { (w.t("my-declare")) span class="visually-hidden" { " " (w.t("new-tab")) } } }
        }
        p { (w.t("my-write-text")) }
        ul { @for n in 1..=3 { li { (w.t(&format!("my-write-{n}"))) } } }
        (form(&format!("/my/sessions/{}", s.planned.id), &html! {
            (text_field(&field("audience", "my-write-who").hint(w.t("my-write-who-hint")), "text"))
            (number_field(&field("people", "session-people")))
            (text_area(&field("note", "my-write-note").hint(w.t("my-write-note-hint")), 10))
            (nobody_field(visitor, typed, problems))
            (hidden("from_path", visitor.path()))
            (button(&w.t("my-write-save")))
            (raise_with_text(w, &concern, "note"))
        }))
    };
    let mut layout = layout(visitor, w.t("my-write"), body, true);
    layout.problems = problems.summary();
    visitor.show_as(problems.status(), &layout)
}
