//! Bringing volunteers into an inspection, and planning sessions with them.

use jiff::civil::{Date, Time};
use keyline_domain::access::{Action, Actor, Role};
use keyline_domain::concerns::required;
use keyline_domain::ids::{InspectionId, PersonId, PlannedId, VolunteerId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::volunteers::planned_day_problem;
use keyline_domain::volunteers::ready::Availability;
use keyline_domain::volunteers::stage::{Stage, may_meet};
use keyline_store::Source;
use keyline_store::inspections::members;
use keyline_store::volunteers::sessions::{self as rows, Part, Planned};
use keyline_store::volunteers::{self, Volunteer};
use serde_json::json;

use super::facts_of;
use crate::context::Cx;
use crate::inspections::may_have;
use crate::refused::{Refused, Result};

/// A volunteer as those who plan with them see them: name and time, and nothing else.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Who.
    pub volunteer: VolunteerId,
    /// Name of the account.
    pub name: String,
    /// When they have time.
    pub availability: Availability,
    /// Whether they are in the inspection.
    pub placed: bool,
    /// Whether they can be planned with now.
    pub stands: Stands,
}

/// Whether somebody can be planned with now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// They can.
    Ready,
    /// They have asked for a break.
    Pauses,
    /// They must not meet young people now. Why, only the participation lead knows.
    MayNot,
}

async fn with_account(source: &mut impl Source) -> Result<Vec<(Volunteer, PersonId, Stands)>> {
    let training = volunteers::training_of_all(source).await?;
    let stands = |v: &Volunteer| {
        let done = training.get(&v.id).map(Vec::as_slice).unwrap_or_default();
        match v.stage {
            Stage::Paused => Some(Stands::Pauses),
            Stage::Welcomed if may_meet(v.stage, facts_of(v, done)) => Some(Stands::Ready),
            Stage::Welcomed => Some(Stands::MayNot),
            _ => None,
        }
    };
    let all = volunteers::list(source).await?;
    let with_account = |v: Volunteer| {
        let (person, stands) = (v.person?, stands(&v)?);
        Some((v, person, stands))
    };
    Ok(all.into_iter().filter_map(with_account).collect())
}

/// The volunteers who take part or pause, with whether they are in the inspection.
///
/// # Errors
/// [`Refused::Hidden`] for whoever may not plan with volunteers there.
pub async fn beside(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Vec<Beside>> {
    cx.grant(actor, inspection, Action::PlaceVolunteers).await?;
    let mut reader = cx.read().await?;
    let here = rows::taking_part(&mut reader, Some(inspection)).await?;
    Ok(with_account(&mut reader)
        .await?
        .into_iter()
        .map(|(v, _, stands)| Beside {
            stands,
            placed: here.iter().any(|t| t.volunteer == v.id),
            volunteer: v.id,
            name: v.name.unwrap_or_default(),
            availability: v.availability,
        })
        .collect())
}

/// Brings a welcomed volunteer into an inspection, as such. It opens to them after their declaration of interest. Audit entry
/// `member.added`.
///
/// # Errors
/// [`Refused::Fields`] for who is not welcomed, pauses, must not meet young people now, has the role already, or stands on
/// the other side.
pub async fn place_volunteer(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    volunteer: Option<VolunteerId>,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::PlaceVolunteers).await?;
    let all = with_account(&mut work.tx).await?;
    let (_, person, _) = all
        .into_iter()
        .find(|(v, _, stands)| Some(v.id) == volunteer && *stands == Stands::Ready)
        .ok_or_else(|| Refused::field("volunteer", "problem-choose"))?;
    let role = Role::YoungInspectionVolunteer;
    may_have(&mut work.tx, inspection, person, role, "volunteer").await?;
    members::add(&mut work.tx, inspection, person, role, None, work.now).await?;
    work.record("member.added", person, json!({ "role": role })).await?;
    work.commit().await
}

/// A session to be planned.
#[derive(Debug, Clone)]
pub struct PlanSession {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the programme's session kinds.
    pub kind: String,
    /// The day.
    pub day: Option<Date>,
    /// When it begins: `14:00`.
    pub starts: String,
    /// Where it is held.
    pub place: String,
    /// The volunteers, each with whether they lead it.
    pub volunteers: Vec<(VolunteerId, bool)>,
}

/// Plans a session with volunteers. Audit entry `planned-session.added`.
///
/// # Errors
/// [`Refused::Fields`] for a kind in which no volunteer may take part, a day that has been or is more than a year away, a time
/// that is none, and volunteers who are not in the inspection, pause, or must not meet young people now.
pub async fn plan_session(cx: &Cx, actor: &Actor, input: PlanSession) -> Result<PlannedId> {
    let mut work = cx.work(actor, input.inspection, Action::PlaceVolunteers).await?;
    let inspection = work.inspection().await?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
    if !cx.programme(&inspection)?.session_kind(&input.kind).is_some_and(|kind| kind.volunteers) {
        wrong("kind", "problem-choose");
    }
    match input.day {
        None => wrong("day", "problem-date"),
        Some(day) => problems.extend(planned_day_problem(day, work.today())),
    }
    let mut wrong = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
    let starts = Time::strptime("%H:%M", input.starts.trim()).ok();
    if starts.is_none() {
        wrong("starts", "problem-time");
    }
    let here = rows::taking_part(&mut work.tx, Some(inspection.id)).await?;
    let all_here = input.volunteers.iter().all(|(id, _)| here.iter().any(|t| t.volunteer == *id));
    if input.volunteers.is_empty() || !all_here {
        wrong("volunteer", "planned-nobody");
    } else {
        let all = with_account(&mut work.tx).await?;
        let ready = |id: &VolunteerId| all.iter().any(|(v, _, s)| v.id == *id && *s == Stands::Ready);
        if !input.volunteers.iter().all(|(id, _)| ready(id)) {
            wrong("volunteer", "planned-not-ready");
        }
    }
    problems.extend(required("place", &input.place, 200));
    let (Some(day), Some(starts), true) = (input.day, starts, problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let planned = Planned {
        id: PlannedId::new(work.now, cx.random()),
        inspection: inspection.id,
        kind: input.kind,
        day,
        starts: starts.strftime("%H:%M").to_string(),
        place: input.place.trim().to_owned(),
        cancelled: None,
        volunteers: input
            .volunteers
            .into_iter()
            .map(|(volunteer, leads)| Part { volunteer, name: String::new(), leads, note: None })
            .collect(),
        version: 1,
    };
    rows::add(&mut work.tx, &planned).await?;
    let detail = json!({ "kind": planned.kind, "day": planned.day, "volunteers": planned.volunteers.len() });
    work.record("planned-session.added", planned.id, detail).await?;
    work.commit().await?;
    Ok(planned.id)
}

/// A session that does not take place.
#[derive(Debug, Clone)]
pub struct CancelSession {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub planned: PlannedId,
    /// Why.
    pub reason: String,
}

/// Says that a planned session does not take place; it stays on the volunteers' pages with the reason. Audit entry
/// `planned-session.cancelled`.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::Hidden`] for one that is not planned here.
pub async fn cancel_session(cx: &Cx, actor: &Actor, input: CancelSession) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlaceVolunteers).await?;
    if let Some(problem) = required("cancel_reason", &input.reason, 300) {
        return Err(Refused::Fields(vec![problem]));
    }
    let grant = work.grant.clone();
    if !rows::cancel(&mut work.tx, &grant, input.planned, input.reason.trim()).await? {
        return Err(Refused::Hidden);
    }
    work.record("planned-session.cancelled", input.planned, json!({})).await?;
    work.commit().await
}
