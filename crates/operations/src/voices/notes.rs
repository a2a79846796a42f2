//! Noting a session: a focus group, a talk, a discussion, an observation.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Grant, Role};
use keyline_domain::concerns::too_long;
use keyline_domain::ids::{InspectionId, SessionId};
use keyline_domain::inspections::way::Step;
use keyline_domain::programmes::Programme;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::people;
use keyline_store::voices::engagements::{self, Engagement};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Most characters of a note: what is noted is read whole, and a slip of the hand pastes a book.
const NOTE_LIMIT: usize = 20_000;
/// Most characters of who was met and of who took part.
const AUDIENCE_LIMIT: usize = 300;

/// A session and what was noted.
#[derive(Debug, Clone)]
pub struct NoteSession {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the programme's session kinds.
    pub kind: String,
    /// Day.
    pub held_on: Date,
    /// Who was met, in words.
    pub audience: String,
    /// How many took part.
    pub people: i64,
    /// Designations of staff who took part; may be empty.
    pub designations: String,
    /// The note.
    pub note: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Whether a session of this kind can be noted by whoever acts: the programme has it, and somebody who is a volunteer and
/// nothing else notes only those in which volunteers take part.
pub fn may_note(programme: &Programme, grant: &Grant, kind: &str) -> bool {
    let volunteer =
        !grant.roles().is_empty() && grant.roles().iter().all(|role| *role == Role::YoungInspectionVolunteer);
    programme.session_kind(kind).is_some_and(|kind| kind.volunteers || !volunteer)
}

fn check(cx: &Cx, input: &NoteSession, known: bool) -> Result<()> {
    let mut problems = Vec::new();
    problems.extend(too_long("audience", &input.audience, AUDIENCE_LIMIT));
    problems.extend(too_long("designations", &input.designations, AUDIENCE_LIMIT));
    problems.extend(too_long("note", &input.note, NOTE_LIMIT));
    let mut wrong = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
    if !known {
        wrong("kind", "problem-choose");
    }
    if input.held_on > cx.today() {
        wrong("held_on", "problem-day-to-come");
    }
    if input.audience.trim().is_empty() {
        wrong("audience", "problem-required");
    }
    if !(1..=500).contains(&input.people) {
        wrong("people", "problem-people");
    }
    if input.note.trim().is_empty() {
        wrong("note", "problem-required");
    }
    let texts = [
        ("audience", input.audience.as_str()),
        ("designations", input.designations.as_str()),
        ("note", input.note.as_str()),
    ];
    problems.extend(identifiers::problems(&texts, input.identifies_nobody));
    if problems.is_empty() { Ok(()) } else { Err(Refused::Fields(problems)) }
}

/// Notes a session. Audit entry `session.noted`, without the note.
///
/// # Errors
/// [`Refused::Fields`], also for an identifier in the texts, and for a volunteer who notes a kind of session in which volunteers
/// take no part; [`Refused::NotNow`] before the notification or once the draft has gone.
pub async fn note_session(cx: &Cx, actor: &Actor, input: NoteSession) -> Result<SessionId> {
    let mut work = cx.work(actor, input.inspection, Action::NoteSession).await?;
    let id = note_in(cx, &mut work, &input).await?;
    work.commit().await?;
    Ok(id)
}

/// The same within the unit of work of another verb, which commits.
pub(crate) async fn note_in(cx: &Cx, work: &mut Work, input: &NoteSession) -> Result<SessionId> {
    work.require(Step::NoteSessions).await?;
    let inspection = work.inspection().await?;
    check(cx, input, may_note(cx.programme(&inspection)?, &work.grant, &input.kind))?;
    let id = SessionId::new(work.now, cx.random());
    let row = Engagement {
        id,
        kind: input.kind.clone(),
        held_on: input.held_on,
        audience: input.audience.trim().to_owned(),
        people: input.people,
        designations: input.designations.trim().to_owned(),
        note: input.note.trim().to_owned(),
        written_by: work.person()?,
        writer: String::new(),
        own_voice: false,
        written_at: work.now,
        version: 1,
    };
    engagements::add(&mut work.tx, &work.grant, &row).await?;
    work.record("session.noted", id, json!({ "kind": input.kind, "people": input.people })).await?;
    Ok(id)
}

/// A changed note.
#[derive(Debug, Clone)]
pub struct ChangeNote {
    /// Which.
    pub session: SessionId,
    /// The version it was read at.
    pub version: i64,
    /// What it is to say.
    pub note: NoteSession,
}

/// Changes the own note. Audit entry `session.changed`.
///
/// # Errors
/// [`Refused::Stale`] with the text that stands there when somebody saved in between; [`Refused::Hidden`] for somebody
/// else's note.
pub async fn change_note(cx: &Cx, actor: &Actor, input: ChangeNote) -> Result<()> {
    let mut work = cx.work(actor, input.note.inspection, Action::NoteSession).await?;
    work.require(Step::NoteSessions).await?;
    let inspection = work.inspection().await?;
    let found = engagements::find(&mut work.tx, &work.grant, input.session).await?.ok_or(Refused::Hidden)?;
    if found.written_by != work.person()? {
        return Err(Refused::Hidden);
    }
    check(cx, &input.note, may_note(cx.programme(&inspection)?, &work.grant, &input.note.kind))?;
    if found.version != input.version {
        let by = people::find(&mut work.tx, found.written_by).await?.map_or_else(String::new, |a| a.name);
        return Err(Refused::Stale { theirs: found.note, by, version: found.version });
    }
    let row = Engagement {
        kind: input.note.kind,
        held_on: input.note.held_on,
        audience: input.note.audience.trim().to_owned(),
        people: input.note.people,
        designations: input.note.designations.trim().to_owned(),
        note: input.note.note.trim().to_owned(),
        written_at: work.now,
        ..found
    };
    engagements::save(&mut work.tx, &work.grant, &row).await?;
    work.record("session.changed", row.id, json!({})).await?;
    work.commit().await
}
