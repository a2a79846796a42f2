//! The one binary: command line, server, demo.

mod commands;
mod config;
mod demo;
mod embedded;
mod house;
mod listening;
mod system;

use std::process::ExitCode;

use clap::Parser;

/// Many small pieces of memory by many threads at once: a page is made of them. What is given back is wiped first, so that
/// a concern or a receipt that passed through is in no swapped page afterwards.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<mimalloc::MiMalloc> =
    zeroizing_alloc::ZeroAlloc(mimalloc::MiMalloc);

#[tokio::main]
async fn main() -> ExitCode {
    if let Err(error) = system::leave_no_core_dump() {
        eprintln!("keyline: core dumps cannot be forbidden: {error}");
        return ExitCode::FAILURE;
    }
    match Box::pin(commands::run(commands::Cli::parse())).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("keyline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
