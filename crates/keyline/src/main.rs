//! The one binary: command line, server, demo.

mod commands;
mod config;
mod demo;
mod embedded;
mod house;
mod system;

use std::process::ExitCode;

use clap::Parser;

/// Many small pieces of memory by many threads at once: a page is made of them.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match Box::pin(commands::run(commands::Cli::parse())).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("keyline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
