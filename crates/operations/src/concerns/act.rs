//! What is done with a concern after it was raised. Each step asks `way::after` whether it may follow.

use jiff::{SignedDuration, Timestamp};
use keyline_domain::access::{Action, Actor, Role};
use keyline_domain::concerns::way::{Act, after};
use keyline_domain::concerns::{Means, Outcome, SHORT_LIMIT, TEXT_LIMIT, required};
use keyline_domain::ids::{ConcernId, InspectionId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::care::keys;
use keyline_store::care::texts::{self, Holder};
use keyline_store::concerns::{self, Concern, Done, Handed};
use serde_json::{Value, json};

use super::raise::seal;
use super::tell;
use crate::care::circle::{opened, share_owner};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// What the lead decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It goes to the local lead.
    PassOn,
    /// Whoever raised it is asked for more.
    AskMore,
    /// It is not a concern.
    NotAConcern,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct DecideConcern {
    /// The inspection.
    pub inspection: InspectionId,
    /// The concern.
    pub concern: ConcernId,
    /// The step at which it was seen.
    pub step: i64,
    /// What is decided.
    pub ruling: Ruling,
    /// Why, or what is asked.
    pub reason: String,
}

/// Decides about a concern, with a reason that is sealed as well. Audit entry `concern.decided` with the decision.
///
/// # Errors
/// [`Refused::Fields`] without a reason, [`Refused::NotNow`] where it cannot be decided, [`Refused::Stale`] when somebody
/// has done something with it since.
pub async fn decide_concern(cx: &Cx, actor: &Actor, input: DecideConcern) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DecideConcern).await?;
    let mut concern = at_step(&mut work, input.concern, input.step).await?;
    if let Some(problem) = required("reason", &input.reason, TEXT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    let act = match input.ruling {
        Ruling::PassOn => Act::PassOn,
        Ruling::AskMore => Act::AskMore,
        Ruling::NotAConcern => Act::NotAConcern,
    };
    if input.ruling != Ruling::AskMore {
        concern.decided_at = Some(work.now);
    }
    if input.ruling == Ruling::NotAConcern {
        concern.outcome = Some(Outcome::NotAConcern);
    }
    move_on(cx, &mut work, &mut concern, act, Some(&input.reason), None).await?;
    work.record("concern.decided", concern.id, json!({ "decision": act })).await?;
    work.commit().await
}

/// More from whoever raised a concern.
#[derive(Debug, Clone)]
pub struct AnswerConcern {
    /// The inspection.
    pub inspection: InspectionId,
    /// The concern.
    pub concern: ConcernId,
    /// What they say.
    pub text: String,
}

/// Whoever raised a concern says more; it is sealed at once and goes back to the lead. Audit entry `concern.answered`.
///
/// # Errors
/// [`Refused::Hidden`] for anybody else, [`Refused::Fields`] without a text.
pub async fn answer_concern(cx: &Cx, actor: &Actor, input: AnswerConcern) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::RaiseConcern).await?;
    let mut concern =
        concerns::find(&mut work.tx, &work.grant, input.concern).await?.ok_or(Refused::Hidden)?;
    if concern.raised_by.is_none() || concern.raised_by != work.grant.person_id() {
        return Err(Refused::Hidden);
    }
    if let Some(problem) = required("text", &input.text, TEXT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    move_on(cx, &mut work, &mut concern, Act::Answer, Some(&input.text), None).await?;
    work.record("concern.answered", concern.id, json!({})).await?;
    work.commit().await
}

/// A hand-over.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// The inspection.
    pub inspection: InspectionId,
    /// The concern.
    pub concern: ConcernId,
    /// The step at which it was seen.
    pub step: i64,
    /// How.
    pub means: Means,
    /// Designation of who received it; in the product it is the local lead.
    pub receiver: String,
    /// When they did, if not just now.
    pub received_at: Option<Timestamp>,
}

/// Hands a concern to the local lead. In the product, the lead's own key opens every text and seals it to the local lead's
/// key; what was handed over is kept as a hash over the sealed texts, in the row and in the audit trail, so that it can be
/// proved who received what and when. By other means the lead says who received it and when. Audit entry
/// `concern.handed-over`.
///
/// # Errors
/// [`Refused::NotNow`] when it is not to be handed over, when the own key is not unlocked, or when there is no local lead
/// with a key; [`Refused::Fields`] when it is not said who received it, or a time that is not over.
pub async fn hand_over_concern(cx: &Cx, actor: &Actor, session: &str, input: HandOver) -> Result<()> {
    let secret = match input.means {
        Means::Product => Some(opened(cx, actor, session).await?),
        // The local lead can read it in the product too; with a locked key not before the lead reads it next.
        _ => opened(cx, actor, session).await.ok(),
    };
    let mut work = cx.work(actor, input.inspection, Action::DecideConcern).await?;
    let mut concern = at_step(&mut work, input.concern, input.step).await?;
    let now = work.now;
    let received_at = input.received_at.unwrap_or(now);
    if received_at > now || received_at < concern.raised_at - SignedDuration::from_secs(60) {
        return Err(Refused::field("received_at", "concern-received-when"));
    }
    let locals = keys::holders(&mut work.tx, input.inspection, &[Role::LocalLeadForConcerns]).await?;
    let (to, receiver) = if input.means == Means::Product {
        let local = locals.iter().find(|(_, _, public)| public.is_some());
        let (person, _, _) = local.ok_or_else(|| Refused::reason("concern-no-local-key"))?;
        let account = keyline_store::people::find(&mut work.tx, *person).await?.ok_or(Refused::Hidden)?;
        (Some(*person), account.designation)
    } else {
        if let Some(problem) = required("receiver", &input.receiver, SHORT_LIMIT) {
            return Err(Refused::Fields(vec![problem]));
        }
        (locals.first().map(|(person, _, _)| *person), input.receiver.trim().to_owned())
    };
    let digest = digest(&mut work, &concern).await?;
    concern.handed_at = Some(now);
    let handed = Handed { to, means: input.means, receiver, received_at, digest: digest.clone() };
    move_on(cx, &mut work, &mut concern, Act::HandOver, None, Some(handed)).await?;
    if let (Some(secret), Some(person)) = (secret, work.grant.person_id()) {
        let owner = concern.owner();
        share_owner(cx, &mut work.tx, &owner, &Holder::Person(person), &secret).await?;
        // A hand-over of nothing would be worse than none.
        if let (Means::Product, Some(local)) = (input.means, to)
            && texts::keys_of(&mut work.tx, &owner, &Holder::Person(local)).await?.is_empty()
        {
            return Err(Refused::reason("concern-not-yours-to-open"));
        }
    }
    let detail = json!({
        "means": input.means,
        "to": to.map(|p| p.to_string()),
        "received_at": received_at,
        "digest": digest,
    });
    work.record("concern.handed-over", concern.id, detail).await?;
    work.commit().await
}

async fn digest(work: &mut Work, concern: &Concern) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    for text in texts::list(&mut work.tx, &concern.owner()).await? {
        for part in [text.id.to_string().as_bytes(), text.part.as_bytes(), &text.sealed] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// The local lead's acknowledgement.
#[derive(Debug, Clone)]
pub struct AcknowledgeConcern {
    /// The inspection.
    pub inspection: InspectionId,
    /// The concern.
    pub concern: ConcernId,
    /// The step at which it was seen.
    pub step: i64,
    /// The number under which the services have it.
    pub reference: String,
}

/// The local lead acknowledges a concern with their reference number, which is sealed; or lead, depute or service manager
/// note what the local lead told them. Audit entry `concern.acknowledged`.
///
/// # Errors
/// [`Refused::Fields`] without a reference number; [`Refused::NotNow`] when it was not handed over.
pub async fn acknowledge_concern(cx: &Cx, actor: &Actor, input: AcknowledgeConcern) -> Result<()> {
    let mut work = received(cx, actor, input.inspection).await?;
    let mut concern = at_step(&mut work, input.concern, input.step).await?;
    if let Some(problem) = required("reference", &input.reference, SHORT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    concern.acknowledged_at = Some(work.now);
    move_on(cx, &mut work, &mut concern, Act::Acknowledge, Some(&input.reference), None).await?;
    work.record("concern.acknowledged", concern.id, json!({})).await?;
    work.commit().await
}

/// What became of a concern.
#[derive(Debug, Clone)]
pub struct CloseConcern {
    /// The inspection.
    pub inspection: InspectionId,
    /// The concern.
    pub concern: ConcernId,
    /// The step at which it was seen.
    pub step: i64,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// In words.
    pub text: String,
}

/// Closes a concern with its outcome. Audit entry `concern.closed` with the outcome.
///
/// # Errors
/// [`Refused::Fields`] without an outcome or its words; [`Refused::NotNow`] before it was acknowledged.
pub async fn close_concern(cx: &Cx, actor: &Actor, input: CloseConcern) -> Result<()> {
    let mut work = received(cx, actor, input.inspection).await?;
    let mut concern = at_step(&mut work, input.concern, input.step).await?;
    let mut problems: Vec<FieldProblem> = required("text", &input.text, TEXT_LIMIT).into_iter().collect();
    if !input.outcome.is_some_and(|o| Outcome::OF_THE_SERVICES.contains(&o)) {
        problems.push(FieldProblem::new("outcome", Reason::new("problem-choose")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    concern.outcome = input.outcome;
    move_on(cx, &mut work, &mut concern, Act::Close, Some(&input.text), None).await?;
    work.record("concern.closed", concern.id, json!({ "outcome": input.outcome })).await?;
    work.commit().await
}

/// Says until when one is away, or that one is back: what would come to one goes on to the next at once. Audit entry
/// `care.away`.
///
/// # Errors
/// [`Refused::Hidden`] unless a person acts.
pub async fn set_away(cx: &Cx, actor: &Actor, until: Option<Timestamp>) -> Result<()> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    keys::set_away(&mut tx, person, until.filter(|until| *until > now)).await?;
    let detail = json!({ "until": until });
    keyline_store::audit::add(&mut tx, now, None, actor, "care.away", &person.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

// The local lead, or somebody of the team who notes what the local lead said.
async fn received(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Work> {
    match cx.work(actor, inspection, Action::ReceiveConcern).await {
        Err(Refused::Hidden) => cx.work(actor, inspection, Action::DecideConcern).await,
        other => other,
    }
}

async fn at_step(work: &mut Work, concern: ConcernId, step: i64) -> Result<Concern> {
    let found = concerns::find(&mut work.tx, &work.grant, concern).await?.ok_or(Refused::Hidden)?;
    // The local lead does not know of it before it is handed over.
    if !work.grant.permits(Action::SeeConcerns) && found.handed_at.is_none() {
        return Err(Refused::Hidden);
    }
    if found.step == step {
        Ok(found)
    } else {
        Err(Refused::Stale { theirs: found.stage.word().to_owned(), by: String::new(), version: found.step })
    }
}

async fn move_on(
    cx: &Cx,
    work: &mut Work,
    concern: &mut Concern,
    act: Act,
    text: Option<&str>,
    handed: Option<Handed>,
) -> Result<()> {
    concern.stage = after(concern.stage, act).map_err(|reason| Refused::NotNow(vec![reason]))?;
    concern.step += 1;
    let inspection = work.inspection().await?;
    concern.due_at = tell::due(cx, &inspection, concern, work.now)?;
    if concern.due_at.is_none() {
        concern.closed_at = Some(work.now);
    }
    concerns::save(&mut work.tx, concern).await?;
    let (now, by) = (work.now, work.grant.person_id());
    let done = Done { step: concern.step, act, at: now, by, handed };
    concerns::note(&mut work.tx, concern.id, &done).await?;
    if let Some(text) = text {
        let text: Value = json!({ "text": text.trim() });
        seal(cx, work, concern, act, &serde_json::to_vec(&text).map_err(Refused::fault)?).await?;
    }
    tell::begin(work, concern).await
}
