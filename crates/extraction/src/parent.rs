//! The side that asks: starts the child, gives it the file, and makes of its end an answer.

use std::ffi::OsString;
use std::io::{self, BufReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::child::{Reply, Request, SUBCOMMAND, Want};
use crate::extracted::Extracted;
use crate::failure::{Excess, Failure};
use crate::kind::Kind;
use crate::limits::Limits;
use crate::preview::Preview;
use crate::run::{self, Fault};
use crate::source::Source;

/// What Rust says when there is no memory left.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// Reads files in processes of their own. Each call starts one and waits for it: in asynchronous code, call it where it
/// may block. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Extractor {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    poppler: Option<PathBuf>,
}

impl Extractor {
    /// Starts this program itself with [`SUBCOMMAND`], for which it must call
    /// [`child_main`](crate::child::child_main).
    ///
    /// # Errors
    /// When the system does not say where this program lies.
    pub fn of_this_program(limits: Limits) -> io::Result<Self> {
        Ok(Self::of_program(std::env::current_exe()?, [SUBCOMMAND], limits))
    }

    /// Starts another program with these arguments and the request as the last.
    pub fn of_program(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        limits: Limits,
    ) -> Self {
        let arguments = arguments.into_iter().map(Into::into).collect();
        Self { program: program.into(), arguments, limits, poppler: None }
    }

    /// Takes poppler's programs from a folder instead of the usual ones of the system.
    #[must_use]
    pub fn with_poppler(mut self, folder: &Path) -> Self {
        self.poppler = Some(folder.to_owned());
        self
    }

    /// The limits, which are the same for every file.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What a file is, and that it opens: see [`kind`](crate::kind).
    ///
    /// # Errors
    /// The [`Failure`].
    pub fn kind(&self, source: &Source) -> Result<Kind, Failure> {
        match self.ask(Want::Kind, source)? {
            Reply::Kind(kind) => Ok(kind),
            other => Err(unexpected(other)),
        }
    }

    /// What a file is and says.
    ///
    /// # Errors
    /// The [`Failure`].
    pub fn extract(&self, source: &Source) -> Result<Extracted, Failure> {
        match self.ask(Want::Text, source)? {
            Reply::Text(extracted) => Ok(extracted),
            other => Err(unexpected(other)),
        }
    }

    /// How a file looks.
    ///
    /// # Errors
    /// The [`Failure`].
    pub fn preview(&self, source: &Source) -> Result<Preview, Failure> {
        match self.ask(Want::Preview, source)? {
            Reply::Preview(preview) => Ok(preview),
            other => Err(unexpected(other)),
        }
    }

    fn ask(&self, want: Want, source: &Source) -> Result<Reply, Failure> {
        let limits = &self.limits;
        source.within(limits)?;
        let request = Request { want, limits: limits.clone(), poppler: self.poppler.clone() };
        let request = serde_json::to_string(&request)
            .map_err(|error| Failure::NotStarted { why: error.to_string() })?;
        let most = limits.answer();
        let ended = run::run(
            Command::new(&self.program)
                .args(&self.arguments)
                .arg(request)
                .env_clear() // it needs no settings, and so cannot leak any
                // Each thread would take 64 MB of address space for itself, which the limit counts.
                .env("MALLOC_ARENA_MAX", "1")
                .current_dir("/")
                .process_group(0)
                .stdin(source.handle()?),
            None::<io::Empty>,
            Duration::from_secs(limits.seconds),
            |_| Ok(()),
            end,
            // Read as it comes: a long answer is not in memory twice.
            move |stdout| {
                let mut answer = BufReader::new(stdout).take(most);
                let reply = serde_json::from_reader::<_, Reply>(&mut answer);
                (reply, answer.limit() == 0)
            },
        );
        let ended = ended.map_err(|fault| match fault {
            Fault::NotStarted(error) => Failure::not_started(&error),
            Fault::TimedOut => Failure::TimedOut { seconds: limits.seconds },
        })?;
        match ended.answer {
            (_, true) => Err(Failure::TooLarge(Excess::Answer(most))),
            (Ok(reply), false) if ended.status.success() => Ok(reply),
            _ => Err(why(ended.status, &ended.message, limits)),
        }
    }
}

/// Ends the child and whatever it started.
fn end(child: &mut Child) {
    if let Some(group) = Pid::from_raw(child.id().cast_signed()) {
        kill_process_group(group, Signal::KILL).ok();
    }
    child.kill().ok();
}

/// Why a child came to a bad end. Its words are looked at, and not handed on.
fn why(status: ExitStatus, message: &str, limits: &Limits) -> Failure {
    if message.contains(OUT_OF_MEMORY) {
        return Failure::TooLarge(Excess::Memory(limits.memory));
    }
    match (status.signal(), status.code()) {
        (Some(signal), _) if signal == Signal::XCPU.as_raw() => Failure::TimedOut { seconds: limits.seconds },
        (Some(signal), _) => Failure::Crashed { how: format!("signal {signal}") },
        (None, Some(0)) => Failure::Crashed { how: "no answer".to_owned() },
        (None, Some(code)) => Failure::Crashed { how: format!("exit code {code}") },
        (None, None) => Failure::Crashed { how: "unknown".to_owned() },
    }
}

/// The failure that the child answered; or that it answered something else than it was asked.
fn unexpected(reply: Reply) -> Failure {
    match reply {
        Reply::Failure(failure) => failure,
        Reply::Kind(_) | Reply::Text(_) | Reply::Preview(_) => {
            Failure::Crashed { how: "another answer than asked".to_owned() }
        }
    }
}
