//! Questions as data: instruments, answers and their checks. Knows nothing of inspections.
