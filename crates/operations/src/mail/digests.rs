//! Writing the digests of a day, by the clock.

use keyline_domain::access::Actor;
use keyline_domain::ids::MailId;
use keyline_domain::returns::reminders::{day_to_write, last_day};
use keyline_store::{audit, jobs, mail, people};
use keyline_words::Catalogue;
use serde_json::json;

use super::{compose, send};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Writes the digests of today, once on a working day from eight in the morning on; gives how many. Nothing is written
/// without a mail server, and nobody gets a digest that says nothing. Audit entry `digests.written`, of no inspection.
pub async fn write_digests(cx: &Cx) -> Result<u32> {
    let now = cx.now();
    let Some(today) = day_to_write(now).filter(|_| cx.mailer.is_some()) else { return Ok(0) };
    if mail::is_written(&mut cx.read().await?, today).await? {
        return Ok(0);
    }
    let mut tx = cx.db.begin().await?;
    // Another server may have been quicker.
    if !mail::begin_day(&mut tx, today, now).await? {
        return Ok(0);
    }
    let open = mail::open_requests(&mut tx, last_day(today)).await?;
    let mut written = 0;
    for of_one in open.chunk_by(|a, b| a.person == b.person) {
        let person = of_one.first().map(|r| r.person).ok_or(Refused::Hidden)?;
        let Some(account) = people::find(&mut tx, person).await? else { continue };
        let of_one: Vec<_> = of_one.iter().collect();
        let words = Catalogue::shared().words(&account.language);
        let Some(digest) = compose::digest(cx, words, &account.name, &of_one, today) else { continue };
        let waiting = mail::Waiting {
            id: MailId::new(now, cx.random()),
            person,
            subject: digest.subject,
            plain: digest.plain,
            html: digest.html,
            made_at: now,
        };
        mail::add(&mut tx, &waiting, today).await?;
        let payload = serde_json::to_value(send::Payload { mail: waiting.id }).map_err(Refused::fault)?;
        jobs::enqueue(&mut tx, now, cx.random(), send::KIND, &payload, now).await?;
        written += 1;
    }
    let detail = json!({ "digests": written });
    audit::add(&mut tx, now, None, &Actor::Clock, "digests.written", &today.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(written)
}
