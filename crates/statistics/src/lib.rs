//! Sampling, intervals and agreement, from published formulas. Knows nothing of inspections.
