//! One programme version in one area: the dated plan, the team, what is due.

pub mod way;
