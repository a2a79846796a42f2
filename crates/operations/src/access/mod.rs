//! Accounts and sessions. Verbs here stand outside the inspections, so they ask no grant but say who may.

pub mod accounts;
pub mod devices;
pub mod passkeys;
pub mod passwords;
pub mod second_factor;
pub mod sessions;
