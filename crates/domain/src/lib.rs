//! The method of joint inspection: types, rules, policy.
//!
//! Nothing here reads a clock, a disk, a network or a random number generator: what a rule
//! needs is an argument. One module per room, in the order in which an inspection flows through them;
//! beside them what every room needs: ids, time, reasons, access, audit.

pub mod access;
pub mod audit;
pub mod clock;
pub mod concerns;
pub mod disposal;
pub mod documents;
pub mod evidence;
pub mod ids;
pub mod information;
pub mod inspections;
pub mod judgement;
pub mod programmes;
pub mod reasons;
pub mod records;
pub mod returns;
pub mod tell_us;
pub mod voices;
pub mod volunteers;
