//! Deciding what a message is. A concern is raised in the transaction of the decision: neither is there without the other.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::concerns::{Kind, Source, Written};
use keyline_domain::ids::{ConcernId, InspectionId, MessageId, PersonId};
use keyline_domain::tell_us::{State, Triage, decision_problems};
use keyline_store::tell_us::{self, Message};
use keyline_store::{Tx, audit, people};
use serde_json::json;

use super::handle::{handler, of, say};
use super::rules;
use crate::concerns::{Raise, raise};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What a concern that is made of a message says.
#[derive(Debug, Clone)]
pub struct AsConcern {
    /// Where it is raised, when the message belongs to no inspection.
    pub inspection: Option<InspectionId>,
    /// Whether somebody is in immediate danger.
    pub danger: bool,
    /// The words of the message, and by whom.
    pub written: Written,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct DecideMessage {
    /// The inspection, or none.
    pub inspection: Option<InspectionId>,
    /// The message.
    pub message: MessageId,
    /// The version at which it was seen.
    pub version: i64,
    /// What it is.
    pub triage: Option<Triage>,
    /// What whoever wrote it is told.
    pub reply: String,
    /// For a concern, and for whatever is said to be dangerous.
    pub concern: Option<AsConcern>,
}

/// Decides what a message is. A concern is raised at once, with the words of the message, and goes the way of concerns; a
/// complaint, and what is nothing for an inspection, are answered. From then on the days run after which it is deleted.
/// Audit entry `message.decided` with what it is.
///
/// # Errors
/// [`Refused::Fields`] without a decision, without the answer that it needs, for a concern that is raised nowhere, and for
/// danger that is no concern; [`Refused::Stale`] when somebody has done something with it since, with the word of what they
/// decided and their name if they did; [`Refused::NotNow`] when the message is gone.
pub async fn decide_message(cx: &Cx, actor: &Actor, input: DecideMessage) -> Result<Option<ConcernId>> {
    let danger = input.concern.as_ref().is_some_and(|c| c.danger);
    let problems = decision_problems(input.triage, danger, &input.reply);
    let Some(triage) = input.triage.filter(|_| problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let (rules, _) = rules(cx, input.inspection).await?;
    let delete_on = cx.today().checked_add(jiff::Span::new().days(rules.kept(triage))).ok();
    let decision = Decision { triage, delete_on, reply: &input.reply };
    if triage != Triage::Concern {
        let mut tx = cx.db.begin().await?;
        let by = handler(&mut tx, actor, input.inspection).await?;
        let message = as_seen(&mut tx, &input).await?;
        settle(cx, &mut tx, (actor, by), message, &decision, None).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let concern = input.concern.clone().ok_or_else(|| Refused::field("triage", "problem-choose"))?;
    let place = input.inspection.or(concern.inspection);
    let inspection = place.ok_or_else(|| Refused::field("inspection", "problem-choose"))?;
    let mut work = cx.work(actor, inspection, Action::RaiseConcern).await?;
    let by = handler(&mut work.tx, actor, input.inspection).await?;
    let message = as_seen(&mut work.tx, &input).await?;
    let AsConcern { danger, written, .. } = concern;
    let id = ConcernId::new(cx.now(), cx.random());
    let concern = Raise { inspection, id, kind: Kind::Safety, source: Source::Message, danger, written };
    raise(cx, &mut work, concern).await?;
    settle(cx, &mut work.tx, (actor, by), message, &decision, Some(id)).await?;
    work.commit().await?;
    Ok(Some(id))
}

/// The message, as whoever decides has seen it.
async fn as_seen(tx: &mut Tx, input: &DecideMessage) -> Result<Message> {
    let message = of(tx, input.inspection, input.message).await?;
    if message.state == State::Gone {
        return Err(Refused::reason("tell-us-gone"));
    }
    if message.version == input.version {
        return Ok(message);
    }
    let decided = message.triage.filter(|_| message.state == State::Decided);
    let by = match message.decided_by.filter(|_| decided.is_some()) {
        Some(person) => people::find(tx, person).await?.map_or_else(String::new, |account| account.name),
        None => String::new(),
    };
    let theirs = decided.map_or_else(String::new, |triage| triage.word().to_owned());
    Err(Refused::Stale { theirs, by, version: message.version })
}

struct Decision<'a> {
    triage: Triage,
    delete_on: Option<Date>,
    reply: &'a str,
}

async fn settle(
    cx: &Cx,
    tx: &mut Tx,
    (actor, by): (&Actor, PersonId),
    mut message: Message,
    decision: &Decision<'_>,
    concern: Option<ConcernId>,
) -> Result<()> {
    message.state = State::Decided;
    message.triage = Some(decision.triage);
    message.due_on = None;
    message.decided_on = Some(cx.today());
    message.decided_by = Some(by);
    message.delete_on = decision.delete_on;
    message.reminded_on = None;
    // Saved first: whoever adds to it at the same moment waits here, and not where texts are numbered.
    tell_us::save(tx, &message).await?;
    if !decision.reply.trim().is_empty() {
        say(cx, tx, by, &message, decision.reply).await?;
    }
    let detail = json!({ "triage": decision.triage, "concern": concern.map(|id| id.to_string()) });
    let subject = message.id.to_string();
    audit::add(tx, cx.now(), message.inspection, actor, "message.decided", &subject, &detail).await?;
    Ok(())
}
