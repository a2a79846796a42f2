//! Coming back with a receipt: reading the answer, adding more, deleting.

use jiff::civil::Date;
use keyline_domain::concerns::required;
use keyline_domain::ids::{InspectionId, MessageId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::tell_us::receipt::{Receipt, Slip, stands_in};
use keyline_domain::tell_us::{Said, State, TEXT_LIMIT, Triage};
use keyline_store::care::seals::SecretKey;
use keyline_store::care::texts::{self, Holder};
use keyline_store::tell_us::{self, Message, Part};

use super::handle::Written;
use super::{Once, rules};
use crate::care::circle::{self, open_all};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A message as whoever wrote it sees it.
pub struct OwnMessage {
    /// About which inspection; `None`: about services in general.
    pub inspection: Option<InspectionId>,
    /// Name and how to be reached, if they left any.
    pub contact: String,
    /// Who should be there as well, if they named somebody.
    pub supporter: String,
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
        inspection: message.inspection,
        contact: String::new(),
        supporter: String::new(),
        parts: Vec::new(),
        triage: message.triage,
        delete_on: message.delete_on,
        gone: message.state == State::Gone,
    };
    for part in parts {
        let Some((_, text)) = opened.iter().find(|(sealed, _)| sealed.id == part.text) else { continue };
        let said = match serde_json::from_slice::<Said>(&text.text) {
            Ok(first) => {
                (own.contact, own.supporter) = (first.contact, first.supporter);
                first.text
            }
            Err(_) => serde_json::from_slice::<Written>(&text.text).map_err(Refused::fault)?.text,
        };
        own.parts.push((part.by.is_some(), part.day, said));
    }
    Ok(own)
}

/// How often adding is tried when somebody saved the message at the same moment.
const TRIES: u32 = 3;

/// Adds to a message. It is to be read and decided about again, and what was to be deleted is kept until then. The same
/// text of the same page sent twice, by a slip of the finger or a page that was loaded again, counts once.
///
/// # Errors
/// [`Refused::Fields`] for words that are no receipt, or for a text that is missing, too long, or holds a receipt;
/// [`Refused::NotNow`] when the message is gone.
pub async fn add_to_message(cx: &Cx, words: &str, once: &Once, text: &str) -> Result<()> {
    let receipt = receipt(words)?;
    let message = found(cx, &receipt).await?;
    if let Some(problem) = required("text", text, TEXT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    if stands_in(text) {
        return Err(Refused::field("text", "tell-us-receipt-in-text"));
    }
    let mut tries = 1;
    loop {
        match add(cx, &receipt, message.id, &once.mark(text.trim()), text.trim()).await {
            Err(Refused::Stale { .. }) if tries < TRIES => tries += 1,
            other => return other,
        }
    }
}

async fn add(cx: &Cx, receipt: &Receipt, id: MessageId, mark: &str, text: &str) -> Result<()> {
    let (_, public) = SecretKey::of_seed(&receipt.seed());
    let said = serde_json::to_vec(&Written { text: text.to_owned() }).map_err(Refused::fault)?;
    let message = tell_us::find(&mut cx.read().await?, id).await?.ok_or(Refused::Hidden)?;
    let (_, due) = rules(cx, message.inspection).await?;
    let mut tx = cx.db.begin_apart().await?;
    let mut message = tell_us::find(&mut tx, id).await?.ok_or(Refused::Hidden)?;
    if message.state == State::Gone {
        return Err(Refused::reason("tell-us-gone"));
    }
    let owner = message.owner();
    if texts::list(&mut tx, &owner).await?.iter().any(|t| t.part.ends_with(mark)) {
        return Ok(());
    }
    let mut holders = circle::holders_of_message(&mut tx, message.inspection).await?;
    holders.push((Holder::Receipt, public));
    // Saved first: whoever does something with it at the same moment waits here, and not where texts are numbered.
    message.state = State::New;
    message.due_on = Some(due);
    message.delete_on = None;
    message.reminded_on = None;
    tell_us::save(&mut tx, &message).await?;
    let number = tell_us::parts(&mut tx, id).await?.last().map_or(1, |p| p.number + 1);
    let name = format!("{number:04}-{mark}");
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, &name), &said, &holders, false)?;
    let text = texts::keep(&mut tx, ready).await?;
    tell_us::add_part(&mut tx, id, &Part { number, text, by: None, day: cx.today() }).await?;
    Ok(tx.commit().await?)
}

/// Deletes what was said in a message, with the keys; that there was one stays, without its receipt. Gives the inspection,
/// so that whoever deletes can be told whom to call there.
///
/// # Errors
/// [`Refused::Fields`] for words that are no receipt, or none of a message.
pub async fn delete_message(cx: &Cx, words: &str) -> Result<Option<InspectionId>> {
    let message = found(cx, &receipt(words)?).await?;
    let mut tx = cx.db.begin_apart().await?;
    let Some(mut message) = tell_us::find(&mut tx, message.id).await? else { return Err(Refused::Hidden) };
    forget(&mut tx, &mut message, "own").await?;
    tx.commit().await?;
    Ok(message.inspection)
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
