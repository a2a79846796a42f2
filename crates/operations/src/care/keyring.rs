//! The secrets that people have unlocked, by the session in which they did. In the memory of this process and nowhere
//! else: a restart, signing out, and half an hour without use give them up.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use keyline_domain::ids::PersonId;
use keyline_store::care::seals::SecretKey;

/// After this long without use a secret is given up.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// Unlocked secrets by the hash of the session's token.
#[derive(Debug, Default)]
pub struct Keyring(Mutex<HashMap<String, Unlocked>>);

#[derive(Debug)]
struct Unlocked {
    person: PersonId,
    secret: SecretKey,
    used_at: Timestamp,
}

impl Keyring {
    /// Keeps a secret for a session.
    pub(crate) fn put(&self, session: &str, person: PersonId, secret: SecretKey, now: Timestamp) {
        self.with(now, |all| {
            all.insert(session.to_owned(), Unlocked { person, secret, used_at: now });
        });
    }

    /// The secret of a person in a session, if it is unlocked. Using it keeps it unlocked.
    pub(crate) fn get(&self, session: &str, person: PersonId, now: Timestamp) -> Option<SecretKey> {
        self.with(now, |all| {
            let unlocked = all.get_mut(session).filter(|u| u.person == person)?;
            unlocked.used_at = now;
            Some(unlocked.secret.clone())
        })
    }

    /// Whether a person's secret is unlocked in a session.
    pub fn is_open(&self, session: &str, person: PersonId, now: Timestamp) -> bool {
        self.with(now, |all| all.get(session).is_some_and(|u| u.person == person))
    }

    /// Gives up the secret of a session.
    pub fn forget(&self, session: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(session);
    }

    /// Gives up what has not been used for [`IDLE`].
    pub fn tidy(&self, now: Timestamp) {
        self.with(now, |_| ());
    }

    /// Gives up every secret of a person: their key is another now.
    pub(crate) fn forget_person(&self, person: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, u| u.person != person);
    }

    fn with<T>(&self, now: Timestamp, act: impl FnOnce(&mut HashMap<String, Unlocked>) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back makes nothing live longer than it says.
        all.retain(|_, u| now.duration_since(u.used_at).abs() < IDLE);
        act(&mut all)
    }
}

#[cfg(test)]
mod tests {
    use keyline_domain::ids::Randomness;

    use super::*;

    struct Fixed;
    impl Randomness for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(9);
        }
    }

    #[test]
    fn a_secret_is_open_in_its_session_for_its_person_and_for_half_an_hour() {
        let (ring, secret) = (Keyring::default(), SecretKey::make(&Fixed).0);
        let person: PersonId = format!("per_{:032x}", 1).parse().unwrap();
        let other: PersonId = format!("per_{:032x}", 2).parse().unwrap();
        let now: Timestamp = "2026-01-05T10:00:00Z".parse().unwrap();
        let after = |minutes| now + SignedDuration::from_mins(minutes);
        ring.put("here", person, secret, now);
        assert!(ring.get("here", person, after(1)).is_some());
        assert!(ring.get("there", person, after(1)).is_none());
        assert!(ring.get("here", other, after(1)).is_none());
        assert!(ring.get("here", person, after(30)).is_some(), "use keeps it open");
        assert!(ring.get("here", person, after(60)).is_none());
        assert!(ring.0.lock().unwrap().is_empty(), "and it is wiped");
    }
}
