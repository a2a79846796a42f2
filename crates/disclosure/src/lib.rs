//! Small-number suppression and identifiers in text. Knows nothing of inspections.
//!
//! | module | subject |
//! | --- | --- |
//! | [`suppression`] | hides small counts of a table, and enough others that they cannot be worked out |
//! | [`release`] | all tables of a survey made safe together, and after an earlier release |
//! | [`threshold`] | the least count that may be shown |
//! | [`percent`] | when a percentage may be shown |
//! | [`differencing`] | what two released tables tell together |
//! | [`identifiers`] | CHI numbers, postcodes, names and the like in free text |
//! | [`columns`] | columns of an uploaded table that look as if they named people |
//!
//! Finding identifiers is done by rules that a person can read, without a trained model and without a list of
//! people's names; it cannot find everything and says how strong each hit is. A new kind of identifier is a variant of
//! [`identifiers::Kind`], a finder in a module below `identifiers` that is called by
//! [`identifiers::scan_text`], and the header spellings in `columns/headers.rs`. Results are enums for the caller to
//! put into words; nothing here shows a value unmasked unless it is asked for by [`identifiers::Hit::matched`].

pub mod columns;
pub mod differencing;
pub mod identifiers;
pub mod percent;
pub mod release;
pub mod suppression;
pub mod threshold;
