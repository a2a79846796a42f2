//! Care keys: what concerns and messages are sealed with.
//!
//! | module | subject |
//! | --- | --- |
//! | `keyring` | secrets that are unlocked, in the memory of this process |
//! | `keys` | making a key, unlocking, locking |
//! | `circle` | who may read what, and giving keys on when that changes |
//! | `recovery` | two of three custodians |
//! | `asking` | the mail that asks a custodian |

pub mod asking;
pub mod circle;
pub mod keyring;
pub mod keys;
pub mod recovery;

pub use circle::opened;
pub use keyring::Keyring;
