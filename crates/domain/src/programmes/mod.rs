//! The methodology as versioned data.
