//! Reading tables that strangers send (XLSX, CSV) within limits, and writing safe ones.
