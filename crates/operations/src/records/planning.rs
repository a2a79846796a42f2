//! Planning the reading: days and hours, the draw of what is read twice, who may read health records.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::records::window::{Extension, Window, first_day};
use keyline_domain::records::{Draw, METHOD, draw_labels, new_seed};
use keyline_store::inspections::members;
use keyline_store::records::plan::{self, SetWindow, Twice};
use serde_json::json;

use super::ReadingNow;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Days and hours of reading.
#[derive(Debug, Clone, Copy)]
pub struct SetReadingWindow {
    /// Where.
    pub inspection: InspectionId,
    /// The first day, when it could be read.
    pub first_day: Option<Date>,
    /// From when on each day.
    pub opens: Option<Time>,
    /// Until when.
    pub closes: Option<Time>,
    /// The version that was looked at, 0 when nothing was set.
    pub version: i64,
}

/// Sets the days on which records are read, as many in a row as the programme says, and the hours. Audit entry
/// `reading.window-set`.
///
/// # Errors
/// [`Refused::Fields`] for a day that is over or no working day, or hours that end before they begin; [`Refused::NotNow`] once
/// a record was opened (from then on it is extended); [`Refused::Stale`].
pub async fn set_reading_window(cx: &Cx, actor: &Actor, input: SetReadingWindow) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let inspection = work.inspection().await?;
    let days = cx.programme(&inspection)?.record_reading.value.days;
    let (grant, today) = (work.grant.clone(), work.today());
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    if !now.readings.is_empty() {
        return Err(Refused::reason("reading-window-begun"));
    }
    not_stale(now.window.as_ref(), input.version)?;
    let calendar = cx.library.calendar(&inspection.area);
    let mut problems = Vec::new();
    let first =
        first_day(input.first_day, days, &calendar, today).map_err(|problem| problems.push(problem)).ok();
    let (opens, closes) = (input.opens, input.closes);
    for (field, time) in [("opens", opens), ("closes", closes)] {
        if time.is_none() {
            problems.push(FieldProblem::new(field, Reason::new("reading-problem-time")));
        }
    }
    if let (Some(opens), Some(closes)) = (opens, closes)
        && closes <= opens
    {
        problems.push(FieldProblem::new("closes", Reason::new("reading-problem-hours")));
    }
    let (Some(first_day), Some(opens), Some(closes), true) = (first, opens, closes, problems.is_empty())
    else {
        return Err(Refused::Fields(problems));
    };
    let window = Window { first_day, days, opens, closes, extension: None };
    let set = SetWindow { window, reason: String::new(), version: input.version };
    plan::save_window(&mut work.tx, input.inspection, &set).await?;
    let detail = json!({ "first_day": first_day, "days": days, "opens": opens, "closes": closes });
    work.record("reading.window-set", input.inspection, detail).await?;
    work.commit().await
}

/// Refuses when days and hours were changed since they were looked at.
fn not_stale(stands: Option<&SetWindow>, version: i64) -> Result<()> {
    let stands_at = stands.map_or(0, |s| s.version);
    if stands_at == version {
        return Ok(());
    }
    let said = |s: &SetWindow| format!("{}, {} – {}", s.window.first_day, s.window.opens, s.window.closes);
    Err(Refused::Stale {
        theirs: stands.map(said).unwrap_or_default(),
        by: String::new(),
        version: stands_at,
    })
}

/// More time for reading.
#[derive(Debug, Clone)]
pub struct ExtendReadingWindow {
    /// Where.
    pub inspection: InspectionId,
    /// From now on, and not only after the last day.
    pub at_once: bool,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Lets records be open beside the days and hours until an instant, from the end of the last day or from now on, with the reason.
/// Audit entry `reading.window-extended`.
///
/// # Errors
/// [`Refused::Fields`] for an instant that is over or before it would begin, or without a reason; [`Refused::NotNow`] before
/// days are set; [`Refused::Stale`].
pub async fn extend_reading_window(cx: &Cx, actor: &Actor, input: ExtendReadingWindow) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let grant = work.grant.clone();
    let Some(stands) = plan::window(&mut work.tx, &grant).await? else {
        return Err(Refused::reason("reading-window-none"));
    };
    not_stale(Some(&stands), input.version)?;
    let mut problems = Vec::new();
    // When the last day is over, there is no other beginning than now.
    let end = stands.window.hours().last().map_or(work.now, |hours| hours.1);
    let from = if input.at_once || end < work.now { work.now } else { end };
    let until = input.until.filter(|until| *until > from);
    if until.is_none() {
        problems.push(FieldProblem::new("until", Reason::new("reading-problem-until").with("end", from)));
    }
    let reason = reason_of(&input.reason, &mut problems);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let extension = until.map(|until| Extension { from, until });
    let window = Window { extension, ..stands.window.clone() };
    let set = SetWindow { window, reason: reason.clone(), version: input.version };
    plan::save_window(&mut work.tx, input.inspection, &set).await?;
    let detail = json!({ "from": from, "until": until, "reason": reason });
    work.record("reading.window-extended", input.inspection, detail).await?;
    work.commit().await
}

/// The reason without blanks around; a problem of the field when there is none.
pub(super) fn reason_of(typed: &str, problems: &mut Vec<FieldProblem>) -> String {
    let reason = typed.trim();
    if reason.is_empty() {
        problems.push(FieldProblem::new("reason", Reason::new("problem-reason")));
    }
    reason.to_owned()
}

/// How many records a second pair reads.
#[derive(Debug, Clone, Copy)]
pub struct DrawTwice {
    /// Where.
    pub inspection: InspectionId,
    /// How many, when it could be read.
    pub number: Option<u32>,
}

/// Draws, out of the records in use, those that a second pair reads as well, from a seed as the sample is drawn. Once.
/// Audit entry `reading.twice-drawn` with seed and labels.
///
/// # Errors
/// [`Refused::Fields`] for a number that cannot be; [`Refused::NotNow`] before the sample is drawn, or when it is done.
pub async fn draw_twice(cx: &Cx, actor: &Actor, input: DrawTwice) -> Result<Vec<String>> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    work.not_before(Step::ReadRecords).await?;
    let grant = work.grant.clone();
    if plan::twice(&mut work.tx, &grant).await?.is_some() {
        return Err(Refused::reason("reading-twice-drawn"));
    }
    let labels = ReadingNow::load(&mut work.tx, &grant).await?.in_use();
    let most = u32::try_from(labels.len()).unwrap_or(u32::MAX);
    let Some(size) = input.number.filter(|number| (1..=most).contains(number)) else {
        let reason = Reason::new("records-problem-number").with("population", most);
        return Err(Refused::Fields(vec![FieldProblem::new("number", reason)]));
    };
    let how = Draw { seed: new_seed(cx.random()), size, reserves: 0 };
    let drawn = draw_labels(&labels, &how).map_err(|reason| Refused::NotNow(vec![reason]))?.sample;
    let twice = Twice {
        seed: how.seed.clone(),
        method: METHOD.to_owned(),
        labels,
        drawn: drawn.clone(),
        drawn_by: work.grant.person_id(),
        drawn_at: work.now,
    };
    plan::add_twice(&mut work.tx, input.inspection, &twice).await?;
    let detail = json!({ "seed": how.seed, "method": METHOD, "number": size, "labels": drawn });
    work.record("reading.twice-drawn", input.inspection, detail).await?;
    work.commit().await?;
    Ok(drawn)
}

/// Whether a draw comes out of its seed again.
pub fn twice_again(twice: &Twice) -> bool {
    let size = u32::try_from(twice.drawn.len()).unwrap_or(0);
    let how = Draw { seed: twice.seed.clone(), size, reserves: 0 };
    twice.method == METHOD && draw_labels(&twice.labels, &how).is_ok_and(|again| again.sample == twice.drawn)
}

/// Somebody who is to read health records, or no longer.
#[derive(Debug, Clone)]
pub struct EntitleHealth {
    /// Where.
    pub inspection: InspectionId,
    /// Who.
    pub person: Option<PersonId>,
    /// Whether they are entitled from now on.
    pub entitled: bool,
    /// Why.
    pub reason: String,
}

/// Entitles somebody who reads to the health part of records, or ends it, with the reason. Nobody entitles themselves. Audit
/// entry `reading.health-entitled` or `reading.health-ended`.
///
/// # Errors
/// [`Refused::Fields`] for somebody who does not take part, for oneself, or without a reason.
pub async fn entitle_health(cx: &Cx, actor: &Actor, input: EntitleHealth) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let grant = work.grant.clone();
    let mut problems = Vec::new();
    let reason = reason_of(&input.reason, &mut problems);
    let members = members::list(&mut work.tx, &grant).await?;
    let person = input.person.filter(|person| {
        members
            .iter()
            .any(|m| m.person == *person && keyline_domain::access::permits(m.role, Action::SeeReadingPlan))
    });
    if person.is_none() {
        problems.push(FieldProblem::new("person", Reason::new("problem-choose")));
    } else if person == grant.person_id() && input.entitled {
        problems.push(FieldProblem::new("person", Reason::new("reading-health-oneself")));
    }
    let (Some(person), true) = (person, problems.is_empty()) else { return Err(Refused::Fields(problems)) };
    let there = plan::health_readers(&mut work.tx, &grant).await?.iter().any(|h| h.person == person);
    if there == input.entitled {
        return Ok(());
    }
    let (by, at) = (grant.person_id(), work.now);
    if input.entitled {
        plan::add_health_reader(&mut work.tx, input.inspection, person, &reason, by, at).await?;
    } else {
        plan::end_health_reader(&mut work.tx, input.inspection, person, at).await?;
    }
    let entry = if input.entitled { "reading.health-entitled" } else { "reading.health-ended" };
    work.record(entry, person, json!({ "reason": reason })).await?;
    work.commit().await
}
