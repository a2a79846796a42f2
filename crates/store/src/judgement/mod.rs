//! Findings, grades and the panel's decisions.

pub mod findings;
pub mod grades;
pub mod panel;
