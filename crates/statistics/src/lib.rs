//! Sampling, intervals and agreement, from published formulas. Knows nothing of inspections.
//!
//! | module | subject |
//! | --- | --- |
//! | [`sample`] | a seeded random sample and its reserve list; [`sample::strata`] and [`sample::allocation`] for one in parts |
//! | [`sample_size`] | how many to draw for a proportion with a stated margin, and the margin that a number buys |
//! | [`intervals`] | how sure a proportion is |
//! | [`finite`] | the same when those asked are a good part of all, and when there is no such doubt |
//! | [`stratified`] | a proportion over strata that were sampled at different rates |
//! | [`proportions`] | whole percents and the words for them |
//! | [`agreement`] | how far readers agree: percent, Cohen, Fleiss, Krippendorff, Gwet, with readings missing |
//! | [`normal`], [`student`] | the z and the t value of a confidence |
//!
//! Each function names the paper its formula comes from, and is tested against numbers printed there or worked by
//! hand. A new statistic is a new module with the same two things. Nothing here prints sentences: faults are
//! enums for the developer who calls.

pub mod agreement;
pub mod finite;
pub mod intervals;
pub mod normal;
pub mod proportions;
pub mod sample;
pub mod sample_size;
pub mod stratified;
pub mod student;
