//! One programme version in one area: the dated plan, the team, what is due.

pub mod bank_holidays;
pub mod calendar;
pub mod plan;
pub mod way;
