//! The method of joint inspection: types, rules, policy.
//!
//! Nothing here reads a clock, a disk, a network or a random number generator: what a rule
//! needs is an argument. One module per room, in the order in which an inspection flows through them.

pub mod documents;
pub mod inspections;
pub mod programmes;
