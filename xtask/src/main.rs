//! Tasks about the source code itself: the gates that `scripts/test` runs, and the files that are generated.
//!
//! One file per subject. A new gate is a module with `pub fn check() -> Result<Faults>` and a line in [`GATES`]: it
//! returns every fault it finds, one sentence each with the place in it, so that one run shows all there is to do.

mod arrows;
mod bench;
mod dependencies;
mod files;
mod licences;
mod tree;
mod words;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// What a gate found wrong: sentences for the person who has to put it right. None means that the gate is open.
pub(crate) type Faults = Vec<String>;

/// One gate: finds every fault, or cannot look.
type Gate = fn() -> Result<Faults>;

/// Every gate, with the name under which it can be run alone.
const GATES: [(&str, Gate); 5] = [
    ("arrows", arrows::check),
    ("files", files::check),
    ("words", words::check),
    ("dependencies", dependencies::check),
    ("licences", licences::check),
];

/// Tasks about Keyline's source code.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// All gates below, one after the other.
    Gates,
    /// Crates depend on each other only as the picture of the architecture says.
    Arrows,
    /// No source file is longer than can be read in one sitting.
    Files,
    /// Every message key in the code has its English words, and no words are left over.
    Words,
    /// Every dependency has its reason in docs/dependencies.md.
    Dependencies,
    /// Measures the release build: pages, surveys, startup, story, uploads, documents, records, intake, or all.
    Bench {
        /// What to measure
        names: Vec<String>,
    },
    /// Writes the list of others' licences that the product shows.
    Licences {
        /// Only compare, as the gate does.
        #[arg(long)]
        check: bool,
    },
}

#[expect(clippy::print_stdout, reason = "this program talks to a person at a terminal")]
fn main() -> Result<ExitCode> {
    let wanted: &[&str] = match Arguments::parse().task {
        Task::Licences { check: false } => {
            println!("{}", licences::write()?);
            return Ok(ExitCode::SUCCESS);
        }
        Task::Bench { names } => {
            bench::run(&names)?;
            return Ok(ExitCode::SUCCESS);
        }
        Task::Gates => &["arrows", "files", "words", "dependencies", "licences"],
        Task::Arrows => &["arrows"],
        Task::Files => &["files"],
        Task::Words => &["words"],
        Task::Dependencies => &["dependencies"],
        Task::Licences { check: true } => &["licences"],
    };
    let mut count = 0;
    for (name, check) in GATES.iter().filter(|(name, _)| wanted.contains(name)) {
        let faults = check()?;
        println!("{name}: {}", if faults.is_empty() { "in order" } else { "FAULTS" });
        for fault in &faults {
            println!("  {fault}");
        }
        count += faults.len();
    }
    Ok(if count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
