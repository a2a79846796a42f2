//! Translations: Fluent bundles for every language, with fallback to English. Knows nothing of inspections.
