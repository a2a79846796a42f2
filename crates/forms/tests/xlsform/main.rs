//! XLSForm workbooks read, written and turned into XML; all forms here are made up.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod faults;
mod fuzz;
mod limits;
mod properties;
mod samples;
mod submissions;
mod translations;
mod writing;
