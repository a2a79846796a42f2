//! Handing a mail to the server, tried again for a day.

use jiff::SignedDuration;
use keyline_domain::access::Actor;
use keyline_domain::ids::MailId;
use keyline_store::mail::{self, Outcome};
use keyline_store::{audit, people};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::OutgoingMail;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The kind of the job.
pub const KIND: &str = "mail";

/// Yesterday's digest is no use today, when the next one comes.
const WORTH_SENDING: SignedDuration = SignedDuration::from_hours(20);

/// Which mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payload {
    /// The mail.
    pub mail: MailId,
}

/// Hands the mail to the server, unless it has gone, is too old, or its person wants none any more. A second run after
/// the server took it and before that was noted sends it twice: the protocol has no other way. Audit entry `mail.sent` or
/// `mail.given-up`, of no inspection, without the address.
///
/// # Errors
/// When the server does not take it: to be tried again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let id = payload.mail;
    let mut reader = cx.read().await?;
    let Some(waiting) = mail::find_waiting(&mut reader, id).await? else { return Ok(()) };
    let account = people::find(&mut reader, waiting.person).await?.filter(|a| a.disabled_at.is_none());
    let wants = mail::wants_digest(&mut reader, waiting.person).await?;
    drop(reader);
    let fresh = cx.now().duration_since(waiting.made_at) < WORTH_SENDING;
    let (Some(mailer), Some(account), true) = (&cx.mailer, account, wants && fresh) else {
        return note(cx, id, Outcome::GivenUp).await;
    };
    let outgoing = OutgoingMail {
        id: id.to_string(),
        to: account.email,
        name: account.name,
        subject: waiting.subject,
        plain: waiting.plain,
        html: waiting.html,
    };
    match mailer(outgoing).await {
        Ok(()) => note(cx, id, Outcome::Sent).await,
        Err(error) => {
            note(cx, id, Outcome::NotTaken).await?;
            Err(Refused::fault(anyhow::anyhow!("a mail was not taken: {error}")))
        }
    }
}

async fn note(cx: &Cx, id: MailId, outcome: Outcome) -> Result<()> {
    let now = cx.now();
    let action = match outcome {
        Outcome::Sent => Some("mail.sent"),
        Outcome::GivenUp => Some("mail.given-up"),
        Outcome::NotTaken => None,
    };
    let mut tx = cx.db.begin().await?;
    mail::note_try(&mut tx, id, outcome, now).await?;
    if let Some(action) = action {
        audit::add(&mut tx, now, None, &Actor::Clock, action, &id.to_string(), &json!({})).await?;
    }
    Ok(tx.commit().await?)
}
