//! What concerns and messages are sealed with: key pairs of people, the recovery key, and the sealed texts.
//!
//! The reasons are in `docs/adr/0014-care-keys.md`; what is promised to whom, in `docs/privacy/concerns.md`.

pub mod keys;
pub mod recovery;
pub mod seals;
pub mod texts;

/// Randomness of the tests: a byte that goes on counting, so that nothing comes twice soon.
#[cfg(test)]
struct Counting(std::sync::atomic::AtomicU8);

#[cfg(test)]
impl From<u8> for Counting {
    fn from(first: u8) -> Self {
        Self(first.into())
    }
}

#[cfg(test)]
impl keyline_domain::ids::Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.0.fetch_add(31, std::sync::atomic::Ordering::Relaxed);
        }
    }
}
