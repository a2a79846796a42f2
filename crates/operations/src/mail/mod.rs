//! Mail: a digest on working days of what is due, overdue and sent back, to whoever of the partnership answers for it.
//!
//! Without a mail server nothing is written and nothing queued. A digest holds titles of requests, days, and links that
//! ask for a sign-in; no names of documents, nothing of their content.

mod choose;
mod compose;
mod digests;
mod notice;
pub mod send;

pub use choose::choose_digest;
pub use digests::write_digests;
pub use notice::{Notice, mail_notice};

use std::pin::Pin;
use std::sync::Arc;

/// A mail to be handed to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// What it is known by, the same when it is sent again, so that a reader can tell the second from another one.
    pub id: String,
    /// Address.
    pub to: String,
    /// Name of the person.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text.
    pub plain: String,
    /// What it says, as HTML.
    pub html: String,
}

/// Whether a server took a mail, and if not, why: without the address and the text.
pub type Handing = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Hands a mail to a server. Handed in by the binary, so that nothing else depends on the protocol.
pub type Mailer = Arc<dyn Fn(OutgoingMail) -> Handing + Send + Sync>;
