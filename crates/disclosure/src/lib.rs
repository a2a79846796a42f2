//! Small-number suppression and identifiers in text. Knows nothing of inspections.
