//! The built program from outside: it is killed and started again, finds its folder taken or its key gone.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod forms_as_files;
mod identify;
mod instrument;
mod key;
mod killed;
mod lists;
mod log;
mod program;
mod refused;
mod traces;
mod wire;
