//! PDF by the programs of poppler-utils, each a process with limits of its own: `pdfinfo`, `pdftotext`, `pdftoppm`.
//! They know no scripts; what a PDF would run is never run.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use rustix::process::{Pid, Signal};

use crate::confine::confine_started;
use crate::extracted::Place;
use crate::failure::{Excess, Failure, Refusal};
use crate::flow::Parts;
use crate::limits::Limits;
use crate::run::{self, Fault};
use crate::source::Source;

/// Where programs are looked for when no folder is given.
const FOLDERS: [&str; 3] = ["/usr/bin", "/usr/local/bin", "/bin"];

/// Most bytes of what `pdfinfo` says.
const INFO_BYTES: u64 = 1024 * 1024;
/// Most bytes of the picture of a page.
const PICTURE_BYTES: u64 = 6 * 1024 * 1024;
/// What `pdftotext` ends with when the document forbids to take text from it and the program heeds that.
const FORBIDDEN: i32 = 3;

/// The programs of poppler-utils on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poppler {
    folder: Option<PathBuf>,
}

impl Poppler {
    /// Those in a folder, instead of those in the usual ones of the system.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()) }
    }

    /// The folder that was given.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    fn program(&self, name: &str) -> Result<PathBuf, Failure> {
        let folders = FOLDERS.iter().map(Path::new).filter(|_| self.folder.is_none()).chain(self.folder());
        folders
            .map(|folder| folder.join(name))
            .find(|program| program.is_file())
            .ok_or_else(|| Failure::PopplerMissing { program: name.to_owned() })
    }

    /// Runs a program on the file, which it reads from standard input; gives at most so many bytes of what it writes,
    /// and whether there was more.
    fn run(
        &self,
        name: &str,
        arguments: &[&str],
        source: &Source,
        limits: &Limits,
        most: u64,
    ) -> Result<(Vec<u8>, bool), Failure> {
        let mut command = Command::new(self.program(name)?);
        command.args(arguments).env_clear().env("LC_ALL", "C.UTF-8");
        let ended = run::run(
            &mut command,
            Some(source.reading_elsewhere()?),
            Duration::from_secs(limits.seconds),
            |child| {
                Pid::from_raw(child.id().cast_signed()).map_or(Ok(()), |pid| confine_started(pid, limits))
            },
            |child| drop(child.kill()),
            move |stdout| {
                let mut answer = Vec::new();
                let read = stdout.take(most.saturating_add(1)).read_to_end(&mut answer);
                read.map(|_| answer)
            },
        );
        let ended = ended.map_err(|fault| match fault {
            Fault::NotStarted(error) => Failure::not_started(&error),
            Fault::TimedOut => Failure::TimedOut { seconds: limits.seconds },
        })?;
        let mut answer = ended.answer.map_err(|error| Failure::not_started(&error))?;
        if answer.len() as u64 > most {
            // It was not read to its end, and may have stumbled over that.
            answer.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            return Ok((answer, true));
        }
        if ended.status.success() {
            Ok((answer, false))
        } else {
            Err(why(ended.status, &ended.message, limits))
        }
    }

    /// How many pages there are.
    ///
    /// # Errors
    /// Refused when the document needs a password or has no pages.
    pub(crate) fn pages(&self, source: &Source, limits: &Limits) -> Result<u32, Failure> {
        let (info, _) = self.run("pdfinfo", &["-"], source, limits, INFO_BYTES)?;
        let info = String::from_utf8_lossy(&info);
        // What the document says of itself comes first, and may look like anything.
        let pages = info.lines().rev().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok());
        pages.filter(|pages| *pages > 0).ok_or(Failure::DAMAGED)
    }

    /// Reads the text page by page.
    pub(crate) fn read(&self, source: &Source, limits: &Limits, parts: &mut Parts) -> Result<(), Failure> {
        let last = limits.pages.to_string();
        let arguments = ["-q", "-enc", "UTF-8", "-eol", "unix", "-l", &last, "-", "-"];
        let (bytes, more) = self.run("pdftotext", &arguments, source, limits, limits.text as u64)?;
        let text = String::from_utf8_lossy(&bytes);
        for (number, page) in (1..).zip(text.split('\u{0c}')) {
            let mut flow = parts.flow();
            flow.add(page);
            parts.keep(Place::Page(number), flow);
            if parts.is_cut() {
                break;
            }
        }
        if more {
            parts.cut();
        }
        Ok(())
    }

    /// The picture of a page as PNG.
    pub(crate) fn picture(&self, page: u32, source: &Source, limits: &Limits) -> Result<Vec<u8>, Failure> {
        let (page, edge) = (page.to_string(), limits.preview_edge.to_string());
        let arguments = ["-q", "-png", "-f", &page, "-l", &page, "-scale-to", &edge, "-"];
        let (png, more) = self.run("pdftoppm", &arguments, source, limits, PICTURE_BYTES)?;
        if more { Err(Failure::TooLarge(Excess::Answer(PICTURE_BYTES))) } else { Ok(png) }
    }
}

/// Why a program of poppler did not do its work.
fn why(status: ExitStatus, message: &str, limits: &Limits) -> Failure {
    let out_of_memory = ["bad_alloc", "Out of memory", "out of memory", "cannot allocate memory"];
    let signal = status.signal();
    if signal == Some(Signal::XCPU.as_raw()) || signal == Some(Signal::KILL.as_raw()) {
        Failure::TimedOut { seconds: limits.seconds }
    } else if out_of_memory.iter().any(|said| message.contains(said)) {
        Failure::TooLarge(Excess::Memory(limits.memory))
    } else if let Some(signal) = signal {
        Failure::Crashed { how: format!("poppler, signal {signal}") }
    } else if status.code() == Some(FORBIDDEN) || message.contains("Incorrect password") {
        Failure::Refused(Refusal::Password)
    } else {
        Failure::DAMAGED
    }
}
