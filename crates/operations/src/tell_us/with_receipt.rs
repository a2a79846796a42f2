//! Coming back with a receipt: reading the answer, adding more, deleting.

use jiff::civil::Date;
use keyline_domain::concerns::required;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::tell_us::receipt::{Receipt, Slip, stands_in};
use keyline_domain::tell_us::{Said, State, TEXT_LIMIT, Triage};
use keyline_store::care::seals::SecretKey;
use keyline_store::care::texts::{self, Holder};
use keyline_store::tell_us::{self, Message, Part};

use super::handle::Written;
use super::rules;
use crate::care::circle::{self, open_all};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A message as whoever wrote it sees it.
pub struct OwnMessage {
    /// What was said, in order: whether it is an answer, the day, the text.
    pub parts: Vec<(bool, Date, String)>,
    /// What it was found to be, once somebody has decided.
    pub triage: Option<Triage>,
    /// Day on which it will be deleted, once that is known.
    pub delete_on: Option<Date>,
    /// Whether it is gone.
    pub gone: bool,
}

impl std::fmt::Debug for OwnMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnMessage(…)")
    }
}

/// Reads the words that somebody typed, at the field `words`.
pub(crate) fn receipt(words: &str) -> Result<Receipt> {
    Receipt::read(words).map_err(|slip| {
        let reason = match slip {
            Slip::Count(count) => Reason::new("tell-us-words-count").with("count", count),
            Slip::Unknown(place) => Reason::new("tell-us-words-unknown").with("place", place),
            Slip::Check => Reason::new("tell-us-words-check"),
        };
        Refused::Fields(vec![FieldProblem::new("words", reason)])
    })
}

async fn found(cx: &Cx, receipt: &Receipt) -> Result<Message> {
    let found = tell_us::find_by_place(&mut cx.read().await?, &receipt.place()).await?;
    found.ok_or_else(|| Refused::field("words", "tell-us-words-wrong"))
}

/// Reads a message with its receipt. Nothing is written: not even that somebody came back.
///
/// # Errors
/// [`Refused::Fields`] for words that are no receipt, or none of a message.
pub async fn read_message(cx: &Cx, words: &str) -> Result<OwnMessage> {
    let receipt = receipt(words)?;
    let message = found(cx, &receipt).await?;
    let (secret, _) = SecretKey::of_seed(&receipt.seed());
    let mut reader = cx.read().await?;
    let parts = tell_us::parts(&mut reader, message.id).await?;
    let opened = open_all(&mut reader, &message.owner(), &Holder::Receipt, &secret).await?;
    let mut own = OwnMessage {
        parts: Vec::new(),
        triage: message.triage,
        delete_on: message.delete_on,
        gone: message.state == State::Gone,
    };
    for part in parts {
        let Some((_, text)) = opened.iter().find(|(sealed, _)| sealed.id == part.text) else { continue };
        let said = match serde_json::from_slice::<Said>(&text.text) {
            Ok(said) => said.text,
            Err(_) => serde_json::from_slice::<Written>(&text.text).map_err(Refused::fault)?.text,
        };
        own.parts.push((part.by.is_some(), part.day, said));
    }
    Ok(own)
}

/// Adds to a message. It is to be read and decided about again, and what was to be deleted is kept until then.
///
/// # Errors
/// [`Refused::Fields`] for words that are no receipt, or for a text that is missing, too long, or holds a receipt;
/// [`Refused::NotNow`] when the message is gone.
pub async fn add_to_message(cx: &Cx, words: &str, text: &str) -> Result<()> {
    let receipt = receipt(words)?;
    let message = found(cx, &receipt).await?;
    if let Some(problem) = required("text", text, TEXT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    if stands_in(text) {
        return Err(Refused::field("text", "tell-us-receipt-in-text"));
    }
    if message.state == State::Gone {
        return Err(Refused::reason("tell-us-gone"));
    }
    let (_, public) = SecretKey::of_seed(&receipt.seed());
    let mut holders = circle::holders_of_message(&mut cx.read().await?, message.inspection).await?;
    holders.push((Holder::Receipt, public));
    let (_, due) = rules(cx, message.inspection).await?;
    let said = serde_json::to_vec(&Written { text: text.trim().to_owned() }).map_err(Refused::fault)?;
    let mut tx = cx.db.begin_apart().await?;
    let mut message = tell_us::find(&mut tx, message.id).await?.ok_or(Refused::Hidden)?;
    if message.state == State::Gone {
        return Err(Refused::reason("tell-us-gone"));
    }
    let parts = tell_us::parts(&mut tx, message.id).await?;
    // The same sent twice, by a slip of the finger, counts once.
    let number = parts.last().map_or(1, |p| p.number + 1);
    let name = format!("{number:04}");
    let owner = message.owner();
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, &name), &said, &holders, false)?;
    let id = texts::keep(&mut tx, ready).await?;
    tell_us::add_part(&mut tx, message.id, &Part { number, text: id, by: None, day: cx.today() }).await?;
    message.state = State::New;
    message.due_on = Some(due);
    message.delete_on = None;
    message.reminded_on = None;
    tell_us::save(&mut tx, &message).await?;
    Ok(tx.commit().await?)
}

/// Deletes what was said in a message, with the keys; that there was one stays, without its receipt.
///
/// # Errors
/// [`Refused::Fields`] for words that are no receipt, or none of a message.
pub async fn delete_message(cx: &Cx, words: &str) -> Result<()> {
    let message = found(cx, &receipt(words)?).await?;
    let mut tx = cx.db.begin_apart().await?;
    let Some(mut message) = tell_us::find(&mut tx, message.id).await? else { return Err(Refused::Hidden) };
    forget(&mut tx, &mut message, "own").await?;
    Ok(tx.commit().await?)
}

/// Takes everything out of a message but that it was there. The receipt still finds it, so that whoever comes back is told.
pub(super) async fn forget(tx: &mut keyline_store::Tx, message: &mut Message, why: &str) -> Result<()> {
    if message.state == State::Gone {
        return Ok(());
    }
    tell_us::delete_parts(tx, message.id).await?;
    message.state = State::Gone;
    message.gone_why = Some(why.to_owned());
    message.public = None;
    message.due_on = None;
    message.delete_on = None;
    tell_us::save(tx, message).await?;
    Ok(())
}
