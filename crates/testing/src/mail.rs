//! A mail server that remembers what it took, and can be away.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyline_operations::mail::{Mailer, OutgoingMail};

/// The server. Clones are the same one.
#[derive(Debug, Clone, Default)]
pub struct MailServer {
    away: Arc<AtomicBool>,
    got: Arc<Mutex<Vec<OutgoingMail>>>,
}

impl MailServer {
    /// What hands mails to it.
    pub fn mailer(&self) -> Mailer {
        let server = self.clone();
        Arc::new(move |mail| {
            let server = server.clone();
            Box::pin(async move {
                if server.away.load(Ordering::SeqCst) {
                    return Err("away".to_owned());
                }
                server.got().push(mail);
                Ok(())
            })
        })
    }

    /// Lets it be away, or come back.
    pub fn is_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// What it took.
    pub fn got(&self) -> MutexGuard<'_, Vec<OutgoingMail>> {
        self.got.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives out what it took, and forgets it.
    pub fn take(&self) -> Vec<OutgoingMail> {
        std::mem::take(&mut *self.got())
    }
}
