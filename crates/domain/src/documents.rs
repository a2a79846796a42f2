//! The document model: what a letter or a report says, apart from how it is set.
