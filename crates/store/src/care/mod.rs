//! What concerns and messages are sealed with: key pairs of people, the recovery key, and the sealed texts.
//!
//! The reasons are in `docs/adr/0014-care-keys.md`; what is promised to whom, in `docs/privacy/concerns.md`.

pub mod keys;
pub mod recovery;
pub mod seals;
pub mod texts;
