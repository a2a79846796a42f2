//! The one binary: command line, server, demo.

mod commands;
mod config;
mod demo;
mod embedded;
mod house;
mod listening;
mod system;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

/// Many small pieces of memory by many threads at once: a page is made of them. What is given back is wiped first, so that
/// a concern or a receipt that passed through is in no swapped page afterwards.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<mimalloc::MiMalloc> =
    zeroizing_alloc::ZeroAlloc(mimalloc::MiMalloc);

/// How long a thread that may block waits for more to do. What a thread has taken of memory and another has given back,
/// as the text of a document that was read, is free again when the thread takes more or ends.
const BLOCKING_THREAD_WAITS: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    if let Err(error) = system::leave_no_core_dump() {
        eprintln!("keyline: core dumps cannot be forbidden: {error}");
        return ExitCode::FAILURE;
    }
    let cli = commands::Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_keep_alive(BLOCKING_THREAD_WAITS)
        .build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(Box::pin(commands::run(cli))),
        Err(error) => Err(error.into()),
    };
    match ended {
        Ok(code) => code,
        Err(error) => {
            eprintln!("keyline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
