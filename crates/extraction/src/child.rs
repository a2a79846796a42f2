//! The side of the process that reads the file: confines itself, reads, answers as JSON on standard output.
//!
//! The program calls [`child_main`] for its hidden command. The file is standard input; what is wanted is the argument.

use std::any::Any;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use crate::confine;
use crate::detect::detect;
use crate::extract::{caught, opening, read};
use crate::extracted::Extracted;
use crate::failure::Failure;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::pdf::Poppler;
use crate::preview::{Preview, show};
use crate::source::Source;

/// The word that makes the program a reader of files.
pub const SUBCOMMAND: &str = "extract";

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// Its kind alone.
    Kind,
    /// What it says.
    #[default]
    Text,
    /// How it looks.
    Preview,
}

/// What the parent asks, as JSON in the argument. It is seen in lists of processes and says nothing of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Request {
    pub(crate) want: Want,
    pub(crate) limits: Limits,
    /// The folder of poppler's programs.
    pub(crate) poppler: Option<PathBuf>,
}

/// What the child answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reply {
    Kind(Kind),
    Text(Extracted),
    Preview(Preview),
    Failure(Failure),
}

/// What the program does for [`SUBCOMMAND`]: reads the file on standard input and answers on standard output. Without a
/// request it gives the text within the usual limits. Must be called before the process has read anything of note, and
/// on its main thread; it may start no thread after.
pub fn child_main(request: Option<&str>) -> ExitCode {
    // What a panic says may come from the file: only the place is named.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        writeln!(io::stderr(), "panic at {place}: {}", short(panic.payload())).ok();
    }));
    let request = request.map_or_else(|| Ok(Request::default()), serde_json::from_str);
    let reply = match request {
        Ok(request) => answer(&request).unwrap_or_else(Reply::Failure),
        Err(error) => Reply::Failure(Failure::NotStarted { why: format!("this is no request: {error}") }),
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let written =
        serde_json::to_writer(&mut output, &reply).map_err(io::Error::from).and_then(|()| output.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Of a payload only what cannot have come from the file: whether it is a text of the program itself.
fn short(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("(not shown)")
}

fn answer(request: &Request) -> Result<Reply, Failure> {
    let limits = &request.limits;
    let poppler = request.poppler.as_deref().map_or_else(Poppler::default, Poppler::in_folder);
    let source = standard_input(limits)?;
    confine::confine(limits, poppler.folder()).map_err(|error| Failure::not_started(&error))?;
    caught(|| {
        let kind = detect(&source, limits)?;
        if kind != Kind::Pdf {
            confine::start_nothing().map_err(|error| Failure::not_started(&error))?;
        }
        Ok(match request.want {
            Want::Kind => Reply::Kind(opening(kind, &source, limits, &poppler)?),
            Want::Text => Reply::Text(Extracted { kind, content: read(kind, &source, limits, &poppler)? }),
            Want::Preview => Reply::Preview(Preview { kind, shown: show(kind, &source, limits, &poppler)? }),
        })
    })
}

/// Standard input as a file; what comes through a pipe is kept in memory first.
fn standard_input(limits: &Limits) -> Result<Source, Failure> {
    let input = io::stdin().as_fd().try_clone_to_owned().map_err(|error| Failure::not_started(&error))?;
    let file = File::from(input);
    let regular = file.metadata().is_ok_and(|about| about.is_file());
    if regular { Source::of_file(file) } else { Source::of_reader(file, limits) }
}
