//! Concerns, care keys, and the public channel.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

mod concerns;
mod keys;
mod tell_us;

use keyline_domain::ids::PersonId;
use keyline_testing::{Browser, TestApp};

/// A passphrase for tests.
pub(super) const PASSPHRASE: &str = "fictional words for a fictional test";

/// A browser of somebody who has made a care key.
pub(super) async fn with_key(app: &TestApp, person: PersonId) -> Browser {
    let browser = app.browser(person).await;
    let fields = [("passphrase", PASSPHRASE), ("again", PASSPHRASE)];
    browser.post("/care/key", &fields).await.redirects_to("/care?done=care-made");
    browser
}

/// Everything that the database holds, as bytes: file and write-ahead log. `None` on PostgreSQL.
pub(super) fn on_disk(app: &TestApp) -> Option<Vec<u8>> {
    let mut all = std::fs::read(app.folder.path().join("keyline.sqlite")).ok()?;
    all.extend(std::fs::read(app.folder.path().join("keyline.sqlite-wal")).unwrap_or_default());
    Some(all)
}

/// Whether bytes hold a text.
pub(super) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}
