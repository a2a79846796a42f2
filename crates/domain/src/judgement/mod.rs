//! From findings and grades to the report that is published.

pub mod figures;
pub mod places;
pub mod report;
