//! What a table is about, column by column: the one description that every format is written from.
//!
//! | module | subject |
//! | --- | --- |
//! | [`about`] | title, licence, sources, notes, language |
//! | [`variable`] | a column: its name, label, kind and question |
//! | [`missing`] | why a cell has no value, and the words of the description |
//! | [`faults`] | what cannot be described |

pub mod about;
pub mod faults;
pub mod missing;
pub mod variable;
