//! Sending a message. It is sealed before it rests, and nothing is kept of who sent it but what they wrote.

use keyline_domain::ids::{InspectionId, MessageId, Randomness, VolunteerId};
use keyline_domain::tell_us::receipt::Receipt;
use keyline_domain::tell_us::{Said, State};
use keyline_store::care::seals::SecretKey;
use keyline_store::care::texts::{self, Holder};
use keyline_store::tell_us::{self, Message, Part};

use super::rules;
use crate::care::circle::{self, open_all};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What the page of a message carries so that sending it twice counts once: the receipt and the id are made of it. Whoever
/// has it has the receipt; it is never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Once([u8; 32]);

impl std::fmt::Debug for Once {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Once(…)")
    }
}

impl Once {
    /// A new one.
    pub fn make(random: &dyn Randomness) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// As the page carries it.
    pub fn text(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// Reads what a page carried.
    pub fn read(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(*hash.as_bytes()))
    }

    pub(crate) fn receipt(&self) -> Receipt {
        let bytes = blake3::derive_key("keyline 2026 tell us: receipt of a page", &self.0);
        let mut entropy = [0; 10];
        entropy.copy_from_slice(&bytes[..10]);
        Receipt::of_entropy(entropy)
    }

    fn id(&self) -> MessageId {
        MessageId::random(&Given(blake3::derive_key("keyline 2026 tell us: id of a page", &self.0)))
    }

    /// What marks a text that was added from this page. The text is part of it: another text of the same page is another.
    pub(super) fn mark(&self, text: &str) -> String {
        let mut made = blake3::Hasher::new_derive_key("keyline 2026 tell us: text added from a page");
        made.update(&self.0).update(text.as_bytes());
        made.finalize().to_hex().chars().take(32).collect()
    }

    /// The id of a volunteer whose interest came from this page.
    pub(crate) fn volunteer(&self) -> VolunteerId {
        VolunteerId::random(&Given(blake3::derive_key("keyline 2026 volunteers: id of a page", &self.0)))
    }
}

/// Bytes that were made of a page, in the place of chance.
struct Given([u8; 32]);

impl Randomness for Given {
    fn fill(&self, bytes: &mut [u8]) {
        let length = bytes.len().min(32);
        bytes[..length].copy_from_slice(&self.0[..length]);
    }
}

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct SendMessage {
    /// About which inspection; `None`: about services in general.
    pub inspection: Option<InspectionId>,
    /// What its page carried.
    pub once: Once,
    /// What they say.
    pub said: Said,
}

/// What was sent.
#[derive(Clone)]
pub struct Sent {
    /// The words to come back with, shown once.
    pub receipt: String,
    /// Whether the same page had sent other words before: those stand, and these were not kept.
    pub others_stand: bool,
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sent(…)")
    }
}

/// Keeps a message, sealed to its handlers, to the recovery key and to whoever has the receipt. The same page sent twice
/// counts once and gives the same receipt; when it was changed in between, the first words stand. No audit entry: it would
/// tell the time.
///
/// # Errors
/// [`Refused::Fields`] for what is missing, too long, or a receipt within the text; [`Refused::NotNow`] when this page was
/// sent and what it sent was deleted since.
pub async fn send_message(cx: &Cx, input: SendMessage) -> Result<Sent> {
    let problems = input.said.problems();
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let (receipt, id) = (input.once.receipt(), input.once.id());
    let (secret, public) = SecretKey::of_seed(&receipt.seed());
    let (_, due) = rules(cx, input.inspection).await?;
    let holders = {
        let mut reader = cx.read().await?;
        let mut holders = circle::holders_of_message(&mut reader, input.inspection).await?;
        holders.push((Holder::Receipt, public.clone()));
        holders
    };
    let text = serde_json::to_vec(&input.said).map_err(Refused::fault)?;
    let owner = id.to_string();
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, "0001"), &text, &holders, false)?;
    let message = Message {
        id,
        inspection: input.inspection,
        place: Some(receipt.place()),
        public: Some(public),
        wish: input.said.wish,
        named: !input.said.contact.trim().is_empty(),
        state: State::New,
        triage: None,
        came_on: cx.today(),
        due_on: Some(due),
        decided_on: None,
        decided_by: None,
        delete_on: None,
        reminded_on: None,
        gone_why: None,
        version: 1,
    };
    let mut tx = cx.db.begin_apart().await?;
    let mut others_stand = false;
    if tell_us::add(&mut tx, &message).await? {
        let text = texts::keep(&mut tx, ready).await?;
        tell_us::add_part(&mut tx, id, &Part { number: 1, text, by: None, day: cx.today() }).await?;
        tx.commit().await?;
    } else {
        let there = tell_us::find(&mut tx, id).await?.ok_or(Refused::Hidden)?;
        if there.state == State::Gone {
            return Err(Refused::reason("tell-us-sent-gone"));
        }
        let first = open_all(&mut tx, &owner, &Holder::Receipt, &secret).await?.into_iter().next();
        others_stand = first.is_none_or(|(_, first)| *first.text != text);
    }
    Ok(Sent { receipt: receipt.to_string(), others_stand })
}
