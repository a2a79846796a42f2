//! Accessible SVG pictures from plain data. Knows nothing of inspections.
