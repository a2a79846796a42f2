//! A notice: a mail of a few lines and one address, to which one has to sign in.

use keyline_store::people::Account;
use keyline_words::Words;
use maud::{DOCTYPE, html};

use super::OutgoingMail;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What a notice says.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What it is known by, the same when it is sent again.
    pub id: String,
    /// What it is about.
    pub subject: String,
    /// What it says, a paragraph each.
    pub lines: Vec<String>,
    /// The page to open, as a path.
    pub page: String,
}

/// Mails a notice to somebody, in their language `w`; without a mail server nothing happens.
///
/// # Errors
/// When the server does not take it: to be tried again.
pub async fn mail_notice(cx: &Cx, w: Words<'_>, to: Account, notice: Notice) -> Result<()> {
    let Some(mailer) = &cx.mailer else { return Ok(()) };
    let Notice { id, subject, lines, page } = notice;
    let link = format!("{}{page}", cx.settings.public_address);
    let plain = format!("{}\n\n{link}\n", lines.join("\n\n"));
    let html = html! {
        (DOCTYPE)
        html lang=(w.lang()) dir=(w.direction()) {
            head { meta charset="utf-8"; title { (subject) } }
            body { @for line in &lines { p { (line) } } p { a href=(link) { (link) } } }
        }
    };
    let mail = OutgoingMail { id, to: to.email, name: to.name, subject, plain, html: html.into_string() };
    mailer(mail).await.map_err(|e| Refused::fault(anyhow::anyhow!("a notice was not taken: {e}")))
}
