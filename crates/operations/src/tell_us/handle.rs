//! What handlers do with messages: read and answer. Deciding stands in `decide`.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, ServiceAction, decide};
use keyline_domain::concerns::required;
use keyline_domain::ids::{EvidenceId, InspectionId, MessageId, PersonId};
use keyline_domain::tell_us::{Said as Sent, State, TEXT_LIMIT};
use keyline_store::care::texts::{self, Holder};
use keyline_store::inspections::members;
use keyline_store::tell_us::{self, Message, Part};
use keyline_store::{Tx, audit};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::care::circle::{self, open_all, opened, share_owner};
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

/// The person who acts, when they handle messages of an inspection, or of none.
pub(super) async fn handler(
    tx: &mut Tx,
    actor: &Actor,
    inspection: Option<InspectionId>,
) -> Result<PersonId> {
    let by = actor.person().ok_or(Refused::Hidden)?.id;
    match inspection {
        Some(id) => {
            let standing = members::standing(tx, id, by).await?;
            decide(actor, Action::AnswerMessages, id, standing.as_ref())?;
        }
        None => {
            duties::who_may(tx, actor, ServiceAction::HandleMessages).await?;
        }
    }
    Ok(by)
}

pub(super) async fn of(tx: &mut Tx, inspection: Option<InspectionId>, id: MessageId) -> Result<Message> {
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
    let mut tx = cx.db.begin().await?;
    let by = handler(&mut tx, actor, inspection).await?;
    let message = of(&mut tx, inspection, message).await?;
    let secret = opened(cx, actor, session).await?;
    let (owner, holder) = (message.owner(), Holder::Person(by));
    share_owner(cx, &mut tx, &owner, &holder, &secret).await?;
    let opened = open_all(&mut tx, &owner, &holder, &secret).await?;
    let parts = tell_us::parts(&mut tx, message.id).await?;
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
    audit::add(&mut tx, cx.now(), inspection, actor, "message.read", &subject, &json!({})).await?;
    tx.commit().await?;
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
    let mut tx = cx.db.begin().await?;
    let by = handler(&mut tx, actor, input.inspection).await?;
    let message = of(&mut tx, input.inspection, input.message).await?;
    say(cx, &mut tx, by, &message, &input.text).await?;
    let subject = message.id.to_string();
    audit::add(&mut tx, cx.now(), input.inspection, actor, "message.answered", &subject, &json!({})).await?;
    Ok(tx.commit().await?)
}

/// Puts a text of a handler beside a message.
pub(super) async fn say(cx: &Cx, tx: &mut Tx, by: PersonId, message: &Message, text: &str) -> Result<()> {
    if let Some(problem) = required("text", text, TEXT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    let Some(public) = message.public.clone().filter(|_| message.state != State::Gone) else {
        return Err(Refused::reason("tell-us-gone"));
    };
    let mut holders = circle::holders_of_message(tx, message.inspection).await?;
    holders.push((Holder::Receipt, public));
    let number = tell_us::parts(tx, message.id).await?.last().map_or(1, |p| p.number + 1);
    let said = serde_json::to_vec(&Written { text: text.trim().to_owned() }).map_err(Refused::fault)?;
    let (owner, name) = (message.owner(), format!("{number:04}"));
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, &name), &said, &holders, false)?;
    let text = texts::keep(tx, ready).await?;
    let part = Part { number, text, by: Some(by), day: cx.today() };
    tell_us::add_part(tx, message.id, &part).await?;
    Ok(())
}

/// Notes that a message was recorded as a piece of evidence. Audit entry `message.recorded`, with the id of the evidence.
///
/// # Errors
/// [`Refused::Hidden`] for who handles no messages there, or when the message is not of that inspection.
pub async fn note_evidence(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    message: MessageId,
    evidence: EvidenceId,
) -> Result<()> {
    let mut tx = cx.db.begin().await?;
    handler(&mut tx, actor, Some(inspection)).await?;
    let message = of(&mut tx, Some(inspection), message).await?;
    let (subject, detail) = (message.id.to_string(), json!({ "evidence": evidence.to_string() }));
    audit::add(&mut tx, cx.now(), Some(inspection), actor, "message.recorded", &subject, &detail).await?;
    Ok(tx.commit().await?)
}
