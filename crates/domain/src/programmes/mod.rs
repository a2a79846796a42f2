//! The methodology as versioned data.

pub mod timeline;
