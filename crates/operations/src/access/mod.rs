//! Accounts and sessions. Verbs here stand outside the inspections, so they ask no grant but say who may.

pub mod accounts;
pub mod sessions;
