//! What handlers do with messages: read, answer, decide.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, ServiceAction, decide};
use keyline_domain::concerns::{Kind, Source, Written as Concern, required};
use keyline_domain::ids::{ConcernId, InspectionId, MessageId, PersonId};
use keyline_domain::tell_us::{Said as Sent, State, TEXT_LIMIT, Triage};
use keyline_store::care::texts::{self, Holder};
use keyline_store::inspections::members;
use keyline_store::tell_us::{self, Message, Part};
use keyline_store::{Tx, audit};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rules;
use crate::care::circle::{self, open_all, opened, share_owner};
use crate::concerns::{Raise, raise_concern};
use crate::context::Cx;
use crate::duties;
use crate::refused::{Refused, Result};

/// A text that is no first message.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) text: String,
}

/// Something that was said in a message.
pub struct Said {
    /// Who wrote it; `None`: whoever wrote the message.
    pub by: Option<PersonId>,
    /// The day.
    pub day: Date,
    /// The text.
    pub text: String,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said(…)")
    }
}

/// A message with its texts.
#[derive(Debug)]
pub struct OpenedMessage {
    /// How it stands.
    pub message: Message,
    /// What its page asked for: talk, with whom, supporter, contact.
    pub first: Option<Sent>,
    /// What was said, in order.
    pub said: Vec<Said>,
    /// Whether there are texts that this key does not open.
    pub closed: bool,
}

/// A unit of work on messages of an inspection, or of none.
struct Handling {
    tx: Tx,
    by: PersonId,
}

async fn handling(cx: &Cx, actor: &Actor, inspection: Option<InspectionId>) -> Result<Handling> {
    let by = actor.person().ok_or(Refused::Hidden)?.id;
    let mut tx = cx.db.begin().await?;
    match inspection {
        Some(id) => {
            let standing = members::standing(&mut tx, id, by).await?;
            decide(actor, Action::AnswerMessages, id, standing.as_ref())?;
        }
        None => {
            duties::who_may(&mut tx, actor, ServiceAction::HandleMessages).await?;
        }
    }
    Ok(Handling { tx, by })
}

async fn of(tx: &mut Tx, inspection: Option<InspectionId>, id: MessageId) -> Result<Message> {
    tell_us::find(tx, id).await?.filter(|m| m.inspection == inspection).ok_or(Refused::Hidden)
}

/// Opens a message for reading. Audit entry `message.read`.
///
/// # Errors
/// [`Refused::NotNow`] when the own key is not made or not unlocked; [`Refused::Hidden`] for who handles no messages.
pub async fn open_message(
    cx: &Cx,
    actor: &Actor,
    session: &str,
    inspection: Option<InspectionId>,
    message: MessageId,
) -> Result<OpenedMessage> {
    let mut h = handling(cx, actor, inspection).await?;
    let message = of(&mut h.tx, inspection, message).await?;
    let secret = opened(cx, actor, session).await?;
    let (owner, holder) = (message.owner(), Holder::Person(h.by));
    share_owner(cx, &mut h.tx, &owner, &holder, &secret).await?;
    let opened = open_all(&mut h.tx, &owner, &holder, &secret).await?;
    let parts = tell_us::parts(&mut h.tx, message.id).await?;
    let mut first = None;
    let mut said = Vec::new();
    let closed = opened.len() < parts.len();
    for part in parts {
        let Some((_, text)) = opened.iter().find(|(sealed, _)| sealed.id == part.text) else { continue };
        let text = if part.number == 1 {
            let sent: Sent = serde_json::from_slice(&text.text).map_err(Refused::fault)?;
            first.insert(sent).text.clone()
        } else {
            serde_json::from_slice::<Written>(&text.text).map_err(Refused::fault)?.text
        };
        said.push(Said { by: part.by, day: part.day, text });
    }
    let subject = message.id.to_string();
    audit::add(&mut h.tx, cx.now(), inspection, actor, "message.read", &subject, &json!({})).await?;
    h.tx.commit().await?;
    Ok(OpenedMessage { message, first, said, closed })
}

/// An answer.
#[derive(Debug, Clone)]
pub struct AnswerMessage {
    /// The inspection, or none.
    pub inspection: Option<InspectionId>,
    /// The message.
    pub message: MessageId,
    /// What it says.
    pub text: String,
}

/// Answers a message; whoever has its receipt finds the answer there. Audit entry `message.answered`.
///
/// # Errors
/// [`Refused::Fields`] without a text; [`Refused::NotNow`] when the message is gone.
pub async fn answer_message(cx: &Cx, actor: &Actor, input: AnswerMessage) -> Result<()> {
    let mut h = handling(cx, actor, input.inspection).await?;
    let message = of(&mut h.tx, input.inspection, input.message).await?;
    say(cx, &mut h, &message, &input.text).await?;
    let subject = message.id.to_string();
    audit::add(&mut h.tx, cx.now(), input.inspection, actor, "message.answered", &subject, &json!({}))
        .await?;
    Ok(h.tx.commit().await?)
}

async fn say(cx: &Cx, h: &mut Handling, message: &Message, text: &str) -> Result<()> {
    if let Some(problem) = required("text", text, TEXT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    let Some(public) = message.public.clone().filter(|_| message.state != State::Gone) else {
        return Err(Refused::reason("tell-us-gone"));
    };
    let mut holders = circle::holders_of_message(&mut h.tx, message.inspection).await?;
    holders.push((Holder::Receipt, public));
    let number = tell_us::parts(&mut h.tx, message.id).await?.last().map_or(1, |p| p.number + 1);
    let said = serde_json::to_vec(&Written { text: text.trim().to_owned() }).map_err(Refused::fault)?;
    let (owner, name) = (message.owner(), format!("{number:04}"));
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, &name), &said, &holders, false)?;
    let text = texts::keep(&mut h.tx, ready).await?;
    let part = Part { number, text, by: Some(h.by), day: cx.today() };
    tell_us::add_part(&mut h.tx, message.id, &part).await?;
    Ok(())
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
    /// For a concern: the words of the message, by whom, and whether somebody is in immediate danger.
    pub concern: Option<(String, bool)>,
}

/// Decides what a message is. A concern is raised at once, with the words of the message, and goes the way of concerns; a
/// complaint, and what is nothing for an inspection, are answered. From then on the days run after which it is deleted.
/// Audit entry `message.decided` with what it is.
///
/// # Errors
/// [`Refused::Fields`] without a decision, or without the answer that it needs; [`Refused::Stale`] when somebody has done
/// something with it since; [`Refused::NotNow`] for a concern that belongs to no inspection.
pub async fn decide_message(cx: &Cx, actor: &Actor, input: DecideMessage) -> Result<Option<ConcernId>> {
    let triage = input.triage.ok_or_else(|| Refused::field("triage", "problem-choose"))?;
    let answered = matches!(triage, Triage::Complaint | Triage::Nothing);
    if answered && input.reply.trim().is_empty() {
        return Err(Refused::field("text", "tell-us-reply-needed"));
    }
    let mut raised = None;
    if triage == Triage::Concern {
        let inspection = input.inspection.ok_or_else(|| Refused::reason("tell-us-concern-of-none"))?;
        let (text, danger) =
            input.concern.clone().ok_or_else(|| Refused::field("seen", "problem-required"))?;
        {
            let mut h = handling(cx, actor, input.inspection).await?;
            let message = of(&mut h.tx, input.inspection, input.message).await?;
            if message.version != input.version {
                return Err(Refused::Stale {
                    theirs: String::new(),
                    by: String::new(),
                    version: message.version,
                });
            }
        }
        // Made of the message and its version, so that a second try after a failure in between raises it once.
        let seed = blake3::hash(format!("{} {}", input.message, input.version).as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&seed.as_bytes()[..16]);
        let id = ConcernId::from_uuid(uuid::Builder::from_random_bytes(bytes).into_uuid());
        let written = Concern { seen: text, by_whom: BY_PUBLIC.to_owned(), ..Concern::default() };
        let raise = Raise { inspection, id, kind: Kind::Safety, source: Source::Message, danger, written };
        raised = Some(raise_concern(cx, actor, raise).await?);
    }
    let (rules, _) = rules(cx, input.inspection).await?;
    let mut h = handling(cx, actor, input.inspection).await?;
    let mut message = of(&mut h.tx, input.inspection, input.message).await?;
    if message.version != input.version {
        return Err(Refused::Stale { theirs: String::new(), by: String::new(), version: message.version });
    }
    if message.state == State::Gone {
        return Err(Refused::reason("tell-us-gone"));
    }
    if !input.reply.trim().is_empty() {
        say(cx, &mut h, &message, &input.reply).await?;
    }
    let today = cx.today();
    message.state = State::Decided;
    message.triage = Some(triage);
    message.due_on = None;
    message.decided_on = Some(today);
    message.decided_by = Some(h.by);
    message.delete_on = today.checked_add(jiff::Span::new().days(rules.kept(triage))).ok();
    message.reminded_on = None;
    tell_us::save(&mut h.tx, &message).await?;
    let detail = json!({ "triage": triage, "concern": raised.map(|id| id.to_string()) });
    let subject = message.id.to_string();
    audit::add(&mut h.tx, cx.now(), input.inspection, actor, "message.decided", &subject, &detail).await?;
    h.tx.commit().await?;
    Ok(raised)
}

/// The designation of whoever wrote a message, in a concern that is made of it.
const BY_PUBLIC: &str = "somebody who wrote by the public page";
