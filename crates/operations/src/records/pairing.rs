//! Pairs: formed, changed, dissolved, and given records to read.

use keyline_domain::access::{Action, Actor, Role};
use keyline_domain::ids::{InspectionId, PairId, PersonId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::records::pairs::{RULE, Task, free_slot, may_be_put};
use keyline_store::inspections;
use keyline_store::inspections::members::{self, Member};
use keyline_store::records::pairs::{self, Part, StoredTask};
use keyline_store::records::{Reading, ReadingState, plan};
use serde_json::json;

use super::ReadingNow;
use super::planning::reason_of;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Two people who are to read together.
#[derive(Debug, Clone, Copy)]
pub struct FormPair {
    /// Where.
    pub inspection: InspectionId,
    /// Of the team.
    pub inspector: Option<PersonId>,
    /// Of the partnership.
    pub local_reader: Option<PersonId>,
}

/// Who can be in a pair as what: inspectors, and local readers who are on the training list as chosen to read. Nobody who is in
/// one already.
pub fn candidates(
    members: &[Member],
    chosen: &[String],
    now: &ReadingNow,
    part: Part,
) -> Vec<(PersonId, String)> {
    let fits = |member: &&Member| match part {
        Part::Inspector => {
            matches!(member.role, Role::Lead | Role::Depute | Role::Inspector | Role::AssociateAssessor)
        }
        Part::LocalReader => {
            member.role == Role::RecordReader
                && chosen.iter().any(|email| email.eq_ignore_ascii_case(&member.email))
        }
    };
    let free = |member: &&Member| now.pair_of(Some(member.person)).is_none();
    let mut found: Vec<(PersonId, String)> =
        members.iter().filter(fits).filter(free).map(|m| (m.person, m.name.clone())).collect();
    found.dedup();
    found
}

/// The addresses of who is chosen to read.
pub async fn chosen_to_read(
    source: &mut impl keyline_store::Source,
    grant: &keyline_domain::access::Grant,
) -> Result<Vec<String>> {
    let all = plan::training(source, grant).await?;
    Ok(all.into_iter().filter(|p| p.reads).map(|p| p.named.email).filter(|e| !e.is_empty()).collect())
}

async fn checked(
    work: &mut Work,
    now: &ReadingNow,
    part: Part,
    field: &str,
    person: Option<PersonId>,
) -> Result<std::result::Result<PersonId, FieldProblem>> {
    let grant = work.grant.clone();
    let members = members::list(&mut work.tx, &grant).await?;
    let chosen = chosen_to_read(&mut work.tx, &grant).await?;
    let fit = candidates(&members, &chosen, now, part);
    let found = person.filter(|person| fit.iter().any(|(id, _)| id == person));
    Ok(found.ok_or_else(|| FieldProblem::new(field, Reason::new("problem-choose"))))
}

/// Forms a pair of an inspector and a local reader, named by the next letter. Audit entry `reading.pair-formed`.
///
/// # Errors
/// [`Refused::Fields`] for somebody who cannot be in it.
pub async fn form_pair(cx: &Cx, actor: &Actor, input: FormPair) -> Result<PairId> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    let inspector = checked(&mut work, &now, Part::Inspector, "inspector", input.inspector).await?;
    let local = checked(&mut work, &now, Part::LocalReader, "local-reader", input.local_reader).await?;
    let (inspector, local) = match (inspector, local) {
        (Ok(inspector), Ok(local)) => (inspector, local),
        (one, other) => {
            return Err(Refused::Fields([one.err(), other.err()].into_iter().flatten().collect()));
        }
    };
    let id = PairId::new(work.now, cx.random());
    let name = name_of(now.pairs.len());
    let at = work.now;
    pairs::add(&mut work.tx, input.inspection, id, &name, grant.person_id(), at).await?;
    for (person, part) in [(inspector, Part::Inspector), (local, Part::LocalReader)] {
        pairs::join(&mut work.tx, id, person, part, "", at).await?;
    }
    let detail = json!({ "name": name, "inspector": inspector, "local_reader": local });
    work.record("reading.pair-formed", id, detail).await?;
    work.commit().await?;
    Ok(id)
}

/// A, B … Z, then with a number, in an order that is that of the alphabet.
fn name_of(place: usize) -> String {
    let letters: Vec<char> = ('A'..='Z').collect();
    let letter = letters[place % letters.len()];
    match place / letters.len() {
        0 => letter.to_string(),
        round => format!("Z{round}{letter}"),
    }
}

/// Somebody takes another's place in a pair.
#[derive(Debug, Clone)]
pub struct ChangePair {
    /// Where.
    pub inspection: InspectionId,
    /// Which pair.
    pub pair: PairId,
    /// Who leaves.
    pub leaves: Option<PersonId>,
    /// Who joins in their place.
    pub joins: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Lets somebody take another's place in a pair, with the reason. Records and readings stay with the pair. Audit entry
/// `reading.pair-changed`.
///
/// # Errors
/// [`Refused::Fields`] for somebody who is not in it, cannot be in it, or has read one of its records with another pair, or
/// without a reason; [`Refused::Stale`].
pub async fn change_pair(cx: &Cx, actor: &Actor, input: ChangePair) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    let pair = now.live().find(|p| p.id == input.pair).ok_or(Refused::Hidden)?;
    let mut problems = Vec::new();
    let reason = reason_of(&input.reason, &mut problems);
    let Some(leaves) = pair.present().find(|m| Some(m.person) == input.leaves) else {
        problems.push(FieldProblem::new("leaves", Reason::new("problem-choose")));
        return Err(Refused::Fields(problems));
    };
    let joins = match checked(&mut work, &now, leaves.part, "joins", input.joins).await? {
        Ok(joins) if has_read_with_others(&now, pair.id, joins) => {
            Err(FieldProblem::new("joins", Reason::new("reading-problem-has-read")))
        }
        other => other,
    };
    let joins = joins.map_err(|problem| problems.push(problem)).ok();
    let (Some(joins), true) = (joins, problems.is_empty()) else { return Err(Refused::Fields(problems)) };
    let at = work.now;
    pairs::touch(&mut work.tx, pair.id, input.version).await?;
    pairs::leave(&mut work.tx, pair.id, leaves.person, at).await?;
    pairs::join(&mut work.tx, pair.id, joins, leaves.part, &reason, at).await?;
    let detail = json!({ "name": pair.name, "left": leaves.person, "joined": joins, "reason": reason });
    work.record("reading.pair-changed", pair.id, detail).await?;
    work.commit().await
}

/// Whether somebody has seen a record of this pair in another one.
fn has_read_with_others(now: &ReadingNow, pair: PairId, person: PersonId) -> bool {
    now.tasks_of(pair).iter().any(|task| now.has_seen(&task.label, person, pair))
}

/// A pair that is to read no more.
#[derive(Debug, Clone)]
pub struct DissolvePair {
    /// Where.
    pub inspection: InspectionId,
    /// Which pair.
    pub pair: PairId,
    /// Why.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Dissolves a pair, with the reason. What it has read stays; what it has not begun is to be given out again; its people
/// can be in another pair. Audit entry `reading.pair-dissolved`.
///
/// # Errors
/// [`Refused::NotNow`] while a reading is begun and not finished; [`Refused::Fields`] without a reason; [`Refused::Stale`];
/// [`Refused::Hidden`] for a pair that is dissolved already.
pub async fn dissolve_pair(cx: &Cx, actor: &Actor, input: DissolvePair) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    let pair = now.live().find(|p| p.id == input.pair).ok_or(Refused::Hidden)?;
    let mut problems = Vec::new();
    let reason = reason_of(&input.reason, &mut problems);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let begun = |r: &&Reading| r.pair == Some(pair.id) && r.state != ReadingState::Finished;
    let begun: Vec<&str> = now.readings.iter().filter(begun).map(|r| r.label.as_str()).collect();
    if !begun.is_empty() {
        let labels = begun.join(", ");
        return Err(Refused::NotNow(vec![Reason::new("reading-pair-begun").with("labels", labels)]));
    }
    let at = work.now;
    pairs::end(&mut work.tx, pair.id, &reason, input.version, at).await?;
    let mut freed = 0;
    for stored in now.tasks.iter().filter(|stored| stored.task.pair == pair.id) {
        if now.reading(now.label_now(&stored.task.label), pair.id).is_none() {
            pairs::remove_task(&mut work.tx, input.inspection, stored).await?;
            freed += 1;
        }
    }
    let detail = json!({ "name": pair.name, "reason": reason, "to_be_given_out": freed });
    work.record("reading.pair-dissolved", pair.id, detail).await?;
    work.commit().await
}

/// Gives out what is not given out yet, by the rule [`RULE`]; gives how many readings that are. Audit entry
/// `reading.given-out`.
///
/// # Errors
/// [`Refused::NotNow`] before the sample is drawn or without a pair.
pub async fn give_out(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<usize> {
    let mut work = cx.work(actor, inspection, Action::PlanReading).await?;
    work.not_before(Step::ReadRecords).await?;
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    if now.live().next().is_none() {
        return Err(Refused::reason("reading-no-pairs"));
    }
    let twice = plan::twice(&mut work.tx, &grant).await?.map(|t| t.drawn).unwrap_or_default();
    if !twice.is_empty() && now.live().count() < 2 {
        return Err(Refused::reason("reading-twice-one-pair"));
    }
    let given = now.to_give_out(&twice);
    for task in &given {
        pairs::add_task(&mut work.tx, inspection, task, grant.person_id(), work.now).await?;
    }
    if !given.is_empty() {
        work.record("reading.given-out", inspection, json!({ "rule": RULE, "readings": given.len() }))
            .await?;
    }
    work.commit().await?;
    Ok(given.len())
}

/// A reading that another pair is to do, or at another time.
#[derive(Debug, Clone)]
pub struct MoveTask {
    /// Where.
    pub inspection: InspectionId,
    /// The record.
    pub label: String,
    /// First or second reading.
    pub turn: u8,
    /// The pair that reads from now on.
    pub pair: Option<PairId>,
    /// The slot; the first free one of the pair when none is given.
    pub slot: Option<u32>,
    /// Why.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Gives a reading that nobody has begun to another pair, or puts it into another slot, with the reason. Audit entry
/// `reading.moved`.
///
/// # Errors
/// [`Refused::Fields`] for a pair that reads the record already or whose member has, a slot that is taken, or no reason;
/// [`Refused::NotNow`] when the pair that has it has begun and another should; [`Refused::Stale`]; [`Refused::Hidden`] when there is
/// no such reading.
pub async fn move_task(cx: &Cx, actor: &Actor, input: MoveTask) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PlanReading).await?;
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    let inspection = inspections::get(&mut work.tx, &grant).await?;
    let rule = &cx.programme(&inspection)?.record_reading.value;
    let slots = usize::from(rule.days) * rule.slots.len();
    let is = |s: &&StoredTask| now.label_now(&s.task.label) == input.label && s.task.turn == input.turn;
    let stands = now.tasks.iter().find(is).ok_or(Refused::Hidden)?;
    let old = stands.task.pair;
    let name = |id| now.pair(id).map_or_else(String::new, |p| p.name.clone());
    if stands.version != input.version {
        return Err(Refused::Stale { theirs: name(old), by: String::new(), version: stands.version });
    }
    let mut problems = Vec::new();
    let reason = reason_of(&input.reason, &mut problems);
    let Some(pair) = input.pair.and_then(|id| now.live().find(|p| p.id == id)) else {
        problems.push(FieldProblem::new("pair", Reason::new("problem-choose")));
        return Err(Refused::Fields(problems));
    };
    let others: Vec<Task> =
        now.tasks_now().into_iter().filter(|t| !(t.label == input.label && t.turn == input.turn)).collect();
    if pair.id != old {
        if now.reading(&input.label, old).is_some() {
            return Err(Refused::reason("reading-moved-begun"));
        }
        let reads = others.iter().any(|t| t.label == input.label && t.pair == pair.id);
        if reads || now.pair_has_seen(&input.label, pair.id) {
            problems.push(FieldProblem::new("pair", Reason::new("reading-problem-reads-it")));
        }
    }
    let slot = match input.slot {
        Some(slot) if others.iter().any(|t| t.pair == pair.id && t.slot == slot) => {
            problems.push(FieldProblem::new("slot", Reason::new("reading-problem-slot")));
            slot
        }
        Some(slot) if slot != stands.task.slot && !may_be_put(slot, slots, &others, pair.id) => {
            problems.push(FieldProblem::new("slot", Reason::new("reading-problem-no-slot")));
            slot
        }
        Some(slot) => slot,
        None => free_slot(&others, pair.id),
    };
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let task = Task { pair: pair.id, slot, ..stands.task.clone() };
    let stored = StoredTask { task, reason: reason.clone(), version: stands.version };
    pairs::save_task(&mut work.tx, input.inspection, &stored, grant.person_id(), work.now).await?;
    let detail = json!({ "label": input.label, "turn": input.turn, "from": name(old), "to": pair.name,
        "slot": slot, "reason": reason });
    work.record("reading.moved", input.inspection, detail).await?;
    work.commit().await
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names_stay_in_order() {
        let names: Vec<String> = (0..60).map(name_of).collect();
        assert_eq!((names[0].as_str(), names[25].as_str(), names[26].as_str()), ("A", "Z", "Z1A"));
        assert!(names.is_sorted());
    }
}
