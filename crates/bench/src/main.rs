//! Measures the built program from outside, as `cargo xtask bench` calls it.
//!
//! Each name measures what it is about *and* what it is compared with in the same run, in turns, so that a slow
//! or a busy machine slows both. One line per measure:
//!
//! ```text
//! <name> value <v> <unit> ratio <r> goal <g>
//! ```
//!
//! A goal is reached when the ratio is at least as large; see [`measure`] for what the ratio is of. The exit code says
//! whether everything could be measured, never how fast it was. The load comes from this program, on the same machine,
//! and only to 127.0.0.1: it takes its share of the processors, in the comparison as much as in the measure.
//!
//! To add a name: a module with `pub(crate) async fn run(&Place) -> Result<Vec<Measure>>` and a line in [`Name::run`].

mod documents;
mod intake;
mod load;
mod measure;
mod pages;
mod records;
mod server;
mod startup;
mod story;
mod surveys;
mod uploads;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use measure::Measure;
use server::Place;

/// The longest that one name may take, without making the story it starts from.
const LONGEST: Duration = Duration::from_secs(50);

/// Measures the built program.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to measure; everything when nothing is named
    names: Vec<Name>,
    /// The program to measure
    #[arg(long)]
    program: PathBuf,
    /// Folder for the story that the measures start from, on the disk that is to be measured
    #[arg(long)]
    folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// Public report page and team start page
    Pages,
    /// Answers to the staff survey
    Surveys,
    /// First answer after a start, memory, size
    Startup,
    /// The demonstration from an empty folder
    Story,
    /// A large document in parts, and many at once
    Uploads,
    /// The text of a long PDF, and pages beside a thousand documents
    Documents,
    /// A return of ten thousand rows, agreement of readers, search for identifiers
    Records,
    /// Messages of the public channel
    Intake,
    /// All of them
    All,
}

impl Name {
    async fn run(self, place: &Place) -> Result<Vec<Measure>> {
        match self {
            Self::Pages => pages::run(place).await,
            Self::Surveys => surveys::run(place).await,
            Self::Startup => startup::run(place).await,
            Self::Story => story::run(place).await,
            Self::Uploads => uploads::run(place).await,
            Self::Documents => documents::run(place).await,
            Self::Records => records::run(place).await,
            Self::Intake => intake::run(place).await,
            Self::All => Ok(Vec::new()),
        }
    }
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the lines are what this program is for")]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let place = Place::prepare(&arguments.program, &arguments.folder).await?;
    let mut names = arguments.names;
    if names.is_empty() || names.contains(&Name::All) {
        names = vec![
            Name::Pages,
            Name::Surveys,
            Name::Startup,
            Name::Story,
            Name::Uploads,
            Name::Documents,
            Name::Records,
            Name::Intake,
        ];
    }
    let mut complete = true;
    for name in names {
        let outcome = tokio::time::timeout(LONGEST, name.run(&place)).await.context("it took too long");
        match outcome.flatten() {
            Ok(measures) => {
                for measure in &measures {
                    println!("{measure}");
                }
                // The last line says what matters most.
                if let (Name::Intake, Some(lost)) = (name, measures.last()) {
                    println!("lost {:.0}", lost.value());
                }
            }
            Err(error) => {
                complete = false;
                eprintln!("{name:?} could not be measured: {error:#}");
            }
        }
    }
    Ok(if complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
