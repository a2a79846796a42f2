//! The interest: sent by somebody without an account, sealed before it rests, read by the participation lead, withdrawn
//! with eight words.

use keyline_domain::access::Actor;
use keyline_domain::ids::VolunteerId;
use keyline_domain::volunteers::ready::Availability;
use keyline_domain::volunteers::stage::Stage;
use keyline_domain::volunteers::{Age, Interest};
use keyline_store::care::texts::{self, Holder};
use keyline_store::volunteers::{self as rows, Volunteer};
use serde_json::json;

use super::manage::forget;
use super::{get, lead_work, record};
use crate::care::circle::{self, open_all, opened, share_owner};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::tell_us::{Once, receipt};

/// An interest to be sent.
#[derive(Debug, Clone)]
pub struct SendInterest {
    /// What its page carried, so that sending it twice counts once.
    pub once: Once,
    /// What they say of their age. Only that it fits is kept.
    pub age: Option<Age>,
    /// What they write.
    pub interest: Interest,
}

/// What was sent.
#[derive(Clone)]
pub struct Sent {
    /// The words with which they withdraw, shown once.
    pub receipt: String,
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sent(…)")
    }
}

/// Keeps an interest, sealed to the participation leads and the recovery key. The same page sent twice counts once. No audit
/// entry: it would tell the time.
///
/// # Errors
/// [`Refused::Fields`] for what is missing or too long, and for an age that does not fit: of that nothing is kept;
/// [`Refused::NotNow`] for a page from which somebody has withdrawn already: a new one has to carry it.
pub async fn send_interest(cx: &Cx, input: SendInterest) -> Result<Sent> {
    let problems = input.interest.problems(input.age);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let (receipt, id) = (input.once.receipt(), input.once.volunteer());
    let holders = circle::holders_of_volunteer(&mut cx.read().await?).await?;
    let text = zeroize::Zeroizing::new(serde_json::to_vec(&input.interest).map_err(Refused::fault)?);
    let owner = id.to_string();
    let ready = texts::seal(&cx.vault, cx.random(), (&owner, "0001"), &text, &holders, false)?;
    let today = cx.today();
    let volunteer = Volunteer {
        id,
        number: 0,
        person: None,
        name: None,
        place: Some(receipt.place()),
        stage: Stage::Interested,
        before: None,
        reason: None,
        came_on: today,
        moved_on: today,
        check: None,
        buddy: None,
        supporter: None,
        availability: Availability::default(),
        gone_on: None,
        version: 1,
    };
    // Takes its turn: two must not get one number.
    let mut tx = cx.db.begin().await?;
    match rows::find(&mut tx, id).await? {
        // What it would bring was destroyed: "we have it" would not be true.
        Some(there) if there.gone_on.is_some() => return Err(Refused::reason("volunteer-withdrawn-before")),
        Some(_) => {}
        None => {
            rows::add(&mut tx, &volunteer).await?;
            texts::keep(&mut tx, ready).await?;
            tx.commit().await?;
        }
    }
    Ok(Sent { receipt: receipt.to_string() })
}

/// Opens what somebody wrote. Audit entry `volunteer.read`. Gives nothing when it is gone, or sealed to keys of others only.
///
/// # Errors
/// [`Refused::NotNow`] when the own key is not made or not unlocked; [`Refused::Hidden`] for who is no participation lead.
pub async fn open_interest(
    cx: &Cx,
    actor: &Actor,
    session: &str,
    volunteer: VolunteerId,
) -> Result<Option<Interest>> {
    let mut work = lead_work(cx, actor).await?;
    let volunteer = get(&mut work.tx, volunteer).await?;
    let secret = opened(cx, actor, session).await?;
    let (owner, holder) = (volunteer.owner(), Holder::Person(work.by));
    share_owner(cx, &mut work.tx, &owner, &holder, &secret).await?;
    let texts = open_all(&mut work.tx, &owner, &holder, &secret).await?;
    let interest = texts
        .first()
        .map(|(_, opened)| serde_json::from_slice(&opened.text).map_err(Refused::fault))
        .transpose()?;
    record(cx, &mut work.tx, actor, "volunteer.read", volunteer.id, &json!({})).await?;
    work.tx.commit().await?;
    Ok(interest)
}

/// Withdraws with the eight words: what they wrote is destroyed at once. Audit entry `volunteer.withdrawn`, with nothing of
/// it.
///
/// # Errors
/// [`Refused::Fields`] for words that are no receipt, or none of an interest that is still there.
pub async fn withdraw_with_words(cx: &Cx, words: &str) -> Result<()> {
    let receipt = receipt(words)?;
    let mut tx = cx.db.begin().await?;
    let found = rows::find_by_place(&mut tx, &receipt.place()).await?;
    let mut volunteer = found.ok_or_else(|| Refused::field("words", "tell-us-words-wrong"))?;
    forget(cx, &mut tx, &mut volunteer).await?;
    record(cx, &mut tx, &Actor::Public, "volunteer.withdrawn", volunteer.id, &json!({})).await?;
    Ok(tx.commit().await?)
}
