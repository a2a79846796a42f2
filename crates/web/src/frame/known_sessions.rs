//! Sessions as they were last read, so that one page after the other need not ask the database who is there.
//!
//! What was read at one generation of the database is true until the next commit of this process: whoever signs out,
//! ends a session, disables an account or renames a person does so by a commit, and the very next request reads anew.
//! Another process (`keyline admin`, a second server on PostgreSQL) is seen after [`KEPT`] at the latest. That a session
//! has come to its end is asked of the clock each time. What a person may do in an inspection is never kept: the gate
//! asks the database at every request.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use keyline_domain::ids::secret_hash;
use keyline_operations::access::sessions;
use keyline_operations::{Cx, Refused};
use keyline_store::sign_in::{Means, SignedIn};

/// Longest time for which a session is kept: so long may a change by another process stay unseen.
const KEPT: Duration = Duration::from_secs(2);
/// Most sessions that are kept; beyond it all are given up at once.
const MOST: usize = 5_000;

/// Sessions by the hash of their token.
#[derive(Debug, Default)]
pub struct KnownSessions(Mutex<HashMap<String, Known>>);

#[derive(Debug)]
struct Known {
    generation: u64,
    read_at: Instant,
    session: SignedIn,
}

impl KnownSessions {
    /// The live session of a cookie's token, as [`sessions::find_session`] gives it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(&self, cx: &Cx, token: &str) -> Result<Option<SignedIn>, Refused> {
        let hash = secret_hash(token);
        // Before the rows are read: a commit in between makes what is kept old at once, never new by mistake.
        let generation = cx.db.generation();
        if let Some(session) = self.kept(&hash, generation, cx.now()) {
            return Ok(Some(session));
        }
        let found = sessions::find_session(cx, token).await?;
        if let Some(session) = found.as_ref().filter(|s| s.session.means != Means::AwaitingCode) {
            self.keep(hash, generation, session.clone());
        }
        Ok(found)
    }

    fn kept(&self, hash: &str, generation: u64, now: Timestamp) -> Option<SignedIn> {
        let known = self.0.lock().ok()?;
        let known = known.get(hash)?;
        let fresh = known.generation == generation && known.read_at.elapsed() < KEPT;
        let live = known.session.session.expires_at > now;
        // A use that is to be noted is noted by the verb.
        (fresh && live && !sessions::is_note_due(&known.session.session, now)).then(|| known.session.clone())
    }

    fn keep(&self, hash: String, generation: u64, session: SignedIn) {
        let Ok(mut known) = self.0.lock() else { return };
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, Known { generation, read_at: Instant::now(), session });
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use keyline_domain::access::Person;
    use keyline_store::sign_in::Session;

    use super::*;

    const NOW: &str = "2026-01-05T10:00:00Z";

    fn session(seen_at: &str, expires_at: &str) -> SignedIn {
        let id = format!("per_{:032x}", 1).parse().unwrap();
        SignedIn {
            session: Session {
                token_hash: "hash".into(),
                person: id,
                means: Means::Link,
                device: String::new(),
                created_at: seen_at.parse().unwrap(),
                seen_at: seen_at.parse().unwrap(),
                expires_at: expires_at.parse().unwrap(),
            },
            person: Person { id, name: "Fictional".into(), administrator: false },
            language: "en".into(),
        }
    }

    fn known() -> KnownSessions {
        let known = KnownSessions::default();
        known.keep("hash".into(), 7, session(NOW, "2026-01-05T22:00:00Z"));
        known
    }

    fn after(minutes: i64) -> Timestamp {
        NOW.parse::<Timestamp>().unwrap().checked_add(SignedDuration::from_mins(minutes)).unwrap()
    }

    #[test]
    fn a_session_is_known_for_its_token_and_generation_alone() {
        let known = known();
        assert!(known.kept("hash", 7, after(1)).is_some());
        assert!(known.kept("hash", 8, after(1)).is_none(), "somebody has written since");
        assert!(known.kept("other", 7, after(1)).is_none());
    }

    #[test]
    fn the_end_of_a_session_is_asked_of_the_clock() {
        let known = KnownSessions::default();
        known.keep("hash".into(), 7, session(NOW, "2026-01-05T10:05:00Z"));
        assert!(known.kept("hash", 7, after(4)).is_some());
        assert!(known.kept("hash", 7, after(5)).is_none());
    }

    #[test]
    fn a_use_that_is_to_be_noted_goes_to_the_database() {
        assert!(known().kept("hash", 7, after(15)).is_some());
        assert!(known().kept("hash", 7, after(16)).is_none());
    }

    #[test]
    fn an_old_reading_is_not_believed() {
        let known = known();
        if let Some(entry) = known.0.lock().unwrap().get_mut("hash") {
            entry.read_at = entry.read_at.checked_sub(KEPT).unwrap();
        }
        assert!(known.kept("hash", 7, after(0)).is_none());
    }

    #[test]
    fn the_number_of_kept_sessions_has_an_end() {
        let known = KnownSessions::default();
        for n in 0..=MOST {
            known.keep(n.to_string(), 7, session(NOW, "2026-01-05T22:00:00Z"));
        }
        assert_eq!(known.0.lock().unwrap().len(), 1);
    }
}
